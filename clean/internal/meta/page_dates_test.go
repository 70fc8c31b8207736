package meta

import (
	"strings"
	"testing"
	"time"

	"newsclip/clean/internal/page"
)

// TestDatesOfPages reads dates that stand where no system puts them for machines.
func TestDatesOfPages(t *testing.T) {
	const ld = `<script type="application/ld+json">{"@type":"Article","headline":"A storm","datePublished":"`
	prose := `<p>` + strings.Repeat("The wind rose all night. ", 12) + `</p>`
	body := strings.Repeat(prose, 4)
	for _, c := range []struct{ name, lang, head, body, published, modified string }{
		// one line that says when it was published and when it was changed
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
		{"a copyright is no date", "en", ``, body + `<footer><p>© 6 May 2024 Harbour Post</p></footer>`, "", ""},
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
