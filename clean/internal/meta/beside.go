package meta

import (
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"newsclip/clean/article"
	"newsclip/clean/internal/dates"
	"newsclip/clean/internal/jsonld"
	"newsclip/clean/internal/names"
	"newsclip/selectors"
)

// This file reads the names of a head that what stands beside them tells to be the
// author's: a date, an e-mail address, a job.

// besideDate's limits: how many nodes before and after the date it reads, and how
// many bytes a text node may have that is no more than a name.
const (
	nodesBeforeDate = 12
	nodesAfterDate  = 16
	maxNameText     = 200
)

// besideDate reads a name that stands right before or after the first date of
// the article's head, without a word or class that marks it as a byline; after a headline
// that is no heading.
func (r *metaReader) besideDate() []article.Author {
	if len(r.md.DateNodes) == 0 || r.headline < 0 {
		return r.besideHour()
	}
	d := r.md.DateNodes[0]
	for _, span := range [2][2]int32{{max(r.headFrom, d-nodesBeforeDate), d}, {d, r.ToParagraph(d, min(r.headTo, d+nodesAfterDate), minFirstParagraph)}} {
		for j := span[1] - 1; j >= span[0]; j-- {
			nd := &r.Nodes[j]
			if nd.Type != html.TextNode || len(nd.Data) > maxNameText || r.IsInSentence(j) || r.isTitle(nd.Parent) || r.Within(j, atom.H1) >= 0 || j < r.Nodes[r.headline].End && (j >= r.headline || r.h1 < 0) || r.inLink(j) || r.inFurniture(j) || r.InFigure(j) || r.RolesAbove(j)&selectors.Breadcrumb != 0 {
				continue
			}
			s := jsonld.Collapse(nd.Data)
			whole := s
			for _, sep := range [...]string{"|", " / ", " · ", " • "} {
				s, _, _ = strings.Cut(s, sep)
			}
			signed := r.names().BeforeDay(strings.Trim(s, " ·•,–—-"))
			if s != whole && names.IsAgency(strings.TrimSpace(s)) {
				signed = []string{strings.TrimSpace(s)} // "PTI | Updated: 6 May 2024"
			} else if len(signed) == 0 && s != whole {
				signed = r.names().BeforeDay(whole)
			}
			if len(signed) > 0 && !r.isTopic(signed[0]) && !r.isCaselessTopic(signed[0]) && !r.afterReview(j) {
				return names.AppendAuthors(nil, signed, "")
			}
		}
	}
	return r.besideHour()
}

// besideHour reads a name that is a text of its own between the headline and the article's
// first sentence, where the text right before or after it tells when: a day, or "2 minutes
// ago". Pictures and buttons between them do not count. A picture of the person beside the
// name, by its alternative text, tells as much.
func (r *metaReader) besideHour() []article.Author {
	var before []string // the names in the text before
	dated, portrait := false, ""
	if r.headline < 0 {
		return nil
	}
	for j := r.Nodes[r.headline].End; j < min(r.headTo, r.Nodes[r.headline].End+nearAfter); j++ {
		nd := &r.Nodes[j]
		if nd.DataAtom == atom.Img {
			portrait = r.Attr(j, "alt")
			continue
		}
		if nd.Type != html.TextNode {
			if nd.Hidden || nd.DataAtom == atom.Button || nd.DataAtom == atom.Figcaption || nd.Roles&(selectors.Breadcrumb|selectors.Caption|selectors.Share|selectors.Tags) != 0 || r.IsAside(j) {
				j = nd.End - 1
			}
			continue
		}
		s := strings.Trim(jsonld.Collapse(nd.Data), " |/·•,:–-")
		if s == "" {
			continue
		}
		if len(s) > minFirstParagraph {
			return nil
		}
		if k := strings.LastIndexAny(s, ",|/·•–—"); k > 0 && (s[k] == ',' || r.names().CapitalsAreNames()) && r.tellsWhen(strings.TrimSpace(s[:k])) && !r.inFurniture(j) {
			_, size := utf8.DecodeRuneInString(s[k:])
			if signed := r.names().People(strings.TrimSpace(s[k+size:])); signed != nil && !r.isTopic(signed[0]) {
				return names.AppendAuthors(nil, signed, "") // "6 May 2024, Jo Doe"
			}
		}
		if r.tellsWhen(s) {
			if before != nil {
				return names.AppendAuthors(nil, before, "")
			}
			dated = true
			continue
		}
		before = nil
		if signed := r.names().People(s); signed != nil && !r.isTopic(s) && !r.isCaselessTopic(s) && !r.isSiteName(s) && !strings.Contains(r.TitleText(), s) && !r.inFurniture(j) && !r.afterReview(j) && !r.IsInSentence(j) && r.Within(j, atom.H1) < 0 {
			linked := r.inLink(j)
			if dated && !linked || len(portrait) <= maxNameText && strings.Contains(portrait, s) {
				return names.AppendAuthors(nil, signed, "")
			}
			if !linked {
				before = signed
			}
		}
		dated, portrait = false, ""
	}
	return nil
}

// isCaselessTopic reports whether a text in a script without capitals is what a link of the
// page shows, or the site's name: sections and tags have the shape of names there.
func (r *metaReader) isCaselessTopic(s string) bool {
	if !names.IsCaselessPerson(s) {
		return false
	}
	if r.isSiteName(s) || strings.Contains(r.TitleText(), s) {
		return true
	}
	if r.linked == nil {
		r.linked = make(map[string]bool, len(r.Anchors))
		for _, a := range r.Anchors {
			r.linked[names.Key(r.Shown(a))] = true
		}
	}
	return r.linked[names.Key(s)]
}

// tellsWhen reports whether a text is a day or hour, or the word before one.
func (r *metaReader) tellsWhen(s string) bool {
	if selectors.MatchPhrase(s).Line&selectors.PhraseDate != 0 {
		return true
	}
	_, ok := dates.ParseDate(s, r.dateLang)
	return ok && len(s) <= maxDateLine
}

// besideMail reads a name that an e-mail address with a part of it follows in the
// article's head, as newspapers print it: "Elsa Hjort elsa@paper.example".
func (r *metaReader) besideMail() []article.Author {
	return r.nameBefore(func(name, next string, j int32) bool {
		local, _, mail := strings.Cut(next, "@")
		if !mail || strings.IndexByte(local, ' ') >= 0 || r.inFurniture(j) {
			return false
		}
		return slices.ContainsFunc(names.Words(name), func(w string) bool {
			return len(w) > maxJoint-1 && strings.Contains(strings.ToLower(local), w)
		})
	})
}

// besideJob reads a name that its bearer's job follows under the headline, in a line of
// its own: "Elsa Hjort", "Chief Harbour Correspondent".
func (r *metaReader) besideJob() []article.Author {
	return r.nameBefore(func(name, next string, j int32) bool {
		job, _, _ := strings.Cut(next, " | ")
		return j > r.headline && names.IsJob(job) && r.Nodes[r.Nodes[j].Parent].DataAtom != atom.A && !r.inFurniture(j) && !r.isUnderText(j) && !r.afterReview(j)
	})
}

// nameBefore returns the first name of the article's head, alone in a text, of which the
// text after it tells that it is the author's.
func (r *metaReader) nameBefore(tells func(name, next string, j int32) bool) []article.Author {
	before := ""
	for j := r.headFrom; j < r.headTo; j++ {
		nd := &r.Nodes[j]
		if nd.Type != html.TextNode {
			continue
		}
		s := jsonld.Collapse(nd.Data)
		if s == "" {
			continue
		}
		if before != "" && tells(before, s, j) {
			return []article.Author{{Name: before}}
		}
		if before = ""; len(s) <= maxNameText && names.LooksLikePerson(s) && r.names().Clean(s, false) == s {
			before = s
		}
	}
	return nil
}
