package sweep

import (
	"strings"
	"testing"

	"newsclip/clean/internal/judge"
)

// TestColumns: the second and third of columns that begin alike are kept with the first.
func TestColumns(t *testing.T) {
	paras := strings.SplitAfter(threeParagraphs, "</p>")
	const cols = `<div class="row"><div class="span4"><h4>Norden</h4><p>Neun Boote liegen dort.</p></div><div class="span4"><h4>Süden</h4><p>Zwei Fähren warten.</p></div><div class="span4"><h4>Westen</h4><p>Alles leer.</p></div></div>`
	for _, c := range []struct {
		name, cols string
		keep       bool
	}{
		{"German", cols, true},
		{"of another class", strings.Replace(cols, `class="span4"><h4>Sü`, `class="span3"><h4>Sü`, 1), false},
		{"without a class", strings.ReplaceAll(cols, ` class="span4"`, ""), false},
		{"with a link", strings.Replace(cols, "Zwei Fähren", `Zwei <a href="/f">Fähren</a>`, 1), false},
		{"with other lines", strings.Replace(cols, "<p>Zwei Fähren warten.</p>", "<ul><li>Zwei Fähren warten.</li></ul>", 1), false},
		{"with other headings", strings.NewReplacer("<h4>Sü", "<h3>Sü", "Süden</h4>", "Süden</h3>").Replace(cols), false},
	} {
		bd := keepAll(t, `<article><h1>Boats</h1>`+paras[0]+paras[1]+c.cols+paras[2]+`</article>`, "Süden", "Westen", "Fähren", "leer")
		for k := range bd.Probs {
			bd.Probs[k] = 0.05
		}
		columns(bd, &judge.Signals{})
		if out := dropped(bd); (len(out) == 0) != c.keep {
			t.Errorf("%s: %q are left out", c.name, out)
		}
	}
}
