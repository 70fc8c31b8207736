package clean

import (
	"encoding/json"
	"fmt"
	"hash/fnv"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// picturePage is a page of a corpus with what a caption can be held against.
type picturePage struct {
	id, url, body string
	html          []byte
	images        []struct {
		Caption string
		Authors []string
	}
}

// publisher is the part of a dev-fundus id before its date.
func (p *picturePage) publisher() string {
	pub, _, _ := strings.Cut(p.id, "_")
	return pub
}

// aside says that a page's publisher is of the fifth that rules are not tuned
// on.
func (p *picturePage) aside() bool {
	h := fnv.New32a()
	io.WriteString(h, p.publisher())
	return h.Sum32()%5 == 0
}

func readCorpus(t testing.TB, name string) []picturePage {
	t.Helper()
	var pages []picturePage
	at := map[string]int{}
	dir := ""
	for _, p := range corpusPages(t, name) {
		at[p.ID], dir = len(pages), p.dir
		pages = append(pages, picturePage{id: p.ID, url: p.URL, html: p.html(t)})
	}
	eachLine(t, filepath.Join(dir, "truth.jsonl"), func(b []byte) {
		var truth struct {
			ID, Body string
			Images   []struct {
				Caption string
				Authors []string
			}
		}
		if err := json.Unmarshal(b, &truth); err != nil {
			t.Fatal(err)
		}
		p := &pages[at[truth.ID]]
		p.body, p.images = truth.Body, truth.Images
	})
	return pages
}

var wordRE = regexp.MustCompile(`[\p{L}\p{N}\p{M}_]+`)

func normWords(s string) string {
	return strings.ToLower(strings.Join(wordRE.FindAllString(s, -1), " "))
}

// pictureScore counts as the corpora's score does: a caption is right where
// some image's caption has its words, a credit where some image's credit has
// all of its words.
type pictureScore struct{ captions, captionHits, credits, creditHits int }

func (s *pictureScore) add(p *picturePage, images []Image, miss func(string)) {
	for _, want := range p.images {
		if want.Caption != "" {
			s.captions++
			hit := false
			for _, im := range images {
				hit = hit || normWords(im.Caption) == normWords(want.Caption)
			}
			if hit {
				s.captionHits++
			} else if miss != nil {
				miss("caption " + want.Caption)
			}
		}
		if len(want.Authors) > 0 {
			s.credits++
			hit := false
			for _, im := range images {
				have := map[string]bool{}
				for _, w := range strings.Fields(normWords(im.Credit)) {
					have[w] = true
				}
				all := true
				for _, w := range strings.Fields(normWords(strings.Join(want.Authors, " "))) {
					all = all && have[w]
				}
				hit = hit || all
			}
			if hit {
				s.creditHits++
			} else if miss != nil {
				miss("credit " + strings.Join(want.Authors, " + "))
			}
		}
	}
}

func (s *pictureScore) caption() float64 { return float64(s.captionHits) / float64(max(s.captions, 1)) }
func (s *pictureScore) credit() float64  { return float64(s.creditHits) / float64(max(s.credits, 1)) }

func (s *pictureScore) String() string {
	return fmt.Sprintf("caption %.3f of %d, credit %.3f of %d", s.caption(), s.captions, s.credit(), s.credits)
}

func TestPicturesQuality(t *testing.T) {
	var all, aside, chosen, chosenAside pictureScore
	lost, body := 0, 0
	for _, p := range readCorpus(t, "dev-fundus") {
		page, err := Parse(Input{URL: p.url, HTML: p.html})
		if err != nil {
			t.Fatal(p.id, err)
		}
		tr := newTree(page)
		pics := readPictures(tr)
		var images []Image
		for _, pic := range pics {
			images = append(images, pic.Image)
		}
		dump := func(string) {}
		if testing.Verbose() && os.Getenv("DUMP") != "" {
			dumped := false
			dump = func(s string) {
				fmt.Println("MISS", p.id, p.aside(), s)
				if !dumped {
					dumped = true
					for _, im := range images {
						if im.Caption != "" || im.Credit != "" {
							fmt.Printf("      C %q\n      © %q\n", im.Caption, im.Credit)
						}
					}
				}
			}
		}
		if p.aside() {
			aside.add(&p, images, func(s string) {
				if os.Getenv("ASIDE") != "" {
					fmt.Println("ASIDE", p.id, s)
				}
			})
		} else {
			all.add(&p, images, dump)
		}
		_ = chosen
		_ = chosenAside
		truth := normWords(p.body)
		body += len(strings.Fields(truth))
		for _, pic := range pics {
			for _, n := range pic.captionNodes {
				if w := normWords(tr.text(n)); len(strings.Fields(w)) >= 4 && strings.Contains(truth, w) {
					lost += len(strings.Fields(w))
					if os.Getenv("DUMP") != "" {
						fmt.Println("LOST", p.id, w)
					}
				}
			}
		}
	}
	t.Logf("tuned on: %v", &all)
	t.Logf("aside:    %v", &aside)
	t.Logf("words of the body in caption nodes: %d of %d", lost, body)
}
