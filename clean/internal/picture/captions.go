package picture

import (
	"bytes"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"newsclip/clean/internal/page"
	"newsclip/clean/internal/text"
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
	link bool
	brk  bool // a line ends before it
	emph bool // it is the emphasis that ends a caption
}

// trust is how far the form of what may be a caption is believed.
type trust int

const (
	// wordsOnly believes labels, signs and agencies only.
	wordsOnly trust = iota
	// byClass believes also what classes say.
	byClass
	// byForm believes also that a caption's short last line is its credit.
	byForm
)

// captionReader turns the elements of one picture's caption into its caption
// and credit.
type captionReader struct {
	t     *page.Tree
	runs  []run
	trust trust
	b     []byte
	said  int
	elem  int32
	link  bool
	brk   bool
	emph  bool
}

// readCaption returns caption and credit of the elements in roots, in order.
// What stands in them twice counts once.
func readCaption(t *page.Tree, roots []int32, trust trust) (caption, credit string) {
	c := captionReader{t: t, trust: trust}
	for _, i := range roots {
		said := unsaid
		if t.Nodes[i].DataAtom != atom.Figcaption && t.Nodes[i].DataAtom != atom.Figure {
			said = c.says(i)
		}
		c.brk = true
		c.walk(i, i, said)
		c.flush()
	}
	return c.result()
}

// walk collects the runs under i.
func (c *captionReader) walk(i, elem int32, said int) {
	t := c.t
	nd := &t.Nodes[i]
	if nd.Type == html.TextNode {
		if c.elem != elem || c.said != said {
			c.flush()
		}
		c.elem, c.said = elem, said
		if len(c.b) == 0 {
			c.link = c.t.Nodes[nd.Parent].DataAtom == atom.A
		}
		c.b = page.AppendCollapsed(c.b, nd.Data)
		return
	}
	if nd.Opaque || nd.Hidden || isControl(t, i) || nd.DataAtom == atom.Li && offersFile(t, i) || nd.Roles&(selectors.Hidden|selectors.Share) != 0 {
		return
	}
	breaks := nd.DataAtom == atom.Br || nd.Block
	if breaks {
		c.flush()
		c.brk = true
	}
	for j := i + 1; j < nd.End; j = t.Nodes[j].End {
		e, s := elem, said
		if t.Nodes[j].Type == html.ElementNode {
			switch t.Nodes[j].DataAtom {
			case atom.Em, atom.I:
				if c.isLast(j, i) {
					if says := c.says(j); says != unsaid {
						s = says
					}
					c.flush()
					c.walk(j, j, s)
					c.emph = true
					c.flush()
					c.emph = false
					continue
				}
			case atom.B, atom.Strong, atom.U, atom.A, atom.Br, atom.Wbr, atom.Font, atom.Mark, atom.Q:
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
		c.brk = true
	}
}

// isLast reports whether an emphasis is the last that an element says, behind the end of a
// sentence.
func (c *captionReader) isLast(j, in int32) bool {
	for k := c.t.Nodes[j].End; k < c.t.Nodes[in].End; k++ {
		if nd := &c.t.Nodes[k]; nd.Type == html.TextNode && hasLetter(nd.Data) {
			return false
		}
	}
	before := bytes.TrimSpace(c.b)
	return len(before) > 0 && strings.IndexByte(".!?", before[len(before)-1]) >= 0
}

// says returns what an element's name, class and itemprop say of it.
func (c *captionReader) says(i int32) int {
	nd := &c.t.Nodes[i]
	if nd.DataAtom == atom.Cite {
		return saidCredit
	}
	said := unsaid
	for _, a := range nd.Attr {
		switch a.Key {
		case "itemprop":
			if s := saysToken(a.Val); s != unsaid {
				return s
			}
		case "class", "id", "data-testid":
			for _, token := range strings.Fields(a.Val) {
				switch s := saysToken(token); {
				case s == unsaid:
				case said == unsaid:
					said = s
				case said != s:
					return unsaid
				}
			}
		}
	}
	return said
}

// saysToken reads one token. In "figcaption__credit" and "image-caption-source"
// the last word says what the element is, and those before it where it stands.
func saysToken(token string) int {
	said, and := unsaid, false
	var buf [64]byte
	for w, k := selectors.NextWord(token, 0, buf[:0]); len(w) > 0; w, k = selectors.NextWord(token, k, buf[:0]) {
		switch {
		case selectors.Pictures().CreditClasses[string(w)]:
			said = saidCredit
			if and {
				said = unsaid // "caption-and-credit"
			}
		case string(w) == "caption" || string(w) == "figcaption" || string(w) == "description":
			said = saidCaption
		case string(w) == "wrapper" || string(w) == "container" || string(w) == "wrap":
			said = unsaid
		}
		and = string(w) == "and"
	}
	return said
}

// isControl reports whether an element is there to be pressed, or shows what comes of it.
func isControl(t *page.Tree, i int32) bool {
	switch t.Nodes[i].DataAtom {
	case atom.Button, atom.Input, atom.Label:
		return true
	}
	switch t.Attr(i, "role") {
	case "button", "dialog", "alert", "tooltip":
		return true
	}
	return false
}

// offersFile reports whether an item of a list is a link to the picture's file.
func offersFile(t *page.Tree, li int32) bool {
	for i := li + 1; i < t.Nodes[li].End; i++ {
		if nd := &t.Nodes[i]; nd.DataAtom == atom.A {
			return isImageFile(t.Attr(i, "href"))
		} else if nd.Type == html.TextNode && hasLetter(nd.Data) {
			return false
		}
	}
	return false
}

func (c *captionReader) flush() {
	s := plain(string(bytes.TrimSpace(c.b)))
	c.b = c.b[:0]
	if s == "" || !hasLetter(s) && (c.said == unsaid && !strings.ContainsAny(s, "()[]©|:.,") || strings.HasSuffix(s, "[+]")) {
		return // "... [+]" is pressed for the rest of the caption
	}
	c.runs = append(c.runs, run{text: s, said: c.said, elem: c.elem, link: c.link, brk: c.brk, emph: c.emph})
	c.brk = false
}

// plain takes the elements out of a caption that a system has escaped: "<em>Jo Doe</em>".
func plain(s string) string {
	if strings.Contains(s, "&lt;/") {
		s = html.UnescapeString(s) // twice
	}
	if !strings.Contains(s, "</") {
		return s
	}
	var b strings.Builder
	for {
		before, rest, ok := strings.Cut(s, "<")
		name := strings.TrimPrefix(rest, "/")
		_, after, closed := strings.Cut(rest, ">")
		if !ok || !closed || name == "" || name[0]|0x20 < 'a' || name[0]|0x20 > 'z' {
			b.WriteString(s)
			return strings.TrimSpace(b.String())
		}
		b.WriteString(before)
		s = after
	}
}

func hasLetter(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) >= 0
}

// result sorts the runs into caption and credit.
func (c *captionReader) result() (caption, credit string) {
	c.once()
	var cred []string
	said := false
	for k := range c.runs {
		r := &c.runs[k]
		numbers := k == 0 && len(c.runs) > 1 && !c.runs[1].brk && gluesTo(c.runs[1].text) // "Fig. 1" before its full stop
		if r.text = withoutNotes(r.text); isCounter(r.text) && !numbers {
			r.text = ""
		}
		if r.said == saidCredit && (c.trust == wordsOnly || text.CountWords(r.text) > 2*creditWords || r.text == "©" && k+1 < len(c.runs) && c.runs[k+1].said != saidCredit) {
			r.said = unsaid
		}
		said = said || r.said == saidCredit
	}
	c.runs = slices.DeleteFunc(c.runs, func(r run) bool { return r.text == "" || isPlayer(r.text) })
	if !slices.ContainsFunc(c.runs, func(r run) bool { return !r.link || !isButton(r.text) }) {
		return "", ""
	}
	c.dropKind()
	c.freeCaption()
	if !said && c.trust == byForm && !c.firstIsCredit() {
		c.lastIsCredit()
	}
	var b strings.Builder
	for _, r := range c.runs {
		s := r.text
		if r.said == saidCredit {
			// "The bridge. Photo: NAME", "The bridge in fog. (NAME/AGENCY)", all in an element
			// of class credit.
			before, tail := splitLabelled(text.Cut(s))
			if tail == "" && strings.HasSuffix(s, ")") {
				before, tail = splitTail(text.Cut(s))
			}
			if tail != "" && text.CountWords(before) > copyWords {
				s = before
				cred = append(cred, tail)
			} else {
				cred = append(cred, s)
				continue
			}
		}
		switch prev := b.Len(); {
		case prev == 0 || gluesTo(s):
		case r.brk:
			b.WriteByte('\n')
		default:
			b.WriteByte(' ')
		}
		b.WriteString(s)
	}
	whole := b.String()
	p := text.Cut(whole)
	if t, tail := splitLabelled(p); tail != "" {
		if k := strings.LastIndexByte(t, '\n'); k > 0 && strings.Contains(tail, strings.TrimSpace(t[k:])) {
			t = t[:k] // the credit once more, on a line of its own
		}
		if t = cleanCaption(t); isDay(t) {
			return "", "" // a byline beside a sign
		}
		return t, joinCredits(append(cred, tail))
	}
	if len(cred) == 0 && c.trust >= byClass && strings.Contains(whole, "/") && isName(p) {
		return "", joinCredits([]string{whole}) // "NAME/AGENCY"
	}
	if len(cred) == 0 {
		t, tail := splitTail(p)
		if tail == "" && c.trust == wordsOnly {
			return "", "" // of such a caption only what stands before a credit is asked for
		}
		return cleanCaption(t), joinCredits([]string{tail})
	}
	if looksLikeCredit(p) {
		return "", joinCredits(append([]string{whole}, cred...))
	}
	return cleanCaption(whole), joinCredits(cred)
}

// dropKind drops the word "Image" or "Photo" in an element of its own before a caption, which
// tells those who cannot see what the words are of.
func (c *captionReader) dropKind() {
	if len(c.runs) < 2 || c.runs[0].elem == c.runs[1].elem || c.runs[1].said == saidCredit {
		return
	}
	p, next := text.Cut(c.runs[0].text), text.Cut(c.runs[1].text)
	if p.At(0, selectors.Pictures().Labels) == len(p.Ts) && next.Words() > nameWords && !looksLikeCredit(next) {
		c.runs = c.runs[1:]
	}
}

// freeCaption unmarks a caption that stands in a box for credits, before the labelled credit
// in an element of its own.
func (c *captionReader) freeCaption() {
	for k := range len(c.runs) - 1 {
		r, next := &c.runs[k], &c.runs[k+1]
		if r.said != saidCredit || next.said != saidCredit || r.elem == next.elem {
			continue
		}
		p := text.Cut(r.text)
		_, labelled := creditStart(text.Cut(next.text), 0)
		if _, credit := splitLabelled(p); labelled && credit == "" && p.Words() > nameWords && smallWords(p) > 0 && !looksLikeCredit(p) {
			r.said = unsaid
		}
	}
}

// gluesTo reports whether a run goes on from the one before without a space.
func gluesTo(s string) bool {
	return strings.IndexByte(".,;:!?)]", s[0]) >= 0
}

// once drops runs that say again what an earlier run said.
func (c *captionReader) once() {
	said := make(map[string]bool)
	c.runs = slices.DeleteFunc(c.runs, func(r run) bool {
		again := len(r.text) >= 4 && said[r.text]
		said[r.text] = true
		return again || r.text == ""
	})
}

// firstIsCredit marks an agency that stands on a line of its own before the
// caption, as over a picture's edge, and reports whether there is one.
func (c *captionReader) firstIsCredit() bool {
	if len(c.runs) < 2 {
		return false
	}
	first := &c.runs[0]
	if first.said != unsaid || first.link || first.elem == c.runs[1].elem || !c.runs[1].brk {
		return false
	}
	if p := text.Cut(first.text); !looksLikeCredit(p) && !(c.t.Nodes[first.elem].DataAtom == atom.Small && p.Words() > 1 && p.Words() <= nameWords && isName(p)) {
		return false // nor a name in small print
	}
	first.said = saidCredit
	return true
}

// lastIsCredit marks a short name in an element of its own at the end of a
// caption.
func (c *captionReader) lastIsCredit() {
	n := len(c.runs)
	if n < 2 {
		return
	}
	for _, r := range c.runs {
		if _, credit := splitLabelled(text.Cut(r.text)); credit != "" {
			return
		}
	}
	last := &c.runs[n-1]
	for _, r := range c.runs[:n-1] {
		if r.elem == last.elem {
			return
		}
	}
	if p := text.Cut(last.text); last.emph && !(p.Words() > 1 && isName(p)) {
		return // a ship's name, or a remark
	} else if (last.said == unsaid || last.emph) && !last.link && fewNames(p) {
		last.said = saidCredit
	}
}

// withoutNotes takes the interface's words off the start of a run.
func withoutNotes(s string) string {
	if !selectors.Pictures().MayBeginNote(s) {
		return s // as most
	}
	const longest = 64 // bytes of a note and the signs after it
	p := text.Cut(s[:min(len(s), longest)])
	from := 0
	for p.Sign(from) == "+" {
		from++
	}
	n := p.At(from, selectors.Pictures().Notes)
	switch {
	case from == len(p.Ts):
		return ""
	case n == 0:
		return withoutGlued(s)
	}
	n += from
	for p.Sign(n) != "" && !opening(p.Sign(n)) {
		n++
	}
	if n == len(p.Ts) {
		return ""
	}
	return s[p.Ts[n].From:]
}

// gluedNote is the length of a note in Korean that is written at the caption, in letters.
const gluedNote = 4

// withoutGlued cuts a note in Korean off a caption at which it is written: 사진설명다리가 열렸다.
func withoutGlued(s string) string {
	at := 0
	for n := range gluedNote {
		c, size := utf8.DecodeRuneInString(s[at:])
		if !unicode.Is(unicode.Hangul, c) {
			return s
		}
		if at += size; n+1 == gluedNote && selectors.Pictures().Notes[s[:at]] {
			return s[at:]
		}
	}
	return s
}

// isCounter reports whether a run is the number of a slide, a video's length or
// its date, which players and galleries set beside a caption.
func isCounter(s string) bool {
	if len(s) > 40 || !strings.ContainsAny(s, "0123456789") || strings.ContainsAny(s, "©ⓒ") {
		return false
	}
	p := text.Cut(s)
	words, numbers := 0, 0
	for k := range p.Ts {
		if w := p.Word(k); w != "" {
			words++
			if w[0] >= '0' && w[0] <= '9' {
				numbers++
			}
		}
	}
	return words <= 6 && numbers*2 >= words && numbers > 0
}

// dayNumbers is how many numbers a day and a time have at least: "22 May 2020 18:13".
const dayNumbers = 3

// isDay reports whether a caption is a day with its year, or a day and a time, alone.
func isDay(s string) bool {
	if !isCounter(s) {
		return false
	}
	numbers := strings.FieldsFunc(s, func(r rune) bool { return r < '0' || r > '9' })
	return len(numbers) >= dayNumbers
}

// cleanCaption trims what splitting leaves at a caption's ends.
func cleanCaption(s string) string {
	s = withoutCounter(strings.Join(strings.Fields(s), " "))
	s = strings.TrimPrefix(strings.TrimSpace(strings.TrimLeft(s, " |/–—•·∙:,;"+upSigns)), "- ")
	p := text.Cut(s)
	end := len(p.Ts)
	for end > 0 {
		if n := trailingLabel(p.Sub(0, end)); n > 0 && end < len(p.Ts) {
			end -= n // a label whose credit stood in an element of its own
			continue
		}
		if !strings.Contains("|/–—•·∙-(:,;[＝=（©ⓒ", p.Sign(end-1)) || p.Sign(end-1) == "" {
			break
		}
		end--
	}
	p = p.Sub(0, end)
	if s = p.Text(); !hasLetter(s) || p.At(0, selectors.Pictures().Labels) == end {
		return ""
	}
	return s
}

// withoutCounter takes the number of a slide off the head of a caption: "3 / 7 The quay",
// "2 of 9 | The quay", "Bild 2 von 9: Der Kai".
func withoutCounter(s string) string {
	word, rest, _ := strings.Cut(s, " ")
	named := selectors.Pictures().Slides[strings.ToLower(word)]
	if named {
		word, rest, _ = strings.Cut(rest, " ")
	}
	if !text.IsDigits(word) {
		return s // as most
	}
	sep, rest, _ := strings.Cut(rest, " ")
	last, rest, _ := strings.Cut(rest, " ")
	n := strings.TrimRight(last, counterEnds)
	if !selectors.Pictures().SlidesOf[sep] || !text.IsDigits(n) {
		return s
	}
	if after := strings.TrimLeft(rest, counterEnds+" "); named || sep == "/" || n != last || after != rest {
		return after
	}
	return s // it counts boats
}

// counterEnds are the signs between the number of a slide and its caption.
const counterEnds = "|:–—"

// trailingLabel returns of how many words the label is with which p ends; 0
// where it ends with none.
func trailingLabel(p text.Phrase) int {
	for n := min(3, len(p.Ts)); n > 0; n-- {
		if p.At(len(p.Ts)-n, selectors.Pictures().Labels) == n {
			return n
		}
	}
	return 0
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

// labelBytes is how many bytes the links have at most that lie on a picture: its section, and
// how many comments there are.
const labelBytes = 40

// rowPictures is how many pictures side by side one caption under them is of at most.
const rowPictures = 4

// pictureBefore returns the index of the last picture of the element right before a caption,
// where that element says nothing: the lead picture and its caption may each stand in a
// box of its own, and a row of pictures may have one caption.
func (r *pictureReader) pictureBefore(c int32) (int, bool) {
	t := r.t
	parent, box := t.Nodes[c].Parent, c-1
	for box > parent && t.Nodes[box].Type == html.TextNode && text.IsSpace(t.Nodes[box].Data) && t.Nodes[box].Parent == parent {
		box--
	}
	for box > parent && t.Nodes[box].Parent != parent {
		box = t.Nodes[box].Parent
	}
	if box <= parent || r.text(box) > 0 && (r.text(box) > labelBytes || r.linkedText(box) < r.text(box)) || !r.isSentence(c) {
		return 0, false
	}
	lo := lowerBound(r.imgs, box)
	n := lowerBound(r.imgs[lo:], t.Nodes[box].End)
	if n == 0 || n > rowPictures {
		return 0, false
	}
	return r.byImg[r.imgs[lo+n-1]], true
}

// A figure that holds textParagraphs paragraphs of textBytes at least is no picture's: an
// article's text stands in it.
const (
	textParagraphs = 3
	textBytes      = 100
)

// holdsText reports whether a figure has as many paragraphs outside its caption as a text has.
func (r *pictureReader) holdsText(figure int32) bool {
	n, nodes := 0, r.t.Nodes
	for j := figure + 1; j < nodes[figure].End && n < textParagraphs; j++ {
		switch nodes[j].DataAtom {
		case atom.Figcaption:
			j = nodes[j].End - 1
		case atom.P:
			if r.text(j) >= textBytes {
				n++
			}
		}
	}
	return n == textParagraphs
}
