package clean

import (
	"strings"

	"newsclip/clean/internal/learn"
	"newsclip/clean/internal/siterules"
)

// A Series holds so many drafts at most. A page takes one to five megabytes while it
// waits, and a large one a hundred, so that they have no more than heldBytes together, as
// [Cost] tells them. 32 pages of news that follow each other have 76 to 186 MB, and a
// fifth of that where they are shrunk.
const (
	heldBack  = 32
	heldBytes = 192 << 20
)

// A Series writes drafts in the order in which they are added, and learns from
// them what each site repeats. Blocks that come again on its other articles are
// taken out; those of which the models are in doubt go or stay as they do at the
// same place of its other pages; and a page whose text would be mostly the
// site's is judged again without that. The first articles of a host wait until
// [EnoughPages] of it have come, or until 32 drafts or 192 MiB of them wait,
// so that memory stays bounded on an endless stream. What comes out depends on the order of the
// pages alone.
//
// It is not safe for concurrent use.
type Series[T any] struct {
	learner *learn.Learner
	held    *Holdback[inSeries[T]]
	out     func(T)
	shrinks bool // see ShrinkHeld
}

type inSeries[T any] struct {
	item T
	d    *Draft
}

// NewSeries returns a Series that calls out for each item when its draft is
// ready to be written.
func NewSeries[T any](out func(T)) *Series[T] {
	s := &Series[T]{learner: learn.NewLearner(), out: out}
	s.held = NewHoldback(heldBack, func(x inSeries[T]) bool {
		return x.d == nil || s.learner.Pages(x.d.Host()) >= learn.EnoughPages
	})
	s.held.most, s.held.size = heldBytes, func(x inSeries[T]) int64 {
		if x.d == nil {
			return 0
		}
		return x.d.held()
	}
	return s
}

// ShrinkHeld has drafts shrunk while they wait, as [Draft.Shrink] tells, for a caller who
// calls nothing but Article and Close of them. It is called before Add.
func (s *Series[T]) ShrinkHeld() { s.shrinks = true }

// Add takes an item and its draft, nil for an item that has none: it keeps
// its place in the order.
func (s *Series[T]) Add(item T, d *Draft) {
	if d != nil {
		d.Teach(s.learner)
	}
	s.held.Add(inSeries[T]{item, d}, s.leave)
	if s.shrinks && d != nil && s.held.Len() > 0 {
		before := d.held()
		d.Shrink()
		s.held.bytes += d.held() - before
	}
}

// Flush lets out what is held. The Series can be used again.
func (s *Series[T]) Flush() { s.held.Flush(s.leave) }

func (s *Series[T]) leave(x inSeries[T]) {
	if x.d != nil {
		x.d.DropRepeated(s.learner)
	}
	s.out(x.item)
}

// Teach lets l observe the page. Where the order of the pages is not fixed, as
// in a crawl, it does by hand what a Series does by itself, with DropRepeated.
func (x *Draft) Teach(l *learn.Learner) { learn.Teach(x.d.body, x.d.meta, l, x.Host()) }

// DropRepeated takes out what l knows to stand on other pages of the host, or at
// a place of its templates that is not the article's, and keeps what stands at
// one that is; and the picture that the site shares of each page is not the article's. It
// reports whether anything changed. Article may be called
// afterwards although it was called before.
func (x *Draft) DropRepeated(l *learn.Learner) bool {
	if x.small != nil && !x.changed(l) {
		return false
	}
	again := false
	if site := learn.Misled(x.d.body, l, x.Host()); site != nil {
		x.d.chooseAgain(site)
		again = true
	}
	again = learn.DropCards(x.d.meta, l, x.Host()) || again
	dropped := learn.DropRepeated(x.d.body, l, x.Host())
	siterules.ApplyKept(x.d.body, x.d.site)
	return dropped || again
}

// A Footprint is what of a draft tells whether its record stands when more is learnt of
// its host, in a small part of the draft's memory. It holds nothing of the page.
type Footprint struct {
	of   *learn.Footprint
	host string
}

// Footprint returns that of the draft as it stands.
func (x *Draft) Footprint() *Footprint {
	return &Footprint{learn.FootprintOf(x.d.body, x.d.meta), strings.Clone(x.Host())}
}

// Stands reports whether [Draft.DropRepeated] would change nothing. It may be called once.
func (f *Footprint) Stands(l *learn.Learner) bool { return f.of.Stands(l, f.host) }

// Host is [Draft.Host].
func (f *Footprint) Host() string { return f.host }
