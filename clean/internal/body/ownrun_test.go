package body

import (
	"slices"
	"strings"
	"testing"

	"newsclip/clean/internal/judge"
)

// ownText are three paragraphs of a text's own, none the same as another.
const ownText = `<p>The harbour office counted the boats of each quay on the first day of every month, and wrote these numbers down for us.</p>` +
	`<p>Neun Boote lagen im vergangenen Winter noch am zweiten Kai, und keines von ihnen gehörte einem Fischer aus der alten Stadt.</p>` +
	`<p>Le patron du bac a vendu son dernier bateau au printemps, parce que personne ne voulait plus traverser le fleuve avec lui.</p>`

// TestOwnRuns has the models leave sentences out that go on with the text's paragraphs.
func TestOwnRuns(t *testing.T) {
	for _, c := range []struct {
		name, page string
		p          float32
		doubted    []string
		out        []string
	}{
		{"a question amid", ownText + `<p>¿Volverá a salir?</p>` + ownText, 0.25, []string{"Volverá"}, nil},
		{"a question and its answer", ownText + `<p>Und dann?</p><p>Dann fuhr niemand mehr.</p>` + ownText, 0.25, []string{"Und dann", "niemand"}, nil},
		{"the last line", ownText + `<p>And then the bell rang.</p>`, 0.3, []string{"bell"}, nil},
		{"the last line in Japanese", ownText + `<p>船は二度と来なかった。</p>`, 0.3, []string{"二度と"}, nil},
		{"divs", strings.ReplaceAll(ownText, "p>", "div>") + `<div>И больше никто не приходил.</div>`, 0.3, []string{"больше"}, nil},
		{"a question that begins like a byline", ownText + `<p>¿Por qué no sale?</p>` + ownText, 0.25, []string{"Por qué"}, nil},
		{"a question that begins like a byline, German", ownText + `<p>Von wem ist das Boot?</p>` + ownText, 0.25, []string{"Von wem"}, nil},
		{"a sentence in two lines, Polish", ownText + `<p>Wtedy zadzwonił dzwon i nikt<br>nie przyszedł już na brzeg.</p>` + ownText, 0.25, []string{"Wtedy", "brzeg"}, nil},
		{"two lines that are no sentence", ownText + `<p>Wtedy dzwon<br>Nikt nie przyszedł.</p>` + ownText, 0.25, []string{"Wtedy", "Nikt"}, []string{"Wtedy dzwon", "Nikt nie przyszedł."}},
		{"an unlikely one", ownText + `<p>And then the bell rang.</p>`, 0.1, []string{"bell"}, []string{"And then the bell rang."}},
		{"no sentence", ownText + `<p>Harbour desk</p>`, 0.3, []string{"desk"}, []string{"Harbour desk"}},
		{"a link", ownText + `<p>Read <a href=/x>the numbers</a>.</p>`, 0.3, []string{"Read"}, []string{"Read the numbers."}},
		{"promotion", ownText + `<p>Follow us on Facebook.</p>`, 0.3, []string{"Follow"}, []string{"Follow us on Facebook."}},
		{"a box of its own", ownText + `<div class="x"><p>And then the bell rang.</p></div>`, 0.3, []string{"bell"}, []string{"And then the bell rang."}},
		{"another text", ownText + strings.Repeat(`<p>The bell rang again.</p>`, 4), 0.3, []string{"bell"}, slices.Repeat([]string{"The bell rang again."}, 4)},
	} {
		t.Run(c.name, func(t *testing.T) {
			bd := keepAll(t, `<article>`+c.page+`</article>`)
			bd.doubted(c.p, c.doubted...)
			ownRuns(bd, &judge.Signals{})
			if got := bd.dropped(); !slices.Equal(got, c.out) {
				t.Errorf("out are %q, want %q", got, c.out)
			}
		})
	}
}

// TestNumbered: a numbered series is kept whole of which half is kept.
func TestNumbered(t *testing.T) {
	item := func(tag, head string) string { return `<` + tag + `>` + head + `</` + tag + `><p>Es liegt am Kai.</p>` }
	for _, c := range []struct {
		name, page string
		p          float32
		doubted    []string
		out        []string
	}{
		{"headings", item("h2", "1. Albatros") + item("h2", "2. Kormoran") + item("h2", "3. Seeschwalbe") + item("h2", "4. Möwe"), 0.3, []string{"Kormoran", "Möwe"}, nil},
		{"lines", `<p>8) The ferry</p><p>It left.</p><p>9) The tug</p><p>It stayed.</p>`, 0.3, []string{"tug"}, nil},
		{"references", `<p>[1] Berg, I.: Häfen</p><p>[2] <a href="https://quay.example/x">quay.example/x</a></p>`, 0.3, []string{"quay"}, nil},
		{"of which less than half is kept", item("h2", "1. Albatros") + item("h2", "2. Kormoran") + item("h2", "3. Möwe"), 0.3, []string{"Kormoran", "Möwe"}, []string{"2. Kormoran", "3. Möwe"}},
		{"steps over what is kept", item("div", "Step 1") + item("div", "Step 2") + item("div", "Step 3"), 0.3, []string{"Step 2", "Step 3"}, nil},
		{"steps, French", item("p", "Étape 1 :") + item("p", "Étape 2 :") + item("p", "Étape 3 :"), 0.3, []string{"Étape 1", "Étape 3"}, nil},
		{"pages over nothing", `<p>Seite 1</p><p>Seite 2</p><p>Seite 3</p>`, 0.3, []string{"Seite 2", "Seite 3"}, []string{"Seite 2", "Seite 3"}},
		{"of another kind", item("h2", "1. Albatros") + item("h3", "2. Kormoran"), 0.3, []string{"Kormoran"}, []string{"2. Kormoran"}},
		{"decimals", `<p>1.5 m tides</p><p>2.5 m tides</p>`, 0.3, []string{"2.5"}, []string{"2.5 m tides"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			bd := keepAll(t, `<article>`+c.page+`</article>`)
			bd.doubted(c.p, c.doubted...)
			numbered(bd, &judge.Signals{})
			if got := bd.dropped(); !slices.Equal(got, c.out) {
				t.Errorf("out are %q, want %q", got, c.out)
			}
		})
	}
}
