package selectors

import (
	"strings"
	"testing"
)

// What is wrong with a long line is told in the part of a message that is printed.
func TestFaultsOfLongLines(t *testing.T) {
	long := strings.Repeat("é", 4000)
	for _, line := range []string{
		"body: //p[" + long + "[", "body: p > > " + long[:4000], "body: " + long + long, "body: //p[matches(., '(" + long + "')]", long, long + ": x", "prune: " + long, "find_string: " + long, "wrap_in(" + long + "): //p",
	} {
		_, err := ParseRules("a.txt", []byte(line+"\n"))
		if err == nil || len(err.Error()) > 900 {
			t.Errorf("%.60s…: %d bytes: %.900v", line, len(err.Error()), err)
		}
	}
}
