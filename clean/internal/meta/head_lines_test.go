package meta

import (
	"strings"
	"testing"

	"newsclip/clean/internal/page"
)

// TestDatesOfHeads: dates under the headline whose boxes have the classes of other
// things, and dates that stand there and are not the article's.
func TestDatesOfHeads(t *testing.T) {
	prose := strings.Repeat(`<p>`+strings.Repeat("The wind rose all night. ", 12)+`</p>`, 4)
	for _, c := range []struct{ name, lang, html, want string }{
		{"a head's footer", "de", `<div class="hero"><h1>A storm</h1><div class="hero__footer"><p>Ana Ferrer</p><p>6. Mai 2024</p></div></div>` + prose, "2024-05-06"},
		{"a footer element in the head", "en", `<header><h1>A storm</h1><footer><span>Harbour desk</span> <span>6 May 2024</span></footer></header>` + prose, "2024-05-06"},
		{"beside the number of comments", "es", `<header><h1>A storm</h1><div class="comments"><time>6 de mayo de 2024</time> <a href="#c">4 comentarios</a></div></header>` + prose, "2024-05-06"},
		{"a newsletter's own issue", "en", `<div><h1>A storm</h1><div class="newsletter-details"><p>May 6, 2024</p></div></div>` + prose, "2024-05-06"},
		{"white space of a template", "en", `<h1>A storm</h1><div><p><b>` + strings.Repeat("\n      ", 80) + `6 May 2024 | 10:15` + strings.Repeat("\n      ", 80) + `</b></p></div>` + prose, "2024-05-06"},
		{"the footer of the article", "en", `<article><h1>A storm</h1>` + prose + `<footer><p class="entry-meta"><time>6 May 2024</time> · 3 comments</p></footer></article>`, "2024-05-06"},
		{"a link to the page itself", "en", `<article><h1>A storm</h1>` + prose + `<div class="posted-on"><a href="/a-storm" rel="bookmark"><time>6 May 2024</time></a></div></article>`, "2024-05-06"},
		{"a link to another page", "en", `<article><h1>A storm</h1>` + prose + `<div class="posted-on"><a href="/a-calm" rel="bookmark"><time>6 May 2024</time></a></div></article>`, ""},
		{"both days at the end", "it", `<h1>A storm</h1>` + prose + `<p class="last-update">6 maggio 2024 (modifica il 7 maggio 2024 | 15:24)</p>`, "2024-05-06"},
		{"the day that is called that of publication", "de", `<h1>A storm</h1><p><span>3. Januar 2020</span></p><p>Erscheinungsdatum: 6. Mai 2024</p>` + prose, "2024-05-06"},
		{"since when someone is a member", "de", `<h1>A storm</h1><dl><dd><b>Registriert:</b> 18.09.2008, 05:56</dd></dl><p class="author">von Ana » 06.05.2024, 05:42</p>` + prose, "2024-05-06"},
		{"since when, in another language", "fr", `<h1>A storm</h1><table><tr><td>Inscrit le</td><td>18/09/2008</td></tr></table><p class="date">6 mai 2024</p>` + prose, "2024-05-06"},
		{"the day of an event", "de", `<h1>A storm</h1><p><span>Veranstaltung am 24. Mai 2025</span></p>` + prose, ""},
		{"a deadline, French", "fr", `<h1>A storm</h1><p>Date limite : 24 mai 2025</p>` + prose, ""},
		{"a deadline before the day, Polish", "pl", `<h1>A storm</h1><p>Termin zgłoszeń: 24 maja 2025</p><p>6 maja 2024</p>` + prose, "2024-05-06"},
		{"a day in a subheading of the same words", "en", `<h1>The Harbour Blog</h1><h3>A storm on 1 May 2024 and more</h3><p><span>6 May 2024</span></p>` + prose, "2024-05-06"},
		{"a day in a caption", "en", `<h1>A storm</h1><figure><img src="a.jpg"><figcaption>The quay, 1 May 2024</figcaption></figure><p class="date">6 May 2024</p>` + prose, "2024-05-06"},
		{"a line of news above", "en", `<ul><li><a href="/x">[ May 1, 2024 ] The winter gear is on its way to the quay</a></li></ul><h1>A storm</h1><p><span>May 6, 2024</span></p>` + prose, "2024-05-06"},
		{"a teaser's article", "en", `<article><h1>A storm</h1>` + prose + `</article><article><h2>A calm</h2><p class="date">1 May 2024</p></article>`, ""},
		{"figures before a day", "en", `<h1>A storm</h1><table><tr><td>0.00%</td><td>Ships</td></tr></table><p>As of <b>Dec 20, 2024</b>.</p><p class="date">6 May 2024</p>` + prose, "2024-05-06"},
		{"behind the writer and the paper in a long line", "es", `<h1>A storm</h1><div><span>Publicado por</span> <b>Ana Ferrer Domínguez</b>, especial para el Diario del Puerto, el lunes 6 de mayo de 2024</div>` + prose, "2024-05-06"},
		{"the facts of a book", "es", `<h1>A storm</h1><div>Autora: Ana Ferrer Domínguez Editorial: Casa del Puerto Publicado: 6 de mayo de 2024 Género: Novela</div><p>9 de junio de 2024</p>` + prose, "2024-06-09"},
		{"changed, by the element around", "en", `<h1>A storm</h1><span class="updated-on"><time class="entry-date published updated" datetime="2024-06-07">7 June 2024</time></span><span class="posted-on"><time class="entry-date published" datetime="2024-05-06">6 May 2024</time></span>` + prose, "2024-05-06"},
	} {
		t.Run(c.name, func(t *testing.T) {
			title := "A storm"
			if strings.Contains(c.html, "on 1 May") {
				title = "A storm on 1 May 2024 and more - The Harbour Blog"
			}
			md := metadataAt(t, page.Input{URL: "https://www.example.org/a-storm", HTML: []byte(`<html lang="` + c.lang + `"><head><title>` + title + `</title></head><body><main>` + c.html + `</main></body></html>`)})
			if md.Published != c.want {
				t.Errorf("published %q (%s), want %q", md.Published, md.From.Published, c.want)
			}
		})
	}
}

// TestTitleInNoHeading: where no heading shows the headline, a text that does is where
// the article's head begins.
func TestTitleInNoHeading(t *testing.T) {
	md := metadataAt(t, page.Input{URL: "https://www.example.org/x", HTML: []byte(`<html lang="en"><head><title>Three harbours closed by storm - Harbour Post</title></head><body>` +
		strings.Repeat(`<p>`+strings.Repeat("We use cookies and need your consent. ", 12)+`</p>`, 3) +
		`<div class="big">Three harbours closed by storm</div><div>News - 6 May 2024 at 10:21</div>` + strings.Repeat(`<p>`+strings.Repeat("The wind rose all night. ", 12)+`</p>`, 3) + `</body></html>`)})
	if md.Published != "2024-05-06" {
		t.Errorf("published %q", md.Published)
	}
}

// TestNewEdition: a later day that the page shows as its own is the one that its readers
// know where it is also that of the last change; called an update, it is not.
func TestNewEdition(t *testing.T) {
	for line, want := range map[string]string{
		`<p class="meta">7 June 2024</p>`:                     "2024-06-07",
		`<p class="meta">Updated 7 June 2024</p>`:             "2024-05-06T10:00:00Z",
		`<p>3 comments | Ana | Last updated: 7 June 2024</p>`: "2024-05-06T10:00:00Z",
		`<p class="meta">8 June 2024</p>`:                     "2024-05-06T10:00:00Z",
	} {
		md := metadataOf(t, `<html lang="en-GB"><head><title>A storm</title><script type="application/ld+json">{"@type":"Article","headline":"A storm","datePublished":"2024-05-06T10:00:00Z","dateModified":"2024-06-07T10:00:00Z"}</script></head><body><main><h1>A storm</h1>`+
			line+strings.Repeat(`<p>`+strings.Repeat("The wind rose all night. ", 12)+`</p>`, 3)+`</main></body></html>`)
		if md.Published != want {
			t.Errorf("%s: published %q (%s), want %q", line, md.Published, md.From.Published, want)
		}
	}
}

// TestDayShownAnew: a later day in an element that is there for the day takes the place of
// the stated one where no change is stated, or a later one; so does any that another meta
// element has, too.
func TestDayShownAnew(t *testing.T) {
	for _, c := range []struct{ name, lang, head, line, want string }{
		{"time element", "en", ``, `<p><time datetime="2024-06-07">June 7, 2024</time> | Ana Ferrer</p>`, "2024-06-07"},
		{"class", "es", `<meta property="article:modified_time" content="2025-01-02T10:00:00Z">`, `<div class="entry-date">7 de junio de 2024</div>`, "2024-06-07"},
		{"after the last change", "en", `<meta property="article:modified_time" content="2024-05-07T10:00:00Z">`, `<p><time datetime="2024-06-07">June 7, 2024</time></p>`, "2024-05-06T10:00:00Z"},
		{"any other element", "en", ``, `<p>June 7, 2024</p>`, "2024-05-06T10:00:00Z"},
		{"with another witness", "en", `<meta name="date" content="June 7, 2024">`, `<p>Ana Ferrer June 7, 2024</p>`, "2024-06-07"},
		{"with another witness, German", "de", `<meta name="date" content="2024-06-07">`, `<div>7. Juni 2024</div>`, "2024-06-07"},
	} {
		md := metadataOf(t, `<html lang="`+c.lang+`"><head><title>A storm</title><meta property="article:published_time" content="2024-05-06T10:00:00Z">`+c.head+`</head><body><main><h1>A storm</h1>`+
			c.line+strings.Repeat(`<p>`+strings.Repeat("The wind rose all night. ", 12)+`</p>`, 3)+`</main></body></html>`)
		if md.Published != c.want {
			t.Errorf("%s: published %q (%s), want %q", c.name, md.Published, md.From.Published, c.want)
		}
	}
}
