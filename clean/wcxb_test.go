package clean

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

func TestWcxb(t *testing.T) {
	if os.Getenv("WCXB") == "" {
		t.Skip()
	}
	lost, caught, total := 0, 0, 0
	for _, p := range readCorpus(t, "dev-wcxb") {
		page, _ := Parse(Input{URL: p.url, HTML: p.html})
		tr := newTree(page)
		truth := normWords(p.body)
		total += len(strings.Fields(truth))
		for _, pic := range readPictures(tr) {
			for _, n := range pic.captionNodes {
				w := normWords(tr.text(n))
				k := len(strings.Fields(w))
				if k < 4 {
					continue
				}
				if strings.Contains(truth, w) {
					lost += k
					fmt.Printf("LOST %s <%s %.30s> box <%s %.40s> %.100q\n", p.id, tr.nodes[n].Data, tr.attr(n, "class"), tr.nodes[pic.box].Data, tr.attr(pic.box, "class"), w)
				} else {
					caught += k
				}
			}
			if pic.Caption == "" && pic.Credit == "" {
				continue
			}
			fmt.Printf("%s <%s %.40s> C %q © %q\n", p.id, tr.nodes[pic.box].Data, strings.Join(strings.Fields(tr.attr(pic.box, "class")), " "), pic.Caption, pic.Credit)
		}
	}
	fmt.Println("TOTAL lost", lost, "caught", caught, "of", total)
}
