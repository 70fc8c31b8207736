package page

import "hash/maphash"

var attrSeed = maphash.MakeSeed()

// An AttrCache remembers what class and id attributes were found to say, by
// their whole value: a page says the same of a hundred elements, and a site of
// its pages. What it holds is bounded; a value takes the place of another that
// has the same slot. A value is known by 63 bits of a hash with a seed that no page
// can foresee: that two share them is not to be expected. It is not safe for
// concurrent use.
type AttrCache[V any] struct {
	slots [2048]attrSlot[V]
}

type attrSlot[V any] struct {
	hash  uint64 // 0 where the slot is free
	value V
}

// Get returns what of says of a value that is not empty.
func (c *AttrCache[V]) Get(attr string, of func(string) V) V {
	h := maphash.String(attrSeed, attr)
	s := &c.slots[h%uint64(len(c.slots))]
	if h |= 1 << 63; s.hash != h {
		s.hash, s.value = h, of(attr)
	}
	return s.value
}
