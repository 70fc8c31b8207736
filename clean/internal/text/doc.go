// Package text reads words: the one tokenizer of cleaning, hashes of words and
// of runs of words, sets keyed by such hashes, and short phrases.
//
// [EachWord] and [AppendWords] give the hashes of a text's words in lower case,
// [Scan] one hash over all of them, [Grams] and [Gram] the runs of four words by
// which texts are compared. Hashes are 64 bits wide and the same in every
// process; two texts with one hash are taken for the same.
package text
