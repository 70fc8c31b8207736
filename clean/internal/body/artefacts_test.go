package body

import (
	"slices"
	"testing"

	"newsclip/clean/internal/judge"
)

// TestArtefacts: messages of a server's program and the bare domains under pictures are
// not the text.
func TestArtefacts(t *testing.T) {
	for _, c := range []struct{ name, page, want string }{
		{"a warning", `<br><b>Warning</b>: Use of undefined constant QUAY in <b>/srv/quay/head.php</b> on line <b>12</b><br>`, "Warning: Use of undefined constant QUAY in /srv/quay/head.php on line 12"},
		{"strict standards", `<div>Strict Standards: Non-static method quay::list() should not be called statically in /srv/a.php on line 7</div>`, "Strict Standards: Non-static method quay::list() should not be called statically in /srv/a.php on line 7"},
		{"somebody's warning", `<p>Warning: the ferry is late on line 7 today</p>`, ""},
		{"another end", `<p>He stood on line 7</p>`, ""},
		{"code", `<pre>Warning: a in b on line 3</pre>`, ""},
		{"a domain under a picture", `<div><img src="/a.jpg"><div>photos.example</div></div>`, "photos.example"},
		{"in a figure", `<figure><img src="/a.jpg"></figure><span>Bilder-Hafen.example</span><p></p>`, "Bilder-Hafen.example"},
		{"a picture's file", `<h2><a href="/f/1">quay_02.JPG</a></h2>`, "quay_02.JPG"},
		{"a file in a sentence", `<p>Open quay_02.jpg first.</p>`, ""},
		{"a domain under a line", `<img src="/a.jpg"><p>Das Hafenamt.</p><p>hafen.example</p>`, ""},
		{"a linked one", `<img src="/a.jpg"><p><a href="https://hafen.example">hafen.example</a></p>`, ""},
		{"a film", `<p><strong>ZOBACZ WIDEO: Tak obraca się koło</strong></p>`, "ZOBACZ WIDEO: Tak obraca się koło"},
		{"a film in English", `<div>Watch: How the bridge turns</div>`, "Watch: How the bridge turns"},
		{"a sentence about one", `<p>Video: the harbour office has put the whole of it on the net.</p>`, ""},
		{"a heading of films", `<h2>Vídeo: o trabalho da guarda</h2>`, ""},
		{"a name under a picture", `<img src="/a.jpg"><p>Hafen</p>`, ""},
		{"hashtags, Thai", `<p>#เรือ #ท่าเรือ</p>`, "#เรือ #ท่าเรือ"},
		{"linked hashtags", `<div><a href="/t/1">#liman</a>, <a href="/t/2">#vapur</a></div>`, "#liman, #vapur"},
		{"a number sign", `<p>#1 and #2 are moored.</p>`, ""},
		{"one hashtag", `<p>#liman</p>`, ""},
		{"code of macros", `<pre>#include #define</pre>`, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			bd := keepAll(t, `<article>`+ownText+c.page+ownText+`</article>`)
			artefacts(bd)
			var want []string
			if c.want != "" {
				want = []string{c.want}
			}
			if got := bd.dropped(); !slices.Equal(got, want) {
				t.Errorf("out are %q, want %q", got, want)
			}
		})
	}
}

// TestFiledUnder: the line at the text's end that tells where a blog files its entry goes,
// also in a box without a name.
func TestFiledUnder(t *testing.T) {
	for _, c := range []struct {
		line string
		out  bool
	}{
		{`| Abgelegt unter <a href=/c>Häfen</a>, <a href=/d>Boote</a>`, true},
		{`Dieser Beitrag wurde unter <a href=/c>Häfen</a> abgelegt und mit <a href=/d>Boote</a> verschlagwortet.`, true},
		{`This entry was posted in <a href=/c>Harbours</a>. Bookmark the <a href=/p>permalink</a>.`, true},
		{`Esta entrada fue publicada en <a href=/c>Puertos</a>.`, true},
		{`Abgelegt unter den Brücken hat er seine Netze.`, false},
	} {
		bd := keepAll(t, `<article>`+ownText+`<p>`+c.line+`</p></article>`)
		furniture(bd)
		if out := len(bd.dropped()) > 0; out != c.out {
			t.Errorf("%s: out is %v, want %v", c.line, out, c.out)
		}
		bd = keepAll(t, `<article>`+ownText+`<p>`+c.line+`</p>`+ownText+`</article>`)
		if furniture(bd); len(bd.dropped()) > 0 {
			t.Errorf("%s: out amid the text", c.line)
		}
	}
}

// TestCounters: where a player stands that has not begun, and which of the pictures is shown.
func TestCounters(t *testing.T) {
	for _, c := range []struct {
		line string
		out  bool
	}{
		{`<span>0:00</span><span>/</span><span>12:31</span>`, true},
		{`00:00 / 1.05`, true},
		{`9:00 / 12:31`, false},
		{`1 of 12 photos`, true},
		{`Bild 3 von 14`, true},
		{`Фото 2 из 9`, true},
		{`12 of the 40 photos are lost`, false},
	} {
		bd := keepAll(t, `<article>`+ownText+`<div>`+c.line+`</div>`+ownText+`</article>`)
		furniture(bd)
		if out := len(bd.dropped()) > 0; out != c.out {
			t.Errorf("%s: out is %v, want %v", c.line, out, c.out)
		}
	}
	bd := keepAll(t, `<article>`+ownText+`<table><tr><th>Boat</th><th>Time</th></tr><tr><td>Kittiwake</td><td>0:00 / 12:31</td></tr></table></article>`)
	if furniture(bd); len(bd.dropped()) > 0 {
		t.Errorf("out of a table are %q", bd.dropped())
	}
}

// TestDisclaimers: whose opinion a text is tells the publisher, not the writer.
func TestDisclaimers(t *testing.T) {
	for _, line := range []string{
		"The views expressed by the author are personal.",
		"Opinions expressed here do not necessarily reflect the views of the harbour.",
		"Äußerungen unserer Gesprächspartner geben deren eigene Auffassungen wieder.",
		"Les propos tenus ici n'engagent que leur auteur.",
		"Мнение редакции может не совпадать с мнением автора.",
		"Bu yazıda yer alan görüşler yazarına aittir.",
	} {
		bd := keepAll(t, `<article>`+ownText+`<p>`+line+`</p></article>`)
		sweepText(bd, &judge.Signals{})
		if got := bd.dropped(); !slices.Equal(got, []string{line}) {
			t.Errorf("out are %q, want %q", got, line)
		}
	}
	bd := keepAll(t, `<article>`+ownText+`<p>The views expressed at the quay were loud.</p></article>`)
	sweepText(bd, &judge.Signals{})
	if got := bd.dropped(); len(got) > 0 {
		t.Errorf("out are %q", got)
	}
}

// TestStamps: a line before the text that is nothing but its times is none of it.
func TestStamps(t *testing.T) {
	for _, c := range []struct {
		line string
		out  bool
	}{
		{"28.5.2030 17:43 Uppdaterad 28.5.2030 17:51", true},
		{"2030-05-28 17:43", true},
		{"Mittwoch, 28. Mai 2030, 14:45 Uhr bis 15:45 Uhr, Hafenamt", false},
		{"Um 17:43 lief das letzte Boot aus", false},
	} {
		bd := keepAll(t, `<article><p>`+c.line+`</p>`+ownText+`</article>`)
		sweepText(bd, &judge.Signals{})
		if out := len(bd.dropped()) > 0; out != c.out {
			t.Errorf("%q: out is %v, want %v", c.line, out, c.out)
		}
	}
}

// TestTeasers: a line amid a news story that is all link and no sentence is another
// story's, also in tables that lay the page out.
func TestTeasers(t *testing.T) {
	for _, c := range []struct {
		line string
		news bool
		out  bool
	}{
		{`<p><a href="/c/d">» Die Fähre ist verkauft</a></p>`, true, true},
		{`<p><a href="/c/d">&gt;&gt; Le bac est vendu à un autre &lt;&lt;</a></p>`, true, true},
		{`<p><strong><a href="/c/d">THE FERRY IS SOLD TO NOBODY</a></strong></p>`, true, true},
		{`<p><a href="/c/d">[Our count: Who owns the boats?]</a></p>`, true, true},
		{`<p><a href="/c/d">THE FERRY IS SOLD TO NOBODY</a></p>`, false, false},
		{`<p><a href="/c/d">The ferry is sold to nobody</a></p>`, true, true},
		{`<p><b><a href="/c/d">Dlaczego bociany odlatują coraz wcześniej</a></b></p>`, true, true},
		{`<table width="500"><tr><td><p>→ <a href="/c/d">Die Fähre ist verkauft</a></p></td></tr></table>`, false, true},
		{`<table><tr><th>Kai</th><th>Boot</th></tr><tr><td>Ost</td><td>→ <a href="/c/d">Die Fähre ist verkauft</a></td></tr></table>`, true, false},
		{`<p><a href="/c/d">The whole count of the boats can be read in the library.</a></p>`, true, false},
		{`<p><a href="/c/d">The ferry is sold to nobody</a></p>`, false, false},
		{`<p><a href="https://else.example/c/d">THE FERRY IS SOLD TO NOBODY</a></p>`, true, false},
		{`<p>THE FERRY IS SOLD TO NOBODY</p>`, true, false},
	} {
		bd := keepAll(t, `<article>`+ownText+c.line+ownText+`</article>`)
		linksAlone(bd, &judge.Signals{News: c.news})
		if out := len(bd.dropped()) > 0; out != c.out {
			t.Errorf("%s: out is %v, want %v", c.line, out, c.out)
		}
	}
}

// TestLabelsOfRelatedPages: the label over links that are left out goes with them.
func TestLabelsOfRelatedPages(t *testing.T) {
	for _, c := range []struct {
		label, next string
		out         bool
	}{
		{`<p>Schon gelesen?</p>`, `<p><a href="/c/d">Die Boote</a></p>`, true},
		{`<h2>Related Posts</h2>`, `<ul><li><a href="/c/d">Die Boote</a></li></ul>`, true},
		{`<p>À lire aussi</p>`, `<div><a href="/c/d">Die Boote</a></div>`, true},
		{`<table width="500"><tr><td>関連記事</td></tr><tr><td>`, `<a href="/c/d">Die Boote</a></td></tr></table>`, true},
		{`<p>À lire aussi</p>`, `<p>Die Boote</p>`, false},
		{`<p>Wer hat das gelesen?</p>`, `<p><a href="/c/d">Die Boote</a></p>`, false},
	} {
		bd := bodyWith(t, `<article>`+ownText+c.label+c.next+ownText+`</article>`, "Die Boote")
		furniture(bd)
		if out := len(bd.dropped()) > 1; out != c.out {
			t.Errorf("%s: out is %v, want %v", c.label, out, c.out)
		}
	}
}
