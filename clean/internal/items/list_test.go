package items

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"newsclip/clean/internal/body"
	"newsclip/clean/internal/judge"
	"newsclip/clean/internal/pagetest"
)

// keepOnly makes a body of a page of which only the blocks are kept that begin with one of
// the given words.
func keepOnly(t *testing.T, source string, begins ...string) *body.Body {
	tr := pagetest.MustParse(t, source)
	blocks := tr.Blocks()
	bd := body.New(tr, blocks, make([]float32, len(blocks)), 0)
	for k := range blocks {
		if !slices.ContainsFunc(begins, func(s string) bool { return strings.HasPrefix(blocks[k].Text, s) }) {
			bd.Drop(k, "pick", "")
		}
	}
	return bd
}

func keptText(bd *body.Body) string {
	var out []string
	for k, v := range bd.Verdicts {
		if v.Keep {
			out = append(out, bd.Blocks[k].Text)
		}
	}
	return strings.Join(out, "|")
}

// TestKeepList: of a listing the names, the prices and what else is said of each good are
// kept beside a longer introduction, and no button that each has. A page that is none
// keeps its introduction alone.
func TestKeepList(t *testing.T) {
	const intro = "Unsere Werkstatt baut Ruderboote aus Lärche und Eiche, jedes von Hand und auf Bestellung; wer eines kauft, bekommt die Riemen dazu und darf es im ersten Herbst zur Durchsicht bringen, ohne dass es etwas kostet."
	var goods strings.Builder
	for k, name := range []string{"Ruderboot Albatros aus Lärche", "Beiboot Möwe mit Klappsitz", "Fischerkahn Kormoran für drei", "Jolle Seeschwalbe mit Schwert", "Kinderboot Ente aus Fichte", "Stocherkahn Reiher für Kanäle"} {
		fmt.Fprintf(&goods, `<div class="ware"><h3><a href="/boot/%d">%s</a></h3><span>ab %d00 €</span><p><a href="/korb?%[1]d">In den Korb</a></p></div>`, k, name, 30+k)
	}
	source := `<main><h1>Boote</h1><p>` + intro + `</p><section>` + goods.String() + `</section></main>`
	bd := keepOnly(t, source, "Unsere")
	if KeepList(bd, &judge.Signals{}, false) || keptText(bd) != intro {
		t.Errorf("no listing: kept %q", keptText(bd))
	}
	if !KeepList(bd, &judge.Signals{}, true) {
		t.Fatal("no list")
	}
	if got := keptText(bd); !strings.HasPrefix(got, intro+"|Ruderboot Albatros aus Lärche|ab 3000 €|Beiboot Möwe mit Klappsitz|") || strings.Contains(got, "Korb") {
		t.Errorf("kept %q", got)
	}
}

// TestKeepListOfLinks: an item that is one link of several lines has one link.
func TestKeepListOfLinks(t *testing.T) {
	var jobs strings.Builder
	for k, name := range []string{"Segelmacherin", "Bootsbauer", "Taklerin", "Lackierer", "Hafenmeisterin"} {
		fmt.Fprintf(&jobs, `<li><a href="/stelle/%d"><h4>%s</h4><div>Werft Nord GmbH</div><div>Kiel %[1]d</div><div>Vollzeit</div><div>ab 1. Mai</div><div>unbefristet</div></a></li>`, k, name)
	}
	bd := keepOnly(t, `<main><p>Offene Stellen am Hafen.</p><ul>`+jobs.String()+`</ul></main>`, "Offene")
	if !KeepList(bd, &judge.Signals{}, true) || !strings.HasPrefix(keptText(bd), "Offene Stellen am Hafen.|Segelmacherin|Kiel 0|ab 1. Mai|Bootsbauer|") {
		t.Errorf("kept %q", keptText(bd))
	}
}

// TestKeepAmid: what stands amid the kept text of an offer is kept with its heading, but
// no menu, no line of furniture, no heading over nothing and nothing twice.
func TestKeepAmid(t *testing.T) {
	bd := keepOnly(t, `<main><p>Nous réparons les toits de tuile et d'ardoise dans toute la vallée.</p>
		<div class="promo"><h3>Devis gratuit</h3><p>Un couvreur passe chez vous dans la semaine et mesure le toit.</p></div>
		<h3>Nos partenaires</h3><nav><p>Voir aussi les offres de nos amis charpentiers de la région</p></nav>
		<aside><p>La météo de demain : pluie le matin, éclaircies dans l'après-midi.</p></aside>
		<p>Nous réparons les toits de tuile et d'ardoise dans toute la vallée.</p><p>Court.</p>
		<p>Chaque réparation est garantie dix ans, pièces et main-d'œuvre.</p><p>Après la fin, un texte que personne ne garde plus du tout.</p></main>`,
		"Nous réparons", "Chaque")
	bd.Drop(5, "sweep", "said before")
	if !KeepAmid(bd, &judge.Signals{}) {
		t.Fatal("nothing kept")
	}
	const want = "Nous réparons les toits de tuile et d'ardoise dans toute la vallée.|Devis gratuit|Un couvreur passe chez vous dans la semaine et mesure le toit.|Chaque réparation est garantie dix ans, pièces et main-d'œuvre."
	if got := keptText(bd); got != want {
		t.Errorf("kept %q", got)
	}
	if KeepAmid(keepOnly(t, "<p>Rien n'est gardé de cette page, pas même ce paragraphe.</p>"), &judge.Signals{}) {
		t.Error("kept text amid nothing")
	}
}
