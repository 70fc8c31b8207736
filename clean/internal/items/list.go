package items

import (
	"strings"

	"golang.org/x/net/html/atom"

	"newsclip/clean/internal/body"
	"newsclip/clean/internal/judge"
	"newsclip/clean/internal/page"
)

const (
	// fewWords is how many words of a page are kept at most that has nothing to read but
	// the lines of a list.
	fewWords = 30
	// listItems is how many elements of one tag in one element make a list that is told
	// by its place alone.
	listItems = 4
	// An item of a list has listWords words on average at least: those of menus and
	// filters have fewer. It has itemMost at most, and itemLinks lines that are links:
	// the parts of a page have more.
	listWords = 5
	itemMost  = 150
	itemLinks = 4
	// listShare is the part of the words of the largest list, one in so many, that
	// another list has at least.
	listShare = 3
)

// notListed is where no list stands that is what the page has to say.
const notListed = notItems | page.InAside

// A listKey names a list: the elements of one tag in one element.
type listKey struct {
	in  int32
	tag atom.Atom
}

// A list is what is counted of one.
type list struct {
	items, words int
	linked       int   // items with a link
	links        int   // links that are lines, or hold some
	item, link   int32 // the item counted last, and the last one with a link
	a            int32 // the link counted last
}

// add counts a line of an item, which stands in the link a; -1 where in none.
func (l *list) add(b *page.Block, item, a int32) {
	if l.item != item {
		l.item = item
		l.items++
	}
	l.words += int(b.Words)
	if b.LinkWords == 0 {
		return
	}
	if l.link != item {
		l.link = item
		l.linked++
	}
	if b.LinkWords == b.Words && (a < 0 || l.a != a) {
		l.a = a
		l.links++
	}
}

// isOfItems reports whether a list is of items that lead elsewhere, and neither a menu nor
// the parts of the page.
func (l *list) isOfItems() bool {
	return l.items >= listItems && l.linked*4 >= l.items*3 && l.words >= listWords*l.items && l.words <= itemMost*l.items && l.links <= itemLinks*l.items
}

// KeepList keeps the lines of the largest lists of a page, which is no article, where next
// to nothing of it is kept or, on a listing, less than the largest list has: its names of
// goods, of places and of articles are what it has to say. What comes again on the site's
// pages stays out. It takes nothing out, and reports whether there is such a list.
func KeepList(bd *body.Body, sig *judge.Signals, listing bool) (found bool) {
	kept := int(bd.WordsKept(len(bd.Blocks)))
	if kept == 0 || kept > fewWords && !listing {
		return false
	}
	lists := map[listKey]*list{}
	for k := range bd.Blocks {
		a := bd.Tree.Within(bd.Blocks[k].From, atom.A)
		eachList(bd, k, func(key listKey, item int32) {
			if lists[key] == nil {
				lists[key] = &list{a: -1}
			}
			lists[key].add(&bd.Blocks[k], item, a)
		})
	}
	most := 0
	for _, l := range lists {
		if l.isOfItems() {
			most = max(most, l.words)
		}
	}
	if kept > fewWords && kept >= most {
		return false
	}
	labels := map[uint64]int{} // short lines in items, by what they say
	listed := make([]bool, len(bd.Blocks))
	for k := range bd.Blocks {
		b := &bd.Blocks[k]
		eachList(bd, k, func(key listKey, _ int32) {
			l := lists[key]
			listed[k] = listed[k] || l.isOfItems() && l.words*listShare >= most
		})
		if listed[k] && isLabel(b) {
			labels[b.Hash]++
		}
	}
	for k := range bd.Blocks {
		b := &bd.Blocks[k]
		if listed[k] && mayBeItem(b, sig) && !bd.Verdicts[k].Keep && bd.Verdicts[k].Stage != "learn" && !(isLabel(b) && labels[b.Hash] > minPosts) {
			bd.Verdicts[k] = body.Verdict{Keep: true}
			found = true
		}
	}
	return found
}

// isLabel reports whether a line may be a button of each item. Prices have digits.
func isLabel(b *page.Block) bool {
	return b.Words <= itemLabel && !strings.ContainsAny(b.Text, "0123456789")
}

// eachList calls f with the lists that block k may stand in, and its item there, from the
// inside.
func eachList(bd *body.Body, k int, f func(key listKey, item int32)) {
	if bd.Blocks[k].Where&notListed != 0 {
		return
	}
	nodes := bd.Tree.Nodes
	e := bd.Blocks[k].El
	for range boxDepth {
		if e <= bd.Tree.Body {
			return
		}
		f(listKey{nodes[e].Parent, nodes[e].DataAtom}, e)
		e = nodes[e].Parent
	}
}
