package clean

import (
	_ "embed"
	"fmt"
	"net/url"
	"strings"
	"sync"

	"golang.org/x/net/html/atom"
)

//go:embed kind_clues.txt
var kindCluesTxt string

// The kinds that clues speak for, in the order of their columns. They are
// finer than the kinds of a record: what tells a shop from an article is not
// what tells a forum from one.
var clueKinds = []string{"article", "documentation", "forum", "list", "product", "service"}

// cluePlaces are where clues stand, and the group that they are counted in:
// what the address says, what the page says it is, what its boxes are called,
// and what its labels say.
var cluePlaces = map[string]int{
	"host": 0, "path": 0, "leaf": 0, "query": 0, "type": clueSays, "meta": clueSays, "made": clueSays, "page": clueSays, "class": clueClass, "line": clueLine, "house": clueHouse, "title": 4,
}

const (
	clueArticle = 0 // in clueKinds
	clueForum   = 2
	clueList    = 3
	clueProduct = 4
	clueSays    = 1 // in cluePlaces
	clueClass   = 2
	clueLine    = 3
	clueHouse   = 5 // stands in no column
	clueGroups  = 5
	clueColumns = 6 * clueGroups
)

// A clue is one entry of the table.
type clue struct {
	kinds uint8 // a bit for each of clueKinds
	group uint8
}

// clues are the table's entries in its order, and by clueKey their numbers
// from 1 on.
type clues struct {
	list []clue
	of   hashSet[int32]
}

// clueKey is the hash (FNV-1a) of a place and a word in lower case and without
// digits.
func clueKey(place, word string) uint64 {
	h := uint64(hashStart)
	for k := 0; k < len(place); k++ {
		h = (h ^ uint64(place[k])) * hashPrime
	}
	for k := 0; k < len(word); k++ {
		b := word[k]
		switch {
		case b >= '0' && b <= '9':
			continue
		case b >= 'A' && b <= 'Z':
			b += 'a' - 'A'
		}
		h = (h ^ uint64(b)) * hashPrime
	}
	return h
}

var clueTable = sync.OnceValue(func() *clues {
	m, err := readClues(kindCluesTxt)
	if err != nil {
		panic(err) // the table is part of the program, and tested
	}
	return m
})

func readClues(txt string) (*clues, error) {
	m := &clues{}
	for n, line := range strings.Split(txt, "\n") {
		if line == "" || line[0] == '#' {
			continue
		}
		f := strings.Split(line, "\t")
		if len(f) != 3 {
			return nil, fmt.Errorf("kind_clues.txt:%d: want a kind, a place and clues, with tabs between", n+1)
		}
		kind := -1
		for k, name := range clueKinds {
			if name == f[0] {
				kind = k
			}
		}
		group, ok := cluePlaces[f[1]]
		if kind < 0 || !ok {
			return nil, fmt.Errorf("kind_clues.txt:%d: no kind %q or no place %q", n+1, f[0], f[1])
		}
		for _, w := range strings.Split(f[2], ", ") {
			if w == "" || w != strings.ToLower(w) || len(w) > maxClue {
				return nil, fmt.Errorf("kind_clues.txt:%d: clue %q is empty, too long or has capitals", n+1, w)
			}
			id := m.of.at(clueKey(f[1], w))
			if *id == 0 {
				m.list = append(m.list, clue{group: uint8(group)})
				*id = int32(len(m.list))
			}
			m.list[*id-1].kinds |= 1 << kind
		}
	}
	return m, nil
}

// maxClue is how many bytes a clue has at most.
const maxClue = 48

// A clueReader counts the clues of one page.
type clueReader struct {
	table *clues
	seen  []int32 // how often each stands on the page
	times int32   // how often what is looked up stands on the page
}

// add looks a word up and counts it.
func (c *clueReader) add(place, word string) {
	if word == "" || len(word) > maxClue {
		return
	}
	if id, ok := c.table.of.get(clueKey(place, word)); ok {
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

// cluesSeen says how often each clue stands on the page, whose elements are
// of the given kinds.
func (d *kindPage) cluesSeen(kinds []elementKind) []int32 {
	table := clueTable()
	c := clueReader{table: table, seen: make([]int32, len(table.list)), times: 1}
	t := d.body.tree
	c.address(d.pageURL())
	for _, s := range d.meta.ldTypes {
		c.add("type", s)
	}
	c.add("type", d.meta.ogType)
	for _, w := range strings.FieldsFunc(d.meta.title, func(r rune) bool { return !wordRune(r) }) {
		c.add("title", w)
	}
	for _, i := range t.metas {
		for _, a := range t.nodes[i].Attr {
			if a.Key == "name" || a.Key == "property" {
				c.add("meta", a.Val)
				if strings.EqualFold(a.Val, "generator") {
					word, _, _ := strings.Cut(t.attr(i, "content"), " ")
					c.add("made", word)
				}
			}
		}
	}
	for _, i := range t.itemtype {
		c.add("type", afterVocabulary(strings.TrimSuffix(t.attr(i, "itemtype"), "/")))
	}
	if len(d.meta.headlineNodes) > 0 {
		if i := t.within(d.meta.headlineNodes[0], atom.Article); i >= 0 {
			c.tokens("page", t.attr(i, "class"))
			c.tokens("page", t.attr(i, "id"))
		}
	}
	for _, g := range kinds {
		class := t.attr(g.first, "class")
		switch t.nodes[g.first].DataAtom {
		case atom.Html, atom.Body, atom.Main:
			c.tokens("page", class)
			c.tokens("page", t.attr(g.first, "id"))
		default:
			c.times = g.n
			c.tokens("class", class)
			c.times = 1
		}
	}
	for k := range d.body.blocks {
		if b := &d.body.blocks[k]; b.words <= 6 {
			c.add("line", b.text)
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
