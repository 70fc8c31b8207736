package judge

import (
	"net/url"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/atom"

	"newsclip/clean/internal/page"
	"newsclip/clean/internal/text"
)

// A span is a run of blocks, first to last-1, that are judged as one: a list, a
// box, what stands under one heading, neighbours of one kind.
type span struct {
	first, last        int32
	words, links, long int32
	linkBlocks         int32   // blocks that are nothing but a link
	sentences          int32   // blocks that end like a sentence
	lex                float32 // sum of the blocks' means
	p                  mass    // answers of the first model
	max                float32 // the greatest of them
}

// add adds block k, which is the next.
func (w *rowWalk) add(s *span, k int) {
	b := &w.Bs[k]
	s.last = int32(k) + 1
	s.words += b.Words
	s.links += b.LinkWords
	if w.longs[k+1] > w.longs[k] {
		s.long += b.Words
	}
	if b.Words > 0 && b.LinkWords == b.Words {
		s.linkBlocks++
	}
	if endsSentence(b.Text) {
		s.sentences++
	}
	s.lex += w.lexes[k].mean
}

func (s *span) blocks() int32 { return s.last - s.first }

// The kinds of span.
const (
	spanRun     = iota // neighbours in boxes of one kind
	spanLinks          // neighbours that are all links, or all not
	spanSection        // from a heading to the next
	spanList           // the outermost list, table or quotation around
	spanBox            // the box of boxFeatures
	spanKinds
)

// The columns of a span, for each kind.
var (
	spanColumnNames = [...]string{"blocks", "words", "link-share", "link-blocks", "sentences", "lex", "long-share", "index"}
	spanNames       = [spanKinds]string{"run", "link-run", "section", "group", "span-box"}
)

const spanColumns = len(spanColumnNames)

// findSpans cuts the page into spans of each kind.
func (w *rowWalk) findSpans() {
	zeroed(&w.spanOf, w.n*spanKinds)
	w.spans = w.spans[:0]
	linked := func(b *page.Block) bool { return b.LinkWords*2 > b.Words }
	for kind := range spanKinds {
		for k := range w.Bs {
			b := &w.Bs[k]
			same := k > 0
			if same {
				before := &w.Bs[k-1]
				switch kind {
				case spanRun:
					same = b.Sig == before.Sig && b.Tag == before.Tag
				case spanLinks:
					same = linked(b) == linked(before)
				case spanSection:
					same = !page.IsHeading(b.Tag)
				case spanList:
					same = w.groups[k] == w.groups[k-1]
				case spanBox:
					same = w.boxes[k] == w.boxes[k-1]
				}
			}
			if !same {
				w.spans = append(w.spans, span{first: int32(k)})
			}
			n := len(w.spans) - 1
			w.add(&w.spans[n], k)
			w.spanOf[k*spanKinds+kind] = int32(n)
		}
	}
}

// span returns the span of a kind that block k stands in.
func (f *Featurer) span(k, kind int) *span { return &f.spans[f.spanOf[k*spanKinds+kind]] }

// findBoxes finds for each block the group and the box that it stands in.
func (w *rowWalk) findBoxes() {
	groups, boxes := zeroed(&w.groups, w.n), zeroed(&w.boxes, w.n)
	t := w.T
	for k := range w.Bs {
		b := &w.Bs[k]
		box, group := b.El, int32(-1)
		for e := b.El; e >= 0; e = t.Nodes[e].Parent {
			if w.Areas[e].Long*10 >= w.Total.Long*3 {
				break
			}
			box = e
			switch t.Nodes[e].DataAtom {
			case atom.Ul, atom.Ol, atom.Dl, atom.Blockquote, atom.Table:
				group = e
			}
		}
		groups[k], boxes[k] = group, box
	}
}

// findMain finds the element that holds most of what reads like paragraphs as
// its own children, and its first and last paragraph.
func (w *rowWalk) findMain() {
	var best int32
	held := zeroed(&w.held, len(w.T.Nodes))
	w.main, w.mainSig, w.mainFirst, w.mainLast = -1, 0, -1, -1
	for k := range w.Bs {
		if w.longs[k+1] == w.longs[k] {
			continue
		}
		e := w.T.Nodes[w.Bs[k].El].Parent
		if w.Bs[k].Brs > 0 || e < 0 || w.Bs[k].Tag != atom.P {
			e = w.Bs[k].El
		}
		if held[e] += w.Bs[k].Words; held[e] > best {
			best, w.main = held[e], e
		}
	}
	if w.main < 0 {
		return
	}
	for k := range w.Bs {
		if b := &w.Bs[k]; w.longs[k+1] > w.longs[k] && (b.El == w.main || w.T.Nodes[b.El].Parent == w.main) {
			if w.mainFirst < 0 {
				w.mainFirst, w.mainSig = k, b.Sig
			}
			w.mainLast = k
		}
	}
}

// mainFeatures are where a block stands towards the main paragraphs.
func (w *rowWalk) mainFeatures(k int, b *page.Block, r []float32) {
	r[fMainUp] = 30
	if w.main < 0 {
		return
	}
	r[fMainSig] = Bit(b.Sig == w.mainSig)
	r[fMainFrom] = max(-50, capped(float32(k-w.mainFirst), 50))
	r[fMainTo] = max(-50, capped(float32(k-w.mainLast), 50))
	end := w.T.Nodes[w.main].End
	up := float32(0)
	for e := b.El; e >= 0; e = w.T.Nodes[e].Parent {
		if e <= w.main && w.T.Nodes[e].End >= end {
			r[fMainUp] = capped(up, 30)
			r[fMainOver] = capped(float32(w.T.Nodes[w.main].Depth-w.T.Nodes[e].Depth), 30)
			break
		}
		up++
	}
}

// spanFeatures are what the runs, the section, the group and the box are that a
// block stands in.
func (w *rowWalk) spanFeatures(k int, r []float32) {
	fill := func(kind, at int) *span {
		s := w.span(k, kind)
		r[at] = capped(float32(s.blocks()), 60)
		r[at+1] = log1p(s.words)
		r[at+2] = text.Share(s.links, s.words)
		r[at+3] = text.Share(s.linkBlocks, s.blocks())
		r[at+4] = text.Share(s.sentences, s.blocks())
		r[at+5] = s.lex / float32(s.blocks())
		r[at+6] = text.Share(s.long, s.words)
		r[at+7] = capped(float32(int32(k)-s.first), 60)
		return s
	}
	fill(spanRun, fRun0)
	fill(spanLinks, fLinkRun0)
	fill(spanSection, fSection0)
	if w.groups[k] >= 0 {
		s := fill(spanList, fGroup0)
		r[fGroupLead] = w.leadCode(int(s.first) - 1)
		r[fGroupClass] = w.Cls.at(w.groups[k]).own
	}
	s := fill(spanBox, fBox0)
	first := int(s.first)
	r[fBoxClass] = w.Cls.at(w.boxes[k]).own
	r[fBoxTag] = tagCode(w.T.Nodes[w.boxes[k]].DataAtom)
	r[fBoxHead] = w.leadCode(first)
	r[fBoxHeadLex] = w.lexes[first].mean
	r[fBoxHeadPhrase] = phraseCode(w.phrases[first])
}

// leadCode tells what a block is as the one that leads to others: 0 where there
// is none.
func (w *rowWalk) leadCode(k int) float32 {
	if k < 0 {
		return 0
	}
	b := &w.Bs[k]
	switch {
	case page.IsHeading(b.Tag):
		return 5
	case strings.HasSuffix(b.Text, ":") || strings.HasSuffix(b.Text, "："):
		return 4
	case w.longs[k+1] > w.longs[k]:
		return 3
	case b.LinkWords*2 > b.Words:
		return 1
	}
	return 2
}

// linkFeatures are where the first link of a block leads.
func (w *rowWalk) linkFeatures(b *page.Block, r []float32) {
	r[fLinkTo] = -1
	if b.Links == 0 {
		return
	}
	a := w.firstLink(b)
	if a < 0 {
		return
	}
	r[fLinkSpan] = capped(text.Share(w.Areas[a].Words, max(b.Words, 1)), 20)
	href := strings.TrimSpace(w.T.Attr(a, "href"))
	switch {
	case href == "":
		r[fLinkTo] = 0
	case href[0] == '#':
		r[fLinkTo] = 1
	case strings.Contains(href, "://") || strings.HasPrefix(href, "//"):
		_, rest, _ := strings.Cut(href, "//")
		host, path, _ := strings.Cut(rest, "/")
		r[fLinkTo] = 4
		if w.host == "" || sameSite(host, w.host) {
			r[fLinkTo] = 3
		}
		r[fLinkDeep] = depthOf(path)
	case strings.HasPrefix(href, "mailto:"), strings.HasPrefix(href, "javascript:"):
		r[fLinkTo] = 2
	default:
		r[fLinkTo] = 3
		r[fLinkDeep] = depthOf(href)
	}
	r[fLinkRel] = Bit(w.T.Attr(a, "rel") != "")
	r[fLinkTarget] = Bit(w.T.Attr(a, "target") != "")
}

// depthOf tells addresses of stories from those of sections: how long the path
// is, in bytes.
func depthOf(path string) float32 {
	path, _, _ = strings.Cut(path, "#")
	return capped(float32(len(strings.Trim(path, "/"))), 120)
}

// sameSite reports whether two hosts end in the same name.
func sameSite(a, b string) bool {
	a, b = strings.TrimPrefix(a, "www."), strings.TrimPrefix(b, "www.")
	return a == b || strings.HasSuffix(a, "."+b) || strings.HasSuffix(b, "."+a)
}

// firstLink returns the first link in or around a block, or -1.
func (w *rowWalk) firstLink(b *page.Block) int32 {
	for i := b.From; i < b.To; i++ {
		if w.T.Nodes[i].DataAtom == atom.A {
			return i
		}
		if i == b.From {
			for e := w.T.Nodes[i].Parent; e >= 0; e = w.T.Nodes[e].Parent {
				if w.T.Nodes[e].DataAtom == atom.A {
					return e
				}
			}
		}
	}
	return -1
}

// hostOf is the page's host, or "".
func hostOf(t *page.Tree) string {
	if t.Page == nil {
		return ""
	}
	u, err := url.Parse(t.Page.Address)
	if err != nil {
		return ""
	}
	return u.Hostname()
}

// markFeatures are the marks that a block begins and ends with.
func markFeatures(b *page.Block, r []float32) {
	first, _ := utf8.DecodeRuneInString(b.Text)
	switch first {
	case '»', '›', '>', '▶', '►', '→', '•', '·', '■', '▪', '●', '★', '☆', '◆', '-', '–', '—', '*', '+', '|':
		r[fStartsMark] = 1
	case '【', '[', '(', '（', '<':
		r[fStartsMark] = 2
	case '©', '®':
		r[fStartsMark] = 3
	}
	if '0' <= first && first <= '9' {
		r[fStartsMark] = 4
	}
	last, _ := utf8.DecodeLastRuneInString(b.Text)
	switch last {
	case '?', '？', '؟', ';', '\u037e':
		r[fEndsMark] = 1
	case '!', '！':
		r[fEndsMark] = 2
	case '»', '›', '>', '→', '▶', '►', '|', '+':
		r[fEndsMark] = 3
	case ',', '，', '、':
		r[fEndsMark] = 4
	}
	r[fAddress] = Bit(hasAddress(b.Text))
}

// hasAddress reports whether a text has an address of the web. It looks for signs that
// texts have seldom.
func hasAddress(s string) bool {
	if strings.Contains(s, "://") {
		return true
	}
	for from := 0; ; {
		k := strings.IndexByte(s[from:], '.')
		if k < 0 {
			return false
		}
		if strings.HasSuffix(s[:from+k], "www") {
			return true
		}
		from += k + 1
	}
}

// endsSentence reports whether a text ends as sentences end.
func endsSentence(s string) bool {
	last, _ := utf8.DecodeLastRuneInString(s)
	switch last {
	case '.', '!', '?', '。', '！', '？', '।', '؟', ';', '\u037e', '…':
		return true
	case '"', '”', '“', '»', '’', ')', '」', '』', '）', '】':
		return true
	}
	return false
}
