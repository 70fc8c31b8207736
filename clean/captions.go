package clean

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"newsclip/selectors"
)

// What an element says that the words in it are.
const (
	unsaid = iota
	saidCaption
	saidCredit
)

// run is a piece of a caption's text under one element.
type run struct {
	text string
	said int
	elem int32 // the element that holds it, emphasis and links apart
}

// captionReader turns the elements of one picture's caption into its caption
// and credit.
type captionReader struct {
	t    *tree
	runs []run
	b    strings.Builder
	said int
	elem int32
}

// readCaption returns caption and credit of the elements in roots, in order.
// What stands in them twice counts once.
func readCaption(t *tree, roots []int32) (caption, credit string) {
	c := captionReader{t: t}
	for _, i := range roots {
		said := unsaid
		if t.nodes[i].DataAtom != atom.Figcaption && t.nodes[i].DataAtom != atom.Figure {
			said = c.says(i)
		}
		c.walk(i, i, said)
		c.flush()
	}
	return c.result()
}

// walk collects the runs under i.
func (c *captionReader) walk(i, elem int32, said int) {
	t := c.t
	nd := &t.nodes[i]
	if nd.Type == html.TextNode {
		if c.elem != elem || c.said != said {
			c.flush()
		}
		c.elem, c.said = elem, said
		writeCollapsed(&c.b, nd.Data)
		return
	}
	if isOpaque(nd.DataAtom) || nd.hidden || isControl(t, i) || nd.roles&(selectors.Hidden|selectors.Share) != 0 {
		return
	}
	breaks := nd.DataAtom == atom.Br || isBlock(nd.Node)
	if breaks {
		c.flush()
	}
	for j := i + 1; j < nd.end; j = t.nodes[j].end {
		e, s := elem, said
		if t.nodes[j].Type == html.ElementNode {
			switch t.nodes[j].DataAtom {
			case atom.B, atom.Strong, atom.Em, atom.I, atom.U, atom.A, atom.Br, atom.Wbr, atom.Font, atom.Mark, atom.Q:
			default:
				e = j
			}
			if says := c.says(j); says != unsaid {
				s = says
			}
		}
		c.walk(j, e, s)
	}
	if breaks {
		c.flush()
	}
}

// says returns what an element's name, class and itemprop say of it.
func (c *captionReader) says(i int32) int {
	nd := &c.t.nodes[i]
	if nd.DataAtom == atom.Cite {
		return saidCredit
	}
	credit := nd.roles&selectors.Credit != 0
	caption := nd.roles&selectors.Caption != 0
	for _, a := range nd.Attr {
		switch a.Key {
		case "itemprop", "class", "id", "data-testid":
			for _, w := range selectors.Words(a.Val) {
				if selectors.Pictures.CreditClasses[w] {
					credit = true
				} else if w == "caption" {
					caption = true
				}
			}
		}
	}
	switch {
	case credit && !caption:
		return saidCredit
	case caption && !credit:
		return saidCaption
	}
	return unsaid
}

// isControl says that an element is there to be pressed.
func isControl(t *tree, i int32) bool {
	switch t.nodes[i].DataAtom {
	case atom.Button, atom.Input, atom.Label:
		return true
	}
	return t.attr(i, "role") == "button"
}

func (c *captionReader) flush() {
	s := strings.TrimSpace(c.b.String())
	c.b.Reset()
	if s == "" || !hasLetter(s) && c.said == unsaid && !strings.ContainsAny(s, "()[]©|:.,") {
		return
	}
	c.runs = append(c.runs, run{text: s, said: c.said, elem: c.elem})
}

func hasLetter(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) >= 0
}

// result sorts the runs into caption and credit.
func (c *captionReader) result() (caption, credit string) {
	c.once()
	var capt, cred []string
	said := false
	for k := range c.runs {
		r := &c.runs[k]
		if isNote(r.text) {
			r.text = ""
		}
		if r.said == saidCredit && len(strings.Fields(r.text)) > 2*creditWords {
			r.said = unsaid
		}
		said = said || r.said == saidCredit
	}
	c.runs = slices.DeleteFunc(c.runs, func(r run) bool { return r.text == "" })
	if !said {
		c.lastIsCredit()
	}
	for _, r := range c.runs {
		if r.said == saidCredit {
			cred = append(cred, r.text)
		} else {
			capt = append(capt, r.text)
		}
	}
	text := strings.Join(capt, "\n")
	if len(cred) == 0 {
		var tail string
		text, tail = splitCredit(text)
		cred = append(cred, tail)
	} else if t, tail := splitCredit(text); tail != "" {
		text = t
		cred = append(cred, tail)
	}
	return cleanCaption(text), joinCredits(cred)
}

// once drops runs that say again what an earlier run said.
func (c *captionReader) once() {
	for k := 1; k < len(c.runs); k++ {
		if len(c.runs[k].text) < 4 {
			continue
		}
		for _, earlier := range c.runs[:k] {
			if earlier.text == c.runs[k].text {
				c.runs[k].text = ""
				break
			}
		}
	}
	c.runs = slices.DeleteFunc(c.runs, func(r run) bool { return r.text == "" })
}

// lastIsCredit marks a short name in an element of its own at the end of a
// caption.
func (c *captionReader) lastIsCredit() {
	n := len(c.runs)
	if n < 2 {
		return
	}
	last, before := &c.runs[n-1], c.runs[n-2]
	if last.said == unsaid && last.elem != before.elem && fewNames(last.text) && !strings.HasSuffix(last.text, ".") {
		last.said = saidCredit
	}
}

// isNote says that a run is the interface's.
func isNote(s string) bool {
	s = strings.ToLower(strings.Trim(s, " .:,;|"))
	return selectors.Pictures.Notes[s]
}

// cleanCaption trims what splitting leaves at a caption's ends.
func cleanCaption(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	s = strings.TrimSpace(strings.TrimLeft(s, " |/–—•·:,;"))
	for {
		before := s
		s = strings.TrimRight(s, " |/–—•·-(:,;[")
		ts := tokens(s)
		// A label whose credit stood in an element of its own.
		for k := max(len(ts)-3, 0); k < len(ts); k++ {
			if n := phraseAt(ts, k, selectors.Pictures.Labels); n > 0 && k+n == len(ts) && before != s {
				s = s[:ts[k].from]
				break
			}
		}
		if s == before {
			break
		}
	}
	if !hasLetter(s) {
		return ""
	}
	return s
}

// joinCredits cleans the parts of a credit and joins those that add something.
func joinCredits(parts []string) string {
	var out []string
	for _, p := range parts {
		p = cleanCredit(p)
		if p == "" || !hasLetter(p) {
			continue
		}
		if slices.ContainsFunc(out, func(o string) bool { return strings.Contains(o, p) }) {
			continue
		}
		out = append(out, p)
	}
	return strings.Join(out, ", ")
}
