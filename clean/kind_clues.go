package clean

import (
	_ "embed"
	"fmt"
	"net/url"
	"strings"
	"sync"
	"unicode/utf8"

	"golang.org/x/net/html"
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

// clues are the table's entries in its order, and their numbers by place and
// word: "path blog".
type clues struct {
	list []clue
	of   map[string]int32
}

var clueTable = sync.OnceValue(func() *clues {
	m, err := readClues(kindCluesTxt)
	if err != nil {
		panic(err) // the table is part of the program, and tested
	}
	return m
})

func readClues(txt string) (*clues, error) {
	m := &clues{of: make(map[string]int32, 2048)}
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
			if w == "" || f[1] != "type" && w != strings.ToLower(w) {
				return nil, fmt.Errorf("kind_clues.txt:%d: clue %q is empty or has capitals", n+1, w)
			}
			key := f[1] + " " + w
			id, ok := m.of[key]
			if !ok {
				id = int32(len(m.list))
				m.of[key] = id
				m.list = append(m.list, clue{group: uint8(group)})
			}
			m.list[id].kinds |= 1 << kind
		}
	}
	return m, nil
}

// A clueReader counts the clues of one page.
type clueReader struct {
	table *clues
	seen  []int32 // how often each stands on the page
	times int32   // how often what is looked up stands on the page
	buf   []byte
}

// add looks a word up as it is.
func (c *clueReader) add(place, word string) {
	if word == "" || len(word) > 40 {
		return
	}
	c.buf = append(append(append(c.buf[:0], place...), ' '), word...)
	c.look()
}

// fold looks a word up in lower case and without digits.
func (c *clueReader) fold(place, word string) {
	if word == "" || len(word) > 40 {
		return
	}
	c.buf = append(append(c.buf[:0], place...), ' ')
	for k := 0; k < len(word); k++ {
		switch b := word[k]; {
		case b >= 'A' && b <= 'Z':
			c.buf = append(c.buf, b+'a'-'A')
		case b < '0' || b > '9':
			c.buf = append(c.buf, b)
		}
	}
	c.look()
}

// tokens looks up each word of a class attribute.
func (c *clueReader) tokens(place, names string) {
	for names != "" {
		var token string
		token, names, _ = strings.Cut(names, " ")
		c.fold(place, token)
	}
}

func (c *clueReader) look() {
	if id, ok := c.table.of[string(c.buf)]; ok {
		c.seen[id] += c.times
	}
}

// cluesSeen says how often each clue stands on the page.
func (d *draft) cluesSeen() []int32 {
	table := clueTable()
	c := clueReader{table: table, seen: make([]int32, len(table.list)), times: 1, buf: make([]byte, 0, 64)}
	t := d.t
	c.address(d.pageURL())
	for _, s := range d.meta.ldTypes {
		c.add("type", s)
	}
	c.add("type", d.meta.ogType)
	for _, w := range strings.FieldsFunc(d.meta.title, func(r rune) bool { return !wordRune(r) }) {
		c.add("title", strings.ToLower(w))
	}
	for _, i := range t.metas {
		for _, a := range t.nodes[i].Attr {
			if a.Key == "name" || a.Key == "property" {
				c.fold("meta", a.Val)
				if strings.EqualFold(a.Val, "generator") {
					word, _, _ := strings.Cut(t.attr(i, "content"), " ")
					c.fold("made", word)
				}
			}
		}
	}
	around := int32(-1) // the headline's article
	if len(d.meta.headlineNodes) > 0 {
		around = d.t.within(d.meta.headlineNodes[0], atom.Article)
	}
	seen := make(map[string]int32, 256)
	for i := range t.nodes {
		nd := &t.nodes[i]
		if nd.Type != html.ElementNode {
			continue
		}
		for k := range nd.Attr {
			a := &nd.Attr[k]
			switch a.Key {
			case "class", "id":
				if nd.DataAtom == atom.Html || nd.DataAtom == atom.Body || nd.DataAtom == atom.Main || int32(i) == around {
					c.tokens("page", a.Val)
				} else {
					seen[a.Val]++
				}
			case "itemtype":
				c.add("type", afterVocabulary(strings.TrimSuffix(a.Val, "/")))
			}
		}
	}
	for names, n := range seen {
		c.times = n
		c.tokens("class", names)
	}
	c.times = 1
	for k := range d.bs {
		if b := &d.bs[k]; b.words <= 6 && len(b.text) <= 40 {
			c.line(b.text)
		}
	}
	return c.seen
}

// line looks a label up in lower case.
func (c *clueReader) line(s string) {
	c.buf = append(c.buf[:0], "line "...)
	for _, r := range s {
		if r >= 'A' && r <= 'Z' {
			r += 'a' - 'A'
		}
		c.buf = utf8.AppendRune(c.buf, r)
	}
	c.look()
}

// address looks the parts of the page's address up.
func (c *clueReader) address(s string) {
	u, err := url.Parse(s)
	if err != nil || u.Host == "" {
		return
	}
	labels := strings.Split(u.Hostname(), ".")
	for k := 0; k+1 < len(labels); k++ {
		c.fold("host", labels[k])
	}
	parts := strings.FieldsFunc(u.Path, func(r rune) bool { return r == '/' })
	for k, p := range parts {
		if dot := strings.IndexByte(p, '.'); dot > 0 {
			p = p[:dot]
		}
		if k+1 < len(parts) {
			c.fold("path", p)
		} else {
			c.fold("leaf", p)
			c.fold("house", p)
		}
	}
	for rest := u.RawQuery; rest != ""; {
		var pair string
		pair, rest, _ = strings.Cut(rest, "&")
		name, _, _ := strings.Cut(pair, "=")
		c.fold("query", name)
	}
}
