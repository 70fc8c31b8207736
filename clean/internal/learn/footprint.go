package learn

import (
	"slices"
	"strings"

	"newsclip/clean/internal/body"
	"newsclip/clean/internal/meta"
	"newsclip/clean/internal/page"
)

// A Footprint is what of a page tells whether a [Learner] changes its body, without the
// page: some ten kilobytes in place of megabytes.
type Footprint struct {
	body  *body.Body // without a tree; its blocks have no words
	cards []SeenBlock
}

// FootprintOf returns the footprint of a page as it stands. Of its blocks it has those
// that are kept or may be, and those at the same places, which tell what becomes of them.
func FootprintOf(bd *body.Body, m *meta.Metadata) *Footprint {
	may := func(k int) bool {
		v := &bd.Verdicts[k]
		return v.Keep || slices.Contains(bd.Standfirst, k) || v.Stage == "pick" && bd.Probs[k] >= unlikelyBlock && body.ReadsAsText(&bd.Blocks[k])
	}
	places := make(map[uint32]bool)
	for k := range bd.Blocks {
		if may(k) {
			places[bd.Blocks[k].Path] = true
		}
	}
	n := 0
	for k := range bd.Blocks {
		if places[bd.Blocks[k].Path] {
			n++
		}
	}
	// In no more room than they need: a page may have a quarter of a million.
	out := &body.Body{Blocks: make([]page.Block, 0, n), Verdicts: make([]body.Verdict, 0, n), Probs: make([]float32, 0, n)}
	for k := range bd.Blocks {
		if !places[bd.Blocks[k].Path] {
			continue
		}
		b, v := bd.Blocks[k], body.Verdict{Keep: bd.Verdicts[k].Keep}
		b.Toks = nil
		if may(k) && !v.Keep {
			v.Stage = bd.Verdicts[k].Stage
			b.Text = strings.Clone(b.Text) // for body.ReadsAsText
		} else {
			b.Text = ""
		}
		if slices.Contains(bd.Standfirst, k) {
			out.Standfirst = append(out.Standfirst, len(out.Blocks))
		}
		out.Blocks, out.Verdicts, out.Probs = append(out.Blocks, b), append(out.Verdicts, v), append(out.Probs, bd.Probs[k])
	}
	return &Footprint{body: out, cards: seenCards(m)}
}

// Stands reports whether l changes nothing of the page: [Misled], [DropCards] and
// [DropRepeated] would leave it as it is. It may be called once.
func (f *Footprint) Stands(l *Learner, host string) bool {
	if Misled(f.body, l, host) != nil {
		return false
	}
	if l.Pages(host) >= minCards {
		for _, c := range f.cards {
			if isCard(l.Repeats(host, c.Key)) {
				return false
			}
		}
	}
	if l.Pages(host) < minRepeats {
		return true
	}
	if settlePlaces(f.body, l, host) {
		return false
	}
	_, goes := findRepeated(f.body, l, host)
	return !goes
}
