package robots

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"newsclip/scrape/internal/fetch"
)

// The facts of Google's published robots.txt tests (github.com/google/robotstxt,
// robots_test.cc), told for this product token: what is matched, which rule
// wins, how lines are read. Each has the paths that it allows and those that it closes.
var rulesTests = []struct {
	name, robots string
	allowed      []string
	closed       []string
}{
	{"nothing said", "", []string{"/", "/a"}, nil},
	{"lines without a group say nothing", "foo: x\ndisallow: /\n", []string{"/a"}, nil},
	{"keys in any case", "USER-AGENT: newsclip\nDISALLOW: /a\n", []string{"/b"}, []string{"/a"}},
	{"no space after the colon", "user-agent:newsclip\ndisallow:/a\n", []string{"/b"}, []string{"/a"}},
	{"a space instead of the colon", "user-agent newsclip\ndisallow /a\n", []string{"/b"}, []string{"/a"}},
	{"a typo in disallow", "user-agent: newsclip\ndissallow: /a\n", nil, []string{"/a"}},
	{"a typo in user-agent", "useragent: newsclip\ndisallow: /a\n", nil, []string{"/a"}},
	{"a group of several agents", "user-agent: foo\nuser-agent: newsclip\ndisallow: /a\n", nil, []string{"/a"}},
	{"another agent's group", "user-agent: foo\ndisallow: /\n", []string{"/a"}, nil},
	{"two groups for one agent are one", "user-agent: newsclip\ndisallow: /a\n\nuser-agent: foo\ndisallow: /\n\nuser-agent: newsclip\ndisallow: /b\n", []string{"/c"}, []string{"/a", "/b"}},
	{"a blank line ends no group", "user-agent: newsclip\n\ndisallow: /a\n", nil, []string{"/a"}},
	{"other lines end no group", "user-agent: newsclip\nsitemap: http://x/s.xml\ncrawl-delay: 1\ndisallow: /a\n", nil, []string{"/a"}},
	{"own group instead of the star's", "user-agent: *\ndisallow: /\nuser-agent: newsclip\ndisallow: /a\n", []string{"/b"}, []string{"/a"}},
	{"own group before the star's", "user-agent: newsclip\nallow: /\nuser-agent: *\ndisallow: /\n", []string{"/a"}, nil},
	{"an empty own group frees", "user-agent: *\ndisallow: /\nuser-agent: newsclip\n", []string{"/a"}, nil},
	{"an empty disallow frees", "user-agent: *\ndisallow: /\nuser-agent: newsclip\ndisallow:\n", []string{"/a"}, nil},
	{"the star's group for all others", "user-agent: *\ndisallow: /a\nuser-agent: foo\ndisallow: /\n", []string{"/b"}, []string{"/a"}},
	{"a star with words after it", "user-agent: * baz\ndisallow: /a\n", nil, []string{"/a"}},
	{"a star with letters after it is none", "user-agent: *baz\ndisallow: /\n", []string{"/a"}, nil},
	{"agent in any case", "user-agent: NewsClip\ndisallow: /a\n", nil, []string{"/a"}},
	{"agent with a version", "user-agent: newsclip/2.1\ndisallow: /a\n", nil, []string{"/a"}},
	{"agent with words after it", "user-agent: newsclip images\ndisallow: /a\n", nil, []string{"/a"}},
	{"a longer agent", "user-agent: newsclip-images\ndisallow: /\n", []string{"/a"}, nil},
	{"a shorter agent", "user-agent: news\ndisallow: /\n", []string{"/a"}, nil},
	{"paths in their case", "user-agent: newsclip\ndisallow: /A\n", []string{"/a"}, []string{"/A"}},
	{"the longest rule wins", "user-agent: newsclip\ndisallow: /x/page.html\nallow: /x/\n", []string{"/x/", "/x/a"}, []string{"/x/page.html"}},
	{"the longest rule wins, allowing", "user-agent: newsclip\nallow: /x/page.html\ndisallow: /x/\n", []string{"/x/page.html"}, []string{"/x/", "/x/page"}},
	{"allow wins a tie", "user-agent: newsclip\ndisallow: /x/page.html\nallow: /x/page.html\n", []string{"/x/page.html"}, nil},
	{"allow wins a tie of stars", "user-agent: newsclip\ndisallow: /*/a\nallow: /x/a\n", []string{"/x/a"}, []string{"/y/a"}},
	{"a longer star wins", "user-agent: newsclip\nallow: /page\ndisallow: /*.html\n", []string{"/page"}, []string{"/page.html"}},
	{"the end is matched", "user-agent: newsclip\nallow: /$\ndisallow: /\n", []string{"/"}, []string{"/page"}},
	{"a star in the middle", "user-agent: newsclip\ndisallow: /foo/*/qux\n", []string{"/foo/qux"}, []string{"/foo/bar/qux", "/foo/a/b/qux"}},
	{"several stars", "user-agent: newsclip\ndisallow: *a*b*c\n", []string{"/ab"}, []string{"/xaxbxc"}},
	{"a star and an end", "user-agent: newsclip\ndisallow: /*.pdf$\n", []string{"/a.pdf?x", "/a.pdfs"}, []string{"/a.pdf"}},
	{"the query is part of the path", "user-agent: newsclip\ndisallow: /*?page=\n", []string{"/a"}, []string{"/a?page=2"}},
	{"the query is not sorted", "user-agent: newsclip\ndisallow: /a?z=1&b=2\n", []string{"/a?b=2&z=1"}, []string{"/a?z=1&b=2"}},
	{"a bare prefix", "user-agent: newsclip\ndisallow: /fish\n", []string{"/Fish", "/catfish", "/?id=fish"}, []string{"/fish", "/fish.html", "/fish/salmon", "/fishheads", "/fish.php?id=1"}},
	{"a folder", "user-agent: newsclip\ndisallow: /fish/\n", []string{"/fish", "/fish.html"}, []string{"/fish/", "/fish/salmon"}},
	{"letters beyond ASCII, escaped in the rule", "user-agent: newsclip\ndisallow: /foo/bar/%E3%83%84\n", nil, []string{"/foo/bar/%E3%83%84"}},
	{"letters beyond ASCII, bare in the rule", "user-agent: newsclip\ndisallow: /foo/bar/ツ\n", nil, []string{"/foo/bar/%E3%83%84"}},
	{"escapes in small letters", "user-agent: newsclip\ndisallow: /%e3%83%84\n", nil, []string{"/%E3%83%84"}},
	{"ASCII letters that the rule escapes are letters", "user-agent: newsclip\ndisallow: /%62%61%7A\n", []string{"/bar"}, []string{"/baz", "/%62%61%7A"}},
	{"a comment", "user-agent: newsclip # us\ndisallow: /a # secret\n#disallow: /b\n", []string{"/b"}, []string{"/a"}},
	{"line breaks of every kind", "user-agent: newsclip\r\ndisallow: /a\rdisallow: /b\ndisallow: /c", []string{"/d"}, []string{"/a", "/b", "/c"}},
	{"a byte order mark", "\xef\xbb\xbfuser-agent: newsclip\ndisallow: /a\n", []string{"/b"}, []string{"/a"}},
	{"index.html stands for its folder", "user-agent: newsclip\nallow: /x/index.html\ndisallow: /\n", []string{"/x/", "/x/index.html"}, []string{"/x/a", "/"}},
	{"groups in a row, the first", "allow: /foo/bar/\n\nuser-agent: newsclip\ndisallow: /\nallow: /x/\nuser-agent: bot2\ndisallow: /\nallow: /y/\n\n\nallow: /w/\nuser-agent: bot3\n\nuser-agent: newsclip\nallow: /z/\ndisallow: /\n", []string{"/x/b", "/z/d"}, []string{"/y/c", "/foo/bar/"}},
	{"groups in a row, the second", "allow: /foo/bar/\n\nuser-agent: bot1\ndisallow: /\nallow: /x/\nuser-agent: newsclip\ndisallow: /\nallow: /y/\n\n\nallow: /w/\nuser-agent: bot3\n\nuser-agent: bot1\nallow: /z/\ndisallow: /\n", []string{"/y/c", "/w/a"}, []string{"/z/d", "/foo/bar/"}},
	{"groups in a row, the third", "allow: /foo/bar/\n\nuser-agent: bot1\ndisallow: /\nallow: /x/\nuser-agent: bot2\ndisallow: /\nallow: /y/\n\n\nallow: /w/\nuser-agent: newsclip\n\nuser-agent: bot1\nallow: /z/\ndisallow: /\n", []string{"/z/d"}, []string{"/y/c", "/w/a", "/foo/bar/"}},
	{"a sitemap between two agents", "user-agent: bar\nsitemap: https://foo.bar/sitemap\nuser-agent: *\ndisallow: /\n", nil, []string{"/a"}},
	{"an unknown line between two agents", "user-agent: newsclip\ninvalid-unknown-line: unknown\nuser-agent: bar\ndisallow: /\n", nil, []string{"/a"}},
	{"an unknown line between own and the star's", "user-agent: newsclip\ninvalid-unknown-line: unknown\nuser-agent: *\ndisallow: /\n", nil, []string{"/a"}},
	{"agents without a name", "user-agent:\ndisallow: /\n", []string{"/a"}, nil},
	{"own group up to the first space", "user-agent: *\ndisallow: /\nuser-agent: newsclip bar\nallow: /x/\ndisallow: /\n", []string{"/x/y"}, []string{"/a/b"}},
	{"other agents' groups and none for all", "user-agent: foo\nallow: /\nuser-agent: bar\ndisallow: /\nuser-agent: baz\ndisallow: /\n", []string{"/a"}, nil},
	{"own group shuts where the star's opens", "user-agent: *\nallow: /\nuser-agent: newsclip\ndisallow: /\n", nil, []string{"/a"}},
	{"both rules empty", "user-agent: newsclip\ndisallow:\nallow:\n", []string{"/x/page.html"}, nil},
	{"both rules for all", "user-agent: newsclip\ndisallow: /\nallow: /\n", []string{"/x/page.html"}, nil},
	{"longer by a slash", "user-agent: newsclip\ndisallow: /x\nallow: /x/\n", []string{"/x/"}, []string{"/x"}},
	{"longer than a star", "user-agent: newsclip\nallow: /x/page.\ndisallow: /*.html\n", []string{"/x/page.html"}, []string{"/x/y.html"}},
	{"the star's rules are not the own group's", "user-agent: *\ndisallow: /x/\nuser-agent: newsclip\ndisallow: /y/\n", []string{"/x/page"}, []string{"/y/page"}},
	{"a query with a URL in it", "user-agent: newsclip\ndisallow: /\nallow: /foo/bar?qux=taz&baz=http://foo.bar?tar&par\n", []string{"/foo/bar?qux=taz&baz=http://foo.bar?tar&par"}, []string{"/foo/bar"}},
	{"escaped letters are matched as letters", "user-agent: newsclip\ndisallow: /\nallow: /foo/bar/%62%61%7A\n", []string{"/foo/bar/%62%61%7A", "/foo/bar/baz"}, []string{"/foo/bar/bar"}},
	{"a star in the middle, allowed beside", "user-agent: newsclip\ndisallow: /foo/bar/quz\nallow: /foo/*/qux\n", []string{"/foo/bar/qux", "/foo/bax/qux"}, []string{"/foo/bar/quz"}},
	{"the end after a path", "user-agent: newsclip\ndisallow: /foo/bar$\nallow: /foo/bar/qux\n", []string{"/foo/bar/qux", "/foo/bar/", "/foo/bar/baz"}, []string{"/foo/bar"}},
	{"a comment inside a path", "user-agent: newsclip\n# disallow: /\ndisallow: /foo/quz#qux\n", []string{"/foo/bar"}, []string{"/foo/quz"}},
	{"index.html's folder, and index.htm", "user-agent: newsclip\nallow: /allowed-slash/index.html\ndisallow: /\n", []string{"/allowed-slash/", "/allowed-slash/index.html"}, []string{"/allowed-slash/index.htm", "/anyother-url"}},
	{"a prefix with a star after it", "user-agent: newsclip\ndisallow: /\nallow: /fish*\n",
		[]string{"/fish", "/fish.html", "/fish/salmon.html", "/fishheads", "/fishheads/yummy.html", "/fish.html?id=anything"},
		[]string{"/bar", "/Fish.asp", "/catfish", "/?id=fish"}},
	{"a folder, allowed", "user-agent: newsclip\ndisallow: /\nallow: /fish/\n",
		[]string{"/fish/", "/fish/salmon", "/fish/?salmon", "/fish/salmon.html", "/fish/?id=anything"},
		[]string{"/fish", "/fish.html", "/Fish/Salmon.html"}},
	{"a path without its slash matches nothing", "user-agent: newsclip\ndisallow: /\nallow: fish/\n", nil,
		[]string{"/bar", "/fish/", "/fish/salmon", "/fish/?salmon", "/fish/salmon.html", "/fish/?id=anything", "/fish", "/fish.html", "/Fish/Salmon.html"}},
	{"a suffix", "user-agent: newsclip\ndisallow: /\nallow: /*.php\n",
		[]string{"/filename.php", "/folder/filename.php", "/folder/filename.php?parameters", "//folder/any.php.file.html", "/filename.php/", "/index?f=filename.php/"},
		[]string{"/bar", "/windows.PHP", "/php/"}},
	{"a suffix at the end", "user-agent: newsclip\ndisallow: /\nallow: /*.php$\n",
		[]string{"/filename.php", "/folder/filename.php"},
		[]string{"/bar", "/filename.php?parameters", "/filename.php/", "/filename.php5", "/php/", "/filename?php", "/aaaphpaaa", "//windows.PHP"}},
	{"a prefix and a suffix", "user-agent: newsclip\ndisallow: /\nallow: /fish*.php\n",
		[]string{"/fish.php", "/fishheads/catfish.php?parameters"}, []string{"/bar", "/Fish.PHP"}},
	{"precedence: a longer path", "user-agent: newsclip\nallow: /p\ndisallow: /\n", []string{"/page"}, nil},
	{"precedence: the same path", "user-agent: newsclip\nallow: /folder\ndisallow: /folder\n", []string{"/folder/page"}, nil},
	{"precedence: a longer pattern", "user-agent: newsclip\nallow: /page\ndisallow: /*.htm\n", []string{"/page"}, []string{"/page.htm"}},
	{"precedence: the root alone", "user-agent: newsclip\nallow: /$\ndisallow: /\n", []string{"/"}, []string{"/page.html"}},
	{"a line that is too long is cut", "user-agent: newsclip\ndisallow: /x/" + strings.Repeat("a", 2083*8) + "/qux\n", []string{"/fux"}, []string{"/x/" + strings.Repeat("a", 2083*8) + "/fux"}},
	{"a part of a byte order mark", "\xef\xbbuser-agent: newsclip\ndisallow: /a\n", []string{"/b"}, []string{"/a"}},
	{"a broken byte order mark", "\xef\x11\xbfuser-agent: newsclip\ndisallow: /a\n", []string{"/a"}, nil},
	{"a byte order mark in the middle", "user-agent: newsclip\n\xef\xbb\xbfdisallow: /a\ndisallow: /b\n", []string{"/a"}, []string{"/b"}},
	{"HTML instead of robots.txt", "<html><body>user-agent: x</body></html>", []string{"/a"}, nil},
	{"robots.txt itself", "user-agent: newsclip\ndisallow: /\n", []string{"/robots.txt"}, []string{"/a"}},
}

func TestRobotsRules(t *testing.T) {
	const h = "http://news.example"
	for _, tt := range rulesTests {
		t.Run(tt.name, func(t *testing.T) {
			r := parse(tt.robots)
			for _, want := range []bool{true, false} {
				paths := tt.closed
				if want {
					paths = tt.allowed
				}
				for _, p := range paths {
					u, err := url.Parse(h + p)
					if err != nil {
						t.Fatal(err)
					}
					if got := r.Allows(u); got != want {
						t.Errorf("%s: allowed is %v", p, got)
					}
				}
			}
		})
	}
}

func TestSitemapLines(t *testing.T) {
	for line, want := range map[string][]string{
		"Sitemap: https://a.example/1":                         {"https://a.example/1"},
		"SITEMAP:/1":                                           {"/1"},
		"site-map: /1":                                         {"/1"},
		"Sitemap : /1 # a note":                                {"/1"},
		"Sitemap: <https://a.example/1>":                       {"https://a.example/1"},
		`Sitemap: "https://a.example/1"`:                       {"https://a.example/1"},
		"Sitemap: https://a.example/1, https://a.example/2":    {"https://a.example/1", "https://a.example/2"},
		"Sitemap: https://a.example/1?a,b;c https://a.example": {"https://a.example/1?a,b;c", "https://a.example"},
		"Sitemap:": nil,
	} {
		if got := parse("User-agent: *\nDisallow: /x\n" + line + "\n").Sitemaps; !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", line, got, want)
		}
	}
}

func TestRobotsOtherLines(t *testing.T) {
	r := parse("Sitemap: https://news.example/a.xml\nuser-agent: *\ncrawl-delay: 9\nuser-agent: newsclip\nCrawl-Delay: x\ncrawl-delay: 2.5\n" +
		"sitemap: /b.xml\nuser-agent: GPTBot\ndisallow: /\n")
	if r.Delay != 2500*time.Millisecond {
		t.Errorf("delay is %v", r.Delay)
	}
	if !slices.Equal(r.Sitemaps, []string{"https://news.example/a.xml", "/b.xml"}) {
		t.Errorf("sitemaps are %q", r.Sitemaps)
	}
	if !r.NoAI {
		t.Error("a closed GPTBot is not seen")
	}
	for _, open := range []string{"user-agent: GPTBot\ndisallow: /private/\n", "user-agent: *\ndisallow: /\n"} {
		if parse(open).NoAI {
			t.Errorf("%q says nothing against training", open)
		}
	}
	if d := parse("user-agent: *\ncrawl-delay: 1e9\n").Delay; d != maxCrawlDelay {
		t.Errorf("an endless delay comes to %v", d)
	}
}

func TestRobotsAnswers(t *testing.T) {
	var mux http.ServeMux
	srv := httptest.NewServer(&mux)
	defer srv.Close()
	const shut = "user-agent: *\ndisallow: /a\n"
	var asked sync.Map
	redirect := func(n string, to string) func(http.ResponseWriter, *http.Request) {
		return func(w http.ResponseWriter, r *http.Request) {
			asked.Store(n, true)
			http.Redirect(w, r, to, http.StatusFound)
		}
	}
	mux.HandleFunc("/hop1", redirect("hop1", "/hop2"))
	mux.HandleFunc("/hop2", func(w http.ResponseWriter, r *http.Request) { w.Write([]byte(shut)) })
	mux.HandleFunc("/circle", redirect("circle", "/circle"))

	tests := []struct {
		name    string
		answer  http.HandlerFunc
		allowed bool
		closed  bool
	}{
		{"rules", func(w http.ResponseWriter, r *http.Request) { w.Write([]byte(shut)) }, false, false},
		{"not found", http.NotFound, true, false},
		{"forbidden", func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(403) }, true, false},
		{"out of order", func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(500) }, false, true},
		{"unavailable", func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(503) }, false, true},
		{"too many requests", func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(429) }, false, true},
		{"redirected", redirect("first", "/hop1"), false, false},
		{"redirected for ever", redirect("circle", "/circle"), true, false},
		{"dropped", func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, false, true},
		{"over 500 KiB", func(w http.ResponseWriter, r *http.Request) {
			w.Write([]byte("user-agent: *\n" + strings.Repeat("# filler\n", MaxSize/9) + "disallow: /a\n"))
		}, true, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			host := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if r.URL.Path == "/robots.txt" {
					tt.answer(w, r)
					return
				}
				mux.ServeHTTP(w, r)
			}))
			defer host.Close()
			var named []*url.URL
			for _, s := range []*httptest.Server{host, srv} {
				u, err := url.Parse(s.URL)
				if err != nil {
					t.Fatal(err)
				}
				named = append(named, u)
			}
			f := fetch.NewClient(fetch.Options{Timeout: time.Minute}, named)
			defer f.Close()
			c := NewCache(func(ctx context.Context, u *url.URL) (*fetch.Response, error) {
				return f.Get(ctx, &fetch.Request{URL: u, Limit: MaxSize})
			}, nil)
			u, _ := url.Parse(host.URL + "/a")
			r, asked, err := c.Get(context.Background(), u)
			if err != nil || !asked {
				t.Fatal(asked, err)
			}
			if r.Allows(u) != tt.allowed || (r.Closed != nil) != tt.closed {
				t.Errorf("allowed %v, closed %v", r.Allows(u), r.Closed)
			}
		})
	}
}

func TestRobotsAskedOnce(t *testing.T) {
	asked := 0
	started := make(chan struct{})
	now := time.Now()
	c := &Cache{now: func() time.Time { return now }, hosts: make(map[string]*entry), fetch: func(ctx context.Context, u *url.URL) (*fetch.Response, error) {
		asked++
		close(started)
		time.Sleep(20 * time.Millisecond)
		return &fetch.Response{Status: 404}, nil
	}}
	u, _ := url.Parse("http://news.example/a")
	var wg sync.WaitGroup
	for range 20 {
		wg.Go(func() {
			if _, _, err := c.Get(context.Background(), u); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if asked != 1 {
		t.Errorf("asked %d times", asked)
	}
	<-started
	started = make(chan struct{})
	now = now.Add(life + time.Second)
	if _, again, _ := c.Get(context.Background(), u); !again || asked != 2 {
		t.Error("not asked again after its life")
	}
}

func TestRobotsCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	c := &Cache{now: time.Now, hosts: make(map[string]*entry), fetch: func(ctx context.Context, u *url.URL) (*fetch.Response, error) {
		cancel()
		return nil, ctx.Err()
	}}
	u, _ := url.Parse("http://news.example/a")
	if _, _, err := c.Get(ctx, u); !errors.Is(err, context.Canceled) {
		t.Errorf("error is %v", err)
	}
	c.fetch = func(context.Context, *url.URL) (*fetch.Response, error) { return &fetch.Response{Status: 404}, nil }
	if r, _, err := c.Get(context.Background(), u); err != nil || r.Closed != nil {
		t.Error("a cancelled fetch was kept as the host's answer")
	}
}

// A closed host's robots.txt is asked for again a few times before its URLs are
// given up: longer where it was open before, and least where nobody answers.
func TestRobotsPatience(t *testing.T) {
	now := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	var answer func() (*fetch.Response, error)
	c := &Cache{
		now: func() time.Time { return now }, hosts: make(map[string]*entry), scaled: func(d time.Duration) time.Duration { return d },
		fetch: func(context.Context, *url.URL) (*fetch.Response, error) { return answer() },
	}
	status := func(s int, retryAfter string) func() (*fetch.Response, error) {
		return func() (*fetch.Response, error) {
			return &fetch.Response{Status: s, Header: http.Header{"Retry-After": {retryAfter}}}, nil
		}
	}
	gone := func() (*fetch.Response, error) { return nil, &net.DNSError{Name: "news.example"} }
	u, _ := url.Parse("http://news.example/a")
	get := func(wait time.Duration) {
		t.Helper()
		r, asked, err := c.Get(context.Background(), u)
		if err != nil || !asked || r.Closed == nil {
			t.Fatalf("%+v, %v, %v", r, asked, err)
		}
		if wait < 0 {
			if !r.Again.IsZero() {
				t.Errorf("its URLs wait %v", r.Again.Sub(now))
			}
			now = now.Add(errorLife + 1)
			return
		}
		if got := r.Again.Sub(now); got != wait {
			t.Errorf("its URLs wait %v, want %v", got, wait)
		}
		now = r.Again.Add(1)
	}
	answer = gone
	for _, w := range []time.Duration{2, 4, -1, -1} {
		get(w * time.Second)
	}
	c.hosts = make(map[string]*entry)
	answer = status(503, "")
	for _, w := range []time.Duration{2, 4, 8, 16} {
		get(w * time.Second)
	}
	answer = status(429, "90")
	get(90 * time.Second)
	get(90 * time.Second)
	get(-1)
	answer = status(404, "")
	if r, _, _ := c.Get(context.Background(), u); r.Closed != nil {
		t.Fatal(r.Closed)
	}
	now = now.Add(life + 1)
	answer = gone
	for _, w := range []time.Duration{10, 20, 40, 80, 160, 300, -1} {
		get(w * time.Second)
	}
}

// A file of many groups, each for a crawler that gathers pages for models, is read
// in time that grows with its length alone.
func TestManyGroups(t *testing.T) {
	file := func(groups int) string {
		return strings.Repeat("User-agent: GPTBot\nUser-agent: CCBot\nDisallow: /a\n\n", groups)
	}
	read := func(groups int) time.Duration {
		least := time.Hour
		body := file(groups)
		for range 7 {
			start := time.Now()
			if parse(body).NoAI {
				t.Fatal("closed to models, although only /a is")
			}
			least = min(least, time.Since(start))
		}
		return least
	}
	few, many := read(500), read(10_000)
	if many > 200*few {
		t.Errorf("20 times the groups take %.0f times as long", float64(many)/float64(few))
	}
}

// The examples of RFC 9309, 2.2.2 and 2.2.3, and their like.
func TestEscapedRules(t *testing.T) {
	tests := []struct {
		rule, path string
		closed     bool
	}{
		{"/foo/bar?baz=quz", "/foo/bar?baz=quz", true},
		{"/foo/bar?baz=https://foo.bar", "/foo/bar?baz=https%3A%2F%2Ffoo.bar", true},
		{"/foo/bar?baz=https%3A%2F%2Ffoo.bar", "/foo/bar?baz=https://foo.bar", true},
		{"/foo/bar/\u30c4", "/foo/bar/%E3%83%84", true},
		{"/foo/bar/%E3%83%84", "/foo/bar/%E3%83%84", true},
		{"/foo/bar/%e3%83%84", "/foo/bar/%E3%83%84", true},
		{"/foo/bar/%62%61%7A", "/foo/bar/baz", true},
		{"/foo/bar/%62%61%7a", "/foo/bar/baz", true},
		{"/foo/bar/baz", "/foo/bar/%62%61%7A", true},
		{"/path/file-with-a-%2A.html", "/path/file-with-a-*.html", true},
		{"/path/file-with-a-%2A.html", "/path/file-with-a-%2A.html", true},
		{"/path/file-with-a-%2a.html", "/path/file-with-a-*.html", true},
		{"/path/file-with-a-%2A.html", "/path/file-with-a-b.html", false},
		{"/path/foo-%24", "/path/foo-$", true},
		{"/path/foo-%24", "/path/foo-$/more", true},
		{"/path/foo-%24", "/path/foo-", false},
		{"/path/foo-$", "/path/foo-", true},
		{"/path/foo-$", "/path/foo-$", false},
		{"/a$b", "/a$b", true},
		{"/a$b", "/a%24b", true},
		{"/*.php$", "/x/index.php", true},
		{"/*.php$", "/x/index.php?a=1", false},
		{"/*redirect=/login", "/go?redirect=/login", true},
		{"/*redirect=/login", "/go?redirect=%2Flogin", true},
		{"/*?*utm_", "/a?b=1&utm_source=x", true},
		{"/tag:news", "/tag%3Anews", true},
		{"/tag%3anews", "/tag:news/1", true},
		{"/a,b", "/a%2Cb", true},
		{"/a%2Fb", "/a/b", false},
		{"/a%2Fb", "/a%2fb", true},
		{"/100%", "/100%25", true},
		{"/a b", "/a%20b", true},
		{"/search?q=a+b", "/search?q=a+b", true},
	}
	for _, tt := range tests {
		u, err := url.Parse("https://news.example" + tt.path)
		if err != nil {
			t.Fatal(err)
		}
		if got := parse("User-agent: *\nDisallow: " + tt.rule + "\n").Allows(u); got == tt.closed {
			t.Errorf("%s for %s: %v", tt.rule, tt.path, got)
		}
		if got := parse("User-agent: *\nDisallow: /\nAllow: " + tt.rule + "\n").Allows(u); got != tt.closed {
			t.Errorf("allow %s for %s: %v", tt.rule, tt.path, got)
		}
	}
}

func TestParse(t *testing.T) {
	const body = "User-agent: newsclip\nDisallow: /a\n\nUser-agent: HarbourBot\nDisallow: /b\n\nUser-agent: *\nDisallow: /c\n"
	for token, closed := range map[string]string{"newsclip": "/a", "harbourbot": "/b", "HarbourBot": "/b", "other": "/c"} {
		r := Parse(body, token)
		for _, path := range []string{"/a", "/b", "/c"} {
			if got := r.Allows(&url.URL{Scheme: "https", Host: "news.example", Path: path}); got == (path == closed) {
				t.Errorf("%s at %s: %v", token, path, got)
			}
		}
	}
}

// parse reads a robots.txt for newsclip.
func parse(body string) *Rules { return Parse(body, fetch.ProductToken) }

// The rules of a file in UTF-16 hold, with the mark that tells it.
func TestParseUTF16(t *testing.T) {
	const file = "User-agent: *\nDisallow: /closed\n"
	u, err := url.Parse("http://news.example/closed/1")
	if err != nil {
		t.Fatal(err)
	}
	for _, little := range []bool{true, false} {
		body := ""
		for _, c := range "\ufeff" + file {
			if little {
				body += string([]byte{byte(c), byte(c >> 8)})
			} else {
				body += string([]byte{byte(c >> 8), byte(c)})
			}
		}
		if Parse(body, "newsclip").Allows(u) {
			t.Errorf("little endian %v: the rule does not hold", little)
		}
	}
}
