package scrape

import (
	"encoding/json"
	"net/http"
	"net/url"
	"testing"
	"time"

	"newsclip/scrape/frontier"
)

func TestSiteOf(t *testing.T) {
	var host, domain siteList
	domain.domain = true
	for _, u := range []string{"https://a.example/", "https://a.example/sport/", "https://www.b.example/news/", "https://c.example.co.uk/"} {
		s, err := checkedSite(Site{URL: u, Name: u})
		if err != nil {
			t.Fatal(err)
		}
		host.add(s)
		domain.add(s)
	}
	for _, tt := range []struct{ url, host, domain string }{
		{"https://a.example/x", "https://a.example/", "https://a.example/"},
		{"http://www.a.example/sport/x", "https://a.example/sport/", "https://a.example/sport/"},
		{"https://a.example/sports", "https://a.example/", "https://a.example/"},
		{"https://b.example/x", "https://www.b.example/news/", "https://www.b.example/news/"},
		{"https://m.a.example/sport/x", "", "https://a.example/"},
		{"https://d.example.co.uk/", "", "https://c.example.co.uk/"},
		{"https://other.example/", "", ""},
	} {
		u, err := url.Parse(tt.url)
		if err != nil {
			t.Fatal(err)
		}
		for list, want := range map[*siteList]string{&host: tt.host, &domain: tt.domain} {
			got := ""
			if s := list.of(u); s != nil {
				got = s.Name
			}
			if got != want {
				t.Errorf("%s, by domain %v: %q, want %q", tt.url, list.domain, got, want)
			}
		}
	}
}

func TestSiteIsChecked(t *testing.T) {
	for _, s := range []Site{
		{URL: "ftp://a.example/"}, {URL: "a.example"}, {URL: "https://a.example/", Include: []string{"("}},
		{URL: "https://a.example/", Exclude: []string{"["}}, {URL: "https://a.example/", Delay: -1}, {URL: "https://a.example/", MaxPages: -1},
	} {
		if err := s.Check(); err == nil {
			t.Errorf("%+v is taken", s)
		}
	}
}

// marksOf returns the marks of records that articleByMeta has made.
func marksOf(t *testing.T, records []string) (marks []Mark) {
	t.Helper()
	for _, line := range records {
		var r testRec
		if err := json.Unmarshal([]byte(line), &r); err != nil {
			t.Fatal(err)
		}
		marks = append(marks, r.Mark)
	}
	return marks
}

// A site's options hold for it alone, and in a later run that is not told of them.
func TestSitesHaveTheirOwn(t *testing.T) {
	pages := func() map[string]string {
		return map[string]string{
			"/":       `<a href="/news/1">1</a><a href="/news/2">2</a><a href="/old/3">3</a><a href="/live/4">4</a>`,
			"/news/1": plainStory("one"), "/news/2": plainStory("two"), "/old/3": plainStory("three"), "/live/4": plainStory("four"),
		}
	}
	a, b := newSite(t, pages()), newSite(t, pages())
	state := frontier.Options{Dir: t.TempDir()}
	delay := 150 * time.Millisecond
	own := Site{
		URL: a.URL + "/", Name: "The A", Delay: delay, Include: []string{"/news/", "/live/"}, Exclude: []string{"/live/"},
		Labels: map[string]string{"country": "fi"},
	}
	sum, got := crawlSite(t, a, Options{Sites: []Site{own}, Seeds: []string{b.URL + "/"}, NoDiscovery: true, Frontier: state})
	expectPaths(t, got, "/live/4", "/news/1", "/news/1", "/news/2", "/news/2", "/old/3")
	if a.count("/live/4") != 0 || a.count("/old/3") != 1 {
		t.Error("what is excluded was fetched, or what is not included was not")
	}
	for i := 2; i < len(a.at); i++ { // the first is for robots.txt
		if d := a.at[i].Sub(a.at[i-1]); d < delay-5*time.Millisecond {
			t.Errorf("%s and %s within %v", a.asked[i-1], a.asked[i], d)
		}
	}
	if h := oneHealth(t, sum.Health, a.Listener.Addr().String()); h.Name != "The A" || h.Pace < delay.Seconds() {
		t.Errorf("%+v", h)
	}

	// The next run is told nothing.
	a.mu.Lock()
	a.pages["/news/5"] = plainStory("five")
	a.mu.Unlock()
	sink := &memorySink{}
	o := Options{Seeds: []string{a.URL + "/news/5"}, NoDiscovery: true, Frontier: state, Sink: sink}
	if _, err := Crawl(t.Context(), o, articleByMeta); err != nil {
		t.Fatal(err)
	}
	marks := marksOf(t, sink.records)
	if len(marks) != 1 || marks[0].SiteName != "The A" || marks[0].Labels["country"] != "fi" {
		t.Errorf("marks of the next run: %+v", marks)
	}
}

// A site's pages are counted for it, whatever its host's limit is.
func TestSiteHasMaxPages(t *testing.T) {
	s := newSite(t, map[string]string{
		"/a/": `<a href="1">1</a><a href="2">2</a><a href="3">3</a>`, "/b/": `<a href="1">1</a><a href="2">2</a><a href="3">3</a>`,
	})
	for _, dir := range []string{"/a/", "/b/"} {
		for _, n := range []string{"1", "2", "3"} {
			s.pages[dir+n] = plainStory(dir + n)
		}
	}
	_, got := crawlSite(t, s, Options{
		Sites: []Site{{URL: s.URL + "/a/", MaxPages: 3}, {URL: s.URL + "/b/", MaxPages: 2}}, Seeds: []string{}, Scope: ScopePrefix, NoDiscovery: true,
	})
	n := map[string]int{}
	for _, p := range got {
		n[p[:3]]++
	}
	if n["/a/"] != 2 || n["/b/"] != 1 {
		t.Errorf("written: %q", got)
	}
}

// Where a seed leads to another host, its options go with it.
func TestSiteMoves(t *testing.T) {
	w := newWeb(t)
	w.at["http://old.example"] = func(rw http.ResponseWriter, r *http.Request) {
		http.Redirect(rw, r, "http://new.example/", http.StatusMovedPermanently)
	}
	w.at["http://new.example"] = paper("/a")
	sink := &memorySink{}
	o := Options{
		Sites:       []Site{{URL: "http://old.example/", Name: "Moved", Labels: map[string]string{"k": "v"}}},
		NoDiscovery: true, Sink: sink, Proxies: []*url.URL{w.proxy},
	}
	if _, err := Crawl(t.Context(), o, articleByMeta); err != nil {
		t.Fatal(err)
	}
	if marks := marksOf(t, sink.records); len(marks) != 1 || marks[0].SiteName != "Moved" || marks[0].Labels["k"] != "v" {
		t.Errorf("records: %q", sink.records)
	}
}
