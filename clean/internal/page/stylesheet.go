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
	var rules hidingRules
	for _, i := range t.styles {
		if media := strings.ToLower(t.Attr(i, "media")); media != "" && media != "all" && !strings.HasPrefix(media, "screen") {
			continue
		}
		for c := t.Nodes[i].FirstChild; c != nil; c = c.NextSibling {
			rules.read(c.Data)
		}
	}
	byName := make(map[string][]simpleSelector)
	for _, s := range rules.order {
		if rules.hides[s] {
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

// hidingRules are the selectors whose elements a page's style sheets hide, or
// hide and then show.
type hidingRules struct {
	order []string
	hides map[string]bool // false where a later rule shows them
}

// read adds the rules of a style sheet. It takes time linear in the sheet's size.
func (r *hidingRules) read(css string) {
	css = stripComments(css)
	clip := -1 // where the next "clip" stands
	for at := 0; at < len(css); {
		open := strings.IndexByte(css[at:], '{')
		if open < 0 {
			return
		}
		head := css[at : at+open]
		at += open + 1
		if strings.IndexByte(head, '@') >= 0 {
			if h := lastStatement(head); strings.HasPrefix(h, "@") {
				h = strings.ToLower(h)
				if h != "@media screen" && h != "@media all" && !strings.HasPrefix(h, "@layer") {
					at += endOfBraces(css[at:])
				}
				continue // else its rules stand in the braces that follow
			}
		}
		end := strings.IndexByte(css[at:], '}')
		if end < 0 {
			return
		}
		body := css[at : at+end]
		if clip < at {
			if clip = strings.Index(css[at:], "clip"); clip < 0 {
				clip = len(css)
			} else {
				clip += at
			}
		}
		clips := clip < at+end
		at += end + 1
		if clips || mayShowOrHide(body) {
			r.add(head, body)
		}
	}
}

// mayShowOrHide reports whether declarations that do not say clip in small
// letters may show or hide a box: whether they say display, visibility, or a
// number that begins with -9.
func mayShowOrHide(body string) bool {
	return says(body, 'y') || says(body, 'Y') || strings.IndexByte(body, 'P') >= 0 ||
		strings.IndexByte(body, '9') > 0 && strings.Contains(body, "-9")
}

// says reports whether display or visibility stand in declarations. It searches
// for their last letter, in either case as it is given, which few words have.
func says(body string, last byte) bool {
	for at := 0; ; {
		k := strings.IndexByte(body[at:], last)
		if k < 0 {
			return false
		}
		at += k + 1
		if from := at - len("display"); from >= 0 && strings.EqualFold(body[from:at], "display") {
			return true
		}
		if from := at - len("visibility"); from >= 0 && strings.EqualFold(body[from:at], "visibility") {
			return true
		}
	}
}

// add adds the selectors of a rule, if its declarations show or hide a box.
func (r *hidingRules) add(head, body string) {
	body = strings.ToLower(body)
	if len(r.hides) == 0 && !mayHide(body) {
		return // there is nothing to show again
	}
	shown, hidden := showing(body)
	if !shown && !hidden {
		return
	}
	for s := range strings.SplitSeq(lastStatement(head), ",") {
		s = oneSpaced(s)
		if _, ok := r.hides[s]; !ok {
			if !hidden || len(r.order) >= maxHidingRules {
				continue
			}
			if r.hides == nil {
				r.hides = make(map[string]bool)
			}
			r.order = append(r.order, s)
		}
		r.hides[s] = hidden
	}
}

// lastStatement returns what stands before a brace, without the @import and
// @charset before it.
func lastStatement(head string) string {
	head = strings.TrimSpace(head)
	return strings.TrimSpace(head[strings.LastIndexAny(head, ";}")+1:])
}

// oneSpaced returns s with each run of white space made one space.
func oneSpaced(s string) string {
	s = strings.TrimSpace(s)
	for k := range len(s) {
		if c := s[k]; c < ' ' || c >= 0x7f || c == ' ' && s[k+1] == ' ' {
			return strings.Join(strings.Fields(s), " ")
		}
	}
	return s
}

// withoutSpace returns s without its white space.
func withoutSpace(s string) string {
	for k := range len(s) {
		if c := s[k]; c <= ' ' || c >= 0x7f {
			return strings.Join(strings.Fields(s), "")
		}
	}
	return s
}

// mayHide reports whether a style, in small letters, has a word that hides.
func mayHide(style string) bool {
	return strings.Contains(style, "none") || strings.Contains(style, "hidden") || strings.Contains(style, "clip") || strings.Contains(style, "-9")
}

// showing reports whether declarations in small letters show a box, or hide it.
func showing(body string) (shown, hidden bool) {
	if !strings.Contains(body, "display") && !strings.Contains(body, "visibility") && !strings.Contains(body, "clip") && !strings.Contains(body, "-9") {
		return false, false
	}
	s := withoutSpace(body)
	if mayHide(s) && (strings.Contains(s, "display:none") || strings.Contains(s, "visibility:hidden") || clipsAway(s)) {
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
	depth, at := 1, 0
	for {
		k := strings.IndexByte(s[at:], '}')
		if k < 0 {
			return len(s)
		}
		depth += strings.Count(s[at:at+k], "{") - 1
		if at += k + 1; depth == 0 {
			return at
		}
	}
}
