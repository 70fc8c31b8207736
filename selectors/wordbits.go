package selectors

// wordBits tells of most words that a table does not have them, without a hash of
// the whole word: most words of a page are in none. A table of a thousand words
// sets about one bit in fifteen.
type wordBits [256]uint64

// bitOf is a word's bit: by its length, its first two letters and its last, in either
// case.
func bitOf[T string | []byte](word T) (at, bit uint32) {
	n := uint32(len(word))
	h := uint32(word[0]|0x20)*0x9e37 ^ uint32(word[min(1, n-1)]|0x20)*0x79b9 ^ uint32(word[n-1]|0x20)*0x1f35 ^ n*0x2c9b
	h ^= h >> 8
	return h >> 6 % 256, h % 64
}

func (b *wordBits) add(word string) {
	at, bit := bitOf(word)
	b[at] |= 1 << bit
}

// mayHave reports whether word may have been added.
func mayHave[T string | []byte](b *wordBits, word T) bool {
	if len(word) == 0 {
		return false
	}
	at, bit := bitOf(word)
	return b[at]>>bit&1 != 0
}
