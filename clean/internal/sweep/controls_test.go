package sweep

import (
	"testing"
)

// TestControlHeads: the line over a form's controls goes with them.
func TestControlHeads(t *testing.T) {
	const ferry = "<p>The ferry that crossed the bay for forty years was sold on Monday, and its new owner wants to make a museum of it.</p>"
	for _, c := range []struct {
		name, html string
		out        []string
		line       string
		kept       bool
	}{
		{"a poll", "<div><h4>Was it right to sell?</h4><ul><li>Yes</li><li>No</li></ul><button>Vote</button></div>", []string{"Yes", "No", "Vote"}, "Was it right to sell?", false},
		{"a form, German", "<section><p>Unsere Post aus dem Hafen</p><form><p>Ihre Adresse</p><button>Bestellen</button></form></section>", []string{"Ihre Adresse", "Bestellen"}, "Unsere Post aus dem Hafen", false},
		{"a heading over a link, French", `<div><h3>Un quai à vous</h3><p>Dès 9 € par mois</p><a href="/quai">Voir les prix</a></div>`, []string{"Dès", "Voir"}, "Un quai à vous", false},
		{"a heading over a link to its own place", `<div><h3>Un quai à vous</h3><a href="#quai">Lien vers cette partie</a></div>`, []string{"Lien"}, "Un quai à vous", true},
		{"a heading over a link, of several", `<div><h3>Le bac</h3><p>Il part à six heures.</p></div><div><h3>Un quai à vous</h3><p>Dès 9 € par mois</p><a href="/quai">Voir les prix</a></div>`, []string{"Dès", "Voir"}, "Un quai à vous", true},
		{"a heading over a sentence with a link, Dutch", `<div><h3>Hoe goed kent u de haven?</h3><p>Tien vragen over boten en bruggen. <a href="/quiz">Doe de quiz</a></p></div>`, []string{"Tien"}, "Hoe goed kent u de haven?", false},
		{"a heading over who wrote, with a link", `<div><h3>Het veer ligt stil</h3><p><a href="/jo">Jo Visser</a> zes uur</p></div>`, []string{"Jo"}, "Het veer ligt stil", true},
		{"a line over a link", `<div><p>Un quai à vous</p><p>Dès 9 €</p><a href="/quai">Voir les prix</a></div>`, []string{"Dès", "Voir"}, "Un quai à vous", true},
		{"of which a line stays", "<div><h4>Was it right to sell?</h4><p>The town says yes.</p><button>Vote</button></div>", []string{"Vote"}, "Was it right to sell?", true},
		{"without a control", "<div><h4>The harbour</h4><p>Quay Road</p></div>", []string{"Quay Road"}, "The harbour", true},
		{"code with a button", "<div><pre>make quay</pre><button>Copy</button></div>", []string{"Copy"}, "make quay", true},
	} {
		t.Run(c.name, func(t *testing.T) {
			bd := keepAll(t, "<article>"+ferry+c.html+ferry+"</article>", c.out...)
			controlHeads(bd)
			for k := range bd.Blocks {
				if bd.Blocks[k].Text == c.line && bd.Verdicts[k].Keep != c.kept {
					t.Errorf("%q is kept: %t", c.line, bd.Verdicts[k].Keep)
				}
			}
		})
	}
	bd := keepAll(t, "<article><div><p>The ferry is sold today.</p><button>Share</button></div></article>", "Share")
	if controlHeads(bd); !bd.Verdicts[0].Keep {
		t.Errorf("a short article is out: %q", bd.Blocks[0].Text)
	}
}
