package scrape

import (
	"bytes"
	"net/url"
	"regexp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"newsclip/scrape/internal/address"
	"newsclip/scrape/internal/fetch"
)

const (
	// refreshLength is how much of a body is searched for a meta refresh, in bytes.
	refreshLength = 64 << 10
	// refreshWords is the number of words from which on a page is one of its own, and
	// not a note that the reader is taken to another.
	refreshWords = 100
)

// refreshValue matches the content of a refresh as browsers read it: seconds, and a
// target with or without "url=", in quotes or not.
var refreshValue = regexp.MustCompile(`(?is)^\s*[0-9]*(?:\.[0-9]*)?(?:\s*[;,]\s*|\s+)(?:url\s*=\s*)?(.+)$`)

// refreshTarget returns the address in a Refresh field or a meta refresh, or "" where
// it only loads the page again.
func refreshTarget(content string) string {
	m := refreshValue.FindStringSubmatch(content)
	if m == nil {
		return ""
	}
	target := strings.TrimSpace(m[1])
	if quote := target[0]; quote == '\'' || quote == '"' {
		target, _, _ = strings.Cut(target[1:], string(quote))
	}
	return strings.TrimSpace(target)
}

// refresh treats an answer that says nothing but that another page is to be loaded
// as a redirect to it. It reports false for any other: the links of a page that has
// words of its own are followed, and that of its refresh among them.
func (t *task) refresh(resp *fetch.Response) (bool, error) {
	ref := pageRefresh(t.requestURL(), resp)
	if ref == "" {
		return false, nil
	}
	return true, t.leadOn(resp, ref)
}

// pageRefresh returns where an answer of u leads on to by a Refresh field or a meta
// refresh, or "" where it is a page of its own.
func pageRefresh(u *url.URL, resp *fetch.Response) string {
	if resp.Status < 200 || resp.Status > 299 || resp.Cut {
		return ""
	}
	ref := refreshTarget(resp.Header.Get("Refresh"))
	if ref == "" {
		ref = metaRefresh(resp.Body)
	}
	if ref == "" {
		return ""
	}
	to, err := address.Resolve(u, ref)
	self, selfErr := address.Resolve(nil, u.String())
	if err != nil || selfErr != nil || to.String() == self.String() || wordsIn(resp.Body) >= refreshWords {
		return ""
	}
	return ref
}

// metaRefresh returns the target of the first meta refresh near the beginning of a
// page, within noscript elements too; "" where there is none.
func metaRefresh(body []byte) string {
	body = body[:min(len(body), refreshLength)]
	if !bytes.Contains(bytes.ToLower(body), []byte("refresh")) {
		return ""
	}
	z := html.NewTokenizer(bytes.NewReader(body))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return ""
		case html.TextToken:
			// The tokenizer takes what is in noscript for text.
			if text := z.Raw(); bytes.Contains(text, []byte("<")) {
				if target := metaRefresh(bytes.Clone(text)); target != "" {
					return target
				}
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			tok := z.Token()
			if tok.DataAtom == atom.Script || tok.DataAtom == atom.Style || tok.DataAtom == atom.Textarea {
				z.Next() // its text is no markup
				continue
			}
			if tok.DataAtom != atom.Meta || !strings.EqualFold(attrOf(&tok, "http-equiv"), "refresh") {
				continue
			}
			if target := refreshTarget(attrOf(&tok, "content")); target != "" {
				return target
			}
		}
	}
}

func attrOf(tok *html.Token, key string) string {
	for _, a := range tok.Attr {
		if a.Key == key {
			return strings.TrimSpace(a.Val)
		}
	}
	return ""
}

// wordsIn counts the words that a reader would see, up to refreshWords.
func wordsIn(body []byte) int {
	z := html.NewTokenizer(bytes.NewReader(body))
	n := 0
	for n < refreshWords {
		switch z.Next() {
		case html.ErrorToken:
			return n
		case html.TextToken:
			n += len(bytes.Fields(z.Text()))
		case html.StartTagToken:
			switch name, _ := z.TagName(); atom.Lookup(name) {
			case atom.Script, atom.Style, atom.Title, atom.Noscript, atom.Textarea, atom.Template:
				z.Next() // its text is not shown
			}
		}
	}
	return n
}
