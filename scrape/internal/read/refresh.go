package read

import (
	"bytes"
	"net/url"
	"strconv"
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
	// refreshPause is the longest time in seconds after which a refresh is one that the
	// reader waits for. Front pages load anew, or show the next page, after minutes.
	refreshPause = 30
)

// Refresh returns where an answer of u leads on to by a Refresh field, a meta refresh or
// a script, or "" where it is a page of its own. It may lead to u itself where the
// answer sets a cookie, with which the page is to be loaded again.
func Refresh(u *url.URL, resp *fetch.Response) string {
	if resp.Status < 200 || resp.Status > 299 || resp.Cut {
		return ""
	}
	ref := promptTarget(resp.Header.Get("Refresh"))
	if ref == "" {
		ref = metaRefresh(u, resp.Body)
	}
	if ref == "" {
		ref = scriptRefresh(resp.Body)
	}
	if ref == "" {
		return ""
	}
	if _, err := address.Resolve(u, ref); err != nil || wordsIn(resp.Body) >= refreshWords {
		return ""
	}
	if address.IsSame(u, ref) && resp.Header.Get("Set-Cookie") == "" {
		return ""
	}
	return ref
}

// promptTarget returns the target of a refresh that is due within refreshPause, or "".
func promptTarget(content string) string {
	digits := strings.TrimSpace(content)
	if i := strings.IndexFunc(digits, func(r rune) bool { return r < '0' || r > '9' }); i >= 0 {
		digits = digits[:i]
	}
	if n, err := strconv.Atoi(digits); err != nil && digits != "" || n > refreshPause {
		return ""
	}
	return RefreshTarget(content)
}

// metaRefresh returns the target of the first meta refresh near the beginning of the
// page at u, within noscript elements too; "" where there is none. A base element
// holds for it, as in browsers.
func metaRefresh(u *url.URL, body []byte) string {
	body = body[:min(len(body), refreshLength)]
	if !namesRefresh(body) {
		return ""
	}
	z := html.NewTokenizer(bytes.NewReader(body))
	base := u
	for {
		switch z.Next() {
		case html.ErrorToken:
			return ""
		case html.TextToken:
			// The tokenizer takes what is in noscript for text.
			if text := z.Raw(); bytes.Contains(text, []byte("<")) {
				if target := metaRefresh(base, bytes.Clone(text)); target != "" {
					return target
				}
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			tok := z.Token()
			switch tok.DataAtom {
			case atom.Script, atom.Style, atom.Textarea:
				z.Next() // its text is no markup
			case atom.Base:
				if href := attrOf(&tok, "href"); href != "" && base == u {
					if at, err := address.Parse(u, href); err == nil {
						base = at
					}
				}
			case atom.Meta:
				if !strings.EqualFold(attrOf(&tok, "http-equiv"), "refresh") {
					continue
				}
				target := promptTarget(attrOf(&tok, "content"))
				if to, err := address.Parse(base, target); base != u && target != "" && err == nil {
					return to.String()
				}
				if target != "" {
					return target
				}
			}
		}
	}
}

// namesRefresh reports whether a text has the word refresh in any case. Most pages do
// not, so that it makes no copy of them.
func namesRefresh(text []byte) bool {
	word := []byte("refresh")
	const before = 2 // bytes before the f, a rare letter
	for _, f := range []byte("fF") {
		for at := 0; ; at++ {
			k := bytes.IndexByte(text[at:], f)
			if k < 0 {
				break
			}
			at += k
			from, to := at-before, at-before+len(word)
			if from >= 0 && to <= len(text) && bytes.EqualFold(text[from:to], word) {
				return true
			}
		}
	}
	return false
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
