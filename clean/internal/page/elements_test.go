package page

import (
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html/atom"
)

// listsOf returns a page's tree and its lists, the outermost first.
func listsOf(t *testing.T, src string) (tree *Tree, lists []int32) {
	t.Helper()
	p, err := Parse(Input{HTML: []byte(src)})
	if err != nil {
		t.Fatal(err)
	}
	tree = NewTree(p)
	for i := range tree.Nodes {
		switch tree.Nodes[i].DataAtom {
		case atom.Ul, atom.Ol, atom.Dl:
			lists = append(lists, int32(i))
		}
	}
	return tree, lists
}

func TestIsList(t *testing.T) {
	long := strings.Repeat("Die Brücke am Hafen wird im Herbst noch einmal gestrichen. ", itemProse/50)
	for name, c := range map[string]struct {
		html string
		want []bool
	}{
		"points":                   {`<h1>Bridge</h1><ul><li>Oak<li>Ash</ul><table><tr><td>1</table>`, []bool{true}},
		"a heading":                {`<ul><li><div><h3>Bridge</h3></div><li>Ash</ul>`, []bool{false}},
		"a heading in a term":      {`<dl><dt><h4>橋</h4><dd>川</dl>`, []bool{false}},
		"a table":                  {`<ol><li><table><tr><td>1</table></ol>`, []bool{false}},
		"an article":               {`<ul><li>` + long + `</ul>`, []bool{false}},
		"an article in a link":     {`<ul><li><a href=/a>` + long + `</a></ul>`, []bool{true}},
		"an article in a box":      {`<ol><li><div><p>` + long + `</div></ol>`, []bool{false}},
		"within one that is none":  {`<ul><li><h2>Brug</h2><ul><li>Eik<li>Es</ul></ul>`, []bool{false, true}},
		"one that is none within":  {`<ul><li>Oak<ul><li><h2>Bridge</h2></ul></ul>`, []bool{false, false}},
		"beside one that is none":  {`<ul><li>Oak</ul><ul><li><h2>Bridge</h2></ul><ul><li>Ash</ul>`, []bool{true, false, true}},
		"an article beside a list": {`<p>` + long + `<ul><li>Oak</ul>`, []bool{true}},
	} {
		tree, lists := listsOf(t, c.html)
		if len(lists) != len(c.want) {
			t.Errorf("%s: %d lists", name, len(lists))
			continue
		}
		for k, i := range lists {
			if got := tree.IsList(i); got != c.want[k] {
				t.Errorf("%s: list %d: %v", name, k, got)
			}
		}
	}
}

// TestListsInLists asks of hundreds of lists that stand within each other, which takes
// seconds where each of them is read for it.
func TestListsInLists(t *testing.T) {
	tree, lists := listsOf(t, strings.Repeat("<ul>", 400)+strings.Repeat("<i>Oak</i>, ", 50_000))
	start := time.Now()
	for range 20 {
		for _, i := range lists {
			if !tree.IsList(i) {
				t.Fatal("it is none")
			}
		}
	}
	if d := time.Since(start); len(lists) != 400 || d > 2*time.Second {
		t.Errorf("%v for %d lists", d, len(lists))
	}
}

// TestSetHas: a block stands in an element that is all of it, whatever space comes after.
func TestSetHas(t *testing.T) {
	for _, c := range []struct {
		html string
		want bool
	}{
		{"<div><span>The ferry at the quay</span></div>", true},
		{"<div>\n <span>Die Fähre am Kai</span>\n </div>", true},
		{"<div><span>船が港に入る</span> <em> </em>\n</div>", true},
		{"<div><span>The ferry at the quay</span> in May</div>", false},
		{"<div>In May <span>the ferry at the quay</span>\n</div>", false},
	} {
		p, err := Parse(Input{HTML: []byte("<body>" + c.html)})
		if err != nil {
			t.Fatal(err)
		}
		tree := NewTree(p)
		var spans []int32
		for i := range tree.Nodes {
			if tree.Nodes[i].DataAtom == atom.Span {
				spans = append(spans, int32(i))
			}
		}
		set := tree.Set(spans)
		if bs := tree.Blocks(); len(bs) != 1 || set.Has(&bs[0]) != c.want {
			t.Errorf("%q: %d blocks, of which the first is in the span: %v", c.html, len(bs), !c.want)
		}
	}
}

// TestHoldsData: paragraphs in a cell make its table one that lays out a page, whether
// elements or line breaks part them.
func TestHoldsData(t *testing.T) {
	const a, b = "今朝、川にかかる新しい橋が開通し、歩行者は遠回りをせずにすむようになった。", "住民はこの決定を歓迎し、市役所は来年もう一本の橋を架けると発表した。"
	for name, c := range map[string]struct {
		cell string
		want bool
	}{
		"one text":              {a + b, true},
		"a line break":          {a + "<br>" + b, true},
		"an empty line":         {a + "<br>\n<br>" + b, false},
		"an empty line in bold": {"<b>" + a + "</b><br><br>" + b, false},
		"elements":              {"<p>" + a + "<p>" + b, false},
		"short lines":           {"東<br><br>西", true},
		"the headline":          {"<h1>新しい橋</h1>" + a, false},
	} {
		p, err := Parse(Input{HTML: []byte("<table><tr><td>朝<td>夕<tr><td>" + c.cell + "<td>夜</table>")})
		if err != nil {
			t.Fatal(err)
		}
		tree := NewTree(p)
		for i := range tree.Nodes {
			if tree.Nodes[i].DataAtom == atom.Table && tree.HoldsData(int32(i)) != c.want {
				t.Errorf("%s: %v, want %v", name, !c.want, c.want)
			}
		}
	}
}
