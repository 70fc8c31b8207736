package testdata

import (
	"encoding/json"
	"encoding/xml"
	"errors"
	"io/fs"
	"net/http"
	"net/url"
	"path"
	"regexp"
	"strings"
	"testing"
)

func TestFurnitureIsOnEveryArticle(t *testing.T) {
	furniture := map[string][]string{
		"ledger":  {`id="onetrust-banner-sdk"`, `data-testid="share-bar"`, "Most read", "<footer", "<nav", "Subscribe for"},
		"journal": {"cookie-law-info-bar", "Share this:", "jp-relatedposts", "Recent Posts", `id="colophon"`},
		"gazette": {"navigation", "Most read", "Advertisement", `class="fuss"`},
	}
	seen := make(map[string]int)
	for file := range expectedRecords(t, originMark) {
		dir := path.Dir(file)
		seen[dir]++
		source := decoded(t, file)
		for _, f := range furniture[dir] {
			if !strings.Contains(source, f) {
				t.Errorf("%s: no %s", file, f)
			}
		}
	}
	for dir := range furniture {
		if seen[dir] < 8 {
			t.Errorf("%d articles in %s", seen[dir], dir)
		}
	}
}

func TestSizeOfTheSite(t *testing.T) {
	pages, size := 0, int64(0)
	err := fs.WalkDir(files, "newsroom", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		size += info.Size()
		if strings.HasSuffix(name, ".html") {
			pages++
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if pages < 60 {
		t.Errorf("%d pages, want 60 at least", pages)
	}
	if size > 3<<20 {
		t.Errorf("%d bytes, which every binary carries", size)
	}
}

// urls are the addresses that a sitemap or feed lists.
type urls struct {
	Sitemaps []string `xml:"sitemap>loc"`
	Pages    []struct {
		Loc  string `xml:"loc"`
		News string `xml:"http://www.google.com/schemas/sitemap-news/0.9 news>title"`
	} `xml:"url"`
	Items []string `xml:"channel>item>link"`
}

func TestSitemapsAndFeed(t *testing.T) {
	origin, get := serve(t)
	s := &site{routes: routesOf(t)}
	listed := make(map[string]bool)
	add := func(from, address string) {
		t.Helper()
		u, err := url.Parse(address)
		if err != nil || !strings.HasPrefix(address, origin) {
			t.Fatalf("%s lists %q", from, address)
		}
		r := s.find(u.Path, u.Query())
		if r == nil || r.status != http.StatusOK {
			t.Fatalf("%s lists %s, which is nowhere", from, address)
		}
		listed[r.file] = true
	}
	load := func(address string) urls {
		t.Helper()
		b := read(t, get(t, address))
		if strings.HasSuffix(address, ".gz") {
			b = gunzip(t, b)
		}
		var u urls
		if err := xml.Unmarshal(b, &u); err != nil {
			t.Fatalf("%s: %v", address, err)
		}
		return u
	}

	robots := string(read(t, get(t, "/robots.txt")))
	index := regexp.MustCompile(`(?m)^Sitemap: (.*)$`).FindStringSubmatch(robots)
	if index == nil {
		t.Fatal("robots.txt names no sitemap")
	}
	gz, news := 0, 0
	for _, child := range load(index[1]).Sitemaps {
		if strings.HasSuffix(child, ".gz") {
			gz++
		}
		for _, p := range load(child).Pages {
			add(child, p.Loc)
			if p.News != "" {
				news++
			}
		}
	}
	if gz != 1 || news < 3 {
		t.Errorf("%d gzipped sitemaps, %d news entries", gz, news)
	}
	items := load("/feed.xml").Items
	if len(items) < 10 {
		t.Errorf("%d items in the feed", len(items))
	}
	for _, item := range items {
		add("feed.xml", item)
	}
	for file := range expectedRecords(t, origin) {
		if !listed[file] {
			t.Errorf("%s stands in no sitemap and not in the feed", file)
		}
	}
}

func TestRobotsDisallowsPagesThatExist(t *testing.T) {
	_, get := serve(t)
	robots := string(read(t, get(t, "/robots.txt")))
	if !strings.Contains(robots, "Disallow: /members/\n") {
		t.Fatal("nothing is disallowed")
	}
	front := string(read(t, get(t, "/")))
	const hidden = "/members/preview-the-lighthouse-papers"
	if !strings.Contains(front, `href="`+hidden+`"`) {
		t.Error("the front page does not link to it")
	}
	if resp := get(t, hidden); resp.StatusCode != http.StatusOK {
		t.Errorf("status %d", resp.StatusCode)
	}
	for _, r := range expectedRecords(t, "") {
		if strings.HasPrefix(r.CanonicalURL, "/members/") {
			t.Errorf("%s has a record", r.CanonicalURL)
		}
	}
}

func TestTraps(t *testing.T) {
	_, get := serve(t)
	follow := func(address, link string) string {
		t.Helper()
		resp := get(t, address)
		if resp.StatusCode != http.StatusOK {
			t.Fatalf("%s: status %d", address, resp.StatusCode)
		}
		m := regexp.MustCompile(link).FindSubmatch(read(t, resp))
		if m == nil {
			t.Fatalf("%s: no link like %s", address, link)
		}
		return strings.ReplaceAll(string(m[1]), "&amp;", "&")
	}
	traps := []struct{ name, start, link string }{
		{"calendar", "/events/2025-05", `rel="next" href="([^"]*)"`},
		{"calendar backwards", "/events/2025-05", `rel="prev" href="([^"]*)"`},
		{"session in the path", "/gazette/kleinanzeigen.php", `href="([^"]*jsessionid=[^"]*)">Next`},
		{"session in the query", "/gazette/", `href="(/gazette/index.php[^"]*PHPSESSID=[^"]*)"`},
	}
	for _, trap := range traps {
		t.Run(trap.name, func(t *testing.T) {
			seen := make(map[string]bool)
			address := trap.start
			for range 30 {
				next := follow(address, trap.link)
				if seen[next] {
					t.Fatalf("%s comes again", next)
				}
				seen[next] = true
				if !strings.HasPrefix(next, "/gazette/index.php") {
					address = next
				}
			}
		})
	}
	t.Run("redirect loop", func(t *testing.T) {
		a := get(t, "/r/loop-a").Header.Get("Location")
		if b := get(t, a).Header.Get("Location"); b != "/r/loop-a" || a == b {
			t.Errorf("leads to %s and %s", a, b)
		}
	})
	t.Run("soft and hard 404", func(t *testing.T) {
		soft := get(t, "/news/region/fog-signal-restored-a0971")
		if soft.StatusCode != http.StatusOK || !strings.Contains(string(read(t, soft)), "could not be found") {
			t.Error("not a soft 404")
		}
		for p := range dead {
			if got := get(t, p).StatusCode; got != http.StatusNotFound {
				t.Errorf("%s: status %d", p, got)
			}
		}
		if got := get(t, "/events/some-day").StatusCode; got != http.StatusNotFound {
			t.Errorf("calendar of no month: status %d", got)
		}
	})
}

func TestRoutesThatDoNotRead(t *testing.T) {
	for _, line := range []string{
		"/a file.html 200",
		"/a file.html ok text/html",
		"/a file.html 200 text/html sometimes",
		"/a file.html 200 text/html fail=often",
		"/a file.html 200 text/html header=X-Robots-Tag",
		"/%zz file.html 200 text/html",
	} {
		if _, err := readRoute(strings.Fields(line)); err == nil {
			t.Errorf("no error for %q", line)
		}
	}
}

// Every file of the newsroom is served, or is an expected record.
func TestNoFileIsForgotten(t *testing.T) {
	served := map[string]bool{"routes.txt": true, "README.md": true}
	for _, r := range routesOf(t) {
		served[r.file] = true
		if r.file != "-" && !fileExists(r.file) {
			t.Errorf("%s: no file %s", r.path, r.file)
		}
	}
	err := fs.WalkDir(files, "newsroom", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasSuffix(name, ".expected.json") {
			return err
		}
		if !served[strings.TrimPrefix(name, "newsroom/")] {
			return errors.New(name + " is never served")
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}

var jsonLD = regexp.MustCompile(`(?s)<script type="application/ld\+json"[^>]*>(.*?)</script>`)

// The articles of two of the three systems carry JSON-LD that agrees with the
// page; the old one has none.
func TestStructuredData(t *testing.T) {
	for file, r := range expectedRecords(t, originMark) {
		found := jsonLD.FindAllStringSubmatch(decoded(t, file), -1)
		if old := path.Dir(file) == "gazette"; (len(found) == 0) != old {
			t.Errorf("%s: %d pieces of JSON-LD", file, len(found))
			continue
		} else if old {
			continue
		}
		headline, err := json.Marshal(r.Title)
		if err != nil {
			t.Fatal(err)
		}
		agrees := false
		for _, m := range found {
			if !json.Valid([]byte(m[1])) {
				t.Errorf("%s: JSON-LD does not read: %.60s", file, m[1])
			}
			agrees = agrees || strings.Contains(m[1], `"headline":`+string(headline)) && strings.Contains(m[1], `"datePublished":"`+onPage(r.Published)+`"`)
		}
		if !agrees {
			t.Errorf("%s: JSON-LD tells another headline or date", file)
		}
	}
}
