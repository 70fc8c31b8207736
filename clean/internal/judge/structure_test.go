package judge

import (
	"testing"

	"newsclip/clean/internal/meta"
	"newsclip/clean/internal/page"
	"newsclip/clean/internal/picture"
)

// columnsOf computes the base columns of a page's blocks by what they say.
func columnsOf(t *testing.T, html string) map[string][]float32 {
	t.Helper()
	p, err := page.Parse(page.Input{HTML: []byte(html), URL: "https://quay.example/news/a"})
	if err != nil {
		t.Fatal(err)
	}
	tr := page.NewTree(p)
	f := &Featurer{T: tr, Bs: tr.Blocks(), Cls: new(ClassSums), Lex: new(Lexicon)}
	f.Signals = Gather(tr, meta.Read(tr, meta.Options{}), picture.Read(tr))
	classes := new(ClassTable)
	classes.Set("teasers", -2)
	f.Cls.Begin(classes, tr)
	rows := f.Rows()
	out := map[string][]float32{}
	for k := range f.Bs {
		out[f.Bs[k].Text] = rows[k*NAll : (k+1)*NAll]
	}
	return out
}

const structured = `<html><body><div class="story">
<h1>Ferry</h1>
<p>The harbour council opened the bridge after a long winter, and the ferry went back to its old place by the pier at last.</p>
<p>Nobody had counted the boats since the storm, so the keeper wrote them down one by one on the back of a letter.</p>
<p>There were:</p>
<ul><li>Nine boats of wood.</li><li>Two of iron.</li><li>One raft.</li></ul>
<p>All of them had been repaired by the village itself, which had waited four years for the money to come from the town.</p>
</div>
<div class="teasers"><h3>More</h3><a href="/news/b"><p>Bridge closed again</p></a><p><a href="https://www.quay.example/news/c">Market opened late</a></p><p><a href="https://far.example/">Lantern found</a></p></div>
</body></html>`

func TestStructureColumns(t *testing.T) {
	rows := columnsOf(t, structured)
	for _, c := range []struct {
		text   string
		column int
		want   float32
	}{
		{"Two of iron.", fGroup0, 3},     // items in the list
		{"Two of iron.", fGroup0 + 7, 1}, // the second
		{"Two of iron.", fGroup0 + 4, 1}, // all end like a sentence
		{"Two of iron.", fGroupLead, 4},  // after a colon
		{"There were:", fGroup0, 0},      // in none
		{"There were:", fMainSig, 1},     // set like the paragraphs
		{"Two of iron.", fMainSig, 0},
		{"There were:", fMainUp, 1}, // their parent is its own
		{"Two of iron.", fMainUp, 2},
		{"Two of iron.", fMainTo, -2},
		{"Market opened late", fMainTo, 3},
		{"Market opened late", fBox0, 4}, // blocks in the box
		{"Market opened late", fBox0 + 3, 0.75},
		{"Market opened late", fBoxClass, -2},
		{"Market opened late", fBoxHead, 5}, // a heading
		{"Market opened late", fLinkRun0, 3},
		{"Bridge closed again", fLinkTo, 3}, // the site
		{"Market opened late", fLinkTo, 3},
		{"Lantern found", fLinkTo, 4}, // another
		{"There were:", fLinkTo, -1},
		{"There were:", fEndsMark, 0},
	} {
		row := rows[c.text]
		if row == nil {
			t.Fatalf("no block says %q", c.text)
		}
		if got := row[c.column]; got != c.want {
			t.Errorf("%q: %s is %v, want %v", c.text, BlockColumn(c.column), got, c.want)
		}
	}
}

func TestColumnsHaveNames(t *testing.T) {
	seen := map[string]int{}
	for c := range NAll {
		name := BlockColumn(c)
		if other, ok := seen[name]; ok || name == "" {
			t.Errorf("column %d is called %q, as %d is", c, name, other)
		}
		seen[name] = c
	}
}

func TestHasAddress(t *testing.T) {
	for s, want := range map[string]bool{
		"":                               false,
		"The ferry. It sails at noon.":   false,
		"Siehe www.quay.example":         true,
		"Es geht los. www.quay.example":  true,
		"https://quay.example/a":         true,
		"www":                            false,
		"Um 12.30 Uhr: die Fähre, ww.w.": false,
		"港の時刻は http://quay.example を見てください。": true,
	} {
		if got := hasAddress(s); got != want {
			t.Errorf("%q has an address: %v", s, got)
		}
	}
}
