package clean

import (
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// eachToken calls f with every sign of the page's kind, "url:blog" or
// "class:cart", some of them more than once. f must not keep the bytes.
func (d *draft) eachToken(f func([]byte)) {
	w := tokenWriter{f: f, buf: make([]byte, 0, 64)}
	t := d.t
	for _, s := range d.meta.ldTypes {
		w.whole("type:", s)
	}
	w.whole("og:", d.meta.ogType)
	if u, err := url.Parse(t.page.URL); err == nil && u.Host != "" {
		w.words("host:", u.Hostname())
		w.words("url:", u.Path)
		if u.RawQuery != "" {
			w.words("query:", u.RawQuery)
		}
	}
	w.words("title:", d.meta.title)
	for _, i := range t.metas {
		if strings.EqualFold(t.attr(i, "name"), "generator") {
			w.words("made:", t.attr(i, "content"))
		}
	}
	seen := make(map[string]bool, 256)
	for i := range t.nodes {
		nd := &t.nodes[i]
		if nd.Type != html.ElementNode {
			continue
		}
		for k := range nd.Attr {
			a := &nd.Attr[k]
			switch a.Key {
			case "class", "id":
				switch nd.DataAtom {
				case atom.Html, atom.Body, atom.Main, atom.Article:
					w.words("page:", a.Val)
				default:
					if !seen[a.Val] {
						seen[a.Val] = true
						w.words("class:", a.Val)
					}
				}
			case "itemtype":
				w.whole("type:", afterVocabulary(strings.TrimSuffix(a.Val, "/")))
			case "itemprop":
				w.whole("prop:", a.Val)
			}
		}
	}
	for k := range d.bs {
		b := &d.bs[k]
		if b.words <= 5 {
			w.words("line:", b.text)
		} else if d.verdicts[k].keep {
			w.words("text:", b.text)
		}
	}
}

type tokenWriter struct {
	f   func([]byte)
	buf []byte
}

func (w *tokenWriter) whole(prefix, s string) {
	if s == "" || len(s) > 40 {
		return
	}
	w.buf = append(append(w.buf[:0], prefix...), s...)
	w.f(w.buf)
}

// words files each word of s in lower case: runs of letters, of class names
// also from each capital that follows a small letter.
func (w *tokenWriter) words(prefix, s string) {
	w.buf = append(w.buf[:0], prefix...)
	n := len(prefix)
	small := false
	for k := 0; k <= len(s); {
		r, size := rune(' '), 1
		if k < len(s) {
			r, size = rune(s[k]), 1
			if r >= utf8.RuneSelf {
				r, size = utf8.DecodeRuneInString(s[k:])
			}
		}
		k += size
		upper := r >= 'A' && r <= 'Z'
		letter := upper || r >= 'a' && r <= 'z' || r >= utf8.RuneSelf && unicode.IsLetter(r)
		if (!letter || upper && small) && len(w.buf) > n {
			if len(w.buf) <= n+24 {
				w.f(w.buf)
			}
			w.buf = w.buf[:n]
		}
		if letter {
			if upper {
				r += 'a' - 'A'
			}
			w.buf = utf8.AppendRune(w.buf, unicode.ToLower(r))
		}
		small = letter && !upper
	}
}
