package judge

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"newsclip/clean/internal/meta"
	"newsclip/clean/internal/page"
	"newsclip/clean/internal/picture"
)

// TestJudgedInPieces judges a page of more blocks than rowsAtOnce: the answers are those
// of all rows at once, and the memory for rows does not grow with the page.
func TestJudgedInPieces(t *testing.T) {
	var b strings.Builder
	for k := range 2*rowsAtOnce + 100 {
		switch k % 7 {
		case 0:
			fmt.Fprintf(&b, "<h2>Part %d</h2>", k)
		case 3:
			fmt.Fprintf(&b, `<div class="teasers"><a href="/news/%d">Bridge %d closed again</a><img src="/%d.jpg"></div>`, k, k%11, k)
		default:
			fmt.Fprintf(&b, "<p>The harbour council opened bridge %d after a long winter, and the ferry went back to its place.</p>", k%50)
		}
	}
	p, err := page.Parse(page.Input{HTML: []byte("<body><article>" + b.String() + "</article>"), URL: "https://quay.example/news/a"})
	if err != nil {
		t.Fatal(err)
	}
	tr := page.NewTree(p)
	f := &Featurer{T: tr, Bs: tr.Blocks(), Signals: Gather(tr, meta.Read(tr, meta.Options{}), picture.Read(tr))}
	m := Model()
	got, _ := m.judge(f)

	whole := &Featurer{T: f.T, Bs: f.Bs, Signals: f.Signals, Cls: new(ClassSums), Lex: m.lex}
	whole.Cls.Begin(m.class, tr)
	rows := whole.Rows()
	first := make([]float32, len(f.Bs))
	m.first.Probs(rows, NAll, first)
	whole.Second(rows, first)
	want := slices.Clone(first)
	for k := range want {
		if want[k] > Doubt {
			want[k] = Blend(first[k], m.second.Prob(rows[k*NAll:(k+1)*NAll]))
		}
	}
	if len(f.Bs) <= 2*rowsAtOnce {
		t.Fatalf("the page has %d blocks", len(f.Bs))
	}
	for k := range want {
		if got[k] != want[k] {
			t.Fatalf("block %d of %d: %v in pieces, %v at once", k, len(want), got[k], want[k])
		}
	}
	work := new(workspace)
	f.scratch, f.Cls = &work.scratch, whole.Cls
	f.walk().rows(0, rowsAtOnce)
	if n := cap(work.out); n > rowsAtOnce*NAll*5/4 {
		t.Errorf("%d numbers are kept of rows", n)
	}
}
