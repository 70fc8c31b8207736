package scrape

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"newsclip/scrape/frontier"
)

// Hops among the forms of one page lead to it, whatever their order and wherever its
// URL was found.
func TestHopsOfOneIdentity(t *testing.T) {
	orders := [][]string{
		{"http://b.example", "https://b.example", "https://www.b.example"},
		{"http://b.example", "http://www.b.example", "https://www.b.example"},
		{"http://www.b.example", "https://www.b.example", "https://b.example"},
		{"http://www.b.example", "http://b.example", "https://b.example"},
		{"https://b.example", "http://b.example", "http://www.b.example"},
		{"https://www.b.example", "https://b.example", "http://b.example", "http://www.b.example"},
		{"http://b.example", "https://www.b.example"},
	}
	for _, order := range orders {
		first, last := order[0], order[len(order)-1]
		for _, role := range []string{"seed", "link", "sitemap"} {
			t.Run(role+" "+strings.Join(order, " "), func(t *testing.T) {
				w := newWeb(t)
				for k, origin := range order[:len(order)-1] {
					w.at[origin] = to(order[k+1])
				}
				w.at[last] = func(rw http.ResponseWriter, r *http.Request) {
					switch {
					case r.URL.Path == "/" && role == "link":
						page(rw, indexHTML(first+"/a"))
					case r.URL.Path == "/" && role == "sitemap":
						page(rw, indexHTML())
					case r.URL.Path == "/sitemap.xml" && role == "sitemap":
						rw.Header().Set("Content-Type", "application/xml")
						fmt.Fprintf(rw, `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>%s/a</loc></url></urlset>`, first)
					default:
						paper("/a")(rw, r)
					}
				}
				seed := last
				if role == "seed" {
					seed = first
				}
				s, got, _ := w.crawl(t, Options{MaxDepth: 1}, seed+"/")
				if want := []string{last + "/a"}; !slices.Equal(got, want) {
					t.Errorf("written: %q, want %q; %+v", got, want, s)
				}
			})
		}
	}
}

// bounce redirects to an address and sets a cookie for all paths.
func bounce(w http.ResponseWriter, r *http.Request, to, cookie string) {
	http.SetCookie(w, &http.Cookie{Name: cookie, Value: "1", Path: "/"})
	http.Redirect(w, r, to, http.StatusFound)
}

func has(r *http.Request, cookie string) bool {
	_, err := r.Cookie(cookie)
	return err == nil
}

// cookieWalls are what servers do before a browser has their cookie. Each reports whether
// it has answered.
func cookieWalls() map[string]func(w http.ResponseWriter, r *http.Request) bool {
	return map[string]func(w http.ResponseWriter, r *http.Request) bool{
		"to itself": func(w http.ResponseWriter, r *http.Request) bool {
			if !has(r, "seen") {
				bounce(w, r, r.URL.RequestURI(), "seen")
				return true
			}
			return false
		},
		"to a page that sets it and comes back": func(w http.ResponseWriter, r *http.Request) bool {
			switch {
			case r.URL.Path == "/check":
				bounce(w, r, r.URL.Query().Get("to"), "seen")
			case !has(r, "seen"):
				http.Redirect(w, r, "/check?to="+r.URL.Path, http.StatusSeeOther)
			default:
				return false
			}
			return true
		},
		"two cookies, one after the other": func(w http.ResponseWriter, r *http.Request) bool {
			switch {
			case !has(r, "one"):
				bounce(w, r, r.URL.RequestURI(), "one")
			case !has(r, "two"):
				bounce(w, r, r.URL.RequestURI(), "two")
			default:
				return false
			}
			return true
		},
		"one page for all, which comes back to the front page": func(w http.ResponseWriter, r *http.Request) bool {
			switch {
			case r.URL.Path == "/welcome":
				bounce(w, r, "/", "seen")
			case !has(r, "seen"):
				http.Redirect(w, r, "/welcome", http.StatusFound)
			default:
				return false
			}
			return true
		},
		"a Refresh field to itself": func(w http.ResponseWriter, r *http.Request) bool {
			if !has(r, "seen") {
				http.SetCookie(w, &http.Cookie{Name: "seen", Value: "1", Path: "/"})
				w.Header().Set("Refresh", "0; url="+r.URL.Path)
				page(w, "<title>One moment</title>")
				return true
			}
			return false
		},
		"a meta refresh to itself": func(w http.ResponseWriter, r *http.Request) bool {
			if !has(r, "seen") {
				http.SetCookie(w, &http.Cookie{Name: "seen", Value: "1", Path: "/"})
				page(w, `<meta http-equiv="refresh" content="1;url=`+r.URL.Path+`">`)
				return true
			}
			return false
		},
		"a parameter that is taken away": func(w http.ResponseWriter, r *http.Request) bool {
			switch test := r.URL.Query().Has("cookietest"); {
			case has(r, "seen") && !test:
				return false
			case has(r, "seen"):
				http.Redirect(w, r, r.URL.Path, http.StatusFound)
			case test:
				page(w, "<h1>Cookies are off</h1>")
			default:
				bounce(w, r, r.URL.Path+"?cookietest=1", "seen")
			}
			return true
		},
		"a counter": func(w http.ResponseWriter, r *http.Request) bool {
			c, err := r.Cookie("n")
			switch {
			case err != nil:
				http.SetCookie(w, &http.Cookie{Name: "n", Value: "1", Path: "/"})
			case c.Value == "1":
				http.SetCookie(w, &http.Cookie{Name: "n", Value: "2", Path: "/"})
			default:
				return false
			}
			http.Redirect(w, r, r.URL.Path, http.StatusTemporaryRedirect)
			return true
		},
		"a cookie for each path": func(w http.ResponseWriter, r *http.Request) bool {
			if name := "p" + strings.Trim(r.URL.Path, "/"); !has(r, name) {
				bounce(w, r, r.URL.Path, name)
				return true
			}
			return false
		},
	}
}

// What a server asks for before it shows a page is given, as browsers do.
func TestWalls(t *testing.T) {
	walls := cookieWalls()
	for _, form := range []string{";jsessionid=0123456789ABCDEF", "?PHPSESSID=0a1b2c3d4e5f6a7b8c9d", "?utm_source=home", "?sid=0a1b2c3d4e5f6a7b"} {
		walls["session form "+form] = func(w http.ResponseWriter, r *http.Request) bool {
			if uri := r.URL.RequestURI(); !strings.HasSuffix(uri, form) {
				http.Redirect(w, r, uri+form, http.StatusFound)
				return true
			}
			r.URL.Path, _, _ = strings.Cut(r.URL.Path, ";")
			return false
		}
	}
	walls["session form before the path"] = func(w http.ResponseWriter, r *http.Request) bool {
		path, ok := strings.CutPrefix(r.URL.Path, "/(S(abcdefgh0123456789abcdef))")
		if !ok {
			http.Redirect(w, r, "/(S(abcdefgh0123456789abcdef))"+r.URL.Path, http.StatusFound)
			return true
		}
		r.URL.Path = path
		return false
	}
	for name, wall := range walls {
		t.Run(name, func(t *testing.T) {
			w := newWeb(t)
			w.at["http://www.n.example"] = func(rw http.ResponseWriter, r *http.Request) {
				if !wall(rw, r) {
					paper("/a", "/b")(rw, r)
				}
			}
			s, got, _ := w.crawl(t, Options{NoDiscovery: true}, "http://www.n.example/")
			if want := []string{"http://www.n.example/a", "http://www.n.example/b"}; !slices.Equal(got, want) {
				t.Errorf("written: %q, want %q; %v", got, want, s.Errors)
			}
		})
	}
}

// A wall that cookies do not open ends soon, and is told.
func TestWallThatStays(t *testing.T) {
	w := newWeb(t)
	w.at["http://www.n.example"] = func(rw http.ResponseWriter, r *http.Request) {
		http.SetCookie(rw, &http.Cookie{Name: "visit", Value: "1"})
		http.Redirect(rw, r, r.URL.Path, http.StatusFound)
	}
	for _, none := range []bool{false, true} {
		before := w.count("n.example/")
		s, _, _ := w.crawl(t, Options{NoDiscovery: true, NoCookies: none}, "http://www.n.example/")
		asked, most := w.count("n.example/")-before, 2+maxRevisits
		if none {
			most = 2
		}
		if s.Errors[errCauseLoop] != 1 || asked > most {
			t.Errorf("no cookies %v: %d requests, errors %v", none, asked, s.Errors)
		}
	}
}

func TestMaxRedirects(t *testing.T) {
	for _, tt := range []struct{ hops, most, want int }{{19, 0, 1}, {20, 0, 1}, {21, 0, 0}, {3, 3, 1}, {4, 3, 0}, {1, -1, 0}, {0, -1, 1}} {
		w := newWeb(t)
		w.at["http://n.example"] = func(rw http.ResponseWriter, r *http.Request) {
			var n int
			if fmt.Sscanf(r.URL.Path, "/hop-%d", &n); n > 0 {
				http.Redirect(rw, r, fmt.Sprintf("/hop-%d", n-1), http.StatusFound)
				return
			}
			page(rw, articleHTML("end"))
		}
		s, got, _ := w.crawl(t, Options{NoDiscovery: true, MaxRedirects: tt.most}, fmt.Sprintf("http://n.example/hop-%d", tt.hops))
		if len(got) != tt.want || s.Errors[errCauseRedirects] != 1-tt.want {
			t.Errorf("%+v: %q, %v", tt, got, s.Errors)
		}
	}
}

// Locations that are not well formed lead where browsers go.
func TestLocationSlips(t *testing.T) {
	for location, want := range map[string]string{
		"///n.example/a":             "/a",
		"////n.example/a":            "/a",
		"//n.example/a":              "/a",
		`\\n.example\a`:              "/a",
		"http:///n.example/a":        "/a",
		`http:\\n.example/a`:         "/a",
		"http:/a":                    "/a", // of the same scheme: a path
		"http:a":                     "/a",
		" /a ":                       "/a",
		"HTTP://N.EXAMPLE/a#top":     "/a",
		"http://user:pw@n.example/a": "/a",
		"./x/../a":                   "/a",
		"/a%zz":                      "/a%25zz",
	} {
		w := newWeb(t)
		w.at["http://n.example"] = func(rw http.ResponseWriter, r *http.Request) {
			switch r.URL.EscapedPath() {
			case "/":
				raw(rw, "HTTP/1.1 302 Found\r\nLocation: "+location+"\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
			case want:
				page(rw, articleHTML("a"))
			default:
				http.NotFound(rw, r)
			}
		}
		_, got, _ := w.crawl(t, Options{NoDiscovery: true}, "http://n.example/")
		if len(got) != 1 || got[0] != "http://n.example"+want {
			t.Errorf("Location: %s: written %q, want %s; asked %q", location, got, want, w.asked)
		}
	}
}

// A page that says nothing but that another one is loaded is a redirect.
func TestRefresh(t *testing.T) {
	long := "<p>" + strings.Repeat("words of its own ", 60) + "</p>"
	for name, tt := range map[string]struct {
		field, body string
		follows     bool
	}{
		"field":                  {field: "0; url=/start", follows: true},
		"field, empty body":      {field: "5;URL='/start'", follows: true},
		"field, no url":          {field: "0;/start", follows: true},
		"meta":                   {body: `<meta http-equiv=refresh content="0; url=/start">`, follows: true},
		"meta, no url":           {body: `<META HTTP-EQUIV="Refresh" CONTENT="0;/start">`, follows: true},
		"meta, comma":            {body: `<meta http-equiv="refresh" content="0, url=/start">`, follows: true},
		"meta, quotes":           {body: `<meta content="1;URL='/start'" http-equiv="refresh"/>`, follows: true},
		"meta in noscript":       {body: `<noscript><meta http-equiv="refresh" content="0; url=/start"></noscript>`, follows: true},
		"meta in a comment":      {body: `<!-- <meta http-equiv="refresh" content="0; url=/start"> -->`},
		"meta in a script":       {body: `<script>var m = '<meta http-equiv="refresh" content="0; url=/start">'</script>`},
		"reload":                 {body: `<meta http-equiv="refresh" content="300">`},
		"reload of itself":       {body: `<meta http-equiv="refresh" content="300; url=/">`},
		"meta, relative to base": {body: `<base href="/start/x"><meta http-equiv="refresh" content="0;url=../start">`, follows: true},
		"meta, references":       {body: `<meta http-equiv="Refresh" content="0; URL=&#x2F;start">`, follows: true},
		"meta, the quote open":   {body: `<meta http-equiv="refresh" content="0;url='/start">`, follows: true},
		"meta, after minutes":    {body: `<meta http-equiv="refresh" content="300; url=/start">`},
		"field, after minutes":   {field: "600; url=/start", body: "<p>x"},
		"script":                 {body: `<script>window.location.href = "/start";</script>`, follows: true},
		"script, replace":        {body: `<html><script type="text/javascript"><!-- location.replace('/start') //--></script><a href="/start">Go on</a>`, follows: true},
		"script, later":          {body: `<script>setTimeout(function(){ top.location = "/start" }, 500)</script><p>One moment`, follows: true},
		"script, document":       {body: `<title>x</title><script>document.location='\/start'</script>`, follows: true},
		"script, for some":       {body: `<script>if (screen.width < 700) { location.href = "/start" }</script>`},
		"script, for others":     {body: `<script>location.href = mobile ? "/start" : "/x"</script>`},
		"script, when asked":     {body: `<script>b.addEventListener('click', function(){ location.href = "/start" })</script>`},
		"script, put together":   {body: `<script>location.href = "/start" + id</script>`},
		"script beside links":    {body: `<script>location.href = "/start"</script><a href=/1>1</a><a href=/2>2</a><a href=/3>3</a>`},
		"script beside text":     {body: `<script>location.href = "/start"</script>` + long},
		"page with its text":     {body: `<meta http-equiv="refresh" content="300; url=/start">` + long},
	} {
		w := newWeb(t)
		w.at["http://n.example"] = func(rw http.ResponseWriter, r *http.Request) {
			switch r.URL.Path {
			case "/":
				if tt.field != "" {
					rw.Header().Set("Refresh", tt.field)
				}
				page(rw, tt.body)
			case "/start":
				page(rw, articleHTML("start"))
			default:
				http.NotFound(rw, r)
			}
		}
		// At depth 0 links are not followed, and redirects are.
		s, got, _ := w.crawl(t, Options{NoDiscovery: true, MaxDepth: -1}, "http://n.example/")
		if len(got) > 0 != tt.follows || s.Redirects > 0 != tt.follows {
			t.Errorf("%s: written %q, %d redirects", name, got, s.Redirects)
		}
	}
}

// An answer of any status of redirects leads on, and one that names no address is a
// page.
func TestRedirectStatuses(t *testing.T) {
	for _, status := range []int{300, 301, 302, 303, 305, 307, 308} {
		w := newWeb(t)
		w.at["http://n.example"] = func(rw http.ResponseWriter, r *http.Request) {
			switch r.URL.Path {
			case "/":
				page(rw, indexHTML("/led", "/unled"))
			case "/led":
				rw.Header().Set("Location", "a?x=1")
				rw.WriteHeader(status)
			case "/unled":
				rw.Header().Set("Content-Type", "text/html")
				rw.WriteHeader(status)
				fmt.Fprint(rw, articleHTML("unled"))
			default:
				page(rw, articleHTML("a"))
			}
		}
		s, got, _ := w.crawl(t, Options{NoDiscovery: true}, "http://n.example/")
		if want := []string{"http://n.example/a?x=1", "http://n.example/unled"}; !slices.Equal(got, want) {
			t.Errorf("%d: written %q, want %q; %v", status, got, want, s.Errors)
		}
	}
}

// A seed that leads to another site is followed where that is the same one, and told.
func TestSeedLeadsElsewhere(t *testing.T) {
	for name, tt := range map[string]struct {
		location string
		follow   bool // FollowSeedRedirect
		want     int
		told     bool
	}{
		"www":              {location: "https://www.old.example/", want: 1},
		"subdomain":        {location: "http://news.old.example/start", want: 1, told: true},
		"other suffix":     {location: "http://www.old.test/start", want: 1, told: true},
		"moved":            {location: "http://new.example/", want: 1, told: true},
		"part of a site":   {location: "http://big.example/start", told: true},
		"consent":          {location: "https://consent.example/collect?back=%2F", told: true},
		"asked to follow":  {location: "http://big.example/start", follow: true, want: 1, told: true},
		"consent followed": {location: "https://consent.example/collect?back=%2F", follow: true, told: true},
	} {
		w := newWeb(t)
		w.at["http://old.example"] = func(rw http.ResponseWriter, r *http.Request) {
			http.Redirect(rw, r, tt.location, http.StatusMovedPermanently)
		}
		site := func(rw http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/start" {
				r.URL.Path = "/"
			}
			paper("/a")(rw, r)
		}
		for _, origin := range []string{"https://www.old.example", "http://news.old.example", "http://www.old.test", "http://new.example", "http://big.example"} {
			w.at[origin] = site
		}
		w.at["https://consent.example"] = func(rw http.ResponseWriter, r *http.Request) { page(rw, indexHTML()) }
		_, got, log := w.crawl(t, Options{NoDiscovery: true, FollowSeedRedirect: tt.follow}, "http://old.example/")
		host := strings.Split(tt.location, "/")[2]
		if len(got) != tt.want || strings.Contains(log, host) != tt.told {
			t.Errorf("%s: written %q, log %q", name, got, log)
		}
	}
}

// Where pages lead to a host outside of the scope, and no article comes, the host is
// named.
func TestPagesLeadElsewhere(t *testing.T) {
	w := newWeb(t)
	w.at["http://n.example"] = func(rw http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/" {
			page(rw, indexHTML("/a", "/b", "/c", "/d"))
			return
		}
		http.Redirect(rw, r, "http://guard.example/?back="+r.URL.Path, http.StatusFound)
	}
	_, _, log := w.crawl(t, Options{NoDiscovery: true}, "http://n.example/")
	if strings.Count(log, "site=guard.example") != 1 {
		t.Errorf("log: %q", log)
	}
}

// A page that a cookie was asked for before is the canonical one of its twins.
func TestTwinOfWalledPage(t *testing.T) {
	w := newWeb(t)
	w.at["http://n.example"] = func(rw http.ResponseWriter, r *http.Request) {
		_, err := r.Cookie("seen" + r.URL.Path[1:])
		switch {
		case r.URL.Path == "/check":
			to := r.URL.Query().Get("to")
			http.SetCookie(rw, &http.Cookie{Name: "seen" + to[1:], Value: "1", Path: "/"})
			http.Redirect(rw, r, to, http.StatusFound)
		case r.URL.Path == "/":
			page(rw, indexHTML("/amp-a", "/amp-b", "/amp-gone"))
		case strings.HasPrefix(r.URL.Path, "/amp-"):
			name := strings.TrimPrefix(r.URL.Path, "/amp-")
			page(rw, head(articleHTML(name), `<link rel="canonical" href="/`+name+`">`))
		case err != nil:
			http.Redirect(rw, r, "/check?to="+r.URL.Path, http.StatusFound)
		case r.URL.Path == "/gone":
			http.NotFound(rw, r)
		default:
			page(rw, articleHTML(r.URL.Path[1:]))
		}
	}
	_, got, _ := w.crawl(t, Options{NoDiscovery: true}, "http://n.example/")
	if want := []string{"http://n.example/a", "http://n.example/amp-gone", "http://n.example/b"}; !slices.Equal(got, want) {
		t.Errorf("written: %q, want %q", got, want)
	}
}

// Cookies end with the process: a recrawl gets them anew.
func TestWallInRecrawl(t *testing.T) {
	w := newWeb(t)
	text := "first"
	w.at["http://n.example"] = func(rw http.ResponseWriter, r *http.Request) {
		_, err := r.Cookie("seen")
		switch {
		case r.URL.Path == "/check":
			http.SetCookie(rw, &http.Cookie{Name: "seen", Value: "1", Path: "/"})
			http.Redirect(rw, r, r.URL.Query().Get("to"), http.StatusFound)
		case err != nil:
			http.Redirect(rw, r, "/check?to="+r.URL.Path, http.StatusFound)
		case r.URL.Path == "/":
			page(rw, indexHTML("/a", "/b"))
		default:
			page(rw, articleHTML(text+r.URL.Path[1:]))
		}
	}
	o := Options{NoDiscovery: true, Frontier: frontier.Options{Dir: t.TempDir()}}
	for _, text = range []string{"first", "second"} {
		s, got, _ := w.crawl(t, o, "http://n.example/")
		if want := []string{"http://n.example/a", "http://n.example/b"}; !slices.Equal(got, want) || len(s.Errors) > 0 {
			t.Errorf("%s: written %q, errors %v", text, got, s.Errors)
		}
		o.Recrawl, o.everythingDue = true, true
	}
}
