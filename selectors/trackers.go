package selectors

import (
	_ "embed"
	"strings"
)

//go:embed trackers.txt
var trackersText string

var trackersTable = &table{"trackers.txt", trackersText, []string{"kind"}}

var trackers = lazily(trackersTable, readTrackers)

func readTrackers(t table) (map[string]bool, error) {
	hosts := make(map[string]bool, 256)
	dest := map[string]func(string){}
	for _, kind := range []string{"ads", "analytics", "share"} {
		dest[kind] = toSet(hosts)
	}
	return hosts, readLists(t, dest)
}

// IsTracker reports whether a host, or one above it, is in trackers.txt: it serves
// advertisements, or follows readers.
func IsTracker(host string) bool {
	hosts := trackers()
	host = strings.TrimSuffix(strings.ToLower(host), ".")
	for host != "" {
		if hosts[host] {
			return true
		}
		_, host, _ = strings.Cut(host, ".")
	}
	return false
}
