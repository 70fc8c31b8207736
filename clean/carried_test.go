package clean

import (
	"encoding/base64"
	"encoding/json"
	"html"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"newsclip/clean/internal/page"
)

var carriedParas = []string{
	"Die Nachtfähre nach Skerrin fährt wieder. Nach drei Wochen im Dock legte die „Möwe“ am Montag um sechs Uhr vom östlichen Kai ab.",
	"Der Grund für die Pause war ein Riss in der Welle, den ein Lehrling beim Streichen entdeckt hatte. Die Reederei lobte ihn und schenkte ihm eine Jahreskarte.",
	"Vierzig Fahrgäste standen am ersten Morgen am Kai, dazu zwei Hunde und ein Klavier. Das Klavier gehört der Schule von Skerrin und war zum Stimmen auf dem Festland.",
	"„Wir haben die Fähre vermisst, auch wenn wir sie sonst nur schimpfen“, sagte die Lehrerin Ida Brandt. Sie war drei Wochen lang mit dem Fischer gefahren.",
	"Die Reederei will im Herbst eine zweite Welle auf Lager legen, damit die nächste Pause kürzer wird. Bis dahin fährt die Fähre nach dem alten Plan.",
}

const carriedHead = `<meta charset="utf-8"><title>Die Nachtfähre nach Skerrin fährt wieder | Hafenblatt</title><meta property="og:type" content="article">
<meta property="og:title" content="Die Nachtfähre nach Skerrin fährt wieder"><meta property="og:site_name" content="Hafenblatt">`

const carriedFrame = `<header><a href="/">Hafenblatt</a><nav><a href="/a">Kai</a> <a href="/b">Wetter</a></nav></header>
<main><h1>Die Nachtfähre nach Skerrin fährt wieder</h1>HERE<div class="spinner">Wird geladen …</div></main><footer>© Hafenblatt</footer>`

func jsonOf(v any) string {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		panic(err)
	}
	return strings.TrimSpace(b.String())
}

// carriedPages are pages that show no article, by the form of the one that they
// carry.
func carriedPages() map[string]struct{ page, from string } {
	type obj = map[string]any
	paras := carriedParas
	htmlBody := "<p>" + strings.Join(paras, "</p>\n<p>") + "</p>"
	each := func(f func(string) any) (out []any) {
		for _, p := range paras {
			out = append(out, f(p))
		}
		return out
	}
	const title = "Die Nachtfähre nach Skerrin fährt wieder"
	script := func(attrs, s string) string { return "<script " + attrs + ">" + s + "</script>" }
	state := func(body any) obj {
		return obj{"props": obj{"pageProps": obj{"site": obj{"title": "Das Hafenblatt am Kai", "url": "/"}, "article": obj{"title": title, "slug": "faehre", "body": body},
			"related": []any{obj{"title": "Ein ganz anderer Artikel", "url": "/x", "body": strings.Repeat(htmlBody, 2)}}}}}
	}
	next := func(body any) string {
		return script(`id="__NEXT_DATA__" type="application/json"`, jsonOf(state(body)))
	}
	portable := each(func(p string) any {
		half := strings.Index(p, " der ")
		if half < 0 {
			half = len(p) / 2
			for p[half] != ' ' {
				half++
			}
		}
		return obj{"_type": "block", "style": "normal", "children": []any{obj{"_type": "span", "text": p[:half]}, obj{"_type": "span", "marks": []any{"em"}, "text": p[half:]}}}
	})
	flight := "0:[\"$\",\"div\",null,{\"className\":\"page\",\"children\":[[\"$\",\"nav\",null,{\"children\":\"Kai\"}],\"$L2\"]}]\n1:I[\"abc\",[],\"\"]\n3:T" +
		strconv.FormatInt(int64(len(htmlBody)), 16) + "," + htmlBody + "2:[\"$\",\"article\",null,{\"children\":[[\"$\",\"h2\",null,{\"children\":\"Am Kai\"}],[\"$\",\"div\",null,{\"dangerouslySetInnerHTML\":{\"__html\":\"$3\"}}]]}]\n"
	elements := "4:[\"$\",\"article\",null,{\"children\":" + jsonOf(each(func(p string) any { return []any{"$", "p", nil, obj{"className": "t", "children": p}} })) + "}]\n"
	push := func(s string) string {
		half := len(s) / 2
		for !utf8.RuneStart(s[half]) {
			half++
		}
		return script("", "(self.__next_f=self.__next_f||[]).push([0])") + script("", "self.__next_f.push("+jsonOf([]any{1, s[:half]})+")") +
			script("", "self.__next_f.push("+jsonOf([]any{1, s[half:]})+")")
	}
	nuxt := []any{[]any{"ShallowReactive", 1}, obj{"data": 2}, obj{"story": 3}, obj{"headline": 4, "text": 5}, title, htmlBody}
	apollo := obj{"ROOT_QUERY": obj{"post": obj{"__ref": "Post:7"}}, "Post:7": obj{"__typename": "Post", "title": title, "paragraphs": []any{}}}
	for k, p := range paras {
		key := "Paragraph:" + strconv.Itoa(k)
		apollo[key] = obj{"__typename": "Paragraph", "type": "P", "text": p}
		post := apollo["Post:7"].(obj)
		post["paragraphs"] = append(post["paragraphs"].([]any), obj{"__ref": key})
	}
	type c = struct{ page, from string }
	return map[string]c{
		"json-ld":               {script(`type="application/ld+json"`, jsonOf(obj{"@context": "https://schema.org", "@type": "NewsArticle", "headline": title, "articleBody": strings.Join(paras, "\n\n")})), "json-ld articleBody"},
		"json-ld, references":   {script(`type="application/ld+json"`, jsonOf(obj{"@context": "https://schema.org", "@type": "NewsArticle", "headline": title, "articleBody": html.EscapeString(htmlBody)})), "json-ld articleBody"},
		"json-ld, broken lines": {script(`type="application/ld+json"`, jsonOf(obj{"@context": "https://schema.org", "@type": "Article", "headline": title, "articleBody": strings.Join(paras, "&lt;br /&gt;&lt;br /&gt;")})), "json-ld articleBody"},
		"angular":               {script(`id="app-state" type="application/json"`, strings.NewReplacer(`"`, "&q;", "<", "&l;", ">", "&g;", "'", "&s;", "&", "&a;").Replace(jsonOf(obj{"G.posts/7": obj{"body": obj{"title": title, "content": htmlBody}}}))), "script app-state"},
		"angular, paragraphs":   {script(`id="serverApp-state" type="application/json"`, "\n"+strings.NewReplacer(`"`, "&q;", "<", "&l;", ">", "&g;", "'", "&s;", "&", "&a;").Replace(jsonOf(obj{"story": state(each(func(p string) any { return obj{"type": "paragraph", "text": p} }))}))), "script serverApp-state"},
		"next, html":            {next(htmlBody), "script __NEXT_DATA__"},
		"next, escaped html":    {next(html.EscapeString(htmlBody)), "script __NEXT_DATA__"},
		"next, plain text":      {next(strings.Join(paras, "\n")), "script __NEXT_DATA__"},
		"next, portable text":   {next(portable), "script __NEXT_DATA__"},
		"next, strings":         {next(each(func(p string) any { return p })), "script __NEXT_DATA__"},
		"next, editor blocks":   {next(obj{"blocks": append(each(func(p string) any { return obj{"type": "paragraph", "data": obj{"text": p}} }), obj{"type": "image", "data": obj{"caption": "Bild einer Fähre"}})}), "script __NEXT_DATA__"},
		"next, prosemirror": {next(obj{"type": "doc", "content": each(func(p string) any {
			return obj{"type": "paragraph", "content": []any{obj{"type": "text", "text": p}, obj{"type": "hardBreak"}}}
		})}), "script __NEXT_DATA__"},
		"next, contentful": {next(obj{"json": obj{"nodeType": "document", "content": each(func(p string) any {
			return obj{"nodeType": "paragraph", "data": obj{}, "content": []any{obj{"nodeType": "text", "value": p, "marks": []any{}}}}
		})}}), "script __NEXT_DATA__"},
		"next, kinds as keys":  {next(each(func(p string) any { return obj{"p": p} })), "script __NEXT_DATA__"},
		"textarea, json":       {`<textarea hidden>` + html.EscapeString(jsonOf(obj{"title": title, "body": each(func(p string) any { return obj{"p": p} })})) + `</textarea>`, "textarea"},
		"next, draft":          {next(jsonOf(obj{"blocks": each(func(p string) any { return obj{"key": "a", "type": "unstyled", "text": p} }), "entityMap": obj{}})), "script __NEXT_DATA__"},
		"next, content system": {next(obj{"content_elements": each(func(p string) any { return obj{"type": "text", "content": p} })}), "script __NEXT_DATA__"},
		"next, gutenberg":      {next(obj{"blocks": each(func(p string) any { return obj{"name": "core/paragraph", "attributes": obj{"content": p}} })}), "script __NEXT_DATA__"},
		"flight, html":         {push(flight), "script __next_f"},
		"flight, elements":     {push(elements), "script __next_f"},
		"nuxt 3":               {script(`type="application/json" id="__NUXT_DATA__"`, jsonOf(nuxt)), "script __NUXT_DATA__"},
		"nuxt 2":               {script("", `window.__NUXT__=(function(a,b){return {data:[{story:{title:a,body:b}}]}}("x","`+strings.NewReplacer(`"`, `\"`, "\n", `\n`, "<", `\u003C`, "ä", `\xE4`).Replace(htmlBody)+`"));`), "script __NUXT__"},
		"state":                {script("", `window.__STATE__ = {"a":undefined,"story":`+jsonOf(obj{"headline": title, "content": htmlBody})+`};`), "script __STATE__"},
		"state, parsed":        {script("", `window.__INITIAL_STATE__ = JSON.parse(`+jsonOf(jsonOf(obj{"story": obj{"content": htmlBody}}))+`);`), "script __INITIAL_STATE__"},
		"apollo":               {script("", `window.__APOLLO_STATE__ = `+jsonOf(apollo)+`;`), "script __APOLLO_STATE__"},
		"state, not json":      {script("", `var story = {title: '`+title+`', paid: !1, on: new Date(2026, 4, 1), /* its text */ text: ['`+strings.Join(paras, `', '`)+`',], load() { return {a: 1} }};`), "script story"},
		"nuxt 2, a list":       {script("", `window.__NUXT__=(function(a,b){return {layout:"x",data:[{story:{title:a,blocks:[`+strings.Join(literals(paras), ",")+`]}}],error:null}}("`+title+`","p"));`), "script __NUXT__"},
		"react router":         {script("", `window.__reactRouterContext.streamController.enqueue(`+jsonOf(jsonOf(append([]any{obj{"_1": 2}, "loaderData", obj{"_3": 4}, "story", obj{"_5": 6, "_7": 8}, "title", title, "blocks", []any{9, 10, 11, 12, 13}}, each(func(p string) any { return p })...))+"\n")+`);`), "script"},
		"state, percent signs": {script("", `start(JSON.parse(decodeURIComponent("`+url.PathEscape(jsonOf(state(htmlBody)))+`")));`), "script"},
		"state, base64":        {script("", `window.__STATE__ = JSON.parse(atob("`+base64.StdEncoding.EncodeToString([]byte(jsonOf(state(htmlBody))))+`"));`), "script __STATE__"},
		"json-ld, twice":       {script(`type="application/ld+json"`, jsonOf(obj{"@context": "https://schema.org", "@type": "NewsArticle", "headline": title, "articleBody": html.EscapeString(html.EscapeString(htmlBody))})), "json-ld articleBody"},
		"microdata":            {`<div itemscope itemtype="https://schema.org/NewsArticle"><meta itemprop="articleBody" content="` + html.EscapeString(strings.Join(paras, "\n")) + `"></div>`, "attribute content"},
		"comment":              {`<div class="late"><!-- <article>` + htmlBody + `</article> --></div>`, "comment"},
		"template":             {`<template id="story"><section>` + htmlBody + `</section></template>`, "template"},
		"attribute, html":      {`<div id="story" data-content="` + html.EscapeString(htmlBody) + `"></div>`, "attribute data-content"},
		"attribute, json":      {`<div id="app" data-page="` + html.EscapeString(jsonOf(state(htmlBody))) + `"></div>`, "attribute data-page"},
		"script of a template": {script(`type="text/template"`, htmlBody), "script text/template"},
		"textarea":             {`<textarea class="lazy" style="display:none">` + html.EscapeString(htmlBody) + `</textarea>`, "textarea"},
		"noscript":             {"<noscript><div>" + htmlBody + "</div></noscript>", "noscript"},
		"shadow root":          {`<news-story><template shadowrootmode="open"><style>p{color:red}</style><article>` + htmlBody + `</article></template></news-story>`, "template shadowrootmode"},
		"iframe":               {`<iframe srcdoc="` + html.EscapeString("<html><body>"+htmlBody+"</body></html>") + `"></iframe>`, "iframe srcdoc"},
	}
}

// literals are paragraphs as objects of JavaScript.
func literals(paras []string) (out []string) {
	for _, p := range paras {
		out = append(out, "{type:b,text:"+jsonOf(p)+"}")
	}
	return out
}

func TestCarried(t *testing.T) {
	c := New(Options{Explain: true})
	for name, p := range carriedPages() {
		t.Run(name, func(t *testing.T) {
			src := "<html lang=de><head>" + carriedHead + "</head><body>" + strings.Replace(carriedFrame, "HERE", p.page, 1) + "</body></html>"
			a, err := c.Clean(page.Input{URL: "https://hafen.example/2026/faehre", HTML: []byte(src)})
			if err != nil {
				t.Fatal(err)
			}
			if want := strings.Join(carriedParas, "\n\n"); strings.TrimPrefix(a.Text, "Am Kai\n\n") != want {
				t.Errorf("text is\n%s\nwant\n%s", a.Text, want)
			}
			if a.Title != "Die Nachtfähre nach Skerrin fährt wieder" || a.Kind != KindArticle {
				t.Errorf("title %q, kind %s", a.Title, a.Kind)
			}
			from := ""
			for _, e := range a.Evidence {
				if e.Field == "text" {
					from = e.From
				}
			}
			if from != p.from {
				t.Errorf("the text is from %q, want %q", from, p.from)
			}
			// Where the article is shown, nothing is read of what is carried.
			visible := "<article><p>" + strings.Join([]string{"Ein Text, der zu sehen ist, und der länger ist als eine Meldung, denn er soll ja gelesen werden, wie er dasteht.",
				"Er hat einen zweiten Absatz, in dem von der Fähre die Rede ist, die wieder fährt, und von den Leuten, die am Kai auf sie warten.",
				"Und einen dritten, in dem nichts Neues steht, sondern nur noch einmal, dass die Fähre fährt und dass es am Morgen kalt war."}, "</p><p>") + "</p></article>"
			src = strings.Replace(src, `<div class="spinner">`, visible+`<div class="spinner">`, 1)
			a, err = c.Clean(page.Input{URL: "https://hafen.example/2026/faehre", HTML: []byte(src)})
			if err != nil {
				t.Fatal(err)
			}
			if strings.Contains(a.Text, "Klavier") {
				t.Errorf("beside a visible article, the text is\n%s", a.Text)
			}
		})
	}
}

// TestCarriedAuthors: where the page names no author, the body that it carries may.
func TestCarriedAuthors(t *testing.T) {
	c := New(Options{Explain: true})
	for _, by := range []string{"Veröffentlicht von Ida Brandt", "Von Ida Brandt"} {
		body := "<p><i>" + by + "</i></p><p>" + strings.Join(carriedParas, "</p><p>") + "</p>"
		src := "<html lang=de><head>" + carriedHead + "</head><body>" + strings.Replace(carriedFrame, "HERE", "<div><script type='text/template'>"+body+"</script></div>", 1) + "</body></html>"
		a, err := c.Clean(page.Input{URL: "https://hafen.example/2026/faehre", HTML: []byte(src)})
		if err != nil {
			t.Fatal(err)
		}
		if len(a.Authors) != 1 || a.Authors[0].Name != "Ida Brandt" {
			t.Errorf("%q: authors are %v", by, a.Authors)
		}
	}
}
