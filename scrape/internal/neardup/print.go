package neardup

import "math/bits"

// Print returns the fingerprint of a text, which differs in few bits for texts
// that share most of their words in a row ([Distance]). It reports false for a
// text of less than 40 words: short texts are alike by chance.
func Print(text string) (uint64, bool) { return simhash(text) }

// Distance is the number of bits in which two fingerprints differ. At most 3 of
// the 64 mean nearly the same text; texts that have nothing in common differ in
// about 32.
func Distance(a, b uint64) int { return bits.OnesCount64(a ^ b) }
