package clean

import (
	"strings"
	"testing"

	"newsclip/clean/internal/page"
)

// A wording is a made-up page of which the text is known.
type wording struct {
	name, lang string
	head, body string   // body stands after the headline, in an article
	outside    string   // stands after the article
	has, lacks []string // of the text
	markdown   []string // that it has
}

var fillerOf = map[string][2]string{
	"en": {"The ropewalk behind the dry dock at Carrow has been let to a firm of boat builders, who will move in before the end of the month.",
		"It is three hundred and ten metres long and has stood empty since the last rope was laid there in the winter of 1974."},
	"de": {"Die Seilerei hinter dem Trockendock von Karrau ist an eine Werft vermietet worden, die noch vor dem Ende des Monats einziehen will.",
		"Sie ist dreihundertzehn Meter lang und steht leer, seit im Winter 1974 dort das letzte Tau geschlagen wurde."},
	"pl": {"Powroźnia za suchym dokiem w Karowie została wynajęta stoczni, która wprowadzi się tam z narzędziami i ludźmi jeszcze przed końcem tego miesiąca.",
		"Ma trzysta dziesięć metrów długości i stoi pusta, odkąd zimą 1974 roku skręcono tam ostatnią linę."},
	"fr": {"La corderie située derrière la cale sèche de Carrou a été louée à un chantier naval, qui s’y installera avant la fin du mois.",
		"Elle est longue de trois cent dix mètres et vide depuis que le dernier cordage y a été tressé, pendant l’hiver 1974."},
	"es": {"La cordelería que hay detrás del dique seco de Carró ha sido alquilada a un astillero, que se instalará allí antes de que acabe el mes.",
		"Mide trescientos diez metros de largo y está vacía desde que en el invierno de 1974 se trenzó en ella la última maroma."},
	"ko": {"카로의 건선거 뒤에 있는 옛 밧줄 공장을 작은 조선소가 빌리기로 했고, 이달 말까지 연장을 들고 이사할 예정이라고 한다.",
		"공장은 길이가 삼백십 미터이며, 일천구백칠십사년 겨울에 마지막 밧줄을 꼰 뒤로는 줄곧 비어 있었다고 마을 사람들은 말한다."},
	"ja": {"軽野の乾ドックの裏にある古い綱打ち場が、小さな造船所に貸し出されることになり、今月末までに引っ越しが行われる予定だ。",
		"建物の長さは三百十メートルで、一九七四年の冬に最後の綱が打たれてから、ずっと空き家のままになっていたという。"},
}

func (w *wording) check(t *testing.T) {
	t.Helper()
	f := fillerOf[w.lang]
	body := strings.NewReplacer("{1}", "<p>"+f[0]+"</p>", "{2}", "<p>"+f[1]+"</p>").Replace(w.body)
	html := `<!doctype html><html lang="` + w.lang + `"><head><meta charset="utf-8"><title>Carrow 1974 – The Dock</title>` + w.head + `</head><body>
		<header><a href="/">The Dock</a><nav><ul><li><a href="/n">News</a></li><li><a href="/s">Sport</a></li></ul></nav></header>
		<main><article><h1>Carrow 1974</h1>` + body + `</article></main>` + w.outside + `<footer><p>© The Dock <a href="/i">Imprint</a></p></footer></body></html>`
	a, err := New(Options{Markdown: true}).Clean(page.Input{URL: "https://dock.example/2024/carrow", HTML: []byte(html)})
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range append(w.has, f[:]...) {
		if !strings.Contains(a.Text, s) {
			t.Errorf("the text lacks %q:\n%s", s, a.Text)
		}
	}
	for _, s := range w.lacks {
		if strings.Contains(a.Text, s) {
			t.Errorf("the text has %q:\n%s", s, a.Text)
		}
	}
	for _, s := range w.markdown {
		if !strings.Contains(a.Markdown, s) {
			t.Errorf("the Markdown lacks %q:\n%s", s, a.Markdown)
		}
	}
}

func checkWordings(t *testing.T, ws []wording) {
	t.Helper()
	for _, w := range ws {
		t.Run(w.name, func(t *testing.T) { w.check(t) })
	}
}

// TestHiddenWording: what a browser does not show is no word of the text, in a line or as
// a short paragraph; what a reader can open is.
func TestHiddenWording(t *testing.T) {
	checkWordings(t, []wording{
		{name: "an inline element of the page's own", lang: "en", body: `{1}<p>The roof is sound<term-note hidden>slate on oak</term-note> and dry.</p>{2}`, has: []string{"The roof is sound and dry."}},
		{name: "one that is shown", lang: "de", body: `{1}<p>Das Dach ist <gloss-term>dicht</gloss-term> und trocken.</p>{2}`, has: []string{"Das Dach ist dicht und trocken."}},
		{name: "transparent by a rule", lang: "fr", head: `<style>.q9{position:absolute;opacity:0}</style>`, body: `{1}<p>Le toit est sain<span class="q9"> ardoise sur chêne</span> et sec.</p>{2}`, has: []string{"Le toit est sain et sec."}},
		{name: "a paragraph by its style", lang: "pl", body: `{1}<p style="display:none">Ten tekst jest przeznaczony tylko dla programów, które czytają tę stronę.</p>{2}`, lacks: []string{"dla programów"}},
		{name: "a box by its attribute", lang: "en", body: `{1}<div hidden><p>Printed from The Dock, which may be copied for use at home.</p></div>{2}`, lacks: []string{"Printed from"}},
		{name: "a paragraph by a rule, in a box", lang: "fr", head: `<style>.encart p{visibility:hidden}</style>`, body: `{1}<div class="encart"><p>Les abonnés ont lu cet article hier soir, dans l'édition de demain.</p></div>{2}`, lacks: []string{"abonnés"}},
		{name: "a paragraph by a rule, in two boxes", lang: "de", head: `<style>#abo .k5{display:none}</style>`, body: `{1}<section id="abo"><div class="k4"><p class="k5">Abonnenten haben diesen Artikel gestern Abend gelesen, in der Ausgabe von morgen.</p></div></section>{2}`, lacks: []string{"Abonnenten"}},
		{name: "what a button opens", lang: "en", body: `{1}<button aria-controls="more">More</button><div hidden id="more"><p>The last rope was for the ferry, and it was nine inches thick at either end.</p></div>{2}`, has: []string{"nine inches thick"}},
	})
}

// TestHiddenCopies: the text in another form, which a button copies, is not said again.
func TestHiddenCopies(t *testing.T) {
	more := "Until then the doors stay open on Saturdays, and whoever has a rope to mend may bring it in the morning."
	mehr := "Bis dahin stehen die Tore am Samstag offen, und wer ein Seil zu flicken hat, kann es am Morgen bringen."
	en, de := fillerOf["en"], fillerOf["de"]
	checkWordings(t, []wording{
		{name: "Markdown", lang: "en", body: `{1}{2}<p>` + more + `</p>`, has: []string{more}, lacks: []string{"# Carrow"},
			outside: `<pre id="raw" hidden># Carrow 1974` + "\n\n" + strings.Replace(en[0], "dry dock", "[dry dock](https://dock.example/2023/dry-dock)", 1) + "\n\n" + en[1] + "\n\n" + more + `</pre>`},
		{name: "by a style, German", lang: "de", body: `{1}{2}<p>` + mehr + `</p>`, has: []string{mehr}, lacks: []string{"Karrau / "},
			outside: `<div style="display:none"><pre>Karrau / ` + de[0] + "\n" + de[1] + "\n" + mehr + `</pre></div>`},
		{name: "another text", lang: "en", body: `<h2>Before</h2>{1}{2}<h2>After</h2><button aria-controls="r">Read on</button><div id="r" hidden><p>` + more + " " + strings.Repeat("It was the last of nine, and nobody had thought that the tar on its floor would ever dry. ", 3) + `</p></div>`, has: []string{"the last of nine"}},
	})
}

// TestHiddenApart: a hidden box beside the text is none of it, however long, and the hidden
// rest of a text is.
func TestHiddenApart(t *testing.T) {
	long := ""
	for _, who := range []string{"rybaków", "żeglarzy", "gości", "dzieci", "kupców", "celników", "szkutników", "latarników"} {
		long += "<p>Przed wejściem na przystań należy zapoznać się z zasadami, które obowiązują wszystkich " + who + " i ich łodzie.</p>"
	}
	checkWordings(t, []wording{
		{name: "by its style, Polish", lang: "pl", body: "{1}{2}", outside: `<div class="kol2"><div class="okno" style="display: none">` + long + `</div></div>`, lacks: []string{"Przed wejściem"}},
		{name: "of a side bar, Spanish", lang: "es", body: "{1}{2}", outside: `<div class="sidebar" hidden>` + long + `</div>`, lacks: []string{"Przed wejściem"}},
		{name: "in an aside, French", lang: "fr", body: `{1}{2}<aside class="k4"><div style="display:none">` + long + `</div></aside>`, lacks: []string{"Przed wejściem"}},
		{name: "the rest of the text", lang: "pl", body: `{1}{2}<div class="reszta" style="display:none">` + long + `</div>`, has: []string{"Przed wejściem"}},
		{name: "the rest beside the opening", lang: "pl", body: `<div class="q1">{1}{2}</div><div class="q2" style="display:none">` + long + `</div>`, has: []string{"Przed wejściem"}},
	})
}

// TestPlayersWithoutScript: what a player says to browsers that cannot play it is no text.
func TestPlayersWithoutScript(t *testing.T) {
	checkWordings(t, []wording{
		{name: "Polish", lang: "pl", body: `<div class="k3"><p>Nie można odtworzyć tego wideo.</p><p>Aby odtworzyć to wideo, włącz JavaScript.</p></div>{1}{2}`, lacks: []string{"odtworzyć"}},
		{name: "Spanish", lang: "es", body: `{1}<div class="k3"><div>Este vídeo no se puede reproducir</div><div>Para reproducir este vídeo tiene que activar JavaScript en su navegador</div></div>{2}`, lacks: []string{"reproducir"}},
	})
}

// TestOffers: what ends the text over an offer to subscribe is of it, and what tells of such
// an offer amid the text is not.
func TestOffers(t *testing.T) {
	checkWordings(t, []wording{
		{name: "paragraphs, Spanish", lang: "es", body: `{1}{2}<p><strong>Este contenido es solo para suscriptores</strong></p><p>Suscríbete por 1 € el primer mes; después, 9,90 € al mes. Cancela cuando quieras.</p><p>Acceso ilimitado a todos los artículos</p><p>¿Ya eres suscriptor? <a href="/l">Inicia sesión</a></p>`, lacks: []string{"solo para", "9,90"}},
		{name: "paragraphs, Korean", lang: "ko", body: `{1}{2}<p><strong>이 기사는 유료 회원 전용입니다</strong></p><p>첫 달 100원, 이후 월 9,900원. 언제든지 해지할 수 있습니다.</p><p>모든 기사를 제한 없이 볼 수 있습니다</p><p>이미 회원이신가요? <a href="/l">로그인</a></p>`, lacks: []string{"9,900"}},
		{name: "amid the text", lang: "es", body: `{1}<p>Suscríbete por un euro, decía el cartel que colgaba en la puerta del muelle.</p>{2}`, has: []string{"decía el cartel"}},
	})
}

// TestDrupalBody: the class of a field with a summary is no standfirst's.
func TestDrupalBody(t *testing.T) {
	for _, class := range []string{"field field--type-text-with-summary", "body field-type-text-with-summary"} {
		checkWordings(t, []wording{
			{name: "a list: " + class, lang: "en", body: `<div class="` + class + `">{1}{2}<h3>Dates</h3><ul><li>30 June: the keys change hands</li><li>1 July: the doors open</li></ul></div>`, has: []string{"- 1 July: the doors open"}},
			{name: "terms: " + class, lang: "de", body: `<div class="` + class + `">{1}{2}<dl><dt>Reep</dt><dd>Ein dickes Tau</dd><dt>Kabel</dt><dd>Ein noch dickeres</dd></dl></div>`, has: []string{"Ein dickes Tau", "Ein noch dickeres"}},
		})
	}
}

// TestConsentBoxes: a box about cookies beside a short article is none of its text, also
// without a name or a button.
func TestConsentBoxes(t *testing.T) {
	checkWordings(t, []wording{
		{name: "named, French", lang: "fr", body: "{1}{2}", outside: `<div id="didomi-popup"><p>Avec votre accord, nos partenaires et nous utilisons des cookies ou des technologies similaires pour stocker des données personnelles. Vous pouvez retirer votre consentement à tout moment.</p><p>Nous et nos partenaires traitons vos données pour des publicités et du contenu personnalisés, et pour mesurer la performance.</p></div>`, lacks: []string{"partenaires"}},
		{name: "nameless, Polish", lang: "pl", body: "{1}{2}", outside: `<div class="kx1"><p>Szanowni Państwo, klikając „Przejdź do serwisu” wyrażasz zgodę na przetwarzanie Twoich danych osobowych zapisanych w plikach cookies przez nas i naszych zaufanych partnerów w celach marketingowych.</p><p>Wyrażenie zgody jest dobrowolne i możesz ją w dowolnym momencie wycofać.</p></div>`, lacks: []string{"zgodę"}},
		{name: "nameless, Japanese", lang: "ja", body: "{1}{2}", outside: `<div class="kx1"><p>当サイトでは、利便性の向上と利用状況の分析のためにクッキーを使用しています。サイトの閲覧を続けることで、クッキーの使用に同意したものとみなされます。詳しくはプライバシーポリシーをご覧ください。</p></div>`, lacks: []string{"クッキー"}},
	})
}

// TestCodeAndVerse: a text that cannot be changed is code, and lines by their style are
// one paragraph.
func TestCodeAndVerse(t *testing.T) {
	checkWordings(t, []wording{
		{name: "a textarea", lang: "en", body: "{1}<textarea readonly rows=3>lay the strands\n  twist them left</textarea>{2}", has: []string{"lay the strands\n  twist them left"}, markdown: []string{"```\nlay the strands"}},
		{name: "code for sharing", lang: "en", body: "{1}<textarea readonly><iframe src=x></iframe></textarea>{2}", lacks: []string{"iframe"}},
		{name: "verse", lang: "de", body: `{1}<div><span style="display:block">Das Seil ist lang,</span><span style="display:block">die Nacht ist kurz.</span></div>{2}`, has: []string{"Das Seil ist lang,\ndie Nacht ist kurz."}},
	})
}

// TestEmbedsHeldBack: a post that a script would fill in and a player that waits for
// consent have links.
func TestEmbedsHeldBack(t *testing.T) {
	checkWordings(t, []wording{
		{name: "Telegram", lang: "en", body: `{1}<script async data-telegram-post="dockpaper/77" data-width="100%"></script>{2}`, markdown: []string{"https://t.me/dockpaper/77"}},
		{name: "a player", lang: "de", body: `{1}<div class="video-consent" data-src="https://www.youtube-nocookie.com/embed/rOpe19741aa"><p>Bitte akzeptieren Sie Cookies.</p></div>{2}`, markdown: []string{"watch?v=rOpe19741aa"}},
	})
}

// TestLinksAlone: an arrow or a label and a link to another page of the site are no
// sentence of the text.
func TestLinksAlone(t *testing.T) {
	checkWordings(t, []wording{
		{name: "an arrow", lang: "de", body: `{1}<p>→ <a href="/2023/dock">Das Trockendock wird verkauft</a></p>{2}`, lacks: []string{"verkauft"}},
		{name: "a label in the news", lang: "en", head: `<script type="application/ld+json">{"@context":"https://schema.org","@type":"NewsArticle","headline":"Carrow 1974"}</script>`, body: `{1}<p>Earlier coverage: <em><a href="/2023/dock">The dry dock is for sale</a></em></p>{2}`, lacks: []string{"for sale"}},
		{name: "a label with a bar", lang: "en", head: `<script type="application/ld+json">{"@context":"https://schema.org","@type":"NewsArticle","headline":"Carrow 1974"}</script>`, body: `{1}<p>Funda olunye udaba lapha | <a href="/2023/dock">The dry dock of Carrow is for sale again</a></p>{2}`, lacks: []string{"for sale"}},
	})
}

// TestPromotionalWording: sentences on the publisher's behalf, in plain paragraphs.
func TestPromotionalWording(t *testing.T) {
	for lang, lines := range map[string][]string{
		"en": {"If you have a tip for our reporters, write to us at tips@dock.example.", "Get the best of The Dock in your inbox every Friday."},
		"de": {"Alle Nachrichten vom Hafen gibt es auch in unserer App.", "Was meinen Sie? Schreiben Sie es uns in die Kommentare."},
		"fr": {"Cet article vous a plu ? Soutenez notre journal."},
		"ja": {"最新ニュースはLINEとXの公式アカウントでも配信しています。"},
	} {
		for _, l := range lines {
			checkWordings(t, []wording{{name: l, lang: lang, body: `{1}<p>` + l + `</p>{2}`, lacks: []string{l}}})
		}
	}
}

// TestShownSigns: what a browser shows for an element is in the text: an emoji's picture,
// the marks of a quotation. What a heading has for its own address is not.
func TestShownSigns(t *testing.T) {
	checkWordings(t, []wording{
		{name: "an emoji", lang: "en", body: `{1}<p>The ropes <img class="emoji" alt="🪢" src="https://s.w.org/e/1faa2.png"> are gone.</p>{2}`, has: []string{"The ropes 🪢 are gone."}},
		{name: "a picture", lang: "en", body: `{1}<p>The ropes <img src="/rope.png" alt="→"> are gone.</p>{2}`, has: []string{"The ropes are gone."}},
		{name: "a quotation", lang: "en", body: `{1}<p>She said <q>no</q> at once.</p>{2}`, has: []string{"She said “no” at once."}},
		{name: "a German one", lang: "de", body: `{1}<p>Sie sagte sofort <q>nein</q> dazu.</p>{2}`, has: []string{"Sie sagte sofort „nein“ dazu."}},
		{name: "one in marks of the page", lang: "de", body: `{1}<p>Der Müller sagte: „<q>Das Rad läuft wieder</q>“, und ging. "<q lang=en>So what</q>" stand am Tor.</p>{2}`, has: []string{"sagte: „Das Rad läuft wieder“, und", `ging. "So what" stand`}},
		{name: "one that begins with another", lang: "fr", body: `{1}<p>Elle a écrit <q>"Oui", a dit le meunier</q> hier.</p>{2}`, has: []string{`a écrit «"Oui", a dit le meunier» hier.`}},
		{name: "one after another quotation", lang: "en", body: `{1}<p>She said "yes" <q>no</q> at once.</p>{2}`, has: []string{`She said "yes" “no” at once.`}},
		{name: "one that has its marks", lang: "ja", body: `{1}<p>彼女は<q>「いいえ」</q>と答えた。</p>{2}`, has: []string{"彼女は「いいえ」と答えた。"}},
		{name: "a heading's link", lang: "en", body: `{1}<h2 id="k">The keys<a class="hl" href="#k" title="Permalink">¶</a></h2>{2}`, has: []string{"The keys\n"}},
		{name: "MediaWiki's", lang: "fr", body: `{1}<h2><span>Les clés</span><span class="mw-editsection"><span>[</span><a href="/e">modifier</a><span>]</span></span></h2>{2}`, has: []string{"Les clés\n"}},
	})
}

// TestBarePages: a page of hand-made markup without names has furniture, too.
func TestBarePages(t *testing.T) {
	f := []string{
		"Behind the dry dock at Carrow there is a shed of tarred boards, nine feet wide and more than three hundred yards long, in which rope was made for two centuries and a half.",
		"The men walked backwards in it with the yarn around their waists, and the boys turned the wheel at the other end, so that a rope was as long as the shed and a day as long as the rope.",
		"Pitch was boiled in the yard. On still days the smell of it reached the school, and those who went there say that they can tell by it to this day which way the wind stands.",
	}
	html := `<!doctype html><html lang="en"><head><meta property="og:type" content="article"><title>Carrow 1974 | The Dock</title></head><body><div><a href="/">The Dock</a></div><div><a href="/n">News</a> | <a href="/s">Sport</a></div>
		<div><div><h1>Carrow 1974</h1><p>` + f[0] + `</p><p>Strand one,<br>strand two,<br>strand three.</p><p>` + f[1] + `</p><p>` + f[2] + `</p></div>
		<div><b>Most read</b><br><a href="/a">Ferry fares are to rise again</a><br><a href="/b">The choir cancels its tour</a></div></div><div>© 2025 The Dock - <a href="/i">Imprint</a></div></body></html>`
	a, err := New(Options{}).Clean(page.Input{URL: "https://dock.example/2024/carrow", HTML: []byte(html)})
	if err != nil {
		t.Fatal(err)
	}
	if want := f[0] + "\n\nStrand one,\nstrand two,\nstrand three.\n\n" + f[1] + "\n\n" + f[2]; a.Text != want {
		t.Errorf("got %q, want %q", a.Text, want)
	}
}

// TestLedLines: lines to which a lead with a colon leads are the text's, also where they
// stand last and are set as paragraphs.
func TestLedLines(t *testing.T) {
	checkWordings(t, []wording{
		{name: "Chinese paragraphs", lang: "ja", body: `<div class="t">{1}{2}<p>町が買うものは次のとおり：</p><p>一、麻の綱を百尋；</p><p>二、滑車を六つ。</p></div>`, has: []string{"一、麻の綱を百尋；", "二、滑車を六つ。"}},
		{name: "paragraphs of divs", lang: "en", body: `<div class="t"><div class="y">` + fillerOf["en"][0] + `</div><div class="y">` + fillerOf["en"][1] + `</div><div class="y">The firm will bring three things:</div><div class="y">1. A steam box</div><div class="y">2. Two band saws</div><div class="y">3. A cat</div></div>`, has: []string{"1. A steam box", "2. Two band saws", "3. A cat"}},
		{name: "a quotation that begins like a byline", lang: "fr", body: `<div class="t">{1}{2}{2}<blockquote>« Par chance, personne n’y dormait », dit le gardien.</blockquote></div>`, has: []string{"« Par chance, personne"}},
		{name: "contacts", lang: "en", body: `<div class="t">{1}{2}<p>Contact information:</p><p>Ann Carrow</p><p>555 0134</p></div>`, lacks: []string{"555 0134"}},
	})
}

// TestOutsideTheArticle: beside a short text in an article element, long teasers and
// what readers say are no part of it.
func TestOutsideTheArticle(t *testing.T) {
	teaser := `<div class="bx"><h2>Ferry fares rise</h2><p>The ferry company says that it has no choice but to raise its fares for the third time in two years, and blames the price of oil.</p><a href="/f">Read</a></div>`
	checkWordings(t, []wording{
		{name: "a teaser", lang: "en", body: `{1}{2}`, outside: teaser, lacks: []string{"ferry company"}},
		{name: "readers", lang: "de", body: `{1}{2}`, outside: `<section class="zz"><h3>Was Leser sagen</h3><div class="zi"><b>jo</b><p>Ich habe dort als Kind gespielt und weiß noch, wie es nach Teer roch, wenn im Sommer die Sonne auf das Dach schien.</p></div><div class="zi"><b>petra</b><p>Mein Großvater hat dort das letzte Tau geschlagen, und er hat danach nie wieder eines in die Hand genommen.</p></div></section>`, lacks: []string{"Großvater", "Teer"}},
	})
}

// TestDataOfOtherPages: tables of measures and code are what a product's page and a
// manual have to say.
func TestDataOfOtherPages(t *testing.T) {
	for _, c := range []struct {
		name, path, html string
		has              []string
	}{
		{"a product", "/shop/fid-no-2", `<main><div class="product"><h1>Fid no. 2</h1><div class="price">£34.00</div><button>Add to cart</button><div class="product-description"><p>A fid of boxwood, turned and oiled, for opening the strands of a rope. It is made by the last turner in Carrow, who signs each one.</p></div><h2>Specifications</h2><table><tr><th>Length</th><td>240 mm</td></tr><tr><th>Weight</th><td>71 g</td></tr></table></div></main>`, []string{"Specifications", "Length | 240 mm", "Weight | 71 g"}},
		{"a manual", "/docs/api/ropes", `<div class="docs"><nav class="sidebar"><a href="/i">Intro</a></nav><main><h1>API: ropes</h1><p>Lists the ropes of the walk, in the order in which they were laid from the first to the last.</p><pre><code>GET /v1/ropes</code></pre><h2>Response</h2><pre><code>{"ropes": [1, 2]}</code></pre></main></div>`, []string{"GET /v1/ropes", `{"ropes": [1, 2]}`}},
	} {
		t.Run(c.name, func(t *testing.T) {
			html := `<!doctype html><html lang="en"><head><title>Carrow</title></head><body><header><a href="/">Carrow</a></header>` + c.html + `</body></html>`
			a, err := New(Options{}).Clean(page.Input{URL: "https://carrow.example" + c.path, HTML: []byte(html)})
			if err != nil {
				t.Fatal(err)
			}
			for _, s := range c.has {
				if !strings.Contains(a.Text, s) {
					t.Errorf("the text lacks %q:\n%s", s, a.Text)
				}
			}
		})
	}
}

// TestRelatedRuns: a line that names related pages and the links right after it go
// together.
func TestRelatedRuns(t *testing.T) {
	checkWordings(t, []wording{
		{name: "a list", lang: "en", head: `<script type="application/ld+json">{"@context":"https://schema.org","@type":"NewsArticle","headline":"Carrow 1974"}</script>`, body: `{1}{2}<hr><h4>Trending now</h4><ul><li><a href="/n/1">Ferry fares rise</a></li><li><a href="/n/2">Choir cancels its tour</a></li></ul><hr><p>The firm has built boats since the year in which the last rope was laid, and has never had a roof of its own.</p>`, lacks: []string{"Trending", "Ferry", "Choir"}},
		{name: "a line in brackets", lang: "ja", head: `<script type="application/ld+json">{"@context":"https://schema.org","@type":"NewsArticle","headline":"Carrow 1974"}</script>`, body: `{1}<p>【あわせて読みたい】</p><p><a href="/n/1">渡し船が売られた</a></p>{2}`, lacks: []string{"あわせて", "渡し船"}},
	})
}

// TestPromotionLater: a sentence may ask in its second clause.
func TestPromotionLater(t *testing.T) {
	for lang, line := range map[string]string{
		"en": "If you liked this story, sign up for our newsletter.",
		"de": "Keine Nachricht mehr verpassen: Abonnieren Sie unseren Newsletter.",
		"ja": "気に入った方は、公式LINEで友だち追加をお願いします。",
	} {
		checkWordings(t, []wording{{name: lang, lang: lang, body: `{1}<p>` + line + `</p>{2}`, lacks: []string{line}}})
	}
}
