package meta

import (
	"strings"
	"testing"

	"newsclip/clean/internal/page"
)

func TestTitle(t *testing.T) {
	ld := func(typ, headline string) string {
		return `<script type="application/ld+json">{"@type":"` + typ + `","headline":"` + headline + `"}</script>`
	}
	for _, c := range []struct{ name, head, body, want, from string }{
		{"h1", `<title>Storm at sea - Harbour Post</title>`, `<h1>Storm at sea</h1>`, "Storm at sea", "h1"},
		{"escaped twice", `<title>Brot &amp;amp; Boote | Hafenpost</title>`, `<h1>Brot &amp;amp; Boote</h1>`, "Brot & Boote", "h1"},
		{"the site's name goes, where og:site_name says it", `<title>Storm at sea | Harbour Post</title><meta property="og:site_name" content="Harbour Post">`, ``, "Storm at sea", "title"},
		{"the host's name goes", `<title>Storm at sea - Example</title>`, ``, "Storm at sea", "title"},
		{"the site's name in front", `<title>Harbour Post: Storm at sea</title><meta property="og:site_name" content="Harbour Post">`, ``, "Storm at sea", "title"},
		{"a part that is no site's name stays", `<title>Storm at sea - the night after</title>`, ``, "Storm at sea - the night after", "title"},
		{"a headline that is the site's name in part", `<title>Harbour Post turns fifty | Harbour Post</title><meta property="og:site_name" content="Harbour Post">`, ``, "Harbour Post turns fifty", "title"},
		{"of several h1 the one that the title has", `<title>Storm at sea</title>`, `<h1>Harbour news of the day</h1><h1>Storm at sea</h1>`, "Storm at sea", "h1"},
		{"an h1 that leads to another story", `<title>Where the storm went</title>`, `<main><h1>What the night left of three harbours</h1><p>The wind rose.</p></main><div><h1><a href="/news/storm">Where a storm goes when it is over</a></h1></div>`, "What the night left of three harbours", "h1"},
		{"an h1 that leads to another story, German", `<title>Sturm und Hafen im Herbst</title>`, `<article><h1>Was die Nacht von drei Häfen übrig ließ</h1><p>Der Wind nahm zu.</p></article><section><h1><a href="/nach/dem/sturm">Wenn der Sturm den Hafen sucht</a></h1></section>`, "Was die Nacht von drei Häfen übrig ließ", "h1"},
		{"an h1 that is the logo", `<title>Storm at sea</title><meta property="og:site_name" content="Harbour Post"><meta property="og:title" content="Storm at sea">`, `<h1>Harbour Post</h1>`, "Storm at sea", "og:title"},
		{"the site's name behind the h1", `<title>Storm at sea | Harbour Post</title><meta property="og:site_name" content="Harbour Post">`, `<h1>Storm at sea – Harbour Post</h1>`, "Storm at sea", "h1"},
		{"the site's name before what the h1 says of it", `<title>Storm at sea | Harbour Post</title><meta property="og:site_name" content="Harbour Post"><meta property="og:title" content="Storm at sea">`, `<h1>Harbour Post: Storm at sea</h1>`, "Harbour Post: Storm at sea", "h1"},
		{"a headline in JSON-LD that is the site's name", `<title>Tempestade no mar fecha três portos | Gazeta do Cais de Pedra</title><meta property="og:site_name" content="Gazeta do Cais de Pedra"><meta property="og:title" content="Tempestade no mar fecha três portos"><script type="application/ld+json">[{"@type":"WebSite","name":"Gazeta do Cais de Pedra"},{"@type":"NewsArticle","headline":"Gazeta do Cais de Pedra"}]</script>`, `<h1>Tempestade no mar fecha três portos</h1>`, "Tempestade no mar fecha três portos", "h1"},
		{"an og:title that is the site's name", `<title>港湾日報</title><meta property="og:site_name" content="港湾日報"><meta property="og:title" content="港湾日報"><script type="application/ld+json">{"@type":"NewsArticle","headline":"港湾日報"}</script>`, `<h1>三つの港を襲った嵐</h1>`, "三つの港を襲った嵐", "h1"},
		{"the site's name in an h1 that leads home", `<title>Quayside Notes: Spans and trust</title>`, `<h1><a href="/">Quayside Notes</a></h1><h2>6 May 2024</h2><h3>Spans and trust</h3>`, "Spans and trust", "h1"},
		{"the same, Greek, behind", `<title>Πέντε χρόνια - Σημειώσεις της προκυμαίας</title>`, `<h1><a href="/">Σημειώσεις της προκυμαίας</a></h1><h2>Πέντε χρόνια</h2>`, "Πέντε χρόνια", "title"},
		{"the site's name in an h1 that a link home is around", `<title>会走慢的时钟 | 晓的笔记</title>`, `<header><a href="/"><h1>晓的笔记</h1></a></header><article><h1>会走慢的时钟</h1></article>`, "会走慢的时钟", "h1"},
		{"an h1 that another link is around", `<title>会走慢的时钟 | 晓的笔记</title>`, `<a href="/clock"><h1>会走慢的时钟</h1></a><h1>晓的笔记</h1>`, "会走慢的时钟", "h1"},
		{"an h1 that leads home, of no words of the title", `<title>Bearings, not new bridges</title>`, `<h1><a href="/">Mara’s weblog</a></h1><p><a href="https://x.example/">Bearings, not new bridges</a></p>`, "Bearings, not new bridges", "title"},
		{"og:title of the whole site", `<title>Rolling back a span - Muno</title><meta property="og:title" content="Muno | Notes on harbours"><meta property="og:site_name" content="Muno">`, `<div>Rolling back a span</div>`, "Rolling back a span", "title"},
		{"an h2 under the site's name alone", `<title>Example News</title><meta property="og:site_name" content="Example News">`, `<h2>Three harbours shut by a storm</h2><p>The wind rose.</p>`, "Three harbours shut by a storm", "h1"},
		{"the site as its link home says, Greek", `<title>Η θύελλα έκλεισε τρία λιμάνια - Σημειώσεις της προκυμαίας</title>`, `<header><a href="/">Σημειώσεις της προκυμαίας</a></header><p>Ο αέρας δυνάμωσε.</p>`, "Η θύελλα έκλεισε τρία λιμάνια", "title"},
		{"an h2 of a page that states no title", `<title></title>`, `<h2>Three harbours shut by a storm</h2><p>The wind rose.</p>`, "", ""},
		{"a link home by the last word of a part", `<title>Three harbours shut by a storm - All the newsroom</title><meta property="og:title" content="Three harbours shut by a storm - All the newsroom">`, `<a href="/">Newsroom</a>`, "Three harbours shut by a storm - All the newsroom", "og:title"},
		{"an application by the name of the page", `<title>Three harbours shut by a storm</title><meta property="og:site_name" content="Muno"><meta name="application-name" content="Three harbours shut by a storm">`, `<h1>Good Morning Coast</h1><h1>Three harbours shut by a storm</h1>`, "Three harbours shut by a storm", "h1"},
		{"a site that nothing names behind the h1, the section between them in the title", `<title>Буря закрыла три порта — Погода — Портовый вестник</title>`, `<h1>Буря закрыла три порта — Портовый вестник</h1>`, "Буря закрыла три порта", "h1"},
		{"an h1 with a dash of its own", `<title>Буря закрыла три порта — что дальше — Портовый вестник</title>`, `<h1>Буря закрыла три порта — что дальше</h1>`, "Буря закрыла три порта — что дальше", "h1"},
		{"a blog behind an at, Chinese", `<title>秋天的旧桥 (2) @ 渡口之家_蓝 :: 博客帮</title>`, `<ul><li class="publish">May</li><li class="title"><b>秋天的旧桥 (2)</b></li></ul>`, "秋天的旧桥 (2)", "title"},
		{"the host before the headline", `<title>example.org Storm at sea</title>`, ``, "Storm at sea", "title"},
		{"an h1 that names a section", `<title>Storm hits three harbours</title>`, `<h1>Weather</h1>`, "Storm hits three harbours", "title"},
		{"newsroom: json-ld alone differs", ld("NewsArticle", "Storm hits three harbours") + `<title>Storm: what we know</title><meta property="og:title" content="Storm: what we know">`, `<h1>Storm: what we know</h1>`, "Storm hits three harbours", "json-ld headline"},
		{"blog: json-ld alone differs", ld("BlogPosting", "Storm hits three harbours") + `<title>Storm: what we know</title><meta property="og:title" content="Storm: what we know">`, `<h1>Storm: what we know</h1>`, "Storm: what we know", "h1"},
		{"newsroom: og:title alone differs", ld("NewsArticle", "Storm hits harbours") + `<title>Storm hits harbours</title><meta property="og:title" content="Three harbours under water">`, `<h1>Storm hits harbours</h1>`, "Three harbours under water", "og:title"},
		{"newsroom: og:title differs, twitter:title does not", ld("NewsArticle", "Storm hits harbours") + `<title>Storm hits harbours</title><meta property="og:title" content="Three harbours under water"><meta name="twitter:title" content="Storm hits harbours">`, `<h1>Storm hits harbours</h1>`, "Storm hits harbours", "h1"},
		{"newsroom: og:title alone differs, with the kicker that stands over the headline", ld("NewsArticle", "Storm hits harbours") + `<title>Storm hits harbours</title><meta property="og:title" content="After the flood: Three harbours under water">`, `<h1>Storm hits harbours</h1><h2><span>After the flood</span><b>Three harbours under water</b></h2>`, "Three harbours under water", "og:title"},
		{"the same, German", ld("NewsArticle", "Sturm: Häfen zu") + `<title>Sturm: Häfen zu</title><meta property="og:title" content="Nach der Flut – Drei Häfen stehen unter Wasser">`, `<p>Nach der Flut</p><div class="title">Drei Häfen stehen unter Wasser</div><h1>Sturm: Häfen zu</h1>`, "Drei Häfen stehen unter Wasser", "og:title"},
		{"og:title cut at a quote", ld("NewsArticle", `Storm hits \"Three Sisters\" harbours`) + `<title>Storm hits "Three Sisters" harbours</title><meta property="og:title" content="Storm hits "Three Sisters" harbours">`, `<h1>Storm hits "Three Sisters" harbours</h1>`, `Storm hits "Three Sisters" harbours`, "h1"},
		{"a colon for who listens", `<title>Storm at sea: The night after</title>`, `<h1><span>Storm at sea</span><span class="visually-hidden">: </span><span>The night after</span></h1>`, "Storm at sea: The night after", "h1"},
		{"kicker glued to the headline", ld("NewsArticle", "Weather: Storm hits harbours"), `<h1><span>Weather</span><span hidden>: </span><span>Storm hits harbours</span></h1>`, "Weather: Storm hits harbours", "h1"},
		{"kicker glued to the headline, in a box of its own", `<meta property="og:title" content="Nach der Flut - „Drei Häfen stehen unter Wasser“">`, `<h1><em>Nach der Flut</em>„Drei Häfen stehen unter Wasser“</h1>`, "„Drei Häfen stehen unter Wasser“", "og:title"},
		{"the same, with a space, French", `<title>Après la tempête : trois ports sous les eaux</title><meta property="og:title" content="Après la tempête : trois ports sous les eaux">`, `<h1><p>Après la tempête</p> <p>trois ports sous les eaux</p></h1>`, "trois ports sous les eaux", "og:title"},
		{"two halves of a headline, the longer first", `<meta property="og:title" content="What a Storm at Sea Is and Is Not - Three Ports">`, `<h1><span>What a Storm at Sea Is and Is Not</span> <span>Three Ports</span></h1>`, "What a Storm at Sea Is and Is Not Three Ports", "h1"},
		{"what the site says of itself glued to it", `<title>Die MoleNachrichten aus allen Häfen</title><meta property="og:title" content="Die MoleNachrichten aus allen Häfen">`, `<h1>Die Mole</h1>`, "Die Mole", "h1"},
		{"the address spells og:title", `<title>Storm at sea: A</title><meta property="og:title" content="A storm at sea">`, `<h1>What our readers should know tonight</h1>`, "A storm at sea", "og:title"},
		{"tags in a stated title", `<meta property="og:title" content="&lt;b&gt;Storm&lt;/b&gt;&lt;br&gt;Three harbours closed">`, ``, "Storm Three harbours closed", "og:title"},
		{"the day in the h1", `<title>Post</title>`, `<h1>Storm hits three harbours <small>06.05.2024 10:15</small></h1>`, "Storm hits three harbours", "h1"},
		{"the day before it", `<meta property="og:title" content="Storm hits three harbours">`, `<h1><time>6 May 2024</time> Storm hits three harbours</h1>`, "Storm hits three harbours", "h1"},
		{"a label in the h1", `<title>Storm hits three harbours</title>`, `<h1><span>Sponsored by</span> Storm hits three harbours</h1>`, "Storm hits three harbours", "h1"},
		{"the way to the page in the h1", `<title>Der Sturm trifft drei Häfen</title>`, `<h1>Sie sind hier: <a href="/">Start</a> &gt; <a href="/w">Wetter</a> &gt; Der Sturm trifft drei Häfen</h1>`, "Der Sturm trifft drei Häfen", "h1"},
		{"tags behind the h1's words", `<title>Шторм закрыл три гавани – Вестник</title>`, `<h1>Шторм закрыл три гавани<a href="/t/1">Море</a><a href="/t/2">Погода</a></h1>`, "Шторм закрыл три гавани", "h1"},
		{"a headline of two pieces stays whole", `<title>Storm hits three harbours: two ships are missing</title>`, `<h1><span>Storm hits three harbours:</span> <span>two ships are missing</span></h1>`, "Storm hits three harbours: two ships are missing", "h1"},
		{"a label before og:title alone", ld("NewsArticle", "") + `<title>Storm hits three harbours</title><meta property="og:title" content="Our tip: Storm hits three harbours">`, `<h1>Storm hits three harbours</h1>`, "Storm hits three harbours", "h1"},
		{"a label before JSON-LD alone, Danish", ld("NewsArticle", "Dom : Havnene skal betale for broen") + `<title>Havnene skal betale for broen</title><meta property="og:title" content="Havnene skal betale for broen">`, `<h2>Dom</h2><h1>Havnene skal betale for broen</h1>`, "Havnene skal betale for broen", "h1"},
		{"the day behind each stated title", ld("NewsArticle", "A storm closes three harbours (6 May 2024)") + `<title>A storm closes three harbours (6 May 2024)</title><meta property="og:title" content="A storm closes three harbours (6 May 2024)">`, `<h1>A storm closes three harbours</h1>`, "A storm closes three harbours", "h1"},
		{"an h1 with the site's and a section's name", `<title>Sztorm zamknął trzy porty</title>`, `<h1>Example.com Pogoda na morzu</h1>`, "Sztorm zamknął trzy porty", "title"},
		{"a logo in other letters, the headline in no heading", `<title>Τρία λιμάνια έκλεισαν - Ο Φάρος online</title>`, `<h1>FAROS</h1><div>Τρία λιμάνια έκλεισαν</div>`, "Τρία λιμάνια έκλεισαν", "title"},
		{"the site's name before one title and behind the other", `<title>暴風雨襲擊三個港口的消息 - 港口日報</title><meta property="og:title" content="港口日報: 暴風雨襲擊三個港口的消息">`, ``, "暴風雨襲擊三個港口的消息", "og:title"},
		{"Chinese, signs without spaces", `<title>暴风雨袭击三个港口造成停航--国内频道</title>`, `<div>暴风雨袭击三个港口造成停航</div>`, "暴风雨袭击三个港口造成停航", "title"},
		{"a hidden h1", `<title>Storm at sea</title>`, `<h1 hidden>Menu of pages</h1><h2>Storm at sea</h2>`, "Storm at sea", "h1"},
		{"nothing", ``, `<p>text</p>`, "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			md := metadataOf(t, `<html><head>`+c.head+`</head><body>`+c.body+`</body></html>`)
			if md.Title != c.want || md.From.Title.String() != c.from {
				t.Errorf("title = %q from %q, want %q from %q", md.Title, md.From.Title, c.want, c.from)
			}
		})
	}
}

func TestHeadlineNodes(t *testing.T) {
	p, err := page.Parse(page.Input{HTML: []byte(`<body><h1>Storm at sea</h1><p>x</p><h2>Storm at sea</h2><h2>Another thing entirely</h2></body>`)})
	if err != nil {
		t.Fatal(err)
	}
	tr := page.NewTree(p)
	var got []string
	for _, i := range Read(tr, Options{}).HeadlineNodes {
		got = append(got, tr.Nodes[i].Data)
	}
	if s := strings.Join(got, " "); s != "h1 h2" {
		t.Errorf("headline nodes = %q, want h1 h2", s)
	}
}

// TestKickerInHeading leaves the kicker out of a headline of another rank than h1.
func TestKickerInHeading(t *testing.T) {
	md := metadataOf(t, `<html lang="de"><head><title>Die Fähre kehrt heim | Hafenpost</title><meta property="og:title" content="Die Fähre kehrt heim"></head><body>`+
		strings.Repeat(`<h2>Wetter und Verkehr</h2>`, 30)+`<h3><span>Sturm an der Küste</span> - <span>Die Fähre kehrt heim</span></h3><p>Der Wind stieg.</p></body></html>`)
	if md.Title != "Die Fähre kehrt heim" {
		t.Errorf("title = %q from %q", md.Title, md.From.Title)
	}
}

// TestTitleOfOldPages takes the part of the title element that the page shows, where
// no heading does.
func TestTitleOfOldPages(t *testing.T) {
	for _, c := range []struct{ name, title, body, want string }{
		{"site and section around it, Greek", "Η ΑΚΤΗ - Καταιγίδα στη θάλασσα - καιρός + ταξίδια", `<table><tr><td><b>Καταιγίδα στη θάλασσα</b></td></tr></table>`, "Καταιγίδα στη θάλασσα"},
		{"section behind, Polish", "Burza na morzu - Pogoda - Port Dziś", `<div><span>Burza na morzu</span></div>`, "Burza na morzu"},
		{"site before, Russian", "Портовая газета | Шторм на море закрыл гавани", `<font size="5">Шторм на море закрыл гавани</font>`, "Шторм на море закрыл гавани"},
		{"signs that are a part of it", "港口日報 - 海上風暴關閉三個港口 - 天氣", `<div class="t">海上風暴關閉三個港口</div>`, "海上風暴關閉三個港口"},
		{"two parts that are shown together", "Storm - three harbours closed - Weather", `<p>Storm - three harbours closed</p>`, "Storm - three harbours closed"},
		{"the whole is shown", "Storm at sea - three harbours closed", `<p>Storm at sea - three harbours closed</p><p>three harbours closed</p>`, "Storm at sea - three harbours closed"},
		{"a link to another page", "Storm at sea - three harbours closed", `<p><a href="/x">three harbours closed</a></p>`, "Storm at sea - three harbours closed"},
		{"a menu", "Storm at sea - Weather and traffic", `<nav>Weather and traffic</nav>`, "Storm at sea - Weather and traffic"},
		{"before a colon", "Index funds: how to invest", `<p>Index funds</p>`, "Index funds: how to invest"},
		{"nothing is shown", "Storm at sea - Weather", `<p>The wind rose.</p>`, "Storm at sea - Weather"},
	} {
		md := metadataOf(t, `<html><head><title>`+c.title+`</title></head><body>`+c.body+`<p>The wind rose all night.</p></body></html>`)
		if md.Title != c.want {
			t.Errorf("%s: title = %q from %q, want %q", c.name, md.Title, md.From.Title, c.want)
		}
	}
}

// TestTitleInItsOwnLink finds the headline in a link to the page itself whose address is all
// query, as old blogs have it.
func TestTitleInItsOwnLink(t *testing.T) {
	md := metadataAt(t, page.Input{URL: "https://quai.example/?p=31", HTML: []byte(`<html><head><title>Le Quai &raquo; Archives du blog &raquo; La grue tombe</title></head><body><h1><a href="https://quai.example/">Le Quai</a></h1>` +
		`<a href="/?p=30">Le bac revient</a><h2><a href="/?p=31" rel="bookmark">La grue tombe</a></h2><p>` + strings.Repeat("Le vent se leva dans la nuit. ", 8) + `</p></body></html>`)})
	if md.Title != "La grue tombe" {
		t.Errorf("title = %q from %q", md.Title, md.From.Title)
	}
}

// TestTitleOfSmallSites finds the headline of pages that state no more than their site's name.
func TestTitleOfSmallSites(t *testing.T) {
	const text = `<p>The wind rose all night, and the boats in the harbour lay still until the morning came.</p>`
	for _, c := range []struct{ name, title, body, want string }{
		{"the one heading with a day under it, Romanian", "Primăria Golful Mic", `<h2>Feribotul a întârziat din nou</h2><span>Data publicării: 30 septembrie 2021</span>` + text + `<h4>Contact</h4>`, "Feribotul a întârziat din nou"},
		{"the same, Polish", "Szkoła nad Zatoką", `<div><h3>Prom znowu się spóźnił</h3><p><em>Dodano: 18 stycznia 2023 r.</em></p>` + text + `</div>`, "Prom znowu się spóźnił"},
		{"kicker and headline with nothing between, Spanish", "Oleaje: la grúa del puerto se cae", `<h1><span>Oleaje</span><span>la grúa del puerto se cae</span></h1>` + text, "Oleaje: la grúa del puerto se cae"},
		{"kicker and headline with nothing between, Spanish", "Oleaje: la grúa del puerto se cae", `<h1><span>Oleaje</span><span>la grúa del puerto se cae</span></h1>` + text, "Oleaje: la grúa del puerto se cae"},
		{"several are a list", "Szkoła nad Zatoką", `<h3>Prom znowu się spóźnił</h3><p>18.01.2023</p>` + text + `<h3>Chleb roku jest nasz</h3><p>19.01.2023</p>` + text, "Szkoła nad Zatoką"},
		{"a title of the heading's words", "Ferry service to the islands", `<h2>The islands in winter</h2><p>18 January 2023</p>` + text, "Ferry service to the islands"},
		{"a heading without a day", "Szkoła nad Zatoką", `<h3>Prom znowu się spóźnił</h3>` + text, "Szkoła nad Zatoką"},
		{"a link to the page", "Szkoła nad Zatoką", `<h3><a href="/prom">Prom znowu się spóźnił</a></h3><p>18.01.2023</p>` + text, "Szkoła nad Zatoką"},
		{"the site's name in an h1 that leads home, the rest in no heading", "Ana's Quay: Crane week two", `<h1><a href="/">Ana's Quay</a></h1><fieldset><legend>Crane week two</legend>` + text + `</fieldset>`, "Crane week two"},
		{"the same, Greek, behind", "Ο γερανός ξαναστήθηκε - Η προκυμαία της Άννας", `<h1><a href="/">Η προκυμαία της Άννας</a></h1><div>Ο γερανός ξαναστήθηκε</div>` + text, "Ο γερανός ξαναστήθηκε"},
		{"the site's name in an h1, and in its logo's text, Macedonian", "Градски кеј | Кранот повторно стои", `<div><a href="/"><img src="/l.png" alt="Градски кеј"></a></div><h1>Градски кеј</h1><div>Кранот повторно стои</div>` + text, "Кранот повторно стои"},
		{"the headline in an h1 that leads home", "Crane week two | Ana at the quay", `<h1><a href="/">Crane week two</a></h1>` + `<p>` + strings.Repeat("The wind rose all night. ", 8) + `</p><p>Ana at the quay</p>`, "Crane week two"},
		{"an h1 that leads to the owner's site", "Der Kran ist repariert – Hafenverein Nord", `<h1><a href="https://owner.example/">Zurück zur Hauptseite</a></h1><div>Der Kran ist repariert</div>` + text, "Der Kran ist repariert"},
		{"the same, Spanish", "La grúa ya está en pie", `<h1><a href="https://owner.example/">Volver al sitio principal</a></h1><span>La grúa ya está en pie</span>` + text, "La grúa ya está en pie"},
		{"the headline of a page that a site links to", "Home", `<h1><a href="https://owner.example/">The crane stands again</a></h1>` + text, "The crane stands again"},
		{"the way to the page, French", "Grue du port : le récit - Sport - QP", `<ol class="breadcrumb"><li><a href="/">Accueil</a></li><li>Grue du port : le récit</li></ol>` + text, "Grue du port : le récit"},
		{"the same, Russian", "Кран снова стоит в порту - Город - ВП", `<div class="breadcrumbs"><a href="/">Главная</a> <span>Кран снова стоит в порту</span></div>` + text, "Кран снова стоит в порту"},
		{"the section in the way to the page", "The crane - Harbour and town news - QP", `<div class="breadcrumbs"><span>Harbour and town news</span></div>` + text, "The crane - Harbour and town news - QP"},
	} {
		if md := metadataOf(t, `<html><head><title>`+c.title+`</title></head><body>`+c.body+`</body></html>`); md.Title != c.want {
			t.Errorf("%s: title = %q from %q, want %q", c.name, md.Title, md.From.Title, c.want)
		}
	}
}
