package page

import "hash/maphash"

var attrSeed = maphash.MakeSeed()

// An AttrCache remembers what class and id attributes were found to say, by
// their whole value: a page says the same of a hundred elements, and a site of
// its pages. What it holds is bounded; a value takes the place of another that
// has the same slot. It keeps copies, because it outlives the page. It is not
// safe for concurrent use.
type AttrCache[V any] struct {
	slots [2048]attrSlot[V]
}

type attrSlot[V any] struct {
	attr  []byte // empty where the slot is free
	value V
}

// maxCachedAttr bounds the values that are kept: longer ones hardly come
// again.
const maxCachedAttr = 200

// Get returns what of says of a value that is not empty.
func (c *AttrCache[V]) Get(attr string, of func(string) V) V {
	if len(attr) > maxCachedAttr {
		return of(attr)
	}
	s := &c.slots[maphash.String(attrSeed, attr)%uint64(len(c.slots))]
	if string(s.attr) != attr {
		s.value = of(attr)
		s.attr = append(s.attr[:0], attr...)
	}
	return s.value
}
