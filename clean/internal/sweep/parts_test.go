package sweep

import (
	"strings"
	"testing"

	"newsclip/clean/article"
	"newsclip/clean/internal/body"
	"newsclip/clean/internal/judge"
	"newsclip/clean/internal/meta"
	"newsclip/clean/internal/pagetest"
	"newsclip/clean/internal/text"
)

// keepAll is a page with every block kept, as if nothing were known of it, but for those
// that hold one of the words.
func keepAll(t testing.TB, html string, out ...string) *body.Body {
	t.Helper()
	tr := pagetest.MustParseAt(t, "https://quay.example/a/b", html)
	blocks := tr.Blocks()
	bd := body.New(tr, blocks, make([]float32, len(blocks)), 0)
	for k := range bd.Blocks {
		for _, w := range out {
			if strings.Contains(bd.Blocks[k].Text, w) {
				bd.Drop(k, "pick", "")
			}
		}
	}
	return bd
}

const threeParagraphs = `<p>The harbour office counted the boats of each quay on the first day of every month, and wrote these numbers down for us.</p>` +
	`<p>At the second quay there lay only nine boats last winter, and none of them belonged to a fisherman from the old town by the river.</p>` +
	`<p>Nobody knows where the others went, but the keeper of the bridge has written down the name of each that passed under it at night.</p>`

func dropped(bd *body.Body) (out []string) {
	for k := range bd.Blocks {
		if !bd.Verdicts[k].Keep {
			out = append(out, bd.Blocks[k].Text)
		}
	}
	return out
}

func TestStandfirstInParts(t *testing.T) {
	para := strings.Repeat(`<p>Das Hafenamt zählte am ersten Tag jedes Monats die Boote an jedem Kai und schrieb uns diese Zahlen auf, so dass wir sie nennen können.</p>`, 1) +
		`<p>Am zweiten Kai lagen im vergangenen Winter nur noch neun Boote, und keines von ihnen gehörte einem Fischer aus der alten Stadt am Fluss.</p>`
	for _, c := range []struct{ name, head, want string }{
		{"one block", `<p class="standfirst">Die Boote am Kai werden weniger und kleiner</p>`, "Die Boote am Kai werden weniger und kleiner"},
		{"lines", `<h2 class="standfirst">졸업생 세 명, 주민 여든여섯 명<br>군청 도서관과 숙소로 활용</h2>`, "졸업생 세 명, 주민 여든여섯 명\n군청 도서관과 숙소로 활용"},
		{"key points", `<ul class="standfirst"><li>Die Hälfte der Boote ist fort</li><li>Neun sind geblieben</li></ul>`, "Die Hälfte der Boote ist fort\nNeun sind geblieben"},
		{"a class of Vietnamese papers", `<h2 class="singular-sapo">Bến cảng cũ còn lại chín chiếc thuyền</h2>`, "Bến cảng cũ còn lại chín chiếc thuyền"},
		{"a class of static sites", `<div class="post-description">Notas de un invierno junto al agua</div>`, "Notas de un invierno junto al agua"},
		{"a heading under the headline", `<h1>पुराना पुल</h1><h2 class="sub-head">इंजीनियरों ने कहा, नए बेयरिंग सस्ते पड़ेंगे</h2><div>मीरा वर्मा</div>`, "इंजीनियरों ने कहा, नए बेयरिंग सस्ते पड़ेंगे"},
		{"key points of three words", `<ul class="key-points"><li>Neun Boote bleiben</li><li>Der Fischer klagt</li></ul>`, "Neun Boote bleiben\nDer Fischer klagt"},
		{"paragraphs of one box", `<div class="chapo"><p>Les pêcheurs ont gagné leur cause.</p><p>Le patron du bac proteste.</p></div>`, "Les pêcheurs ont gagné leur cause.\nLe patron du bac proteste."},
		{"lines with bullets", `<p class="dek">• Nine boats stay at the quay<br>• The fisherman complains</p>`, "Nine boats stay at the quay\nThe fisherman complains"},
		{"headings of one class", `<h2 class="subtitulo">Los barcos del muelle son cada vez menos</h2><h3 class="subtitulo">El patrón del transbordador protesta</h3>`, "Los barcos del muelle son cada vez menos\nEl patrón del transbordador protesta"},
		{"a class of a theme's", `<div class="StoryPage-subHeadline"><div class="Points"><div class="Points-item">Nine boats stay</div><div class="Points-item">The ferry owner wants money</div></div></div>`, "Nine boats stay\nThe ferry owner wants money"},
		{"paragraphs under a class", `<div class="view_sub_tit"><p>어선은 해마다 줄어든다</p><p>선주는 보상을 요구한다</p></div>`, "어선은 해마다 줄어든다\n선주는 보상을 요구한다"},
		{"sentences that begin as a byline does", `<div class="keypoints"><p>De pont vaart weer van zeven tot zeven.</p><p>Op zondag begint de dienst om negen uur.</p></div>`, "De pont vaart weer van zeven tot zeven.\nOp zondag begint de dienst om negen uur."},
		{"elements of one class", `<p class="subtitle">Fishermen get their way</p><p class="subtitle">The ferry owner wants money</p>`, "Fishermen get their way\nThe ferry owner wants money"},
	} {
		t.Run(c.name, func(t *testing.T) {
			bd := keepAll(t, `<article>`+c.head+`<div class="text">`+para+`</div></article>`)
			if Sweep(bd, &judge.Signals{}) < 0 {
				t.Fatal("no standfirst")
			}
			if got := StandfirstText(bd, nil, ""); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
			if got := strings.ReplaceAll(strings.Join(dropped(bd), "\n"), "• ", ""); got != c.want {
				t.Errorf("out of the text are %q, want the standfirst's %q", got, c.want)
			}
		})
	}
}

// TestFirstPartIsNoStandfirst: a box with the class of a standfirst in which a heading stands
// over a paragraph is the first part of the text.
func TestFirstPartIsNoStandfirst(t *testing.T) {
	const para = `<p>Das Hafenamt zählte am ersten Tag jedes Monats die Boote an jedem Kai und schrieb uns diese Zahlen auf, so dass wir sie nennen können.</p>`
	for _, c := range []struct {
		name, box string
		none      bool
	}{
		{"a heading over a paragraph", `<section class="intro"><h2>Als der Fluss den alten Pfeiler nahm</h2>` + para + `</section>`, true},
		{"Spanish, in a div", `<div class="entradilla"><h3>La noche en que el río se llevó el pilar</h3><p>La oficina del puerto contó las barcas de cada muelle el primer día de cada mes, y nos dio por escrito todos esos números.</p></div>`, true},
		{"a heading between two", `<div class="summary">` + para + `<h4>Der Pfeiler</h4>` + para + `</div>`, true},
		{"a label", `<div class="summary"><h4>Kurz gesagt</h4>` + para + `</div>`, false},
		{"a label with a colon", `<div class="summary"><h4>Für alle, die keine Zeit haben:</h4>` + para + `</div>`, false},
	} {
		bd := keepAll(t, `<article><h1>Boote am Kai</h1>`+c.box+`<div class="text">`+strings.Repeat(para, 3)+`</div></article>`)
		title, _, _ := text.Scan("Boote am Kai")
		if k := Sweep(bd, &judge.Signals{Titles: map[uint64]bool{title: true}}); k < 0 != c.none {
			t.Errorf("%s: the standfirst is %q", c.name, StandfirstText(bd, nil, ""))
		}
	}
}

// TestSummaryAmidTheText leaves a box that its class calls a summary in the text, where
// paragraphs stand before it.
func TestSummaryAmidTheText(t *testing.T) {
	const para = `<p>Das Hafenamt zählte am ersten Tag jedes Monats die Boote an jedem Kai und schrieb uns diese Zahlen auf, so dass wir sie nennen können.</p>`
	for _, c := range []struct {
		name, box string
		before    int
		want      string
	}{
		{"key points", `<section class="box-summary"><h3>Kurz gesagt</h3><ul><li>Die Hälfte der Boote ist fort</li><li>Neun sind geblieben</li></ul></section>`, 2, ""},
		{"Greek, a paragraph", `<div class="summary"><p>Μόνο εννέα βάρκες έμειναν στη δεύτερη προβλήτα.</p></div>`, 3, ""},
		{"after the first paragraph", `<div class="summary"><p>Only nine boats stay at the second quay.</p></div>`, 1, "Only nine boats stay at the second quay."},
	} {
		bd := keepAll(t, `<article><h1>Boote am Kai</h1><div class="text">`+strings.Repeat(para, c.before)+c.box+strings.Repeat(para, 3)+`</div></article>`)
		title, _, _ := text.Scan("Boote am Kai")
		Sweep(bd, &judge.Signals{Titles: map[uint64]bool{title: true}})
		if got := StandfirstText(bd, nil, ""); got != c.want {
			t.Errorf("%s: the standfirst is %q, want %q", c.name, got, c.want)
		}
	}
}

// TestFirstParagraphIsNoStandfirst: what a description says is the text's own where it is one
// of its paragraphs, or a heading over a section of it.
func TestFirstParagraphIsNoStandfirst(t *testing.T) {
	const lead = "Only nine boats stay at the second quay this winter, and nobody knows for how long they will."
	const para = `<p>The harbour office counts the boats of each quay on the first day of the month, and gave us all of these numbers.</p>`
	boxes := `<div class="part">` + strings.Repeat(para, 3) + `</div><div class="other"><section>` + strings.Repeat(para, 2) + `</section></div>`
	for _, c := range []struct{ name, page, said, want string }{
		{"a paragraph among others, in one of several boxes", `<div><p>` + lead + `</p>` + para + `</div>` + boxes, lead, ""},
		{"Greek, after the first", `<section>` + para + `<p>Μόνο εννέα βάρκες έμειναν στη δεύτερη προβλήτα αυτόν τον χειμώνα, λέει το γραφείο.</p>` + para + `</section>` + boxes, "Μόνο εννέα βάρκες έμειναν στη δεύτερη προβλήτα αυτόν τον χειμώνα, λέει το γραφείο.", ""},
		{"a heading over a section", `<div class="part"><h2>Why do the boats leave the old quay?</h2>` + para + para + `<h2>Where do they go?</h2>` + para + `</div>`, "Why do the boats leave the old quay?", ""},
		{"a heading over a section by its class, Portuguese", `<div class="a"><p>O porto conta os barcos de cada cais no primeiro dia de cada mês e deu-nos todos estes números para os leitores.</p></div><h3 class="subtitle">Para onde vão os barcos</h3><div class="a"><p>O porto conta os barcos de cada cais no primeiro dia de cada mês e deu-nos os números do ano passado, também.</p></div>`, "", ""},
		{"all of the text in a box called intro", `<div class="intro"><p class="first">` + lead + `</p>` + strings.Repeat(para, 3) + `</div>`, "", ""},
		{"all that a page says", `<div class="description"><p>` + lead + `</p></div>`, lead, ""},
		{"the head of a part, by an id made of its words", `<h3 id="1-take-the-lead">1. Take the lead out of the old paint</h3><div class="b">` + strings.Repeat(para, 5) + `</div>`, "", ""},
		{"the words for search", `<div class="abstract"><p>Keywords: boats, quays, harbours, numbers, winter</p></div><div class="b">` + strings.Repeat(para, 5) + `</div>`, "", ""},
		{"an agency's report", `<p class="standfirst">LISBON (AP) — Only nine boats stay at the second quay this winter, and nobody knows why.</p><div class="b">` + strings.Repeat(para, 5) + `</div>`, "", ""},
		{"a report from a town, with its state", `<p class="lead">FORT BRIDGE, Calif. – Only nine boats stay at the second quay this winter, and nobody knows why.</p><div class="b">` + strings.Repeat(para, 5) + `</div>`, "", ""},
		{"letters before a dash", `<p class="standfirst">UK — Only nine boats stay at the second quay this winter, and nobody knows why.</p><div class="b">` + strings.Repeat(para, 5) + `</div>`, "", "UK — Only nine boats stay at the second quay this winter, and nobody knows why."},
		{"a paragraph by itself", `<div class="a"><p>` + lead + `</p></div>` + `<div class="b"><section>` + strings.Repeat(para, 5) + `</section></div>`, lead, lead},
	} {
		bd := keepAll(t, `<article><h1>Boats at the quay</h1>`+c.page+`</article>`)
		title, _, _ := text.Scan("Boats at the quay")
		said, _, _ := text.Scan(c.said)
		Sweep(bd, &judge.Signals{Titles: map[uint64]bool{title: true}, DescHash: map[uint64]bool{said: true}})
		if got := StandfirstText(bd, nil, ""); got != c.want {
			t.Errorf("%s: the standfirst is %q, want %q", c.name, got, c.want)
		}
	}
}

// TestKeyPoints: a list that opens the text is its standfirst.
func TestKeyPoints(t *testing.T) {
	const para = `<p>The harbour office counts the boats of each quay on the first day of the month, and gave us all of these numbers.</p>`
	for _, c := range []struct{ name, page, want string }{
		{"a list that opens the text", `<ul><li>Only nine boats stay at the quay</li><li>Nobody knows where the others went</li></ul>` + para + para + para, "Only nine boats stay at the quay\nNobody knows where the others went"},
		{"German, in a box, where the first paragraph has a class", `<div class="x1"><ul><li>Nur neun Boote bleiben am Kai</li><li>Keiner weiß, wohin die anderen fuhren</li></ul></div><p class="a">Der Hafen zählte am ersten Tag jedes Monats die Boote an jedem Kai und schrieb uns diese Zahlen auf, so dass wir sie nennen können.</p>` + para + para, "Nur neun Boote bleiben am Kai\nKeiner weiß, wohin die anderen fuhren"},
		{"behind a paragraph", para + `<ul><li>Only nine boats stay at the quay</li><li>Nobody knows where the others went</li></ul>` + para + para, ""},
		{"single words", `<ul><li>Boats</li><li>Quays</li></ul>` + para + para, ""},
		{"with dates", `<ul><li>6 May 2024: nine boats stay at the quay</li><li>7 May 2024: nobody knows where they went</li></ul>` + para + para, ""},
		{"a list that is the text", `<ul><li>Only nine boats stay at the quay</li><li>Nobody knows where the others went</li></ul>`, ""},
	} {
		bd := keepAll(t, `<article><h1>Boats at the quay</h1>`+c.page+`</article>`)
		title, _, _ := text.Scan("Boats at the quay")
		Sweep(bd, &judge.Signals{Titles: map[uint64]bool{title: true}})
		if got := StandfirstText(bd, nil, ""); got != c.want {
			t.Errorf("%s: the standfirst is %q, want %q", c.name, got, c.want)
		}
	}
}

// TestStandfirstInABox: the paragraph of a box with the class of a standfirst, which the
// models leave out, is it where it is alone there, under the headline.
func TestStandfirstInABox(t *testing.T) {
	const line, head = "Les pêcheurs se plaignaient du détour par la côte.", "Le vieux pont reste ouvert"
	const unended = "Les pêcheurs se plaignaient du détour par la côte, que le nouveau pont leur aurait imposé pendant tout l’hiver"
	para := `<div class="texte">` + strings.Repeat(`<p>Das Hafenamt zählte am ersten Tag jedes Monats die Boote an jedem Kai und schrieb uns diese Zahlen auf, so dass wir sie nennen können.</p>`, 1) + `</div>`
	hash, _, _ := text.Scan(head)
	for _, c := range []struct{ name, box, want string }{
		{"alone", `<div class="chapo"><p>` + line + `</p></div>`, line},
		{"two elements up", `<div class="teaser-text"><div><p>` + line + `</p></div></div>`, line},
		{"without a full stop, beside a picture", `<div class="news_intro"><div><img src="/p.jpg"></div><div><p>` + unended + `</p></div></div>`, unended},
		{"short, without a full stop", `<div class="news_intro"><p>` + strings.TrimSuffix(line, ".") + `</p></div>`, ""},
		{"a heading", `<div class="subheadline"><h2>` + strings.TrimSuffix(line, ".") + `</h2></div>`, ""},
		{"a heading that is a sentence", `<p>Marie Quai</p><h2>` + line + `</h2>`, line},
		{"beside more", `<div class="intro"><p>` + line + `</p><p><a href="/x">Voir toutes les photos du pont</a></p></div>`, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			bd := keepAll(t, `<article><h1>`+head+`</h1>`+c.box+para+`</article>`, strings.TrimSuffix(line, "."))
			Sweep(bd, &judge.Signals{Titles: map[uint64]bool{hash: true}})
			if got := StandfirstText(bd, nil, ""); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// TestDeckInAHeader: a sentence right under the headline, which the models leave out, is the
// standfirst where a header holds both, with the headline in a group or not.
func TestDeckInAHeader(t *testing.T) {
	const head, line = "Die Brücke bleibt offen", "Gutachter rechnen nicht mehr mit einem teuren Neubau."
	para := `<div class="text"><p>Das Hafenamt zählte am ersten Tag jedes Monats die Boote an jedem Kai und schrieb uns diese Zahlen auf, so dass wir sie nennen können.</p></div>`
	hash, _, _ := text.Scan(head)
	for _, c := range []struct{ name, page, want string }{
		{"in a header", `<header><h1>` + head + `</h1><p>` + line + `</p><div>Jo Doe</div></header>`, line},
		{"under a group", `<header><hgroup><h1>` + head + `</h1></hgroup><p>` + line + `</p></header>`, line},
		{"a heading in a box beside it", `<div><h1>` + head + `</h1><div class="sub"><h2>` + strings.TrimSuffix(line, ".") + `</h2></div></div>`, strings.TrimSuffix(line, ".")},
		{"a heading far from it", `<div><h1>` + head + `</h1><div><div><div><h2>` + strings.TrimSuffix(line, ".") + `</h2></div></div></div></div>`, ""},
		{"in no header", `<div><h1>` + head + `</h1><p>` + line + `</p></div>`, ""},
		{"no sentence", `<header><h1>` + head + `</h1><p>` + strings.TrimSuffix(line, ".") + `</p></header>`, ""},
		{"not right under it", `<header><h1>` + head + `</h1><div>Jo Doe</div><p>` + line + `</p></header>`, ""},
	} {
		bd := keepAll(t, `<article>`+c.page+para+`</article>`, strings.TrimSuffix(line, "."))
		Sweep(bd, &judge.Signals{Titles: map[uint64]bool{hash: true}})
		if got := StandfirstText(bd, nil, ""); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

// TestDeckOverTheByline: the line right under the headline, over the one of names or dates
// and apart from the text, is the standfirst, whatever its class.
func TestDeckOverTheByline(t *testing.T) {
	const head, line = "Die Brücke bleibt offen", "Gutachter rechnen nach zwei Wintern nicht mehr mit einem teuren Neubau"
	text2 := `<div class="text"><p>Das Hafenamt zählte am ersten Tag jedes Monats die Boote an jedem Kai und schrieb uns diese Zahlen auf, so dass wir sie nennen können.</p></div>`
	hash, _, _ := text.Scan(head)
	for _, c := range []struct{ name, page, want string }{
		{"over a date", `<div><h1>` + head + `</h1><p class="x1">` + line + `</p><div>Jo Doe | 11. März 2025</div></div>`, line},
		{"over a date, Greek", `<div><h1>` + head + `</h1><div class="x1">Οι μηχανικοί δεν περιμένουν πια ότι θα χρειαστεί καινούρια γέφυρα</div></div><span>11 Μαρτίου 2025</span>`, "Οι μηχανικοί δεν περιμένουν πια ότι θα χρειαστεί καινούρια γέφυρα"},
		{"over a picture and a date", `<h1>` + head + `</h1><span class="x1">` + line + `</span><figure><img src="a.jpg"><figcaption>Boote am Kai im vergangenen Winter, fotografiert vom neuen Turm</figcaption></figure><time>2025-03-11</time>`, line},
		{"over two dates with their labels", `<div><h1>` + head + `</h1><p class="x1">` + line + `</p><p class="x2">Zuletzt aktualisiert am 12. März 2025 um 10.05 Uhr, veröffentlicht am 11. März 2025</p></div>`, line},
		{"a heading under the byline", `<h1>` + head + `</h1><div>11. März 2025</div><div>Jo Doe</div><h2>` + line + `</h2>`, line},
		{"a heading under the byline, Greek", `<h1>` + head + `</h1><p>11 Μαρτίου 2025</p><h3>Οι μηχανικοί δεν περιμένουν πια ότι θα χρειαστεί καινούρια γέφυρα</h3>`, "Οι μηχανικοί δεν περιμένουν πια ότι θα χρειαστεί καινούρια γέφυρα"},
		{"a heading right under the headline, over paragraphs of which some have a box", `<h1>` + head + `</h1><h2>` + line + `</h2>` + text2 + text2[len(`<div class="text">`):len(text2)-len(`</div>`)], ""},
		{"a heading over a section", `<h1>` + head + `</h1><div>11. März 2025</div><div><h2>` + line + `</h2><p>Am Kai liegen im Winter immer weniger Boote.</p></div>`, ""},
		{"over no byline", `<div><h1>` + head + `</h1><p class="x1">` + line + `</p><div>Drucken</div></div>`, ""},
		{"over a paragraph", `<div><h1>` + head + `</h1><p class="x1">` + line + `</p><p>Am Kai liegen im Winter immer weniger Boote.</p><div>11. März 2025</div></div>`, ""},
		{"a caption under a background", `<h1>` + head + `</h1><div style="background-image:url(a.jpg)"></div> <div class="hero-caption">` + line + `</div><div>11. März 2025</div>`, ""},
		{"a caption under an element that is a picture", `<h1>` + head + `</h1><div role="img"></div><p class="image-caption">Οι μηχανικοί δεν περιμένουν πια ότι θα χρειαστεί καινούρια γέφυρα</p><div>11 Μαρτίου 2025</div>`, ""},
		{"the class of a caption under something else", `<h1>` + head + `</h1><div class="bar"></div><p class="image-caption">` + line + `</p><div>11. März 2025</div>`, line},
		{"that leads on", `<div><h1>` + head + `</h1><p class="x1">` + line + `:</p><div>11. März 2025</div></div>`, ""},
		{"two paragraphs over a date", `<div><h1>` + head + `</h1><div class="x1"><p>` + line + `.</p><p>Der Rat hat über das Geld noch nicht entschieden, das dafür nötig ist.</p></div><div>11. März 2025</div></div>`, line + ".\nDer Rat hat über das Geld noch nicht entschieden, das dafür nötig ist."},
		{"two paragraphs parted by br, Greek", `<div><h1>` + head + `</h1><div class="x1">Οι μηχανικοί δεν περιμένουν πια ότι θα χρειαστεί καινούρια γέφυρα<br><br>Το συμβούλιο δεν έχει ακόμη αποφασίσει για τα χρήματα που χρειάζονται</div><div>11 Μαρτίου 2025</div></div>`, "Οι μηχανικοί δεν περιμένουν πια ότι θα χρειαστεί καινούρια γέφυρα\nΤο συμβούλιο δεν έχει ακόμη αποφασίσει για τα χρήματα που χρειάζονται"},
		{"of dates", `<div><h1>` + head + `</h1><p class="x1">Am 4. März 2024 und am 5. März 2025 war die Brücke zu</p><div>11. März 2025</div></div>`, ""},
	} {
		bd := keepAll(t, `<article>`+c.page+text2+`</article>`, "Der Rat hat", "Οι μηχανικοί", "Το συμβούλιο", line+".")
		Sweep(bd, &judge.Signals{Titles: map[uint64]bool{hash: true}})
		if got := StandfirstText(bd, nil, ""); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

// TestLeadInBold: the line in bold that opens the text is the standfirst, where a description
// of the page says the same and it is no sentence.
func TestLeadInBold(t *testing.T) {
	for _, c := range []struct{ name, line, page, want string }{
		{"in bold", "Die Fähre bekommt nach zwei Wintern einen neuen Motor", `<p><strong>Die Fähre bekommt nach zwei Wintern einen neuen Motor</strong></p>`, "Die Fähre bekommt nach zwei Wintern einen neuen Motor"},
		{"in bold, Russian", "Паром снова ходит, но мотор обещают только к осени", `<p><b>Паром снова ходит, но мотор обещают только к осени</b></p>`, "Паром снова ходит, но мотор обещают только к осени"},
		{"a sentence", "Die Fähre bekommt nach zwei Wintern einen neuen Motor.", `<p><strong>Die Fähre bekommt nach zwei Wintern einen neuen Motor.</strong></p>`, ""},
		{"not in bold", "Die Fähre bekommt nach zwei Wintern einen neuen Motor", `<p>Die Fähre bekommt nach zwei Wintern einen neuen Motor</p>`, ""},
		{"of another description", "Der Hafen baut um", `<p><strong>Die Fähre bekommt nach zwei Wintern einen neuen Motor</strong></p>`, ""},
	} {
		bd := keepAll(t, `<article><h1>Boote am Kai</h1><div class="text">`+c.page+threeParagraphs+`</div></article>`)
		hash, _, _ := text.Scan(c.line)
		title, _, _ := text.Scan("Boote am Kai")
		Sweep(bd, &judge.Signals{Titles: map[uint64]bool{title: true}, DescHash: map[uint64]bool{hash: true}})
		if got := StandfirstText(bd, nil, ""); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

// TestStamps: a line after the text that says when the page was changed is no part of it.
func TestStamps(t *testing.T) {
	for _, c := range []struct{ page, want string }{
		{threeParagraphs + `<div class="box">Last update: March 9, 2025</div>`, "Last update: March 9, 2025"},
		{threeParagraphs + `<p>Zuletzt aktualisiert am 9. März 2025</p>`, "Zuletzt aktualisiert am 9. März 2025"},
		{threeParagraphs + `<p>Zuletzt gesehen am 9. März 2025</p>`, ""},
		{threeParagraphs + `<p>Last updated by the keeper</p>`, ""},
		{`<p>Last updated: March 9, 2025</p>` + threeParagraphs, ""},
	} {
		bd := keepAll(t, `<article><div>`+c.page+`</div></article>`)
		Sweep(bd, &judge.Signals{})
		if got := strings.Join(dropped(bd), "\n"); got != c.want {
			t.Errorf("%s: out are %q, want %q", c.page, got, c.want)
		}
	}
}

func TestStandfirstIsNotTheAuthorsBox(t *testing.T) {
	const para = `<p>Das Hafenamt zählte am ersten Tag jedes Monats die Boote an jedem Kai und schrieb uns diese Zahlen auf, so dass wir sie nennen können.</p>`
	for _, c := range []struct {
		name, head, want string
		kept             bool // by the models
	}{
		{"one block", `<div class="intro">Ines Habermoor has written about boats and quays for eleven years.</div>`, "", false},
		{"name and text", `<div class="chapo"><p>Inès Habermoor</p><p>Elle écrit depuis onze ans sur les bateaux et les quais.</p></div>`, "", false},
		{"after other words", `<p class="lead">Unsere Autorin Ines Habermoor schreibt seit elf Jahren über Boote.</p>`, "", false},
		{"a sentence with a small word of a name", `<p class="chapo">Le quai et de vieux bateaux restent ouverts.</p>`, "Le quai et de vieux bateaux restent ouverts.", false},
		{"an offer", `<p class="lead">Have questions about boats? Schedule a call with us today.</p>`, "", false},
		{"an offer, Spanish", `<p class="entradilla">Suscríbete a nuestro boletín de barcos y muelles.</p>`, "", false},
		{"of another", `<p class="lead">Der Fischer Ole Brandt schreibt seit elf Jahren über Boote.</p>`, "Der Fischer Ole Brandt schreibt seit elf Jahren über Boote.", false},
		{"in the text, as the models see it", `<p class="lead">Ines Habermoor on why the boats leave the harbour.</p>`, "Ines Habermoor on why the boats leave the harbour.", true},
	} {
		t.Run(c.name, func(t *testing.T) {
			bd := keepAll(t, `<article><h1>Neun Boote bleiben</h1>`+c.head+`<div class="text">`+para+para+`</div></article>`)
			sig := judge.Gather(bd.Tree, &meta.Metadata{Title: "Neun Boote bleiben", Authors: []article.Author{{Name: "Ines Habermoor"}, {Name: "Inès Habermoor"}, {Name: "Anne Le Goff de Brug"}}}, nil)
			for k := range bd.Blocks {
				if !c.kept && !strings.Contains(bd.Blocks[k].Text, "Hafenamt") {
					bd.Drop(k, "pick", "")
				}
			}
			Sweep(bd, sig)
			if got := StandfirstText(bd, nil, ""); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// TestDeckUnderTheHeadline: the line right under the headline, in one element with it and
// apart from the body, is the standfirst, whatever its class.
func TestDeckUnderTheHeadline(t *testing.T) {
	const line, head = "Рыбаки добились того, что ремонт моста отложат до самой весны", "Старый мост остаётся открытым"
	const kept = "The fishermen have won: the old bridge stays open until spring"
	const second = "Жители острова просят не отменять и ранний рейс парома"
	hash, _, _ := text.Scan(head)
	for _, c := range []struct{ name, page, want string }{
		{"in the head of the page", `<header><h1>` + head + `</h1><h2>` + line + `</h2></header><div>` + threeParagraphs + `</div>`, line},
		{"in the body", `<h1>` + head + `</h1><h2>` + line + `</h2>` + threeParagraphs, ""},
		{"too short a line", `<header><h1>` + head + `</h1><h2>Ремонт отложат</h2></header><div>` + threeParagraphs + `</div>`, ""},
		{"in one box with the body's", `<h1>` + head + `</h1><h2>` + line + `</h2><ul><li>Ana Ferrer</li></ul><div>` + threeParagraphs + `</div>`, line},
		{"a second heading of another rank", `<header><h1>` + head + `</h1><h2>` + line + `</h2><h3>` + second + `</h3></header><div>` + threeParagraphs + `</div>`, line + "\n" + second},
		{"a heading of another box", `<header><h1>` + head + `</h1><h2>` + line + `</h2></header><div><h3>` + second + `</h3>` + threeParagraphs + `</div>`, line},
		{"a short second heading", `<header><h1>` + head + `</h1><h2>` + line + `</h2><h3>Жители острова</h3></header><div>` + threeParagraphs + `</div>`, line},
		{"kept by the models", `<h1>` + head + `</h1><h3>` + kept + `</h3><section>` + threeParagraphs + `</section>`, kept},
	} {
		t.Run(c.name, func(t *testing.T) {
			bd := keepAll(t, `<article>`+c.page+`</article>`, line, "Жители")
			Sweep(bd, &judge.Signals{Titles: map[uint64]bool{hash: true}})
			if got := StandfirstText(bd, nil, ""); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// TestStandfirstIsNoByline: who wrote the text is no part of its standfirst.
func TestStandfirstIsNoByline(t *testing.T) {
	para := strings.Repeat(`<p>Das Hafenamt zählte am ersten Tag jedes Monats die Boote an jedem Kai und schrieb uns diese Zahlen auf, so dass wir sie nennen können.</p>`, 2)
	for _, c := range []struct{ name, head, want string }{
		{"among key points", `<ul class="key-points"><li>Die Hälfte der Boote ist fort</li><li>Neun sind geblieben</li><li>Author: Ana Ferrer, 3. März</li></ul>`, "Die Hälfte der Boote ist fort\nNeun sind geblieben"},
		{"alone", `<p class="standfirst">Posted by Ana Ferrer, Jon Vik and Luc Morel - Harbour team</p>`, ""},
		{"a sentence that begins so", `<p class="standfirst">Von Hamburg bis Riga werden die Boote weniger.</p>`, "Von Hamburg bis Riga werden die Boote weniger."},
	} {
		t.Run(c.name, func(t *testing.T) {
			bd := keepAll(t, `<article><h1>Boote</h1>`+c.head+`<div class="text">`+para+`</div></article>`)
			Sweep(bd, &judge.Signals{})
			if got := StandfirstText(bd, nil, ""); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// TestDeckOverTheText: a line without a full stop that the models leave out, right over the
// text's first paragraph and with a class of its own, is the standfirst.
func TestDeckOverTheText(t *testing.T) {
	const head = "Die Brücke bleibt offen"
	hash, _, _ := text.Scan(head)
	for _, c := range []struct{ name, page, want string }{
		{"with a class", `<p class="x1">Gutachter rechnen nach zwei Wintern nicht mehr mit einem teuren Neubau</p>`, "Gutachter rechnen nach zwei Wintern nicht mehr mit einem teuren Neubau"},
		{"with a class, Turkish", `<p class="text-xl mt-2">Kırk yıldır tek başına çalışan usta artık köprüye bakmıyor</p>`, "Kırk yıldır tek başına çalışan usta artık köprüye bakmıyor"},
		{"without one", `<p>Gutachter rechnen nach zwei Wintern nicht mehr mit einem teuren Neubau</p>`, ""},
		{"a sentence", `<p class="x1">Gutachter rechnen nach zwei Wintern nicht mehr mit einem teuren Neubau.</p>`, ""},
		{"a short line", `<p class="x1">Von unserem Gutachter</p>`, ""},
		{"a link", `<p class="x1"><a href="/x">Gutachter rechnen nach zwei Wintern nicht mehr mit einem teuren Neubau</a></p>`, ""},
	} {
		bd := keepAll(t, `<article><h1>`+head+`</h1><div>11. März 2025</div><div>`+c.page+threeParagraphs+`</div></article>`, "Gutachter", "Kırk")
		Sweep(bd, &judge.Signals{Titles: map[uint64]bool{hash: true}})
		if got := StandfirstText(bd, nil, ""); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

// A page of nothing but a standfirst in parts is read to its end.
func TestStandfirstEndsThePage(t *testing.T) {
	bd := keepAll(t, `<h1>The bridge</h1><p class="standfirst">The council agreed to mend the bridge.</p><p class="standfirst">The ferry is to sail till then.</p>`)
	Sweep(bd, &judge.Signals{})
	if k := len(bd.Standfirst); k > 2 {
		t.Errorf("%d parts", k)
	}
}

// A label before the words of a description is no part of a standfirst, the place of a
// report is.
func TestUnlabelled(t *testing.T) {
	const dek = "O barco volta a navegar despois de dezanove meses de obras na ribeira."
	for s, want := range map[string]string{
		"16:45 " + dek:             dek,
		"Red. / 31.10.2023 " + dek: dek,
		"Vigo. " + dek:             "Vigo. " + dek,
		"Resumo: " + dek:           "Resumo: " + dek,
		"O peirao abre. " + dek:    "O peirao abre. " + dek,
		"摘要" + dek:                 "摘要" + dek,
		dek:                        dek,
	} {
		if got := WithoutLabel(&body.Body{}, s, []string{"O barco", dek}); got != want {
			t.Errorf("%q: got %q", s, got)
		}
	}
	if got := WithoutLabel(&body.Body{}, "Desde hoxe volta a navegar", []string{"volta a navegar"}); got != "Desde hoxe volta a navegar" {
		t.Errorf("the end of a sentence: got %q", got)
	}
}
