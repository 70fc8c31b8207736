package learn

import (
	"fmt"
	"slices"

	"newsclip/clean/internal/body"
)

// What has to be known of a place of a site's template to judge a block by it:
// how many other articles have blocks there, and which share of their words
// stays in the text. The models may be surer of a block than the site's other
// pages tell against it.
const (
	minPlacePages = 4
	placeOut      = 0.05
	placeIn       = 0.9
	sureBlock     = 0.9
	unlikelyBlock = 0.05
	// A line of links goes with its place where againShare of the blocks there
	// come again on another article's page, of againBlocks at least. Labels
	// come again for good reason: "Ingredients", "How we tested".
	againBlocks = 8
	againShare  = 0.6
	// placeGuard guards the text: what goes by its place is no more than this
	// share of it.
	placeGuard = 0.3
)

// settlePlaces drops and keeps the blocks of which the models are in doubt as
// they are dropped and kept at the same place of the host's other pages. The
// text of a place that the other pages do not have stays as it is. It reports
// whether anything changed.
func settlePlaces(bd *body.Body, l *Learner, host string) (changed bool) {
	own := keptShares(seenBlocks(bd))
	var all, goes int32
	var out []int
	for k := range bd.Blocks {
		b := &bd.Blocks[k]
		place := b.Path | 1
		u := l.Place(host, place)
		others := u.Pages - 1
		if bd.Verdicts[k].Keep {
			all += b.Words
		}
		if others < minPlacePages {
			continue
		}
		kept := (u.Kept - own[place]) / float64(others)
		switch {
		case slices.Contains(bd.Standfirst, k):
		case !bd.Verdicts[k].Keep:
			if kept >= placeIn && bd.Verdicts[k].Stage == "pick" && bd.Probs[k] >= unlikelyBlock && body.ReadsAsText(b) {
				bd.Verdicts[k] = body.Verdict{Keep: true}
				all += b.Words
				changed = true
			}
		case body.IsProse(b): // a place with no names of its own may be that of a box, too
		case kept <= placeOut && bd.Probs[k] < sureBlock,
			b.LinkWords*2 > b.Words && u.Blocks >= againBlocks && float64(u.Again) >= againShare*float64(u.Blocks):
			out = append(out, k)
			goes += b.Words
		}
	}
	if len(out) == 0 || float64(goes) > placeGuard*float64(all) {
		return changed
	}
	for _, k := range out {
		u := l.Place(host, bd.Blocks[k].Path|1)
		bd.Drop(k, "learn", fmt.Sprintf("place of furniture on %d pages", u.Pages))
	}
	return true
}
