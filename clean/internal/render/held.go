package render

import (
	"net/url"
	"strings"

	"golang.org/x/net/html/atom"

	"newsclip/clean/internal/page"
	"newsclip/clean/internal/text"
	"newsclip/selectors"
)

// maxPlayerScript is how many bytes a script in a text has at most that is read for the
// player which it puts there.
const maxPlayerScript = 4096

// heldPlayer is the address of a player or a post that a box holds back until the reader
// agrees to it, as one of its data attributes has it; "" where none has.
func heldPlayer(t *page.Tree, i int32) string {
	switch t.Nodes[i].DataAtom {
	case atom.Div, atom.A, atom.Button, atom.Figure, atom.Section:
	default:
		return ""
	}
	for _, e := range selectors.Embeds().Elements {
		if e.Name[0] == '.' && text.HasWord(t.Attr(i, "class"), e.Name[1:]) && t.Attr(i, e.Attribute) != "" && playsOn(t, i, e) {
			return e.Page + (&url.URL{Path: t.Attr(i, e.Attribute)}).EscapedPath()
		}
	}
	for _, a := range t.Nodes[i].Attr {
		if !strings.HasPrefix(a.Key, "data-") || !strings.HasPrefix(a.Val, "http") && !strings.HasPrefix(a.Val, "//") {
			continue
		}
		_, rest, ok := strings.Cut(a.Val, "//")
		if !ok || strings.ContainsAny(rest, " \n") {
			continue
		}
		for _, p := range selectors.Embeds().Players {
			if strings.HasPrefix(rest, p.Host+p.Path) {
				return a.Val
			}
		}
		if begins(rest, selectors.Embeds().Held) && !strings.Contains(a.Key, "share") {
			return a.Val
		}
	}
	return ""
}

// begins reports whether an address without its scheme begins with one of those.
func begins(address string, with []string) bool {
	address = strings.TrimPrefix(address, "www.")
	for _, w := range with {
		if rest, ok := strings.CutPrefix(address, w); ok && rest != "" && !strings.HasPrefix(rest, "intent/") && !strings.HasPrefix(rest, "share") {
			return true
		}
	}
	return false
}

// scriptSource is the address of what a script shows in its place: that of the script, or
// of a player's frame that the script writes.
func scriptSource(t *page.Tree, i int32) string {
	if _, rest, ok := strings.Cut(t.Attr(i, "src"), "//"); ok {
		if !begins(rest, selectors.Embeds().Scripts) {
			return ""
		}
		rest, _, _ = strings.Cut(rest, "?")
		return "https://" + strings.TrimSuffix(strings.TrimSuffix(rest, "embed/"), ".js")
	}
	c := t.Nodes[i].FirstChild
	if c == nil || len(c.Data) > maxPlayerScript || !strings.Contains(c.Data, "iframe") {
		return ""
	}
	for _, p := range selectors.Embeds().Players {
		for _, path := range [...]string{p.Path, strings.ReplaceAll(p.Path, "/", `\/`)} { // the latter as JSON has it
			if _, rest, ok := strings.Cut(c.Data, p.Host+path); ok {
				if end := strings.IndexFunc(rest, notOfID); end > 0 {
					return p.Page + rest[:end]
				}
			}
		}
	}
	return ""
}

// notOfID reports whether a sign is none of those of the identifiers of players.
func notOfID(r rune) bool {
	return (r < '0' || r > '9') && (r < 'A' || r > 'Z') && (r < 'a' || r > 'z') && r != '-' && r != '_'
}

// playsOn reports whether no attribute of element i says that what the identifier names is
// of another site than the address of e: "data-video-type" beside "data-video-id".
func playsOn(t *page.Tree, i int32, e selectors.EmbedElement) bool {
	if strings.Contains(t.Attr(i, e.Attribute), "://") {
		return false // an address, and no identifier
	}
	kind := strings.TrimSuffix(e.Attribute, "id") + "type"
	for _, a := range t.Nodes[i].Attr {
		if (a.Key == kind || strings.HasSuffix(a.Key, "-provider")) && !strings.Contains(e.Page, a.Val) {
			return false
		}
	}
	return true
}
