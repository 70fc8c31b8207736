package meta

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"newsclip/clean/article"
	"newsclip/clean/internal/dates"
	"newsclip/clean/internal/jsonld"
	"newsclip/clean/internal/names"
	"newsclip/clean/internal/nodes"
	"newsclip/selectors"
)

// Limits of tailAuthors: the bytes of a line with a "Written by", those of a
// label that may stand alone ("Author", not "By"), the nodes of an author's box, and the
// bytes of all boxes that are read, which may stand within each other.
const (
	maxTailLine  = 120
	minLabel     = 4
	maxTailBox   = 60
	maxTailBoxes = 1 << 20
)

// tailAuthors reads the names at the article's end or in a side column: a line or a box
// that labels them, else a signature.
func (r *metaReader) tailAuthors() []article.Author {
	t := r.tailBylines()
	if len(t.authors) == 0 && !t.many {
		return r.signature()
	}
	return t.authors
}

// labelledTail reads the one person that a line at the article's end labels with a colon:
// "Author: Jo Doe". A class alone is a guess there.
func (r *metaReader) labelledTail() []article.Author {
	t := r.tailBylines()
	if len(t.authors) != 1 || !names.LooksLikePerson(t.authors[0].Name) || !t.colon {
		return nil
	}
	return t.authors
}

// tailFound is what tailBylines finds.
type tailFound struct {
	authors []article.Author
	many    bool // more than one byline: a list of other articles, and no author
	colon   bool // the last byline has a label with a colon
}

// tailBylines reads an author's box, or a line with "Written by", once for each page.
func (r *metaReader) tailBylines() *tailFound {
	if r.tail == nil {
		r.tail = r.findTail()
	}
	return r.tail
}

// mayLabel reports whether a line may have a label of who wrote: a colon, or a word such as
// "by", "von" and "par".
func mayLabel(s string) bool {
	for k := range len(s) {
		switch s[k] | ' ' {
		case 'y', 'n', 'r', ':':
			return true
		}
	}
	return false
}

func (r *metaReader) findTail() *tailFound {
	t := &tailFound{}
	var as []article.Author
	left := maxTailBoxes
	from := r.headTo
	if r.h1 >= 0 {
		from = r.Nodes[r.h1].End
	}
	for j := from; j < int32(len(r.Nodes)); j++ {
		nd := &r.Nodes[j]
		var signed []string
		box, colon := j, false
		if j < r.headTo && nd.Roles&selectors.Author == 0 {
			continue
		}
		switch {
		case nd.Type == html.TextNode:
			if len(nd.Data) > maxTailLine || !mayLabel(nd.Data) {
				continue
			}
			s := jsonld.Collapse(nd.Data)
			if first, _, _ := strings.Cut(s, " "); selectors.MayBeginBy(s) && !strings.HasSuffix(first, ":") && selectors.BylineGroupsOf(strings.ToLower(first))&selectors.BylineBy != 0 {
				// A lone "by" begins sentences too; "Author" stands alone, as "By Jo Doe" does.
				label := strings.TrimSuffix(strings.ToLower(s), "(s)")
				if (len(label) <= minLabel || selectors.BylineGroupsOf(label)&selectors.BylineBy == 0) && !(r.IsBlockOf(j, s) && r.names().IsSignature(s)) {
					continue
				}
			}
			signed, box = r.byLineAt(j)
			if len(signed) > 0 && (!names.LooksLikeName(signed[0]) || strings.ContainsAny(signed[0], "0123456789")) {
				signed = nil
			}
			colon = len(signed) > 0 && strings.ContainsAny(s, ":：")
		case nd.Roles&(selectors.Byline|selectors.Author) != 0 && nd.End-j < maxTailBox:
			if left -= nodes.TextSize(r.Tree, j); left < 0 {
				continue
			}
			signed = r.bylineNames(j)
			if len(signed) > 0 {
				s := r.Shown(j)
				_, by := r.names().CutBy(s)
				colon = by && strings.ContainsAny(s, ":：")
			}
		}
		if len(signed) == 0 || r.inFurniture(j) || r.afterReview(j) {
			continue
		}
		if t.colon && nd.Type != html.TextNode && names.LooksLikePerson(as[0].Name) {
			continue // a reader's name, after the line that labels the author
		}
		t.colon = colon
		before := len(as)
		as = names.AppendAuthors(as, signed, r.OnlyLink(box))
		if before > 0 && len(as) > before {
			return &tailFound{many: true}
		}
		j = max(j, r.Nodes[box].End-1)
	}
	t.authors = as
	return t
}

// labelsOthers reports whether a line names who edited or took the pictures, or the source.
func labelsOthers(s string) bool {
	label, _, ok := strings.Cut(strings.ReplaceAll(s, "：", ":"), ":")
	return names.IsReview(s) || ok && names.IsOtherLabel(strings.ToLower(strings.TrimSpace(label)))
}

// Limits of a signature, and of a sentence about who wrote, in bytes.
const (
	maxSignature = 60
	maxBioLine   = 400
)

// signature reads the name that stands alone in the last paragraph of the text, or in the
// sentence about its writer there: "Jo Doe is a reporter at the Post".
func (r *metaReader) signature() []article.Author {
	if r.h1 < 0 {
		return nil
	}
	first, last, sentence := int32(-1), int32(-1), int32(-1)
	for i := r.Nodes[r.h1].End; i < int32(len(r.Nodes)); i++ {
		nd := &r.Nodes[i]
		if nd.DataAtom != atom.P || nd.End-i > maxTailBox || nd.Hidden {
			continue
		}
		n := 0
		for j := i + 1; j < nd.End; j++ {
			if r.Nodes[j].Type == html.TextNode {
				n += nodes.ShownSize(r.Nodes[j].Data)
			}
		}
		switch {
		case n == 0 || sentence >= 0 && n <= maxSignature && (labelsOthers(r.Shown(i)) || dates.IsLone(r.Shown(i))) || last >= 0 && nd.Parent != r.Nodes[last].Parent && nd.Parent != r.Nodes[r.Nodes[last].Parent].Parent:
			// nothing, who edited, the source, the day, or another box
		case n > minFirstParagraph || sentence >= 0:
			if n > minFirstParagraph {
				if sentence = i; first < 0 {
					first = i
				}
			}
			last = i
		}
		i = nd.End - 1
	}
	if sentence < 0 || r.inFurniture(last) {
		return nil
	}
	line := r.Shown(last)
	if signed := append(r.names().OfOpening(r.Shown(first)), r.names().OfClosing(line)...); len(signed) > 0 {
		return names.AppendAuthors(nil, signed, "")
	}
	s := strings.Trim(line, " \u00a0.—–-()*")
	if name, job, ok := strings.Cut(s, ", "); ok && names.IsSmall(job) {
		s = name
	}
	if last != sentence && len(s) <= maxSignature && (r.names().CapitalsAreNames() || strings.HasPrefix(line, "—") || strings.HasPrefix(line, "–")) && names.LooksLikePerson(s) && r.names().Clean(s, false) == s && !r.isTopic(s) && !strings.Contains(names.Key(r.md.Title), names.Key(s)) {
		return []article.Author{{Name: s}}
	}
	if len(line) <= maxBioLine {
		if name := r.names().OfBio(line); name != "" && !r.isTopic(name) {
			return []article.Author{{Name: name}}
		}
	}
	return nil
}

// maxBetweenAuthors is how many bytes of text may stand between the links to two authors of
// one article, the first of which is under the headline: what is said of its author.
const maxBetweenAuthors = 700

// textParts reports whether the text stands between the link to an author under the headline
// and another one. last is -1 where there is none.
func (r *metaReader) textParts(last, i int32) bool {
	if last <= r.headline || last < r.headFrom {
		return false
	}
	return i >= r.headTo || r.sizes[i-r.headFrom]-r.sizes[last-r.headFrom] > maxBetweenAuthors
}
