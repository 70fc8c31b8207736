package meta

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"newsclip/clean/article"
	"newsclip/clean/internal/jsonld"
	"newsclip/clean/internal/names"
	"newsclip/clean/internal/nodes"
	"newsclip/clean/internal/page"
	"newsclip/clean/internal/source"
	"newsclip/clean/internal/text"
	"newsclip/clean/internal/titles"
	"newsclip/selectors"
)

// names returns the reader for what the page shows.
func (r *metaReader) names() names.NameReader {
	lang, _, _ := strings.Cut(r.md.Language, "-")
	return names.NameReader{Lang: strings.ToLower(lang)}
}

// stated returns the reader for what the page states for machines.
func (r *metaReader) stated() names.NameReader {
	n := r.names()
	n.Stated = true
	return n
}

// An authorSource reads names from one place of the page.
type authorSource struct {
	of   source.Kind
	read func(*metaReader) []article.Author
	// weak sources guess. They are skipped where a source before them names the
	// site itself as the author.
	weak bool
}

// authorSources are read in this order, and the first that has a name wins: what
// content systems write for machines, then what the page shows as a byline, then
// guesses.
var authorSources = []authorSource{
	{source.LDAuthor, (*metaReader).ldAuthors, false},
	{source.MetaAuthor, (*metaReader).metaAuthors, false},
	{source.TwitterData, (*metaReader).labelledAuthors, false},
	{source.BylineClass, (*metaReader).classAuthors, false},
	{source.ByLine, (*metaReader).byLineAuthors, false},
	{source.AuthorLink, (*metaReader).linkedAuthors, false},
	{source.ItempropAuthor, (*metaReader).itempropAuthors, false},
	{source.RelAuthor, (*metaReader).relAuthors, false},
	{source.BylineNickname, (*metaReader).classNicknames, false},
	{source.NameLine, (*metaReader).nameLine, false},
	{source.BesideDate, (*metaReader).besideDate, true},
	{source.BesideMail, (*metaReader).besideMail, true},
	{source.BesideJob, (*metaReader).besideJob, true},
	{source.LDPerson, (*metaReader).ldPerson, true},
	{source.Tail, (*metaReader).labelledTail, false},
	{source.Tail, (*metaReader).tailAuthors, true},
}

// readAuthors sets authors and BylineNodes.
func (r *metaReader) readAuthors() {
	var site []article.Author // the site's own name, where a source gives it
	var siteFrom source.Source
	for _, s := range authorSources {
		if s.weak && site != nil && !strings.EqualFold(site[0].Name, r.host) {
			continue // the host says no more than that a system wrote it
		}
		found := s.read(r)
		people := r.withoutSite(found)
		if isStated(s.of) && len(people) == 1 {
			if shown := r.shownAuthors(people[0].Name); shown != nil {
				people, s.of = shown, source.BylineClass
			}
		}
		if len(people) > 0 {
			r.md.Authors, r.md.From.Authors = people, source.Source{Of: s.of}
			break
		}
		if site == nil && len(found) > 0 {
			site, siteFrom = found, source.Source{Of: s.of}
		}
	}
	if len(r.md.Authors) == 0 {
		r.md.Authors, r.md.From.Authors = site, siteFrom
	}
	r.findBylines()
}

// isStated reports whether a source is what the page states for machines.
func isStated(of source.Kind) bool {
	return of == source.LDAuthor || of == source.MetaAuthor || of == source.TwitterData
}

// shownAuthors returns the authors that the page shows where it states the account of
// someone else for machines: the name of an account, "jdoe", where a person signs; or
// another name than that of the one person in a line "By …" right under the headline,
// which is of who put the page in. Else it returns nil.
func (r *metaReader) shownAuthors(stated string) []article.Author {
	if account := names.IsAccount(stated); account || r.isHouse(stated) {
		last := (*metaReader).besideDate
		if !account {
			last = (*metaReader).labelledTail
		}
		for _, read := range []func(*metaReader) []article.Author{(*metaReader).classAuthors, (*metaReader).byLineAuthors, last} {
			if shown := r.withoutSite(read(r)); len(shown) > 0 && names.LooksLikePerson(shown[0].Name) && !r.isHouse(shown[0].Name) {
				return shown
			}
		}
		if account {
			return nil
		}
	}
	if all := r.allShown(stated); all != nil || r.headline < 0 {
		return all
	}
	for j := r.Nodes[r.headline].End; j < min(r.headTo, r.Nodes[r.headline].End+nearAfter); j++ {
		signed, box := r.byLineAt(j)
		if len(signed) == 0 || r.inFurniture(j) {
			continue
		}
		person := ""
		if len(signed) == 1 {
			person, _, _ = strings.Cut(signed[0], ",") // its degrees behind a comma
		}
		if !names.LooksLikePerson(person) || !names.LooksLikePerson(stated) && !isFeed(stated) || names.ShareWord(signed[0], stated) || r.isSiteName(signed[0]) ||
			r.afterReview(j) || r.InProse(j) {
			return nil
		}
		return names.AppendAuthors(nil, signed, r.OnlyLink(box))
	}
	return nil
}

// isHouse reports whether an author that the page states for machines is an agency or an
// organization: systems state the house where its page names who wrote.
func (r *metaReader) isHouse(stated string) bool {
	if names.IsNewsroom(stated) {
		return false // it signs
	}
	if tail, k := titles.Tail(r.TitleText()), names.Key(stated); tail != "" && len(k) > len(tail) && strings.HasPrefix(k, tail) {
		return true // "The Harbour Post Media Ltd"
	}
	if names.IsCompany(stated) || names.IsAgency(stated) {
		return true
	}
	for _, o := range r.ld.Articles {
		for _, p := range r.ld.People(o.Get(jsonld.LdAuthor)) {
			if p.Org && names.Key(p.Name) == names.Key(stated) {
				return true
			}
		}
	}
	return false
}

// isFeed reports whether a name is that of what puts pages in ("Harbour import"): it has
// several words that make no person and no newsroom.
func isFeed(stated string) bool {
	return strings.Contains(stated, " ") && !names.LooksLikePerson(stated) && !names.IsNewsroom(stated)
}

// allShown returns the authors of the byline where it begins with the one that the page
// states for machines and has others after that: systems state the first alone.
func (r *metaReader) allShown(stated string) []article.Author {
	shown := r.classAuthors()
	if len(shown) < 2 && len(r.relAuthors()) > 1 {
		shown = r.byLineAuthors()
	}
	if len(shown) < 2 || !strings.HasSuffix(names.Key(shown[0].Name), names.Key(stated)) {
		return nil
	}
	for _, a := range shown {
		if name, _, _ := strings.Cut(a.Name, ","); !names.LooksLikeName(name) || r.isSiteName(a.Name) || selectors.BylineGroupsOf(strings.ToLower(name)) != 0 {
			return nil
		}
	}
	return shown
}

// withoutSite returns the authors that are not the site itself.
func (r *metaReader) withoutSite(found []article.Author) []article.Author {
	var people []article.Author
	tail := ""
	if len(found) > 1 {
		tail = titles.Tail(r.TitleText()) // a site that names itself nowhere else
	}
	for _, a := range found {
		if r.isSiteName(a.Name) || tail != "" && names.Key(a.Name) == tail || len(found) == 1 && titles.Begins(r.TitleText(), a.Name) {
			continue
		}
		people = append(people, a)
	}
	return people
}

// maxOrganization is the longest name of an organization, in bytes, that is
// taken whole ("Brown & Sons"). Longer ones are lists of people.
const maxOrganization = 80

// ldAuthors reads the article's author, creator or contributor in JSON-LD.
func (r *metaReader) ldAuthors() []article.Author {
	var as []article.Author
	for _, key := range []jsonld.LdKey{jsonld.LdAuthor, jsonld.LdCreator, jsonld.LdContributor} {
		for _, o := range r.ld.Articles {
			for _, p := range r.ld.People(o.Get(key)) {
				u := r.Page.WebURL(p.URL)
				if p.Org && len(p.Name) <= maxOrganization && !strings.Contains(p.Name, "/") {
					as = names.AppendAuthors(as, []string{p.Name}, u)
				} else {
					as = r.stated().Add(as, p.Name, u)
				}
			}
			if len(as) > 0 {
				return names.WithoutJoined(as)
			}
		}
	}
	return nil
}

// metaAuthors reads the first meta element of metas.txt that has a name.
func (r *metaReader) metaAuthors() []article.Author {
	for _, k := range selectors.Metas().Author {
		var as []article.Author
		for _, s := range r.metas[k] {
			if r.isMaker(s) {
				continue
			}
			if k == "citation_author" {
				s = names.Turned(s) // Highwire's, of which each has one author
			}
			as = r.stated().Add(as, s, "")
		}
		if len(as) > 0 {
			return as
		}
	}
	return nil
}

// isMaker reports whether a meta element names who built the site, with the address of
// that house: "Harbour Web GmbH - www.harbour.example". People give their own.
func (r *metaReader) isMaker(s string) bool {
	name, _, ok := strings.Cut(s, " www.")
	name = strings.Trim(name, " ,;:|-–—")
	return ok && name != "" && (names.IsCompany(name) || !names.LooksLikePerson(name))
}

// labelledAuthors reads twitter:label1 "Written by" with twitter:data1, which
// content systems write for link previews.
func (r *metaReader) labelledAuthors() []article.Author {
	for _, n := range []string{"1", "2"} {
		label := strings.ToLower(strings.Trim(r.metas.First("twitter:label"+n), " :"))
		if selectors.BylineGroupsOf(label)&selectors.BylineBy != 0 {
			return r.stated().Add(nil, r.metas.First("twitter:data"+n), "")
		}
	}
	return nil
}

// ldPerson reads the one person that JSON-LD describes besides the article.
func (r *metaReader) ldPerson() []article.Author {
	if len(r.ld.Persons) != 1 {
		return nil
	}
	p := r.ld.PersonOf(r.ld.Persons[0])
	return r.stated().Add(nil, p.Name, r.Page.WebURL(p.URL))
}

// inFurniture reports whether a node stands in a box whose names and dates are
// not the article's: a comment, a teaser, the site's footer. A box that holds the
// headline is the article's own, whatever its class; so is a footer in an
// article, and a line under the headline.
func (r *metaReader) inFurniture(i int32) bool {
	if r.IsListItem(i, r.headline) {
		return true
	}
	footer := false
	for ; i >= 0; i = r.Nodes[i].Parent {
		nd := &r.Nodes[i]
		if nd.DataAtom == atom.Article || r.IsEntry(i, r.headline) {
			return r.IsOtherArticle(i, r.headline)
		}
		if i <= r.h1 && r.h1 < nd.End {
			return footer && !r.InEntry(i, r.headline)
		}
		switch nd.DataAtom {
		case atom.Body, atom.Main:
			return footer
		case atom.Nav, atom.Blockquote:
			return true
		}
		if (nd.Roles&selectors.Nav == 0 || r.OnlyLink(i) == "" && nd.DataAtom != atom.Nav) && r.isHeadLine(i) {
			continue
		}
		if nd.Roles&selectors.Comment != 0 && nd.Roles&(selectors.Date|selectors.Byline) != 0 && i > r.headline && i < r.headTo && nd.End-i <= nodes.LineNodes {
			continue // the day and the number of comments, as in "date-comments-wrapper"
		}
		if nd.Roles&(selectors.Comment|selectors.Embed|selectors.Nav|selectors.Newsletter) != 0 || nd.Roles&selectors.Related != 0 && !r.holdsArticle(i) {
			return true
		}
		footer = footer || (nd.DataAtom == atom.Footer || nd.Roles&selectors.Footer != 0) && !nodes.ContainsAny(strings.ToLower(r.Attr(i, "class")), selectors.Markup().EntryFooters)
	}
	return footer
}

// isHeadLine reports whether an element is a line or two right under the headline, in
// one box with it. Its class tells what stands there besides author and day, the number
// of comments or a form for a newsletter, or that it ends the head
// ("article-header__footer").
func (r *metaReader) isHeadLine(i int32) bool {
	if r.headline < 0 || i < r.headline || i-r.Nodes[r.headline].End > nearAfter || r.Nodes[i].End-i > nodes.LineNodes || r.textSize(i) > maxDateBox {
		return false
	}
	if end := r.Nodes[r.headline].End; i < r.headTo && end >= r.headFrom && int(r.sizes[i-r.headFrom]-r.sizes[end-r.headFrom]) > maxBeforeLine || r.isUnderText(i) {
		return false
	}
	box := r.Nodes[i].Parent
	for box > r.headline {
		box = r.Nodes[box].Parent
	}
	return box > r.Body && r.Nodes[box].DataAtom != atom.Main
}

// maxBeforeLine is how many bytes of text may stand between the headline and such a line: a
// standfirst and the caption of a picture.
const maxBeforeLine = 700

// maxRelAuthors is how many authors the links with rel=author have at most. With
// more, the page is a list of posts, each with an author of its own.
const maxRelAuthors = 7

// relAuthors reads the links with rel=author.
func (r *metaReader) relAuthors() []article.Author {
	var as []article.Author
	last := int32(-1)
	for _, i := range r.Anchors {
		if strings.Contains(r.Attr(i, "rel"), "author") && !r.inFurniture(i) {
			if r.textParts(last, i) {
				break // those of teasers after the text
			}
			if signed := r.bylineNames(i); len(signed) > 0 {
				as, last = names.AppendAuthors(as, signed, r.Page.WebURL(r.Attr(i, "href"))), i
			}
			if len(as) > maxRelAuthors {
				return nil
			}
		}
	}
	if len(as) > 0 {
		return as
	}
	// The line under an article may be marked as a footer. One name counts.
	for _, i := range r.Anchors {
		if strings.Contains(r.Attr(i, "rel"), "author") && !r.inComment(i) {
			as = names.AppendAuthors(as, r.bylineNames(i), r.Page.WebURL(r.Attr(i, "href")))
		}
	}
	if len(as) > 1 {
		return nil
	}
	return as
}

// itempropAuthors reads the microdata property "author", and "name" in it.
func (r *metaReader) itempropAuthors() []article.Author {
	var as []article.Author
	skip := int32(0)
	for n, i := range r.Itemprop {
		if i < skip || !text.HasWord(r.Attr(i, "itemprop"), "author") || r.inFurniture(i) || r.InFigure(i) {
			continue
		}
		nd := &r.Nodes[i]
		skip = nd.End
		name, u := "", r.Page.WebURL(r.Attr(i, "href"))
		if nd.DataAtom == atom.Meta {
			name = jsonld.PlainText(r.Attr(i, "content"))
		}
		for _, j := range r.Itemprop[n+1:] {
			if j >= nd.End {
				break
			}
			if r.Attr(j, "itemprop") == "name" {
				name = r.Shown(j)
				if r.Nodes[j].DataAtom == atom.Meta {
					name = jsonld.PlainText(r.Attr(j, "content"))
				}
				break
			}
		}
		if name == "" {
			as = names.AppendAuthors(as, r.bylineNames(i), u)
		}
		as = r.stated().Add(as, name, u)
	}
	return as
}

// linkedAuthors reads the links of the article's head to an author's page.
func (r *metaReader) linkedAuthors() []article.Author {
	var as []article.Author
	last := int32(-1)
	for _, i := range r.Anchors {
		if i < r.headFrom {
			continue
		}
		if i >= r.headTo {
			break
		}
		href := r.Attr(i, "href")
		if r.Attr(i, "rel") == "license" {
			continue // "/licenses/by/4.0/"
		}
		if (page.LinkKinds(href)&selectors.LinkAuthor != 0 || r.isSignedLink(i)) && !r.inFurniture(i) && !r.InProse(i) && !r.afterReview(i) && !r.GoesOnBehind(i) {
			if r.textParts(last, i) {
				break
			}
			if signed := r.bylineNames(i); len(signed) > 0 {
				as, last = names.AppendAuthors(as, signed, r.Page.WebURL(href)), i
			}
		}
	}
	return as
}

// isSignedLink reports whether a link names a person, and its title or address tells that it
// leads to what that person wrote: "All articles by Jo Doe", /@jodoe, /blog-authors/jo-doe.
func (r *metaReader) isSignedLink(i int32) bool {
	title, href := r.Attr(i, "title"), r.Attr(i, "href")
	byAddress := strings.Contains(href, "author") || strings.HasPrefix(href[strings.LastIndexByte(href, '/')+1:], "@")
	if title == "" && !byAddress {
		return false
	}
	s := r.Shown(i)
	if !names.LooksLikePerson(s) || r.isTopic(s) {
		return false
	}
	label, ok := strings.CutSuffix(title, " "+s)
	return byAddress || ok && r.names().IsBy(strings.ToLower(label[strings.LastIndexByte(label, ' ')+1:]))
}

// classAuthors reads the first element whose class marks it as a byline and that
// holds a name of two words or more.
func (r *metaReader) classAuthors() []article.Author { return r.byClass(true) }

// maxBylineNodes is how many nodes an element with the class of a byline has at
// most. A longer one is a box around more than a byline.
const maxBylineNodes = 120

func (r *metaReader) byClass(full bool) []article.Author {
	for i := r.headFrom; i < r.headTo; {
		nd := &r.Nodes[i]
		if nd.Roles&selectors.Byline == 0 || nd.End-i > maxBylineNodes || nd.DataAtom == atom.Article || r.IsEntry(i, r.headline) || nd.Hidden || r.IsAside(i) || r.inFurniture(i) || r.isNoByline(i) || r.HoldsItems(i, r.headline) {
			i++
			continue
		}
		signed := r.withoutUnits(r.bylineNames(i))
		if !full {
			signed = slices.DeleteFunc(signed, r.isTopic) // "Harbours - 6 May 2024"
		}
		if len(signed) > 0 && (!full || names.LooksLikeName(signed[0])) {
			return r.eachCard(i, names.AppendAuthors(nil, signed, r.OnlyLink(i)))
		}
		i = nd.End
	}
	return nil
}

// maxCard is how many bytes of text a card of one author has at most.
const maxCard = 40

// eachCard returns the authors in the cards of one class of which the first is in element
// i or is i, where each has one person's name. Else it returns those found in i.
func (r *metaReader) eachCard(i int32, found []article.Author) []article.Author {
	person := func(s string) bool { return names.LooksLikePerson(s) || names.IsCJKName(s) }
	if len(found) > 1 || !person(found[0].Name) {
		return found
	}
	var all []article.Author
	for _, e := range r.Alike(i, selectors.Byline) {
		signed := r.bylineNames(e)
		if r.textSize(e) > maxCard || len(signed) != 1 || !person(signed[0]) || r.afterReview(e) || r.isNoByline(e) {
			return found
		}
		all = names.AppendAuthors(all, signed, r.OnlyLink(e))
	}
	if len(all) < 2 || all[0].Name != found[0].Name {
		return found
	}
	return all
}

// isNoByline reports whether an element with the class of a byline is the text about an
// author, a field to filter by, or the line that tells whose the site is.
func (r *metaReader) isNoByline(i int32) bool {
	if nodes.ContainsAny(strings.ToLower(r.Attr(i, "class")), selectors.Markup().Bios) {
		return true
	}
	for p, n := i, 0; p > r.Body && n < bylineUp; p, n = r.Nodes[p].Parent, n+1 {
		if nodes.ContainsAny(strings.ToLower(r.Attr(p, "id")), selectors.Markup().Bios) || r.Nodes[p].DataAtom == atom.Fieldset || r.Nodes[p].Roles&selectors.Breadcrumb != 0 || r.Nodes[p].DataAtom == atom.Form && p > r.headline {
			return true
		}
	}
	return strings.Contains(r.Shown(i), "©")
}

// minFirstParagraph is the length of a paragraph that opens an article.
const minFirstParagraph = 150

// nameLine reads a name that is a paragraph of its own right before the article's
// first paragraph, as small newspapers print it.
func (r *metaReader) nameLine() []article.Author {
	if r.h1 < 0 {
		return nil
	}
	title := names.Key(r.md.Title)
	for i := r.Nodes[r.h1].End; i < r.headTo; i++ {
		nd := &r.Nodes[i]
		if nd.DataAtom != atom.P || nd.Hidden || r.textSize(i) > maxNameText || r.inFurniture(i) || r.inLink(i) {
			continue
		}
		s := strings.Trim(r.Shown(i), " \u00a0.")
		words := strings.Fields(s)
		if len(words) < 2 || !names.LooksLikePerson(names.TitleCase(words)) || r.names().Clean(s, false) != s || r.isTopic(s) || strings.Contains(title, names.Key(s)) {
			continue
		}
		next := nd.End
		for next < int32(len(r.Nodes)) && r.Nodes[next].Type == html.TextNode {
			next++
		}
		if next < int32(len(r.Nodes)) && r.Nodes[next].DataAtom == atom.P && len(r.Shown(next)) >= minFirstParagraph {
			return []article.Author{{Name: s}}
		}
		return nil
	}
	return nil
}

// isTopic reports whether s is a section or tag of the page, or says "Read on" or the like.
func (r *metaReader) isTopic(s string) bool {
	k := names.Key(s)
	if names.Key(r.md.Section) == k || selectors.MatchPhrase(s).Line&(selectors.PhraseReadMore|selectors.PhraseTags) != 0 {
		return true
	}
	for _, list := range [][]string{r.ld.Crumbs, r.metas["article:section"], r.metas["article:tag"], {r.ld.First(jsonld.LdArticleSection)}} {
		for _, t := range list {
			if names.Key(t) == k {
				return true
			}
		}
	}
	return false
}

// withoutUnits drops the names after the first that begins with the site's name
// in capitals: of "Jo Doe, ABC Berlin", the second where the site is ABC.
func (r *metaReader) withoutUnits(names []string) []string {
	for n := 1; n < len(names); n++ {
		if first, _, more := strings.Cut(names[n], " "); more && len(first) > 2 && first == strings.ToUpper(first) && r.isSiteName(first) {
			return names[:n]
		}
	}
	return names
}

// byLineAuthors reads a short line that begins with "By …".
func (r *metaReader) byLineAuthors() []article.Author {
	for j := r.headFrom; j < r.headTo; j++ {
		if signed, box := r.byLineAt(j); len(signed) > 0 && (names.LooksLikeName(signed[0]) || r.hasTitle(j) || j+1 < r.headTo && r.IsAuthorLink(j+1) && r.names().IsBy(strings.ToLower(strings.TrimRight(jsonld.Collapse(r.Nodes[j].Data), ":"))) || names.IsCJKName(signed[0]) && strings.ContainsAny(r.Nodes[j].Data, ":：") || (names.IsHanName(signed[0]) || r.names().Lang == "ja" && names.IsCJKName(signed[0])) && strings.ContainsAny(r.Nodes[j].Data, "/／|｜=＝・")) && !r.inFurniture(j) && !r.GoesOn(j) {
			found := names.AppendAuthors(nil, signed, r.OnlyLink(box))
			for card, up := box, 0; card > r.headline && up < byUp; card, up = r.Nodes[card].Parent, up+1 {
				if r.Nodes[card].Roles&selectors.Byline != 0 {
					return r.eachCard(card, found)
				}
			}
			return found
		}
	}
	return nil
}

// hasTitle reports whether text node j is a name with a job title written at it.
func (r *metaReader) hasTitle(j int32) bool {
	_, ok := names.Attached(jsonld.Collapse(r.Nodes[j].Data))
	return ok
}
