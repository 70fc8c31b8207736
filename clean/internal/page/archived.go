package page

import "strings"

// stampDigits is how many digits a web archive writes for the second of a snapshot.
const stampDigits = 14

// Unarchived returns the address of which an address in a web archive is a snapshot, or the
// address itself where it is in none. The Wayback Machine and the programs that came of it
// (OpenWayback, pywb) write /web/20140226054445/http://example.com/ and, for other forms of
// the same, letters and "_" behind the digits.
func Unarchived(address string) string {
	for from := 0; ; {
		k := strings.IndexByte(address[from:], '/')
		if k < 0 {
			return address
		}
		if from += k + 1; from == len(address) || address[from] < '0' || address[from] > '9' {
			continue // most
		}
		rest := strings.TrimLeft(address[from:], "0123456789")
		if len(address)-from-len(rest) != stampDigits {
			continue
		}
		if letters := strings.TrimLeft(rest, "abcdefghijklmnopqrstuvwxyz"); len(letters) < len(rest) {
			var ok bool
			if rest, ok = strings.CutPrefix(letters, "_"); !ok {
				continue
			}
		}
		of, ok := strings.CutPrefix(rest, "/")
		if !ok {
			continue
		}
		for _, scheme := range [...]string{"http:/", "https:/"} {
			if host, ok := strings.CutPrefix(of, scheme); ok {
				return scheme + "/" + strings.TrimPrefix(host, "/")
			}
		}
		if host, _, _ := strings.Cut(of, "/"); strings.Contains(host, ".") && strings.Contains(of, "/") {
			return "http://" + of
		}
	}
}
