package meta

import (
	"strings"
	"testing"

	"newsclip/clean/internal/names"
	"newsclip/clean/internal/page"
)

func TestSplitNames(t *testing.T) {
	for _, c := range []struct {
		in    string
		field bool
		want  string // names parted by |
	}{
		{"By Ana Ferrer", false, "Ana Ferrer"},
		{"Written by: Ana Ferrer", false, "Ana Ferrer"},
		{"Von Jörg Ahlers", false, "Jörg Ahlers"},
		{"Ein Kommentar von Jörg Ahlers", false, "Jörg Ahlers"},
		{"Por Ana Ferrer", false, "Ana Ferrer"},
		{"Par Luc Morel et Ana Ferrer", false, "Luc Morel|Ana Ferrer"},
		{"Di Carla Neri e Ana Ferrer", false, "Carla Neri|Ana Ferrer"},
		{"Av Ola Moe og Kari Lie", false, "Ola Moe|Kari Lie"},
		{"Door Piet de Wit en Ana Ferrer", false, "Piet de Wit|Ana Ferrer"},
		{"Автор: Иван Петров", false, "Иван Петров"},
		{"By Ana Ferrer, Luc Morel and Jo Doe", false, "Ana Ferrer|Luc Morel|Jo Doe"},
		{"Ana Ferrer, Luc Morel, and Jo Doe", false, "Ana Ferrer|Luc Morel|Jo Doe"},
		{"Ana Ferrer & Luc Morel", false, "Ana Ferrer|Luc Morel"},
		{"Ana Ferrer, MD, Ph.D.", false, "Ana Ferrer, MD, Ph.D."},
		{"Ana Ferrer Jr.", false, "Ana Ferrer Jr"},
		{"Ana Ferrer, Senior Reporter", false, "Ana Ferrer"},
		{"Ana Ferrer (Madrid)", false, "Ana Ferrer"},
		{"Ana Ferrer | Redakteurin", false, "Ana Ferrer"},
		{"By Ana Ferrer May 6, 2024", false, "Ana Ferrer"},
		{"Ana Ferrer on Tuesday", false, "Ana Ferrer"},
		{"Ana Ferrer 31 May", false, "Ana Ferrer"},
		{"5 min read", false, ""},
		{"Updated 6 May 2024", false, ""},
		{"ana@example.org", false, ""},
		{"https://example.org/ana", false, ""},
		{"admin", true, ""},
		{"Staff Writer", false, ""},
		{"Staff Writer", true, "Staff Writer"},
		{"Travel Expert", true, "Travel Expert"},
		{"Center for Food and Health", true, "Center for Food and Health"},
		{"Research and Development Team", true, "Research and Development Team"},
		{"dpa/AFP", true, "dpa|AFP"},
		{"Last, First", true, "Last|First"},
		{"", true, ""},
	} {
		if got := strings.Join(names.NameReader{}.Split(c.in, c.field), "|"); got != c.want {
			t.Errorf("split(%q, %v) = %q, want %q", c.in, c.field, got, c.want)
		}
	}
}

// TestNamesByLanguage: a word is a "by", an "and" or the beginning of a place in its
// own language alone, and a part of a name elsewhere.
func TestNamesByLanguage(t *testing.T) {
	for _, c := range []struct {
		lang, in string
		stated   bool
		want     string
	}{
		// names that are words in another language, or in this one
		{"en", "Dan Lamotte", false, "Dan Lamotte"}, {"id", "Dan Lamotte", false, "Dan Lamotte"},
		{"en", "Ed Ferrer and Con Doyle", false, "Ed Ferrer|Con Doyle"}, {"it", "Ed Ferrer", false, "Ed Ferrer"},
		{"en", "Si Ferrer", false, "Si Ferrer"}, {"fi", "Ja Ferrer", false, "Ja Ferrer"}, {"da", "Og Mandel", false, "Og Mandel"},
		{"de", "Mit Romney", false, "Mit Romney"}, {"es", "Con Doyle", true, "Con Doyle"},
		{"en", "Von Miller", false, "Von Miller"}, {"de", "Von Miller", true, "Von Miller"},
		{"en", "Par Holm", false, "Par Holm"}, {"fr", "Par Holm", true, "Par Holm"},
		{"en", "Di Rivers", false, "Di Rivers"}, {"it", "Di Rivers", true, "Di Rivers"},
		{"en", "Af Klint", false, "Af Klint"},
		{"es", "Ana dan Luc", false, "Ana dan Luc"},
		// the words themselves
		{"id", "Ana Ferrer dan Luc Morel", false, "Ana Ferrer|Luc Morel"},
		{"fi", "Ana Ferrer ja Luc Morel", false, "Ana Ferrer|Luc Morel"},
		{"de", "Von Ana Ferrer", false, "Ana Ferrer"}, {"en", "By Ana Ferrer", true, "Ana Ferrer"},
		{"it", "di Carla Neri ed Ana Ferrer", false, "Carla Neri|Ana Ferrer"},
		// places, newspapers, agencies
		{"en", "By Ana Ferrer in Port Meridian and Luc Morel in Norhaven", false, "Ana Ferrer|Luc Morel"},
		{"en", "Ana Ferrer and agencies", false, "Ana Ferrer"},
		{"de", "Ana Ferrer und Agenturen", false, "Ana Ferrer"},
		{"en", "By Ana Ferrer for the Harbour Post", false, "Ana Ferrer"},
		{"de", "Von Jörg Ahlers für die Hafenpost", false, "Jörg Ahlers"},
		{"es", "Por Ana Ferrer en Madrid", false, "Ana Ferrer"},
		{"de", "Von Jörg Ahlers, Berlin", false, "Jörg Ahlers"},
		{"de", "Von Jörg Ahlers, dpa", false, "Jörg Ahlers|dpa"},
		{"en", "By Ana Ferrer, Reuters", false, "Ana Ferrer|Reuters"},
		{"fr", "Par Luc Morel, à Bruxelles", false, "Luc Morel"},
		{"fr", "Par Luc Morel (à Bruxelles)", false, "Luc Morel"},
		{"en", "Reporting by Ana Ferrer; Editing by Luc Morel", false, "Ana Ferrer"},
		{"nl", "Sophie in 't Veld", false, "Sophie in 't Veld"},
		{"en", "This post was written by Ana Ferrer", false, "Ana Ferrer"},
		{"en", "Ana Ferrer, Head of Marketing", false, "Ana Ferrer"},
		{"en", "Ana Ferrer, 10+ years at sea", false, "Ana Ferrer"},
		// jobs before and behind
		{"de", "Von Anker-Redakteurin Ana Ferrer", true, "Ana Ferrer"},
		{"de", "Sportredakteur Jörg Ahlers", false, "Jörg Ahlers"},
		{"en", "Staff Reporter Ana Ferrer", false, "Ana Ferrer"},
		{"en", "Ana Ferrer Staff Writer", false, "Ana Ferrer"},
		{"en", "Harbour Post editors", true, "Harbour Post editors"},
		{"fr", "Journaliste Luc Morel", false, "Luc Morel"},
		{"ko", "홍길동 기자", false, "홍길동"}, {"ko", "홍길동기자", true, "홍길동"}, {"ko", "홍길동 특파원", false, "홍길동"},
		{"ja", "山田太郎記者", false, "山田太郎"}, {"ja", "記者 山田太郎", false, "山田太郎"}, {"ja", "山田 太郎 編集委員", false, "山田 太郎"},
		{"zh", "本报记者 张三", false, "张三"}, {"zh", "记者：张三", false, "张三"},
		// what is a button or a day
		{"de", "Eingetragen am", false, ""}, {"en", "Follow", true, ""}, {"en", "Sat", false, ""},
	} {
		if got := strings.Join((names.NameReader{Lang: c.lang, Stated: c.stated}).Split(c.in, c.stated), "|"); got != c.want {
			t.Errorf("%s: split(%q, stated %v) = %q, want %q", c.lang, c.in, c.stated, got, c.want)
		}
	}
}

func TestAuthors(t *testing.T) {
	for _, c := range []struct{ name, head, body, want, from string }{
		{"json-ld person", `<script type="application/ld+json">{"@type":"NewsArticle","headline":"A storm","author":{"@type":"Person","name":"Ana Ferrer","url":"/people/ana"}}</script>`, ``,
			"Ana Ferrer https://www.example.org/people/ana", "json-ld author"},
		{"json-ld reference", `<script type="application/ld+json">{"@graph":[{"@type":"Article","headline":"A storm","author":{"@id":"#ana"}},{"@type":"Person","@id":"#ana","name":"Ana Ferrer"}]}</script>`, ``,
			"Ana Ferrer", "json-ld author"},
		{"the site is no author where someone else is", `<meta property="og:site_name" content="Harbour Post"><meta name="author" content="Harbour Post">`, `<p class="byline">By Ana Ferrer</p>`,
			"Ana Ferrer", "byline class"},
		{"the site where nobody else is", `<meta property="og:site_name" content="Harbour Post"><meta name="author" content="Harbour Post">`, ``,
			"Harbour Post", "meta author"},
		{"an organization's name is not split", `<script type="application/ld+json">{"@type":"Article","headline":"A storm","author":{"@type":"Organization","name":"Brown & Sons"}}</script>`, ``,
			"Brown & Sons", "json-ld author"},
		{"never twitter:creator", `<meta name="twitter:creator" content="@harbourpost">`, ``, "", ""},
		{"link preview", `<meta name="twitter:label1" content="Written by"><meta name="twitter:data1" content="Ana Ferrer">`, ``,
			"Ana Ferrer", "twitter:data"},
		{"who wrote, not who checked", ``, `<p>By <a href="/author/ana">Ana Ferrer</a></p><p>Reviewed by <a href="/author/luc">Luc Morel</a></p>`,
			"Ana Ferrer https://www.example.org/author/ana", "by line"},
		{"by and name in pieces", ``, `<div><span>By</span><span>Ana Ferrer</span><span>Chief reporter</span></div>`,
			"Ana Ferrer", "by line"},
		{"a comment's author is not the article's", ``, `<div class="comments"><span class="author">Troll Face</span></div>`, "", ""},
		{"beside the date", ``, `<div><span>Ana Ferrer |</span> <span>6 May 2024</span></div>`, "Ana Ferrer", "beside the date"},
		{"cards that open on a click", ``, `<div><span>By </span><span><a href="/people/dan/">Dan Lamotte</a><div class="author-tooltip"><button>close</button><b>Dan Lamotte</b> Reporter at sea</div></span> and <span><a href="/people/ana/">Ana Ferrer</a><div class="x-popover"><i>Follow</i></div></span></div>`,
			"Dan Lamotte|Ana Ferrer", "by line"},
		{"a Korean name with its title", ``, `<div class="info"><span>홍길동 기자</span> <span>입력 2024.05.06 10:15</span></div>`, "홍길동", "by line"},
		{"a Korean name with an address", ``, `<div>홍길동 기자 hong@example.org</div>`, "홍길동", "by line"},
		{"a Japanese name with its title", ``, `<div>山田太郎記者</div>`, "山田太郎", "by line"},
		{"a Japanese label is no name", ``, `<div>公開日：<time datetime="2024-05-06">2024年5月6日</time></div>`, "", ""},
		{"a button with the name", ``, `<p>By <button>Ana Ferrer</button></p>`, "Ana Ferrer", "by line"},
		{"a section after the name", ``, `<p>6 May 2024 <img src="a.png"> Ana Ferrer in <a href="/topic/sea">Sea</a></p>`, "Ana Ferrer", "beside the date"},
		{"a line of its own", `<meta property="og:site_name" content="Harbour Post"><meta name="author" content="Harbour Post">`,
			`<p>ANA FERRER</p><p>` + strings.Repeat("The wind rose all night. ", 12) + `</p>`, "ANA FERRER", "name in a line"},
		{"a line with whom the article is about", ``, `<p>A storm</p><p>` + strings.Repeat("The wind rose all night. ", 12) + `</p>`, "", ""},
		{"a heading over the name", ``, strings.Repeat(`<p>`+strings.Repeat("The wind rose all night. ", 12)+`</p>`, 4) + `<h3>Author(s)</h3><p>Ana Ferrer</p>`, "Ana Ferrer", "tail"},
		{"a link in a footer", ``, `<footer><a rel="author" href="/ana">Ana Ferrer</a></footer>`, "Ana Ferrer https://www.example.org/ana", "rel=author"},
		{"links of a list in a footer", ``, `<footer><a rel="author" href="/ana">Ana Ferrer</a> <a rel="author" href="/luc">Luc Morel</a></footer>`, "", ""},
		{"at the end", ``, strings.Repeat(`<p>`+strings.Repeat("The wind rose all night. ", 12)+`</p>`, 4) + `<p>Written by Ana Ferrer</p>`,
			"Ana Ferrer", "tail"},
	} {
		t.Run(c.name, func(t *testing.T) {
			md := metadataOf(t, `<html><head><title>A storm</title>`+c.head+`</head><body><main><h1>A storm</h1>`+c.body+
				`<p>`+strings.Repeat("The wind rose all night. ", 12)+`</p></main></body></html>`)
			var got []string
			for _, a := range md.Authors {
				got = append(got, strings.TrimSpace(a.Name+" "+a.URL))
			}
			if s := strings.Join(got, "|"); s != c.want || md.From.Authors.String() != c.from {
				t.Errorf("authors = %q from %q, want %q from %q", s, md.From.Authors, c.want, c.from)
			}
		})
	}
}

// metadataOf reads a page at a made-up address.
func metadataOf(t *testing.T, src string) *Metadata {
	t.Helper()
	return metadataAt(t, page.Input{URL: "https://www.example.org/news/a-storm-at-sea", HTML: []byte(src)})
}

func metadataAt(t *testing.T, in page.Input) *Metadata {
	t.Helper()
	p, err := page.Parse(in)
	if err != nil {
		t.Fatal(err)
	}
	return Read(page.NewTree(p), Options{})
}
