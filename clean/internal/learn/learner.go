package learn

import (
	"container/list"
	"strings"
)

// Bounds of what a [Learner] remembers. A block or a place takes some 50 bytes,
// so that all of it stays under 40 MB however long the stream is.
const (
	// maxLearnHosts is how many hosts are known at once; the one that was
	// seen longest ago is forgotten first.
	maxLearnHosts = 256
	// maxLearnBlocks is how many blocks are known of a host: some ten pages
	// full of blocks that never come again, beside what the site repeats.
	maxLearnBlocks = 2048
	// maxLearnPlaces is how many places are known of a host's templates.
	maxLearnPlaces = 512
)

// A Learner learns what the pages of a host have in common: the blocks that
// come again on different articles, which are the site's, whatever they say; and
// what becomes of the blocks at each place of its templates.
//
// Let it Observe the pages in the order of the input, one at a time; what it
// knows depends on that order alone. It is not safe for concurrent use.
type Learner struct {
	hosts map[string]*list.Element // of *hostRepeats
	order list.List                // most recently observed first
}

// NewLearner returns an empty Learner.
func NewLearner() *Learner {
	return &Learner{hosts: make(map[string]*list.Element)}
}

// SeenBlock is a block as the Learner tells blocks apart.
type SeenBlock struct {
	// Key is equal for blocks that say the same at the same kind of place.
	Key uint64
	// Words is the length of a paragraph in words, and 0 for what is no
	// prose: a line of links, a label, a line that is not the article's. By
	// its prose an article is known again when it comes under another
	// address.
	Words int
	// Place is equal for blocks at the same place of a template, 0 for one
	// that is at none.
	Place uint32
	// Size is the length of any block in words, and Kept whether it stays in
	// the text.
	Size int
	Kept bool
}

// hostRepeats is what is known of one host.
type hostRepeats struct {
	host   string
	pages  int32 // different articles observed
	blocks map[uint64]blockRepeats
	places map[uint32]PlaceUse
}

// blockRepeats is where a block was seen: on count of the pages first to last,
// the first time at place.
type blockRepeats struct {
	first, last, count int32
	place              uint32
}

// A PlaceUse is what was seen at one place of a host's template.
type PlaceUse struct {
	// Pages is how many different articles have blocks there, and Kept the sum
	// of the shares of their words that stay in the text.
	Pages int
	Kept  float64
	// Blocks is how many blocks were seen there, and Again how many of them
	// say what another article says there as well.
	Blocks, Again int

	last int32 // page
}

// Observe learns from one page of a host. The title is a hash of the article's
// headline, 0 where it has none. A page whose article was observed before, as
// the print or AMP twin of one is, teaches nothing: else all that it says
// would seem to come again.
func (l *Learner) Observe(host string, title uint64, page []SeenBlock) {
	h := l.of(host)
	if h.knows(title, page) {
		return
	}
	h.pages++
	if title != 0 {
		h.see(titleKey(title), 0)
	}
	for _, b := range page {
		h.see(b.Key, b.Place)
	}
	h.seePlaces(page)
	forget(h.blocks, maxLearnBlocks, func(s blockRepeats) (int32, bool) { return h.pages - s.last, s.count == 1 })
	forget(h.places, maxLearnPlaces, func(p PlaceUse) (int32, bool) { return h.pages - p.last, p.Pages == 1 })
}

// seePlaces counts what became of the blocks of the page that is being
// observed, by place.
func (h *hostRepeats) seePlaces(page []SeenBlock) {
	for place, share := range keptShares(page) {
		p := h.places[place]
		p.Pages++
		p.Kept += share
		p.last = h.pages
		h.places[place] = p
	}
}

// keptShares returns for each place of a page the share of its words that stay
// in the text.
func keptShares(page []SeenBlock) map[uint32]float64 {
	kept, all := make(map[uint32]int), make(map[uint32]int)
	for _, b := range page {
		if b.Place == 0 || b.Size == 0 {
			continue
		}
		all[b.Place] += b.Size
		if b.Kept {
			kept[b.Place] += b.Size
		}
	}
	out := make(map[uint32]float64, len(all))
	for place, n := range all {
		out[place] = float64(kept[place]) / float64(n)
	}
	return out
}

// titleKey sets the key of a headline apart from the keys of blocks.
func titleKey(title uint64) uint64 { return ^title }

// see counts a block for the page that is being observed, once.
func (h *hostRepeats) see(key uint64, place uint32) {
	s, ok := h.blocks[key]
	if !ok {
		s.first, s.place = h.pages, place
	} else if s.last == h.pages {
		return
	}
	s.last = h.pages
	s.count++
	h.blocks[key] = s
	if place == 0 {
		return
	}
	p := h.places[place]
	p.last = h.pages
	p.Blocks++
	if s.place == place && s.count > 1 {
		p.Again++
		if s.count == 2 {
			p.Again++ // and the one before
		}
	}
	h.places[place] = p
}

// of returns what is known of a host, and makes it the last to be forgotten.
func (l *Learner) of(host string) *hostRepeats {
	if e, ok := l.hosts[host]; ok {
		l.order.MoveToFront(e)
		return e.Value.(*hostRepeats)
	}
	if l.order.Len() >= maxLearnHosts {
		last := l.order.Back()
		delete(l.hosts, l.order.Remove(last).(*hostRepeats).host)
	}
	host = strings.Clone(host) // it may be a part of the page
	h := &hostRepeats{host: host, blocks: make(map[uint64]blockRepeats), places: make(map[uint32]PlaceUse)}
	l.hosts[host] = l.order.PushFront(h)
	return h
}

// knows reports whether a page's article was observed before: under its
// headline, or in its prose, nearly all of which one page said first. It takes
// that much because a short article may stand among long paragraphs that are
// the site's.
func (h *hostRepeats) knows(title uint64, page []SeenBlock) bool {
	if _, ok := h.blocks[titleKey(title)]; ok && title != 0 {
		return true
	}
	all := 0
	shared := make(map[int32]int) // words by the page that said them first
	for _, b := range page {
		all += b.Words
		if s, ok := h.blocks[b.Key]; ok && b.Words > 0 && s.count < 3 {
			shared[s.first] += b.Words
		}
	}
	for _, words := range shared {
		if words*10 > all*9 {
			return true
		}
	}
	return false
}

// forget makes room where a host has too many blocks or places: what came once
// goes first, and what came lately last. It goes by age and not one by one, so
// that the order of the map chooses nothing.
func forget[K comparable, V any](m map[K]V, most int, aged func(V) (age int32, once bool)) {
	for _, once := range []bool{true, false} {
		for age := int32(64); len(m) > most; age /= 2 {
			for key, v := range m {
				if a, o := aged(v); a >= age && (o || !once) {
					delete(m, key)
				}
			}
			if age == 0 {
				break
			}
		}
	}
}

// Pages returns how many different articles of a host were observed, as far as
// the host is remembered.
func (l *Learner) Pages(host string) int {
	if e, ok := l.hosts[host]; ok {
		return int(e.Value.(*hostRepeats).pages)
	}
	return 0
}

// Repeats says on how many different articles of a host a block was seen, and
// on how many it could have been: those observed since it came first.
func (l *Learner) Repeats(host string, key uint64) (seen, of int) {
	e, ok := l.hosts[host]
	if !ok {
		return 0, 0
	}
	h := e.Value.(*hostRepeats)
	s, ok := h.blocks[key]
	if !ok {
		return 0, 0
	}
	return int(s.count), int(h.pages - s.first + 1)
}

// Place returns what was seen at a place of a host's template.
func (l *Learner) Place(host string, place uint32) PlaceUse {
	e, ok := l.hosts[host]
	if !ok {
		return PlaceUse{}
	}
	return e.Value.(*hostRepeats).places[place]
}
