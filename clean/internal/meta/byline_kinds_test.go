package meta

import (
	"strings"
	"testing"

	"newsclip/clean/internal/evidence"
)

// TestBylineKinds reads authors in lines and boxes that say more than a name, and none in
// those that only look like a byline.
func TestBylineKinds(t *testing.T) {
	text := `<p>` + strings.Repeat("The wind rose all night. ", 12) + `</p>`
	columns := func(format string) string {
		var b strings.Builder
		for k, s := range []string{"Why the ferry should wait", "A town that learns to save", "Ten years of the wrong road"} {
			b.WriteString(strings.NewReplacer("TITLE", s, "NAME", []string{"Olga Rand", "Ivo Brandt", "Mina Castell"}[k]).Replace(format))
		}
		return b.String()
	}
	agency := `<script type="application/ld+json">{"@type":"NewsArticle","headline":"A storm at sea","author":{"@type":"Organization","name":"Nordmeer Presse"}}</script>`
	site := `<script type="application/ld+json">{"@type":"NewsArticle","headline":"A storm at sea","author":{"@type":"Organization","name":"Harbour Post"},"publisher":{"@type":"Organization","name":"Harbour Post"}}</script>`
	for _, c := range []struct{ name, lang, head, before, after, want string }{
		{"columnists of a side column", "en", "", "", `<div id="authors">` + columns(`<div class="author"><div>NAME</div><a href="/o/TITLE">TITLE</a></div>`) + `</div>`, ""},
		{"columnists in a list", "fr", "", "", `<ul class="auteurs">` + columns(`<li class="auteur"><b>NAME</b> <a href="/o/TITLE">TITLE</a></li>`) + `</ul>`, ""},
		{"three authors with a page each", "en", "", `<div class="authors"><span class="author"><a href="/christopher-robinson">Christopher Robinson</a></span>, <span class="author"><a href="/alexander-hamilton">Alexander Hamilton</a></span> and <span class="author"><a href="/elizabeth-waterman">Elizabeth Waterman</a></span></div>`, "", "Christopher Robinson, Alexander Hamilton, Elizabeth Waterman"},
		{"published by, Russian", "ru", "", `<p>Опубликовано Иван Громов 06.05.2024</p>`, "", "Иван Громов"},
		{"published on, Russian", "ru", "", `<p>Опубликовано 06.05.2024</p>`, "", ""},
		{"published by, Czech", "cs", "", `<div class="meta">Zveřejnila Jana Dvořáková dne 6. 5. 2024</div>`, "", "Jana Dvořáková"},
		{"published by, Swedish", "sv", "", `<p class="meta">Publicerat av Elsa Hjort den 6 maj, 2024</p>`, "", "Elsa Hjort"},
		{"a slash behind the label", "ar", "", `<div>بقلم/ أحمد سالم</div>`, "", "أحمد سالم"},
		{"an agency for machines, a person for readers", "de", agency, `<p class="autor">Text: Jutta Krämer</p>`, "", "Jutta Krämer"},
		{"an agency in both, a person in a line", "en", `<meta name="author" content="Agence France-Presse">`, `<p><span class="byline">Agence France-Presse</span></p><p><b>By Ana Ferrer</b></p>`, "", "Ana Ferrer"},
		{"the site for machines, a person at the end", "en", site, "", text + text + text + `<div class="about"><p class="author">Author:</p><p><a href="/p/9">Ana Ferrer</a></p></div>`, "Ana Ferrer"},
		{"the site for machines, a name that nothing labels", "en", site, "", text + text + text + `<p class="author">Ana Ferrer</p>`, "Harbour Post"},
		{"a link to write a comment", "de", "", `<p class="entry-meta author">6. Mai 2024 <a href="#c">Kommentar verfassen</a></p>`, "", ""},
		{"a link to all authors", "en", "", `<p><a rel="author" href="/authors">All authors</a></p>`, "", ""},
		{"first name and surname in elements", "en", "", `<p class="byline"><span>By</span> <span>Ana</span> <span>Ferrer</span></p>`, "", "Ana Ferrer"},
		{"a name and a button", "en", "", `<p class="byline"><span>By</span> <span>Ana</span> <span>Follow</span></p>`, "", "Ana"},
		{"a nickname, Chinese", "zh", "", `<div><span>原创</span><a class="follow-nickName" href="/linxiao">linxiao</a><span>2024-03-05 发布</span></div>`, "", "linxiao"},
		{"a nickname, Russian", "ru", "", `<div><span class="nickname">камень</span> <time>5 марта 2024</time></div>`, "", "камень"},
		{"a job in the next line", "en", "", `<div><div>Ana Ferrer</div><div>Chief Harbour Correspondent</div></div>`, "", "Ana Ferrer"},
		{"a job in the next line, German", "de", "", `<div><span>Jutta Krämer</span><span>Redakteurin Politik</span></div>`, "", "Jutta Krämer"},
		{"a job in one word, Swedish", "sv", "", `<div><a href="/medarbetare/4">Elsa Hjort</a><span>Näringslivsreporter</span></div>`, "", "Elsa Hjort"},
		{"a label and a bar, Chinese", "zh", "", `<p><span>2024年5月6日</span> <span>撰文|周雨</span> <span>编辑|林晓</span></p>`, "", "周雨"},
		{"words and pictures, and who edited, Japanese", "ja", "", `<p>取材・写真：森 千尋（編集部） 編集：林 健</p>`, "", "森 千尋"},
		{"an agency before a day", "en", "", `<div class="x1">PTI | Updated: May 6, 2024, 13:10 IST</div>`, "", "PTI"},
		{"an agency before a day, Turkish", "tr", "", `<div class="x1">AA | Güncelleme: 6 Mayıs 2024, 13:10</div>`, "", "AA"},
		{"a section before a day", "en", "", `<div class="x1">Ports | Updated: May 6, 2024, 13:10 IST</div>`, "", ""},
		{"authors of teasers after the text", "en", "", `<p><a rel="author" href="/w/4">Ana Ferrer</a></p>`, text + text + text + `<div><p><a rel="author" href="/w/5">Lee Wu</a> <a href="/9">The ferry should wait</a></p><p><a rel="author" href="/w/6">Mina Castell</a> <a href="/8">Ten years of road</a></p></div>`, "Ana Ferrer"},
		{"links to the authors of teasers after the text", "it", "", `<p><a href="/autore/anna-riva">Anna Riva</a></p>` + strings.Repeat(`<div>Il vento era cresciuto tutta la notte, e nessuno usciva dal porto.</div>`, 14), `<p><a href="/autore/luca-conti">Luca Conti</a> <a href="/9">Il faro che nessuno vuole</a></p>`, "Anna Riva"},
		{"a day before the byline", "en", "", `<p>6 May 2024 | By Ana Ferrer</p>`, "", "Ana Ferrer"},
		{"a day before the byline, Korean", "ko", "", `<div>입력 2024-05-06 10:15 / 글·사진 한겨울 기자 han@post.example</div>`, "", "한겨울"},
		{"a place behind the reporter, Chinese", "zh", "", `<div>记者 周雨桐 / 台北报导 2024/05/06 10:15</div>`, "", "周雨桐"},
		{"nobody and a place", "en", "", `<p class="author"><b>By:</b> Correspondent <b>Date:</b> 2024-05-06 <b>Place:</b> Meridian</p>`, "", ""},
		{"a day in Persian digits", "fa", "", `<div>نویسنده: سارا محمدی | ۱۷ اردیبهشت ۱۴۰۳</div>`, "", "سارا محمدی"},
		{"the section beside the day", "da", `<meta property="article:section" content="Erhverv">`, `<div class="author_and_date">Erhverv - 6. maj 2024</div>`, "", ""},
		{"a job as a label, Arabic", "ar", "", `<div class="info">مراسل: أحمد سالم</div>`, "", "أحمد سالم"},
		{"a job as a label, Portuguese", "pt", "", `<p>Jornalista: Ana Ferrer</p>`, "", "Ana Ferrer"},
		{"a job in a sentence's first place, Russian", "ru", "", `<p><a href="/n/5">Журналист</a> Иван Громов ушёл из порта</p>`, "", ""},
		{"a name and what its bearer did, Hungarian", "hu", "", `<p class="byline">Nagy Anna riportja</p>`, "", "Nagy Anna"},
		{"a weekday in short behind a bar, Dutch", "nl", "", `<p class="byline">Door Ana Ferrer | di. 7 mei 2024</p>`, "", "Ana Ferrer"},
		{"given, middle and family name for machines", "en", `<script type="application/ld+json">{"@type":"NewsArticle","headline":"A storm at sea","author":[{"@type":"Person","familyName":"Varga","additionalName":"de","givenName":"Inés"}]}</script>`, "", "", "Inés de Varga"},
		{"given name and family name for machines", "pl", `<script type="application/ld+json">{"@type":"NewsArticle","headline":"A storm at sea","author":{"@type":"Person","familyName":"Nowak","givenName":"Anna"}}</script>`, "", "", "Anna Nowak"},
		{"a person for machines who is both others", "en", `<script type="application/ld+json">{"@type":"NewsArticle","headline":"A storm at sea","author":[{"name":"Olga Rand"},{"name":"Ivo Brandt"},{"name":"Olga Rand, Ivo Brandt"},{"name":"Olga Rand Ivo Brandt"}]}</script>`, "", "", "Olga Rand, Ivo Brandt"},
		{"three of one family for machines", "en", `<script type="application/ld+json">{"@type":"NewsArticle","headline":"A storm at sea","author":[{"name":"Olga Rand"},{"name":"Ivo Rand"},{"name":"Rand Ivo"}]}</script>`, "", "", "Olga Rand, Ivo Rand, Rand Ivo"},
		{"behind a day of another calendar and a day, Arabic", "ar", "", `<div>٢٧ شوال ١٤٤٥ | 6 مايو 2024 | بقلم: أحمد سالم</div>`, "", "أحمد سالم"},
		{"a place and two reporters, Korean", "ko", "", `<p class="writer">대구=한겨울·김바다 기자</p>`, "", "한겨울, 김바다"},
		{"behind a day with a label of two words, Persian", "fa", "", `<div class="post-meta">منتشر شده در ۱۷ اردیبهشت ۱۴۰۳ توسط سارا محمدی</div>`, "", "سارا محمدی"},
		{"a label of two words and a day, Persian", "fa", "", `<div class="post-meta">منتشر شده در ۱۷ اردیبهشت ۱۴۰۳</div>`, "", ""},
		{"a label, Georgian", "ka", "", `<p>ავტორი: ნინო ბერიძე</p>`, "", "ნინო ბერიძე"},
		{"a bare name beside a day, Georgian", "ka", "", `<p><b>ნინო ბერიძე</b> <i>6 მაისი 2024</i></p>`, "", "ნინო ბერიძე"},
		{"a bare name before a day, Hebrew", "he", "", `<p>דנה לוי, 6 במאי 2024</p>`, "", "דנה לוי"},
		{"a bare name beside a day, Persian", "fa", "", `<div><span>سارا محمدی</span><span>۱۷ اردیبهشت ۱۴۰۳</span></div>`, "", "سارا محمدی"},
		{"a section beside a day, Arabic", "ar", "", `<nav><a href="/s/local">أخبار محلية</a></nav><div><span>أخبار محلية</span><span>6 مايو 2024</span></div>`, "", ""},
		{"a day between slashes", "en", "", `<p>Ana Ferrer / May 6, 2024 / Harbour</p>`, "", "Ana Ferrer"},
		{"a place in capitals, Turkish", "tr", "", `<div class="yazar">Ayşe Demir / İSTANBUL, (DHA)</div>`, "", "Ayşe Demir"},
		{"the publisher for a name", "de", `<meta name="author" content="publisher">`, "", "", ""},
		{"a pen name in a line within the text's box", "fr", "", "", `<div>` + text + text + `Et la suite demain. <span class="posted">Posté par Lou le 6 mai 2024 à 10:15 | <a href="#t">Rétroliens</a></span></div>`, "Lou"},
		{"a licence's link", "fr", "", `<p><a href="/auteur/ana-ferrer">Ana Ferrer</a></p><p>Sous <a rel="license" href="https://creativecommons.org/licenses/by/2.0/fr/">licence Creative Commons</a></p>`, "", "Ana Ferrer"},
		{"a sign of copyright", "de", "", `<p><a href="/autoren/jutta-kraemer-7"><span>© Jutta Krämer</span></a></p>`, "", "Jutta Krämer"},
		{"a button to more about a thing", "en", "", `<div><a href="/harbour-repairs">Learn more about Harbour Repairs</a></div>`, "", ""},
		{"a heading to more about a thing", "en", "", "", text + text + `<div class="modal"><h2>More about M5 Boats and Harbours</h2></div>`, ""},
		{"a menu's reports, Chinese", "zh", "", `<div class="t"><a href="/dujia/">独家报道</a></div>`, "", ""},
		{"a menu's reporters, Chinese", "zh", "", `<div><a href="/blog/">记者部落</a></div>`, "", ""},
		{"what a portrait's link says, Swedish", "sv", "", "", `<footer class="post-footer"><a href="/author/elsa/"><span>Elsa Hjort's Picture</span></a><h4><a href="/author/elsa/">Elsa Hjort</a></h4></footer>`, "Elsa Hjort"},
		{"a link to all that one wrote, Dutch", "nl", "", "", `<p><a rel="author" href="/author/jan/">Bekijk alle berichten van Jan Kramer</a></p>`, "Jan Kramer"},
		{"a newsletter's line for readers and icons", "en", `<meta property="og:site_name" content="Harbour Brief"><meta name="author" content="Harbour Brief">`, `<div class="bh__byline_social_wrapper"><div class="bh__byline_wrapper"><span>Ana Ferrer</span><span>May 6, 2024</span></div></div>`, "", "Ana Ferrer"},
		{"the site's heading before the day", "en", "", "", `<div class="smallprint">05/14/07 | by <strong>mina</strong></div>`, ""},
		{"an expert of a paper", "de", `<meta name="author" content="Online-Experte Jan Kramer">`, "", "", "Jan Kramer"},
		{"surname first", "en", `<meta name="author" content="Ferrer, Ana">`, "", "", "Ana Ferrer"},
		{"two agencies", "en", `<meta name="author" content="Reuters, AFP">`, "", "", "Reuters, AFP"},
		{"an account behind its label at the end", "de", "", "", text + text + `<div class="submitted">Gespeichert von <span>kutterkalle</span> am 6. Mai 2024 - 18:55</div>`, "kutterkalle"},
	} {
		md := metadataOf(t, `<html lang="`+c.lang+`"><head><title>A storm at sea</title>`+c.head+`</head><body><main><article><h1>A storm at sea</h1>`+c.before+text+`</article>`+c.after+`</main>`)
		if got := evidence.Names(md.Authors); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

// TestTwoShownDays tells the day of publication from that of the last change where only the
// other one has a label, and reads a day between bars.
func TestTwoShownDays(t *testing.T) {
	text := `<p>` + strings.Repeat("The wind rose all night. ", 8) + `</p>`
	for _, c := range []struct{ lang, line, published, modified string }{
		{"en", `<div><span>Updated Jun 3, 2024</span><span>May 6, 2024</span></div>`, "2024-05-06", "2024-06-03"},
		{"de", `<p><i>Aktualisiert: 3. Juni 2024</i> <i>6. Mai 2024</i></p>`, "2024-05-06", "2024-06-03"},
		{"fr", `<p><span>Publié le 6 mai 2024, mis à jour</span> <span>3 juin 2024</span></p>`, "2024-05-06", "2024-06-03"},
		{"id", `<div>Penulis: Dewi Lestari Wahyuni | Penyunting: Agus Salim Hakim | 6 Mei 2024</div>`, "2024-05-06", ""},
		{"de", `<p>Ana Maria Ferrer Montblanc-Whitlock | Montag, den 6. Mai 2024 um 08:42 Uhr</p>`, "2024-05-06", ""},
		{"pl", `<time datetime="2024-06-03">Modyfikacja: 3 czerwca 2024. Publikacja: 6 maja 2024</time>`, "2024-05-06", "2024-06-03"},
		{"pt", `<time datetime="2024-06-23">Última modificação em 23/06/2024 - Publicação em 16/05/2024</time>`, "2024-05-16", "2024-06-23"},
		{"en", `<div>Words: Ana Ferrer Montblanc · Pictures: Len Barr Whitlock · 6 May 2024</div>`, "2024-05-06", ""},
		{"de", `<p>Von Ana Ferrer (Lübeck) und Jo Doe (Wien), 6. Mai 2024, 10:15 Uhr</p>`, "2024-05-06", ""},
		{"id", `<div>Oleh Ana Ferrer (Pelabuhan) dan Jo Doe (Medan) - 6 Mei 2024, 10:15 WIB</div>`, "2024-05-06T10:15:00+07:00", ""},
		{"es", `<p>Por Ana Ferrer (Puerto Hondo) - lunes, 6 de mayo de 2024 10:15</p>`, "2024-05-06", ""},
	} {
		md := metadataOf(t, `<html lang="`+c.lang+`"><title>A storm at sea</title><body><article><h1>A storm at sea</h1>`+c.line+text+`</article>`)
		if md.Published != c.published || md.Modified != c.modified {
			t.Errorf("%s: got %q and %q", c.line, md.Published, md.Modified)
		}
	}
}
