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
	if want := (Directives{NoFollow: true, NoAI: true}); l.Directives != want {
		t.Errorf("directives %+v", l.Directives)
	}
}

func TestHeaderDirectives(t *testing.T) {
	tests := map[string]Directives{
		"noindex, nofollow":        {NoIndex: true, NoFollow: true},
		"none":                     {NoIndex: true, NoFollow: true},
		"newsclip: nofollow":       {NoFollow: true},
		"otherbot: nofollow":       {},
		"otherbot: nofollow\nnoai": {NoAI: true},
		"unavailable_after: 25 Jun 2010, nofollow": {NoFollow: true},
	}
	for line, want := range tests {
		if got := headerDirectives(map[string]string{"x-robots-tag": line}); got != want {
			t.Errorf("%q: %+v, want %+v", line, got, want)
		}
	}
}
