package main

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"newsclip/scrape"
)

var tableTime = time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC)

func someHosts(n int) []scrape.HostHealth {
	var hosts []scrape.HostHealth
	for k := range n {
		hosts = append(hosts, scrape.HostHealth{
			Host: fmt.Sprintf("host%d.example", k), Found: 12345, Fetched: 1200, Articles: 1000 + k,
			Skipped: map[scrape.SkipCause]int{scrape.SkipRobots: 17, scrape.SkipDuplicate: 3},
			Failed:  map[string]int{"timeout": 8, "404": 30}, LastSuccess: tableTime.Add(-90 * time.Second), Pace: 1.5,
		})
	}
	return hosts
}

func TestHostTable(t *testing.T) {
	got := strings.Join(hostTable(someHosts(2), 1, 0, tableTime), "\n")
	want := `host            found  fetched  articles  skipped  failed  success  pace  causes
host0.example  12,345    1,200     1,000       20      38   1m ago  1.5s  failed: 30 404, 8 timeout; skipped: 17 robots, 3 duplicate
host1.example  12,345    1,200     1,001       20      38   1m ago  1.5s  failed: 30 404, 8 timeout; skipped: 17 robots, 3 duplicate`
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if lines := hostTable(someHosts(50), 3, 0, tableTime); len(lines) != 1+3+1+3 || !strings.Contains(lines[4], "44 more") || !strings.HasPrefix(lines[7], "host49.example") {
		t.Errorf("of 50 hosts:\n%s", strings.Join(lines, "\n"))
	}
	if lines := hostTable(someHosts(6), 3, 0, tableTime); len(lines) != 7 {
		t.Errorf("of 6 hosts:\n%s", strings.Join(lines, "\n"))
	}
	if lines := hostTable(someHosts(6), 0, 0, tableTime); len(lines) != 0 {
		t.Errorf("of none:\n%s", strings.Join(lines, "\n"))
	}
}

// No line is wider than the terminal, whatever its width and the names of hosts are,
// and the counts of articles stay as long as there is room for them and a name.
func TestHostTableFits(t *testing.T) {
	hosts := someHosts(9)
	hosts[0].Host = strings.Repeat("新聞", 30) + ".example"
	hosts[1].Host = strings.Repeat("a-long-name.", 20) + "example"
	hosts[4].Name = strings.Repeat("新聞社", 9)
	hosts[2].Host, hosts[2].GivenUp = "e\u0301.example", true
	hosts[3].LastSuccess = time.Time{}
	for width := 1; width < 300; width++ {
		for _, line := range hostTable(hosts, 3, width, tableTime) {
			if n := columns(line); n > width {
				t.Fatalf("%d columns in a terminal of %d: %q", n, width, line)
			}
		}
		if head := hostTable(hosts, 3, width, tableTime)[0]; width >= 34 && !strings.Contains(head, "articles") {
			t.Errorf("in %d columns: %q", width, head)
		}
	}
	for width, want := range map[int]string{80: "fetched  articles", 60: "fetched  articles  failed", 120: "causes"} {
		if head := hostTable(hosts, 3, width, tableTime)[0]; !strings.Contains(head, want) {
			t.Errorf("in %d columns: %q", width, head)
		}
	}
}

func TestCutTo(t *testing.T) {
	for _, tt := range []struct {
		s    string
		n    int
		want string
	}{
		{"abc", 3, "abc"}, {"abcd", 3, "ab…"}, {"abcd", 1, "…"}, {"abcd", 0, ""}, {"新聞社", 6, "新聞社"}, {"新聞社", 5, "新聞…"},
		{"新聞社", 4, "新…"}, {"e\u0301e\u0301", 2, "e\u0301e\u0301"}, {"e\u0301e\u0301x", 2, "e\u0301…"},
	} {
		if got := cutTo(tt.s, tt.n); got != tt.want || columns(got) > tt.n {
			t.Errorf("%q to %d: %q, want %q", tt.s, tt.n, got, tt.want)
		}
	}
}
