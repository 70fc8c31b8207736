package clean

// Holdback keeps the first items of a stream back until what they need to be
// judged by is known, and lets them out in the order in which they came. At
// most a window of items is held, so that memory stays bounded on an endless
// stream: from one that is over, the oldest item goes out as it is.
//
// It is not safe for concurrent use.
type Holdback[T any] struct {
	window int
	ready  func(T) bool
	held   []T

	most, bytes int64         // that may be held, and that are
	size        func(T) int64 // of an item; nil where only their number is bounded
}

// NewHoldback returns a Holdback of at most window items, 0 or more. It asks
// ready of the oldest item whenever one is added, and lets it out where ready
// says so.
func NewHoldback[T any](window int, ready func(T) bool) *Holdback[T] {
	return &Holdback[T]{window: window, ready: ready}
}

// Add takes an item and calls out for each that leaves, oldest first.
func (h *Holdback[T]) Add(item T, out func(T)) {
	h.held = append(h.held, item)
	h.bytes += h.sizeOf(item)
	n := 0
	for n < len(h.held) && (len(h.held)-n > h.window || h.bytes > h.most || h.ready(h.held[n])) {
		h.bytes -= h.sizeOf(h.held[n])
		out(h.held[n])
		n++
	}
	h.drop(n)
}

func (h *Holdback[T]) sizeOf(item T) int64 {
	if h.size == nil {
		return 0
	}
	return h.size(item)
}

// Flush calls out for every item that is held, oldest first. The Holdback is
// empty then and can be used again.
func (h *Holdback[T]) Flush(out func(T)) {
	for _, item := range h.held {
		out(item)
	}
	h.bytes = 0
	h.drop(len(h.held))
}

// Len returns how many items are held.
func (h *Holdback[T]) Len() int { return len(h.held) }

// drop forgets the first n items, and lets the collector have them.
func (h *Holdback[T]) drop(n int) {
	rest := copy(h.held, h.held[n:])
	clear(h.held[rest:])
	h.held = h.held[:rest]
}
