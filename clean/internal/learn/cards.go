package learn

import (
	"newsclip/clean/internal/meta"
	"newsclip/clean/internal/picture"
)

// A picture that the metadata of minCards different articles of a host names is what the
// site shares where an article has none, if at least one of cardShare articles has it.
// Two articles of one story share a picture, and so do more of a great site.
const (
	minCards  = 3
	cardShare = 10
)

// cardMark sets the keys of pictures apart from those of blocks.
const cardMark = 0x5bd1e9955bd1e995

// seenCards are the pictures that a page's metadata names, as the Learner sees them.
func seenCards(m *meta.Metadata) []SeenBlock {
	var seen []SeenBlock
	for _, key := range picture.NamedKeys(m) {
		seen = append(seen, SeenBlock{Key: key ^ cardMark})
	}
	return seen
}

// DropCards takes the site's card out of the pictures that the metadata names: one that
// l knows from other articles of the host. It reports whether there was one.
func DropCards(m *meta.Metadata, l *Learner, host string) bool {
	if l.Pages(host) < minCards {
		return false
	}
	return picture.DropNamed(m, func(key uint64) bool {
		return isCard(l.Repeats(host, key^cardMark))
	})
}

// isCard reports whether a picture that is on seen of so many pages is the site's.
func isCard(seen, of int) bool { return seen >= minCards && seen*cardShare >= of }
