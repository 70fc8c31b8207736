package saved

import (
	"strings"
	"testing"
)

// Responses without a byte are passed over and counted, without a message for each.
func TestEmptyRecords(t *testing.T) {
	const n = 1000
	arc := "filedesc://x.arc 0.0.0.0 20050301080000 text/plain 6\n2 0 x\n\n" + strings.Repeat("http://quay.example/ 192.0.2.1 20050301080001 text/html 0\n\n", n)
	warc := strings.Repeat("WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://quay.example/\r\nContent-Type: application/http\r\nContent-Length: 0\r\n\r\n\r\n\r\n", n)
	for name, data := range map[string]string{"ARC": arc, "WARC": warc} {
		r := &Reader{Tally: new(Tally)}
		items := 0
		for range r.Paths(strings.NewReader(data), Stdin) {
			items++
		}
		if items > 1 { // the archive, in which no page was found
			t.Errorf("%s: %d items", name, items)
		}
		if got := r.Tally.Counts().Skipped["empty"]; got != n {
			t.Errorf("%s: %d were passed over, not %d", name, got, n)
		}
	}
}
