package meta

import (
	"newsclip/clean/internal/evidence"
	"strings"
	"testing"

	"newsclip/clean/internal/page"
)

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
		{"the metadata of a service, French", `<meta name="shareaholic:article_author_name" content="Luc Morel">`, ``, "Luc Morel", "meta author"},
		{"link preview", `<meta name="twitter:label1" content="Written by"><meta name="twitter:data1" content="Ana Ferrer">`, ``,
			"Ana Ferrer", "twitter:data"},
		{"who wrote, not who checked", ``, `<p>By <a href="/author/ana">Ana Ferrer</a></p><p>Reviewed by <a href="/author/luc">Luc Morel</a></p>`,
			"Ana Ferrer https://www.example.org/author/ana", "by line"},
		{"by and name in pieces", ``, `<div><span>By</span><span>Ana Ferrer</span><span>Chief reporter</span></div>`,
			"Ana Ferrer", "by line"},
		{"the attribute of a test", ``, `<a data-testid="authorName" >Ana Ferrer</a>`, "Ana Ferrer", "byline class"},
		{"a comment's author is not the article's", ``, `<div class="comments"><span class="author">Troll Face</span></div>`, "", ""},
		{"an account, and who signs beside the date", `<meta name="author" content="jane.doe">`, `<div><span>Ana Ferrer |</span> <span>6 May 2024</span></div>`, "Ana Ferrer", "byline class"},
		{"the feed that put the page in, and who signs", `<meta name="author" content="Hafenpost import">`, `<p>By Ana Ferrer</p>`, "Ana Ferrer", "byline class"},
		{"who put the page in, and who signs", `<meta name="author" content="Luc Morel">`, `<p>By Ana Ferrer</p>`, "Ana Ferrer", "byline class"},
		{"who signs, with the same name in part", `<meta name="author" content="Ana Ferrer">`, `<p>By Ana Ferrer Roca</p>`, "Ana Ferrer", "meta author"},
		{"who checked is not who signs", `<meta name="author" content="Luc Morel">`, `<p>Reviewed by Ana Ferrer</p>`, "Luc Morel", "meta author"},
		{"two who sign are not one", `<meta name="author" content="Luc Morel">`, `<p>By Ana Ferrer and Dan Lamotte</p>`, "Luc Morel", "meta author"},
		{"what an author writes about", ``, `<p class="byline">Ana Ferrer, <span>boats, weather</span></p>`, "Ana Ferrer", "byline class"},
		{"the breadcrumb beside the date", ``, `<div class="breadcrumb"><span>Blog</span> <span>Harbour Weather</span></div><span>6 May 2024</span>`, "", ""},
		{"what the text begins with, beside the date", ``, `<h5>6 May 2024</h5><div><p><b>Ana Ferrer</b> 's boat, the pride of the whole harbour, was stolen last night from its berth, we have learnt.</p></div>`, "", ""},
		{"the same, Spanish", ``, `<h5>6/5/2024</h5><div><p><strong>Ana Ferrer</strong> vendió anoche su barco, orgullo de todo el puerto, y nadie sabe todavía a quién ni por cuánto.</p></div>`, "", ""},
		{"a day between the word of publication and the author, Russian", ``, `<p lang="ru">Опубликовано 6.05.2024 10:15 Автор: Иван Петров Просмотров: 1234</p>`, "Иван Петров", "by line"},
		{"who wrote and took the pictures", ``, `<p>Words and photos by Ana Ferrer</p>`, "Ana Ferrer", "by line"},
		{"who wrote, and who took the pictures", ``, `<p>Words by Ana Ferrer, photos by Luc Morel</p>`, "Ana Ferrer", "by line"},
		{"a line of the page in the author's place", ``, `<div class="byline"><a href="#c">View Comments</a></div>`, "", ""},
		{"the same, German", ``, `<span class="author">Newsletter abonnieren</span>`, "", ""},
		{"a word of the page beside the date", ``, `<div><span>Copy Link</span> <span>6 May 2024</span></div>`, "", ""},
		{"the text about an author", ``, `<div class="author-description">Harbour Pilot, Sea Captain</div><p>Written by Ana Ferrer</p>`, "Ana Ferrer", "by line"},
		{"the text about an author, in a longer class", ``, `<div class="dynamic-author-description">Harbour Pilot, Sea Captain</div><p>Written by Ana Ferrer</p>`, "Ana Ferrer", "by line"},
		{"the text about an author, Italian", ``, `<p class="biografia-autore">Capitano Marittimo</p><p>Scritto da Ana Ferrer</p>`, "Ana Ferrer", "by line"},
		{"the text about an author, by its id, Dutch", ``, `<div id="author-description"><h2 class="author-title">Over Ana Ferrer</h2>Ziet de haven.</div><p>Door <a href="/author/ana">Ana Ferrer</a></p>`,
			"Ana Ferrer https://www.example.org/author/ana", "by line"},
		{"who built the site", `<meta name="author" content="Hafennetz GmbH - www.hafennetz.example"><meta name="author" content="Portweb, www.portweb.example">`, `<p class="meta">6. Mai 2024, durch Ana Ferrer</p>`, "Ana Ferrer", "by line"},
		{"the host, and who signs beside the date", `<meta name="author" content="example.org">`, `<div><span>Ana Ferrer |</span> <span>6 May 2024</span></div>`, "Ana Ferrer", "beside the date"},
		{"the same, Polish", `<meta name="author" content="Example.org">`, `<p><b>Jan Kowal</b>, <time>6.05.2024</time></p>`, "Jan Kowal", "beside the date"},
		{"a person with a site of her own", `<meta name="author" content="Ana Ferrer, www.ferrer.example">`, ``, "Ana Ferrer", "meta author"},
		{"a pen name that links to its page, before whom a list names", ``, `<p>by <a href="/author/ana/">Ana</a> · <a href="/2024/05/06/">May 6, 2024</a></p><div><b>The Tide</b><p>Author: Luc Morel</p></div>`, "Ana", "by line"},
		{"a house and a job before the link", ``, `<div><span>Von HAFENBLATT-online-Redakteur <a rel="author" href="/ana">Ana Ferrer</a></span></div>`, "Ana Ferrer https://www.example.org/ana", "rel=author"},
		{"the same, Spanish", ``, `<div>Publicado por <a rel="author" href="/ana">Ana</a></div><div><i>La marea</i><p>Autor: Luc Morel</p></div>`, "Ana https://www.example.org/ana", "by line"},
		{"a sentence that goes on with a by", ``, `<p>` + strings.Repeat("Der Wind nahm zu. ", 18) + `Im Herbst nimmt das <span>Labor</span> von Bremen den Versuch <abbr>NT</abbr> wieder auf.</p>`, "", ""},
		{"the same, French", ``, `<p>` + strings.Repeat("Le vent se leva. ", 18) + `Le <i>bateau</i> rédigé par Ana Ferrer de Brest <b>est</b> au quai.</p>`, "", ""},
		{"an invitation to comment", ``, `<div class="entry-meta author">6 May 2024 <a href="#respond">add comment</a></div>`, "", ""},
		{"an invitation to comment, German", ``, `<div class="autor-meta"><time>6. Mai 2024</time> <span>Kommentar hinzufügen</span></div>`, "", ""},
		{"a field to filter by", ``, `<fieldset><div class="author">Harbour Weather</div></fieldset>`, "", ""},
		{"beside the date", ``, `<div><span>Ana Ferrer |</span> <span>6 May 2024</span></div>`, "Ana Ferrer", "beside the date"},
		{"with a job and a day", ``, `<p>Ana Ferrer, Pilot Editor, Lisbon | 6 May 2024</p>`, "Ana Ferrer", "beside the date"},
		{"cards that open on a click", ``, `<div><span>By </span><span><a href="/people/dan/">Dan Lamotte</a><div class="author-tooltip"><button>close</button><b>Dan Lamotte</b> Reporter at sea</div></span> and <span><a href="/people/ana/">Ana Ferrer</a><div class="x-popover"><i>Follow</i></div></span></div>`,
			"Dan Lamotte|Ana Ferrer", "by line"},
		{"a link of a school's paper", ``, `<p><a href="/staff_name/ana-ferrer/">Ana Ferrer</a>, <i>Print Managing Editor</i></p>`, "Ana Ferrer https://www.example.org/staff_name/ana-ferrer/", "author link"},
		{"a link to a newsroom's page, German", ``, `<div><a href="/redaktion/ana-ferrer-111.html">Ana Ferrer</a></div>`, "Ana Ferrer https://www.example.org/redaktion/ana-ferrer-111.html", "author link"},
		{"a link to an account", ``, `<div><a href="https://letters.example/@ana">Ana Ferrer</a></div>`, "Ana Ferrer https://letters.example/@ana", "author link"},
		{"a link to an account that is not a person's", ``, `<div><a href="https://video.example/@harbour">Watch</a></div>`, "", ""},
		{"a link to a topic of one person's, by its title", ``, `<p><a href="/topics/ana,145/" title="All articles by Ana Ferrer">Ana Ferrer</a><br>28.04.2024</p>`, "Ana Ferrer https://www.example.org/topics/ana,145/", "author link"},
		{"a link to an author, in a template's white space", ``, `<div>` + strings.Repeat("\n\t\t\t", 100) + `<span>•</span>` + strings.Repeat("\n\t\t\t", 40) + `<a href="/profile/ana">Ana Ferrer</a></div>`, "Ana Ferrer https://www.example.org/profile/ana", "author link"},
		{"after the credit of a picture", ``, `<div><div>The pier at noon</div><div>Getty Images</div></div><div><a href="/author/ana">Ana Ferrer</a> <span>2 minutes ago</span></div>`, "Ana Ferrer https://www.example.org/author/ana", "author link"},
		{"in a section of the article that has the class of others", ``, `<div class="k"><p><span>By</span> <a href="/author/ana">Ana Ferrer</a></p><p><a href="https://shop.example/a">Harbour and Sons</a></p><p>` + strings.Repeat("The tide rose. ", 12) + `</p><p>` + strings.Repeat("It fell again. ", 12) + `</p></div>` + strings.Repeat(`<div class="k"><p>`+strings.Repeat("The wind rose. ", 12)+`</p><p>`+strings.Repeat("It fell again. ", 12)+`</p><p><a href="https://shop.example/b">Harbour and Sons</a></p></div>`, 3), "Ana Ferrer https://www.example.org/author/ana", "by line"},
		{"in a section of the article, with links in sentences", ``, `<div class="k"><p>By <a href="/author/ana">Ana Ferrer</a></p><p>The wind of the night that nobody had seen coming is in <a href="/x">the tables of the year</a>.</p></div>` + strings.Repeat(`<div class="k"><p>It fell again in the morning, and nobody knew why, as <a href="/x">the tables of the harbour office</a> had said.</p></div>`, 3), "Ana Ferrer https://www.example.org/author/ana", "by line"},
		{"behind a paragraph, not beside the day", ``, `<div><span>6 May 2024</span></div><p>` + strings.Repeat("The tide rose. ", 12) + `</p><p>Edith Lamming<br>Mill Street</p>`, "", ""},
		{"behind a paragraph, Spanish", ``, `<p>6 de mayo de 2024</p><div>` + strings.Repeat("Subió la marea. ", 11) + `</div><div>Rosa Vidal</div>`, "", ""},
		{"beside an hour", ``, `<div><span>Ana Ferrer</span><span>2 minutes ago</span></div>`, "Ana Ferrer", "beside the date"},
		{"a labelled line at the end, before readers", ``, strings.Repeat(`<p>`+strings.Repeat("The wind rose all night. ", 12)+`</p>`, 60) + `<div><br>Автор: Варвара Лугинина<br></div><div class="x"><div class="reviews-post-table"><div class="reviews-author">petr</div><div class="reviews-text">So it is.</div></div></div>`, "Варвара Лугинина", "tail"},
		{"behind a day in one line", ``, `<div>11. 3. 2025, Ana Ferrer</div>`, "Ana Ferrer", "beside the date"},
		{"behind a day in one line, with the month's name", ``, `<p>March 11, 2025, Ana Ferrer</p>`, "Ana Ferrer", "beside the date"},
		{"a section behind a day", ``, `<p>March 11, 2025 | Harbour Weather</p>`, "", ""},
		{"beside an hour, behind buttons", ``, `<div><time>1 day ago</time></div><div><button>Share</button><button>Save</button></div><div><span>Ana Ferrer</span></div><div>The Post</div>`, "Ana Ferrer", "beside the date"},
		{"before a label of a day that a script fills in", ``, `<p>Ana Ferrer</p><div>Last updated:</div><div></div>`, "Ana Ferrer", "beside the date"},
		{"beside a portrait", ``, `<img alt="Headshot of Ana Ferrer, who writes about ships" src="/a.jpg"><div><span>Ana Ferrer</span></div>`, "Ana Ferrer", "beside the date"},
		{"beside a portrait, in a link", ``, `<img alt="Ana Ferrer" src="/a.jpg"><a href="/about-us/ana/">Ana Ferrer</a>`, "Ana Ferrer", "beside the date"},
		{"beside a portrait, with a particle", ``, `<img alt="Foto von Jan van Mead" src="/a.jpg"><p>Jan van Mead</p>`, "Jan van Mead", "beside the date"},
		{"a picture of something else", ``, `<img alt="The old pier" src="/a.jpg"><div><span>Harbour Weather</span></div>`, "", ""},
		{"things beside a day", ``, `<ul><li>Boats and nets, Weather</li></ul><span>6 May 2024</span>`, "", ""},
		{"who edited, beside the day", ``, `<div><span>Edited by:</span> <span>Ana Ferrer</span></div><div>6 May 2024</div>`, "", ""},
		{"all of a byline of which the page states the first", `<meta name="author" content="Ana Ferrer">`, `<address>By <a rel="author" href="/a/ana/">Ana Ferrer</a>, <a rel="author" href="/a/dan/">Dan Lamotte</a> and <span>Luc Morel</span></address>`, "Ana Ferrer|Dan Lamotte|Luc Morel", "byline class"},
		{"a company, and who signs", `<meta name="author" content="Hafenblatt Medien GmbH">`, `<p class="byline">By Ana Ferrer</p>`, "Ana Ferrer", "byline class"},
		{"the label in one element with the first name", ``, `<div><span>By: <a href="/dario/"><span>Dario Neri</span></a></span><span>,</span> <a href="/stella/"><span>Stella Guasti</span></a></div>`, "Dario Neri|Stella Guasti", "by line"},
		{"a place behind a comma of its own", ``, `<div><span>By </span><a href="/x"><span>Ana Ferrer</span></a><span>, </span><span>Zürich</span></div>`, "Ana Ferrer https://www.example.org/x", "by line"},
		{"the maker of a picture", ``, `<figure><img src="/a.jpg"><figcaption itemprop="author">Luc Morel</figcaption></figure><address><span>Ana Ferrer and Dan Lamotte</span></address><p>Published <time>6 May 2024</time></p>`, "Ana Ferrer|Dan Lamotte", "beside the date"},
		{"a person whom the first sentence names", ``, `<div><a href="/people/ana">Ana Ferrer</a> and <span>AP</span></div><p>President <a href="/people/luc">Luc Morel</a> has lost the ferry again.</p>`, "Ana Ferrer https://www.example.org/people/ana", "author link"},
		{"two jobs", ``, `<p class="byline">Ana Ferrer, Co-Founder &amp; COO</p>`, "Ana Ferrer", "byline class"},
		{"two jobs, Spanish", ``, `<p class="byline">Ana Ferrer, directora y fundadora</p>`, "Ana Ferrer", "byline class"},
		{"two jobs, French", ``, `<p class="byline">Ana Ferrer, directrice, cofondatrice</p>`, "Ana Ferrer", "byline class"},
		{"a Korean name with its title", ``, `<div class="info"><span>홍길동 기자</span> <span>입력 2024.05.06 10:15</span></div>`, "홍길동", "by line"},
		{"a Korean name with an address", ``, `<div>홍길동 기자 hong@example.org</div>`, "홍길동", "by line"},
		{"a Korean name with its title and newspaper", ``, `<p>[스포츠만신문 김민수 기자]</p>`, "김민수", "by line"},
		{"a Korean name behind a label", ``, `<div><span>글=김민수 기자</span> <span>2024.05.06</span></div>`, "김민수", "by line"},
		{"a Korean name in two parts", ``, `<p>김 민수 기자</p>`, "김 민수", "by line"},
		{"a Japanese name with its title", ``, `<div>山田太郎記者</div>`, "山田太郎", "by line"},
		{"a Japanese name and who took the pictures, a wide space between", ``, `<p>取材・文／山田花子　撮影／鈴木一郎</p>`, "山田花子", "by line"},
		{"a Japanese name behind words and pictures and a wide space", ``, `<p class="byline">写真・文　山田花子</p>`, "山田花子", "by line"},
		{"a Japanese label is no name", ``, `<div>公開日：<time datetime="2024-05-06">2024年5月6日</time></div>`, "", ""},
		{"a button with the name", ``, `<p>By <button>Ana Ferrer</button></p>`, "Ana Ferrer", "by line"},
		{"a section after the name", ``, `<p>6 May 2024 <img src="a.png"> Ana Ferrer in <a href="/topic/sea">Sea</a></p>`, "Ana Ferrer", "beside the date"},
		{"an account beside the person's byline", `<meta name="author" content="jdoe">`, `<p class="byline">By Jo Doe</p>`, "Jo Doe", "byline class"},
		{"cards of authors", ``, `<div class="author-list"><div class="author"><b>Ana Ferrer</b> <i>anaf</i> <button>Follow</button></div><div class="author"><b>Luc Morel</b> <i>lucm</i></div></div>`, "Ana Ferrer|Luc Morel", "byline class"},
		{"cards of authors, no list", ``, `<div class="autor"><b>Ana Ferrer</b> <i>Köln</i></div><div class="autor"><b>Luc Morel</b> <i>Kiel</i></div>`, "Ana Ferrer|Luc Morel", "byline class"},
		{"cards of which one is of a desk", ``, `<div class="author"><b>Ana Ferrer</b> <i>anaf</i></div><div class="author"><b>desk</b></div>`, "Ana Ferrer", "byline class"},
		{"a link to an editor's page", ``, `<div><a href="/about/editors/ana">Ana Ferrer</a><span>06.05.24</span><a href="/topic/sea">in Sea</a></div>`, "Ana Ferrer https://www.example.org/about/editors/ana", "author link"},
		{"an account with a number", `<meta name="author" content="JD4711">`, `<div class="byline">Jo Doe</div>`, "Jo Doe", "byline class"},
		{"an account alone", `<meta name="author" content="jdoe">`, ``, "jdoe", "meta author"},
		{"a given name is no account", `<meta name="author" content="Anthony">`, `<p class="byline">By Ana Ferrer</p>`, "Anthony", "meta author"},
		{"a line of its own", `<meta property="og:site_name" content="Harbour Post"><meta name="author" content="Harbour Post">`,
			`<p>ANA FERRER</p><p>` + strings.Repeat("The wind rose all night. ", 12) + `</p>`, "ANA FERRER", "name in a line"},
		{"a day and by before a link of another kind", ``, `<div>06.05.2024 10:15, by <a href="/a/7">Ana Ferrer</a></div>`, "Ana Ferrer https://www.example.org/a/7", "by line"},
		{"a name before a comma and the day", ``, `<p>Ana Ferrer, 6 May 2024</p>`, "Ana Ferrer", "beside the date"},
		{"a line that says to read on", ``, `<div><span>6 May 2024</span></div><p>Haberin Devamı</p><p>` + strings.Repeat("The wind rose all night. ", 12) + `</p>`, "", ""},
		{"a label of tags in a byline", ``, `<div class="entry-meta author">tagi</div>`, "", ""},
		{"a label of research", ``, `<div class="post-author">Research by: Ana Ferrer</div>`, "Ana Ferrer", "byline class"},
		{"who reported and who edited", ``, strings.Repeat(`<p>`+strings.Repeat("The wind rose all night. ", 12)+`</p>`, 4) + `<p>Reporting by Ana Ferrer; Editing by Luc Morel</p>`, "Ana Ferrer", "tail"},
		{"a line with whom the article is about", ``, `<p>A storm</p><p>` + strings.Repeat("The wind rose all night. ", 12) + `</p>`, "", ""},
		{"a heading over the name", ``, strings.Repeat(`<p>`+strings.Repeat("The wind rose all night. ", 12)+`</p>`, 4) + `<h3>Author(s)</h3><p>Ana Ferrer</p>`, "Ana Ferrer", "tail"},
		{"a link in a footer", ``, `<footer><a rel="author" href="/ana">Ana Ferrer</a></footer>`, "Ana Ferrer https://www.example.org/ana", "rel=author"},
		{"links of a list in a footer", ``, `<footer><a rel="author" href="/ana">Ana Ferrer</a> <a rel="author" href="/luc">Luc Morel</a></footer>`, "", ""},
		{"at the end, a by and a name alone, German", ``, strings.Repeat(`<p>`+strings.Repeat("Der Wind nahm zu. ", 15)+`</p>`, 4) + `<p><em>Von Ana Ferrer</em></p><p><a href="/x">Mehr</a></p>`, "Ana Ferrer", "tail"},
		{"the same, Spanish", ``, strings.Repeat(`<p>`+strings.Repeat("El viento creció. ", 15)+`</p>`, 4) + `<div>Por Ana Ferrer</div>`, "Ana Ferrer", "tail"},
		{"at the end, of a sentence", ``, strings.Repeat(`<p>`+strings.Repeat("The wind rose. ", 15)+`</p>`, 4) + `<p><em>By Port Meridian</em> the boats lay still.</p>`, "", ""},
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

// TestAuthorInAnEntrysFooter: the footer of an entry, by the class of a microformat, is the
// article's own.
func TestAuthorInAnEntrysFooter(t *testing.T) {
	for _, class := range []string{"post hentry", "h-entry"} {
		const want = "Ana Ferrer"
		md := metadataOf(t, `<title>El viejo puente sigue abierto</title><body><div class="`+class+`"><h3 class="entry-title">El viejo puente sigue abierto</h3><p>`+
			strings.Repeat("El viento no dejó de soplar. ", 12)+`</p><div class="post-footer"><span class="post-author">Publicado por <span class="fn">Ana Ferrer</span></span></div></div>`)
		got := ""
		for _, a := range md.Authors {
			got += a.Name
		}
		if got != want {
			t.Errorf("in %q the author is %q, want %q", class, got, want)
		}
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

// TestBylinesInText reads those that papers of East Asia print in brackets at the text's ends.
func TestBylinesInText(t *testing.T) {
	for _, c := range []struct{ lang, begin, end, want string }{
		{"zh", "【记者王小明／盐港报道】", "", "王小明"},
		{"ko", "[염항=김바다 기자] ", "", "김바다"},
		{"ja", "", "<p>【ロンドン＝山田太郎】</p>", "山田太郎"},
		{"zh", "【盐港讯】", "", ""},
		{"zh", "</p><p>文/王小明</p><p>", "", "王小明"},
		{"zh", "</p><p>记者 王小明 通讯员 李华 2024年5月6日</p><p>", "", "王小明, 李华"},
		{"zh", "</p><p>记者王小明 李大海 盐港报道</p><p>", "", ""},
		{"zh", "</p><p>文｜王小明</p><p>", "", "王小明"},
		{"ja", "</p><p>文・山田太郎</p><p>", "", "山田太郎"},
		{"ja", "</p><p>文・山田はるか</p><p>", "", "山田はるか"},
		{"ja", "</p><p>取材／水野さくら</p><p>", "", "水野さくら"},
	} {
		text := strings.Repeat("港务委员会决定让老旋桥再使用五年。", 12)
		md := metadataOf(t, `<html lang="`+c.lang+`"><title>旋桥再用五年</title><body><article><h1>旋桥再用五年</h1><p>`+c.begin+text+`</p><p>`+text+`</p>`+c.end+`</article>`)
		if got := evidence.Names(md.Authors); got != c.want {
			t.Errorf("%s %s%s: got %q, want %q", c.lang, c.begin, c.end, got, c.want)
		}
	}
}

// TestAllShown takes the authors of the byline where a page states the first alone, and
// those of an entry's footer.
func TestAllShown(t *testing.T) {
	const stated = `<meta name="author" content="Ana Ferrer">`
	text := `<p>` + strings.Repeat("word and word, ", 20) + `</p>`
	for _, c := range []struct{ head, page, want string }{
		{stated, `<article><h1>A storm at sea</h1><p class="byline">Written by <b>Dr Ana Ferrer</b>, <b>Luc Morel</b> and <b>Jan de Vries</b></p>` + text + `</article>`, "Dr Ana Ferrer, Luc Morel, Jan de Vries"},
		{stated, `<article><h1>A storm at sea</h1><p class="byline">Luc Morel and Ana Ferrer</p>` + text + `</article>`, "Ana Ferrer"},
		{stated, `<article><h1>A storm at sea</h1><p>By Lizzie Streit, MD</p>` + text + `</article>`, "Lizzie Streit, MD"},
		{"", `<div class="entry hentry"><div class="inner"><h1>A storm at sea</h1><div>` + text + `</div><div class="entry-footer"><span class="post-footers">Posted by <a href="/about">Ana Ferrer</a> on 6 May 2024</span></div></div></div>`, "Ana Ferrer"},
		{"", `<article><h1>A storm at sea</h1><div><span>6 May 2024</span> · <a title="Ana Ferrer"><img src="/a.png" alt=""><i>Ana Ferrer</i></a></div>` + text + `</article>`, "Ana Ferrer"},
	} {
		md := metadataOf(t, `<html lang="en"><title>A storm at sea</title>`+c.head+`<body>`+c.page)
		if got := evidence.Names(md.Authors); got != c.want {
			t.Errorf("%s: got %q, want %q", c.page[:80], got, c.want)
		}
	}
}

// TestNamesBesideSigns reads names that marks of footnotes and labels of their script stand at.
func TestNamesBesideSigns(t *testing.T) {
	for line, want := range map[string]string{
		`<ul class="authors"><li><a>Ana Ferrer</a><sup><a href="#a1">1</a></sup> &amp; </li><li><a>Si Kahn</a></li></ul>`: "Ana Ferrer, Si Kahn",
		`<p class="byline">By <a href="/a">Jo Doe</a>, Berlin</p>`:                                                        "Jo Doe",
		`<p class="byline">By <a href="/a">Jo Doe</a>, Ana Ferrer and <a href="/b">Luc Morel</a></p>`:                     "Jo Doe, Ana Ferrer, Luc Morel",
		`<p class="byline">By <a href="/a">Jo Doe</a>, New York</p>`:                                                      "Jo Doe",
		`<p class="byline">द्वारा <a href="/a">राहुल शर्मा</a>, नई दिल्ली</p>`:                                            "राहुल शर्मा",
		`<p class="byline">Sponsored by Harbour Bank</p>`:                                                                 "",
		`<div class="info"><span>作者：林海</span> <span>责任编辑：王芳</span></div>`:                                                 "林海",
	} {
		md := metadataOf(t, `<html lang="zh"><title>A storm at sea</title><body><article><h1>A storm at sea</h1>`+line+`<p>`+strings.Repeat("word and word, ", 20)+`</p></article>`)
		if got := evidence.Names(md.Authors); got != want {
			t.Errorf("%s: got %q, want %q", line, got, want)
		}
	}
}

// TestClassOfAnArticle: a class of the whole article that names its author's archive is
// that of no byline.
func TestClassOfAnArticle(t *testing.T) {
	for _, c := range []struct{ page, want string }{
		{`<article class="author-article"><p class="rubric">Mainz</p><h1>A storm at sea</h1><p>The wind rose.</p></article>`, ""},
		{`<div class="hentry post author-ana"><h1 class="entry-title">Der „Sturm (auf See)“ von gestern</h1><p>Der Wind nahm zu.</p><a rel="author" href="/ana">Ana Ferrer</a></div>`, "Ana Ferrer"},
		{`<article class="author-article"><h1>A storm at sea</h1><p class="byline">Von Ana Ferrer</p><p>The wind rose.</p></article>`, "Ana Ferrer"},
	} {
		md := metadataOf(t, `<title>A storm at sea</title><body>`+c.page)
		if got := evidence.Names(md.Authors); got != c.want {
			t.Errorf("%s: got %q, want %q", c.page[:40], got, c.want)
		}
	}
}

// TestLongNameOfTheHouse: what the page states for machines is no author where it begins
// with the site's name as the title element has it, and someone signs.
func TestLongNameOfTheHouse(t *testing.T) {
	for _, c := range []struct{ author, line, want string }{
		{"Harbour Post Media Limited", `<p>WRITER: Ana Ferrer</p>`, "Ana Ferrer"},
		{"Harbour Post Verlag GmbH", `<div class="autor">Ana Ferrer</div>`, "Ana Ferrer"},
		{"Harbour Post Media Limited", ``, "Harbour Post Media Limited"},
		{"Luc Morel", `<div class="autor">Ana Ferrer</div>`, "Luc Morel"},
	} {
		md := metadataOf(t, `<html><head><title>A storm – Harbour Post</title><meta name="author" content="`+c.author+`"></head><body><main><h1>A storm</h1>`+c.line+
			`<p>`+strings.Repeat("The wind rose all night. ", 12)+`</p></main></body></html>`)
		if got := evidence.Names(md.Authors); got != c.want {
			t.Errorf("%q, %q: got %q, want %q", c.author, c.line, got, c.want)
		}
	}
}

// TestBylineBoxes reads the boxes of bylines with more than names in them.
func TestBylineBoxes(t *testing.T) {
	const text = `<p>The wind rose all night, and the boats in the harbour lay still until the morning came, with nobody there.</p>`
	for _, c := range []struct{ name, lang, body, want string }{
		{"the headline in the box", "en", `<div class="post-author"><h1>Harbour Crane Plans of the Year</h1><span>Hattie Brome</span></div>`, "Hattie Brome"},
		{"the same, Turkish", "tr", `<div class="yazar author"><h1>Liman Vinci Ne Zaman Onarılacak</h1><span>Ayşe Demir</span></div>`, "Ayşe Demir"},
		{"cards, Korean", "ko", `<h1>섬으로 가는 배</h1><div><dl class="author"><dt>김바다 기자</dt></dl><dl class="author"><dt>이하늘 기자</dt></dl></div>`, "김바다|이하늘"},
		{"cards, Chinese", "zh", `<h1>渡船今天又晚点了</h1><div><p class="author">王小明</p><p class="author">李大海</p></div>`, "王小明|李大海"},
		{"initials behind a label in a line with the day, Czech", "cs", `<h1>Jeřáb v přístavu znovu stojí</h1><div>16. srpna 2022<br>autor: <b>jk</b></div>`, "jk"},
		{"a label in a line without a day, Czech", "cs", `<h1>Jeřáb v přístavu znovu stojí</h1><div>autor: <b>jk</b></div>`, ""},
		{"a button", "en", `<h1>Harbour crane stands again</h1><div class="byline"><span>Save</span></div>`, ""},
		{"the time of reading, German", "de", `<h1>Der Kran steht wieder</h1><div class="author">Lesedauer</div>`, ""},
		{"the day of the week, Indonesian", "id", `<h1>Feri terlambat lagi</h1><p>Ditulis oleh Budi Santoso, Selasa 16 Agustus 2022</p>`, "Budi Santoso"},
		{"the day of the week, Vietnamese", "vi", `<h1>Phà lại đến muộn</h1><p>Thứ Ba, 16 tháng 8, 2022</p>`, ""},
	} {
		md := metadataOf(t, `<html lang="`+c.lang+`"><head></head><body>`+c.body+strings.Repeat(text, 4)+`</body></html>`)
		var got []string
		for _, a := range md.Authors {
			got = append(got, a.Name)
		}
		if s := strings.Join(got, "|"); s != c.want {
			t.Errorf("%s: authors = %q from %q, want %q", c.name, s, md.From.Authors, c.want)
		}
	}
}

// TestNameBesideTheDate: a name right before the day in a line under a headline that is no
// heading.
func TestNameBesideTheDate(t *testing.T) {
	for _, c := range []struct{ lang, html, want string }{
		{"el", `<p class="titel">Η βάρκα γύρισε στο λιμάνι</p><p>Δανάη Μελά, 6 Μαΐου 2024</p>`, "Δανάη Μελά"},
		{"fr", `<p class="titel">Le bac est revenu au port</p><div>Ana Ferrer - le 16/05/2024 à 8h05</div>`, "Ana Ferrer"},
		{"cs", `<p class="titel">ČHMÚ – v noci přijde mráz</p><p>Vendula Malá, 6. května 2024</p>`, "Vendula Malá"},
		{"ro", `<div>Portul - din nou deschis | pe scurt</div><div>Ioana Munteanu, 6 mai 2024</div>`, "Ioana Munteanu"},
		{"ru", `<p>Северный Вестник 06.05.2024</p><p class="titel">Паром вернулся в порт</p>`, ""},
	} {
		prose := map[string]string{"el": "Ο άνεμος φυσούσε όλη νύχτα. ", "fr": "Le vent s'est levé toute la nuit. ", "ru": "Ветер дул всю ночь. ", "cs": "Vítr foukal celou noc. ", "ro": "Vântul a bătut toată noaptea. "}
		title := map[string]string{"el": "Η βάρκα γύρισε στο λιμάνι", "fr": "Le bac est revenu au port", "ru": "Паром вернулся в порт", "cs": "ČHMÚ – v noci přijde mráz – Přístavní list", "ro": "Portul - din nou deschis | pe scurt | Farul"}[c.lang]
		md := metadataOf(t, `<html lang="`+c.lang+`"><head><title>`+title+`</title></head><body><table><tr><td>`+c.html+strings.Repeat(`<p>`+strings.Repeat(prose[c.lang], 12)+`</p>`, 3)+`</td></tr></table></body></html>`)
		got := ""
		for _, a := range md.Authors {
			got += a.Name
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", c.html, got, c.want)
		}
	}
}
