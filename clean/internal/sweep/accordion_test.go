package sweep

import (
	"fmt"
	"strings"
	"testing"

	"newsclip/clean/internal/judge"
)

// TestAccordions: the panels of an accordion are kept with the lines that open them where they
// end the text.
func TestAccordions(t *testing.T) {
	paras := strings.SplitAfter(threeParagraphs, "</p>")
	const panels = `<h3>Preguntas</h3><div><div class="fl-accordion-item"><div class="fl-accordion-button"><a href="#">¿Quién compró el barco?</a></div><div class="fl-accordion-content" style="display:none"><p>Lo compró el museo.</p></div></div><div class="fl-accordion-item"><div class="fl-accordion-button"><a href="#">¿Y la campana?</a></div><div class="fl-accordion-content"><p>Se queda en el muelle.</p></div></div></div>`
	var many strings.Builder
	for n := range accordionMost + 1 {
		fmt.Fprintf(&many, `<div class="fl-accordion-item"><div class="fl-accordion-button"><a href="#">¿Y la campana %d?</a></div><div class="fl-accordion-content"><p>Se queda en el muelle %d.</p></div></div>`, n, n)
	}
	for _, c := range []struct {
		name, html string
		keep       bool
	}{
		{"at the end of the text, Spanish", "<div>" + paras[0] + paras[1] + panels + "</div>", true},
		{"in capitals, Spanish", "<div>" + paras[0] + paras[1] + strings.ReplaceAll(panels, "fl-accordion-button", "tve_faqB") + "</div>", true},
		{"outside the text", "<div>" + paras[0] + paras[1] + "</div><div>" + panels + "</div>", false},
		{"one panel", "<div>" + paras[0] + paras[1] + strings.Split(panels, `<div class="fl-accordion-item"><div class="fl-accordion-button"><a href="#">¿Y`)[0] + "</div></div>", false},
		{"one panel amid the text", "<div>" + paras[0] + strings.TrimPrefix(strings.Split(panels, `<div class="fl-accordion-item"><div class="fl-accordion-button"><a href="#">¿Y`)[0], "<h3>Preguntas</h3>") + "</div>" + paras[1] + paras[2] + "</div>", true},
		{"a table of contents amid the text", "<div>" + paras[0] + `<div><div class="fl-accordion-button">Contenido</div><div class="fl-accordion-content"><p>Lo compró el museo.</p></div></div>` + paras[1] + paras[2] + "</div>", false},
		{"of another class", "<div>" + paras[0] + paras[1] + strings.ReplaceAll(panels, "accordion-button", "line") + "</div>", false},
		{"of links", "<div>" + paras[0] + paras[1] + strings.NewReplacer("Lo compró el museo.", `<a href="/m">Lo compró el museo.</a>`, "Se queda en el muelle.", `<a href="/m">Se queda en el muelle.</a>`).Replace(panels) + "</div>", false},
		{"that say the same on each", "<div>" + paras[0] + paras[1] + strings.NewReplacer("¿Quién compró el barco?", "Ver más detalles", "¿Y la campana?", "Ver más detalles").Replace(panels) + "</div>", false},
		{"of the questions that many ask", "<div>" + paras[0] + paras[1] + `<div>` + many.String() + "</div></div>", false},
	} {
		bd := keepAll(t, `<article><h1>Boats</h1>`+c.html+`</article>`, "Preguntas", "Quién", "museo", "campana", "muelle", "Ver más", "Contenido")
		for k := range bd.Probs {
			bd.Probs[k] = 0.01
		}
		accordions(bd, &judge.Signals{})
		if out := dropped(bd); (len(out) == 0) != c.keep {
			t.Errorf("%s: %q are left out", c.name, out)
		}
	}
}

// TestAccordionUnderTabs: panels are kept with the lines that open them on narrow screens, and
// not with the row of tabs over them that says the same.
func TestAccordionUnderTabs(t *testing.T) {
	paras := strings.SplitAfter(threeParagraphs, "</p>")
	const tabs = `<ul class="row"><li class="tab toggle-title">Sommer</li><li class="tab toggle-title">Winter</li></ul>` +
		`<div><b class="toggle-title">Sommer</b><div><p>Die Fähre fährt bis in die Nacht.</p></div><b class="toggle-title">Winter</b><div><p>Die Fähre liegt am Kai.</p></div></div>`
	bd := keepAll(t, `<article><h1>Boats</h1><div>`+paras[0]+paras[1]+tabs+paras[2]+`</div></article>`, "Sommer", "Winter", "Fähre")
	accordions(bd, &judge.Signals{})
	if out := dropped(bd); strings.Join(out, "|") != "Sommer|Winter" || bd.Verdicts[len(bd.Blocks)-3].Keep == false {
		t.Errorf("%q are left out", out)
	}
}
