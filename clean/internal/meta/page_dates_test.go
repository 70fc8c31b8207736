package meta

import (
	"strings"
	"testing"
	"time"

	"newsclip/clean/internal/page"
	"newsclip/clean/internal/source"
)

// TestSearchEnginesDates reads the days that pages state for a search engine in an object
// of no type.
func TestSearchEnginesDates(t *testing.T) {
	md := metadataOf(t, `<html lang="zh"><head><title>海上风暴</title><script type="application/ld+json">{"@context":"https://ziyuan.example/contexts/cambrian.jsonld","pubDate":"2019-05-14T10:15:22","title":"海上风暴","upDate":"2023-02-01T10:15:22"}</script></head><body><h1>海上风暴</h1><div><span>已于 2023-02-01 10:15:22 修改</span></div><div><span>于 2019-05-14 10:15:22 首次发布</span></div><p>风刮了一整夜。</p></body></html>`)
	if p, m := md.Published, md.Modified; !strings.HasPrefix(p, "2019-05-14") || !strings.HasPrefix(m, "2023-02-01") {
		t.Errorf("published %s, modified %s", p, m)
	}
}

// TestDatesOfPages reads dates that stand where no system puts them for machines.
func TestDatesOfPages(t *testing.T) {
	const ld = `<script type="application/ld+json">{"@type":"Article","headline":"A storm","datePublished":"`
	prose := `<p>` + strings.Repeat("The wind rose all night. ", 12) + `</p>`
	body := strings.Repeat(prose, 4)
	for _, c := range []struct{ name, lang, head, body, published, modified string }{
		// one line that says when it was published and when it was changed
		{"the metadata of a service", "fr", `<meta name="shareaholic:article_published_time" content="2024-05-06T10:15:00+02:00"><meta name="shareaholic:article_modified_time" content="2024-05-08T11:00:00+02:00">`, ``, "2024-05-06T10:15:00+02:00", "2024-05-08T11:00:00+02:00"},
		{"updated before published", "en-US", ``, `<p class="date">Updated: May 8, 2024 | Published: May 6, 2024</p>`, "2024-05-06", "2024-05-08"},
		{"no class, German", "de", ``, `<div>Veröffentlicht: 06.05.2024, aktualisiert: 08.05.2024</div>`, "2024-05-06", "2024-05-08"},
		{"the change alone is labelled", "it", ``, `<p>6 maggio 2024 10:15 · Aggiornato il 8 maggio 2024 11:00</p>`, "2024-05-06", "2024-05-08"},
		{"labels behind, Japanese", "ja", ``, `<p>2024年5月6日公開　2024年5月8日更新</p>`, "2024-05-06", "2024-05-08"},
		{"labels before, Chinese", "zh", ``, `<p>发布时间：2024-05-06 更新：2024-05-08</p>`, "2024-05-06", "2024-05-08"},
		{"labels before, Korean", "ko", ``, `<p>입력 2024.05.06 10:15 수정 2024.05.08 11:00</p>`, "2024-05-06", "2024-05-08"},
		{"one time element for both", "fr", ``, `<time datetime="2024-05-28T11:00:00+02:00">Publié le 26/05/2024 10:15, mis à jour le 28/05/2024 11:00</time>`, "2024-05-26T10:15:00+02:00", "2024-05-28T11:00:00+02:00"},
		// calendars
		{"a year of an era", "ja", ``, `<p>令和6年5月6日</p>`, "2024-05-06", ""},
		{"a year to come is none", "en", ``, `<p class="date">6 May 2078</p>`, "", ""},
		{"a Nepalese year", "ne", ``, `<p class="date">2081-01-24</p>`, "", ""},
		// where the sources differ
		{"an earlier day in the address's place", "en", ld + `2024-05-06T10:00:00Z"}</script>`, `<p class="date">3 May 2023</p>`, "2023-05-03", ""},
		{"a list's days do not overrule", "en", ld + `2024-05-06T10:00:00Z"}</script>`, `<div><p>1 May 2023</p><p>2 May 2023</p><p>3 May 2023</p><p>4 May 2023</p></div>`, "2024-05-06T10:00:00Z", ""},
		{"late in the evening in Greenwich", "de", ld + `2024-05-06T23:00:00Z"}</script>`, `<p class="date">7. Mai 2024</p>`, "2024-05-07", ""},
		{"the shown day has a second witness", "de", ld + `2024-05-06T10:00:00+02:00"}</script><meta property="article:published_time" content="2024-05-08T10:00:00+02:00">`, `<p class="date">8. Mai 2024</p>`, "2024-05-08T10:00:00+02:00", ""},
		{"some day of the system's", "en", `<meta name="dc.date" content="2024-05-01">`, `<p class="date">6 May 2024</p>`, "2024-05-06", ""},
		{"that day alone", "en", `<meta name="dc.date" content="2024-05-01">`, ``, "2024-05-01", ""},
		{"month and day the wrong way round", "de", ld + `2024-11-05T10:00:00+01:00"}</script>`, `<p class="date">11/05/2024</p>`, "2024-11-05T10:00:00+01:00", ""},
		{"a meta element in another order", "de", `<meta name="date" content="11/05/2024 10:00">`, body + `<p>Erstellt am: 05.11.2024</p>`, "2024-11-05", ""},
		// in attributes
		{"a tooltip", "ru", ``, `<p><span data-original-title="6 мая 2024, 10:15">давно</span></p>`, "2024-05-06", ""},
		{"a tooltip that tells something else", "ru", ``, `<p><span data-tooltip="Паромы 2024 и 2025, 6 мая 2025">давно</span></p>`, "", ""},
		// of a page with a video
		{"a video older than its page", "en", `<script type="application/ld+json">{"@graph":[{"@type":"VideoObject","name":"The quay","uploadDate":"2019-01-05"},{"@type":"WebPage","datePublished":"2024-05-06"}]}</script>`, ``, "2024-05-06", ""},
		{"a video alone", "en", `<script type="application/ld+json">{"@type":"VideoObject","name":"The quay","uploadDate":"2019-01-05"}</script>`, ``, "2019-01-05", ""},
		// of a journal
		{"received, accepted, published, German", "de", ``, `<p>Eingegangen am 3. Januar 2024, angenommen am 1. April 2024, veröffentlicht am 6. Mai 2024</p>`, "2024-05-06", ""},
		{"received, accepted, published at the end", "fr", ``, body + `<p>Reçu le 3 janvier 2024 ; accepté le 1 avril 2024 ; publié le 6 mai 2024</p>`, "2024-05-06", ""},
		{"microdata", "en", ``, body + `<footer><p itemprop="datePublished" content="2024-05-06 10:15:00">May 2024</p></footer>`, "2024-05-06", ""},
		{"microdata of a list", "en", ``, body + `<p itemprop="datePublished" content="2024-05-06">May</p><p itemprop="datePublished" content="2024-06-06">June</p>`, "", ""},
		{"a title", "en", ``, `<p><abbr class="published" title="2024-05-06T10:15:00+02:00">two years ago</abbr></p>`, "2024-05-06T10:15:00+02:00", ""},
		// in the nearest place
		{"above the menu's days", "en", ``, `<p>6 May 2024</p>` + prose + `<p>1 June 2024</p>`, "2024-05-06", ""},
		// in the line that a blog or wiki ends with
		{"a blog's last line", "de", ``, body + `<p class="postmetadata"><small>Dieser Beitrag wurde am Montag, 6. Mai 2024 um 10:15 Uhr veröffentlicht und unter <a href="/tag/see">See</a> abgelegt.</small></p>`, "2024-05-06", ""},
		{"saved by", "de", ``, body + `<div class="submitted">Gespeichert von <span>ana</span> am 6. Mai 2024 - 18:55</div>`, "2024-05-06", ""},
		{"posted, Polish", "pl", ``, body + `<p>Data publikacji: 6 maja 2024</p>`, "2024-05-06", ""},
		{"posted, Spanish", "es", ``, body + `<p>Publicado el 6 de mayo de 2024</p>`, "2024-05-06", ""},
		{"a wiki's last line", "en", ``, body + `<footer><p>This page was last edited on 6 May 2024, at 10:15.</p></footer>`, "2024-05-06", "2024-05-06"},
		{"a signature", "de", ``, body + `<p>Ana Ferrer<br>6. Mai 2024</p>`, "2024-05-06", ""},
		{"an event's day before that of the byline", "fr", ``, `<p>Le conseil se réunit le 20 juin 2024</p><p>Publié par Ana Ferrer, 6 mai 2024</p>`, "2024-05-06", ""},
		{"a sentence about the first day", "pt", ``, `<p class="data">8 de maio de 2024</p>` + body + `<p><em>Este artigo foi originalmente publicado a 6 de maio de 2019 e atualizado a 7 de maio de 2024.</em></p>`, "2019-05-06", "2024-05-07"},
		{"a comment about its article's first day", "en", ``, `<p class="date">8 May 2024</p>` + body + `<div class="comments"><p>This article was first published on 6 May 2019.</p></div>`, "2024-05-08", ""},
		// in pieces, in the first line, in a list
		{"the leaf of a calendar", "en", ``, `<div><div><span class="m">May</span> <span class="d">6</span> <span class="y">2024</span></div><ul><li>Share</li><li>Mail</li><li>Print</li><li>Save</li><li>Post</li><li>Send</li><li>Pin</li><li>Cut</li></ul></div>`, "2024-05-06", ""},
		{"day and year in elements of their own", "fr", ``, `<p class="when"><b>6 mai</b> <i>2024</i> <i>10:15</i> <a href="#">x</a></p>`, "2024-05-06", ""},
		{"beside other words in no element", "de", `<meta name="date" content="2024-05-12">`, `<div class="head">06.05.2024 <span>– Redaktion: Ana Ferrer (Sprecherin des Hafens)</span></div>`, "2024-05-06", ""},
		{"a dateline", "en", ``, `<p>PORT MERIDIAN, May 6, 2024 (QNA) – ` + strings.Repeat("The wind rose all night. ", 12) + `</p>`, "2024-05-06", ""},
		{"a dateline in brackets, second paragraph", "de", ``, `<p>` + strings.Repeat("Der Wind stieg. ", 8) + `</p><p><b>Bern, (6.5.2024).</b> ` + strings.Repeat("Der Wind stieg. ", 20) + `</p>`, "2024-05-06", ""},
		{"a dateline, Spanish", "es", ``, `<p>Puerto Claro, 6 de mayo de 2024.- ` + strings.Repeat("El viento creció. ", 20) + `</p>`, "2024-05-06", ""},
		{"a sentence's day is no dateline", "en", ``, `<p>On May 6, 1945 – ` + strings.Repeat("the wind rose all night. ", 12) + `</p>`, "", ""},
		{"a list of the latest that has the page", "pl", ``, body + `<ul><li><a href="/a">A storm</a> 06.05.2024</li><li><a href="/b">Another storm at sea</a> 01.05.2024</li></ul>`, "", ""},
		{"the latest in lines, Russian", "ru", ``, `<div class="x1"><span class="x2">13.05.2024</span> <a href="/a">Кран снова стоит на причале</a><br><span class="x2">30.04.2024</span> <a href="/b">Паром вернулся в порт</a></div>`, "", ""},
		{"the latest in lines, Portuguese", "pt", ``, `<td><b>16/5/2024</b> <a href="/a">A grua voltou ao cais da vila</a><br><b>15/5/2024</b> <a href="/b">O barco voltou ao porto da vila</a></td>`, "", ""},
		{"a day before a link to the section", "pt", ``, `<div><b>16/5/2024</b> <a href="/a">O mar e as suas coisas</a><br><b>Ana</b> <a href="/b">As outras páginas dela</a></div>`, "2024-05-16", ""},
		{"the next events are a list", "de", ``, `<div>` + strings.Repeat(`<div class="e">Sa. 11.05.2024 <a href="/e">Fest</a></div><div class="e">So. 12.05.2024 Fest</div><div class="e">Mo. 13.05.2024 Fest</div><div class="e">Di. 14.05.2024 Fest</div>`, 1) + `</div>`, "", ""},
		{"a number of an identifier", "en", ``, `<p class="date">3d2-ce5 Dec 16, 2024</p>`, "2024-12-16", ""},
		{"a month and a time in Japanese signs", "ja", ``, `<p class="date">6月24日 11時30分</p>`, "", ""},
		{"a year of two digits, Korean", "ko", ``, `<p class="date">24.05.06 10:15</p>`, "2024-05-06", ""},
		{"a copyright is no date", "en", ``, body + `<footer><p>© 6 May 2024 Harbour Post</p></footer>`, "", ""},
		{"a post of somebody's among the text is dated by itself, Spanish", "es", ``, body + `<div class="tweet"><div>Ana Ferrer @ferrer</div><div>El mar</div><div class="tweet-footer"><a href="https://chirp.example/1">8:14 ∙ 6 de mayo de 2019</a></div></div>` + body, "", ""},
		{"a comment's label is not the article's", "en", ``, body + `<div class="comments"><p>Posted on 6 May 2024</p></div>`, "", ""},
		{"prose that tells of a publication", "de", ``, `<p>` + strings.Repeat("Der Wind stieg. ", 20) + `Das Buch wurde am 6. Mai 2024 veröffentlicht.</p>` + body, "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			md := metadataOf(t, `<html lang="`+c.lang+`"><head><title>A storm</title>`+c.head+`</head><body><main><h1>A storm</h1>`+c.body+prose+`</main></body></html>`)
			if md.Published != c.published || md.Modified != c.modified {
				t.Errorf("published %q (%s), modified %q (%s), want %q, %q", md.Published, md.From.Published, md.Modified, md.From.Modified, c.published, c.modified)
			}
		})
	}
}

// TestDateBeforeTheHeadline finds a date far above the headline, in the article's
// own element.
func TestDateBeforeTheHeadline(t *testing.T) {
	md := metadataOf(t, `<html lang="en"><body><p>1 May 2020</p><main><article><header><time datetime="2024-05-06">6 May 2024</time></header><div>`+
		strings.Repeat(`<i></i>`, headBefore)+`</div><h1>A storm</h1><p>text</p></article></main></body></html>`)
	if md.Published != "2024-05-06" {
		t.Errorf("published = %q from %q", md.Published, md.From.Published)
	}
}

// TestDateAfterTheFetch leaves out a day that had not come when the page was fetched.
func TestDateAfterTheFetch(t *testing.T) {
	src := []byte(`<html lang="en"><h1>A storm</h1><p class="date">6 May 2024</p><p>text</p>`)
	for _, c := range []struct{ fetched, want string }{{"2024-05-06", "2024-05-06"}, {"2024-05-01", ""}} {
		at, err := time.Parse(time.DateOnly, c.fetched)
		if err != nil {
			t.Fatal(err)
		}
		if md := metadataAt(t, page.Input{HTML: src, FetchedAt: at}); md.Published != c.want {
			t.Errorf("fetched on %s: published = %q, want %q", c.fetched, md.Published, c.want)
		}
	}
}

// TestDateInAddress weighs the day in the address against a stated one.
func TestDateInAddress(t *testing.T) {
	for _, c := range []struct{ name, url, stated, want string }{
		{"published again later", "https://a.example/2024/05/06/a-storm", "2025-02-01T10:00:00+01:00", "2024-05-06"},
		{"the evening before in Greenwich", "https://a.example/2024/5/7/a-storm", "2024-05-06T23:10:00Z", "2024-05-07"},
		{"the morning after in Greenwich", "https://a.example/2024/05/06/a-storm", "2024-05-07T01:10:00Z", "2024-05-06"},
		{"an offset is not Greenwich", "https://a.example/2024/05/06/a-storm", "2024-05-07T01:10:00+02:00", "2024-05-07T01:10:00+02:00"},
		{"the day of an issue to come", "https://a.example/2024/05/16/a-storm", "2024-05-06T10:00:00Z", "2024-05-06T10:00:00Z"},
		{"a day that the slug tells of", "https://a.example/a-storm-2023-05-06", "2024-05-06T10:00:00Z", "2024-05-06T10:00:00Z"},
	} {
		t.Run(c.name, func(t *testing.T) {
			md := metadataAt(t, page.Input{URL: c.url, HTML: []byte(`<html lang="en"><head><meta property="article:published_time" content="` + c.stated + `"></head><h1>A storm</h1><p>text</p>`)})
			if md.Published != c.want {
				t.Errorf("published = %q from %q, want %q", md.Published, md.From.Published, c.want)
			}
		})
	}
}

// TestShownAgain: a day that the page shows, whoever else has it, does not take the place of
// the stated one that the address has, too.
func TestShownAgain(t *testing.T) {
	const shown = `<meta property="article:published_time" content="2024-05-06T10:00:00+02:00"><meta name="sailthru.date" content="2024-07-24"></head><h1>A storm</h1>`
	for _, c := range []struct{ name, url, shown, want string }{
		{"changed", "https://a.example/2024/05/06/a-storm", `<p class="byline">Updated <time class="date">Jul 24, 2024</time></p>`, "2024-05-06T10:00:00+02:00"},
		{"no word of it, German", "https://a.example/2024/05/06/sturm", `<p class="date">24.07.2024</p>`, "2024-05-06T10:00:00+02:00"},
		{"no day in the address", "https://a.example/a-storm", `<p class="date">24 July 2024</p>`, "2024-07-24"},
	} {
		md := metadataAt(t, page.Input{URL: c.url, HTML: []byte(`<html lang="en"><head>` + shown + c.shown + `<p>text</p>`)})
		if md.Published != c.want {
			t.Errorf("%s: published = %q from %q, want %q", c.name, md.Published, md.From.Published, c.want)
		}
	}
}

// TestDateBesideTheTitle reads the day in a list of the site's latest articles.
func TestDateBesideTheTitle(t *testing.T) {
	list := `<ul><li><a href="/b">Another storm</a> 01.05.2024</li><li><a href="/a">Three harbours closed</a> 06.05.2024</li></ul>`
	page := func(after string) string {
		return `<html lang="pl"><head><title>Three harbours closed</title></head><body><h1>Three harbours closed</h1>` + strings.Repeat(`<p>`+strings.Repeat("Wiatr wiał całą noc. ", 14)+`</p>`, 3) + after
	}
	if md := metadataOf(t, page(list)); md.Published != "2024-05-06" || md.From.Published.Of != source.List {
		t.Errorf("published = %q from %q", md.Published, md.From.Published)
	}
	if md := metadataOf(t, page(list+`<ul><li><a href="/a">Three harbours closed</a> 07.05.2024</li></ul>`)); md.Published != "" {
		t.Errorf("two days beside the title: published = %q", md.Published)
	}
}

// TestTodayInSiteHeader reads the article's day, and not the one that the site's header
// shows: that of the visit. It is read where the page has no other.
func TestTodayInSiteHeader(t *testing.T) {
	text := strings.Repeat("<p>"+strings.Repeat("zqx vwk zqx, ", 20)+"</p>", 3)
	for _, c := range []struct{ name, url, src, want string }{
		{"nearer than the article's", "https://paper.example/a", `<header><p>fredag 9. januar 2026</p></header><article><h1>Et uvær på sjøen</h1><p>Utgave tre</p><p>Et blad som kommer ut i havnene hver uke</p><p>Nord</p><p>mandag 6. mai 2024</p>%s</article>`, "2024-05-06"},
		{"no other", "https://paper.example/a", `<div id="masthead"><span>fredag 9. januar 2026</span></div><div><h1>Et uvær på sjøen</h1>%s</div>`, "2026-01-09"},
		{"the headline's own", "https://paper.example/a", `<article><header><span>mandag 6. mai 2024</span><h1>Et uvær på sjøen</h1></header>%s</article>`, "2024-05-06"},
		{"address and a reader's comment", "https://paper.example/uvaer/2024-05-06-31", `<div class="header"><p>fredag 9. januar 2026</p></div><h1>Et uvær på sjøen</h1>%s<table><tr><td>Kari (9.5.2024 18:20)<div>Takk</div></td></tr></table>`, "2024-05-06"},
	} {
		m := metadataAt(t, page.Input{URL: c.url, HTML: []byte(`<html lang="no"><title>Et uvær på sjøen</title><body>` + strings.Replace(c.src, "%s", text, 1))})
		if m.Published != c.want {
			t.Errorf("%s: %q, want %q", c.name, m.Published, c.want)
		}
	}
}
