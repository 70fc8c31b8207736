package overview

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"newsclip/cmd/internal/chart"
	"newsclip/cmd/internal/show"
)

func (o *Overview) daySection(int) *section {
	l := o.days.timeline()
	if len(l.periods) == 0 {
		return nil
	}
	s := &section{ID: "days", Title: "Articles by " + l.unit, Wide: true, Head: []string{strings.ToUpper(l.unit[:1]) + l.unit[1:], "Articles"}}
	if l.unit == "week" {
		s.Head[0] = "Week from"
	}
	var rows []chart.Row
	best := 0
	for k, p := range l.periods {
		rows = append(rows, chart.Row{Label: p.label, Value: float64(p.n), Text: show.Count(p.n, "article")})
		if p.n > l.periods[best].n {
			best = k
		}
		if p.n > 0 {
			s.Rows = append(s.Rows, []cell{text(p.label), count(p.n)})
		}
	}
	notes := []string{"by the day of publication"}
	if l.before > 0 {
		notes = append(notes, show.Number(l.before)+" earlier, since "+l.first.Format("2 Jan 2006"))
	}
	if l.after > 0 {
		notes = append(notes, show.Number(l.after)+" later, until "+l.last.Format("2 Jan 2006"))
	}
	if o.days.undated > 0 {
		notes = append(notes, show.Number(o.days.undated)+" without a date")
	}
	if o.days.more > 0 {
		notes = append(notes, show.Number(o.days.more)+" of days that are not counted")
	}
	s.Note = sentence(notes)
	s.Plot = chart.Columns{
		ID: "days-plot", Title: s.Title, Rows: rows,
		Desc: fmt.Sprintf("From %s to %s; most, %s, in the %s of %s.", rows[0].Label, rows[len(rows)-1].Label, rows[best].Text, l.unit, rows[best].Label),
	}.SVG()
	return s
}

// sentence joins notes, and begins with a capital.
func sentence(notes []string) string {
	s := strings.Join(notes, "; ")
	if s == "" {
		return ""
	}
	return strings.ToUpper(s[:1]) + s[1:] + "."
}

// ranking makes a section of the names of a counter.
func (o *Overview) ranking(id, title, name string, c *counter, top int, notes ...string) *section {
	all := c.top()
	if len(c.least) == 0 {
		return nil
	}
	if len(all) == 0 {
		notes = append([]string{atLeast(c) + ", and none of them is frequent enough to be counted"}, notes...)
		return &section{ID: id, Title: title, Note: sentence(notes)}
	}
	s := &section{ID: id, Title: title, Head: []string{name, "Articles", "Share"}}
	var rows []chart.Row
	shown := 0
	for k, e := range all {
		if k < top {
			rows = append(rows, chart.Row{Label: e.name, Value: float64(e.n), Text: show.Number(e.n)})
			shown += e.n
		}
		if k < top*tableTimes {
			s.Rows = append(s.Rows, []cell{text(e.name), count(e.n), share(e.n, o.articles)})
		}
	}
	s.Omitted = max(0, len(c.least)-len(s.Rows))
	if rest := len(c.least) - len(rows); rest > 0 {
		notes = append([]string{fmt.Sprintf("the %d most frequent of %s", len(rows), atLeast(c))}, notes...)
	}
	if c.full {
		notes = append(notes, fmt.Sprintf("the counts may be too high, by %s at most", show.Number(mostOver(all))))
	}
	s.Note = sentence(notes)
	s.Plot = chart.Bars{
		ID: id + "-plot", Title: title, Rows: rows,
		Desc: fmt.Sprintf("%s has most, %s of %s.", all[0].name, show.Number(all[0].n), show.Count(o.articles, "article")),
	}.SVG()
	return s
}

func atLeast(c *counter) string {
	if c.full {
		return "more than " + show.Number(len(c.least))
	}
	return show.Number(len(c.least))
}

func mostOver(all []*entry) int {
	most := 0
	for _, e := range all {
		most = max(most, e.over)
	}
	return most
}

func (o *Overview) hostSection(top int) *section {
	return o.ranking("hosts", "Articles by host", "Host", &o.hosts, top)
}

func (o *Overview) sectionSection(top int) *section {
	return o.ranking("sections", "Articles by section", "Section", &o.sections, top, without(o.unnamed.sections, "section")...)
}

func (o *Overview) authorSection(top int) *section {
	return o.ranking("authors", "Articles by author", "Author", &o.authors, top, without(o.unnamed.authors, "author")...)
}

func (o *Overview) languageSection(top int) *section {
	return o.ranking("languages", "Articles by language", "Language", &o.languages, top, without(o.unnamed.languages, "language")...)
}

func (o *Overview) kindSection(top int) *section {
	return o.ranking("kinds", "Articles by kind", "Kind", &o.kinds, top)
}

func without(n int, what string) []string {
	if n == 0 {
		return nil
	}
	return []string{show.Count(n, "article") + " without " + what}
}

// lengthSteps are the numbers of words at which a column of the plot of lengths
// begins.
var lengthSteps = []int{0, 50, 100, 150, 200, 300, 400, 500, 600, 800, 1000, 1500, 2000, 3000, 5000}

func (o *Overview) lengthSection(int) *section {
	if o.articles == 0 {
		return nil
	}
	s := &section{ID: "lengths", Title: "Length of articles", Head: []string{"Words", "Articles", "Share"}}
	var rows []chart.Row
	for k, from := range lengthSteps {
		to, label := maxLength+1, show.Number(from)+"+"
		if k+1 < len(lengthSteps) {
			to = lengthSteps[k+1]
			label = fmt.Sprintf("%s–%s", show.Number(from), show.Number(to-1))
		}
		n := 0
		for _, c := range o.lengths[from:to] {
			n += c
		}
		rows = append(rows, chart.Row{Label: label, Value: float64(n), Text: show.Count(n, "article")})
		s.Rows = append(s.Rows, []cell{text(label), count(n), share(n, o.articles)})
	}
	s.Note = fmt.Sprintf("In words; half of the articles have %s or more.", show.Number(median(o.lengths[:])))
	s.Plot = chart.Columns{ID: "lengths-plot", Title: s.Title, Rows: rows, Desc: s.Note}.SVG()
	return s
}

// median returns the index below which at most half of the counts lie.
func median(counts []int) int {
	all, below := 0, 0
	for _, n := range counts {
		all += n
	}
	for k, n := range counts {
		if below += n; below*2 > all {
			return k
		}
	}
	return 0
}

func (o *Overview) confidenceSection(int) *section {
	known := 0
	for _, n := range o.confidence {
		known += n
	}
	if known == 0 {
		return nil
	}
	s := &section{ID: "confidence", Title: "Confidence", Head: []string{"Confidence", "Articles", "Share"}}
	var rows []chart.Row
	sure := 0
	for k, n := range o.confidence {
		label := fmt.Sprintf("%.2f–%.2f", float64(k)/confidenceSteps, float64(k+1)/confidenceSteps)
		rows = append(rows, chart.Row{Label: label, Value: float64(n), Text: show.Count(n, "article")})
		s.Rows = append(s.Rows, []cell{text(label), count(n), share(n, o.articles)})
		if k >= confidenceSteps*9/10 {
			sure += n
		}
	}
	notes := []string{fmt.Sprintf("%s have 0.9 or more", percentText(sure, o.articles))}
	if o.unsure > 0 {
		notes = append(notes, show.Number(o.unsure)+" without a confidence")
	}
	s.Note = sentence(notes)
	s.Plot = chart.Columns{ID: "confidence-plot", Title: "Articles by confidence", Rows: rows, Desc: s.Note}.SVG()
	return s
}

func (o *Overview) filledSection(int) *section {
	if o.articles == 0 {
		return nil
	}
	s := &section{ID: "fields", Title: "Fields that articles have", Head: []string{"Field", "Articles", "Share"}}
	var rows []chart.Row
	for k, f := range filledFields {
		rows = append(rows, chart.Row{Label: f.name, Value: float64(o.filled[k]), Text: percentText(o.filled[k], o.articles)})
		s.Rows = append(s.Rows, []cell{text(f.name), count(o.filled[k]), share(o.filled[k], o.articles)})
	}
	s.Plot = chart.Bars{ID: "fields-plot", Title: s.Title, Rows: rows, Max: float64(o.articles), Desc: "The share of articles that have a value in each field."}.SVG()
	return s
}

func (o *Overview) copySection(top int) *section {
	if o.duplicates == 0 {
		return nil
	}
	s := &section{ID: "copies", Title: "Near-duplicates", Wide: true, Head: []string{"Title", "Copies", "First seen at"}}
	all := o.copies.top()
	for _, e := range all[:min(len(all), top*tableTimes)] {
		s.Rows = append(s.Rows, []cell{text(cmp.Or(e.note, "without a title")), count(e.n), text(e.name)})
	}
	s.Omitted = max(0, len(o.copies.least)-len(s.Rows))
	var rows []chart.Row
	hosts := o.copyHosts.top()
	for _, e := range hosts[:min(len(hosts), top)] {
		rows = append(rows, chart.Row{Label: e.name, Value: float64(e.n), Text: show.Number(e.n)})
	}
	s.Note = fmt.Sprintf("%s (%s) have nearly the text of an earlier one. By host:", show.Count(o.duplicates, "article"), percentText(o.duplicates, o.articles))
	s.Plot = chart.Bars{
		ID: "copies-plot", Title: "Near-duplicates by host", Rows: rows,
		Desc: fmt.Sprintf("%s has most, %s of %s.", rows[0].Label, rows[0].Text, show.Number(o.duplicates)),
	}.SVG()
	return s
}

// sumBy adds up the counts of pairs by one of their two names, and lists the other
// with its counts. The highest sum goes first.
func sumBy(pairs *counter, second bool) []sum {
	index := make(map[string]int)
	var out []sum
	for _, e := range pairs.top() {
		by, of, _ := strings.Cut(e.name, separator)
		if second {
			by, of = of, by
		}
		k, ok := index[by]
		if !ok {
			k = len(out)
			index[by] = k
			out = append(out, sum{name: by})
		}
		out[k].n += e.n
		out[k].parts = append(out[k].parts, *e)
		out[k].parts[len(out[k].parts)-1].name = of
	}
	slices.SortStableFunc(out, func(a, b sum) int { return cmp.Or(cmp.Compare(b.n, a.n), strings.Compare(a.name, b.name)) })
	return out
}

// A sum is a name with the sum of its counts.
type sum struct {
	name  string
	n     int
	parts []entry
}
