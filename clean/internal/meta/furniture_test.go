package meta

import (
	"strings"
	"testing"

	"newsclip/clean/internal/evidence"
)

// TestTeasersOfOthers leaves the days and the writers of teasers alone, whatever their
// markup, where the article's own stand in a line that nothing marks.
func TestTeasersOfOthers(t *testing.T) {
	teasers := func(format string) string {
		var b strings.Builder
		for _, s := range []string{"A ferry is sold abroad", "Market day returns to town", "Who paints the lighthouse?"} {
			b.WriteString(strings.ReplaceAll(format, "TITLE", s))
		}
		return b.String()
	}
	text := `<p>` + strings.Repeat("The wind rose all night. ", 8) + `</p>`
	for name, side := range map[string]string{
		"boxes":           `<aside>` + teasers(`<div class="t"><a href="/o/1">TITLE</a><time datetime="2025-11-12T08:00:00Z">12.11.2025</time><span class="author">Olga Rand</span></div>`) + `</aside>`,
		"items of a list": `<ul>` + teasers(`<li><a href="/o/2"><img src="/a.jpg" alt=""><b>TITLE</b></a> <span class="date">12.11.2025</span> <i class="byline">Olga Rand</i></li>`) + `</ul>`,
		"lines of a cell": `<table><tr><td>` + teasers(`<a href="/o/3">TITLE</a><br><small class="date">12.11.2025</small><br>`) + `</td></tr></table>`,
	} {
		for _, c := range []struct{ lang, line, published, author string }{
			{"cs", `<p>6. května 2024</p><p>Text: Jana Nová</p>`, "2024-05-06", "Jana Nová"},
			{"ms", `<p>Diterbitkan 6 Mei 2024</p><p>Laporan oleh Nurul Huda</p>`, "2024-05-06", "Nurul Huda"},
			{"en", `<p>First published: 6 May 2024</p><p><a rel="author" href="/a">Con Parker</a></p>`, "2024-05-06", "Con Parker"},
		} {
			md := metadataOf(t, `<html lang="`+c.lang+`"><title>A storm at sea</title><body><main><article><h1>A storm at sea</h1>`+c.line+text+`</article>`+side+`</main>`)
			if got := evidence.Names(md.Authors); md.Published != c.published || got != c.author {
				t.Errorf("%s, %s: got %q by %q", name, c.lang, md.Published, got)
			}
		}
	}
}

// TestLineOfClassNav reads the day in a line under the headline whose class has "nav" and
// which has no link.
func TestLineOfClassNav(t *testing.T) {
	text := `<p>` + strings.Repeat("The wind rose all night. ", 8) + `</p>`
	for line, want := range map[string]string{
		`<div class="item-nav"><span>6 May 2024</span></div>`:             "2024-05-06",
		`<div class="item-nav"><a href="/x">News of 6 May 2024</a></div>`: "",
		`<nav><span>6 May 2024</span></nav>`:                              "",
	} {
		md := metadataOf(t, `<html lang="en"><title>A storm at sea</title><body><article><h1>A storm at sea</h1>`+line+text+`</article>`)
		if md.Published != want {
			t.Errorf("%s: got %q, want %q", line, md.Published, want)
		}
	}
}

// TestCommentUnderText leaves the day of a reader's comment alone where the text is short
// and an entry holds both.
func TestCommentUnderText(t *testing.T) {
	text := strings.Repeat(`<p>`+strings.Repeat("The wind rose all night. ", 5)+`</p>`, 3)
	md := metadataOf(t, `<html lang="en"><title>A storm at sea</title><body><div class="post hentry"><h1>A storm at sea</h1>`+text+`<ol class="comments"><li class="comment"><cite>Tove</cite> <time datetime="2025-11-14">14 November 2025</time><p>Good news.</p></li></ol></div>`)
	if md.Published != "" {
		t.Errorf("published %q", md.Published)
	}
}

// TestListedAuthors reads each of several links to authors' pages, with jobs between,
// and leaves who checked or edited.
func TestListedAuthors(t *testing.T) {
	for line, want := range map[string]string{
		`<ul class="authors"><li><a href="/p/1">Rosa Whitlock</a><span>Harbour Editor</span></li><li><a href="/p/2">Tim Oduya</a><span>Reporter</span></li></ul>`:                 "Rosa Whitlock, Tim Oduya",
		`<div class="byline">By <a href="/author/rw">Rosa Whitlock</a> <span>in Skelby</span> <a href="/author/to">Tim Oduya</a></div>`:                                           "Rosa Whitlock, Tim Oduya",
		`<div class="byline"><span>By <a href="/author/rw">Rosa Whitlock</a></span> <i>Harbour Editor</i> <span>Data analysis by <a href="/author/to">Tim Oduya</a></span></div>`: "Rosa Whitlock",
		`<div class="byline">By <a href="/author/rw">Rosa Whitlock</a> <b>Editor</b> <a href="/author/rw">More from Rosa Whitlock</a></div>`:                                      "Rosa Whitlock",
		`<div class="meta">Posted by rosaw at May 6, 2024 10:15 AM | <a href="#c">Comments</a></div>`:                                                                             "rosaw",
		`<div><b>Elsa Hjort</b><br>elsa.hjort@paper.example</div>`:                                                                                                                "Elsa Hjort",
		`<div><b>Elsa Hjort</b><br>news@paper.example</div>`:                                                                                                                      "",
		`<div class="meta">Posted by rosaw</div>`: "",
	} {
		md := metadataOf(t, `<html lang="en"><title>A storm at sea</title><body><article><h1>A storm at sea</h1>`+line+`<p>`+strings.Repeat("word and word, ", 20)+`</p></article>`)
		if got := evidence.Names(md.Authors); got != want {
			t.Errorf("%s: got %q, want %q", line, got, want)
		}
	}
}

// TestSignatures reads the name that ends a text alone, and that of a sentence about who
// wrote it. In English and German, two words with capitals may be a heading.
func TestSignatures(t *testing.T) {
	sentences := map[string]string{"en": "The wind rose all night. ", "es": "El viento creció toda la noche en el puerto. ", "it": "Il vento soffiava tutta la notte sul porto. ",
		"nl": "De wind nam de hele nacht toe in de haven. ", "ru": "Ветер усиливался всю ночь в порту. "}
	for _, c := range []struct{ lang, end, want, day string }{
		{"ru", `<p style="text-align:right"><b>Ольга Белова</b></p>`, "Ольга Белова", ""},
		{"it", `<p><em>Carla BERTI,<br>la nostra inviata</em></p><p>16 agosto 2012</p>`, "Carla BERTI", "2012-08-16"},
		{"it", `<p>Leggi tutto</p><p>16 agosto 2012</p>`, "", ""},
		{"it", `<p><em>Carla Berti</em></p>`, "Carla Berti", ""},
		{"en", `<p>Best Practices</p>`, "", ""},
		{"en", `<p>— Rosa Whitlock</p>`, "Rosa Whitlock", ""},
		{"es", `<p><em>Lucía Ortega es periodista y escribe de puertos.</em></p>`, "Lucía Ortega", ""},
		{"nl", `<p><i>Femke Visser is verslaggever van deze krant.</i></p>`, "Femke Visser", ""},
		{"en", `<p>Rosa Whitlock is a town in the north.</p>`, "", ""},
	} {
		text := strings.Repeat(`<p>`+strings.Repeat(sentences[c.lang], 8)+`</p>`, 2)
		md := metadataOf(t, `<html lang="`+c.lang+`"><title>A storm at sea</title><body><article><h1>A storm at sea</h1><div>`+text+`</div>`+c.end+`</article>`)
		if got := evidence.Names(md.Authors); got != c.want {
			t.Errorf("%s %s: got %q, want %q", c.lang, c.end, got, c.want)
		}
		if md.Published != c.day {
			t.Errorf("%s %s: published %q, want %q", c.lang, c.end, md.Published, c.day)
		}
	}
}

// TestOutsideText reads days that a page has in its address, a comment of its source or
// what a script writes, and titles that no heading has.
func TestOutsideText(t *testing.T) {
	text := `<p>` + strings.Repeat("The wind rose all night. ", 12) + `</p>`
	for src, want := range map[string]string{
		`<!-- Published: 2024-05-06 10:15:00 -->`:                                 "2024-05-06",
		`<!-- built 2024-05-06 10:15:00 -->`:                                      "",
		`<script>document.write("Posted on May 6, 2024");</script>`:               "2024-05-06",
		`<script>document.write("Copyright 2024");</script>`:                      "",
		`<script>document.write('<i>Veröffentlicht am 6. Mai 2024</i>')</script>`: "2024-05-06",
	} {
		md := metadataOf(t, `<html lang="en"><title>A storm at sea</title><body><article><h1>A storm at sea</h1>`+text+src+`</article>`)
		if got := md.Published; !strings.HasPrefix(got, want) || want == "" && got != "" {
			t.Errorf("%s: got %q, want %q", src, got, want)
		}
	}
	for src, want := range map[string]string{
		`<title>The Example</title><body><font size="5"><b>A storm at sea</b></font><br>` + text:                                 "A storm at sea",
		`<title>Aktuelles | Gemeinde</title><body><h1>Aktuelles</h1><h3>Die Mühle wird zur Werkstatt</h3>` + text:                "Die Mühle wird zur Werkstatt",
		`<title>News & Events | The Port</title><body><h1>News &amp; Events</h1><h2>A storm at sea</h2>` + text:                  "A storm at sea",
		`<title>News | The Port</title><body><h1>News</h1><h2>A storm at sea</h2><p>x</p><h2>A ferry is sold abroad</h2>` + text: "News",
		`<title>News | The Port</title><body><h1>News</h1><h2><a href="/other">A storm at sea</a></h2>` + text:                   "News",
		`<title>A storm at sea :: The Example</title><body><div>A storm at sea</div>` + text:                                     "A storm at sea",
		`<title>The Example</title><body><font size="2">A small line</font><br>` + text:                                          "The Example",
		`<title>A storm at sea</title><body><article><h1>A storm at sea<a href="#storm">¶</a></h1>` + text + `</article>`:        "A storm at sea",
	} {
		if md := metadataOf(t, `<html lang="en">`+src); md.Title != want {
			t.Errorf("%s: got %q, want %q", src[:60], md.Title, want)
		}
	}
}

// TestDayOfAnEvent leaves the day of a sentence alone, and reads that of a line about the
// article.
func TestDayOfAnEvent(t *testing.T) {
	text := `<p>` + strings.Repeat("The wind rose all night. ", 8) + `</p>`
	for line, want := range map[string]string{
		`<p>The regatta takes place on 6 May 2024.</p>`:                  "",
		`<p>La fête aura lieu sur le port le 6 mai 2024.</p>`:            "",
		`<p>This was posted here on 6 May 2024.</p>`:                     "2024-05-06",
		`<p>6 May 2024.</p>`:                                             "2024-05-06",
		`<p class="date">the day is that of 6 May 2024.</p>`:             "2024-05-06",
		`<p>written in the harbour by Ana, on 6 May 2024.</p>`:           "2024-05-06",
		`<div class="teaser"><i>6 May 2024</i>` + text + text + `</div>`: "2024-05-06",
	} {
		md := metadataOf(t, `<html lang="en"><title>A storm at sea</title><body><article><h1>A storm at sea</h1></article>`+line+text)
		if md.Published != want {
			t.Errorf("%.60s: got %q, want %q", line, md.Published, want)
		}
	}
}

// TestMasthead takes the name of a blog that an h1 links to its front page for no title.
func TestMasthead(t *testing.T) {
	text := `<p>` + strings.Repeat("The wind rose all night. ", 8) + `</p>`
	for _, c := range []struct{ head, body, want string }{
		{`<title>Boats of the week - All that floats, by a man of the sea</title>`, `<h1><a href="https://www.example.org/news">All that floats, by a man of the sea</a></h1><h2>What a sailor thinks</h2>`, "Boats of the week"},
		{`<title>今週の船 - 海の男が書く「浮かぶもの」の記録</title>`, `<h1><a href="/">海の男が書く「浮かぶもの」の記録</a></h1><div>今週の船</div>`, "今週の船"},
		{`<title>Harbour - All that floats is bought by a man</title>`, `<h1><a href="https://www.example.org/news/a-storm-at-sea">All that floats is bought by a man</a></h1>`, "All that floats is bought by a man"},
	} {
		md := metadataOf(t, `<html>`+c.head+`<body>`+c.body+text)
		if md.Title != c.want {
			t.Errorf("%s: got %q", c.want, md.Title)
		}
	}
}
