package body

import (
	"strings"
	"testing"

	"newsclip/clean/internal/judge"
)

// TestLedLists: a line that ends with a colon and the list that it leads to are kept together
// at the end of a box of the text.
func TestLedLists(t *testing.T) {
	box := func(class, line, list string) string {
		return `<div class="text">` + threeParagraphs + `<div class="` + class + `"><p>Die Brücke war seit neunzehn Monaten gesperrt, und nun geht am Dienstag die erste Schulklasse des Ortes über sie.</p><p>` + line + `</p>` + list + `</div></div><div class="text">` + moreParagraphs + `</div>`
	}
	const items = `<ul><li>Schulbusse bis acht Uhr</li><li>Fahrräder ohne Anhänger</li></ul>`
	for _, c := range []struct {
		name, html string
		keep       bool
	}{
		{"German", box("bodytext", "Die Brücke bleibt zu für:", items), true},
		{"a by in front, Spanish", box("texto", "Por ahora pueden pasar:", `<ol><li>los autobuses de la escuela</li><li>las bicicletas sin remolque</li></ol>`), true},
		{"no colon", box("bodytext", "Die Brücke bleibt zu", items), false},
		{"a label", box("bodytext", "Noch zu:", items), false},
		{"links", box("bodytext", "Die Brücke bleibt zu für:", strings.ReplaceAll(items, "Schulbusse", `<a href="/b">Schulbusse</a>`)), false},
		{"a box of tags", box("bodytext", "Die Brücke bleibt zu für:", strings.Replace(items, "<ul>", `<ul class="tags">`, 1)), false},
		{"one item", box("bodytext", "Die Brücke bleibt zu für:", `<ul><li>Schulbusse bis acht Uhr</li></ul>`), false},
	} {
		bd := keepAll(t, `<article>`+c.html+`</article>`)
		bd.doubted(0.01, "bleibt zu", "Noch zu", "Schulbusse", "Fahrräder", "pueden pasar", "autobuses", "bicicletas")
		sweepText(bd, &judge.Signals{})
		if out := bd.dropped(); len(out) == 0 != c.keep {
			t.Errorf("%s: out are %q", c.name, out)
		}
	}
}
