package article

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestShortMessage(t *testing.T) {
	for _, word := range []string{"a", "é", "船", "𝄞"} {
		for n := range 8 {
			long := "a.html: " + strings.Repeat("x", n) + strings.Repeat(word, MaxMessage) + ": it is broken"
			short := ShortMessage(long)
			if len(short) > MaxMessage || len(short) < MaxMessage-20 || !utf8.ValidString(short) || !strings.HasPrefix(short, "a.html: ") || !strings.HasSuffix(short, ": it is broken") {
				t.Errorf("%d bytes: %q", len(short), short)
			}
		}
	}
	if s := strings.Repeat("a", MaxMessage); ShortMessage(s) != s {
		t.Error("a message that is not too long was changed")
	}
}
