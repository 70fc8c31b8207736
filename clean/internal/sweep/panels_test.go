package sweep

import (
	"strings"
	"testing"
)

// TestPanelHeads: the line in a control stays with the panel that it opens.
func TestPanelHeads(t *testing.T) {
	const ferry = "<p>The ferry that crossed the bay for forty years was sold on Monday, and its new owner wants to make a museum of it.</p>"
	for _, c := range []struct {
		name, html, line string
		out              []string
		kept             bool
	}{
		{"a question", `<div><button aria-expanded="false"><div><p>Is the ferry safe?</p></div></button><div aria-hidden="true"><p>It was built to last.</p></div></div>`, "Is the ferry safe?", nil, true},
		{"in a heading, Spanish", `<h3><button aria-controls="p1"><span>¿Es seguro el barco?</span></button></h3><div id="p1"><div><p>Se hizo para durar.</p></div></div>`, "¿Es seguro el barco?", nil, true},
		{"an element with a role, Polish", `<div role="button" aria-expanded="true"><h4>Czy prom jest bezpieczny?</h4></div><section><p>Zbudowano go na lata.</p></section>`, "Czy prom jest bezpieczny?", nil, true},
		{"a heading that is all button, Dutch", `<div><h3><button type="button">De bel blijft</button></h3><div><p>Die hangt er honderd jaar.</p></div></div>`, "De bel blijft", nil, true},
		{"buttons that say nothing, one after another, Spanish", `<div><button class="acc">¿Es seguro el barco?</button><div><p>Se hizo para durar.</p></div><button class="acc">¿Y cuánto cuesta ahora?</button><div><p>Nada.</p></div></div>`, "¿Es seguro el barco?", nil, true},
		{"the last of such buttons, Spanish", `<div><button class="acc">¿Es seguro el barco?</button><div><p>Se hizo para durar.</p></div><button class="acc">¿Y cuánto cuesta ahora?</button><div><p>Nada.</p></div></div>`, "¿Y cuánto cuesta ahora?", []string{"seguro"}, true},
		{"in boxes one after another, Indonesian", `<div class="i"><div><button><span>Apakah kapal itu aman?</span></button></div><div><p>Kapal itu tahan lama.</p></div></div><div class="i"><div><button><span>Berapa harga tiketnya sekarang?</span></button></div><div><p>Gratis.</p></div></div>`, "Apakah kapal itu aman?", nil, true},
		{"a link that opens a panel, Russian", `<div><h4><a data-toggle="collapse" href="#c1">Надёжен ли этот паром?</a></h4></div><div id="c1"><p>Его строили на века.</p></div>`, "Надёжен ли этот паром?", nil, true},
		{"a link that leads elsewhere", `<div><h4><a aria-expanded="false" href="/ferry">Is the ferry safe?</a></h4></div><div><p>It was built to last.</p></div>`, "Is the ferry safe?", nil, false},
		{"a button of three words in no heading", `<div><button aria-expanded="false"><p>Read it aloud</p></button><div><p>It was built to last.</p></div></div>`, "Read it aloud", nil, false},
		{"of which nothing is kept", `<div><button aria-expanded="false"><p>Was it right to sell?</p></button><div><p>Vote now</p></div></div>`, "Was it right to sell?", []string{"Vote now"}, false},
		{"a button that opens nothing", `<div><button><p>Share this story</p></button><div><p>The town says yes.</p></div></div>`, "Share this story", nil, false},
		{"beside another button", `<div><button aria-expanded="false"><p>Read it aloud</p></button><button>Print</button></div><p>The town says yes.</p>`, "Read it aloud", []string{"Print"}, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			bd := keepAll(t, "<article>"+ferry+c.html+ferry+"</article>", append(c.out, c.line)...)
			panelHeads(bd)
			found := false
			for k := range bd.Blocks {
				if bd.Blocks[k].Text == c.line {
					if found = true; bd.Verdicts[k].Keep != c.kept {
						t.Errorf("%q is kept: %t", c.line, bd.Verdicts[k].Keep)
					}
				}
			}
			if !found {
				t.Errorf("%q is no block", c.line)
			}
		})
	}
}

// TestPanelsAmidTheText: panels of running text among the paragraphs of the body are kept
// though the models leave them out.
func TestPanelsAmidTheText(t *testing.T) {
	const ferry = "<p>The ferry that crossed the bay for forty years was sold on Monday, and its new owner wants to make a museum of it.</p>"
	panel := func(line, answer string) string {
		return `<div class="panel"><div class="head"><h4><a data-toggle="collapse" href="#c">` + line + `</a></h4></div><div class="collapse"><div>` + answer + `</div></div></div>`
	}
	short := func(line, answer string) string {
		return `<div class="item"><button class="line" aria-expanded="false">` + line + `</button><div class="answer"><p>` + answer + `</p></div></div>`
	}
	buttons := `<button class="b">¿Es seguro el barco?</button><section><p>Lo hicieron para que durase cien años en el agua.</p></section>` +
		`<button class="b">¿Y cuánto cuesta ahora?</button><section><p>No cuesta nada a los vecinos de la bahía.</p></section>`
	links := panel("Надёжен ли этот паром?", "Его строили на века, и каждую весну его смотрят.") + panel("Сколько стоит билет сегодня?", "Для тех, кто живёт у залива, он ничего не стоит.")
	for _, c := range []struct {
		name, html string
		want       int // how many blocks are kept
	}{
		{"buttons, Spanish", `<article>` + ferry + buttons + ferry + `</article>`, 6},
		{"links in boxes, Russian", `<article>` + ferry + `<div>` + links + `</div>` + ferry + `</article>`, 6},
		{"a long answer in the first, Russian", `<article>` + ferry + `<div>` + panel("Надёжен ли этот паром?", strings.Repeat("Его строили на века, и каждую весну его смотрят мастера из города. ", 5)) + panel("Сколько стоит билет сегодня?", "Для тех, кто живёт у залива, он ничего не стоит.") + `</div>` + ferry + `</article>`, 6},
		{"each in boxes of a builder of pages, a label and a link in the panels", `<article><div><div class="text"><div>` + ferry + `</div></div></div><div class="blocks"><div><div>` +
			panel("Надёжен ли этот паром?", `<p>1 неделя</p><p>Его строили на века, и каждую весну его <a href="/m">смотрят</a>.</p>`) + panel("Сколько стоит билет сегодня?", `<p>2 недели</p><p>Для тех, кто живёт у залива, он ничего не стоит.</p>`) + `</div></div></div><div><div>` + ferry + `</div></div></article>`, 8},
		{"of links", `<article>` + ferry + panel("Надёжен ли этот паром?", `Его строили на века. <a href="/m">Смотреть, как строили паром на века</a>`) + panel("Сколько стоит билет сегодня?", `Он стоит. <a href="/b">Купить билет на паром прямо сейчас</a>`) + ferry + `</article>`, 2},
		{"after the text", `<article>` + ferry + ferry + `<div>` + links + `</div></article>`, 2},
		{"in another column", `<div><article>` + ferry + `</article><div><div>` + links + `</div></div><article>` + ferry + `</article></div>`, 2},
		{"short questions and answers, Polish", `<article>` + ferry + `<div>` + short("Kto zapłaci młynarzowi?", "Młyn płaci za wodę.") + short("Kiedy ruszy koło?", "Koło ruszy we wtorek.") + `</div>` + ferry + `</article>`, 6},
		{"short questions and answers, Greek", `<article>` + ferry + `<div>` + short("Πόσο θα κοστίσει;", "Δεν κοστίζει τίποτα σήμερα.") + short("Και ποιος πληρώνει;", "Πληρώνει πάντα όλος ο δήμος.") + `</div>` + ferry + `</article>`, 6},
		{"short lines that ask nothing", `<article>` + ferry + `<div>` + short("Kto i jak", "Młyn płaci za wodę.") + short("Kiedy i jak", "Koło ruszy we wtorek.") + `</div>` + ferry + `</article>`, 2},
		{"one alone", `<article>` + ferry + panel("Надёжен ли этот паром?", "Его строили на века, и каждую весну его смотрят.") + ferry + `</article>`, 2},
		{"of labels", `<article>` + ferry + panel("Что нужно знать сегодня?", "Паром") + panel("Что нужно знать завтра?", "Билет") + ferry + `</article>`, 2},
	} {
		bd := keepAll(t, c.html)
		for k := range bd.Blocks {
			if !strings.HasPrefix(bd.Blocks[k].Text, "The ferry") {
				bd.Drop(k, "pick", "")
			}
		}
		panelHeads(bd)
		kept := len(bd.Blocks) - len(dropped(bd))
		if kept != c.want {
			t.Errorf("%s: %d blocks are kept, want %d; out are %q", c.name, kept, c.want, dropped(bd))
		}
	}
}
