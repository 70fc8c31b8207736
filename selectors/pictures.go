package selectors

import (
	_ "embed"
	"strings"
	"unicode/utf8"
)

//go:embed pictures.txt
var picturesText string

var picturesTable = &table{"pictures.txt", picturesText, []string{"kind", "language"}}

// Pictures returns what pictures.txt has. It is shared: do not change it.
func Pictures() *PictureWords { return pictures() }

var pictures = lazily(picturesTable, readPictures)

// PictureWords are words by which captions, credits and content pictures are
// recognised. The keys of every set are lower case.
type PictureWords struct {
	// Phrases, the words of each one space apart. The start of a phrase is a
	// key as well, whose value is false where it is no entry itself.
	//
	// Agencies show by themselves that a phrase is a credit. Labels stand
	// before a credit, with a sign between; Tails without a sign, at a caption's
	// end; Shorts are labels cut short, with a full stop for their sign. Remarks
	// stand where a credit would and are none ("archive picture"). Notes are the
	// interface's, and no part of a caption.
	Agencies, Labels, Tails, Shorts, Remarks, Notes map[string]bool
	// Sources are those of Labels and Tails that a comma may follow: "Image source, NAME".
	Sources map[string]bool
	// creditStarts are the first words of labels, tails and shorts, noteStarts of notes,
	// leadStarts of LeadLabels.
	creditStarts, noteStarts, leadStarts wordBits

	// Words of classes, ids and itemprops. CreditClasses stand inside a
	// picture's box, Boxes on an element that holds a picture and its caption,
	// SkipClasses on images that are no content, ClickClasses those of them that on a link
	// tell that its clicks are counted, Rows on an element that holds pictures one after
	// another.
	CreditClasses, Boxes, SkipClasses, ClickClasses, Rows map[string]bool

	// LeadLabels name the article's lead picture before whom it is by, LeadBys stand between.
	LeadLabels, LeadBys map[string]bool

	// Makers end a credit in scripts without spaces.
	Makers []string

	// Parts of addresses. SkipURLs are labels of hosts, and whole segments of
	// paths without their extension, in addresses of images that are no content.
	// Generic are names of files, without extension, that many pictures have.
	// Scripts are the extensions of programs that serve many pictures.
	// StandInWords are words of the names of files that a site shares where an article
	// has no picture. Ornaments are words of the names of files that are signs of the
	// page's interface, Signs those with which the name of any such file begins or ends.
	SkipURLs, Generic, Scripts, CardNames, StandInWords, Ornaments, Signs map[string]bool
	// CardWords are the words of which, with the site's name, the name of such a file may
	// be made; of those that are true, a name may be made without the site's.
	CardWords map[string]bool
	// Slides stand before the number of a slide, SlidesOf between it and how many there are.
	Slides, SlidesOf map[string]bool
	// Sizes end the name of a file that is kept in several sizes. StandIns are
	// parts of the address of a site's logo or of what it shares where an
	// article has no picture.
	Sizes, StandIns []string
	// ThemePaths are parts of the paths of a site's design, UploadPaths of paths that
	// show an article's picture there all the same. LazyKeys are parts of the names of
	// the data attributes in which scripts keep an image's address, LazyAttributes the
	// names of other attributes of that kind.
	ThemePaths, UploadPaths, LazyKeys, LazyAttributes []string
	// FormulaClasses are parts of the class, FormulaPaths of the address of an image
	// that shows a formula.
	FormulaClasses, FormulaPaths []string
	// CaptionKeys are the data attributes of a link around a picture in which programs
	// that show it in full size have its caption.
	CaptionKeys []string
	// OpenerClasses are parts of the class of the picture that a template shows over an
	// article, or of a box around it.
	OpenerClasses []string
}

func readPictures(t table) (*PictureWords, error) {
	p := &PictureWords{}
	dest := map[string]func(string){
		"maker": toList(&p.Makers), "size": toList(&p.Sizes), "stand-in": toList(&p.StandIns),
		"theme-path": toList(&p.ThemePaths), "upload-path": toList(&p.UploadPaths), "lazy-key": toList(&p.LazyKeys), "lazy-attribute": toList(&p.LazyAttributes),
		"formula-class": toList(&p.FormulaClasses), "formula-path": toList(&p.FormulaPaths),
		"caption-key": toList(&p.CaptionKeys), "opener-class": toList(&p.OpenerClasses),
	}
	for kind, set := range map[string]*map[string]bool{
		"class": &p.CreditClasses, "box": &p.Boxes, "skip-class": &p.SkipClasses, "click-class": &p.ClickClasses, "row": &p.Rows,
		"card-name": &p.CardNames, "skip-url": &p.SkipURLs, "generic": &p.Generic, "script": &p.Scripts,
		"stand-in-word": &p.StandInWords, "ornament": &p.Ornaments, "sign": &p.Signs,
		"lead-label": &p.LeadLabels, "lead-by": &p.LeadBys,
		"slide": &p.Slides, "slide-of": &p.SlidesOf,
	} {
		*set = map[string]bool{}
		dest[kind] = toSet(*set)
	}
	for kind, set := range map[string]*map[string]bool{
		"agency": &p.Agencies, "label": &p.Labels, "tail": &p.Tails, "short": &p.Shorts,
		"remark": &p.Remarks, "note": &p.Notes,
	} {
		*set = map[string]bool{}
		dest[kind] = toPhrases(*set)
	}
	p.Sources = map[string]bool{}
	label, tail, source := dest["label"], dest["tail"], toPhrases(p.Sources)
	dest["source"] = func(phrase string) { label(phrase); tail(phrase); source(phrase) }
	p.CardWords = map[string]bool{}
	dest["card-word"] = toSet(p.CardWords)
	dest["card-filler"] = func(w string) { p.CardWords[w] = false }
	if err := readLists(t, dest); err != nil {
		return nil, err
	}
	addStarts(&p.creditStarts, p.Labels, p.Tails, p.Shorts)
	addStarts(&p.noteStarts, p.Notes)
	addStarts(&p.leadStarts, p.LeadLabels)
	return p, nil
}

// MayBeginCredit reports whether a label, a tail or a short may begin with a word, in
// whatever case: few others do.
func (p *PictureWords) MayBeginCredit(word string) bool {
	for k := range len(word) {
		if word[k] >= utf8.RuneSelf {
			word = strings.ToLower(word)
			break
		}
	}
	return mayHave(&p.creditStarts, word)
}

// MayBeginLead reports whether a line may begin with one of LeadLabels: few do, but for those
// that begin in another script.
func (p *PictureWords) MayBeginLead(line string) bool {
	word := line
	if k := strings.IndexAny(line, " :："); k >= 0 {
		word = line[:k]
	}
	for k := range len(word) {
		if word[k] >= utf8.RuneSelf {
			return true
		}
	}
	return mayHave(&p.leadStarts, word)
}

// MayBeginNote reports whether a text may begin with a note. It tells of most texts that
// begin with a plain word of ASCII that they do not.
func (p *PictureWords) MayBeginNote(s string) bool {
	word, _, _ := strings.Cut(s, " ")
	for k := range len(word) {
		if class := letterClass[word[k]]; class != lowerLetter && class != upperLetter {
			return true
		}
	}
	return word == "" || mayHave(&p.noteStarts, word)
}

// addStarts adds the first words of phrases to bits.
func addStarts(bits *wordBits, sets ...map[string]bool) {
	for _, set := range sets {
		for phrase := range set {
			first, _, _ := strings.Cut(phrase, " ")
			bits.add(first)
		}
	}
}

// toPhrases is toSet for phrases: their starts become keys too.
func toPhrases(set map[string]bool) func(string) {
	return func(phrase string) {
		set[phrase] = true
		for k := range phrase {
			if start := phrase[:k]; phrase[k] == ' ' && !set[start] {
				set[start] = false
			}
		}
	}
}
