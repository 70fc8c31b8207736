package sweep

import (
	"slices"
	"testing"
)

// TestMenus: lines that lead about the page go, and those of a text that look like them stay.
func TestMenus(t *testing.T) {
	const ferry = "<p>The ferry that crossed the bay for forty years was sold on Monday, and its new owner wants to make a museum of it.</p>"
	for _, c := range []struct {
		name, html string
		kept       []string
	}{
		{"tabs", `<div role="tablist"><button role="tab">Überblick</button> <button role="tab">Maße</button></div><div role="tabpanel"><p>Zwölf Meter.</p></div>`, []string{"Zwölf Meter."}},
		{"questions that open as tabs do", `<button role="tab">Wie lang ist sie?</button><p>Zwölf Meter.</p>`, []string{"Wie lang ist sie?", "Zwölf Meter."}},
		{"the heading of a nav, French", `<h2>Sommaire</h2> <nav><a href="#a">Le bac</a></nav><h2>Le bac</h2><p>Douze mètres.</p>`, []string{"Le bac", "Douze mètres."}},
		{"the id of its box", `<div id="muelle2"><div class="e">#muelle2</div><h2>El muelle</h2><p>#puerto</p></div>`, []string{"El muelle", "#puerto"}},
		{"no content", `<p class="x robots-nocontent">Diese Diashow benötigt JavaScript.</p><p>#</p>`, []string{"#"}},
	} {
		bd := keepAll(t, "<article>"+ferry+c.html+"</article>")
		menus(bd)
		var kept []string
		for k := range bd.Blocks[1:] {
			if bd.Verdicts[k+1].Keep {
				kept = append(kept, bd.Blocks[k+1].Text)
			}
		}
		if !slices.Equal(kept, c.kept) {
			t.Errorf("%s: kept are %q, want %q", c.name, kept, c.kept)
		}
	}
}
