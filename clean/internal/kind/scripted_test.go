package kind

import (
	"strings"
	"testing"

	"newsclip/clean/internal/meta"
	"newsclip/clean/internal/pagetest"
)

func TestNeedsScripts(t *testing.T) {
	const app = `<script src="/static/main.4f2a.js"></script>`
	prose := func(words int) string { return "<p>" + strings.Repeat("word ", words) + "</p>" }
	for name, tt := range map[string]struct {
		html string
		want bool
	}{
		"empty root":              {`<a href="/">Home</a>` + prose(100) + `<div id="root"></div>` + app, true},
		"root that loads":         {`<a href="/">Home</a><div id="__next"><div class="spinner">Loading, please wait</div></div>` + app, true},
		"empty element of an app": {`<a href="/">Home</a><news-app></news-app>` + app, true},
		"module in the page":      {`<div id="app"></div><script type="module">import("/main.js").then((m) => m.start())</script>`, true},
		"noscript that asks":      {`<a href="/">Home</a><noscript><p>Для работы сайта включите JavaScript.</p></noscript>` + app, true},
		"nothing at all":          {`<div class="page"></div>` + app, true},
		"an article by its type":  {`<meta property="og:type" content="article"><a href="/">Home</a>` + prose(60) + app, true},
		"no script":               {`<div id="root"></div>`, false},
		"data and no program":     {`<div id="root"></div><script type="application/ld+json">{"@type": "WebSite", "name": "The Quay Post"}</script>`, false},
		"a tracker alone":         {`<div id="root"></div><script async src="https://www.googletagmanager.com/gtag/js"></script>`, false},
		"filled root":             {`<div id="root"><a href="/">Home</a>` + prose(60) + `</div>` + app, false},
		"a page of words":         {`<div id="root"></div>` + prose(300) + app, false},
		"a page of Chinese":       {`<div id="root"></div><p>` + strings.Repeat("港口城市的居民周二决定修复旧墙", 40) + `</p>` + app, false},
		"a short page":            {`<a href="/">Home</a><p>The office is closed on Mondays. Call us on any other day between nine and five.</p>` + app, false},
		"noscript of a counter":   {`<a href="/">Home</a><noscript><img src="/count.gif"></noscript>` + prose(20) + app, false},
		"noscript beside words":   {`<a href="/">Home</a><noscript>This site is best with JavaScript.</noscript>` + prose(150) + app, false},
		"a small element":         {`<a href="/">Home</a>` + prose(120) + `<cookie-banner></cookie-banner>` + app, false},
	} {
		tree := pagetest.MustParse(t, `<!doctype html><html lang="en"><head><title>The Quay Post</title></head><body>`+tt.html+`</body></html>`)
		if got := NeedsScripts(tree, meta.Read(tree, meta.Options{})); got != tt.want {
			t.Errorf("%s: %v, want %v", name, got, tt.want)
		}
	}
}
