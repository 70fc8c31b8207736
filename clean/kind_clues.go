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
	"host": 0, "path": 0, "leaf": 0, "query": 0, "type": 1, "meta": 1, "made": 1, "page": 1, "class": 2, "line": 3,
}

const (
	clueGroups  = 4
	clueColumns = 6 * clueGroups
)

// A clue is one entry of the table.
type clue struct {
	id    int32
	kinds uint8
	group uint8
}

// clueTable has the clues by place and word: "path blog".
var clueTable = sync.OnceValue(func() map[string]clue {
	m, err := readClues(kindCluesTxt)
	if err != nil {
		panic(err) // the table is part of the program, and tested
	}
	return m
})

func readClues(txt string) (map[string]clue, error) {
	m := make(map[string]clue, 2048)
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
			c, ok := m[key]
			if !ok {
				c = clue{id: int32(len(m)), group: uint8(group)}
			}
			c.kinds |= 1 << kind
			m[key] = c
		}
	}
	return m, nil
}

// A clueReader counts the clues of one page, each once.
type clueReader struct {
	table map[string]clue
	seen  []bool
	count [clueColumns]int
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

func (c *clueReader) look() {
	e, ok := c.table[string(c.buf)]
	if !ok || c.seen[e.id] {
		return
	}
	c.seen[e.id] = true
	for k := range clueKinds {
		if e.kinds&(1<<k) != 0 {
			c.count[k*clueGroups+int(e.group)]++
		}
	}
}

// clues counts what speaks for each kind of page.
func (d *draft) clues() [clueColumns]int {
	table := clueTable()
	c := clueReader{table: table, seen: make([]bool, len(table)), buf: make([]byte, 0, 64)}
	t := d.t
	c.address(t.page.URL)
	for _, s := range d.meta.ldTypes {
		c.add("type", s)
	}
	c.add("type", d.meta.ogType)
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
	seen := make(map[string]bool, 256)
	for i := range t.nodes {
		nd := &t.nodes[i]
		if nd.Type != html.ElementNode {
			continue
		}
		for k := range nd.Attr {
			a := &nd.Attr[k]
			switch a.Key {
			case "class", "id":
				place := "class"
				switch nd.DataAtom {
				case atom.Html, atom.Body, atom.Main, atom.Article:
					place = "page"
				}
				if seen[a.Val] {
					continue
				}
				seen[a.Val] = true
				for rest := a.Val; rest != ""; {
					var token string
					token, rest, _ = strings.Cut(rest, " ")
					c.fold(place, token)
				}
			case "itemtype":
				c.add("type", afterVocabulary(strings.TrimSuffix(a.Val, "/")))
			}
		}
	}
	for k := range d.bs {
		if b := &d.bs[k]; b.words <= 6 && len(b.text) <= 40 {
			c.line(b.text)
		}
	}
	return c.count
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
		}
	}
	for rest := u.RawQuery; rest != ""; {
		var pair string
		pair, rest, _ = strings.Cut(rest, "&")
		name, _, _ := strings.Cut(pair, "=")
		c.fold("query", name)
	}
}
