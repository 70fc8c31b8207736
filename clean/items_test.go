package clean

import (
	"encoding/json"
	"fmt"
	"html"
	"strings"
	"testing"

	"newsclip/clean/article"
	"newsclip/clean/internal/page"
)

// posts are what four people write in a made-up thread.
var posts = []string{
	"Which paint holds on a steel gutter that has rusted before? Mine flakes off every spring, whatever the shop sells me.",
	"Brush it down to the bare metal first. No paint holds on rust that is already loose underneath it.",
	"Zinc primer, two coats, and a dry week in May.",
	"We did ours with linseed oil paint nine years ago, and there is not a blister on it so far.",
}

// TestThreads: of a thread all posts are kept in order, and names, dates, buttons and
// other threads are not.
func TestThreads(t *testing.T) {
	thread := func(format string) string {
		var b strings.Builder
		for k, p := range posts {
			fmt.Fprintf(&b, format, []string{"tinsmith", "Ola_K", "gutterball", "maren"}[k], k+1, p)
		}
		return b.String()
	}
	// The data of a page that shows itself by scripts have the first post alone.
	topic, _ := json.Marshal(map[string]any{"title": "Rusted gutter", "body": "<p>" + posts[0] + "</p><p>I have tried the red lead that my grandfather left in the shed, the grey primer which the hardware shop keeps for ships, and a white one that was meant for radiators. The first was dry as a stone, the second held until the frost, and the third turned yellow within a month of sun.</p><p>My neighbour says that nothing helps but new gutters of zinc, and that he will lend me his ladder and his bending iron if I bring the sheets from town before the end of May, when his brother comes to fetch both.</p>"})
	preloaded, _ := json.Marshal(map[string]string{"topic_4711": string(topic)})
	data := string(preloaded)
	related := `<aside class="related"><h3>Similar threads</h3><ul><li><a href="/t/88">Downpipes of copper</a></li><li><a href="/t/89">Which ladder for a steep roof</a></li></ul></aside>`
	for _, c := range []struct{ name, head, path, body string }{
		{"messages with cells", `<meta property="og:site_name" content="Roof board">`, "/forum/threads/rusted-gutter.4711/",
			thread(`<article class="message comment message--post"><div class="message-cell message-cell--user"><h4 class="message-name"><a href="/m/1">%s</a></h4><div class="message-userExtras">412 posts since 2019</div></div>
				<div class="message-cell message-cell--main"><header class="message-attribution"><ul><li>12 March 2031</li><li>#%d</li></ul></header><div class="message-body"><div class="bbWrapper">%s</div></div><footer class="message-footer"><a href="#r">Reply</a> <a href="#l">Like</a></footer></div></article>`)},
		{"comments in a form", `<meta name="generator" content="phpBB">`, "/viewtopic.php?t=4711",
			`<form method="post" class="comments">` + thread(`<div class="post"><dl class="postprofile"><dt>%s</dt><dd>Rank: roofer</dd></dl><div class="postbody"><p class="author">by someone » 12 Mar 2031, #%d</p><div class="content">%s</div></div></div>`) + `</form>`},
		{"a question and answers", `<script type="application/ld+json">{"@context":"https://schema.org","@type":"QAPage"}</script>`, "/questions/4711/rusted-gutter",
			thread(`<div class="answer comment"><div class="votes">3</div><div class="prose"><!-- %s %d --><p>%s</p></div><div class="sign"><a href="/u/1">maren</a> answered 12 March</div></div>`)},
		{"shown without scripts", `<meta name="generator" content="Discourse 3.1">`, "/t/rusted-gutter/4711",
			`<div id="app" data-preloaded="` + html.EscapeString(data) + `"></div><noscript>` + thread(`<div class="topic-body crawler-post"><div class="crawler-post-meta"><span class="creator"><a href="/u/1">%s</a></span> <span class="pos">%d</span></div><div class="post"><p>%s</p></div></div>`) + `</noscript>`},
	} {
		t.Run(c.name, func(t *testing.T) {
			source := `<!doctype html><html lang="en"><head><title>Rusted gutter - Roof board</title>` + c.head + `</head><body><nav><a href="/">Home</a> <a href="/new">New posts</a></nav><div class="page"><h1>Rusted gutter</h1>` +
				c.body + related + `</div><footer>Roof board, since 2004</footer></body></html>`
			a, err := New(Options{}).Clean(page.Input{URL: "https://forum.example" + c.path, HTML: []byte(source)})
			if err != nil {
				t.Fatal(err)
			}
			if want := strings.Join(posts, "\n\n"); a.Kind == article.KindArticle || a.Text != want {
				t.Errorf("kind %s, text %q", a.Kind, a.Text)
			}
		})
	}
}

// TestCommentsAreNoPosts: what readers write under an article is not its text, on
// whatever host.
func TestCommentsAreNoPosts(t *testing.T) {
	var text, comments strings.Builder
	for k := range 6 {
		fmt.Fprintf(&text, "<p>The council of Brask voted on Tuesday to replace the gutters of its %d oldest houses, which have leaked since the flood of 2019 and have cost it more in plaster than a roof would.</p>", 40+k)
	}
	for _, p := range posts {
		fmt.Fprintf(&comments, `<li class="comment"><cite>maren</cite><div class="comment-content"><p>%s</p></div></li>`, strings.Repeat(p+" ", 5))
	}
	html := `<!doctype html><html lang="en"><head><title>Gutters to be replaced</title><meta property="og:type" content="article"><meta property="article:published_time" content="2031-03-12T08:00:00Z"></head><body><main><article><h1>Gutters to be replaced</h1><div class="entry-content">` +
		text.String() + `</div></article><section id="comments"><h2>4 comments</h2><ol class="comment-list">` + comments.String() + `</ol></section></main></body></html>`
	a, err := New(Options{}).Clean(page.Input{URL: "https://community.example/news/2031/gutters-to-be-replaced", HTML: []byte(html)})
	if err != nil {
		t.Fatal(err)
	}
	if a.Kind != article.KindArticle || strings.Contains(a.Text, "linseed") || !strings.Contains(a.Text, "council of Brask") {
		t.Errorf("kind %s, text %q", a.Kind, a.Text)
	}
}

// TestItems: a page that lists articles has the headline and the summary of each.
func TestItems(t *testing.T) {
	items := []string{
		"Ferry to Brask runs at night again", "The company has found two captains, and the last boat leaves at eleven as it did before the winter.",
		"Mill sold to its workers", "Forty of the fifty who spin there have put in a month's pay each, and the bank the rest of it.",
		"School opens without a roof", "The pupils of the upper classes learn in the town hall until the carpenters are done in autumn.",
		"Two bears seen on the ring road", "Rangers ask drivers to stay in their cars and to leave the animals the lane that they have chosen.",
		"A tunnel for toads", "It cost as much as a bus shelter, and eleven hundred have crossed in the first week of the rain.",
	}
	var cards strings.Builder
	for k := 0; k < len(items); k += 2 {
		fmt.Fprintf(&cards, `<div class="card"><a href="/news/%d"><img src="/i/%[1]d.jpg"></a><div class="card-body"><h3><a href="/news/%[1]d">%s</a></h3><p>%s</p><span class="tag">Region</span></div></div>`, k, items[k], items[k+1])
	}
	html := `<!doctype html><html lang="en"><head><title>News from the region</title><meta property="og:type" content="website"></head><body><nav><a href="/">Home</a></nav><main><h1>News from the region</h1><div class="cards">` +
		cards.String() + `</div></main><footer>The Brask Herald</footer></body></html>`
	a, err := New(Options{}).Clean(page.Input{URL: "https://herald.example/section/region", HTML: []byte(html)})
	if err != nil {
		t.Fatal(err)
	}
	if a.Kind != article.KindIndex || strings.Contains(a.Text, "Herald") {
		t.Errorf("kind %s, text %q", a.Kind, a.Text)
	}
	for _, s := range items {
		if !strings.Contains(a.Text, s) {
			t.Errorf("without %q: %q", s, a.Text)
		}
	}
}

// TestLinkedItems: the summaries of items that are links as a whole are the page's text, as
// others are.
func TestLinkedItems(t *testing.T) {
	items := []string{
		"Nachtfähre nach Brask fährt wieder", "Die Reederei hat zwei Kapitäne gefunden, und das letzte Boot legt wie vor dem Winter um elf Uhr abends von der alten Mole ab.",
		"Spinnerei gehört jetzt den Arbeitern", "Vierzig der fünfzig Beschäftigten haben je einen Monatslohn eingezahlt, den Rest leiht ihnen die Sparkasse der Stadt zu einem festen Zins.",
		"Schule beginnt ohne Dach", "Die oberen Klassen lernen im Rathaus, bis die Zimmerleute im Herbst fertig sind, und die unteren im Saal der Feuerwehr nebenan.",
		"Zwei Bären auf der Ringstraße", "Die Förster bitten alle Fahrer, in ihren Wagen zu bleiben und den Tieren die Spur zu lassen, die sie sich ausgesucht haben.",
		"Ein Tunnel für Kröten", "Er hat so viel wie ein Wartehäuschen gekostet, und in der ersten Woche des Regens sind elfhundert Tiere durch ihn gewandert.",
	}
	for _, c := range []struct{ name, card string }{
		{"a link around each", `<article class="teaser"><a class="teaser__link" href="/n/%d"><img src="/i/%[1]d.jpg" alt=""><h2>%s</h2><p>%s</p></a></article>`},
		{"a summary in a link", `<li class="row"><h3><a href="/n/%d">%s</a></h3><div class="sum"><a href="/n/%[1]d">%[3]s</a></div></li>`},
	} {
		t.Run(c.name, func(t *testing.T) {
			var cards strings.Builder
			for k := 0; k < len(items); k += 2 {
				fmt.Fprintf(&cards, c.card, k, items[k], items[k+1])
			}
			html := `<!doctype html><html lang="de"><head><title>Aus der Region</title><meta property="og:type" content="website"></head><body><nav><a href="/">Start</a></nav><main><h1>Aus der Region</h1><p>Was in den Dörfern am Brask in dieser Woche geschehen ist, von unseren Leuten vor Ort.</p><div class="teasers">` +
				cards.String() + `</div></main><footer>Brasker Bote</footer></body></html>`
			a, err := New(Options{}).Clean(page.Input{URL: "https://bote.example/ressort/region/", HTML: []byte(html)})
			if err != nil {
				t.Fatal(err)
			}
			if a.Kind != article.KindIndex || strings.Contains(a.Text, "Bote") {
				t.Errorf("kind %s, text %q", a.Kind, a.Text)
			}
			for _, s := range items {
				if !strings.Contains(a.Text, s) {
					t.Errorf("without %q: %q", s, a.Text)
				}
			}
		})
	}
}

// TestListedGoods: a page that has nothing to read but the lines of a list has these, and
// no menu's.
func TestListedGoods(t *testing.T) {
	goods := []string{"Lampe de bureau en laiton poli, bras long", "Chaise pliante en hêtre clair, assise en toile", "Table de chevet à deux tiroirs, chêne massif", "Étagère murale en acier noir, trois niveaux", "Tapis de laine tissé main, deux mètres sur trois"}
	for _, c := range []struct{ name, list, item string }{
		{"goods in cards", `<div class="grid">%s</div>`, `<div class="card post-%d"><a href="/p/%[1]d"><img src="/i/%[1]d.jpg" alt=""></a><a href="/p/%[1]d" class="name">%s</a><span class="price">%[3]d,00 €</span></div>`},
		{"rows of a table", `<table><tbody>%s</tbody></table>`, `<tr><td><a href="/p/%d">%s</a></td><td>%d,00 €</td></tr>`},
	} {
		t.Run(c.name, func(t *testing.T) {
			var cards, menu strings.Builder
			for k, name := range goods {
				fmt.Fprintf(&cards, c.item, k, name, 40+k)
				fmt.Fprintf(&menu, `<li><a href="/c/%d">Rayon %[1]d</a></li>`, k)
			}
			html := `<!doctype html><html lang="fr"><head><title>Nouveautés</title><meta property="og:type" content="website"></head><body><div class="menu"><ul>` + menu.String() + `</ul></div><main><h1>Nouveautés</h1><p>Livraison en trois jours dans toute la France métropolitaine.</p>` +
				fmt.Sprintf(c.list, cards.String()) + `</main><footer>Maison Brask, 12 rue du Port</footer></body></html>`
			a, err := New(Options{}).Clean(page.Input{URL: "https://maison.example/collections/nouveautes", HTML: []byte(html)})
			if err != nil {
				t.Fatal(err)
			}
			if a.Kind == article.KindArticle || strings.Contains(a.Text, "Rayon") || strings.Contains(a.Text, "rue du Port") {
				t.Errorf("kind %s, text %q", a.Kind, a.Text)
			}
			for k, name := range goods {
				if !strings.Contains(a.Text, name) || !strings.Contains(a.Text, fmt.Sprintf("%d,00 €", 40+k)) {
					t.Errorf("without %q or its price: %q", name, a.Text)
				}
			}
		})
	}
}

// TestListingWithIntroduction: goods stay beside the introduction of a shop's page that
// calls itself a product.
func TestListingWithIntroduction(t *testing.T) {
	var cards strings.Builder
	for k := range 12 {
		fmt.Fprintf(&cards, `<li class="product"><a href="/shop/lampada-%d"><img src="/i/%[1]d.jpg" alt=""></a><h2 class="product-title"><a href="/shop/lampada-%[1]d">Lampada da tavolo in ottone, modello %[1]d</a></h2><span class="price">%[2]d,00 €</span><p><a class="button" href="?add=%[1]d">Aggiungi</a></p></li>`, 100+k, 40+k)
	}
	html := `<!doctype html><html lang="it"><head><title>Lampade da tavolo - Casa Brask</title><meta property="og:type" content="product.group"></head><body><nav><a href="/">Home</a></nav><main><h1>Lampade da tavolo</h1><p>Le nostre lampade da tavolo nascono in una piccola officina vicino al porto, dove sei artigiani piegano l'ottone a mano e montano i paralumi uno per uno, come si faceva cent'anni fa.</p><ul class="products">` +
		cards.String() + `</ul></main><footer>Casa Brask, via del Porto 12</footer></body></html>`
	a, err := New(Options{}).Clean(page.Input{URL: "https://casa.example/collections/lampade", HTML: []byte(html)})
	if err != nil {
		t.Fatal(err)
	}
	for k := range 12 {
		if !strings.Contains(a.Text, fmt.Sprintf("modello %d", 100+k)) || !strings.Contains(a.Text, fmt.Sprintf("%d,00 €", 40+k)) {
			t.Errorf("without the lamp %d: %q", k, a.Text)
		}
	}
	if a.Kind != article.KindIndex || !strings.Contains(a.Text, "sei artigiani") || strings.Contains(a.Text, "Aggiungi") || strings.Contains(a.Text, "via del Porto") {
		t.Errorf("kind %s, text %q", a.Kind, a.Text)
	}
}
