// Package htmlparse builds the tree of a page as the parsing chapter of the HTML
// standard says (https://html.spec.whatwg.org/multipage/parsing.html), in nodes of
// golang.org/x/net/html. Call [Parse].
//
// It gives the tree that html.Parse gives, in about a third of the time. The page is
// one string and most strings of its tree are parts of it; the tokenizer searches for
// the next byte that matters; nodes and attributes are allocated many at a time. So a
// string of the tree that is kept longer than the tree must be cloned, or it keeps
// the whole page in memory. [Tree.Release] gives nodes and attributes to the next page.
//
// The tests compare each tree with that of html.Parse, on the cases of html5lib, on
// real pages, whole, cut and mangled, and on what the fuzzer makes. The two differ
// only where differences.go says so. Where html.Parse itself leaves the standard and
// no words are lost by it, this package does as html.Parse does, and a comment that
// begins with "As x/net:" says so.
//
// A page takes time linear in its size, and memory too: a tree has limits, and what
// exceeds them is an error that says which ([ErrTooManyTags], [ErrTooDeep],
// [ErrReopened]).
package htmlparse
