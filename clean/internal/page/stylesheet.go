package page

import "strings"

// A simpleSelector is a compound of a tag, classes and an id, and the compounds
// that have to stand around it, nearest first.
type simpleSelector struct {
	tag     string
	names   []string // ".class" and "#id"
	parents []simpleSelector
}

// maxHidingRules bounds the rules that are read of one page: matching them
// takes time for each element.
const maxHidingRules = 2000

// noteStyledAway adds to unseen the inline elements that the page's own style
// rules hide. Of selectors only those are read that name tags, classes and ids;
// states, such as :hover, and what a medium other than the screen shows, are
// left out, and so is a rule that a later one of the same selector takes back.
func (t *Tree) noteStyledAway() {
	if len(t.styles) == 0 {
		return
	}
	var order []string
	hides := make(map[string]bool)
	for _, i := range t.styles {
		if media := strings.ToLower(t.Attr(i, "media")); media != "" && media != "all" && !strings.HasPrefix(media, "screen") {
			continue
		}
		for c := t.Nodes[i].FirstChild; c != nil; c = c.NextSibling {
			readHiding(c.Data, func(selector string, hidden bool) {
				if _, ok := hides[selector]; !ok {
					if !hidden || len(order) >= maxHidingRules {
						return
					}
					order = append(order, selector)
				}
				hides[selector] = hidden
			})
		}
	}
	byName := make(map[string][]simpleSelector)
	for _, s := range order {
		if hides[s] {
			if sel, ok := parseSimple(s); ok {
				byName[sel.names[0]] = append(byName[sel.names[0]], sel)
			}
		}
	}
	if len(byName) == 0 {
		return
	}
	for i := t.Body; i < int32(len(t.Nodes)); i++ {
		nd := &t.Nodes[i]
		if nd.Block || nd.Opaque || nd.Hidden || len(nd.Attr) == 0 {
			continue
		}
		if t.matchesAny(i, byName) {
			nd.Hidden = true
			t.unseen = append(t.unseen, i)
		}
	}
}

// matchesAny reports whether a selector matches node i.
func (t *Tree) matchesAny(i int32, byName map[string][]simpleSelector) bool {
	try := func(name string) bool {
		for _, s := range byName[name] {
			if t.matches(i, &s) {
				return true
			}
		}
		return false
	}
	for k := range t.Nodes[i].Attr {
		switch a := &t.Nodes[i].Attr[k]; a.Key {
		case "id":
			if a.Val != "" && try("#"+a.Val) {
				return true
			}
		case "class":
			for _, c := range strings.Fields(a.Val) {
				if try("." + c) {
					return true
				}
			}
		}
	}
	return false
}

// maxSelectorUp is how many elements around one are compared with the rest of a
// selector.
const maxSelectorUp = 64

func (t *Tree) matches(i int32, s *simpleSelector) bool {
	if !t.isCompound(i, s) {
		return false
	}
	next := 0
	for e, up := t.Nodes[i].Parent, 0; e >= 0 && next < len(s.parents) && up < maxSelectorUp; e, up = t.Nodes[e].Parent, up+1 {
		if t.isCompound(e, &s.parents[next]) {
			next++
		}
	}
	return next == len(s.parents)
}

func (t *Tree) isCompound(i int32, s *simpleSelector) bool {
	if s.tag != "" && t.Nodes[i].Data != s.tag {
		return false
	}
	for _, name := range s.names {
		if name[0] == '#' && t.Attr(i, "id") != name[1:] || name[0] == '.' && !hasToken(t.Attr(i, "class"), name[1:]) {
			return false
		}
	}
	return true
}

// hasToken reports whether a space-separated list has a token.
func hasToken(list, token string) bool {
	for list != "" {
		k := strings.Index(list, token)
		if k < 0 {
			return false
		}
		end := k + len(token)
		if (k == 0 || list[k-1] <= ' ') && (end == len(list) || list[end] <= ' ') {
			return true
		}
		list = list[end:]
	}
	return false
}

// parseSimple reads a selector whose last compound has a class or an id.
func parseSimple(s string) (sel simpleSelector, ok bool) {
	if strings.ContainsAny(s, ":[>+~*\\") {
		return sel, false
	}
	parts := strings.Fields(s)
	for k := len(parts) - 1; k >= 0; k-- {
		c := parseCompound(parts[k])
		if k == len(parts)-1 {
			sel = c
		} else {
			sel.parents = append(sel.parents, c)
		}
	}
	return sel, len(sel.names) > 0
}

func parseCompound(s string) (c simpleSelector) {
	k := strings.IndexAny(s, ".#")
	if k < 0 {
		k = len(s)
	}
	c.tag = strings.ToLower(s[:k])
	for k < len(s) {
		n := strings.IndexAny(s[k+1:], ".#")
		if n < 0 {
			n = len(s) - k - 1
		}
		if n > 0 {
			c.names = append(c.names, s[k:k+1+n])
		}
		k += 1 + n
	}
	return c
}

// readHiding calls f for each selector of a style sheet whose rule sets whether
// its elements are shown. It takes time linear in the sheet's size.
func readHiding(css string, f func(selector string, hidden bool)) {
	if l := strings.ToLower(css); !strings.Contains(l, "none") && !strings.Contains(l, "hidden") && !strings.Contains(l, "clip") && !strings.Contains(l, "-9") {
		return
	}
	css = stripComments(css)
	for css != "" {
		open := strings.IndexByte(css, '{')
		if open < 0 {
			return
		}
		head := strings.TrimSpace(css[:open])
		if semi := strings.LastIndexAny(head, ";}"); semi >= 0 {
			head = strings.TrimSpace(head[semi+1:]) // @import and @charset
		}
		css = css[open+1:]
		if strings.HasPrefix(head, "@") {
			h := strings.ToLower(strings.TrimSpace(head))
			if h == "@media screen" || h == "@media all" || strings.HasPrefix(h, "@layer") {
				continue // its rules stand in the braces that follow
			}
			css = css[endOfBraces(css):]
			continue
		}
		end := strings.IndexByte(css, '}')
		if end < 0 {
			return
		}
		body := css[:end]
		css = css[end+1:]
		shown, hidden := showing(body)
		if !shown && !hidden {
			continue
		}
		for _, s := range strings.Split(head, ",") {
			f(strings.Join(strings.Fields(s), " "), hidden)
		}
	}
}

// showing reports whether declarations show a box, or hide it.
func showing(body string) (shown, hidden bool) {
	body = strings.ToLower(body)
	if !strings.Contains(body, "display") && !strings.Contains(body, "visibility") && !strings.Contains(body, "clip") && !strings.Contains(body, "-9") {
		return false, false
	}
	s := strings.Join(strings.Fields(body), "")
	if strings.Contains(s, "display:none") || strings.Contains(s, "visibility:hidden") || clipsAway(s) {
		return false, true
	}
	return strings.Contains(s, "display:") || strings.Contains(s, "visibility:"), false
}

func stripComments(css string) string {
	if !strings.Contains(css, "/*") {
		return css
	}
	var b strings.Builder
	b.Grow(len(css))
	for {
		from := strings.Index(css, "/*")
		if from < 0 {
			b.WriteString(css)
			return b.String()
		}
		b.WriteString(css[:from])
		to := strings.Index(css[from+2:], "*/")
		if to < 0 {
			return b.String()
		}
		css = css[from+2+to+2:]
	}
}

// endOfBraces is the length of s up to and with the brace that closes the one
// before it.
func endOfBraces(s string) int {
	depth := 1
	for k := 0; k < len(s); k++ {
		switch s[k] {
		case '{':
			depth++
		case '}':
			if depth--; depth == 0 {
				return k + 1
			}
		}
	}
	return len(s)
}
