package overview

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"newsclip/cmd/internal/chart"
	"newsclip/cmd/internal/show"
	"newsclip/scrape"
)

func (o *Overview) causeSection(top int) *section {
	all := o.causes.top()
	if len(all) == 0 {
		return nil
	}
	s := &section{ID: "causes", Title: "Failures by cause", Head: []string{"Cause", "Code", "Failures", "Share"}}
	var rows []chart.Row
	for k, e := range all {
		if k < top {
			rows = append(rows, chart.Row{Label: causeText(e.name), Value: float64(e.n), Text: show.Number(e.n)})
		}
		if k < top*tableTimes {
			s.Rows = append(s.Rows, []cell{text(causeText(e.name)), text(e.name), count(e.n), share(e.n, o.causes.total)})
		}
	}
	s.Omitted = len(all) - len(s.Rows)
	s.Plot = chart.Bars{
		ID: "causes-plot", Title: s.Title, Rows: rows,
		Desc: fmt.Sprintf("Most, %s of %s: %s.", rows[0].Text, show.Count(o.causes.total, "failure"), rows[0].Label),
	}.SVG()
	return s
}

func (o *Overview) failingSection(top int) *section {
	all := sumBy(&o.failures, true)
	if len(all) == 0 {
		return nil
	}
	s := &section{ID: "failing", Title: "Failures by host", Head: []string{"Host", "Failures", "Causes"}}
	var rows []chart.Row
	for k, h := range all {
		if k < top {
			rows = append(rows, chart.Row{Label: h.name, Value: float64(h.n), Text: show.Number(h.n)})
		}
		if k < top*tableTimes {
			var causes []string
			for _, e := range h.parts {
				causes = append(causes, counted(causeText(e.name), e.n))
			}
			s.Rows = append(s.Rows, []cell{text(h.name), count(h.n), text(strings.Join(causes, ", "))})
		}
	}
	s.Omitted = len(all) - len(s.Rows)
	if len(all) > len(rows) {
		s.Note = fmt.Sprintf("The %d that fail most of %s.", len(rows), show.Number(len(all)))
	}
	s.Plot = chart.Bars{
		ID: "failing-plot", Title: s.Title, Rows: rows,
		Desc: fmt.Sprintf("%s has most, %s of %s.", rows[0].Label, rows[0].Text, show.Count(o.failures.total, "failure")),
	}.SVG()
	return s
}

// crawlSection shows how each host of a crawl goes, the worst first.
func (o *Overview) crawlSection(k, top int) *section {
	c := &o.crawls[k]
	s := &section{
		ID: fmt.Sprintf("crawl-%d", k+1), Title: "Crawl " + c.name, Wide: true, Open: true,
		Head: []string{"Host", "Found", "Fetched", "Articles", "Left out", "Failed", "Why"},
	}
	var found, fetched, articles int
	for i := range c.hosts {
		h := &c.hosts[i]
		found, fetched, articles = found+h.Found, fetched+h.Fetched, articles+h.Articles
		if i < top*tableTimes {
			s.Rows = append(s.Rows, []cell{
				text(cmp.Or(h.Host, "other hosts")), count(h.Found), count(h.Fetched), count(h.Articles), count(h.Skips()), count(h.Failures()), text(whyText(h)),
			})
		}
	}
	s.Omitted = len(c.hosts) - len(s.Rows)
	notes := []string{c.state}
	if !c.begun.IsZero() {
		notes = append(notes, "begun "+c.begun.UTC().Format("2 Jan 2006 15:04")+" UTC")
	}
	notes = append(notes, fmt.Sprintf("%s found, %s fetched, %s, on %s", show.Count(found, "URL"), show.Number(fetched), show.Count(articles, "article"), show.Count(len(c.hosts), "host")))
	s.Note = sentence(notes)
	if len(c.hosts) > 0 {
		s.Plot = chart.Bars{
			ID: s.ID + "-plot", Title: "The crawl's URLs, by what became of them", Max: float64(found),
			Desc: s.Note, Rows: fates(c.hosts, found),
		}.SVG()
	}
	return s
}

// fates are what became of the URLs of a crawl.
func fates(hosts []scrape.HostHealth, found int) []chart.Row {
	var fetched, articles, skipped, failed int
	for k := range hosts {
		h := &hosts[k]
		fetched, articles, skipped, failed = fetched+h.Fetched, articles+h.Articles, skipped+h.Skips(), failed+h.Failures()
	}
	var rows []chart.Row
	for _, r := range []struct {
		name string
		n    int
	}{{"found", found}, {"fetched", fetched}, {"articles", articles}, {"left out", skipped}, {"failed", failed}} {
		rows = append(rows, chart.Row{Label: r.name, Value: float64(r.n), Text: show.Number(r.n)})
	}
	return rows
}

// whyText tells why URLs of a host failed or were left out, and when it answered
// last where it fails.
func whyText(h *scrape.HostHealth) string {
	var parts []string
	if h.GivenUp {
		parts = append(parts, "given up")
	}
	failed := make(map[string]int)
	for cause, n := range h.Failed {
		failed[causeText(cause)] += n
	}
	parts = append(parts, countsText(failed)...)
	skipped := make(map[string]int)
	for cause, n := range h.Skipped {
		skipped["left out: "+strings.ReplaceAll(string(cause), "_", " ")] += n
	}
	parts = append(parts, countsText(skipped)...)
	if len(failed) > 0 && !h.LastSuccess.IsZero() {
		parts = append(parts, "last success "+h.LastSuccess.UTC().Format(time.DateOnly))
	}
	return strings.Join(parts, ", ")
}

func countsText(counts map[string]int) []string {
	names := slices.SortedFunc(maps.Keys(counts), func(a, b string) int {
		return cmp.Or(cmp.Compare(counts[b], counts[a]), strings.Compare(a, b))
	})
	for k, name := range names {
		names[k] = counted(name, counts[name])
	}
	return names
}

func counted(name string, n int) string { return name + " (" + show.Number(n) + ")" }
