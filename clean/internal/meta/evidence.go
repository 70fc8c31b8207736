package meta

import (
	"golang.org/x/net/html"

	"newsclip/clean/article"
	"newsclip/clean/internal/evidence"
	"newsclip/clean/internal/jsonld"
	"newsclip/clean/internal/source"
)

// This file tells where a field was read and what else the page has for it.

// Limits of what is told: candidates of a field, bytes of a text, and the elements of a
// selector.
const (
	maxCandidates = 12
	maxPlaceText  = 120
)

// add appends a candidate, unless it is there.
func (r *metaReader) add(list *[]evidence.Candidate, value string, from source.Source, at int32, text string) {
	if value == "" || len(*list) >= maxCandidates {
		return
	}
	c := evidence.Candidate{Candidate: article.Candidate{Value: value, From: from.String()}, Of: from.Of}
	if at > 0 {
		c.At = r.Tree.SelectorOf(at)
		if text == "" {
			text = r.Shown(at)
			if r.Nodes[at].Type == html.TextNode {
				text = jsonld.Collapse(r.Nodes[at].Data)
			}
		}
	}
	if text = cutText(text, maxPlaceText); text != value {
		c.Text = text
	}
	for _, e := range *list {
		if e.Candidate == c.Candidate {
			return
		}
	}
	*list = append(*list, c)
}

// cutText cuts s after n bytes at most, between letters.
func cutText(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && s[n]&0xC0 == 0x80 {
		n--
	}
	return s[:n] + "…"
}

// explainDates keeps what was found of the two dates.
func (r *metaReader) explainDates(pub, mod []foundDate) {
	if r.md.candidates == nil {
		return
	}
	for _, x := range []struct {
		list *[]evidence.Candidate
		all  []foundDate
	}{{&r.md.candidates.Published, pub}, {&r.md.candidates.Modified, mod}} {
		for n, f := range x.all {
			value := f.String()
			if n == 0 {
				value = f.complete(x.all)
			}
			r.add(x.list, value, f.from, f.at, f.text)
		}
	}
}

// explainTitle keeps what the places of the title have.
func (r *metaReader) explainTitle() {
	if r.md.candidates == nil || r.md.Title == "" {
		return
	}
	list := &r.md.candidates.Title
	places := []struct {
		of   source.Kind
		text string
		at   int32
	}{
		{source.H1, r.h1Text, max(r.h1, 0)}, {source.LDHeadline, r.ld.First(jsonld.LdHeadline), 0}, {source.OGTitle, r.metas.First("og:title"), 0},
		{source.TitleTag, r.TitleText(), 0}, {source.TwitterTitle, r.metas.First("twitter:title"), 0}, {source.LDName, r.ld.First(jsonld.LdName), 0},
	}
	for _, p := range places {
		if p.of == r.md.From.Title.Of {
			r.add(list, r.md.Title, r.md.From.Title, p.at, p.text)
		}
	}
	for _, p := range places {
		if p.of != r.md.From.Title.Of {
			r.add(list, r.stripSite(p.text), source.Source{Of: p.of}, p.at, p.text)
		}
	}
}

// explainAuthors keeps what each place of the authors has.
func (r *metaReader) explainAuthors() {
	if r.md.candidates == nil {
		return
	}
	list := &r.md.candidates.Authors
	r.add(list, evidence.Names(r.md.Authors), r.md.From.Authors, r.bylineAt(), "")
	for _, s := range authorSources {
		if s.of != r.md.From.Authors.Of {
			r.add(list, evidence.Names(s.read(r)), source.Source{Of: s.of}, 0, "")
		}
	}
}

// bylineAt returns the element that shows the authors where they were read there, or 0.
func (r *metaReader) bylineAt() int32 {
	switch r.md.From.Authors.Of {
	case source.LDAuthor, source.MetaAuthor, source.TwitterData, source.LDPerson:
		return 0
	}
	if len(r.md.BylineNodes) == 0 {
		return 0
	}
	return r.md.BylineNodes[0]
}

// Evidence returns where the title, the authors and the dates of a record were read, as
// [evidence.Candidates.Evidence] tells it: nothing where [Options] did not ask for it.
func (m *Metadata) Evidence(a *article.Article) []article.Evidence { return m.candidates.Evidence(a) }
