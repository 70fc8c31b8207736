package kind

import (
	"net/url"
	"strings"
	"sync"

	"golang.org/x/net/html/atom"

	"newsclip/clean/internal/jsonld"
	"newsclip/clean/internal/text"
	"newsclip/selectors"
)

// clueGroupOf are the groups in which the clues of each place of clues.txt are
// counted: what is in the address, what the page declares itself to be, what its
// boxes are called, what its labels are, and the words of its title.
var clueGroupOf = map[string]uint8{
	"host": clueAddress, "path": clueAddress, "leaf": clueAddress, "query": clueAddress,
	"type": clueSays, "meta": clueSays, "made": clueSays, "page": clueSays,
	"class": clueClass, "line": clueLine, "title": clueTitle, "house": clueHouse,
}

const (
	clueAddress = iota
	clueSays
	clueClass
	clueLine
	clueTitle
	clueGroups
	clueHouse = clueGroups // counted in no column
)

// The kinds of clue that have rules of their own, as indexes in
// [selectors.ClueKinds].
const (
	clueArticle = 0
	clueForum   = 2
	clueList    = 3
	clueProduct = 4
	clueKinds   = 6
	clueColumns = clueKinds * clueGroups
)

// A clue is one word of clues.txt in one place.
type clue struct {
	kinds uint8 // a bit for each of the kinds
	group uint8
}

// clues are the clues of the table, and their numbers, from 1 on, by clueKey.
type clues struct {
	list []clue
	of   text.HashSet[int32]
	// known has a bit for each key. It tells of most words that they are no clue, and
	// stays in the processor's nearest memory, which the set is too large for.
	known [1 << 16 / 64]uint64
}

// bitOf returns where the bit of a key stands.
func bitOf(key uint64) (at, bit uint64) { return key % (1 << 16) / 64, key % 64 }

// clueKey is the hash (FNV-1a) of a place and a word in lower case and without
// digits.
func clueKey(place, word string) uint64 {
	h := uint64(text.HashStart)
	for k := 0; k < len(place); k++ {
		h = (h ^ uint64(place[k])) * text.HashPrime
	}
	for k := 0; k < len(word); k++ {
		b := word[k]
		switch {
		case b >= '0' && b <= '9':
			continue
		case b >= 'A' && b <= 'Z':
			b += 'a' - 'A'
		}
		h = (h ^ uint64(b)) * text.HashPrime
	}
	return h
}

var ClueTable = sync.OnceValue(func() *clues {
	m := &clues{}
	for _, row := range selectors.AllClues() {
		for _, w := range row.Words {
			id := m.of.At(clueKey(row.Place, w))
			if *id == 0 {
				at, bit := bitOf(clueKey(row.Place, w))
				m.known[at] |= 1 << bit
				m.list = append(m.list, clue{group: clueGroupOf[row.Place]})
				*id = int32(len(m.list))
			}
			m.list[*id-1].kinds |= 1 << row.Kind
		}
	}
	return m
})

// maxClueLine is how many words a line has at most that is looked up: no line of
// the table has more.
const maxClueLine = 6

// A clueReader counts the clues of one page.
type clueReader struct {
	table *clues
	seen  []int32 // how often each stands on the page
	times int32   // how often what is looked up stands on the page
}

// add looks a word up and counts it.
func (c *clueReader) add(place, word string) {
	if word == "" || len(word) > selectors.MaxClue {
		return
	}
	key := clueKey(place, word)
	if at, bit := bitOf(key); c.table.known[at]>>bit&1 == 0 {
		return
	}
	if id, ok := c.table.of.Get(key); ok {
		c.seen[id-1] += c.times
	}
}

// tokens looks up each word of a class attribute.
func (c *clueReader) tokens(place, names string) {
	for names != "" {
		var token string
		token, names, _ = strings.Cut(names, " ")
		c.add(place, token)
	}
}

// cluesSeen returns how often each clue stands on the page, whose kinds of element
// w has.
func (d *Page) cluesSeen(w *workspace) []int32 {
	table := ClueTable()
	c := clueReader{table: table, seen: zeroed(&w.clues, len(table.list)), times: 1}
	t := d.Body.Tree
	c.address(d.pageURL())
	for _, s := range d.Meta.LdTypes {
		c.add("type", s)
	}
	c.add("type", d.Meta.OGType)
	for _, w := range strings.FieldsFunc(d.Meta.Title, func(r rune) bool { return !text.WordRune(r) }) {
		c.add("title", w)
	}
	for _, i := range t.Metas {
		for _, a := range t.Nodes[i].Attr {
			if a.Key == "name" || a.Key == "property" {
				c.add("meta", a.Val)
				if strings.EqualFold(a.Val, "generator") {
					word, _, _ := strings.Cut(t.Attr(i, "content"), " ")
					c.add("made", word)
				}
			}
		}
	}
	for _, i := range t.Itemtype {
		c.add("type", jsonld.AfterVocabulary(strings.TrimSuffix(t.Attr(i, "itemtype"), "/")))
	}
	if len(d.Meta.HeadlineNodes) > 0 {
		if i := t.Within(d.Meta.HeadlineNodes[0], atom.Article); i >= 0 {
			c.tokens("page", t.Attr(i, "class"))
			c.tokens("page", t.Attr(i, "id"))
		}
	}
	for _, g := range w.kinds {
		class := t.Attr(g.first, "class")
		switch t.Nodes[g.first].DataAtom {
		case atom.Html, atom.Body, atom.Main:
			c.tokens("page", class)
			c.tokens("page", t.Attr(g.first, "id"))
		default:
			c.times = g.n
			c.tokens("class", class)
			c.times = 1
		}
	}
	for k := range d.Body.Blocks {
		if b := &d.Body.Blocks[k]; b.Words <= maxClueLine {
			c.add("line", b.Text)
		}
	}
	return c.seen
}

// address looks the parts of the page's address up.
func (c *clueReader) address(s string) {
	u, err := url.Parse(s)
	if err != nil || u.Host == "" {
		return
	}
	labels := strings.Split(u.Hostname(), ".")
	for k := 0; k+1 < len(labels); k++ {
		c.add("host", labels[k])
	}
	parts := strings.FieldsFunc(u.Path, func(r rune) bool { return r == '/' })
	for k, p := range parts {
		if dot := strings.IndexByte(p, '.'); dot > 0 {
			p = p[:dot]
		}
		if k+1 < len(parts) {
			c.add("path", p)
		} else {
			c.add("leaf", p)
			c.add("house", p)
		}
	}
	for rest := u.RawQuery; rest != ""; {
		var pair string
		pair, rest, _ = strings.Cut(rest, "&")
		name, _, _ := strings.Cut(pair, "=")
		c.add("query", name)
	}
}
