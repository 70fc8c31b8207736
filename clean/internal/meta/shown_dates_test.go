package meta

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"newsclip/clean/article"
	"newsclip/clean/internal/page"
)

// shownDates are forms in which pages of a language print 6 May 2024.
var shownDates = map[string][]string{
	"ar": {"6 مايو 2024", "٦ مايو ٢٠٢٤", "الإثنين 6 أيار 2024", "الاثنين، 06 ماي 2024"},
	"cs": {"6. května 2024", "6. 5. 2024", "pondělí 6. května 2024 10:15"},
	"de": {"6. Mai 2024", "Montag, 06.05.2024, 10:15 Uhr", "06.05.24", "6. Mai ’24", "Mo., 6.5.2024", "Veröffentlicht am 6. Mai 2024 von Ana", "Stand: 06. Mai 2024"},
	"el": {"6 Μαΐου 2024", "Δευτέρα, 6 Μαΐου 2024", "06/05/2024", "6 ΜΑΙΟΥ 2024"},
	"es": {"6 de mayo de 2024", "lunes, 6 mayo 2024", "06 may. 2024", "06/05/2024", "6 de mayo del 2024", "Mayo 6, 2024"},
	"fa": {"۱۷ اردیبهشت ۱۴۰۳", "دوشنبه ۱۷ اردیبهشت ۱۴۰۳ - ۱۰:۱۵", "۱۴۰۳/۰۲/۱۷"},
	"fi": {"6.5.2024", "maanantaina 6. toukokuuta 2024", "6.5.2024 klo 10.15"},
	"fr": {"6 mai 2024", "Publié le lundi 6 mai 2024 à 10h15", "6 mai 2024", "Le 06/05/2024 à 10:15", "Mis en ligne le 6 mai 2024", "06 Mai 2024 - par Ana"},
	"he": {"6 במאי 2024", "06/05/2024", "יום שני, 6 במאי 2024", "6.5.24"},
	"hi": {"6 मई 2024", "सोमवार, 6 मई, 2024", "६ मई २०२४"},
	"hu": {"2024. május 6.", "2024. 05. 06. 10:15", "2024. máj. 6., hétfő", "2024.05.06."},
	"id": {"6 Mei 2024", "Senin, 06 Mei 2024 10:15 WIB", "Senin, 6/5/2024"},
	"it": {"6 maggio 2024", "lunedì 6 maggio 2024", "06/05/2024 10:15", "6º maggio 2024"},
	"ja": {"2024年5月6日", "2024/05/06 10:15", "2024.05.06", "2024年05月06日（月）10時15分", "令和6年5月6日"},
	"ko": {"2024년 5월 6일", "2024.05.06 10:15", "입력 2024-05-06 10:15", "2024. 5. 6."},
	"nl": {"6 mei 2024", "ma 6 mei 2024", "06-05-2024", "Geplaatst op 6 mei 2024"},
	"pl": {"6 maja 2024", "06.05.2024 r.", "6 V 2024", "Opublikowano: 2024-05-06", "poniedziałek, 6 maja 2024"},
	"pt": {"6 de maio de 2024", "06/05/2024 às 10h15", "segunda-feira, 6 de maio de 2024", "06 mai 2024"},
	"ro": {"6 mai 2024", "luni, 6 mai 2024", "06.05.2024"},
	"ru": {"6 мая 2024", "6 мая 2024 г., 10:15", "06.05.2024 10:15", "Понедельник, 06 Мая 2024", "06 мая 2024 года"},
	"sv": {"6 maj 2024", "måndag den 6 maj 2024", "Publicerad 6 maj 2024 10.15"},
	"th": {"6 พฤษภาคม 2567", "6 พ.ค. 2567", "๖ พฤษภาคม ๒๕๖๗", "วันจันทร์ที่ 6 พฤษภาคม พ.ศ. 2567"},
	"tr": {"6 Mayıs 2024", "06.05.2024 10:15", "6 Mayıs 2024 Pazartesi", "6 MAYIS 2024"},
	"uk": {"6 травня 2024", "6 травня 2024 р."},
	"vi": {"6 tháng 5, 2024", "6 Th5, 2024", "Th5 6, 2024", "Thứ Hai, 06/05/2024, 10:15", "Ngày 6 tháng 5 năm 2024"},
	"zh": {"2024年5月6日", "2024-05-06 10:15", "发布时间：2024-05-06 10:15:00 来源：青石日报", "二〇二四年五月六日", "2024年05月06日 10:15"},
}

// TestShownDates reads the day where nothing but its place tells it: in a paragraph under
// the headline, in a class of its own, beside the section's name, and between headline and
// text with no element around it.
func TestShownDates(t *testing.T) {
	for lang, all := range shownDates {
		for n, s := range all {
			text := strings.Repeat("<p>"+strings.Repeat("zqx vwk zqx, ", 20)+"</p>", 3)
			for k, src := range []string{
				`<article><h1>A storm at sea</h1><p>%s</p>%s</article>`,
				`<article><h1>A storm at sea</h1><div class="c7"><span>%s</span></div>%s</article>`,
				`<article><div><span><a href="/x">News</a></span> <span>%s</span></div><h1>A storm at sea</h1>%s</article>`,
				`<div><h2>A storm at sea</h2>%s<br>%s</div>`,
			} {
				p, err := page.Parse(page.Input{URL: "https://news.example/a", FetchedAt: time.Date(2026, 1, 2, 0, 0, 0, 0, time.UTC),
					HTML: []byte(`<html lang="` + lang + `"><title>A storm at sea</title><body>` + fmt.Sprintf(src, s, text))})
				if err != nil {
					t.Fatal(err)
				}
				if got := Read(page.NewTree(p), Options{}).Published; !strings.HasPrefix(got, "2024-05-06") {
					t.Errorf("%s %d: %q in form %d is read as %q", lang, n, s, k, got)
				}
			}
		}
	}
}

// TestHiddenDates reads the day where the page does not print it.
func TestHiddenDates(t *testing.T) {
	text := strings.Repeat("<p>"+strings.Repeat("word and word, ", 20)+"</p>", 3)
	for _, c := range []struct{ name, url, head, under, end, want string }{
		{"a Unix time in an attribute", "/a", "", `<span class="js-date" data-timestamp="1714990500">loading</span>`, "", "2024-05-06"},
		{"a day in an attribute", "/a", "", `<span class="ago" data-date="2024-05-06T10:15:00Z"></span>`, "", "2024-05-06"},
		{"a day in a title", "/a", "", `<span title="May 6, 2024 10:15 AM">2 years ago</span>`, "", "2024-05-06"},
		{"a shown day before one in an attribute", "/a", "", `<p>6 May 2024</p><i data-time="2024-06-01">Point-of-Care</i>`, "", "2024-05-06"},
		{"a parameter of the address", "/story.php?date=2024-05-06&id=5", "", "", "", "2024-05-06"},
		{"the canonical address", "/a", `<link rel="canonical" href="https://news.example/2024/05/06/storm">`, "", "", "2024-05-06"},
		{"a meta element", "/a", `<meta name="pub_date" content="20240506">`, "", "", "2024-05-06"},
		{"data of a script", "/a", "", "", `<script>var data={"page":"x","publish_date":"2024-05-06T10:15:00Z"}</script>`, "2024-05-06"},
		{"data in a string of a script", "/a", "", "", `<script>push("{\"datePublished\":\"2024-05-06T10:15:00Z\"}")</script>`, "2024-05-06"},
		{"data of several articles", "/a", "", "", `<script>[{"publishedAt":"2024-05-06"},{"publishedAt":"2024-05-07"}]</script>`, ""},
		{"the order of the page's other days", "/a", "", `<p>06/05/2024</p>`, `<ul><li>25/04/2024 <a href="/b">Parking</a></li><li>28/04/2024 <a href="/c">Choir</a></li></ul>`, "2024-05-06"},
		{"the order of the page's other days, with hyphens", "/a", "", `<p>06-05-2024</p>`, `<ul><li>25-04-2024 <a href="/b">Parking</a></li><li>28-04-2024 <a href="/c">Choir</a></li></ul>`, "2024-05-06"},
		{"a month first, with hyphens", "/a", "", `<p>05-06-2024</p>`, `<ul><li>04-25-2024 <a href="/b">Parking</a></li><li>04-28-2024 <a href="/c">Choir</a></li></ul>`, "2024-05-06"},
		{"a day among the words of a line that says so after it", "/a", "", "", `<p class="news"><a href="https://news.example/a">A storm at sea</a> was <nobr>6 May 2024</nobr> at <nobr>10:15</nobr> posted and filed under <a href="/h">Harbours</a> and <a href="/w">Weather</a>.</p>`, "2024-05-06"},
		{"a line with the number of comments", "/a", "", `<p>` + strings.Repeat("dull words ", 80) + `</p><div class="date-comments-wrapper"><div class="date"><b>6 May 2024</b> <b>10:15</b></div><a href="#c">47</a></div>`, "", "2024-05-06"},
		{"a part of the title", "/a", "<title>A storm at sea - Harbour Post - 6 May 2024</title>", "", "", "2024-05-06"},
		{"a year in the title", "/a", "<title>A storm at sea - Harbour Post - 2024</title>", "", "", ""},
		{"a copyright year", "/a", "", "", `<p>Copyright 2019 Harbour Post</p>`, ""},
	} {
		p, err := page.Parse(page.Input{URL: "https://news.example" + c.url, FetchedAt: time.Date(2026, 1, 2, 0, 0, 0, 0, time.UTC),
			HTML: []byte(`<html lang="en">` + c.head + `<title>A storm at sea</title><body><article><h1>A storm at sea</h1>` + c.under + text + `</article>` + c.end)})
		if err != nil {
			t.Fatal(err)
		}
		if got := Read(page.NewTree(p), Options{}).Published; !strings.HasPrefix(got, c.want) || c.want == "" && got != "" {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

// TestOtherH1 reads the day by the headline where the one h1 is of a box at the end of the
// page, and two sources against the class of the shown day.
func TestOtherH1(t *testing.T) {
	text := strings.Repeat("<p>"+strings.Repeat("word and word, ", 20)+"</p>", 3)
	md := metadataOf(t, `<html lang="en"><title>A storm at sea</title><body><div><span>A storm at sea</span><h4>6 May 2024</h4></div>`+text+`<div><h1>Return to the other website</h1></div>`)
	if md.Published != "2024-05-06" {
		t.Errorf("got %q", md.Published)
	}
	md = metadataOf(t, `<html lang="en"><title>A storm at sea</title><meta property="article:published_time" content="2024-05-06T12:00:00+02:00">
		<script type="application/ld+json">{"@type":"NewsArticle","headline":"A storm at sea","datePublished":"2024-05-03T10:00:00+02:00","dateModified":"2024-05-06T12:01:00+02:00"}</script>
		<body><article><h1>A storm at sea</h1><time class="updated" datetime="2024-05-06T12:00:00+02:00">6 May 2024</time>`+text+`</article>`)
	if md.Published != "2024-05-06T12:00:00+02:00" {
		t.Errorf("two sources against one: got %q", md.Published)
	}
}

// TestMonths tells the month of a page that tells no day, as evidence alone.
func TestMonths(t *testing.T) {
	for _, c := range []struct{ lang, shown, url, want, from string }{
		{"en", "May 2024", "https://www.example.org/a-storm", "2024-05", "visible month"},
		{"es", "mayo de 2024", "https://www.example.org/a-storm", "2024-05", "visible month"},
		{"de", "Ausgabe Mai 2024", "https://www.example.org/a-storm", "2024-05", "visible month"},
		{"ja", "2024年5月", "https://www.example.org/a-storm", "2024-05", "visible month"},
		{"ru", "Май 2024", "https://www.example.org/a-storm", "2024-05", "visible month"},
		{"fr", "Mai 2024", "https://www.example.org/a-storm", "2024-05", "visible month"},
		{"en", "05/2024", "https://www.example.org/a-storm", "2024-05", "visible month"},
		{"en", "A short read", "https://www.example.org/journal/2024/05/92713", "2024-05", "address, its month"},
		{"en", "Since 2019", "https://www.example.org/a-storm", "", ""},
	} {
		p, err := page.Parse(page.Input{URL: c.url, HTML: []byte(`<html lang="` + c.lang + `"><title>A storm at sea</title><body><article><h1>A storm at sea</h1><p>` + c.shown + `</p>` + strings.Repeat("<p>"+strings.Repeat("word and word, ", 20)+"</p>", 3))})
		if err != nil {
			t.Fatal(err)
		}
		md := Read(page.NewTree(p), Options{Explain: true})
		got := article.Evidence{}
		for _, e := range md.Evidence(&article.Article{Published: md.Published}) {
			if e.Field == "published" {
				got = e
			}
		}
		if md.Published != "" || got.Value != c.want || got.From != c.from {
			t.Errorf("%q at %s: published %q, evidence %+v, want %q from %q", c.shown, c.url, md.Published, got, c.want, c.from)
		}
	}
}

// TestDaysOfOthers leaves out the days of other articles, of readers and of the text.
func TestDaysOfOthers(t *testing.T) {
	const text = `<p>The wind rose all night, and the boats in the harbour lay still until the morning came, with nobody there to see it.</p>`
	for _, c := range []struct{ name, lang, url, body, want string }{
		{"related articles", "en", "/storm", `<h1>A storm at sea</h1>` + text + text + `<h3>More</h3><ul><li><a href="/n/1">Bread prize</a> 3 May 2020</li><li><a href="/n/2">Bay frozen</a> 5 May 2020</li></ul>`, ""},
		{"the same, Polish", "pl", "/storm", `<h1>Sztorm na morzu</h1>` + text + text + `<h3>Zobacz</h3><ol><li><a href="/n/1">Chleb roku jest nasz</a>, <i>3 maja 2020</i></li></ol>`, ""},
		{"the latest articles, over the day", "en", "/storm", `<h1>A storm at sea</h1><ul><li><time datetime="2020-05-09">9 May 2020</time> <a href="/n/1">The bread prize goes to Hill Street</a></li><li><time datetime="2020-05-08">8 May 2020</time> <a href="/n/2">The bay is frozen once more</a></li></ul><p>Ana Ferrer · 3 May 2020</p>` + text + text, "2020-05-03"},
		{"the same, German, in boxes", "de", "/sturm", `<h1>Ein Sturm auf See</h1><div class="n"><div class="i"><a href="/n/1">Der Brotpreis geht an den Hügel</a> <time>09.05.2020</time></div><div class="i"><a href="/n/2">Die Bucht ist wieder zugefroren</a> <time>08.05.2020</time></div></div><div>Ana Ferrer</div><div>03.05.2020</div>` + text + text, "2020-05-03"},
		{"one link beside the day", "en", "/storm", `<h1>A storm at sea</h1><div><div class="m"><a href="/people/ana">Ana Ferrer of the Harbour Desk</a> 3 May 2020</div><div class="m"><a href="/forms/reader">Write a letter to the desk</a></div></div>` + text + text, "2020-05-03"},
		{"an item without a link", "en", "/storm", `<h1>A storm at sea</h1>` + text + text + `<ul><li>3 May 2020</li></ul>`, "2020-05-03"},
		{"the day of a reader, German", "de", "/storm", `<h2>Der Sturm auf See</h2><table><tr><td>Segler77<br>Beiträge: 31<br>Registriert: 03.02.2011</td><td><p>Verfasst: 14. Apr 2022, 20:11</p>` + text + `</td></tr></table>`, "2022-04-14"},
		{"the same, Spanish", "es", "/storm", `<h2>La tormenta en el mar</h2><div><div>Marino7<br>Mensajes: 31<br>Registrado: 3 feb 2011</div><div><p>14 abr 2022, 20:11</p>` + text + `</div></div>`, "2022-04-14"},
		{"a day's own word at its row's head, Polish", "pl", "/sztorm", `<h1>Sztorm na morzu</h1><table><tr><th>Autor</th><td>Ewa Nowak</td></tr><tr><th>Data:</th><td>3 maja 2020</td></tr></table>` + text, "2020-05-03"},
		{"in a long line of the system's", "en", "/storm", `<h1>A storm at sea</h1><p>Posted by Ana Ferrer on Sunday, 3 May 2020 · 14 comments · filed under Harbours</p>` + text, "2020-05-03"},
		{"the same, German", "de", "/sturm", `<h1>Ein Sturm auf See</h1><div>Veröffentlicht am 3. Mai 2020 in Politik, Gesellschaft, Hafen und Umland, Wetter.</div>` + text, "2020-05-03"},
		{"a sentence about another publication", "en", "/storm", `<h1>A storm at sea</h1><p>The act on the harbours of the coast was published on 3 May 2020 in the gazette.</p>` + text, ""},
		{"a fact of a table, whatever its class", "en", "/storm", `<h1>The harbour company</h1><table><tr><th>Founded</th><td>3 May 1998 <span class="bday published updated">1998-05-03</span></td></tr></table>` + text, ""},
		{"the same, Spanish", "es", "/storm", `<h1>La compañía del puerto</h1><table><tr><th>Fundación</th><td><time datetime="1998-05-03">3 de mayo de 1998</time></td></tr></table>` + text, ""},
		{"the day of publication in such a table", "en", "/storm", `<h1>The harbour company</h1><table><tr><th>Published</th><td>3 May 2020</td></tr></table>` + text, "2020-05-03"},
		{"a list of the text, and the address", "en", "/2021/01/18/storm", `<h1>A storm at sea</h1>` + strings.Repeat(text, 2) + `<ul><li>2022-04-12: a note on the storm of that year</li></ul>` + text, "2021-01-18"},
		{"the same, French", "fr", "/2021/01/18/tempete", `<h1>Une tempête en mer</h1>` + strings.Repeat(text, 2) + `<ul><li>12 avril 2022 : une note sur la tempête</li></ul>` + text, "2021-01-18"},
		{"under the headline, and the address", "en", "/2021/01/18/storm", `<h1>A storm at sea</h1><p>17 January 2021</p>` + text + text, "2021-01-17"},
	} {
		md := metadataAt(t, page.Input{URL: "https://www.example.org" + c.url, HTML: []byte(`<html lang="` + c.lang + `"><title>A storm</title><body>` + c.body + strings.Repeat(text, 2))})
		if md.Published != c.want {
			t.Errorf("%s: published = %q from %q, want %q", c.name, md.Published, md.From.Published, c.want)
		}
	}
}
