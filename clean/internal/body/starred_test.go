package body

import (
	"testing"

	"newsclip/clean/internal/judge"
)

// TestStarred: a note after a star is kept where its mark stands in the text.
func TestStarred(t *testing.T) {
	for _, c := range []struct {
		name, page string
		p          float32
		kept       bool
	}{
		{"a changed name", `<p>« Je ne traverse plus », dit Anaïs*, qui a vingt ans.</p><p>*Le prénom a été modifié</p>`, 0.4, true},
		{"in a box of its own", `<p>„Jon“* fährt nicht mehr über den Fluss.</p><div class="x"><div>* Name von der Redaktion geändert</div></div>`, 0.4, true},
		{"no mark", `<p>Anaïs ne traverse plus.</p><p>*Le prénom a été modifié</p>`, 0.4, false},
		{"a star inside a word", `<p>Die Fischer*innen bleiben.</p><p>* Pflichtfelder des Hafens</p>`, 0.4, false},
		{"an unlikely one", `<p>Anaïs* ne traverse plus.</p><p>*Offre valable un mois</p>`, 0.1, false},
		{"a line of stars", `<p>Anaïs* ne traverse plus.</p><p>***** Port *****</p>`, 0.4, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			bd := keepAll(t, `<article>`+ownText+c.page+`</article>`)
			k := len(bd.Blocks) - 1
			bd.Probs[k] = c.p
			bd.Drop(k, "pick", "")
			starred(bd, &judge.Signals{})
			if bd.Verdicts[k].Keep != c.kept {
				t.Errorf("kept: %v, want %v", !c.kept, c.kept)
			}
		})
	}
}
