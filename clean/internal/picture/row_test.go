package picture

import (
	"strings"
	"testing"

	"newsclip/clean/internal/pagetest"
)

// TestRowsOfPictures: the sentence under each picture of a gallery or a slider is its
// caption, though nothing says so; the words of cards are none.
func TestRowsOfPictures(t *testing.T) {
	const slider = `<div class="swiper-wrapper"><div class="swiper-slide"><img src="/i/nacht-am-kai.jpg"><p>Der Kai bei Nacht.</p></div><div class="swiper-slide"><img src="/i/kran-im-eis.jpg"><p>Der Kran im Eis.</p></div></div>`
	const list = `<ul class="tuji"><li><img src="/i/harbour-at-dawn.jpg"><div>清晨的渡口，船还没有开。</div></li><li><img src="/i/harbour-at-noon.jpg"><div>中午，赶集的人上船了。</div></li></ul>`
	for _, c := range []struct {
		name, html, want string
	}{
		{"a slider, German", slider, "Der Kai bei Nacht.|Der Kran im Eis."},
		{"a list, Chinese", list, "清晨的渡口，船还没有开。|中午，赶集的人上船了。"},
		{"a slider with numbers, German", strings.ReplaceAll(slider, "<img", "<div>1/2</div><img"), "Der Kai bei Nacht.|Der Kran im Eis."},
		{"a list with numbers, Chinese", strings.ReplaceAll(list, "<li>", "<li><b>1 / 2</b>"), "清晨的渡口，船还没有开。|中午，赶集的人上船了。"},
		{"no gallery by its class", strings.Replace(list, ` class="tuji"`, ` class="steps"`, 1), "|"},
		{"one alone", `<div class="swiper-wrapper"><div class="swiper-slide"><img src="/i/nacht-am-kai.jpg"><p>Der Kai bei Nacht.</p></div></div>`, ""},
		{"cards with links", strings.ReplaceAll(slider, "Der K", `<a href="/k">Mehr</a> Der K`), "|"},
		{"cards with headings", strings.ReplaceAll(slider, "<p>", "<h3>Kai</h3><p>"), "|"},
		{"labels", strings.ReplaceAll(slider, ".</p>", "</p>"), "|"},
		{"texts", strings.ReplaceAll(slider, ".</p>", ", "+strings.Repeat("lange nach dem Ende der Schicht, ", 6)+"am Morgen.</p>"), "|"},
	} {
		var got []string
		for _, p := range Read(pagetest.MustParse(t, "<body><article><p>Words of the article that say what it is about.</p>"+c.html+"<p>More words of it.</p></article>")) {
			got = append(got, p.Caption)
		}
		if s := strings.Join(got, "|"); s != c.want {
			t.Errorf("%s: %q, want %q", c.name, s, c.want)
		}
	}
}

// TestCaptionBesideACredit: a sentence beside a credit, in a box of one picture, is the
// caption, and the link that sells the picture is not.
func TestCaptionBesideACredit(t *testing.T) {
	const english = `<div class="wrap"><div class="buy"><a href="/reprints">Order reprints</a></div><img src="/i/harbour-at-dawn.jpg"><div class="wrap__credit">Ann Doe / Post</div><p class="wrap__text">The quay lay still until noon.</p></div>`
	const polish = `<div class="x1"><img src="/i/port-o-swicie.jpg"><span class="credit">Ewa Nowak</span><div>Nabrzeże było puste do południa.</div><a href="/kup">Kup zdjęcie</a></div>`
	for _, c := range []struct{ name, html, want string }{
		{"English", english, "The quay lay still until noon.|Ann Doe / Post"},
		{"Polish", polish, "Nabrzeże było puste do południa.|Ewa Nowak"},
		{"no credit", strings.Replace(english, "wrap__credit", "wrap__row", 1), "|"},
		{"a card", strings.Replace(english, "The quay lay still until noon.", `<a href="/b">The quay lay still until noon and after.</a> See how.`, 1), "|Ann Doe / Post"},
		{"a card with a heading", strings.Replace(english, "<p ", "<h3>Quay</h3><p ", 1), "|Ann Doe / Post"},
	} {
		got := "none"
		for _, p := range Read(pagetest.MustParse(t, "<body><article><p>Words of the article that say what it is about.</p>"+c.html+"<p>More words of it.</p></article>")) {
			got = p.Caption + "|" + p.Credit
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// TestCaptionUnderARow: a caption under a row of pictures is the last one's, and one under
// many is nobody's.
func TestCaptionUnderARow(t *testing.T) {
	const caption = `<p class="legenda-foto caption">A ponte velha, o cais e a lota ao fim da tarde. Foto: Rui Sá</p>`
	row := func(names ...string) (s string) {
		for _, name := range names {
			s += `<div><img src="/i/` + name + `.jpg" width="300" height="200"></div>`
		}
		return s
	}
	for _, c := range []struct{ name, html, want string }{
		{"Portuguese", `<div class="c1">` + row("ponte-velha", "cais-novo", "lota-fechada") + `</div>` + caption, "||A ponte velha, o cais e a lota ao fim da tarde."},
		{"many", `<div class="c1">` + row("ponte-velha", "cais-novo", "lota-fechada", "barco-preso", "rua-cheia") + `</div>` + caption, "||||"},
		{"words between", `<div class="c1">` + row("ponte-velha", "cais-novo") + `</div><p>O rio subiu de novo.</p>` + caption, "|"},
	} {
		var got []string
		for _, p := range Read(pagetest.MustParse(t, "<body><article><p>O rio subiu ontem à noite, e o cais ficou debaixo de água.</p>"+c.html+"<p>Os barcos ficaram presos.</p></article>")) {
			got = append(got, p.Caption)
		}
		if s := strings.Join(got, "|"); s != c.want {
			t.Errorf("%s: %q, want %q", c.name, s, c.want)
		}
	}
}
