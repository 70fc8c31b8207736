package main

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/dustin/go-humanize"

	"newsclip/scrape"
)

// defaultHosts is how many of the worst and of the best hosts are shown.
const defaultHosts = 10

// hostColumn is a column of the table of hosts.
type hostColumn struct {
	head  string
	right bool
	// keep orders the columns where the table is too wide for the terminal: those with
	// the lowest numbers are left out first. The one with 0 is cut and stays.
	keep int
	text func(h *scrape.HostHealth, now time.Time) string
}

func number(n int) string { return humanize.Comma(int64(n)) }

var hostColumns = []hostColumn{
	{"host", false, 0, func(h *scrape.HostHealth, _ time.Time) string { return publisher(h) }},
	{"found", true, 3, func(h *scrape.HostHealth, _ time.Time) string { return number(h.Found) }},
	{"fetched", true, 6, func(h *scrape.HostHealth, _ time.Time) string { return number(h.Fetched) }},
	{"articles", true, 8, func(h *scrape.HostHealth, _ time.Time) string { return number(h.Articles) }},
	{"skipped", true, 2, func(h *scrape.HostHealth, _ time.Time) string { return number(h.Skips()) }},
	{"failed", true, 7, func(h *scrape.HostHealth, _ time.Time) string { return number(h.Failures()) }},
	{"success", true, 4, func(h *scrape.HostHealth, now time.Time) string { return ago(h.LastSuccess, now) }},
	{"pace", true, 1, func(h *scrape.HostHealth, _ time.Time) string { return paceText(h.Pace) }},
	{"causes", false, 5, func(h *scrape.HostHealth, _ time.Time) string { return causes(h) }},
}

func hostName(h *scrape.HostHealth) string {
	if h.Host == "" {
		return "other hosts"
	}
	return h.Host
}

// publisher is a host with the name of its publisher, where that is known.
func publisher(h *scrape.HostHealth) string {
	if h.Name == "" {
		return hostName(h)
	}
	return hostName(h) + " (" + h.Name + ")"
}

// ago is the time since t in one unit.
func ago(t, now time.Time) string {
	if t.IsZero() {
		return "never"
	}
	switch d := max(0, now.Sub(t)); {
	case d < time.Minute:
		return fmt.Sprintf("%ds ago", int(d.Seconds()))
	case d < time.Hour:
		return fmt.Sprintf("%dm ago", int(d.Minutes()))
	case d < 48*time.Hour:
		return fmt.Sprintf("%dh ago", int(d.Hours()))
	default:
		return fmt.Sprintf("%dd ago", int(d.Hours()/24))
	}
}

func paceText(seconds float64) string {
	if seconds == 0 {
		return "-"
	}
	return time.Duration(seconds * float64(time.Second)).Round(100 * time.Millisecond).String()
}

// causes describes why URLs of a host failed or were left out.
func causes(h *scrape.HostHealth) string {
	var parts []string
	if h.GivenUp {
		parts = append(parts, "given up")
	}
	if len(h.Failed) > 0 {
		parts = append(parts, "failed: "+counts(h.Failed))
	}
	if len(h.Skipped) > 0 {
		parts = append(parts, "skipped: "+counts(h.Skipped))
	}
	return strings.Join(parts, "; ")
}

// hostTable returns the lines of a table of the n worst and the n best of the hosts,
// which are ordered with the worst first; where width is not 0, no line is wider. All
// hosts are in it where there are no more.
func hostTable(hosts []scrape.HostHealth, n, width int, now time.Time) []string {
	if n <= 0 || len(hosts) == 0 {
		return nil
	}
	omitted := 0
	shown := hosts
	if len(hosts) > 2*n {
		omitted = len(hosts) - 2*n
		shown = slices.Concat(hosts[:n], hosts[len(hosts)-n:])
	}
	cells := [][]string{nil}
	widths := make([]int, len(hostColumns))
	for k, c := range hostColumns {
		cells[0] = append(cells[0], c.head)
		widths[k] = columns(c.head)
	}
	for i := range shown {
		var row []string
		for k, c := range hostColumns {
			text := visible(c.text(&shown[i], now))
			widths[k] = max(widths[k], columns(text))
			row = append(row, text)
		}
		cells = append(cells, row)
	}
	fitColumns(widths, width)
	var lines []string
	for i, row := range cells {
		lines = append(lines, hostLine(row, widths, width))
		if omitted > 0 && i == n {
			lines = append(lines, cutWhere(fmt.Sprintf("… %s more, better than those above and worse than those below", number(omitted)), width))
		}
	}
	return lines
}

const (
	columnGap = 2
	// leastHost and leastCauses are the columns to which these two are cut before others
	// are left out. A host's name is cut further where nothing else is left.
	leastHost, leastCauses = 24, 20
)

// fitColumns makes columns narrower, and those that are left out -1 wide, until the
// table fits.
func fitColumns(widths []int, width int) {
	if width == 0 {
		return
	}
	over := func() int {
		total := -columnGap
		for _, w := range widths {
			if w >= 0 {
				total += w + columnGap
			}
		}
		return total - width
	}
	host, last := 0, len(widths)-1
	shrink := func(k, least int) {
		if n := over(); n > 0 {
			widths[k] = min(widths[k], max(least, widths[k]-n))
		}
	}
	shrink(last, leastCauses)
	shrink(host, leastHost)
	for over() > 0 {
		least := -1
		for k, c := range hostColumns {
			if widths[k] >= 0 && c.keep > 0 && (least < 0 || c.keep < hostColumns[least].keep) {
				least = k
			}
		}
		if least < 0 {
			break
		}
		widths[least] = -1
	}
	shrink(host, 0)
}

func hostLine(row []string, widths []int, width int) string {
	var parts []string
	for k, text := range row {
		if widths[k] >= 0 {
			parts = append(parts, pad(cutTo(text, widths[k]), widths[k], hostColumns[k].right))
		}
	}
	return cutWhere(strings.TrimRight(strings.Join(parts, strings.Repeat(" ", columnGap)), " "), width)
}

// cutWhere cuts a line where width is not 0.
func cutWhere(line string, width int) string {
	if width == 0 {
		return line
	}
	return cutTo(line, width)
}
