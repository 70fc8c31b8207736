package testdata

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/text/encoding/htmlindex"
)

// record is what the tests read of an expected record.
type record struct {
	URL          string `json:"url"`
	CanonicalURL string `json:"canonical_url"`
	Kind         string `json:"kind"`
	Title        string `json:"title"`
	Subtitle     string `json:"subtitle"`
	Description  string `json:"description"`
	Authors      []struct {
		Name string `json:"name"`
		URL  string `json:"url"`
	} `json:"authors"`
	Published string `json:"published"`
	Modified  string `json:"modified"`
	Site      struct {
		Name   string `json:"name"`
		Domain string `json:"domain"`
	} `json:"site"`
	Language   string   `json:"language"`
	Section    string   `json:"section"`
	Tags       []string `json:"tags"`
	FreeAccess *bool    `json:"free_access"`
	Rights     *struct {
		NoAI           bool   `json:"noai"`
		TDMReservation bool   `json:"tdm_reservation"`
		License        string `json:"license"`
	} `json:"rights"`
	Images []struct {
		URL     string `json:"url"`
		Alt     string `json:"alt"`
		Caption string `json:"caption"`
		Credit  string `json:"credit"`
		Width   int    `json:"width"`
		Height  int    `json:"height"`
		Lead    bool   `json:"lead"`
	} `json:"images"`
	Text string `json:"text"`
}

// serve starts a newsroom whose client follows no redirect and decodes no
// content coding by itself.
func serve(t *testing.T) (origin string, get func(t *testing.T, address string) *http.Response) {
	t.Helper()
	h, err := Newsroom()
	if err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewServer(h)
	t.Cleanup(srv.Close)
	client := srv.Client()
	client.Transport.(*http.Transport).DisableCompression = true
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return srv.URL, func(t *testing.T, address string) *http.Response {
		t.Helper()
		if strings.HasPrefix(address, "/") {
			address = srv.URL + address
		}
		resp, err := client.Get(address)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { resp.Body.Close() })
		return resp
	}
}

func read(t *testing.T, resp *http.Response) []byte {
	t.Helper()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func routesOf(t *testing.T) []route {
	t.Helper()
	routes, err := readRoutes()
	if err != nil {
		t.Fatal(err)
	}
	return routes
}

// address returns a request's path that leads to r.
func (r *route) address() string {
	a := r.path
	switch {
	case r.month:
		a += "2025-05"
	case r.prefix:
		a += "anything"
	}
	if len(r.query) > 0 {
		a += "?" + r.query.Encode()
	}
	return a
}

func expectedRecords(t *testing.T, origin string) map[string]record {
	t.Helper()
	all, err := Expected(origin)
	if err != nil {
		t.Fatal(err)
	}
	records := make(map[string]record, len(all))
	for _, e := range all {
		var r record
		d := json.NewDecoder(bytes.NewReader(e.JSON))
		d.DisallowUnknownFields()
		if err := d.Decode(&r); err != nil {
			t.Fatalf("%s: %v", e.File, err)
		}
		records[e.File] = r
	}
	return records
}

var charsetSaid = regexp.MustCompile(`charset=["']?([-\w]+)`)

// decoded returns a stored page as UTF-8, by what the whole page says of
// itself.
func decoded(t *testing.T, file string) string {
	t.Helper()
	b, err := files.ReadFile("newsroom/" + file)
	if err != nil {
		t.Fatal(err)
	}
	if utf8.Valid(b) {
		return string(b)
	}
	m := charsetSaid.FindSubmatch(b)
	if m == nil {
		t.Fatalf("%s: neither UTF-8 nor labelled", file)
	}
	enc, err := htmlindex.Get(string(m[1]))
	if err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	b, err = enc.NewDecoder().Bytes(b)
	if err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	if bytes.ContainsRune(b, utf8.RuneError) {
		t.Fatalf("%s: not in the encoding that it names", file)
	}
	return string(b)
}

// inline elements are those that do not part words.
var inline = map[string]bool{
	"a": true, "abbr": true, "b": true, "em": true, "font": true, "i": true,
	"small": true, "span": true, "strong": true, "sub": true, "sup": true, "u": true,
}

// shown returns the words of a page that are not code, with single spaces.
func shown(t *testing.T, page string) string {
	t.Helper()
	doc, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		switch {
		case n.Type == html.TextNode:
			b.WriteString(n.Data)
		case n.Type == html.ElementNode && (n.Data == "script" || n.Data == "style" || n.Data == "head" || n.Data == "noscript"):
			return
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
		if n.Type == html.ElementNode && !inline[n.Data] {
			b.WriteByte(' ')
		}
	}
	walk(doc)
	return strings.Join(strings.Fields(b.String()), " ")
}

// secondPages are the further pages of an article on several pages, by its
// first.
var secondPages = map[string]string{"journal/long-walk.html": "journal/long-walk.page2.html"}

func TestEveryRouteAnswers(t *testing.T) {
	origin, get := serve(t)
	for _, r := range routesOf(t) {
		t.Run(r.path, func(t *testing.T) {
			for range r.fails {
				if got := get(t, r.address()).StatusCode; got != http.StatusServiceUnavailable {
					t.Fatalf("status %d before the failures are over", got)
				}
			}
			resp := get(t, r.address())
			if resp.StatusCode != r.status {
				t.Errorf("status %d, want %d", resp.StatusCode, r.status)
			}
			if r.to != "" {
				if got := resp.Header.Get("Location"); got != r.to {
					t.Errorf("leads to %q, want %q", got, r.to)
				}
				return
			}
			if got := resp.Header.Get("Content-Type"); got != r.ctype {
				t.Errorf("type %q, want %q", got, r.ctype)
			}
			for name := range r.header {
				if resp.Header.Get(name) != r.header.Get(name) {
					t.Errorf("no header %s", name)
				}
			}
			b := read(t, resp)
			if len(b) == 0 {
				t.Error("empty")
			}
			if r.gz {
				b = gunzip(t, b)
			}
			if i := bytes.Index(b, []byte("{{")); i >= 0 {
				t.Errorf("placeholder left: %.40q", b[i:])
			}
			if strings.HasPrefix(r.ctype, "text/html") && !bytes.Contains(b, []byte(origin)) {
				t.Error("the page does not name its own server")
			}
		})
	}
}

func gunzip(t *testing.T, b []byte) []byte {
	t.Helper()
	z, err := gzip.NewReader(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	b, err = io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestContentCoding(t *testing.T) {
	h, err := Newsroom()
	if err != nil {
		t.Fatal(err)
	}
	coded := 0
	for _, r := range routesOf(t) {
		if !r.gzip {
			continue
		}
		coded++
		req := httptest.NewRequest("GET", r.address(), nil)
		plain := httptest.NewRecorder()
		h.ServeHTTP(plain, req)
		req.Header.Set("Accept-Encoding", "gzip, br")
		packed := httptest.NewRecorder()
		h.ServeHTTP(packed, req)
		if packed.Header().Get("Content-Encoding") != "gzip" || plain.Header().Get("Content-Encoding") != "" {
			t.Fatalf("%s: coded %q and %q", r.path, packed.Header().Get("Content-Encoding"), plain.Header().Get("Content-Encoding"))
		}
		if !bytes.Equal(gunzip(t, packed.Body.Bytes()), plain.Body.Bytes()) {
			t.Errorf("%s: the coded page is another", r.path)
		}
	}
	if coded == 0 {
		t.Error("no page with a content coding")
	}
}

func TestConditionalRequest(t *testing.T) {
	h, err := Newsroom()
	if err != nil {
		t.Fatal(err)
	}
	first := httptest.NewRecorder()
	h.ServeHTTP(first, httptest.NewRequest("GET", "/about", nil))
	again := httptest.NewRequest("GET", "/about", nil)
	again.Header.Set("If-None-Match", first.Header().Get("ETag"))
	second := httptest.NewRecorder()
	h.ServeHTTP(second, again)
	if second.Code != http.StatusNotModified {
		t.Errorf("status %d for a page that did not change", second.Code)
	}
}

// dead are the addresses that lead nowhere by intent.
var dead = map[string]bool{"/news/region/fog-signal-sold-a0972": true}

// links returns the addresses that a page names in attributes, absolute.
func links(t *testing.T, base, page string) []string {
	t.Helper()
	doc, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	from, err := url.Parse(base)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		for _, a := range n.Attr {
			named := a.Key == "src" || a.Key == "href" || a.Key == "data-lazy-src"
			if !named || strings.HasPrefix(a.Val, "data:") || n.Data == "link" && strings.Contains(page, `rel="pingback" href="`+a.Val+`"`) {
				continue
			}
			u, err := from.Parse(a.Val)
			if err != nil {
				t.Errorf("%s: %v", base, err)
				continue
			}
			out = append(out, u.String())
		}
	}
	return out
}

func TestLinksResolve(t *testing.T) {
	origin, _ := serve(t)
	s := &site{routes: routesOf(t)}
	linked := make(map[string]bool)
	for _, r := range s.routes {
		if !strings.HasPrefix(r.ctype, "text/html") || r.status != http.StatusOK {
			continue
		}
		page := decoded(t, r.file)
		page = string(fill([]byte(page), originMark, origin, sessionMark, s.session(), nextMark, "2025-06", previousMark, "2025-04", monthMark, "2025-05"))
		for _, l := range links(t, origin+r.address(), page) {
			u, _ := url.Parse(l)
			if u.Host != strings.TrimPrefix(origin, "http://") {
				continue
			}
			if dead[u.Path] {
				linked[u.Path] = true
				continue
			}
			to := s.find(u.Path, u.Query())
			if to == nil || to.status == http.StatusNotFound {
				t.Errorf("%s leads to %s, which is nowhere", r.file, l)
				continue
			}
			if to.file != r.file {
				linked[to.file] = true
			}
			if to.to != "" {
				linked[to.path] = true
			}
		}
	}
	for p := range dead {
		if !linked[p] {
			t.Errorf("no page leads to %s", p)
		}
	}
	hazards := hazardsOf(t)
	for _, r := range s.routes {
		want := strings.HasPrefix(r.ctype, "text/html") && r.status == http.StatusOK
		only := hazards[r.file]["sitemap-only"] || hazards[r.file]["feed-only"]
		if want && linked[r.file] == only {
			t.Errorf("%s: linked is %v", r.file, linked[r.file])
		}
	}
}

func TestExpectedRecordsStandOnTheirPages(t *testing.T) {
	s := &site{routes: routesOf(t)}
	for file, r := range expectedRecords(t, originMark) {
		t.Run(file, func(t *testing.T) {
			u, err := url.Parse(strings.TrimPrefix(r.CanonicalURL, originMark))
			if err != nil {
				t.Fatal(err)
			}
			to := s.find(u.Path, u.Query())
			if to == nil || to.file != file {
				t.Fatalf("canonical_url leads to another page")
			}
			page := decoded(t, file)
			if second, ok := secondPages[file]; ok {
				page += decoded(t, second)
			}
			raw := html.UnescapeString(page)
			words := shown(t, page)
			stands := func(what, s string) {
				t.Helper()
				if s != "" && !strings.Contains(words, s) {
					t.Errorf("%s is not on the page: %q", what, s)
				}
			}
			says := func(what, s string) {
				t.Helper()
				if !strings.Contains(raw, s) {
					t.Errorf("%s is not in the page's source: %q", what, s)
				}
			}
			stands("title", r.Title)
			stands("subtitle", r.Subtitle)
			says("description", r.Description)
			says("site", r.Site.Name)
			for _, a := range r.Authors {
				stands("author", a.Name)
				if a.URL != "" {
					says("author's page", strings.TrimPrefix(a.URL, originMark))
				}
			}
			for _, tag := range r.Tags {
				says("tag", tag)
			}
			stands("section", r.Section)
			says("published", onPage(r.Published))
			says("modified", onPage(r.Modified))
			for _, d := range []string{r.Published, r.Modified} {
				_, err1 := time.Parse(time.RFC3339, d)
				_, err2 := time.Parse(time.DateOnly, d)
				if d != "" && err1 != nil && err2 != nil {
					t.Errorf("date %q", d)
				}
			}
			for i, im := range r.Images {
				says("image", im.URL)
				stands("caption", im.Caption)
				stands("credit", im.Credit)
				if im.Lead != (i == 0) {
					t.Errorf("lead image is not the first: %d", i)
				}
			}
			if r.Text == "" {
				t.Fatal("no text")
			}
			for _, block := range strings.Split(r.Text, "\n\n") {
				for i, line := range strings.Split(block, "\n") {
					line = strings.TrimPrefix(line, "- ")
					line = strings.TrimPrefix(line, fmt.Sprintf("%d. ", i+1))
					for _, cell := range strings.Split(line, " | ") {
						stands("text", cell)
					}
				}
			}
		})
	}
}

// onPage returns a record's date as the pages write it: zero offset in digits.
func onPage(date string) string {
	if at, ok := strings.CutSuffix(date, "Z"); ok {
		return at + "+00:00"
	}
	return date
}

// A paragraph that two articles share would teach a cleaner that it is
// furniture.
func TestArticlesShareNoParagraph(t *testing.T) {
	first := make(map[string]string)
	for file, r := range expectedRecords(t, originMark) {
		for _, line := range strings.Split(r.Text, "\n") {
			if len(strings.Fields(line)) < 5 {
				continue
			}
			if other, ok := first[line]; ok {
				t.Errorf("%s and %s both say %q", file, other, line)
			}
			first[line] = file
		}
	}
}

func TestTwinsLeadToOneRecord(t *testing.T) {
	records := expectedRecords(t, originMark)
	twins := 0
	for _, r := range routesOf(t) {
		if !strings.HasSuffix(r.file, ".amp.html") && !strings.HasSuffix(r.file, ".print.html") {
			continue
		}
		twins++
		whole := r.file[:strings.Index(r.file, ".")] + ".html"
		if !strings.Contains(decoded(t, r.file), `rel="canonical" href="`+records[whole].CanonicalURL+`"`) {
			t.Errorf("%s does not name %s as canonical", r.file, records[whole].CanonicalURL)
		}
	}
	if twins < 4 {
		t.Errorf("%d twins", twins)
	}
}

// page is what a hazard's check sees.
type page struct {
	source string // decoded
	words  string // that are shown
	bytes  []byte // as stored
	record record
	route  *route
	file   string
}

func (p *page) has(parts ...string) bool {
	for _, part := range parts {
		if !strings.Contains(p.source, part) {
			return false
		}
	}
	return true
}

func (p *page) hasAny(parts ...string) bool {
	for _, part := range parts {
		if strings.Contains(p.source, part) {
			return true
		}
	}
	return false
}

func (p *page) matches(re string) bool { return regexp.MustCompile(re).MatchString(p.source) }

// checks say for each hazard of README.md whether a page has it.
var checks = map[string]func(*page) bool{
	"agency":          func(p *page) bool { return p.has(`"@type":"Organization","name":"` + p.record.Authors[0].Name) },
	"also-read":       func(p *page) bool { return p.matches(`(Also read|Lesen Sie auch|Lea también|Lire aussi ?):`) },
	"amp-twin":        func(p *page) bool { return p.has(`rel="amphtml"`) },
	"article-body-ld": func(p *page) bool { return p.has(`"articleBody":`) },
	"author-bio":      func(p *page) bool { return p.hasAny("author-bio", "author-box") },
	"br-body":         func(p *page) bool { return p.has(`class="artikeltext"`, "<br><br>") && !p.has("<p>") },
	"caption-twice": func(p *page) bool {
		return strings.Count(p.words, p.record.Images[0].Caption) >= 2 && !strings.Contains(p.record.Text, p.record.Images[0].Caption)
	},
	"comments":          func(p *page) bool { return p.has(`id="comments"`) },
	"contents-box":      func(p *page) bool { return p.has(`class="ez-toc`) },
	"correction":        func(p *page) bool { return strings.Contains(p.record.Text, "Correction: ") },
	"credit-in-caption": creditInCaption,
	"dateline":          func(p *page) bool { return regexp.MustCompile(`^[A-Z]+ \(\w+\) — `).MatchString(p.record.Text) },
	"div-body":          func(p *page) bool { return p.has(`<div class="absatz">`) && !p.has("<p>") },
	"domain-at-foot":    func(p *page) bool { return strings.Contains(p.words, " www.ostmereledger.example ") },
	"drop-cap":          func(p *page) bool { return p.matches(`<span class="dropcap">.</span>\p{L}`) },
	"embed-consent":     func(p *page) bool { return p.has("External content", "Accept and continue") },
	"fact-box":          func(p *page) bool { return p.has(`data-component="factbox"`) },
	"fails-twice":       func(p *page) bool { return p.route.fails == 2 },
	"feed-only":         func(p *page) bool { return inFile("feed.xml", p) && !inFile("sitemap-articles.xml", p) },
	"font-headline":     func(p *page) bool { return p.has(`<font size="5"`) && !p.has("<h1") },
	"gallery":           func(p *page) bool { return p.record.Kind == "gallery" && len(p.record.Images) >= 5 },
	"gzip-coding":       func(p *page) bool { return p.route.gzip },
	"late-charset": func(p *page) bool {
		return bytes.Index(p.bytes, []byte("charset=")) > 1024 && p.route.ctype == "text/html"
	},
	"latin1-label":   func(p *page) bool { return p.has("charset=iso-8859-1") && !utf8.Valid(p.bytes) && hasC1(p.bytes) },
	"lazy-images":    func(p *page) bool { return p.has("data-lazy-src", `src="data:image/svg+xml`) },
	"license":        func(p *page) bool { return p.record.Rights != nil && p.has(p.record.Rights.License) },
	"list":           func(p *page) bool { return strings.Contains(p.record.Text, "\n- ") },
	"liveblog":       func(p *page) bool { return p.record.Kind == "liveblog" && p.has(`"LiveBlogPosting"`) },
	"mobile-desktop": func(p *page) bool { return p.has("u-hide-mobile\">", "u-only-mobile\">") },
	"newsletter": func(p *page) bool {
		return p.matches(`data-component="article-body"[^$]*newsletter-signup`) || p.has("newsletter-box")
	},
	"no-author":     func(p *page) bool { return len(p.record.Authors) == 0 && !p.has(`name="author"`) },
	"no-image":      func(p *page) bool { return len(p.record.Images) == 0 && !p.has("og:image") },
	"no-language":   func(p *page) bool { return !p.hasAny("<html lang", "Content-Language") },
	"no-standfirst": func(p *page) bool { return p.record.Subtitle == "" && p.record.Description != "" },
	"ordered-list":  func(p *page) bool { return p.has("<ol") && strings.Contains(p.record.Text, "\n- ") },
	"paywall": func(p *page) bool {
		return p.has(`"isAccessibleForFree":false`) && p.record.FreeAccess != nil && !*p.record.FreeAccess
	},
	"print-twin": func(p *page) bool { return fileExists(strings.TrimSuffix(p.file, ".html") + ".print.html") },
	"pull-quote": func(p *page) bool { return p.has(`data-component="pullquote"`) },
	"quote":      func(p *page) bool { return p.has("<blockquote") },
	"redirected": func(p *page) bool { return redirectTo(p) != "" },
	"related-empty": func(p *page) bool {
		return strings.Contains(p.words, "Related Stories No stories found. X The Ostmere Ledger www.")
	},
	"right-to-left": func(p *page) bool { return p.has(`<html dir="rtl"`) },
	"rights-header": func(p *page) bool { return p.route.header.Get("X-Robots-Tag") == "noai" && p.record.Rights.NoAI },
	"rights-meta":   func(p *page) bool { return p.has("noai", `name="tdm-reservation" content="1"`) },
	"session-ids": func(p *page) bool {
		b, _ := files.ReadFile("newsroom/gazette/home.html")
		c, _ := files.ReadFile("newsroom/gazette/home-2.html")
		return bytes.Contains(append(b, c...), []byte("PHPSESSID="+sessionMark+"&amp;"+p.route.query.Encode()))
	},
	"share-x":      func(p *page) bool { return p.matches(`<div class="StoryShare[^>]*><a [^>]*>X</a></div>`) },
	"shift-jis":    func(p *page) bool { return p.has("charset=Shift_JIS") && !utf8.Valid(p.bytes) },
	"sitemap-only": func(p *page) bool { return inFile("sitemap-articles.xml", p) && !inFile("feed.xml", p) },
	"split-body": func(p *page) bool {
		return strings.Count(p.source, `data-component="article-body"`) == 2 || strings.Count(p.source, `class="artikeltext"`) == 2
	},
	"standfirst-first": func(p *page) bool {
		return strings.Count(p.words, p.record.Subtitle) == 2 && !strings.Contains(p.record.Text, p.record.Subtitle)
	},
	"standfirst-in-body": func(p *page) bool {
		return strings.Count(p.words, p.record.Subtitle) == 2 && strings.Index(p.record.Text, "\n\n"+p.record.Subtitle+"\n\n") > 0
	},
	"streamed":            func(p *page) bool { return p.has(`<div hidden id="S:0">`) },
	"sub-headings":        func(p *page) bool { return p.has(`data-component="subheadline-block"`) },
	"table":               func(p *page) bool { return strings.Contains(p.record.Text, " | ") && p.has("<th") },
	"title-in-body":       func(p *page) bool { return p.has(`">` + p.record.Title + "</h2>") },
	"tracking-parameters": func(p *page) bool { return strings.Contains(redirectTo(p), "utm_source=") },
	"two-pages":           func(p *page) bool { return p.has(`rel="next"`) && secondPages[p.file] != "" },
	"unclosed-paragraphs": func(p *page) bool { return p.has("<p>") && !p.has("</p>") },
	"video":               func(p *page) bool { return p.record.Kind == "video" && p.has(`"VideoObject"`, "<video") },
	"wrong-header":        func(p *page) bool { return utf8.Valid(p.bytes) && strings.Contains(p.route.ctype, "ISO-8859-1") },
}

func creditInCaption(p *page) bool {
	for _, im := range p.record.Images {
		re := regexp.QuoteMeta(im.Caption) + ` (\(?\w+: |\(Photo \| |© |写真: )` + regexp.QuoteMeta(im.Credit)
		re = strings.ReplaceAll(re, `\w+: `, `[\p{L}]+: `)
		if regexp.MustCompile(re).MatchString(p.words) {
			return true
		}
	}
	return false
}

// hasC1 says that b uses bytes which ISO 8859-1 gives no sign and
// windows-1252 does.
func hasC1(b []byte) bool {
	for _, c := range b {
		if c >= 0x80 && c <= 0x9f {
			return true
		}
	}
	return false
}

func fileExists(name string) bool {
	_, err := fs.Stat(files, "newsroom/"+name)
	return err == nil
}

func inFile(name string, p *page) bool {
	b, err := files.ReadFile("newsroom/" + name)
	return err == nil && bytes.Contains(b, []byte(p.record.CanonicalURL))
}

// redirectTo returns where some redirect to the page leads.
func redirectTo(p *page) string {
	routes, _ := readRoutes()
	for _, r := range routes {
		if to, _, _ := strings.Cut(r.to, "?"); to == p.route.path {
			return r.to
		}
	}
	return ""
}

var hazardRow = regexp.MustCompile(`(?m)^\| ([a-z]+/[-a-z0-9]+) \| ([-a-z0-9, ]+) \|$`)

// hazardsOf reads README.md's table: page file to hazards.
func hazardsOf(t *testing.T) map[string]map[string]bool {
	t.Helper()
	b, err := files.ReadFile("newsroom/README.md")
	if err != nil {
		t.Fatal(err)
	}
	out := make(map[string]map[string]bool)
	for _, m := range hazardRow.FindAllSubmatch(b, -1) {
		set := make(map[string]bool)
		for _, h := range strings.Split(string(m[2]), ", ") {
			set[h] = true
		}
		out[string(m[1])+".html"] = set
	}
	return out
}

func TestHazards(t *testing.T) {
	table := hazardsOf(t)
	records := expectedRecords(t, originMark)
	for file := range records {
		if table[file] == nil {
			t.Errorf("README.md has no row for %s", file)
		}
	}
	used := make(map[string]bool)
	s := &site{routes: routesOf(t)}
	for file, hazards := range table {
		r, ok := records[file]
		if !ok {
			t.Errorf("README.md has a row for %s, which has no record", file)
			continue
		}
		u, _ := url.Parse(strings.TrimPrefix(r.CanonicalURL, originMark))
		b, _ := files.ReadFile("newsroom/" + file)
		source := decoded(t, file)
		p := &page{source: source, words: shown(t, source), bytes: b, record: r, route: s.find(u.Path, u.Query()), file: file}
		for h := range hazards {
			used[h] = true
			check, ok := checks[h]
			if !ok {
				t.Errorf("%s: nothing checks for %q", file, h)
			} else if !check(p) {
				t.Errorf("%s: has no %s", file, h)
			}
		}
	}
	for h := range checks {
		if !used[h] {
			t.Errorf("no page is said to have %s", h)
		}
	}
}

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
