package selectors

import (
	"hash/maphash"
	"math/bits"
)

// A dictionary holds a value for each of many words. It is a slice that is read at the
// place that a word's hash tells, and the words beside it. It is made with room, and
// filling it allocates nothing more: tables are filled at each start of the program.
//
// The zero value is empty. Once filled it may be read from any number of goroutines.
type dictionary[V any] struct {
	slots   []uint32 // indexes of entries from 1 on, 0 where free; their number is a power of two
	entries []entry[V]
}

type entry[V any] struct {
	word  string
	value V
}

var dictionarySeed = maphash.MakeSeed()

// makeDictionary returns an empty dictionary with room for n words.
func makeDictionary[V any](n int) dictionary[V] {
	return dictionary[V]{slots: make([]uint32, 2<<bits.Len(uint(n))), entries: make([]entry[V], 0, n)}
}

// at returns where the value of a word stands, and puts the word in where it is not
// there. The pointer holds until the next call.
func (d *dictionary[V]) at(word string) *V {
	if 2*len(d.entries) >= len(d.slots) {
		d.grow()
	}
	mask := uint64(len(d.slots) - 1)
	k := maphash.String(dictionarySeed, word) & mask
	for ; d.slots[k] != 0; k = (k + 1) & mask {
		if e := &d.entries[d.slots[k]-1]; e.word == word {
			return &e.value
		}
	}
	d.entries = append(d.entries, entry[V]{word: word})
	d.slots[k] = uint32(len(d.entries))
	return &d.entries[len(d.entries)-1].value
}

func (d *dictionary[V]) grow() {
	d.slots = make([]uint32, max(64, 2*len(d.slots)))
	mask := uint64(len(d.slots) - 1)
	for i := range d.entries {
		k := maphash.String(dictionarySeed, d.entries[i].word) & mask
		for d.slots[k] != 0 {
			k = (k + 1) & mask
		}
		d.slots[k] = uint32(i + 1)
	}
}

// find returns the entry of a word, or nil.
func (d *dictionary[V]) find(word []byte) *entry[V] {
	if len(d.slots) == 0 {
		return nil
	}
	mask := uint64(len(d.slots) - 1)
	for k := maphash.Bytes(dictionarySeed, word) & mask; d.slots[k] != 0; k = (k + 1) & mask {
		if e := &d.entries[d.slots[k]-1]; e.word == string(word) {
			return e
		}
	}
	return nil
}

// findString is find of a string.
func (d *dictionary[V]) findString(word string) *entry[V] {
	if len(d.slots) == 0 {
		return nil
	}
	mask := uint64(len(d.slots) - 1)
	for k := maphash.String(dictionarySeed, word) & mask; d.slots[k] != 0; k = (k + 1) & mask {
		if e := &d.entries[d.slots[k]-1]; e.word == word {
			return e
		}
	}
	return nil
}
