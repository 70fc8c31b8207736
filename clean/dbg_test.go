package clean

import (
	"fmt"
	"os"
	"testing"
)

func TestDbg(t *testing.T) {
	id := os.Getenv("ID")
	if id == "" {
		t.Skip()
	}
	for _, p := range readCorpus(t, "dev-fundus") {
		if p.id != id {
			continue
		}
		page, _ := Parse(Input{URL: p.url, HTML: p.html})
		tr := newTree(page)
		for _, pic := range readPictures(tr) {
			fmt.Printf("img %d box %d<%s %s> %s\n  alt %q\n  C %q\n  © %q\n", pic.img, pic.box, tr.nodes[pic.box].Data, tr.attr(pic.box, "class"), pic.URL, pic.Alt, pic.Caption, pic.Credit)
			for _, n := range pic.captionNodes {
				fmt.Printf("    n %d <%s %s> %.80q\n", n, tr.nodes[n].Data, tr.attr(n, "class"), tr.text(n))
			}
		}
	}
}
