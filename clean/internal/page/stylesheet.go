package page

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"newsclip/selectors"
)

// A simpleSelector is a compound of a tag, classes and an id, and the compounds
// that have to stand around it, nearest first.
type simpleSelector struct {
	tag     string
	names   []string // ".class" and "#id"
	bits    uint64   // of the classes: see classBit
	parents []simpleSelector
	child   bool    // it stands right around the one inside
	how     showing // what its rule says
	weight  int     // the classes and ids that it names
	wide    bool    // its rule is one for some screens
}

// maxHidingRules bounds the rules that are read of one page: matching them
// takes time for each element.
const maxHidingRules = 2000

// maxComparisons bounds how often an element of a page is compared with a part of a
// selector: on a page whose rules are all tried on all of its elements that would take
// minutes. What is left is taken to match no rule.
const maxComparisons = 20_000_000

// bytesOfComparison is how much of a class attribute is searched in about the time of
// one comparison, and at worst bytesAtWorst: a longer one than longClass was written to be
// slow.
const (
	bytesOfComparison = 64
	bytesAtWorst      = 4
	longClass         = 1024
)

// A ruleSet is the style rules of a page that tell whether and how elements are shown,
// by the first class or id of their last compound, or its tag where it has neither.
type ruleSet struct {
	t                  *Tree
	tags, classes, ids map[string][]simpleSelector
	shows              []simpleSelector // what others hide: of two classes of an element or more, or on some screens
	bits               uint64           // of the keys of classes: see classBit
	left               int              // of maxComparisons
}

// classBit is a bit by which most elements are told not to have a class, which is not
// empty: elements have few of the 64.
func classBit(class string) uint64 {
	n := len(class)
	return 1 << ((uint(class[0])*7 + uint(class[n-1])*3 + uint(class[n/2]) + uint(n)) % 64)
}

// A showing is what a style rule says of whether and how an element is shown.
type showing uint8

const (
	showsNothing showing = iota // of it
	showsInline
	showsBlock // on lines of its own
	fades      // it shows nothing where it stands, until a script or a pointer comes
	hides
)

// noteStyles adds to unseen the inline elements that the page's own style rules
// hide, and takes those for blocks that the rules set on lines of their own. Of
// selectors only those are read that name tags, classes and ids; states, such as
// :hover, are left out, and so is a rule that a later one of the same selector
// takes back, or one for wide screens.
func (t *Tree) noteStyles() {
	if len(t.Styles) == 0 {
		return
	}
	var order []string
	says, wide := make(map[string]showing), make(map[string]bool)
	for _, i := range t.Styles {
		if media := strings.ToLower(t.Attr(i, "media")); media != "" && media != "all" && !strings.HasPrefix(media, "screen") {
			continue
		}
		for c := t.Nodes[i].FirstChild; c != nil; c = c.NextSibling {
			readShowing(c.Data, func(selector string, s showing, onWide bool) {
				onWide = onWide && s != hides && selector[0] == '.' && strings.LastIndexAny(selector, ". >") == 0
				if _, ok := says[selector]; !ok {
					if s == showsInline && !onWide && !namesTwo(selector) || len(order) >= maxHidingRules {
						return
					}
					order = append(order, selector)
				}
				says[selector] = s
				if onWide {
					wide[selector] = true
				}
			})
		}
	}
	rules := ruleSet{t: t, tags: make(map[string][]simpleSelector), classes: make(map[string][]simpleSelector), ids: make(map[string][]simpleSelector), left: maxComparisons}
	for _, s := range order {
		sel, ok := parseSimple(s)
		if !ok {
			continue
		}
		if sel.how = says[s]; sel.how >= showsBlock {
			rules.add(sel)
		}
		if sel.wide = wide[s]; sel.how <= showsBlock && (sel.wide || len(sel.names) > 1) {
			rules.shows = append(rules.shows, sel)
		}
	}
	if len(rules.tags)+len(rules.classes)+len(rules.ids) == 0 {
		return
	}
	for i := t.Body; i < int32(len(t.Nodes)); i++ {
		nd := &t.Nodes[i]
		if nd.Type != html.ElementNode || nd.Opaque || nd.Hidden || nd.Block && len(nd.Attr) == 0 && len(rules.tags[nd.Data]) == 0 {
			continue
		}
		how := rules.styled(i)
		if nd.Block {
			nd.narrow = nd.narrow || how == hides
			continue
		}
		switch how {
		case hides:
			nd.Hidden = true
			t.unseen = append(t.unseen, i)
		case fades:
			if !nd.narrow {
				nd.narrow = true
				t.unseen = append(t.unseen, i)
			}
		case showsBlock:
			nd.Block = nd.DataAtom != atom.Br && nd.DataAtom != atom.Img
		}
	}
}

func (r *ruleSet) add(sel simpleSelector) {
	by, key := r.tags, sel.tag
	if len(sel.names) > 0 {
		by, key = r.classes, sel.names[0][1:]
		if sel.names[0][0] == '#' {
			by = r.ids
		} else {
			r.bits |= classBit(key)
		}
	}
	by[key] = append(by[key], sel)
}

// styled is what the selectors that match node i say of it, at most; what one of more
// classes says counts more than that something is hidden.
func (r *ruleSet) styled(i int32) (most showing) {
	weight := 0
	try := func(rules []simpleSelector) {
		for k := 0; k < len(rules) && r.left >= 0; k++ {
			if s := &rules[k]; s.how > most && r.matches(i, s) {
				most, weight = s.how, s.weight
			}
		}
	}
	nd := &r.t.Nodes[i]
	try(r.tags[nd.Data])
	for k := range nd.Attr {
		switch a := &nd.Attr[k]; a.Key {
		case "id":
			if a.Val != "" && len(r.ids) > 0 {
				try(r.ids[a.Val])
			}
		case "class":
			for token, rest := "", a.Val; rest != "" && r.bits&nd.classes != 0; {
				token, rest = selectors.CutToken(rest)
				if token != "" && r.bits&classBit(token) != 0 {
					try(r.classes[token])
				}
			}
		}
	}
	for k := 0; most == hides && k < len(r.shows) && r.left >= 0; k++ {
		if s := &r.shows[k]; (s.weight > weight || s.wide && s.weight == weight) && r.matches(i, s) {
			return s.how
		}
	}
	return most
}

// maxSelectorUp is how many elements around one are compared with the rest of a
// selector.
const maxSelectorUp = 64

func (r *ruleSet) matches(i int32, s *simpleSelector) bool {
	if !r.isCompound(i, s) {
		return false
	}
	next := 0
	for e, up := r.t.Nodes[i].Parent, 0; e >= 0 && next < len(s.parents) && up < maxSelectorUp; e, up = r.t.Nodes[e].Parent, up+1 {
		if r.isCompound(e, &s.parents[next]) {
			next++
		} else if s.parents[next].child {
			return false
		}
	}
	return next == len(s.parents)
}

func (r *ruleSet) isCompound(i int32, s *simpleSelector) bool {
	if r.left--; r.left < 0 || s.tag != "" && r.t.Nodes[i].Data != s.tag || s.bits&^r.t.Nodes[i].classes != 0 {
		return false
	}
	for _, name := range s.names {
		if name[0] == '#' {
			if r.t.Attr(i, "id") != name[1:] {
				return false
			}
			continue
		}
		class := r.t.Attr(i, "class")
		if len(class) > longClass {
			r.left -= len(class) / bytesAtWorst
		}
		if r.left -= len(class) / bytesOfComparison; r.left < 0 || !hasToken(class, name[1:]) {
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

// namesTwo reports whether the last compound of a selector names two classes or ids.
func namesTwo(selector string) bool {
	last := selector[strings.LastIndexAny(selector, " >")+1:]
	return strings.Count(last, ".")+strings.Count(last, "#") > 1
}

// escapedColon stands for the colon of a class, as in .md\:hidden, while a selector is read.
const escapedColon = "\x00"

// parseSimple reads a selector that has a class or an id.
func parseSimple(s string) (sel simpleSelector, ok bool) {
	s = strings.ReplaceAll(s, `\:`, escapedColon)
	if strings.ContainsAny(s, ":[+~*\\") {
		return sel, false
	}
	parts := strings.Fields(strings.ReplaceAll(s, ">", " > "))
	child, weight := false, 0
	for k := len(parts) - 1; k >= 0; k-- {
		if parts[k] == ">" {
			child = true
			continue
		}
		c := parseCompound(parts[k])
		weight += len(c.names)
		if k == len(parts)-1 {
			sel = c
		} else {
			c.child = child
			sel.parents = append(sel.parents, c)
		}
		child = false
	}
	sel.weight = weight
	return sel, weight > 0 && (sel.tag != "" || len(sel.names) > 0)
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
			name := strings.ReplaceAll(s[k:k+1+n], escapedColon, ":")
			c.names = append(c.names, name)
			if s[k] == '.' {
				c.bits |= classBit(name[1:])
			}
		}
		k += 1 + n
	}
	return c
}

// readShowing calls f for each selector of a style sheet whose rule says whether
// or how its elements are shown, and whether it is one for some screens. Of these, those
// count that show what others hide: the page is read as on a wide one. It takes time
// linear in the sheet's size.
func readShowing(css string, f func(selector string, s showing, wide bool)) {
	css = stripComments(css)
	some := -1 // what is left of css at the end of a rule for some screens
	for css != "" {
		open := strings.IndexByte(css, '{')
		if open < 0 {
			return
		}
		head := strings.TrimSpace(css[:open])
		if strings.IndexByte(head, ';') >= 0 || strings.IndexByte(head, '}') >= 0 { // seldom, and faster than from the end
			head = strings.TrimSpace(head[strings.LastIndexAny(head, ";}")+1:]) // @import and @charset
		}
		css = css[open+1:]
		if strings.HasPrefix(head, "@") {
			h := strings.ToLower(strings.TrimSpace(head))
			switch {
			case h == "@media screen" || h == "@media all" || strings.HasPrefix(h, "@layer") || strings.HasPrefix(h, "@supports"):
				// its rules stand in the braces that follow
			case strings.HasPrefix(h, "@media") && !strings.Contains(h, "print") && !strings.Contains(h, "max-"):
				if some < 0 || len(css) < some { // else it stands in another one
					some = len(css) - endOfBraces(css)
				}
			default:
				css = css[endOfBraces(css):]
			}
			continue
		}
		end := strings.IndexByte(css, '}')
		if end < 0 {
			return
		}
		body := css[:end]
		css = css[end+1:]
		s := showsNothing
		if mayBeSimple(head) {
			s = showingOf(body)
		}
		if len(css) < some {
			some = -1
		}
		if s == showsNothing || some >= 0 && s != showsInline && s != showsBlock {
			continue
		}
		for sel := range strings.SplitSeq(head, ",") {
			if sel = collapsed(sel); sel != "" {
				f(sel, s, some >= 0)
			}
		}
	}
}

// mayBeSimple reports whether one of a rule's selectors may be one that [parseSimple] reads.
func mayBeSimple(list string) bool {
	return (strings.IndexByte(list, '.') >= 0 || strings.IndexByte(list, '#') >= 0) &&
		(strings.IndexByte(list, ':') < 0 || strings.IndexByte(list, ',') >= 0 || strings.IndexByte(list, '\\') >= 0)
}

// collapsed returns s with each run of white space made one space, none at its ends.
func collapsed(s string) string {
	s = strings.TrimSpace(s)
	for k := 0; k < len(s); k++ {
		if c := s[k]; c >= utf8.RuneSelf || c < ' ' || c == ' ' && s[k+1] == ' ' {
			return strings.Join(strings.Fields(s), " ")
		}
	}
	return s
}

// showingOf is what declarations say of how a box is shown.
func showingOf(body string) showing {
	if !mayTell(body) {
		return showsNothing
	}
	s := bare(body)
	tells, block, floats, absolute := false, false, false, false
	for from := 0; ; {
		k := strings.IndexByte(s[from:], ':')
		if k < 0 {
			break
		}
		key, v := s[:from+k], s[from+k+1:]
		from += k + 1
		switch {
		case strings.HasSuffix(key, "display"):
			if strings.HasPrefix(v, "none") {
				return hides
			}
			tells = true
			block = block || strings.HasPrefix(v, "block") || strings.HasPrefix(v, "list-item") || strings.HasPrefix(v, "table;")
		case strings.HasSuffix(key, "visibility"):
			if strings.HasPrefix(v, "hidden") {
				return hides
			}
			tells = true
		case strings.HasSuffix(key, "float"):
			floats = true
		case strings.HasSuffix(key, "position"):
			absolute = absolute || strings.HasPrefix(v, "absolute")
		}
	}
	switch {
	case clipsAway(s):
		return hides
	case absolute && fadesByStyle(s):
		return fades // what stands in its line fades in as one reads on
	case !tells:
		return showsNothing
	case block && !floats && !absolute:
		return showsBlock
	}
	return showsInline
}

// bare returns declarations in small letters and without white space.
func bare(body string) string {
	k := 0
	for k < len(body) && bareSigns[body[k]] == body[k] {
		k++
	}
	if k == len(body) {
		return body
	}
	var arr [512]byte
	b := append(arr[:0], body[:k]...)
	for ; k < len(body); k++ {
		c := body[k]
		if c >= utf8.RuneSelf {
			return strings.Join(strings.Fields(strings.ToLower(body)), "")
		}
		if c = bareSigns[c]; c != 0 {
			b = append(b, c)
		}
	}
	return string(b)
}

// bareSigns has what [bare] makes of ASCII signs, 0 for those that it leaves out.
var bareSigns = func() (t [256]byte) {
	for c := range byte(utf8.RuneSelf) {
		switch {
		case c >= 'A' && c <= 'Z':
			t[c] = c + 'a' - 'A'
		case c != ' ' && (c < '\t' || c > '\r'):
			t[c] = c
		}
	}
	return t
}()

// mayTell reports whether declarations may say how a box is shown: whether they have
// display, visibility, the opacity of what stands outside its line, clip, or a number that
// begins with -9 or -1.
func mayTell(body string) bool {
	if strings.HasPrefix(body, "P") {
		return true
	}
	for k := 1; k < len(body); k++ {
		sign := tellingSigns[body[k]]
		if sign == 0 {
			continue // most
		}
		switch sign {
		case 'p':
			return true
		case 'y':
			if endsTelling(body, k+1) {
				return true
			}
		case 'l':
			if body[k-1] == 'c' && strings.HasPrefix(body[k:], "lip") {
				return true
			}
		case '1':
			if body[k-1] == '-' {
				return true
			}
		}
	}
	return false
}

// tellingSigns has what the signs are taken for by which [mayTell] finds what it looks for:
// few other words have them.
var tellingSigns = [256]byte{'P': 'p', 'Y': 'y', 'y': 'y', 'l': 'l', '1': '1', '9': '1'}

// endsTelling reports whether display, visibility, or the opacity of what stands outside
// its line, ends at a byte of declarations.
func endsTelling(body string, at int) bool {
	if from := at - len("display"); from >= 0 && strings.EqualFold(body[from:at], "display") {
		return true
	}
	if from := at - len("visibility"); from >= 0 && strings.EqualFold(body[from:at], "visibility") {
		return true
	}
	from := at - len("opacity")
	return from >= 0 && body[from:at] == "opacity" && strings.Contains(body, "absolute")
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
