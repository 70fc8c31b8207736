package body

import (
	"slices"
	"strings"
	"testing"

	"newsclip/clean/internal/judge"
)

// threeParagraphs begin a text to which the rest of a test's page belongs.
const threeParagraphs = `<p>The harbour office counted the boats of each quay on the first day of every month, and wrote these numbers down for us.</p>` +
	`<p>At the second quay there lay only nine boats last winter, and none of them belonged to a fisherman from the old town by the river.</p>` +
	`<p>Nobody knows where the others went, but the keeper of the bridge has written down the name of each that passed under it at night.</p>`

// moreParagraphs go on after it.
const moreParagraphs = `<p>In spring the board bought two lamps for the pier, of which one was stolen within a week and the other has not been lit since.</p>` +
	`<p>The dredger came on a Sunday, when nobody had asked for it, and left on the same evening with its buckets as clean as before.</p>`

// sweptOut returns the blocks of an article that are out after the sweep, where the models
// doubt those that hold one of the words.
func sweptOut(t *testing.T, page string, doubted []string) []string {
	t.Helper()
	bd := keepAll(t, `<article>`+page+`</article>`)
	bd.doubted(0.1, doubted...)
	sweepText(bd, &judge.Signals{})
	return bd.dropped()
}

func TestSweepKeepsLabels(t *testing.T) {
	for _, c := range []struct {
		name, page string
		doubted    []string
		want       []string
	}{
		{"of a list of sources", threeParagraphs + `<p>Sources:</p><ol><li>The ledger of the quay, 1911.</li></ol>`, []string{"Sources"}, nil},
		{"of a list of books", threeParagraphs + `<h2>Further reading</h2><ul><li>Brandt, Boats (1974)</li></ul>`, []string{"Further"}, nil},
		{"of figures, without a colon", threeParagraphs + `<p>橋の主な数字</p><ul><li>全長：八十二メートル</li></ul>`, []string{"数字", "全長"}, nil},
		{"of a note", threeParagraphs + `<h3>Correction</h3><p>Am Kai lagen neun Boote, nicht sieben.</p>`, []string{"Correction"}, nil},
		{"of a box", threeParagraphs + `<div class="remark"><p>Hinweis</p><p>Die Brücke ist nachts zu.</p></div>` + moreParagraphs, []string{"Hinweis"}, nil},
		{"of a year", threeParagraphs + `<h3>1911</h3><ul><li>Otwarto most.</li></ul><h3>1963</h3><ul><li>Zamknięto go.</li></ul>`, []string{"1911", "1963"}, nil},
		{"of a year, Chinese", threeParagraphs + `<h4>1911年</h4><ul><li>大桥通车</li></ul>`, []string{"1911"}, nil},
		{"of links", threeParagraphs + `<h2>Related stories</h2><ul><li><a href="/f">Fares rise</a></li></ul>`, []string{"Related", "Fares"}, []string{"Related stories", "Fares rise"}},
		{"before the text", `<div><p>Darum geht es</p><ul><li>Neun Boote bleiben.</li></ul></div>` + threeParagraphs, []string{"Darum"}, []string{"Darum geht es"}},
		{"of each part", threeParagraphs + strings.Repeat(`<p>Verdict</p><ul><li>Good rope</li></ul>`, 3) + moreParagraphs, []string{"Verdict"}, []string{"Verdict", "Verdict", "Verdict"}},
		{"that asks", threeParagraphs + `<p>Subscribe</p><ul><li>News of the quay</li></ul>`, []string{"Subscribe"}, []string{"Subscribe"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := sweptOut(t, c.page, c.doubted); !slices.Equal(got, c.want) {
				t.Errorf("out are %q, want %q", got, c.want)
			}
		})
	}
}

func TestSweepKeepsRecipeNotes(t *testing.T) {
	const notes = `<div class="wprm-recipe"><ul><li>500 g Mehl</li><li>400 g Wasser</li></ul><h3>Notizen</h3><p>Hält eine Woche.</p></div>`
	if got := sweptOut(t, threeParagraphs+notes, []string{"Notizen", "Woche"}); len(got) > 0 {
		t.Errorf("out are %q", got)
	}
}

func TestSweepDropsTeasers(t *testing.T) {
	for _, c := range []struct {
		name, page string
		doubted    []string
		want       []string
	}{
		{"what stands under the link", threeParagraphs + `<div><a href="/b/roof">How the library saved its roof</a><p>A ladder and eleven thousand slates.</p></div>` + moreParagraphs, []string{"library"}, []string{"How the library saved its roof", "A ladder and eleven thousand slates."}},
		{"of another site", threeParagraphs + `<div><a href="https://roof.example/x">How the library saved its roof</a><p>A ladder and eleven thousand slates.</p></div>` + moreParagraphs, []string{"library"}, []string{"How the library saved its roof"}},
		{"an article in the text", threeParagraphs + `<div><article><h3><a href="/b/ferry">Kapal feri terjual</a></h3><div>14 Maret</div></article></div>` + moreParagraphs, nil, []string{"Kapal feri terjual", "14 Maret"}},
		{"what readers say", threeParagraphs + `<div><h3>Leave a comment</h3><div><b>Harry</b><p>In my day the postman came twice a day, and three times on market days.</p></div></div>`, nil, []string{"Leave a comment", "Harry", "In my day the postman came twice a day, and three times on market days."}},
		{"what readers say under one word, Spanish", threeParagraphs + `<section class="comments"><h2>Comentarios</h2><div><p>De niño yo subía al faro con mi abuelo, y todavía recuerdo el olor.</p></div></section>`, nil, []string{"Comentarios", "De niño yo subía al faro con mi abuelo, y todavía recuerdo el olor."}},
		{"what readers say of a few words, German", `<p>Ein Monat an der alten Fähre: das sind die Bilder.</p><div class="kommentare"><h3>Kommentare</h3><div><p>Als Kind bin ich jeden Morgen mit ihr gefahren, und der Fährmann sang dabei.</p></div></div>`, nil, []string{"Kommentare", "Als Kind bin ich jeden Morgen mit ihr gefahren, und der Fährmann sang dabei."}},
		{"a part of a paper", threeParagraphs + `<section><h2>Discussion</h2><div><p>What we found on the quay differs from what was found before.</p></div></section>`, nil, nil},
		{"links under a label that is left out", threeParagraphs + `<p><b>Read more:</b></p><p><a href="/b/1">The second winter of the roof</a></p><p><a href="/b/2">On sluices and slates</a></p>` + moreParagraphs, []string{"Read more"}, []string{"Read more:", "The second winter of the roof", "On sluices and slates"}},
		{"links under a label that is left out, Turkish", threeParagraphs + `<p>İlgili haberler</p><p><a href="/b/1">Çatının ikinci kışı geldi</a></p>` + moreParagraphs, []string{"İlgili"}, []string{"İlgili haberler", "Çatının ikinci kışı geldi"}},
		{"links to another site under one", threeParagraphs + `<p><b>Read more:</b></p><p><a href="https://roof.example/1">The second winter of the roof</a></p>` + moreParagraphs, []string{"Read more"}, []string{"Read more:"}},
		{"links under a kept label of a guide", threeParagraphs + `<p><b>Read more:</b></p><p><a href="/b/1">The second winter of the roof</a></p>` + moreParagraphs, nil, nil},
		{"what an advertisement parts", threeParagraphs + `<p>Article continues below</p>` + moreParagraphs, nil, []string{"Article continues below"}},
		{"a word that an advertisement leaves", threeParagraphs + `<p>Anzeige</p>` + moreParagraphs, nil, []string{"Anzeige"}},
		{"a word that an advertisement leaves among short sentences, Czech", threeParagraphs + `<p>„Člověk si zvykne, ale nerad,“ řekla, když loď vyplula.</p><p>Reklama</p><p>Na palubě bylo devatenáct lidí a jeden kontrabas.</p>` + moreParagraphs, nil, []string{"Reklama"}},
		{"a word that an advertisement leaves in a layout", `<table><tr><td>` + threeParagraphs + `<div>広告</div>` + moreParagraphs + `</td></tr></table>`, nil, []string{"広告"}},
		{"a line that an advertisement leaves in a layout", `<table><tr><td>` + threeParagraphs + `<p>Continua após a publicidade</p></td></tr></table>`, nil, []string{"Continua após a publicidade"}},
		{"a word among short lines", threeParagraphs + `<p>Was war es?</p><p>Anzeige</p><p>Sonst?</p>` + moreParagraphs, nil, nil},
		{"links that end a guide in a layout", `<table><tr><td>` + threeParagraphs + `<p>Lesen Sie auch</p><p><a href="/b/1">Der zweite Winter</a></p></td></tr></table>`, nil, []string{"Lesen Sie auch", "Der zweite Winter"}},
		{"the name over code", threeParagraphs + `<div><div><span>python</span></div><pre>x = 1</pre></div>`, nil, []string{"python"}},
		{"a line for screen readers", threeParagraphs + `<span class="sr-only">Überspringen der Bilder</span>` + moreParagraphs, nil, []string{"Überspringen der Bilder"}},
		{"links that end a guide", threeParagraphs + `<p>Related:</p><ul><li><a href="/b/1">The second winter</a></li><li><a href="/b/2">On sluices</a></li></ul>`, nil, []string{"Related:", "The second winter", "On sluices"}},
		{"links to other sites", threeParagraphs + `<p>Related:</p><ul><li><a href="https://w.example/1">The second winter</a></li></ul>`, nil, nil},
		{"a line of dashes in a layout", `<table><tr><td>` + threeParagraphs + `<p>--------------------</p></td></tr></table>`, nil, []string{"--------------------"}},
		{"a block that a class hides", threeParagraphs + `<p class="d-none d-print-block">Printed from the Quay on Monday.</p>` + moreParagraphs, nil, []string{"Printed from the Quay on Monday."}},
		{"a block that a rule hides", threeParagraphs + `<style>.nl{display:none}</style><div class="nl"><p>Jeden Freitag das Beste vom Kai.</p></div>` + moreParagraphs, nil, []string{"Jeden Freitag das Beste vom Kai."}},
		{"a hidden box before the text", `<div hidden><p>Printed from the Quay on Monday.</p></div>` + threeParagraphs + moreParagraphs, nil, []string{"Printed from the Quay on Monday."}},
		{"a rule that hides what opens the text", `<style>#kurz{display:none}</style><div id="kurz"><p>Kurz gesagt: Die Fähre fährt.</p></div>` + threeParagraphs + moreParagraphs, nil, []string{"Kurz gesagt: Die Fähre fährt."}},
		{"a hidden paragraph among short ones, Spanish", threeParagraphs + `<p>La barca sale del muelle a las ocho y media.</p><p style="display:none">Solo para suscriptores.</p><p>Vuelve del otro lado a las nueve y diez.</p>` + moreParagraphs, nil, []string{"Solo para suscriptores."}},
		{"a hidden paragraph before a heading", threeParagraphs + `<p hidden>Wordt vervolgd op papier.</p><h2>De zomer</h2>` + moreParagraphs, nil, []string{"Wordt vervolgd op papier."}},
		{"a hidden answer", threeParagraphs + `<h3>Who pays?</h3><p hidden>The county pays.</p>` + moreParagraphs, nil, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := slices.DeleteFunc(sweptOut(t, c.page, c.doubted), func(s string) bool { return strings.Contains(threeParagraphs, s) })
			if !slices.Equal(got, c.want) {
				t.Errorf("out are %q, want %q", got, c.want)
			}
		})
	}
}

// TestLineBeforeAShortText: the line with the day over a short text is dropped as that over a
// long one.
func TestLineBeforeAShortText(t *testing.T) {
	for _, c := range []struct {
		page string
		want []string
	}{
		{`<div class="date">2024-05-06 08:42</div><p>老渡口重新开航一个月，记者跟船拍下了这些画面。</p>`, []string{"2024-05-06 08:42"}},
		{`<p>6. Mai 2024, 08:42</p><p>Ein Monat an der alten Fähre: das sind die Bilder.</p>`, []string{"6. Mai 2024, 08:42"}},
		{`<p>6. Mai 2024, 08:42</p><p>Das sind die Bilder</p>`, nil},
	} {
		if got := sweptOut(t, c.page, nil); !slices.Equal(got, c.want) {
			t.Errorf("%s: out are %q, want %q", c.page, got, c.want)
		}
	}
}
