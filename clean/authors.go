package clean

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"newsclip/selectors"
)

// An authorSource reads names from one place of the page.
type authorSource struct {
	of   sourceOf
	read func(*metaReader) []Author
	// weak sources guess. They are skipped where a source before them names the
	// site itself as the author.
	weak bool
}

// authorSources are read in this order, and the first that has a name wins: what
// content systems write for machines, then what the page shows as a byline, then
// guesses.
var authorSources = []authorSource{
	{fromLDAuthor, (*metaReader).ldAuthors, false},
	{fromMetaAuthor, (*metaReader).metaAuthors, false},
	{fromTwitterData, (*metaReader).labelledAuthors, false},
	{fromBylineClass, (*metaReader).classAuthors, false},
	{fromByLine, (*metaReader).byLineAuthors, false},
	{fromAuthorLink, (*metaReader).linkedAuthors, false},
	{fromItempropAuthor, (*metaReader).itempropAuthors, false},
	{fromRelAuthor, (*metaReader).relAuthors, false},
	{fromBylineNickname, (*metaReader).classNicknames, false},
	{fromBesideDate, (*metaReader).besideDate, true},
	{fromLDPerson, (*metaReader).ldPerson, true},
	{fromTail, (*metaReader).tailAuthors, true},
}

// readAuthors sets authors and bylineNodes.
func (r *metaReader) readAuthors() {
	var site []Author // the site's own name, where a source gives it
	var siteFrom source
	for _, s := range authorSources {
		if s.weak && site != nil {
			continue
		}
		found := s.read(r)
		people := r.withoutSite(found)
		if len(people) > 0 {
			r.md.authors, r.md.from.authors = people, source{of: s.of}
			break
		}
		if site == nil && len(found) > 0 {
			site, siteFrom = found, source{of: s.of}
		}
	}
	if len(r.md.authors) == 0 {
		r.md.authors, r.md.from.authors = site, siteFrom
	}
	r.findBylines()
}

// withoutSite returns the authors that are not the site itself.
func (r *metaReader) withoutSite(found []Author) []Author {
	var people []Author
	for _, a := range found {
		if r.isSiteName(a.Name) {
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
func (r *metaReader) ldAuthors() []Author {
	var as []Author
	for _, key := range []ldKey{ldAuthor, ldCreator, ldContributor} {
		for _, o := range r.ld.articles {
			for _, p := range r.ld.people(o.get(key)) {
				u := r.page.webURL(p.url)
				if p.org && len(p.name) <= maxOrganization && !strings.Contains(p.name, "/") {
					as = appendAuthors(as, []string{p.name}, u)
				} else {
					as = addNames(as, p.name, u)
				}
			}
			if len(as) > 0 {
				return as
			}
		}
	}
	return nil
}

// metaAuthors reads the first meta element of metas.txt that has a name.
func (r *metaReader) metaAuthors() []Author {
	for _, k := range selectors.Metas().Author {
		var as []Author
		for _, s := range r.metas[k] {
			as = addNames(as, s, "")
		}
		if len(as) > 0 {
			return as
		}
	}
	return nil
}

// labelledAuthors reads twitter:label1 "Written by" with twitter:data1, which
// content systems write for link previews.
func (r *metaReader) labelledAuthors() []Author {
	for _, n := range []string{"1", "2"} {
		label := strings.ToLower(strings.Trim(r.metas.first("twitter:label"+n), " :"))
		if selectors.BylineGroupsOf(label)&selectors.BylineBy != 0 {
			return addNames(nil, r.metas.first("twitter:data"+n), "")
		}
	}
	return nil
}

// ldPerson reads the one person that JSON-LD describes besides the article.
func (r *metaReader) ldPerson() []Author {
	if len(r.ld.persons) != 1 {
		return nil
	}
	p := r.ld.person(r.ld.persons[0])
	return addNames(nil, p.name, r.page.webURL(p.url))
}

// inFurniture reports whether a node stands in a box whose names and dates are
// not the article's: a comment, a teaser, the site's footer. A box that holds the
// headline is the article's own, whatever its class; so is a footer in an
// article.
func (r *metaReader) inFurniture(i int32) bool {
	footer := false
	for ; i >= 0; i = r.nodes[i].parent {
		nd := &r.nodes[i]
		if i <= r.h1 && r.h1 < nd.end {
			return footer
		}
		switch nd.DataAtom {
		case atom.Body, atom.Main:
			return footer
		case atom.Article:
			return false
		case atom.Nav, atom.Blockquote:
			return true
		case atom.Footer:
			footer = true
			continue
		}
		if nd.roles&(selectors.Comment|selectors.Related|selectors.Nav|selectors.Newsletter) != 0 {
			return true
		}
		footer = footer || nd.roles&selectors.Footer != 0
	}
	return footer
}

// maxRelAuthors is how many authors the links with rel=author have at most. With
// more, the page is a list of posts, each with an author of its own.
const maxRelAuthors = 7

// relAuthors reads the links with rel=author.
func (r *metaReader) relAuthors() []Author {
	var as []Author
	for _, i := range r.anchors {
		if strings.Contains(r.attr(i, "rel"), "author") && !r.inFurniture(i) {
			as = appendAuthors(as, r.bylineNames(i), r.page.webURL(r.attr(i, "href")))
			if len(as) > maxRelAuthors {
				return nil
			}
		}
	}
	return as
}

// itempropAuthors reads the microdata property "author", and "name" in it.
func (r *metaReader) itempropAuthors() []Author {
	var as []Author
	skip := int32(0)
	for n, i := range r.itemprop {
		if i < skip || !hasWord(r.attr(i, "itemprop"), "author") || r.inFurniture(i) {
			continue
		}
		nd := &r.nodes[i]
		skip = nd.end
		name, u := "", r.page.webURL(r.attr(i, "href"))
		if nd.DataAtom == atom.Meta {
			name = plainText(r.attr(i, "content"))
		}
		for _, j := range r.itemprop[n+1:] {
			if j >= nd.end {
				break
			}
			if r.attr(j, "itemprop") == "name" {
				name = r.shown(j)
				if r.nodes[j].DataAtom == atom.Meta {
					name = plainText(r.attr(j, "content"))
				}
				break
			}
		}
		if name == "" {
			as = appendAuthors(as, r.bylineNames(i), u)
		}
		as = addNames(as, name, u)
	}
	return as
}

// hasWord reports whether a list of words with spaces between has w.
func hasWord(list, w string) bool {
	for _, f := range strings.Fields(list) {
		if f == w {
			return true
		}
	}
	return false
}

// linkedAuthors reads the links of the article's head to an author's page.
func (r *metaReader) linkedAuthors() []Author {
	var as []Author
	for _, i := range r.anchors {
		if i < r.headFrom {
			continue
		}
		if i >= r.headTo {
			break
		}
		href := r.attr(i, "href")
		if linkKinds(href)&selectors.LinkAuthor != 0 && !r.inFurniture(i) && !r.inProse(i) && !r.afterReview(i) {
			as = appendAuthors(as, r.bylineNames(i), r.page.webURL(href))
		}
	}
	return as
}

// linkKinds returns the kinds of page that the steps of an address stand for, but
// for the last step, which is the page's own.
func linkKinds(href string) selectors.Link {
	var kinds selectors.Link
	_, rest, more := strings.Cut(strings.ToLower(href), "/")
	for more {
		var step string
		step, rest, more = strings.Cut(rest, "/")
		switch {
		case !more:
		case rest == "": // "/author/" lists all authors
			kinds |= selectors.LinkOf(step) &^ selectors.LinkAuthor
		default:
			kinds |= selectors.LinkOf(step)
		}
	}
	return kinds
}

// classAuthors reads the first element whose class marks it as a byline and that
// holds a name of two words or more.
func (r *metaReader) classAuthors() []Author { return r.byClass(true) }

// classNicknames also accepts one word: pen names and initials.
func (r *metaReader) classNicknames() []Author { return r.byClass(false) }

// maxBylineNodes is how many nodes an element with the class of a byline has at
// most. A longer one is a box around more than a byline.
const maxBylineNodes = 120

func (r *metaReader) byClass(full bool) []Author {
	for i := r.headFrom; i < r.headTo; {
		nd := &r.nodes[i]
		if nd.roles&selectors.Byline == 0 || nd.end-i > maxBylineNodes || nd.hidden || r.inFurniture(i) {
			i++
			continue
		}
		if names := r.withoutUnits(r.bylineNames(i)); len(names) > 0 && (!full || looksLikeName(names[0])) {
			return appendAuthors(nil, names, r.onlyLink(i))
		}
		i = nd.end
	}
	return nil
}

// besideDate's limits: how many nodes before and after the date it reads, and how
// many bytes a text node may have that is no more than a name.
const (
	nodesBeforeDate = 12
	nodesAfterDate  = 16
	maxNameText     = 200
)

// besideDate reads a name that stands right before or after the first date of
// the article's head, without a word or class that marks it as a byline.
func (r *metaReader) besideDate() []Author {
	if len(r.md.dateNodes) == 0 || r.h1 < 0 {
		return nil
	}
	d := r.md.dateNodes[0]
	for _, span := range [2][2]int32{{max(r.headFrom, d-nodesBeforeDate), d}, {d, min(r.headTo, d+nodesAfterDate)}} {
		for j := span[1] - 1; j >= span[0]; j-- {
			nd := &r.nodes[j]
			if nd.Type != html.TextNode || len(nd.Data) > maxNameText || j >= r.h1 && j < r.nodes[r.h1].end || r.inLink(j) || r.inFurniture(j) {
				continue
			}
			s, _, _ := strings.Cut(collapse(nd.Data), "|")
			s = strings.Trim(s, " ·•,–-")
			if looksLikePerson(s) && cleanName(s, false) == s && !r.isTopic(s) {
				return []Author{{Name: s}}
			}
		}
	}
	return nil
}

// isTopic reports whether s is a section or tag of the page.
func (r *metaReader) isTopic(s string) bool {
	k := nameKey(s)
	for _, list := range [][]string{r.ld.crumbs, r.metas["article:section"], r.metas["article:tag"], {r.ld.first(ldArticleSection)}} {
		for _, t := range list {
			if nameKey(t) == k {
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
func (r *metaReader) byLineAuthors() []Author {
	for j := r.headFrom; j < r.headTo; j++ {
		if names, box := r.byLineAt(j); len(names) > 0 && looksLikeName(names[0]) && !r.inFurniture(j) {
			return appendAuthors(nil, names, r.onlyLink(box))
		}
	}
	return nil
}

// Limits of tailAuthors: the bytes of a line with a "Written by", and the nodes
// of an author's box.
const (
	maxTailLine = 120
	maxTailBox  = 60
)

// tailAuthors reads the names at the article's end or in a side column: an
// author's box, a line with "Written by". It returns nothing where it finds more
// than one byline: that is a list of other articles.
func (r *metaReader) tailAuthors() []Author {
	var as []Author
	for j := r.headTo; j < int32(len(r.nodes)); j++ {
		nd := &r.nodes[j]
		var names []string
		box := j
		switch {
		case nd.Type == html.TextNode:
			if k := strings.IndexAny(nd.Data, "yYnNrR:"); k < 0 || len(nd.Data) > maxTailLine {
				continue
			}
			s := strings.ToLower(collapse(nd.Data))
			first, _, _ := strings.Cut(s, " ")
			if !strings.HasSuffix(first, ":") && selectors.BylineGroupsOf(first)&selectors.BylineBy != 0 {
				continue // a lone "by" begins sentences too
			}
			names, box = r.byLineAt(j)
			if len(names) > 0 && !looksLikeName(names[0]) {
				names = nil
			}
		case nd.roles&(selectors.Byline|selectors.Author) != 0 && nd.end-j < maxTailBox:
			names = r.bylineNames(j)
		}
		if len(names) == 0 || r.inFurniture(j) || r.afterReview(j) {
			continue
		}
		before := len(as)
		as = appendAuthors(as, names, r.onlyLink(box))
		if before > 0 && len(as) > before {
			return as[:0:0]
		}
		j = max(j, r.nodes[box].end-1)
	}
	return as
}
