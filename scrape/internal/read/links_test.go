package read

import (
	"fmt"
	"slices"
	"testing"

	"newsclip/clean"
)

func TestReadLinks(t *testing.T) {
	p, err := clean.Parse(clean.Input{URL: "https://news.example/list", HTML: []byte(`<!doctype html><html><head>
		<link rel="canonical" href="/list?x=1"><link rel="canonical" href="/second">
		<link rel="next" href="/list/2"><link rel="prev" href="/list/0"><link rel="stylesheet" href="/a.css">
		<link rel="alternate" type="application/rss+xml" href="/feed"><link rel="alternate" hreflang="de" href="/de">
		<meta name="Robots" content="NoAI"><meta name="newsclip" content="nofollow"><meta name="otherbot" content="noindex">
		<meta http-equiv="Refresh" content="5; URL='/refreshed'"></head><body>
		<a href=" /a ">A</a><a href="/a">A again</a><a href="#top">up</a><a href="javascript:go()">go</a><a href="mailto:x@y">mail</a>
		<a rel="ugc nofollow" href="/comment">c</a><a href="/list/3"><span> 3 </span></a><a href="/list/200">200</a>
		<map><area href="/area"></map><button data-next-url="/more?page=2">More</button><div data-href="7">x</div>
		<button class="btn Load_More" data-url="/ajax/list?page=3">More</button><a class="load-more" href="/list?page=4">More</a>
		<div id="load-more" data-endpoint="https://news.example/api/more">x</div><a class="share" href="#" data-url="/share?u=1">Share</a>
		<div class="pagination" data-target="#list" data-path="/list/page/5">x</div>
		<frameset></frameset></body></html>`)})
	if err != nil {
		t.Fatal(err)
	}
	l := Links(p)
	var got []string
	for _, ln := range l.Links {
		got = append(got, fmt.Sprintf("%s %v %v %d", ln.Href, ln.Next, ln.Prev, ln.Number))
	}
	want := []string{
		"/list/2 true false 0", "/list/0 false true 0", "/de false false 0", "/refreshed false false 0", "/a false false 0",
		"/list/3 false false 3", "/list/200 false false 0", "/area false false 0", "/more?page=2 true false 0",
		"/ajax/list?page=3 true false 0", "/list?page=4 false false 0", "https://news.example/api/more true false 0", "/list/page/5 true false 0",
	}
	if !slices.Equal(got, want) {
		t.Errorf("links:\n%q\nwant\n%q", got, want)
	}
	if l.Canonical != "/list?x=1" || !slices.Equal(l.Feeds, []string{"/feed"}) || len(l.Nofollow) != 1 {
		t.Errorf("canonical %q, feeds %q, %d nofollow", l.Canonical, l.Feeds, len(l.Nofollow))
	}
	if want := (Directives{RobotsTag: clean.RobotsTag{NoFollow: true, NoAI: true}}); l.Directives != want {
		t.Errorf("directives %+v", l.Directives)
	}
}

func TestHeaderDirectives(t *testing.T) {
	tests := map[string]clean.RobotsTag{
		"noindex, nofollow":        {NoIndex: true, NoFollow: true},
		"none":                     {NoIndex: true, NoFollow: true},
		"newsclip: nofollow":       {NoFollow: true},
		"otherbot: nofollow":       {},
		"otherbot: nofollow\nnoai": {NoAI: true},
		"unavailable_after: 25 Jun 2010, nofollow": {NoFollow: true},
	}
	for line, want := range tests {
		if got := headerDirectives(map[string]string{"x-robots-tag": line}).RobotsTag; got != want {
			t.Errorf("%q: %+v, want %+v", line, got, want)
		}
	}
}

// linksOf returns the addresses that a page leads to.
func linksOf(t *testing.T, body string, header map[string]string) *PageLinks {
	t.Helper()
	p, err := clean.Parse(clean.Input{URL: "https://news.example/list", HTML: []byte("<!doctype html><html>" + body + "</html>"), Header: header})
	if err != nil {
		t.Fatal(err)
	}
	return Links(p)
}

// Links that are no anchors.
func TestLinkForms(t *testing.T) {
	ld := func(json string) string { return `<script type="application/ld+json">` + json + `</script>` }
	for body, want := range map[string][]string{
		`<noscript><a href="/a">a</a><img src="/x"><div><a href="/b">b</a></div></noscript>`:                                                                                {"/a", "/b"},
		`<head><noscript><meta http-equiv="refresh" content="0;url=/a"></noscript></head>`:                                                                                  {"/a"},
		`<noscript><img src="https://count.example/?href=1"></noscript>`:                                                                                                    {},
		`<select><option value="">-</option><option value="3">3</option><option value="/2026/03/">March</option><option value="https://news.example/b">b</option></select>`: {"/2026/03/", "https://news.example/b"},
		`<li data-href="story/1.html"><b data-href="7">x</b></li><div data-permalink="/b"></div><div data-url="/no"></div>`:                                                 {"story/1.html", "/b"},
		`<div onclick="location.href='/a'">x</div><li onclick='window.location = "/b";'>x</li><p onclick="document.location.assign('/c'); return false">x</p><i onclick="window.open('/d', '_blank')">x</i><b onclick="self.location.replace(&quot;/e&quot;)">x</b>`: {"/a", "/b", "/c", "/d", "/e"},
		`<div onclick="location.href='/a?id=' + id">x</div><div onclick="track('location'); go('/b')">x</div>`:                                                                                                                                                       {},
		`<a href="javascript:location.href='/a'">x</a><a href="javascript:void(window.open(%27/b%27))">x</a><a href="javascript:go()">x</a>`:                                                                                                                         {"/a", "/b"},
		`<svg><a xlink:href="/a"><text>x</text></a></svg>`: {"/a"},
		ld(`{"@type":"ItemList","itemListElement":[{"@type":"ListItem","position":1,"url":"/a"},{"@type":"ListItem","item":{"@type":"NewsArticle","url":"https:\/\/news.example\/b"}},"https://news.example/c"]}`):                {"/a", "https://news.example/b", "https://news.example/c"},
		ld(`{"@graph":[{"@type":["NewsArticle","X"],"mainEntityOfPage":{"@id":"/a"},"author":{"@type":"Person","url":"/no"},"image":{"@type":"ImageObject","url":"/no.jpg"},"publisher":{"@type":"Organization","url":"/no"}}]}`): {"/a"},
		ld(`{"@type":"BlogPosting","mainEntityOfPage":"/a","articleBody":"a raw
			line end, \" and {","hasPart":[{"url":"/b",},],}`): {"/b", "/a"},
		ld(`{"@type":"WebPage","@id":"https://news.example/a#page","url":"/a"}`):                                                                                                                      {"https://news.example/a", "/a"},
		ld(`[{"@type":"http://schema.org/NewsArticle","@id":"/a#article"},{"@type":"ListItem","item":"/b"},{"@type":"Organization","@id":"/no#org"}]`):                                                {"/a", "/b"},
		ld(`{"@type":"WebPage","relatedLink":["/a"],"significantLink":"/b"}`):                                                                                                                         {"/a", "/b"},
		ld(`<!-- {"@type":"NewsArticle","url":"/a"} -->`):                                                                                                                                             {"/a"},
		"<div onclick=\"location=`/a`\" onmousedown=\"track()\"></div><div onkeydown=\"location='/b'\"></div><div onclick=\"location=`/${id}`\"></div>":                                               {"/a", "/b"},
		`<table><tr onclick="window.document.location='/a'"><td data-href="/b">x</td></tr><tr data-url="/c"><td>x</td></tr></table>`:                                                                  {"/a", "/b", "/c"},
		`<article data-url="/a">x</article><div class="story-card" data-link="/b">x</div><span role="link" data-uri="/c">x</span><div class="poll" data-url="/no">x</div>`:                            {"/a", "/b", "/c"},
		`<article data-url="/api/stories/1">x</article><li data-url="/share?u=1">x</li><li data-url="/more.json">x</li>`:                                                                              {},
		`<div itemscope itemtype="https://schema.org/NewsArticle"><meta itemprop="url" content="/a"><div itemscope itemtype="https://schema.org/Person"><link itemprop="url" href="/no"></div></div>`: {"/a"},
		`<meta itemscope itemprop="mainEntityOfPage" itemtype="https://schema.org/WebPage" itemid="/a"><link itemprop="mainEntityOfPage" href="/b">`:                                                  {"/a", "/b"},
		ld(`{"@type":"NewsArticle","url":"/never closed`):                                                                                                                                             {},
		`<script>location.href = "/no"</script>`: {},
	} {
		got := make([]string, 0)
		for _, ln := range linksOf(t, body, nil).Links {
			got = append(got, ln.Href)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s:\n%q, want %q", body, got, want)
		}
	}
}

func TestFeedsAndLanguages(t *testing.T) {
	l := linksOf(t, `<head><link rel="alternate" type="application/rss+xml; charset=utf-8" href="https://feeds.example/x"><link rel="alternate" type="application/json" href="/wp-json/1">
		<link rel="alternate" hreflang="x-default" href="/en"><link rel="alternate" media="handheld" href="/m"></head><a type="application/atom+xml" href="/atom">Atom</a>`,
		map[string]string{"link": "</rss>; rel=\"alternate\"; type=\"application/rss+xml\", </fr>; rel=alternate; hreflang=fr\n</c>; rel=canonical"})
	var got []string
	for _, ln := range l.Links {
		got = append(got, ln.Href)
	}
	if !slices.Equal(l.Feeds, []string{"/rss", "https://feeds.example/x", "/atom"}) || !slices.Equal(got, []string{"/fr", "/en", "/atom"}) || l.Canonical != "" {
		t.Errorf("feeds %q, links %q, canonical %q", l.Feeds, got, l.Canonical)
	}
}

// Feeds are announced in older ways, and by the scheme of their readers.
func TestAnnouncedFeeds(t *testing.T) {
	for _, body := range []string{
		`<link rel="service.feed" type="application/atom+xml" href="https://news.example/f">`,
		`<link rel="alternate" type="application/rss+xml" href="feed:https://news.example/f">`,
		`<LINK REL="ALTERNATE" TYPE="APPLICATION/RSS+XML" HREF="https://news.example/f">`,
		`<link rel="alternate" type="rss" href="https://news.example/f">`,
		`<a href="feed:https://news.example/f">Feed</a>`,
	} {
		if l := linksOf(t, body, nil); !slices.Equal(l.Feeds, []string{"https://news.example/f"}) {
			t.Errorf("%s: %q", body, l.Feeds)
		}
	}
	if l := linksOf(t, `<a href="feed://news.example/f">Feed</a>`, nil); !slices.Equal(l.Feeds, []string{"http://news.example/f"}) {
		t.Errorf("feed://: %q", l.Feeds)
	}
}

func TestRefreshTarget(t *testing.T) {
	for content, want := range map[string]string{
		"0;url=/a": "/a", "0; URL='/a b'": "/a b", `5;url="/a" x`: "/a", "0;/a": "/a", "0 , url = /a": "/a", "0.5;url=/?a=1;b=2": "/?a=1;b=2", "; url=/a": "/a",
		"30": "", "30;": "", "": "", "x": "",
	} {
		if got := RefreshTarget(content); got != want {
			t.Errorf("%q: %q, want %q", content, got, want)
		}
	}
}

// What rel=nofollow keeps out is known, for those who follow it all the same.
func TestNofollow(t *testing.T) {
	l := linksOf(t, `<a rel="nofollow" href="/a">a</a><a rel="next NoFollow" href="/b">b</a><a href="/c">c</a>`, nil)
	if len(l.Links) != 1 || len(l.Nofollow) != 2 || l.Nofollow[1] != (Link{Href: "/b", Next: true}) {
		t.Errorf("%v, %v", l.Links, l.Nofollow)
	}
}
