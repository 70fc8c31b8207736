// Package encodings decodes pages to UTF-8.
//
// [Decode] finds the encoding of a page by its bytes, its declaration and its header,
// reads pages of which parts are in different encodings, and puts right what was encoded
// or escaped twice.
package encodings
