package body

import (
	"slices"
	"testing"
)

// TestContentsLead: the line that leads to a table of contents goes with it.
func TestContentsLead(t *testing.T) {
	const text = `<p>Am zweiten Kai lagen im vergangenen Winter nur noch neun Boote, und keines von ihnen gehörte einem Fischer aus der alten Stadt.</p>`
	const lead = `<p>Darum geht es hier:</p>`
	const list = `<ol><li><a href="#ebbe">Ebbe</a></li><li><a href="#kai">Der Kai</a></li></ol>`
	for _, c := range []struct {
		name, page string
		out, want  []string
	}{
		{"left out", text + lead + list + text, []string{"Ebbe", "Der Kai"}, []string{"Darum geht es hier:", "Ebbe", "Der Kai"}},
		{"kept in part", text + lead + list + text, []string{"Ebbe"}, []string{"Ebbe"}},
		{"to other pages", text + lead + `<ol><li><a href="/ebbe">Ebbe</a></li><li><a href="/kai">Der Kai</a></li></ol>` + text, []string{"Ebbe", "Der Kai"}, []string{"Ebbe", "Der Kai"}},
		{"behind a heading", text + lead + `<h2>Der Hafen</h2>` + list + text, []string{"Ebbe", "Der Kai"}, []string{"Ebbe", "Der Kai"}},
	} {
		bd := bodyWith(t, `<article>`+c.page+`</article>`, c.out...)
		contentsLead(bd)
		if got := bd.dropped(); !slices.Equal(got, c.want) {
			t.Errorf("%s: out are %q, want %q", c.name, got, c.want)
		}
	}
}
