package read

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

func hrefsOf(links []Link) []string {
	got := make([]string, 0)
	for _, ln := range links {
		got = append(got, ln.Href)
	}
	return got
}

// Buttons, frames and elements of scripts lead to pages.
func TestOtherLinkForms(t *testing.T) {
	long := "<p>" + strings.Repeat("words of its own ", 60) + "</p>"
	for body, want := range map[string][]string{
		`<form action="/a"><button>Read</button></form><form action="/b?x=1#y" method="GET"><input type="submit"></form>`:                               {"/a", "/b"},
		`<form action="/list"><input type=hidden name=page value=2><input type=hidden name="q" value="a b"><input type=submit value="Older"></form>`:    {"/list?page=2&q=a+b"},
		`<form><input type=hidden name=page value=2><button>Older</button></form><form><button>x</button></form>`:                                       {"?page=2"},
		`<form action="/no" method=post><button>x</button></form><form action="/no"><input name=q><button>x</button></form>`:                            {},
		`<form action="/no"><select name=y><option>1</select><button>x</button></form><form action="/no"><button type=button>x</button></form>`:         {},
		`<form action="/no"><input type=checkbox name=ok><button>x</button></form><form action="/no"><textarea></textarea><button>x</button></form>`:    {},
		`<form method=post action="/no"><button formaction="/no">x</button><button formaction="/a" formmethod=get>x</button></form>`:                    {"/a"},
		`<form action="/vote/1"><button>Up</button></form><form action="/no"><input type=hidden name=accept_cookies value=1><button>OK</button></form>`: {},
		`<form action="/no"><input name=q><button formaction="/a">x</button></form>`:                                                                    {"/a"},
		`<iframe src="/a"></iframe><object data="/b" type="text/html"></object><embed src="/c" type="text/html"><object data="/no.swf"></object>`:       {"/a", "/b", "/c"},
		`<iframe src="/no"></iframe>` + long: {},
		`<news-teaser href="/a"></news-teaser><router-link to="/b">x</router-link><story-card url="https://news.example/c" src="/no"></story-card>`: {"/a", "/b", "https://news.example/c"},
		`<share-button url="/share/?u=1"></share-button><x-y to="top"></x-y><p href="/no" to="/no">x</p>`:                                           {},
		`<turbo-frame src="/a"></turbo-frame><esi:include src="/b"/><h-include src="/c"></h-include><include-fragment src="/d"></include-fragment>`: {"/a", "/b", "/c", "/d"},
	} {
		if got := hrefsOf(linksOf(t, body, nil).Links); !slices.Equal(got, want) {
			t.Errorf("%s:\n%q, want %q", body, got, want)
		}
	}
}

// The pages in the data of a page that a script fills are found.
func TestPageData(t *testing.T) {
	story := `{"title":"A \"ferry\"","url":"/a","image":{"url":"/no.jpg"},"author":{"name":"Ann","url":"/no"}}`
	var many strings.Builder
	for k := range fewLinks + 1 {
		fmt.Fprintf(&many, `<a href="/l%d">x</a>`, k)
	}
	for body, want := range map[string][]string{
		`<script id="__NEXT_DATA__" type="application/json">{"props":{"stories":[` + story + `]}}</script>`:                                            {"/a"},
		`<script>window.__STATE__ = {"stories":[` + story + `,{"url":"/b","headline":"B"}]};</script>`:                                                 {"/a", "/b"},
		`<script>window["__S__"]={"x":[{"href":"https:\/\/news.example\/b","title":{"rendered":"B"}}]}</script>`:                                       {"https://news.example/b"},
		`<div data-props='[` + story + `]'></div><astro-island props='{"items":[{"path":"/c","heading":"C"}]}'></astro-island>`:                        {"/a", "/c"},
		`<script type="application/json">{"url":"/no","name":"x"}</script><script type="application/json">{"title":"","url":"/no"}</script>`:           {},
		`<script type="application/json">{"title":"x","url":"/no/:id"}</script><script type="application/json">{"title":"x","url":"/api/no"}</script>`: {},
		`<script type="application/json">{"title":"x","url":"no"}</script><script type="importmap">{"title":"x","url":"/no"}</script>`:                 {},
		`<script>function f(){ return {"title":"x","url":"/no"} }</script><script>var a = f({"title":"x","url":"/no"})</script>`:                       {},
		`<script type="application/json">[{"title":"x","url":"/a"},{"title":"never closed`:                                                             {"/a"},
	} {
		if got := hrefsOf(linksOf(t, body, nil).Links); !slices.Equal(got, want) {
			t.Errorf("%s:\n%q, want %q", body, got, want)
		}
	}
	l := linksOf(t, `<script type="application/json">`+story+`</script>`+many.String(), nil)
	if slices.Contains(hrefsOf(l.Links), "/a") {
		t.Error("the data of a page with links of its own was read")
	}
}

func TestDataLinks(t *testing.T) {
	for body, want := range map[string][]string{
		`{"success":true,"html":"<article><a href=\"\/a\">A<\/a><\/article><button class=\"load-more\" data-url=\"\/list?page=3\">"}`:       {"/a", "/list?page=3"},
		"\ufeff\n" + `[{"command":"insert","data":"\u003ca href='/a'\u003eA\u003c/a\u003e<a href='/b'>B</a>"}]`:                             {"/a", "/b"},
		`["<li><a href='/a'>A</a></li>","<li><a href='/b'>B</a></li>"]`:                                                                     {"/a", "/b"},
		`{"items":[{"id":1,"title":"A","url":"/a"},{"id":2,"title":"B","url":"/b"}],"next_url":"/list?page=3"}`:                             {"/a", "/b", "/list?page=3"},
		`[{"id":1,"link":"https://news.example/a","title":{"rendered":"A"},"_links":{"self":[{"href":"https://news.example/wp-json/1"}]}}]`: {"https://news.example/a"},
		`{"error":"none","next":null}`: {},
		`<a href="/no">x</a>`:          {},
		``:                             {},
		`{`:                            {},
	} {
		if got := hrefsOf(DataLinks([]byte(body))); !slices.Equal(got, want) {
			t.Errorf("%s:\n%q, want %q", body, got, want)
		}
	}
}

// FuzzReadData reads what is no JSON without harm.
func FuzzReadData(f *testing.F) {
	f.Add(`{"a":[{"title":"x","url":"/a"}],"b":"<a href=\"/b\">"}`)
	f.Add(`]}"{[`)
	f.Fuzz(func(_ *testing.T, s string) {
		readData(s)
		DataLinks([]byte(s))
	})
}
