//go:build unix

package read

import (
	"bytes"
	"strings"
	"syscall"
	"testing"
	"time"
)

// Processor time grows with the document alone, whatever is open or never was.
func TestDocumentIsLinear(t *testing.T) {
	for name, part := range map[string]string{
		"ends without begins": "</a></b></link>", "begins without ends": "<a><b><c>", "begins of another": "<a></b>", "entries in entries": "<url><x>",
	} {
		read := func(n int) time.Duration {
			body := []byte("<urlset><url>" + strings.Repeat(part, n))
			least := time.Hour
			for range 3 {
				start := processorTime()
				new(Document).Read(bytes.NewReader(body), func(Entry) error { return nil })
				least = min(least, processorTime()-start)
			}
			return least
		}
		few, many := read(2_000), read(100_000)
		if many > 500*max(few, 100*time.Microsecond) {
			t.Errorf("%s: 50 times the tags take %.0f times as long", name, float64(many)/float64(few))
		}
	}
}

// processorTime is what this process has taken so far.
func processorTime() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		panic(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
