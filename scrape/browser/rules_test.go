package browser_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"newsclip/scrape"
	"newsclip/scrape/browser"
)

// loads is a page whose script asks for URLs, one after another, and writes a story
// with what came of each.
func loads(n int, urls ...string) string {
	var list []string
	for _, u := range urls {
		list = append(list, fmt.Sprintf("%q", u))
	}
	return shell(`<script type="module">
const results = [];
for (const u of [` + strings.Join(list, ",") + `]) {
	try { const r = await fetch(u); results.push(r.status + " " + (await r.text()).slice(0, 80)); } catch (e) { results.push("refused"); }
}
document.getElementById("root").innerHTML = ` + fmt.Sprintf("%q", story(n)) + ` + "<ul id=results>" + results.map((r) => "<li>" + r + "</li>").join("") + "</ul>";
</script>`)
}

var resultLine = regexp.MustCompile(`<li>([^"]*?|\d[^<]*)</li>`)

// results are what loads has written.
func results(html []byte) (list []string) {
	for _, m := range resultLine.FindAllSubmatch(html, -1) {
		list = append(list, string(m[1]))
	}
	return list
}

func want(t *testing.T, got []string, want ...string) {
	t.Helper()
	if strings.Join(got, "|") != strings.Join(want, "|") {
		t.Errorf("the page got %q, want %q", got, want)
	}
}

func TestPrivateAddressIsRefused(t *testing.T) {
	b := start(t, browser.Options{})
	s, other := newSite(t), newSite(t)
	other.pages["/secret.json"] = answer("application/json", `{"secret": 1}`)
	s.pages["/own.json"] = answer("application/json", `{"own": 1}`)
	at, _ := url.Parse(other.URL)
	s.pages["/"] = html(loads(0, "/own.json", other.URL+"/secret.json", "http://localhost:"+at.Port()+"/secret.json", "http://[::1]:"+at.Port()+"/secret.json", "http://169.254.169.254/latest/"))
	in, err := s.render(t, b, scrape.Options{}, "/")
	if err != nil {
		t.Fatal(err)
	}
	want(t, results(in.HTML), `200 {"own": 1}`, "refused", "refused", "refused", "refused")
	if len(other.asked()) > 0 {
		t.Errorf("the other server was asked for %q", other.asked())
	}
}

// TestRenderPublicOnly: a page that strangers name is not rendered from an address of
// this machine either.
func TestRenderPublicOnly(t *testing.T) {
	b := start(t, browser.Options{})
	s := newSite(t)
	s.pages["/"] = html(loads(0))
	if in, err := s.render(t, b, scrape.Options{PublicOnly: true}, "/"); scrape.CauseOf(err) != scrape.CausePrivate {
		t.Errorf("%v, %s", err, in.HTML)
	}
}

func TestRobotsHoldForLoads(t *testing.T) {
	b := start(t, browser.Options{})
	s := newSite(t)
	s.pages["/robots.txt"] = answer("text/plain", "User-agent: *\nDisallow: /closed/\n")
	s.pages["/closed/a.json"], s.pages["/open/a.json"] = answer("application/json", "1"), answer("application/json", "2")
	s.pages["/closed/a.js"] = script("document.title = 'loaded'")
	s.pages["/"] = html(loads(0, "/closed/a.json", "/open/a.json") + `<script src="/closed/a.js"></script>`)
	in, err := s.render(t, b, scrape.Options{}, "/")
	if err != nil {
		t.Fatal(err)
	}
	want(t, results(in.HTML), "refused", "200 2")
	if n := s.count("/closed/a.json") + s.count("/closed/a.js"); n != 0 {
		t.Errorf("closed resources were asked for %d times", n)
	}
	in, err = s.render(t, b, scrape.Options{IgnoreRobots: true, Exclude: []*regexp.Regexp{regexp.MustCompile("/open/")}}, "/")
	if err != nil {
		t.Fatal(err)
	}
	want(t, results(in.HTML), "200 1", "refused")
}

func TestOnlyGET(t *testing.T) {
	b := start(t, browser.Options{})
	s := newSite(t)
	s.pages["/vote"] = answer("text/plain", "counted")
	s.pages["/"] = html(strings.Replace(loads(0, "/vote"), "await fetch(u)", `await fetch(u, {method: "POST", body: "x"})`, 1) +
		`<form id="f" method="post" action="/vote"></form><script>navigator.sendBeacon("/vote", "x"); setTimeout(() => document.getElementById("f").submit(), 50)</script>`)
	in, err := s.render(t, b, scrape.Options{}, "/")
	if err != nil {
		t.Fatal(err)
	}
	want(t, results(in.HTML), "refused")
	if n := s.count("/vote"); n != 0 {
		t.Errorf("a script has made %d requests that change something", n)
	}
}

// TestNothingPassesBy: what the protocol does not show reaches no server.
func TestNothingPassesBy(t *testing.T) {
	b := start(t, browser.Options{})
	s := newSite(t)
	host := strings.TrimPrefix(s.URL, "http://")
	s.pages["/"] = html(loads(0) + `<link rel="preconnect" href="` + s.URL + `/"><link rel="prefetch" href="/prefetched"><link rel="manifest" href="/manifest.json">
<iframe src="/frame"></iframe><object data="/object"></object><embed src="/embed"><video src="/video.mp4" autoplay></video><img src="/a.jpg"><link rel="stylesheet" href="/a.css">
<style>@font-face { font-family: F; src: url(/f.woff2) } body { font-family: F; background: url(/b.png) }</style>
<script>
try { new WebSocket("ws://` + host + `/socket"); } catch {}
try { new EventSource("/events"); } catch {}
try { new Worker("/worker.js"); } catch {}
try { new Worker(URL.createObjectURL(new Blob(["fetch('` + s.URL + `/from-worker')"]))); } catch {}
try { new SharedWorker("/shared.js"); } catch {}
try { navigator.serviceWorker.register("/service.js"); } catch {}
try { window.open("/opened"); } catch {}
alert("a dialog waits"); confirm("?"); print();
</script>`)
	in, err := s.render(t, b, scrape.Options{}, "/")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range s.asked() {
		if path != "/" && path != "/robots.txt" {
			t.Errorf("%s was asked for", path)
		}
	}
	if a := articleOf(t, in); !strings.Contains(a.Text, "The harbour wall will be repaired") {
		t.Errorf("%q", a.Text)
	}
}

func TestDownloadIsRefused(t *testing.T) {
	home := t.TempDir()
	t.Setenv("HOME", home)
	b := start(t, browser.Options{})
	s := newSite(t)
	s.pages["/file.zip"] = func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/zip")
		w.Header().Set("Content-Disposition", "attachment")
		fmt.Fprint(w, "PK")
	}
	s.pages["/"] = html(loads(0) + `<a id="a" download="b.txt">b</a><script>
const a = document.getElementById("a");
a.href = URL.createObjectURL(new Blob(["text"]));
a.click();
</script>`)
	if _, err := s.render(t, b, scrape.Options{}, "/"); err != nil {
		t.Fatal(err)
	}
	for _, dir := range []string{home, home + "/Downloads"} {
		entries, _ := os.ReadDir(dir)
		for _, e := range entries {
			if strings.HasPrefix(e.Name(), "b") || strings.HasPrefix(e.Name(), "file") {
				t.Errorf("%s was downloaded", e.Name())
			}
		}
	}
	// A page whose scripts lead to a file is a redirect to what is no page.
	s.pages["/away"] = html(shell(`<script>location.href = "/file.zip"</script>`))
	sum, records := crawl(t, scrape.Options{Renderer: b, Render: scrape.RenderAuto, NoDiscovery: true}, s.URL+"/away")
	if len(records) != 0 || sum.Skipped[scrape.SkipNotPage] != 1 || s.count("/file.zip") != 1 {
		t.Errorf("%+v", sum)
	}
}

// proxied serves hosts by name, as a proxy, and returns the URLs that it was asked for.
func proxied(t *testing.T, s *site) *url.URL {
	t.Helper()
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		own := r.Clone(r.Context())
		own.URL = &url.URL{Path: "/" + r.Host + r.URL.Path, RawQuery: r.URL.RawQuery}
		s.ServeHTTP(w, own)
	}))
	t.Cleanup(proxy.Close)
	u, err := url.Parse(proxy.URL)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

func TestTrackersAreNotLoaded(t *testing.T) {
	b := start(t, browser.Options{})
	s := newSite(t)
	proxy := proxied(t, s)
	page := html(loads(0, "http://cdn.example/data.json", "http://www.google-analytics.com/collect") +
		`<script src="http://static.doubleclick.net/ad.js"></script><script src="http://cdn.example/lib.js"></script>`)
	s.pages["/news.example/"] = page
	s.pages["/cdn.example/lib.js"] = script("document.title = 'lib'")
	s.pages["/cdn.example/data.json"] = func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Access-Control-Allow-Origin", "*")
		fmt.Fprint(w, "data")
	}
	f, err := scrape.NewFetcher(scrape.Options{Seeds: []string{"http://news.example/"}, Proxies: []*url.URL{proxy}, Renderer: b})
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	in, err := f.RenderedPage(t.Context(), "http://news.example/", wantsAll)
	if err != nil {
		t.Fatal(err)
	}
	want(t, results(in.HTML), "200 data", "refused")
	if !strings.Contains(string(in.HTML), "<title>lib</title>") || s.count("/cdn.example/lib.js") != 1 {
		t.Errorf("a script of another host was not loaded: %q", s.asked())
	}
	for _, path := range s.asked() {
		if strings.Contains(path, "doubleclick") || strings.Contains(path, "google") {
			t.Errorf("%s was asked for", path)
		}
	}
}

// TestCookiesAndSecrets: a page's own site gets the cookies of the crawl and of the
// page's scripts, and the header and credentials of the user; others get none.
func TestCookiesAndSecrets(t *testing.T) {
	b := start(t, browser.Options{})
	s := newSite(t)
	proxy := proxied(t, s)
	s.pages["/news.example/"] = func(w http.ResponseWriter, r *http.Request) {
		http.SetCookie(w, &http.Cookie{Name: "of-server", Value: "1", Path: "/"})
		http.SetCookie(w, &http.Cookie{Name: "hidden", Value: "2", Path: "/", HttpOnly: true})
		html(strings.Replace(loads(0, "/data.json", "http://cdn.example/data.json", "/data.json?2"), "const results = [];", `const results = [document.cookie]; document.cookie = "of-script=3; path=/";`, 1))(w, r)
	}
	data := func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Access-Control-Allow-Origin", "*")
		fmt.Fprint(w, "data")
	}
	s.pages["/news.example/data.json"], s.pages["/cdn.example/data.json"] = data, data
	for _, none := range []bool{false, true} {
		f, err := scrape.NewFetcher(scrape.Options{
			Seeds: []string{"http://mara:secret@news.example/"}, Proxies: []*url.URL{proxy}, Renderer: b, NoCookies: none,
			Header: http.Header{"X-Api-Key": {"key"}},
		})
		if err != nil {
			t.Fatal(err)
		}
		in, err := f.RenderedPage(t.Context(), "http://news.example/", wantsAll)
		f.Close()
		if err != nil {
			t.Fatal(err)
		}
		got := results(in.HTML)
		own, other := s.request("/news.example/data.json"), s.request("/cdn.example/data.json")
		cookies := ""
		if !none {
			want(t, got, "of-server=1", "200 data", "200 data", "200 data")
			cookies = "of-script=3; of-server=1; hidden=2"
		}
		if c := own.Header.Get("Cookie"); !sameCookies(c, cookies) || own.Header.Get("X-Api-Key") != "key" || !strings.HasPrefix(own.Header.Get("Authorization"), "Basic ") {
			t.Errorf("no cookies %v: the page's own site got %v", none, own.Header)
		}
		if other.Header.Get("Cookie") != "" || other.Header.Get("X-Api-Key") != "" || other.Header.Get("Authorization") != "" {
			t.Errorf("another site got %v", other.Header)
		}
		if ua := own.Header.Get("User-Agent"); ua != "newsclip" {
			t.Errorf("user agent %q", ua)
		}
	}
}

func sameCookies(a, b string) bool {
	in := func(s string) map[string]bool {
		set := make(map[string]bool)
		for c := range strings.SplitSeq(s, "; ") {
			set[c] = true
		}
		return set
	}
	x, y := in(a), in(b)
	for c := range x {
		if !y[c] {
			return false
		}
	}
	return len(x) == len(y)
}

// TestRedirectByScript: a page that scripts lead to is a URL of its own.
func TestRedirectByScript(t *testing.T) {
	b := start(t, browser.Options{})
	s, other := newSite(t), newSite(t)
	s.pages["/robots.txt"] = answer("text/plain", "User-agent: *\nDisallow: /closed\n")
	s.pages["/"] = html(`<!doctype html><title>News</title><body>` + strings.Repeat("<p>A list of reports that are worth a look today.</p>", 9) +
		`<a href="/within">First report</a> <a href="/outside">Second report</a> <a href="/forbidden">Third report</a>`)
	s.pages["/within"] = html(shell(`<script>location.replace("/2026/harbour-wall")</script>`))
	s.pages["/2026/harbour-wall"] = html(`<!doctype html><html lang="en"><title>Wall</title><body>` + story(0))
	s.pages["/outside"] = html(shell(`<script>location.href = "` + other.URL + `/2026/story"</script>`))
	s.pages["/forbidden"] = html(shell(`<script>location.href = "/closed"</script>`))
	other.pages["/2026/story"] = html(`<!doctype html><html lang="en"><title>Story</title><body>` + story(1))
	sum, records := crawl(t, scrape.Options{Renderer: b, Render: scrape.RenderAuto, NoDiscovery: true}, s.URL)
	if len(records) != 1 || records[0].URL != s.URL+"/2026/harbour-wall" || records[0].Rendered {
		t.Errorf("%d records, %+v", len(records), sum)
	}
	if sum.Skipped[scrape.SkipScope] != 1 || sum.Skipped[scrape.SkipRobots] != 1 || len(other.asked()) > 0 || s.count("/closed") > 0 {
		t.Errorf("%+v, other %q", sum, other.asked())
	}
}

// TestReloadWithCookie: a page that sets a cookie and loads itself again is requested
// again, with the cookie.
func TestReloadWithCookie(t *testing.T) {
	b := start(t, browser.Options{})
	s := newSite(t)
	s.pages["/2026/wall"] = func(w http.ResponseWriter, r *http.Request) {
		if c, err := r.Cookie("seen"); err == nil && c.Value == "yes" {
			html(`<!doctype html><html lang="en"><title>Wall</title><body>`+story(0))(w, r)
			return
		}
		html(shell(`<script>document.cookie = "seen=yes; path=/"; location.reload()</script>`))(w, r)
	}
	in, err := s.render(t, b, scrape.Options{Delay: 100 * time.Millisecond}, "/2026/wall")
	if err != nil {
		t.Fatal(err)
	}
	if a := articleOf(t, in); a.Title != headline(0) || s.count("/2026/wall") != 2 {
		t.Errorf("%q, asked %q", a.Title, s.asked())
	}
}

// TestOtherOrigins: a page reads of other origins what they let it read, as in any
// browser, and no request is made to find that out.
func TestOtherOrigins(t *testing.T) {
	b := start(t, browser.Options{})
	s := newSite(t)
	proxy := proxied(t, s)
	s.pages["/news.example/"] = html(strings.Replace(loads(0, "http://api.example/closed", "http://api.example/open", "http://api.example/moved"),
		"await fetch(u)", `await fetch(u, {headers: {"X-Key": "1"}})`, 1))
	open := func(f func(http.ResponseWriter, *http.Request)) func(http.ResponseWriter, *http.Request) {
		return func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Access-Control-Allow-Origin", "*")
			f(w, r)
		}
	}
	s.pages["/api.example/closed"] = answer("text/plain", "closed")
	s.pages["/api.example/open"] = open(answer("text/plain", "open"))
	s.pages["/api.example/moved"] = open(func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/to", http.StatusFound) })
	s.pages["/api.example/to"] = open(answer("text/plain", "moved"))
	f, err := scrape.NewFetcher(scrape.Options{Seeds: []string{"http://news.example/"}, Proxies: []*url.URL{proxy}, Renderer: b})
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	in, err := f.RenderedPage(t.Context(), "http://news.example/", wantsAll)
	if err != nil {
		t.Fatal(err)
	}
	want(t, results(in.HTML), "refused", "200 open", "200 moved")
	for _, r := range s.requests() {
		if r.Method != http.MethodGet {
			t.Errorf("%s %s", r.Method, r.URL)
		}
	}
	if r := s.request("/api.example/open"); r == nil || r.Header.Get("X-Key") != "1" || r.Header.Get("Origin") == "" {
		t.Errorf("%+v", r)
	}
}

func TestRenderOverTLS(t *testing.T) {
	b := start(t, browser.Options{})
	s := newSite(t)
	secure := httptest.NewTLSServer(s)
	t.Cleanup(secure.Close)
	s.pages["/"] = html(loads(0, "/own"))
	s.pages["/own"] = answer("text/plain", "own")
	f, err := scrape.NewFetcher(scrape.Options{Seeds: []string{secure.URL}, Insecure: true, Renderer: b})
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	in, err := f.RenderedPage(t.Context(), secure.URL, wantsAll)
	if err != nil {
		t.Fatal(err)
	}
	want(t, results(in.HTML), "200 own")
}
