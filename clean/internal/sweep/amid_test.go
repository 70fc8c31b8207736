package sweep

import (
	"slices"
	"strings"
	"testing"

	"newsclip/clean/internal/judge"
	"newsclip/clean/internal/page"
)

func TestRowsAmid(t *testing.T) {
	paras := strings.SplitAfter(threeParagraphs, "</p>")
	const dates = `<div class="line"><div class="row"><div>1975</div><div><p>The quay gets a crane of its own.</p></div></div><div class="row"><div>1998</div><div><p>The crane is sold to the next town.</p></div></div></div>`
	const asked = `<section class="fragen"><article><h4>Wer zählt die Boote?</h4><p>Das Hafenamt zählt sie.</p></article><article><h4>Und wann?</h4><p>Am ersten Tag des Monats.</p></article></section>`
	const led = `<p>Drei Dinge fehlen dem Kai:</p><div class="points"><div class="point"><i class="dot"></i>ein Kran</div><div class="point">eine Waage</div><div class="point">viel Licht</div></div>`
	const verse = `<div class="poema"><span style="display:block">El río va</span><span style="display:block">y no vuelve</span><span style="display:block">a su barca</span></div>`
	const spoken = `<div class="tr"><div class="row"><div>Ruiz</div><div>¿Y la grúa?</div></div><div class="row"><div>Rei</div><div>No.</div></div></div>`
	const timed = `<div class="tr"><div class="row"><a href="#t=4">0:04</a><div>Hahn</div><div>Und der Kran?</div></div><div class="row"><a href="#t=9">0:09</a><div>Voss</div><div>Nein.</div></div></div>`
	for _, c := range []struct {
		name, box string
		prob      float32
		keep      bool
	}{
		{"a transcript, Spanish", spoken, 0.1, true},
		{"turns on two sides", strings.Replace(strings.Replace(spoken, `class="row"`, `class="turn turn--left"`, 1), `class="row"`, `class="turn turn--right"`, 1), 0.1, true},
		{"rows of other kinds", strings.Replace(strings.Replace(spoken, `class="row"`, `class="turn first"`, 1), `class="row"`, `class="turn last"`, 1), 0.1, false},
		{"a button", strings.Replace(spoken, "No.", "No", 1), 0.1, false},
		{"links that say more than a time", strings.Replace(timed, "0:04", "Kran", 1), 0.1, false},
		{"lines after a colon, German", led, 0.1, true},
		{"lines after a label", strings.Replace(led, "Drei Dinge fehlen dem Kai:", "Drei Dinge:", 1), 0.1, false},
		{"lines after no colon", strings.Replace(led, "Kai:", "Kai", 1), 0.1, false},
		{"verse, Spanish", verse, 0.1, true},
		{"lines in boxes", strings.ReplaceAll(strings.ReplaceAll(verse, "<span", "<div"), "</span>", "</div>"), 0.1, false},
		{"a timeline", dates, 0.1, true},
		{"questions, German", asked, 0.1, true},
		{"a sure piece of furniture", dates, 0.01, false},
		{"one row", `<div class="line"><div class="row"><div>1975</div><div><p>The quay gets a crane of its own.</p></div></div></div>`, 0.1, false},
		{"links", strings.ReplaceAll(asked, "Wer zählt die Boote?", `<a href="/b">Wer zählt die Boote?</a>`), 0.1, false},
		{"lines that are no sentences", strings.ReplaceAll(dates, ".<", "<"), 0.1, false},
		{"rows of two kinds", strings.Replace(dates, `class="row"`, `class="head"`, 1), 0.1, false},
		{"named as furniture", strings.Replace(dates, `class="line"`, `class="related-news"`, 1), 0.1, false},
	} {
		bd := keepAll(t, `<article><h1>Boats</h1>`+paras[0]+c.box+paras[1]+paras[2]+`</article>`, "1975", "1998", "crane", "zählt", "wann", "Monats.", "Kran", "Waage", "Licht", "río", "vuelve", "barca", "Ruiz", "grúa", "Rei", "No.", "Hahn", "Kran?", "Voss", "Nein", "0:0")
		for k := range bd.Probs {
			bd.Probs[k] = c.prob
		}
		Sweep(bd, &judge.Signals{})
		if out := dropped(bd); len(out) == 0 != c.keep {
			t.Errorf("%s: %q are left out", c.name, out)
		}
	}
}

// TestTimesOfTranscript: what each speaker of a transcript says is kept, and the links to the
// times are not.
func TestTimesOfTranscript(t *testing.T) {
	paras := strings.SplitAfter(threeParagraphs, "</p>")
	const row = `<div class="row"><a href="#t=4">0:04</a><div>Hahn</div><div>Und der Kran?</div></div>`
	bd := keepAll(t, `<article><h1>Boats</h1>`+paras[0]+`<div class="tr">`+row+strings.NewReplacer("0:04", "0:09", "Hahn", "Voss", "Und der Kran?", "Nein.").Replace(row)+`</div>`+paras[1]+paras[2]+`</article>`, "0:0", "Hahn", "Kran", "Voss", "Nein")
	for k := range bd.Probs {
		bd.Probs[k] = 0.1
	}
	Sweep(bd, &judge.Signals{})
	if out := dropped(bd); !slices.Equal(out, []string{"0:04", "0:09"}) {
		t.Errorf("%q are left out", out)
	}
}

func TestUnnamedAmid(t *testing.T) {
	paras := strings.SplitAfter(threeParagraphs, "</p>")
	const deep = `<div><div><h2>Die Kräne</h2></div><div><div><p><span>Den ersten gab es 1975.</span></p></div><div><ul><li><div>Er hob zehn Tonnen</div></li><li><div>Er stand am Kai</div></li></ul></div></div></div>`
	const cells = `<section><div><div><i>La grúa vieja se vendió a otro pueblo.</i></div></div></section>`
	for _, c := range []struct {
		name, box string
		prob      float32
		keep      bool
	}{
		{"in many boxes, German", deep, 0.1, true},
		{"a sentence, Spanish", cells, 0.1, true},
		{"a sure piece of furniture", cells, 0.01, false},
		{"a class", strings.Replace(cells, "<div>", `<div class="x1">`, 1), 0.1, false},
		{"an id", strings.Replace(deep, "<ul>", `<ul id="x1">`, 1), 0.1, false},
		{"a link", `<div><a href="/g">La grúa vieja se vendió.</a></div>`, 0.1, false},
		{"no sentence", `<div><div>La grúa</div></div>`, 0.1, false},
	} {
		bd := keepAll(t, `<article><h1>Boats</h1><div>`+paras[0]+`</div>`+c.box+`<div>`+paras[1]+paras[2]+`</div></article>`, "Kräne", "1975", "Tonnen", "stand am", "grúa")
		for k := range bd.Probs {
			bd.Probs[k] = c.prob
		}
		Sweep(bd, &judge.Signals{})
		if out := dropped(bd); len(out) == 0 != c.keep {
			t.Errorf("%s: %q are left out", c.name, out)
		}
	}
}

func TestRemarksAmid(t *testing.T) {
	paras := strings.SplitAfter(threeParagraphs, "</p>")
	const danish = `<aside class="x1"><p>En svingbro drejer om sin midterste pille, og nøglen til den vejer et kilo.</p></aside>`
	const spanish = `<aside><p>La grúa más vieja del muelle se vendió a otro pueblo hace medio siglo.</p></aside>`
	for _, c := range []struct {
		name, box string
		prob      float32
		keep      bool
	}{
		{"Danish", danish, 0.2, true},
		{"Spanish", spanish, 0.2, true},
		{"a sure piece of furniture", danish, 0.05, false},
		{"a link", strings.Replace(danish, "En svingbro", `<a href="/b">En svingbro</a>`, 1), 0.2, false},
		{"a heading", strings.Replace(spanish, "<p>", "<h3>La grúa</h3><p>", 1), 0.2, false},
		{"no sentence", strings.Replace(spanish, "siglo.", "siglo", 1), 0.2, false},
		{"a box of facts", strings.Replace(danish, "x1", "infobox", 1), 0.2, false},
		{"a request", `<aside><p>Síguenos en Facebook y en Twitter para saber cuándo vuelve el barco.</p></aside>`, 0.2, false},
	} {
		bd := keepAll(t, `<article><h1>Boats</h1>`+paras[0]+c.box+paras[1]+paras[2]+`</article>`, "svingbro", "grúa", "Síguenos")
		for k := range bd.Probs {
			bd.Probs[k] = c.prob
		}
		Sweep(bd, &judge.Signals{News: true})
		if out := dropped(bd); len(out) == 0 != c.keep {
			t.Errorf("%s: %q are left out", c.name, out)
		}
	}
}

// TestCodeAmid keeps a piece of code amid the text where nearly all others are kept, and an
// example to which a line leads.
func TestCodeAmid(t *testing.T) {
	const para = `<p>The harbour office counts the boats of each quay on the first day of the month, and gave us all of these numbers.</p>`
	code := strings.Repeat(`<pre>make quay</pre>`+para, 4)
	for _, c := range []struct {
		name, page string
		want       bool
	}{
		{"between paragraphs", code + `<pre>select boat from quay</pre>` + para, true},
		{"of a page that drops its code", para + `<pre>make quay</pre>` + para + `<pre>select boat from quay</pre>` + para, false},
		{"after the text", code + `<pre>select boat from quay</pre>`, false},
		{"led to, after the text, German", para + `<p>So zählt man die Boote:</p><div><button>Kopieren</button><pre>select boat from quay</pre></div>`, true},
		{"led to by a label", para + `<p>Code:</p><pre>select boat from quay</pre>`, false},
		{"after a sentence", para + `<pre>select boat from quay</pre>`, false},
		{"one of many that lead", para + strings.Repeat(`<p>So zählt man die Boote:</p><pre>select boat from quay</pre>`, 3), false},
	} {
		bd := keepAll(t, `<article><h1>Boats</h1>`+c.page+`</article>`, "select boat")
		codeAmid(bd)
		if got := !slices.Contains(dropped(bd), "select boat from quay"); got != c.want {
			t.Errorf("%s: kept %v, want %v", c.name, got, c.want)
		}
	}
}

// TestKinAmid is about the paragraph beside a picture, under a heading, that the models leave out.
func TestKinAmid(t *testing.T) {
	const prom = "Prom, który przez czterdzieści lat pływał po zatoce, sprzedano w poniedziałek, a nowy właściciel chce urządzić w nim muzeum, jak napisał w liście do miasta."
	const p = `<div class="f"><div class="t"><p>` + prom + `</p></div></div>`
	const picture = `<img src="/p.jpg"><figcaption>Prom przy kei</figcaption>`
	left := func(pic, class string) string {
		return `<div class="f"><h2>Koszty</h2><div class="g">` + pic + `<div class="` + class + `"><p>Od listopada ` + prom + `</p></div></div></div>`
	}
	for _, c := range []struct {
		name, html string
		kept       bool
	}{
		{"beside a picture", p + p + p + left("<figure>"+picture+"</figure>", "t") + p, true},
		{"of another class", p + p + p + left("<figure>"+picture+"</figure>", "u") + p, false},
		{"without a picture", p + p + p + left("", "t") + p, false},
		{"with few of its kind", p + left("<figure>"+picture+"</figure>", "t") + p, false},
		{"after the text", p + p + p + p + left("<figure>"+picture+"</figure>", "t"), false},
	} {
		t.Run(c.name, func(t *testing.T) {
			bd := keepAll(t, "<article><h1>Prom</h1>"+c.html+"</article>")
			at := -1
			for k := range bd.Blocks {
				if strings.HasPrefix(bd.Blocks[k].Text, "Od listopada") || bd.Blocks[k].Where&page.InFigcaption != 0 {
					bd.Drop(k, "pick", "")
					bd.Probs[k], at = 0.2, k
				}
			}
			if kinAmid(bd, &judge.Signals{}); bd.Verdicts[at].Keep != c.kept {
				t.Errorf("%q is kept: %t", bd.Blocks[at].Text, bd.Verdicts[at].Keep)
			}
		})
	}
}

// TestTwinsAmid: of a sentence for wide screens and its copy for narrow ones one is kept.
func TestTwinsAmid(t *testing.T) {
	paras := strings.SplitAfter(threeParagraphs, "</p>")
	const wide, narrow = `<div class="d-none d-lg-block">Die zweite Brücke wird im Juni gebaut, vor der ersten.</div>`, `<div class="d-lg-none">Die zweite Brücke wird im Juni gebaut, vor der ersten.</div>`
	for _, c := range []struct {
		name, html string
		out        int
	}{
		{"twins", paras[0] + wide + narrow + paras[1] + paras[2], 1},
		{"shown both", paras[0] + strings.NewReplacer("d-none d-lg-block", "a", "d-lg-none", "b").Replace(wide+narrow) + paras[1] + paras[2], 2},
		{"two sentences", paras[0] + wide + strings.Replace(narrow, "Juni", "Juli", 1) + paras[1] + paras[2], 2},
		{"a label", paras[0] + strings.ReplaceAll(wide+narrow, "ersten.", "ersten") + paras[1] + paras[2], 2},
		{"after the text", paras[0] + paras[1] + paras[2] + wide + narrow, 2},
	} {
		bd := keepAll(t, `<article><h1>Boats</h1>`+c.html+`</article>`, "Brücke")
		twinsAmid(bd)
		if out := dropped(bd); len(out) != c.out {
			t.Errorf("%s: %q are left out", c.name, out)
		}
	}
}
