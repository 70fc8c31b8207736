package kind

import (
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"newsclip/clean/internal/meta"
	"newsclip/clean/internal/page"
	"newsclip/clean/internal/text"
	"newsclip/selectors"
)

// What a page shows at most that is made by scripts, in words: its navigation and its
// footer may be there, and in the element that scripts fill a note that it loads.
const (
	shellWords   = 200
	typedWords   = 100 // beside an og:type or JSON-LD of an article
	noticeWords  = 50  // beside a noscript that asks for JavaScript, and an empty custom element
	blankWords   = 10  // without a link
	loadingWords = 5
	// inlineScript is the length in bytes of a script that does something.
	inlineScript = 20
)

// NeedsScripts reports whether a page in which no article was found plainly shows its
// text by scripts alone: the element that a program fills is empty, or a noscript asks
// for JavaScript, or the page says that it is an article, or it shows nothing at all.
func NeedsScripts(t *page.Tree, m *meta.Metadata) bool {
	words := wordsUpTo(t, t.Body, shellWords+1)
	if words > shellWords || !runsScripts(t) {
		return false
	}
	switch {
	case words <= blankWords && len(t.Anchors) == 0,
		words <= noticeWords && asksForScripts(t),
		words <= typedWords && saysArticle(m):
		return true
	}
	roots := selectors.Markup().AppRoots
	for i := t.Body + 1; i < t.Nodes[t.Body].End; i++ {
		nd := &t.Nodes[i]
		if nd.Type != html.ElementNode {
			continue
		}
		isRoot := roots[strings.ToLower(t.Attr(i, "id"))] || words <= noticeWords && strings.Contains(nd.Data, "-")
		if isRoot && wordsUpTo(t, i, loadingWords+1) <= loadingWords {
			return true
		}
	}
	return false
}

// saysArticle reports whether the page's metadata are those of an article.
func saysArticle(m *meta.Metadata) bool {
	return m.OGType == "article" || slices.ContainsFunc(m.LdTypes, func(s string) bool { return strings.HasSuffix(s, "Article") })
}

// wordsUpTo counts the words that stand in an element, up to most.
func wordsUpTo(t *page.Tree, el int32, most int) (n int) {
	for i := el; i < t.Nodes[el].End && n < most; i++ {
		if nd := &t.Nodes[i]; nd.Type == html.TextNode {
			n += int(text.CountWords(nd.Data))
		}
	}
	return n
}

// runsScripts reports whether the page has a script that may make it: none that counts
// readers, and no data.
func runsScripts(t *page.Tree) bool {
	for i := range t.Nodes {
		nd := &t.Nodes[i]
		if nd.DataAtom != atom.Script || !isProgram(t.Attr(int32(i), "type")) {
			continue
		}
		if src := t.Attr(int32(i), "src"); src != "" {
			if u, err := url.Parse(strings.TrimSpace(src)); err == nil && !selectors.IsTracker(u.Hostname()) {
				return true
			}
		} else if c := nd.FirstChild; c != nil && len(c.Data) >= inlineScript {
			return true
		}
	}
	return false
}

// isProgram reports whether a browser runs a script of a type (HTML standard, 4.12.1).
func isProgram(typ string) bool {
	typ = strings.ToLower(strings.TrimSpace(typ))
	return typ == "" || typ == "module" || strings.HasSuffix(typ, "javascript") || strings.HasSuffix(typ, "ecmascript")
}

// asksForScripts reports whether a noscript asks for JavaScript, which all languages
// call by that name.
func asksForScripts(t *page.Tree) bool {
	for i := range t.Nodes {
		if nd := &t.Nodes[i]; nd.DataAtom == atom.Noscript && namesJavaScript(nd.Node) {
			return true
		}
	}
	return false
}

func namesJavaScript(n *html.Node) bool {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.TextNode && strings.Contains(strings.ToLower(c.Data), "javascript") || namesJavaScript(c) {
			return true
		}
	}
	return false
}
