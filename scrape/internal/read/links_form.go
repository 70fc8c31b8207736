package read

import (
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"newsclip/selectors"
)

// form reads a form that is a button which leads to a page: it sends by GET, and asks its
// reader nothing.
func (r *linkReader) form(n *html.Node) {
	if sendsPost(attr(n, "method")) {
		return
	}
	var query strings.Builder
	button := false
	for f := range n.Descendants() {
		if f.Type != html.ElementNode {
			continue
		}
		kind := strings.ToLower(attr(f, "type"))
		switch f.DataAtom {
		case atom.Button:
			button = button || kind != "button" && kind != "reset"
		case atom.Select, atom.Textarea:
			return
		case atom.Input:
			switch kind {
			case "submit", "image":
				button = true
			case "button", "reset":
			case "hidden":
				if name := attr(f, "name"); name != "" {
					if query.Len() > 0 {
						query.WriteByte('&')
					}
					query.WriteString(url.QueryEscape(name) + "=" + url.QueryEscape(attr(f, "value")))
				}
			default:
				return
			}
		}
	}
	href, _, _ := strings.Cut(strings.TrimSpace(attr(n, "action")), "#")
	if !button || href == "" && query.Len() == 0 {
		return
	}
	href, _, _ = strings.Cut(href, "?") // the fields take its place
	if query.Len() > 0 {
		href += "?" + query.String()
	}
	if !acts(href) {
		r.add(Link{Href: href})
	}
}

// acts reports whether the address that a form sends to does something for its reader.
func acts(href string) bool {
	href = strings.ToLower(href)
	return slices.ContainsFunc(selectors.Crawl().ActingWords, func(w string) bool { return strings.Contains(href, w) })
}

// formAction reads the address of a button that sends its form elsewhere.
func (r *linkReader) formAction(n *html.Node) {
	action := strings.TrimSpace(attr(n, "formaction"))
	if action == "" || sendsPost(attr(n, "formmethod")) {
		return
	}
	for p := n.Parent; p != nil; p = p.Parent {
		if p.DataAtom == atom.Form && sendsPost(attr(p, "method")) && attr(n, "formmethod") == "" {
			return
		}
	}
	if !acts(action) {
		r.add(Link{Href: action})
	}
}

func sendsPost(method string) bool { return method != "" && !strings.EqualFold(method, "get") }

// customAttributes are those in which elements that a script defines have the address of
// their page.
var customAttributes = []string{"href", "link", "to", "url"}

// custom reads an element that a script defines, as <story-card href="/story">.
func (r *linkReader) custom(n *html.Node, a html.Attribute) {
	if !slices.Contains(customAttributes, a.Key) {
		return
	}
	if v := strings.TrimSpace(a.Val); looksLikeAddress(v) && !isInterface().MatchString(v) {
		r.add(Link{Href: v})
	}
}

// isCustom reports whether an element is one that a script defines (HTML standard, valid
// custom element name).
func isCustom(n *html.Node) bool { return n.DataAtom == 0 && strings.Contains(n.Data, "-") }

// addFrames adds the pages that are shown inside of a page with few words: it is no more
// than their frame. Those inside of other pages are players, advertisements and forms.
func (r *linkReader) addFrames(root *html.Node) {
	if len(r.frames) == 0 {
		return
	}
	words := 0
	for n := range root.Descendants() {
		if n.Type != html.TextNode || n.Parent != nil && (n.Parent.DataAtom == atom.Script || n.Parent.DataAtom == atom.Style || n.Parent.DataAtom == atom.Noscript || n.Parent.DataAtom == atom.Title) {
			continue
		}
		if words += len(strings.Fields(n.Data)); words >= refreshWords {
			return
		}
	}
	for _, href := range r.frames {
		r.add(Link{Href: href})
	}
}

// frame notes the page that an element shows inside of this one.
func (r *linkReader) frame(n *html.Node) {
	key := "src"
	switch n.DataAtom {
	case atom.Object:
		key = "data"
		fallthrough
	case atom.Embed:
		if !strings.Contains(strings.ToLower(attr(n, "type")), "html") {
			return
		}
	}
	if href := strings.TrimSpace(attr(n, key)); href != "" {
		r.frames = append(r.frames, href)
	}
}
