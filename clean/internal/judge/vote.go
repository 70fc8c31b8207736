package judge

import (
	"math"
	"net/url"

	"github.com/PuerkitoBio/goquery"
	"github.com/go-shiori/go-readability"
	"golang.org/x/net/html"

	"newsclip/clean/internal/page"
	"newsclip/clean/internal/text"
)

const (
	// unsureBelow is the F1 that the models must expect of a page for their
	// answer to stand alone. On publishers held out from training, 1 page in
	// 80 is below it; asking on more pages gained nothing.
	unsureBelow = 0.8
	// maxVoteNodes is the size of the largest page that is voted on. Larger ones of
	// which the models are unsure are lists of links, and go-readability takes as long
	// on them as all else.
	maxVoteNodes = 10_000
	// maxVoteText is how many bytes of text, each counted for every element that it
	// stands in, a page has at most that is voted on: go-readability reads the text of
	// each element anew. A long article has some 2 MB.
	maxVoteText = 100 << 20
	// voteWeight is what go-readability's yes or no adds to a block's log
	// odds; 2 did better there than 0.5 and 1.
	voteWeight = 2.0
	// voteLetters is how much text go-readability must find for it to be content with
	// it. It tries up to four times; at its own 500 on short pages all four, for an
	// answer that is no better on publishers held out.
	voteLetters = 200
)

// Vote has go-readability propose the main content of a page of which the
// models are unsure, and moves each block's probability towards it. It takes
// several times what the rest of cleaning does, so a page that the models are
// sure of goes without.
func Vote(t *page.Tree, bs []page.Block, probs []float32) {
	said := propose(t.Page)
	if said.N == 0 {
		return
	}
	shares := make([]float64, len(bs)) // of each block's words, those that it says
	var words, rights float64
	for k := range bs {
		shares[k] = float64(text.InGrams(bs[k].Toks, &said))
		n := shares[k] * float64(bs[k].Words)
		words += n
		if bs[k].Spelling.Copyright {
			rights += n
		}
	}
	if rights*2 > words {
		return // the site's notice of rights is longer than its story
	}
	for k := range bs {
		p := float64(probs[k])
		odds := math.Log((p+1e-4)/(1-p+1e-4)) + voteWeight*(2*shares[k]-1)
		probs[k] = float32(1 / (1 + math.Exp(-odds)))
	}
}

// nestedText returns the bytes of a page's text, each counted for every element that it
// stands in.
func nestedText(t *page.Tree) (n int) {
	for i := range t.Nodes {
		if nd := &t.Nodes[i]; nd.Type == html.TextNode {
			n += len(nd.Data) * int(nd.Depth)
		}
	}
	return n
}

// propose returns the runs of words of go-readability's main content; none
// where it finds none.
func propose(p *page.Page) (said text.HashSet[struct{}]) {
	defer func() {
		// A fault in the second opinion leaves the first one standing.
		if recover() != nil {
			said = text.HashSet[struct{}]{}
		}
	}()
	base := p.Base
	if base == nil {
		base = &url.URL{}
	}
	parser := readability.NewParser()
	parser.CharThresholds = voteLetters
	a, err := parser.ParseDocument(p.Doc.Nodes[0], base) // it works on a copy
	if err != nil || a.Node == nil {
		return said
	}
	t := page.NewTree(&page.Page{Doc: goquery.NewDocumentFromNode(a.Node)})
	defer t.Release()
	for _, b := range t.Blocks() {
		for k := range text.Grams(b.Toks) {
			said.At(text.Gram(b.Toks, k))
		}
	}
	return said
}
