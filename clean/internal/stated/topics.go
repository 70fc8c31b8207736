package stated

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html/atom"

	"newsclip/clean/internal/dates"
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
		{p.shownCategory(), source.ShownCategory},
	} {
		if len(c.text) > maxSection {
			break
		}
		if s := oneSection(c.text); s != "" && !isNoSection(s) && !strings.Contains(s, "://") && !p.isSite(s) && names.Key(s) != names.Key(p.Title) {
			return s, source.Source{Of: c.of}
		}
	}
	return "", source.Source{}
}

// oneSection returns the first section of a list, as some systems write several:
// "Harbours,Weather", "Harbours, Weather, World". "Food, Drink, and Wine" is one.
func oneSection(s string) string {
	s = strings.Trim(s, " ,;|/›»>-")
	if k := strings.IndexByte(s, ','); k > 0 && k+1 < len(s) && s[k+1] != ' ' && (s[k+1] < '0' || s[k+1] > '9') {
		s = s[:k]
	}
	if list := strings.Split(s, ", "); len(list) >= sectionList && !strings.HasPrefix(list[len(list)-1], "and ") && !strings.HasPrefix(list[len(list)-1], "& ") {
		s = list[0]
	}
	return s
}

// sectionList is how many parts with spaces between a list of sections has at least: two
// are a section's name as often.
const sectionList = 3

// lastStep returns the last step of a breadcrumb that is a section; "" where that is a
// headline, or leads back.
func (p *Page) lastStep(crumbs []string) string {
	for n := len(crumbs); n >= minSteps && (isNoSection(crumbs[n-1]) || p.isHeadline(crumbs[n-1])); n-- {
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

// isNoSection reports whether a text in the place of a section is a part of a date, or a
// word for no section.
func isNoSection(s string) bool {
	k := names.Key(s)
	if m := selectors.MatchPhrase(s); m.Prefix&selectors.PhraseUI != 0 {
		return true // "Back to the harbour"
	}
	return strings.Trim(k, "0123456789") == "" || dates.IsMonth(s, "") || selectors.IsPageStep(strings.ToLower(strings.Trim(s, " ‹›«»<>←→")))
}

// isHeadline reports whether a step of a breadcrumb is the article itself, by its title or
// most of it.
func (p *Page) isHeadline(s string) bool {
	k, title := names.Key(s), names.Key(p.Title)
	return k == title || title != "" && text.CountWords(s) > headlineWords && (strings.Contains(title, k) || strings.Contains(k, title))
}

// isSite reports whether a section is the site's own name: as the page states it, or as its
// host has it.
func (p *Page) isSite(s string) bool {
	k := names.Key(s)
	host := strings.TrimPrefix(p.Page.Address[strings.Index(p.Page.Address, "//")+1:], "/")
	host, _, _ = strings.Cut(host, "/")
	return k == names.Key(p.Metas.First("og:site_name")) || strings.Contains("."+host, "."+k+".")
}

// isInterface reports whether a link in the place of a breadcrumb's step is no step: it
// calls a script, or says what readers may do with the page.
func (p *Page) isInterface(a int32) bool {
	href := p.Attr(a, "href")
	if strings.HasPrefix(href, "javascript:") || strings.HasPrefix(href, "mailto:") {
		return true
	}
	return selectors.MatchPhrase(p.Shown(a)).Line&(selectors.PhraseShare|selectors.PhraseFollow|selectors.PhraseLogin|selectors.PhraseNewsletter) != 0
}

// headlineWords is how many words a step has that is the headline cut short.
const headlineWords = 3

// shownCategory returns the section that the article links to: the first link with
// rel=category of its head or its foot, which blogs write.
func (p *Page) shownCategory() string {
	for _, a := range p.Anchors {
		if rel := p.Attr(a, "rel"); strings.Contains(rel, "category") && !p.IsOther(a) && !p.Nodes[a].Hidden {
			if s := p.Shown(a); s != "" && text.CountWords(s) <= maxWords && !isNoSection(s) {
				return s
			}
		}
	}
	return ""
}

// shownCrumbs returns the links of the first breadcrumb that the page shows.
func (p *Page) shownCrumbs() []string {
	for i := p.Body; i < int32(len(p.Nodes)) && i < p.Headline+maxTrail; i++ {
		nd := &p.Nodes[i]
		_, typed := slices.BinarySearch(p.Itemtype, i)
		data := typed && strings.HasSuffix(p.Attr(i, "itemtype"), "/BreadcrumbList")
		if nd.Roles&selectors.Breadcrumb == 0 && !data && !(nd.DataAtom == atom.Nav || nd.DataAtom == atom.Ol) || nd.Hidden || nd.End-i > maxTrail {
			continue
		}
		if nd.Roles&selectors.Breadcrumb == 0 && !data && !strings.EqualFold(p.Attr(i, "aria-label"), "breadcrumb") {
			continue
		}
		var steps []string
		for j := i; j < nd.End && len(steps) < maxSteps; j++ {
			if p.Nodes[j].DataAtom == atom.A && p.Attr(j, "href") != "" && !p.isInterface(j) {
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
	p.dropTitle(&list)
	for _, k := range selectors.Metas().Keywords {
		if len(list.tags) > 0 {
			break
		}
		from = source.Source{Of: source.Meta, Detail: k}
		for _, s := range p.Metas[k] {
			list.addAll(s)
		}
		p.dropTitle(&list)
	}
	if len(list.tags) == 0 {
		from = source.Source{Of: source.ShownTags}
		p.addShown(&list)
	}
	return list.tags, from
}

// Content systems that have no keywords for an article state its title, whole or in words.
// titleWords is how many of its words make that likely, titleShare the share of the tags,
// one in so many, that they are at least.
const (
	titleWords = 4
	titleShare = 1.5
)

// dropTitle takes out of a list what is the title: all of it, or its words where most tags
// are such, and one of them is in small letters or has a sign at its end.
func (p *Page) dropTitle(list *tagList) {
	title := names.Words(p.Title)
	if len(title) < titleWords {
		return
	}
	key := names.Key(p.Title)
	list.tags = slices.DeleteFunc(list.tags, func(tag string) bool { return names.Key(tag) == key })
	isWord := func(tag string) bool {
		w := names.Words(tag)
		return len(w) == 1 && slices.Contains(title, w[0])
	}
	words, cut := 0, false
	for _, tag := range list.tags {
		if isWord(tag) {
			words++
			first, _ := utf8.DecodeRuneInString(tag)
			last, _ := utf8.DecodeLastRuneInString(tag)
			cut = cut || unicode.IsLower(first) || unicode.IsPunct(last)
		}
	}
	if cut && words >= titleWords && float64(words)*titleShare >= float64(len(list.tags)) {
		list.tags = slices.DeleteFunc(list.tags, isWord)
	}
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
		if s, href := p.Shown(a), p.Attr(a, "href"); href != "" && href[0] != '#' && !strings.Contains(p.Attr(a, "rel"), "category") && p.Nodes[a].Roles&selectors.Share == 0 {
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
	s = strings.Trim(s, " ,;#:*{}«»…")
	k := strings.ToLower(s)
	if names.Key(s) == "" || len(s) > maxTag || l.seen[k] || len(l.tags) >= maxTags {
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
