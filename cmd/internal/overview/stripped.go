package overview

import (
	"fmt"
	"strings"

	"newsclip/cmd/internal/chart"
	"newsclip/cmd/internal/show"
)

// groups adds up the rules that stripped blocks by what readers call those.
// Headlines, bylines and the like, which are in a field of the record, are groups
// of their own.
func (o *Overview) groups() counter {
	var c counter
	for _, e := range o.rules.top() {
		_, rule, _ := strings.Cut(e.name, separator)
		r := show.RuleOf(rule)
		name := r.Group
		if r.Field != "" {
			name += ", moved to " + r.Into
		}
		c.add(name, e.n, "")
	}
	return c
}

// groupSection shows what was stripped.
func (o *Overview) groupSection(top int) *section {
	groups := o.groups()
	all := groups.top()
	if len(all) == 0 {
		return nil
	}
	s := &section{ID: "stripped", Title: "What was stripped", Head: []string{"What", "Blocks", "Share"}}
	var rows []chart.Row
	for k, e := range all {
		if k < top {
			rows = append(rows, chart.Row{Label: e.name, Value: float64(e.n), Text: show.Number(e.n)})
		}
		s.Rows = append(s.Rows, []cell{text(e.name), count(e.n), share(e.n, groups.total)})
	}
	s.Note = fmt.Sprintf("%s of %s that tell it (clean --explain).", show.Count(groups.total, "block"), show.Count(o.explained, "article"))
	s.Plot = chart.Bars{
		ID: "stripped-plot", Title: s.Title, Rows: rows,
		Desc: fmt.Sprintf("Most, %s of %s: %s.", rows[0].Text, show.Count(groups.total, "block"), rows[0].Label),
	}.SVG()
	return s
}

// ruleSection shows which rules stripped it, with what one of them took out.
func (o *Overview) ruleSection(top int) *section {
	all := o.rules.top()
	if len(all) == 0 {
		return nil
	}
	s := &section{ID: "rules", Title: "Rules that stripped it", Head: []string{"Rule", "Blocks", "Why", "First of them"}}
	var rows []chart.Row
	for k, e := range all {
		stage, rule, _ := strings.Cut(e.name, separator)
		name := stage + ": " + rule
		if k < top {
			rows = append(rows, chart.Row{Label: name, Value: float64(e.n), Text: show.Number(e.n)})
		}
		if k < top*tableTimes {
			s.Rows = append(s.Rows, []cell{text(name), count(e.n), text("it " + show.RuleOf(rule).Words), text(show.Cut(e.note, 120))})
		}
	}
	s.Omitted = len(o.rules.least) - len(s.Rows)
	if len(all) > len(rows) {
		s.Note = fmt.Sprintf("The %d most frequent of %s rules.", len(rows), atLeast(&o.rules))
	}
	s.Plot = chart.Bars{
		ID: "rules-plot", Title: "Blocks by the rule that stripped them", Rows: rows,
		Desc: fmt.Sprintf("Most, %s of %s: %s.", rows[0].Text, show.Count(o.rules.total, "block"), rows[0].Label),
	}.SVG()
	return s
}
