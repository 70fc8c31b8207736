// Package meta reads what a page says about its article outside the text: title,
// authors, dates, canonical URL, site, language, rights.
//
// [Read] returns a [Metadata] with one value for each field and the source it
// was read from. For each field the sources are asked in the order in which they
// were right on real pages: what content systems write for machines, then what
// the reader sees, then guesses.
package meta
