package testdata

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
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
