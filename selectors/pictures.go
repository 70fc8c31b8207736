package selectors

import (
	_ "embed"
	"fmt"
	"strings"
)

//go:embed pictures.txt
var picturesTxt string

// Pictures is what pictures.txt says.
var Pictures = mustPictures(picturesTxt)

// PictureWords tells captions, credits and content pictures from what stands
// around them. Every set is keyed by a lower-case word or phrase, the words of
// a phrase one space apart; the start of a phrase is a key as well, whose value
// is false where it is no entry itself.
type PictureWords struct {
	// Agencies show by themselves that a phrase is a credit.
	Agencies map[string]bool
	// CreditClasses are words of a class, id or itemprop inside a picture's
	// box.
	CreditClasses map[string]bool
	// Labels stand before a credit, with a sign between.
	Labels map[string]bool
	// Tails stand before a credit at a caption's end, without a sign.
	Tails map[string]bool
	// Shorts are labels cut short, with a full stop for their sign.
	Shorts map[string]bool
	// Makers end a credit in scripts without spaces, in the table's order.
	Makers []string
	// Remarks stand where a credit would and are none ("archive picture").
	Remarks map[string]bool
	// Boxes are words of a class or id of an element that holds a picture and
	// its caption.
	Boxes map[string]bool
	// Notes are the interface's, and no part of a caption.
	Notes map[string]bool
	// SkipClasses are words of a class or id of images that are no content.
	SkipClasses map[string]bool
	// SkipURLs are labels of hosts, and whole segments of paths without their
	// extension, in addresses of such images.
	SkipURLs map[string]bool
}

// mustPictures reads the table; a line that does not read stops the program
// at start, and the table's test before that.
func mustPictures(txt string) *PictureWords {
	p := &PictureWords{
		Agencies: map[string]bool{}, CreditClasses: map[string]bool{}, Labels: map[string]bool{},
		Tails: map[string]bool{}, Shorts: map[string]bool{}, Remarks: map[string]bool{}, Boxes: map[string]bool{}, Notes: map[string]bool{}, SkipClasses: map[string]bool{}, SkipURLs: map[string]bool{},
	}
	sets := map[string]map[string]bool{
		"agency": p.Agencies, "class": p.CreditClasses, "label": p.Labels,
		"tail": p.Tails, "short": p.Shorts, "remark": p.Remarks, "box": p.Boxes, "note": p.Notes, "skip-class": p.SkipClasses, "skip-url": p.SkipURLs,
	}
	for n, line := range strings.Split(txt, "\n") {
		line, _, _ = strings.Cut(line, "#")
		kind, entry, _ := strings.Cut(strings.TrimSpace(line), " ")
		if kind == "" {
			continue
		}
		entry = strings.TrimSpace(entry)
		set, ok := sets[kind]
		switch {
		case entry == "":
			panic(fmt.Sprintf("pictures.txt:%d: %s without an entry", n+1, kind))
		case ok:
			set[entry] = true
			for k := range entry {
				if start := entry[:k]; entry[k] == ' ' && !set[start] {
					set[start] = false
				}
			}
		case kind == "maker":
			p.Makers = append(p.Makers, entry)
		default:
			panic(fmt.Sprintf("pictures.txt:%d: no kind is called %q", n+1, kind))
		}
	}
	return p
}
