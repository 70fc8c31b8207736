package body

import (
	"slices"
	"strings"
	"testing"

	"newsclip/clean/internal/judge"
)

// settled is a page's body after the sweep. The models are sure of the blocks that
// have a sentence of the harbour office, leave out "Kai 4", and think p of those that
// say "doubt".
func settled(t *testing.T, html string, p float32) *Body {
	t.Helper()
	bd := keepAll(t, `<body><main>`+html+`</main></body>`)
	for k := range bd.Blocks {
		switch text := bd.Blocks[k].Text; {
		case strings.Contains(text, "harbour office"):
			bd.Probs[k] = 0.95
		case strings.HasPrefix(text, "Kai "):
			bd.Drop(k, "pick", "")
		case strings.Contains(text, "doubt"):
			bd.Probs[k] = p
			if p < 0.5 {
				bd.Drop(k, "pick", "")
			}
		}
	}
	settleDoubts(bd)
	sweepText(bd, &judge.Signals{})
	return bd
}

func TestSettleDoubts(t *testing.T) {
	const one = `<p>The harbour office counted the boats of each quay on the first day of every month, and wrote these numbers down for us.</p>`
	const two = `<p>What the harbour office had counted was read aloud in the town hall every spring, whether anybody came to listen there or not.</p>`
	const doubted = `<p>Wer hier von den Booten liest, ist nicht ganz in doubt, denn sie liegen seit dem Winter am zweiten Kai und warten auf Farbe.</p>`
	const doubted2 = `<p>Auch am dritten Kai gibt es Boote, und was sie im Winter kosten, steht ganz ohne doubt auf einer Tafel neben dem alten Kran.</p>`
	for _, c := range []struct {
		name, page string
		p          float32
		kept       bool
	}{
		{"a heading amid the text", one + `<h3>In doubt</h3>` + two, 0.32, true},
		{"a heading after the text", one + two + `<h3>In doubt</h3><p>Impressum</p>`, 0.32, false},
		{"a heading before the text", `<h3>In doubt</h3>` + one + two, 0.32, false},
		{"one that the models rule out", one + `<h3>In doubt</h3>` + two, 0.09, false},
		{"a heading of an aside", one + `<aside><h3>In doubt</h3></aside>` + two, 0.32, false},
		{"a heading that asks for something", one + `<h3>Read on without doubt!</h3>` + two, 0.32, false},
		{"a label after the text", one + two + `<p>A doubt</p>`, 0.6, false},
		{"a label before the text", `<p>A doubt</p>` + one + two, 0.6, false},
		{"a label in a list", one + two + `<ul><li>A doubt</li></ul>`, 0.6, true},
		{"a sentence after the text", one + two + `<p>Sans doubt.</p>`, 0.6, true},
		{"a label amid lines that are most of the text", one + strings.Repeat(`<p>Doubts, one a line.</p>`, 30) + `<p>A doubt</p>`, 0.6, true},
		{"code", one + `<pre>doubt = 1</pre>` + two, 0.25, true},
		{"code in a box, of which the models think little", one + `<div class="kod"><pre><code>doubt &lt;- 1</code></pre></div>` + two, 0.07, true},
		{"long code of which they think little", one + `<pre>` + strings.Repeat("doubt = doubt + 1; ", 20) + `</pre>` + two, 0.15, false},
		{"code that they rule out", one + `<pre>doubt = 1</pre>` + two, 0.03, false},
		{"a cell", one + `<table><tr><th>Kai</th><th>Boote in doubt</th></tr><tr><td>doubt</td><td>doubtful</td></tr></table>` + two, 0.25, true},
		{"a line of the text's box", one + `<p>Sans doubt.</p>` + two, 0.45, true},
		{"a paragraph alone between headings", one + `<h3>Erster Teil</h3>` + doubted + `<h3>Zweiter Teil</h3>` + two, 0.21, true},
		{"one that the models rule out", one + `<h3>Erster Teil</h3>` + doubted + `<h3>Zweiter Teil</h3>` + two, 0.15, false},
		{"paragraphs of which none is kept", one + `<section><p>Kai 4</p>` + doubted + `<div>Kai 5</div>` + doubted2 + `<div>Kai 6</div></section>` + two, 0.26, true},
		{"those that the models rule out", one + `<section><p>Kai 4</p>` + doubted + `<div>Kai 5</div>` + doubted + `<div>Kai 6</div></section>` + two, 0.21, false},
		{"one of them alone", one + `<section><p>Kai 4</p>` + doubted + `<div>Kai 5</div></section>` + two, 0.4, false},
		{"one in each of two places", one + `<div>Kai 4</div>` + doubted + `<div>Kai 5</div>` + two + `<div>Kai 4</div>` + doubted + `<div>Kai 5</div>` + one, 0.4, false},
		{"a paragraph beside others", one + doubted + two, 0.4, false},
		{"a paragraph after the text", one + two + `<h3>Noch ein Teil</h3>` + doubted, 0.4, false},
		{"a paragraph of an aside", one + `<aside><h3>Erster Teil</h3>` + doubted + `</aside>` + two, 0.4, false},
		{"a paragraph of links", one + `<h3>Erster Teil</h3><p><a href="/a">` + doubted[len("<p>"):len(doubted)-len("</p>")] + `</a></p><h3>Zweiter Teil</h3>` + two, 0.4, false},
		{"a line of another box", one + `<div><div><p>Sans doubt.</p></div></div>` + two, 0.45, false},
		{"a button amid the text", one + `<button>In doubt</button>` + two, 0.8, false},
		{"a question that opens its answer", one + `<button>In doubt</button>` + two, 0.95, true},
		{"a line of links before the text", `<p><a href="/a">In doubt</a></p>` + one + two, 0.7, false},
		{"a line of links amid the text", one + `<p><a href="/a">In doubt</a></p>` + two, 0.7, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			bd := settled(t, c.page, c.p)
			for k := range bd.Blocks {
				if b := &bd.Blocks[k]; strings.Contains(b.Text, "doubt") && bd.Verdicts[k].Keep != c.kept {
					t.Errorf("%q is kept: %v, want %v (%s)", b.Text, !c.kept, c.kept, bd.Verdicts[k].Rule)
				}
			}
		})
	}
}

func TestSweepKeepsTheDateline(t *testing.T) {
	const rest = `<p>The harbour office counted the boats of each quay on the first day of every month, and wrote these numbers down for us.</p>`
	for _, c := range []struct {
		line string
		p    float32
		kept bool
	}{
		{"ΠΕΙΡΑΙΑΣ.--", 0.1, true},
		{"LEER, 4. MAI —", 0.1, true},
		{"РИГА –", 0.01, false},
		{"PORT NEWS", 0.3, false},
		{"Harbour life —", 0.3, false},
	} {
		for _, line := range []string{`<p>` + c.line + `</p>`, `<div class="place"><div>` + c.line + `</div></div><hr>`} {
			bd := keepAll(t, `<div>`+line+`<div class="text">`+rest+`</div></div>`)
			bd.Probs[0] = c.p
			bd.Drop(0, "pick", "")
			sweepText(bd, &judge.Signals{})
			if bd.Verdicts[0].Keep != c.kept {
				t.Errorf("%q is kept: %v, want %v", line, !c.kept, c.kept)
			}
		}
	}
}

// TestDatelineBesideTheText: a place with a dash in small letters is a paragraph beside the
// first of the text.
func TestDatelineBesideTheText(t *testing.T) {
	const rest = `<p>Το λιμεναρχείο μέτρησε τα πλοία κάθε προβλήτας την πρώτη μέρα του κάθε μήνα και μας έγραψε εδώ όλους αυτούς τους αριθμούς.</p>`
	for line, kept := range map[string]bool{
		`<p class="place"><b>Πειραιάς -</b></p>`: true,
		`<p>Port-en-Bessin –</p>`:                true,
		`<div><p>Πειραιάς -</p></div>`:           false,
		`<h2>Πειραιάς -</h2>`:                    false,
		`<p>—</p>`:                               false,
		`<p>Η ζωή στο λιμάνι το καλοκαίρι και μετά –</p>`: false,
		`<p><a href="/p">Πειραιάς</a> -</p>`:              false,
	} {
		bd := keepAll(t, `<div>`+line+rest+`</div>`)
		bd.Drop(0, "pick", "")
		sweepText(bd, &judge.Signals{})
		if bd.Verdicts[0].Keep != kept {
			t.Errorf("%q is kept: %v, want %v", line, !kept, kept)
		}
	}
}

func TestSweepDropsShortcodes(t *testing.T) {
	bd := keepAll(t, `<article><p>Der erste Absatz.</p><p>[gallery ids="3,5"]</p><p>[video-player id=”x7” name=”Every single boat that has been counted in the harbour until the first day of May”]</p><p>[ad_1]</p><p>{{&lt; figure src="a.png" &gt;}}</p><p>[sic]</p><p>[a = b, as we said]</p><pre>[gallery ids=3]</pre></article>`)
	sweepText(bd, &judge.Signals{})
	want := []string{bd.Blocks[1].Text, bd.Blocks[2].Text, bd.Blocks[3].Text, bd.Blocks[4].Text}
	if got := bd.dropped(); !slices.Equal(got, want) {
		t.Errorf("out are %q, want %q", got, want)
	}
}
