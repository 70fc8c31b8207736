package serve

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"html"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"newsclip/clean"
	"newsclip/clean/article"
	"newsclip/cmd/internal/rulebook"
	"newsclip/output"
	"newsclip/output/sqlite"
	"newsclip/scrape"
	"newsclip/testdata"

	xhtml "golang.org/x/net/html"
)

// visitor is a browser without scripts: it keeps cookies, and follows no redirect by
// itself.
type visitor struct {
	t      *testing.T
	base   string
	client *http.Client
}

func visit(t *testing.T, base string) *visitor {
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &visitor{t, base, &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
}

func (v *visitor) do(method, path, contentType string, body io.Reader, header ...string) (*http.Response, string) {
	v.t.Helper()
	req, err := http.NewRequestWithContext(v.t.Context(), method, v.base+path, body)
	if err != nil {
		v.t.Fatal(err)
	}
	req.Header.Set("Content-Type", contentType)
	if method == http.MethodPost {
		req.Header.Set("Origin", v.base)
		req.Header.Set("Sec-Fetch-Site", "same-origin")
	}
	for k := 0; k < len(header); k += 2 {
		req.Header.Set(header[k], header[k+1])
	}
	resp, err := v.client.Do(req)
	if err != nil {
		v.t.Fatal(err)
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		v.t.Fatal(err)
	}
	return resp, string(b)
}

func (v *visitor) get(path string) (*http.Response, string) {
	v.t.Helper()
	return v.do(http.MethodGet, path, "", nil)
}

func (v *visitor) post(path string, form url.Values, header ...string) (*http.Response, string) {
	v.t.Helper()
	return v.do(http.MethodPost, path, "application/x-www-form-urlencoded", strings.NewReader(form.Encode()), header...)
}

// drop sends files as the form on the first page does, and returns the path of the
// page that they lead to.
func (v *visitor) drop(address string, files ...string) (path, body string) {
	v.t.Helper()
	var form bytes.Buffer
	w := multipart.NewWriter(&form)
	_ = w.WriteField("url", address)
	for k, f := range files {
		part, _ := w.CreateFormFile("page", fmt.Sprintf("saved-%d.html", k))
		_, _ = io.WriteString(part, f)
	}
	_ = w.Close()
	resp, body := v.do(http.MethodPost, "/pages", w.FormDataContentType(), &form)
	return resp.Header.Get("Location"), body
}

// offerPage is a page of a site with a box that newsclip keeps, and with what is
// written to break out of the page that shows it.
func offerPage(title, offer string) string {
	return strings.Replace(page(title), "</article>", `<div class="box-offer"><p>`+offer+`</p></div><p onclick="evil()">The islands &lt;script&gt;alert(1)&lt;/script&gt; are seen from the northern line, and the crew said that "all" of it is &amp;amp; true.</p><script>evil()</script></article>`, 1)
}

const offer = "The quay keeps a letter with all that the harbour master has seen, and it is sent to every house on Friday evening."

func openBook(t *testing.T) (*rulebook.Book, string) {
	t.Helper()
	dir := t.TempDir()
	book, err := rulebook.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	return book, dir
}

// linkOf returns the link at the block of a page that has some words.
func linkOf(t *testing.T, body, words string) string {
	t.Helper()
	for block := range strings.SplitSeq(body, `<li class="block`) {
		if m := regexp.MustCompile(`href="(/pages/[^"#]*)#rule"`).FindStringSubmatch(block); m != nil && strings.Contains(block, words) {
			return html.UnescapeString(m[1])
		}
	}
	t.Fatalf("no block with %q has a link:\n%s", words, body)
	return ""
}

func TestPageWithoutScripts(t *testing.T) {
	book, dir := openBook(t)
	base := start(t, Options{Rules: book})
	v := visit(t, base)
	other, _ := v.drop("https://www.quay.example/second", offerPage("Ferry rests", offer))
	path, body := v.drop("https://quay.example/first", offerPage("Ferry sails", offer))
	if path == "" || other == "" {
		t.Fatalf("the page was not taken:\n%s", body)
	}
	_, body = v.get(path)
	for _, want := range []string{"Ferry sails", offer, "Removed: it is in the page", "moved to <code>title</code>", "/article", "&#34;title&#34;: &#34;Ferry sails&#34;"} {
		if !strings.Contains(body, want) {
			t.Errorf("the page does not have %q:\n%s", want, body)
		}
	}
	link := linkOf(t, body, "The quay keeps a letter")
	_, body = v.get(link)
	if !strings.Contains(body, `value="strip: div.box-offer" checked`) {
		t.Fatalf("no rule is suggested:\n%s", body)
	}

	// Tried, it is not in force; the other page of the site loses the box too.
	form := url.Values{"line": {"strip: div.box-offer"}, "rules": {""}, "old": {""}, "do": {"try"}}
	resp, body := v.post(path+"/rules", form)
	if resp.StatusCode != 200 || strings.Count(body, "Out of the text:") != 2 || !strings.Contains(body, "Ferry rests") || !strings.Contains(body, "strip: div.box-offer") {
		t.Errorf("trying: %s\n%s", resp.Status, body)
	}
	if _, err := os.Stat(filepath.Join(dir, "quay.example.txt")); err == nil {
		t.Error("a rule that was tried is saved")
	}
	record := func(path string) article.Article {
		_, body := v.get(path + "/record.json")
		return decode[article.Article](t, body)
	}
	if !strings.Contains(record(path).Text, offer) {
		t.Error("a rule that was tried is in force")
	}

	// Saved, it is in force for pages, API and command.
	form.Set("do", "save")
	resp, body = v.post(path+"/rules", form)
	if resp.StatusCode != http.StatusSeeOther {
		t.Fatalf("saving: %s\n%s", resp.Status, body)
	}
	if _, body = v.get(resp.Header.Get("Location")); !strings.Contains(body, "are saved") || !strings.Contains(body, "stripped by the site rule") {
		t.Errorf("after saving:\n%s", body)
	}
	// What a rule of the site strips, no rule keeps: the line itself has to go.
	if _, again := v.get(linkOf(t, body, "The quay keeps a letter")); !strings.Contains(again, "quay.example.txt:1</code> removes this block") || strings.Contains(again, `name="line"`) || !strings.Contains(again, "strip: div.box-offer</textarea>") && !strings.Contains(again, "strip: div.box-offer\n</textarea>") {
		t.Errorf("the panel of a stripped block:\n%s", again)
	}
	saved, err := os.ReadFile(filepath.Join(dir, "quay.example.txt"))
	if err != nil || string(saved) != "strip: div.box-offer\n" {
		t.Errorf("%q, %v", saved, err)
	}
	if strings.Contains(record(path).Text, offer) || strings.Contains(record(other).Text, offer) {
		t.Error("a rule that was saved is not in force")
	}
	_, raw := ask(t, "POST", base+"/v1/clean?url=https://quay.example/third", offerPage("Ferry is late", offer))
	if a := decode[article.Article](t, raw); a.Title != "Ferry is late" || strings.Contains(a.Text, offer) {
		t.Errorf("the API: %s", raw)
	}

	// What was made of an older file is refused, and so is a line that does not load.
	form.Set("line", "strip: .other")
	if resp, body = v.post(path+"/rules", form); resp.StatusCode != http.StatusConflict || !strings.Contains(body, "changed meanwhile") || !strings.Contains(body, "strip: .other") {
		t.Errorf("an older file: %s\n%s", resp.Status, body)
	}
	form = url.Values{"rules": {"strip: ["}, "old": {string(saved)}, "do": {"save"}}
	if resp, body = v.post(path+"/rules", form); resp.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(body, "is no CSS selector") {
		t.Errorf("a bad line: %s\n%s", resp.Status, body)
	}
	if again, _ := os.ReadFile(filepath.Join(dir, "quay.example.txt")); !bytes.Equal(again, saved) {
		t.Errorf("the file is %q", again)
	}
}

func TestPageRulesWithoutFolder(t *testing.T) {
	v := visit(t, start(t, Options{}))
	path, _ := v.drop("https://quay.example/first", offerPage("Ferry sails", offer))
	_, body := v.get(path)
	_, body = v.get(linkOf(t, body, "The quay keeps a letter"))
	if !strings.Contains(body, "without <code>--rules DIR</code>") {
		t.Errorf("the page does not tell that nothing can be saved:\n%s", body)
	}
	form := url.Values{"line": {"strip: div.box-offer"}, "rules": {""}, "old": {""}, "do": {"save"}}
	if resp, body := v.post(path+"/rules", form); resp.StatusCode != http.StatusForbidden || !strings.Contains(body, "--rules DIR") {
		t.Errorf("saving: %s\n%s", resp.Status, body)
	}
	form.Set("do", "try")
	if resp, body := v.post(path+"/rules", form); resp.StatusCode != 200 || !strings.Contains(body, "Out of the text:") {
		t.Errorf("trying: %s\n%s", resp.Status, body)
	}
}

// A page that does not tell its address has no rules until it is told.
func TestPageAddress(t *testing.T) {
	book, _ := openBook(t)
	v := visit(t, start(t, Options{Rules: book}))
	path, _ := v.drop("", offerPage("Ferry sails", offer))
	_, body := v.get(path)
	if !strings.Contains(body, "does not tell where it is from") {
		t.Errorf("the address is not asked for:\n%s", body)
	}
	_, body = v.get(linkOf(t, body, "The quay keeps a letter"))
	if !strings.Contains(body, "Set its address") {
		t.Errorf("a rule is offered for no site:\n%s", body)
	}
	if resp, _ := v.post(path+"/rules", url.Values{"line": {"strip: p"}, "do": {"save"}}); resp.StatusCode != http.StatusUnprocessableEntity {
		t.Errorf("a rule for no site: %s", resp.Status)
	}
	if resp, _ := v.post(path+"/address", url.Values{"url": {"quay.example/a"}}); resp.StatusCode != http.StatusSeeOther {
		t.Fatalf("the address: %s", resp.Status)
	}
	_, body = v.get(path)
	if _, body = v.get(linkOf(t, body, "The quay keeps a letter")); !strings.Contains(body, "strip: div.box-offer") {
		t.Errorf("no rule for quay.example:\n%s", body)
	}
}

// No page runs a script or loads a style that is not the server's own, and what
// pages of others say is shown as text.
func TestPagesAreSafe(t *testing.T) {
	book, _ := openBook(t)
	v := visit(t, start(t, Options{Rules: book, Search: searchable(t, `<script>alert("hit")</script>`)}))
	path, _ := v.drop("https://quay.example/a?x=<script>alert(2)</script>", strings.ReplaceAll(offerPage(`</title><img src=x onerror=alert(3)>`, `"><script>alert(4)</script><b onmouseover=alert(5)>`+offer), "<html lang=en>", `<html lang='"><script>alert(6)</script>'>`))
	_, body := v.get(path)
	pages := []string{"/", path, linkOf(t, body, "harbour at"), "/crawls", "/search?q=%22%3E%3Cscript%3Ealert(7)%3C/script%3E", "/bookmarklet", "/bookmarklet/receive", "/login?next=//evil.example", "/pages/none", "/assets/none.js", "/crawls/none"}
	for _, p := range pages {
		resp, body := v.get(p)
		csp := resp.Header.Get("Content-Security-Policy")
		if !strings.Contains(csp, "default-src 'none'; script-src 'self'; style-src 'self';") || strings.Contains(csp, "unsafe") || !strings.Contains(csp, "frame-ancestors 'none'") {
			t.Errorf("%s: policy %q", p, csp)
		}
		if !strings.HasPrefix(resp.Header.Get("Content-Type"), "text/html") || resp.Header.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s: %v", p, resp.Header)
		}
		for _, fault := range foreign(t, body) {
			t.Errorf("%s has %s:\n%s", p, fault, body)
		}
	}
	for p, want := range map[string]string{path + "/article": "sandbox", path + "/article?pictures=1": "sandbox", path + "/original": "sandbox", path + "/record.json": "sandbox", path + "/record.md": "sandbox"} {
		resp, body := v.get(p)
		csp := resp.Header.Get("Content-Security-Policy")
		if resp.StatusCode != 200 || !strings.HasPrefix(csp, want) || strings.Contains(csp, "script") || strings.Contains(csp, "allow-same-origin") || !strings.Contains(csp, "default-src 'none'") {
			t.Errorf("%s: %s, policy %q", p, resp.Status, csp)
		}
		if strings.Contains(p, "/article") && (strings.Contains(csp, "https:") != strings.Contains(p, "pictures") || strings.Contains(body, "<script") || strings.Contains(body, "onmouseover=")) {
			t.Errorf("%s: policy %q\n%s", p, csp, body)
		}
	}
	for _, name := range []string{"style.css", "script.js", "receive.js"} {
		if resp, body := v.get("/assets/" + name); resp.StatusCode != 200 || len(body) < 100 {
			t.Errorf("%s: %s", name, resp.Status)
		}
	}
}

// foreign lists what a page of the server must not have: scripts and styles in
// itself, addresses of others that are loaded, and pictures.
func foreign(t *testing.T, body string) (faults []string) {
	t.Helper()
	doc, err := xhtml.Parse(strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	for n := range doc.Descendants() {
		if n.Type != xhtml.ElementNode {
			continue
		}
		loads := ""
		for _, a := range n.Attr {
			switch {
			case strings.HasPrefix(a.Key, "on"), a.Key == "style":
				faults = append(faults, n.Data+" "+a.Key)
			case a.Key == "src", a.Key == "href" && n.Data == "link", a.Key == "action":
				loads = a.Val
			}
		}
		switch {
		case n.Data == "style", n.Data == "img", n.Data == "script" && loads == "", n.Data == "iframe" && !strings.Contains(fmt.Sprint(n.Attr), "sandbox"):
			faults = append(faults, n.Data)
		case loads != "" && loads != "data:," && (!strings.HasPrefix(loads, "/") || strings.HasPrefix(loads, "//")):
			faults = append(faults, loads)
		}
	}
	return faults
}

// searchable makes an SQLite output with three articles.
func searchable(t *testing.T, title string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "articles.sqlite")
	w, err := sqlite.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	for k := range 25 {
		a := clean.Article{ID: fmt.Sprint("a", k), URL: fmt.Sprint("https://quay.example/", k), Title: fmt.Sprint(title, " ", k), Published: "2026-02-03", Text: "The ferry sails to the islands."}
		if err := w.Write(&output.Record{Article: a}); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestPageSearch(t *testing.T) {
	v := visit(t, start(t, Options{Search: searchable(t, "Ferry")}))
	_, body := v.get("/search?q=ferry+islands")
	if strings.Count(body, "https://quay.example/") != 20 || !strings.Contains(body, `rel="next"`) {
		t.Errorf("first page:\n%s", body)
	}
	next := html.UnescapeString(regexp.MustCompile(`href="([^"]*)" rel="next"`).FindStringSubmatch(body)[1])
	if _, body = v.get(next); strings.Count(body, "https://quay.example/") != 5 || strings.Contains(body, `rel="next"`) || !strings.Contains(body, `rel="prev"`) {
		t.Errorf("second page:\n%s", body)
	}
	if _, body = v.get("/search?q=submarine"); !strings.Contains(body, "No article has these words") {
		t.Errorf("no hits:\n%s", body)
	}
	if resp, body := v.get("/search?q=x&skip=-1"); resp.StatusCode != 422 || !strings.Contains(body, "whole number") {
		t.Errorf("skip: %s\n%s", resp.Status, body)
	}
	v = visit(t, start(t, Options{}))
	if _, body := v.get("/search?q=ferry"); !strings.Contains(body, "--search FILE") {
		t.Errorf("without a file:\n%s", body)
	}
}

func TestPageToken(t *testing.T) {
	base := start(t, Options{Token: "s3cret"})
	v := visit(t, base)
	for _, path := range []string{"/", "/crawls", "/search", "/bookmarklet", "/pages/x", "/pages/x/original"} {
		if resp, body := v.get(path); resp.StatusCode != 401 || !strings.Contains(body, `name="token"`) || !strings.Contains(body, html.EscapeString(path)) {
			t.Errorf("%s: %s\n%s", path, resp.Status, body)
		}
	}
	for _, path := range []string{"/login", "/bookmarklet/receive", "/assets/style.css"} {
		if resp, _ := v.get(path); resp.StatusCode != 200 {
			t.Errorf("%s: %s", path, resp.Status)
		}
	}
	if path, body := v.drop("https://quay.example/a", page("Ferry")); path != "" || !strings.Contains(body, "nothing was done") {
		t.Errorf("a page without the token is at %q:\n%s", path, body)
	}
	if resp, _ := v.post("/login", url.Values{"token": {"wrong"}}); resp.StatusCode != 401 || len(resp.Cookies()) > 0 {
		t.Errorf("a wrong token: %s", resp.Status)
	}
	resp, _ := v.post("/login", url.Values{"token": {"s3cret"}, "next": {"//evil.example/"}})
	if resp.StatusCode != http.StatusSeeOther || resp.Header.Get("Location") != "/" || len(resp.Cookies()) != 1 {
		t.Fatalf("signing in: %s %v", resp.Status, resp.Header)
	}
	if c := resp.Cookies()[0]; !c.HttpOnly || c.SameSite != http.SameSiteStrictMode || c.Secure || strings.Contains(c.Value, "s3cret") {
		t.Errorf("the cookie is %v", c)
	}
	if resp, _ := v.post("/login", url.Values{"token": {"s3cret"}}, "X-Forwarded-Proto", "https"); !resp.Cookies()[0].Secure {
		t.Error("behind HTTPS the cookie is sent without it too")
	}
	v = visit(t, base)
	v.post("/login", url.Values{"token": {"s3cret"}})
	path, body := v.drop("https://quay.example/a", page("Ferry"))
	if path == "" {
		t.Fatalf("signed in, a page is refused:\n%s", body)
	}
	// The cookie does for the API as well, and another token's does not.
	if resp, _ := v.get("/v1/crawls"); resp.StatusCode != 200 {
		t.Errorf("the API: %s", resp.Status)
	}
	forged := visit(t, base)
	for _, value := range []string{"", "x", "99999999999.x", fmt.Sprint(time.Now().Add(time.Hour).Unix(), ".")} {
		if resp, _ := forged.do("GET", "/", "", nil, "Cookie", "newsclip="+value); resp.StatusCode != 401 {
			t.Errorf("the cookie %q: %s", value, resp.Status)
		}
	}
	v.post("/logout", nil)
	if resp, _ := v.get("/"); resp.StatusCode != 401 {
		t.Errorf("signed out: %s", resp.Status)
	}
}

// Pages of others cannot have a browser change anything, nor read anything by a name
// that leads here.
func TestPageForgery(t *testing.T) {
	base := start(t, Options{Origins: []string{"https://reader.example"}})
	form := url.Values{"html": {page("Ferry")}, "url": {"https://quay.example/a"}}
	for _, c := range []struct {
		name   string
		header []string
		status int
	}{
		{"from here", nil, http.StatusSeeOther},
		{"from elsewhere", []string{"Origin", "https://evil.example", "Sec-Fetch-Site", "cross-site"}, http.StatusForbidden},
		{"from elsewhere, without an origin", []string{"Origin", "", "Sec-Fetch-Site", "cross-site"}, http.StatusForbidden},
		{"from a page without one", []string{"Origin", "null", "Sec-Fetch-Site", "cross-site"}, http.StatusForbidden},
		{"from another port", []string{"Origin", "http://127.0.0.1:1", "Sec-Fetch-Site", "same-site"}, http.StatusForbidden},
		{"from an origin that may", []string{"Origin", "https://reader.example", "Sec-Fetch-Site", "cross-site"}, http.StatusSeeOther},
	} {
		if resp, body := visit(t, base).post("/pages", form, c.header...); resp.StatusCode != c.status {
			t.Errorf("%s: %s\n%s", c.name, resp.Status, body)
		}
	}
	for host, status := range map[string]int{"evil.example": 421, "evil.example:7979": 421, "localhost:7979": 200, "127.0.0.1": 200, "[::1]:7979": 200, "reader.example": 200} {
		for _, path := range []string{"/", "/v1/crawls"} {
			req, _ := http.NewRequestWithContext(t.Context(), "GET", base+path, nil)
			req.Host = host
			resp, err := http.DefaultClient.Do(req)
			if err != nil {
				t.Fatal(err)
			}
			resp.Body.Close()
			if resp.StatusCode != status {
				t.Errorf("%s%s: %s", host, path, resp.Status)
			}
		}
	}
}

func TestPageBounds(t *testing.T) {
	fetch := func(ctx context.Context, u string) (clean.Input, error) {
		if strings.Contains(u, "slow") {
			<-ctx.Done()
			return clean.Input{}, ctx.Err()
		}
		return clean.Input{}, errors.New("no such host")
	}
	v := visit(t, start(t, Options{MaxBody: 64 << 10, Timeout: 300 * time.Millisecond, Wait: 100 * time.Millisecond, Fetch: fetch}))
	for _, c := range []struct {
		name, url string
		files     []string
		status    int
		want      string
	}{
		{"nothing", "", nil, 400, "nothing to clean"},
		{"too large", "", []string{strings.Repeat("x", 70<<10)}, 413, "larger than"},
		{"no page", "", []string{"\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR" + strings.Repeat("\x00\x01", 200)}, 415, "saved-0.html"},
		{"a page that does not come", "slow.example", nil, 504, "did not come in time"},
		{"a page that is not there", "none.example", nil, 502, "no such host"},
		{"two files, one of them broken", "", []string{page("Ferry"), "\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR" + strings.Repeat("\x00\x01", 200)}, 200, "Some pages were not taken"},
	} {
		var form bytes.Buffer
		w := multipart.NewWriter(&form)
		_ = w.WriteField("url", c.url)
		for k, f := range c.files {
			part, _ := w.CreateFormFile("page", fmt.Sprintf("saved-%d.html", k))
			_, _ = io.WriteString(part, f)
		}
		_ = w.Close()
		resp, body := v.do("POST", "/pages", w.FormDataContentType(), &form)
		if resp.StatusCode != c.status || !strings.Contains(body, c.want) || !strings.Contains(body, "<main") {
			t.Errorf("%s: %s\n%s", c.name, resp.Status, body)
		}
	}
}

// Pages at hand are given up where there is no room, the oldest of them first.
func TestPagesAtHand(t *testing.T) {
	v := visit(t, start(t, Options{MaxBody: 2 << 20, Timeout: 10 * time.Second}))
	var paths []string
	for k := range 22 { // of 1.6 MB each, where 32 MB are kept
		path, body := v.drop(fmt.Sprint("https://quay.example/", k), page("Ferry")+"<!--"+strings.Repeat("x", 1600<<10)+"-->")
		if path == "" {
			t.Fatal(body)
		}
		paths = append(paths, path)
		v.get(paths[0] + "/record.json") // it is in use
	}
	gone := 0
	for _, p := range paths {
		if resp, body := v.get(p + "/record.json"); resp.StatusCode == 404 && strings.Contains(body, "not at hand any more") {
			gone++
		}
	}
	if resp, _ := v.get(paths[0]); resp.StatusCode != 200 || gone < 1 || gone > 6 {
		t.Errorf("the page in use: %s; %d are gone", resp.Status, gone)
	}
	v.post(paths[0]+"/remove", nil)
	if resp, _ := v.get(paths[0]); resp.StatusCode != 404 {
		t.Errorf("a page that was removed: %s", resp.Status)
	}
}

func TestPageCrawls(t *testing.T) {
	newsroom, err := testdata.Newsroom()
	if err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewServer(newsroom)
	t.Cleanup(srv.Close)
	site := srv.URL
	v := visit(t, start(t, Options{Crawl: scrape.Options{Delay: 100 * time.Millisecond}}))
	for _, form := range []url.Values{{"seeds": {" "}}, {"seeds": {site}, "articles": {"many"}}, {"seeds": {site}, "since": {"yesterday"}}, {"seeds": {site}, "scope": {"all"}}, {"seeds": {"ftp://x"}}} {
		if resp, body := v.post("/crawls", form); resp.StatusCode != 422 && resp.StatusCode != 400 || !strings.Contains(body, `role="alert"`) {
			t.Errorf("%v: %s\n%s", form, resp.Status, body)
		}
	}
	resp, body := v.post("/crawls", url.Values{"seeds": {site}, "articles": {"2"}})
	path := resp.Header.Get("Location")
	if path == "" {
		t.Fatalf("%s\n%s", resp.Status, body)
	}
	seen := false
	for deadline := time.Now().Add(30 * time.Second); ; time.Sleep(100 * time.Millisecond) {
		_, body = v.get(path)
		seen = seen || strings.Contains(body, `http-equiv="refresh"`) && strings.Contains(body, "data-live")
		if strings.Contains(body, ">finished<") || time.Now().After(deadline) {
			break
		}
	}
	host := strings.TrimPrefix(site, "http://")
	if !seen || !strings.Contains(body, ">finished<") || strings.Contains(body, "refresh") || !strings.Contains(body, `<th scope="row">`+host[:strings.IndexByte(host+"/", '/')]) {
		t.Errorf("live %t:\n%s", seen, body)
	}
	if _, body = v.get("/crawls"); !strings.Contains(body, path) || !strings.Contains(body, "finished, 2 articles") {
		t.Errorf("the list:\n%s", body)
	}
	if resp, _ = v.post(path+"/explode", nil); resp.StatusCode != 404 {
		t.Errorf("%s", resp.Status)
	}
	if resp, _ = v.post(path+"/remove", nil); resp.StatusCode != http.StatusSeeOther {
		t.Errorf("removing: %s", resp.Status)
	}
	if resp, _ = v.get(path); resp.StatusCode != 404 {
		t.Errorf("a crawl that was removed: %s", resp.Status)
	}
}

// What the record of a page is by its page is what it is by the API.
func TestPageRecordIsTheAPIs(t *testing.T) {
	base := start(t, Options{})
	v := visit(t, base)
	path, _ := v.drop("https://quay.example/a", offerPage("Ferry sails", offer))
	_, fromPage := v.get(path + "/record.json")
	_, fromAPI := ask(t, "POST", base+"/v1/clean?url=https://quay.example/a", offerPage("Ferry sails", offer))
	var a, b map[string]any
	if json.Unmarshal([]byte(fromPage), &a) != nil || json.Unmarshal([]byte(fromAPI), &b) != nil {
		t.Fatalf("%s\n%s", fromPage, fromAPI)
	}
	delete(a, "file")
	if x, y := fmt.Sprint(a), fmt.Sprint(b); x != y {
		t.Errorf("%s\n%s", x, y)
	}
	_, markdown := v.get(path + "/record.md")
	if !strings.Contains(markdown, "# Ferry sails") {
		t.Errorf("%s", markdown)
	}
}

func TestPageUnfolds(t *testing.T) {
	v := visit(t, start(t, Options{}))
	nav := "<ul class=menu>" + strings.Repeat("<li><a href=/x>Menu entry</a></li>", 30) + "</ul><p class=mark>Only here</p><ul class=menu>" + strings.Repeat("<li><a href=/x>Menu entry</a></li>", 30) + "</ul>"
	path, _ := v.drop("https://quay.example/a", strings.Replace(page("Ferry"), "<article>", nav+"<article>", 1))
	_, body := v.get(path)
	link := linkOf(t, body, "Only here")
	before := strings.Count(body, "<details>")
	_, body = v.get(link)
	at := strings.Index(body, `id="rule"`)
	if at < 0 || strings.Count(body[:at], "<details") != strings.Count(body[:at], "</details>") || strings.Count(body, "<details>") != before+1 {
		t.Errorf("the block is folded, or the run around it is not:\n%s", body)
	}
	if !strings.Contains(body, `value="keep: p.mark" checked`) {
		t.Errorf("a removed block is not to be kept:\n%s", body)
	}
}
