package body

import (
	"strings"
	"testing"

	"newsclip/clean/internal/judge"
)

// TestOpeningInABoxOfItsOwn: the first paragraph that the models doubt is kept where it is in
// a box such as the others have.
func TestOpeningInABoxOfItsOwn(t *testing.T) {
	const begin = `<p>Um zehn vor acht ging am Dienstag die erste Schulklasse über die Brücke, die seit neunzehn Monaten gesperrt war.</p>`
	const start = `<p>A las ocho menos diez del martes cruzó el puente la primera clase, después de diecinueve meses de obras en el pilar.</p>`
	for _, c := range []struct {
		name, html string
		prob       float32
		keep       bool
	}{
		{"builders' boxes, German", `<div><div><div class="widget-text">` + begin + `</div></div><div><div class="widget-text">` + threeParagraphs + `</div></div></div>`, 0.3, true},
		{"sections, Spanish", `<section><article class="bloque">` + start + `</article></section><section><article class="bloque">` + threeParagraphs + `</article></section>`, 0.3, true},
		{"boxes of two kinds", `<div><div><div class="widget-promo">` + begin + `</div></div><div><div class="widget-text">` + threeParagraphs + `</div></div></div>`, 0.3, false},
		{"boxes without a class", `<div><div><div>` + begin + `</div></div></div><div><div><div><div>` + threeParagraphs + `</div></div></div></div>`, 0.3, false},
		{"a sure piece of furniture", `<div><div><div class="widget-text">` + begin + `</div></div><div><div class="widget-text">` + threeParagraphs + `</div></div></div>`, 0.1, false},
	} {
		bd := keepAll(t, `<article>`+c.html+`</article>`)
		bd.Drop(0, "pick", "")
		bd.Probs[0] = c.prob
		opening(bd, &judge.Signals{})
		if bd.Verdicts[0].Keep != c.keep {
			t.Errorf("%s: kept is %v: %q", c.name, bd.Verdicts[0].Keep, strings.Join(bd.dropped(), "|"))
		}
	}
}
