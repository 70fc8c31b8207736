package stated

import (
	"slices"
	"strings"

	"golang.org/x/net/html/atom"

	"newsclip/clean/internal/jsonld"
	"newsclip/clean/internal/names"
	"newsclip/clean/internal/source"
	"newsclip/clean/internal/text"
	"newsclip/selectors"
)

// Limits of a section and of tags: bytes, and how many there are.
const (
	maxSection = 80
	maxTag     = 100
	maxTags    = 50
	minSteps   = 2  // of a breadcrumb: the front page and a section
	maxSteps   = 8  // of a breadcrumb
	maxWords   = 6  // of a step that is a section; one with more is a headline
	maxTrail   = 80 // nodes of a box with one
	boxUp      = 3  // elements from a link up of which one may be the box of tags
	maxBox     = 200
)

// Section returns the section of the article and where it was read from.
func (p *Page) Section() (string, source.Source) {
	for _, c := range []struct {
		text string
		of   source.Kind
	}{
		{p.LD.First(jsonld.LdArticleSection), source.LDSection},
		{p.Metas.First(selectors.Metas().Section...), source.MetaSection},
		{p.lastStep(p.LD.Crumbs), source.LDBreadcrumb},
		{p.lastStep(p.shownCrumbs()), source.ShownCrumbs},
	} {
		if c.text != "" {
			if len(c.text) > maxSection {
				break
			}
			return c.text, source.Source{Of: c.of}
		}
	}
	return "", source.Source{}
}

// lastStep returns the last step of a breadcrumb before the article; "" where that is a
// headline, or leads back.
func (p *Page) lastStep(crumbs []string) string {
	if n := len(crumbs); n > 0 && names.Key(crumbs[n-1]) == names.Key(p.Title) {
		crumbs = crumbs[:n-1]
	}
	if len(crumbs) < minSteps {
		return ""
	}
	last := crumbs[len(crumbs)-1]
	if text.CountWords(last) > maxWords || strings.ContainsAny(last, "‹«←") {
		return ""
	}
	return last
}

// shownCrumbs returns the links of the first breadcrumb that the page shows.
func (p *Page) shownCrumbs() []string {
	for i := p.Body; i < int32(len(p.Nodes)) && i < p.Headline+maxTrail; i++ {
		nd := &p.Nodes[i]
		if nd.Roles&selectors.Breadcrumb == 0 && !(nd.DataAtom == atom.Nav || nd.DataAtom == atom.Ol) || nd.Hidden || nd.End-i > maxTrail {
			continue
		}
		if nd.Roles&selectors.Breadcrumb == 0 && !strings.EqualFold(p.Attr(i, "aria-label"), "breadcrumb") {
			continue
		}
		var steps []string
		for j := i; j < nd.End && len(steps) < maxSteps; j++ {
			if p.Nodes[j].DataAtom == atom.A && p.Attr(j, "href") != "" {
				if s := p.Shown(j); s != "" {
					steps = append(steps, s)
				}
			}
		}
		if len(steps) >= minSteps {
			return steps
		}
	}
	return nil
}

// Tags returns the tags of the article, each once, and where they were read from.
func (p *Page) Tags() ([]string, source.Source) {
	var list tagList
	from := source.Source{Of: source.Meta, Detail: "article:tag"}
	for _, s := range p.Metas["article:tag"] {
		list.addAll(s)
	}
	if len(list.tags) == 0 {
		from = source.Source{Of: source.LDKeywords}
	}
	for _, o := range p.LD.Articles {
		kw := o.Get(jsonld.LdKeywords)
		if kw.List != nil {
			for _, s := range kw.Texts() {
				list.add(s)
			}
		} else {
			list.addAll(kw.Text())
		}
	}
	for _, k := range selectors.Metas().Keywords {
		if len(list.tags) > 0 {
			break
		}
		from = source.Source{Of: source.Meta, Detail: k}
		for _, s := range p.Metas[k] {
			list.addAll(s)
		}
	}
	if len(list.tags) == 0 {
		from = source.Source{Of: source.ShownTags}
		p.addShown(&list)
	}
	return list.tags, from
}

// addShown adds the links of the first box with tags after the headline: links with
// rel=tag, or those of a box with the class of tags.
func (p *Page) addShown(list *tagList) {
	if p.Headline < 0 {
		return
	}
	box := int32(-1)
	for _, a := range p.Anchors {
		if a < p.Nodes[p.Headline].End || box >= 0 && a >= p.Nodes[box].End {
			if box >= 0 {
				return
			}
			continue
		}
		if box < 0 {
			if box = p.tagBox(a); box < 0 || p.IsOther(a) {
				box = -1
				continue
			}
		}
		if s := p.Shown(a); p.Attr(a, "href") != "" && !strings.Contains(p.Attr(a, "rel"), "category") {
			list.add(s)
		}
	}
}

// tagBox returns the box of tags around a link, or -1.
func (p *Page) tagBox(a int32) int32 {
	if text.HasWord(p.Attr(a, "rel"), "tag") && !text.HasWord(p.Attr(a, "rel"), "category") {
		box := p.Nodes[a].Parent
		if p.Nodes[box].DataAtom == atom.Li {
			box = p.Nodes[box].Parent
		}
		return box
	}
	for i, n := p.Nodes[a].Parent, 0; i > p.Body && n < boxUp; i, n = p.Nodes[i].Parent, n+1 {
		if nd := &p.Nodes[i]; nd.Roles&selectors.Tags != 0 && nd.End-i <= maxBox && !(i < p.Headline && p.Headline < nd.End) && isTagBox(p.Attr(i, "class")) {
			return i
		}
	}
	return -1
}

// isTagBox reports whether a class tells that a box has tags, and not a kicker or the
// section.
func isTagBox(class string) bool {
	class = strings.ToLower(class)
	return slices.ContainsFunc(selectors.Markup().TagBoxes, func(part string) bool { return strings.Contains(class, part) })
}

// A tagList holds tags, each once, whatever its case.
type tagList struct {
	tags []string
	seen map[string]bool
}

func (l *tagList) add(s string) {
	s = strings.Trim(s, " ,;#")
	k := strings.ToLower(s)
	if s == "" || len(s) > maxTag || l.seen[k] || len(l.tags) >= maxTags {
		return
	}
	if l.seen == nil {
		l.seen = map[string]bool{}
	}
	l.seen[k] = true
	l.tags = append(l.tags, s)
}

// addAll adds the tags of a list in one text.
func (l *tagList) addAll(s string) {
	for _, t := range strings.FieldsFunc(s, func(c rune) bool { return c == ',' || c == ';' || c == '、' || c == '，' }) {
		l.add(t)
	}
}
