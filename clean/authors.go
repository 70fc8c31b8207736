package clean

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"newsclip/selectors"
)

// An authorSource reads names from one place of the page. They are asked in
// order, and the first that has a name wins.
type authorSource struct {
	of   sourceOf
	read func(*metaReader) []Author
	// weak sources guess: they are not asked where the house itself signs.
	weak bool
}

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
	var house []Author
	var from source
	for _, s := range authorSources {
		if s.weak && house != nil {
			continue
		}
		found := s.read(r)
		people := r.withoutHouse(found)
		if len(people) > 0 {
			r.md.authors, r.md.from.authors = people, source{of: s.of}
			break
		}
		if house == nil && len(found) > 0 {
			house, from = found, source{of: s.of}
		}
	}
	if len(r.md.authors) == 0 {
		// The house itself signs where nobody else does.
		r.md.authors, r.md.from.authors = house, from
	}
	r.findBylines()
}

// withoutHouse returns the authors that are not the site itself.
func (r *metaReader) withoutHouse(found []Author) []Author {
	var people []Author
	for _, a := range found {
		if r.isSiteName(a.Name) {
			continue
		}
		people = append(people, a)
	}
	return people
}

// addNames appends the names in a byline's text, each once. The address goes
// with a single name only.
func addNames(as []Author, text, url string) []Author {
	return appendAuthors(as, splitNames(text, true), url)
}

func appendAuthors(as []Author, names []string, url string) []Author {
	if len(names) > 1 {
		url = ""
	}
next:
	for _, n := range names {
		k := nameKey(n)
		for i := range as {
			if nameKey(as[i].Name) == k {
				if as[i].URL == "" {
					as[i].URL = url
				}
				continue next
			}
		}
		if len(as) < 30 {
			as = append(as, Author{Name: n, URL: url})
		}
	}
	return as
}

func (r *metaReader) ldAuthors() []Author {
	var as []Author
	for _, key := range []ldKey{ldAuthor, ldCreator, ldContributor} {
		for _, o := range r.ld.articles {
			for _, p := range r.ld.people(o.get(key)) {
				u := r.page.webURL(p.url)
				if p.org && len(p.name) <= 80 && !strings.Contains(p.name, "/") {
					as = appendAuthors(as, []string{p.name}, u) // "Brown & Sons" are one
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

func (r *metaReader) metaAuthors() []Author {
	for _, k := range []string{"author", "article:author", "article:author:name", "og:author", "og:article:author", "parsely-author", "sailthru.author", "cxenseparse:author", "dc.creator", "dcterms.creator", "dc.creator.personalname", "citation_author", "byl", "authors"} {
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
		if selectors.PhraseOf(label)&selectors.PhraseBy != 0 {
			return addNames(nil, r.metas.first("twitter:data"+n), "")
		}
	}
	return nil
}

// ldPerson takes the one person that JSON-LD describes besides the article.
func (r *metaReader) ldPerson() []Author {
	if len(r.ld.persons) != 1 {
		return nil
	}
	p := r.ld.person(r.ld.persons[0])
	return addNames(nil, p.name, r.page.webURL(p.url))
}

// inFurniture says that a node stands in a box whose names and dates are of
// others: a comment, a teaser, the site's footer. A box that holds the headline
// is the article's own, whatever it is called; so is a footer in an article.
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

func (r *metaReader) relAuthors() []Author {
	var as []Author
	for _, i := range r.anchors {
		if strings.Contains(r.attr(i, "rel"), "author") && !r.inFurniture(i) {
			as = appendAuthors(as, r.bylineNames(i), r.page.webURL(r.attr(i, "href")))
			if len(as) >= 8 {
				return nil // a list of posts, each with its own author
			}
		}
	}
	return as
}

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

// hasWord says that a list of words parted by spaces has w.
func hasWord(list, w string) bool {
	for _, f := range strings.Fields(list) {
		if f == w {
			return true
		}
	}
	return false
}

// authorPaths are the steps of addresses under which sites keep the pages of
// their authors.
var authorPaths = []string{"/author/", "/authors/", "/autor/", "/autoren/", "/autores/", "/auteur/", "/auteurs/", "/autore/", "/autori/",
	"/people/", "/person/", "/profile/", "/profil/", "/by/", "/staff/", "/journalist/", "/journalists/", "/columnist/", "/columnists/", "/contributor/", "/contributors/",
	"/writer/", "/writers/", "/reporter/", "/redakteur/", "/bio/", "/team/", "/skribent/", "/yazar/", "/yazarlar/", "/penulis/", "/user/", "/users/", "/firma/", "/firmas/"}

func (r *metaReader) linkedAuthors() []Author {
	var as []Author
	for _, i := range r.anchors {
		if i < r.headFrom {
			continue
		}
		if i >= r.headTo {
			break
		}
		href := strings.ToLower(r.attr(i, "href"))
		for _, p := range authorPaths {
			if k := strings.Index(href, p); k >= 0 && len(href) > k+len(p) && !r.inFurniture(i) {
				if !r.inProse(i) && !r.afterReview(i) {
					as = appendAuthors(as, r.bylineNames(i), r.page.webURL(r.attr(i, "href")))
				}
				break
			}
		}
	}
	return as
}

// classAuthors reads the first element whose class calls it a byline and that
// holds a name of two words or more.
func (r *metaReader) classAuthors() []Author { return r.byClass(true) }

// classNicknames also takes one word: pen names and initials.
func (r *metaReader) classNicknames() []Author { return r.byClass(false) }

func (r *metaReader) byClass(full bool) []Author {
	for i := r.headFrom; i < r.headTo; {
		nd := &r.nodes[i]
		if nd.roles&selectors.Byline == 0 || nd.end-i > 120 || nd.hidden || r.inFurniture(i) {
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

// besideDate reads a name that stands right before or after the first date of
// the article's head, with no word or class that says so.
func (r *metaReader) besideDate() []Author {
	if len(r.md.dateNodes) == 0 || r.h1 < 0 {
		return nil
	}
	d := r.md.dateNodes[0]
	for _, span := range [2][2]int32{{max(r.headFrom, d-12), d}, {d, min(r.headTo, d+16)}} {
		for j := span[1] - 1; j >= span[0]; j-- {
			nd := &r.nodes[j]
			if nd.Type != html.TextNode || len(nd.Data) > 200 || j >= r.h1 && j < r.nodes[r.h1].end || r.inLink(j) || r.inFurniture(j) {
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

// looksLikePerson is stricter than looksLikeName: two or three words, letters
// only, each capitalised and not all of it in capitals.
func looksLikePerson(s string) bool {
	words := strings.Fields(s)
	if len(words) < 2 || len(words) > 3 || s == strings.ToUpper(s) {
		return false
	}
	for _, w := range words {
		for i, c := range w {
			if i == 0 && !unicode.IsUpper(c) || !unicode.IsLetter(c) && c != '.' && c != '-' && c != '\'' && c != '’' && !unicode.IsMark(c) {
				return false
			}
		}
	}
	return true
}

// isTopic says that s is a section or tag of the page.
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

// withoutUnits drops what follows a name and begins with the site's own:
// "Jo Doe, ABC Berlin" where the site is ABC.
func (r *metaReader) withoutUnits(names []string) []string {
	for n := 1; n < len(names); n++ {
		if first, _, more := strings.Cut(names[n], " "); more && len(first) > 2 && first == strings.ToUpper(first) && r.isSiteName(first) {
			return names[:n]
		}
	}
	return names
}

// onlyLink returns the address of the one link in node i, or "".
func (r *metaReader) onlyLink(i int32) string {
	u := ""
	for j := i; j < r.nodes[i].end; j++ {
		if r.nodes[j].DataAtom == atom.A {
			if u != "" {
				return ""
			}
			u = r.page.webURL(r.attr(j, "href"))
		}
	}
	return u
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

// byLineAt reads the names that follow a "By" with which text node j begins,
// and returns the element that holds them.
func (r *metaReader) byLineAt(j int32) (names []string, box int32) {
	nd := &r.nodes[j]
	if nd.Type != html.TextNode || len(nd.Data) > 400 {
		return nil, 0
	}
	s := collapse(nd.Data)
	if len(s) < 2 || len(s) > 140 {
		return nil, 0
	}
	rest, ok := cutBy(s + " ")
	if !ok || j >= r.h1 && r.h1 >= 0 && j < r.nodes[r.h1].end || isReview(s) {
		return nil, 0
	}
	box = nd.parent
	for up := 0; rest == "" && up < 3 && r.nodes[box].end == j+1; up++ {
		box = r.nodes[box].parent
	}
	if box < 0 || r.nodes[box].end-j > 60 {
		return nil, 0
	}
	return r.bylineNamesIn(j, r.nodes[box].end), box
}

// tailAuthors reads the names at the article's end or in a side column: an
// author's box, a "Written by …". All that it finds must be one byline.
func (r *metaReader) tailAuthors() []Author {
	var as []Author
	for j := r.headTo; j < int32(len(r.nodes)); j++ {
		nd := &r.nodes[j]
		var names []string
		box := j
		switch {
		case nd.Type == html.TextNode:
			if k := strings.IndexAny(nd.Data, "yYnNrR:"); k < 0 || len(nd.Data) > 120 {
				continue
			}
			s := strings.ToLower(collapse(nd.Data))
			first, _, _ := strings.Cut(s, " ")
			if !strings.HasSuffix(first, ":") && selectors.PhraseOf(first)&selectors.PhraseBy != 0 {
				continue // a lone "by" begins sentences too
			}
			names, box = r.byLineAt(j)
			if len(names) > 0 && !looksLikeName(names[0]) {
				names = nil
			}
		case nd.roles&(selectors.Byline|selectors.Author) != 0 && nd.end-j < 60:
			names = r.bylineNames(j)
		}
		if len(names) == 0 || r.inFurniture(j) || r.afterReview(j) {
			continue
		}
		before := len(as)
		as = appendAuthors(as, names, r.onlyLink(box))
		if before > 0 && len(as) > before {
			return as[:0:0] // several bylines: a list of other articles
		}
		j = max(j, r.nodes[box].end-1)
	}
	return as
}

// inProse says that node i is part of a sentence: its block has much more
// text than a byline.
func (r *metaReader) inProse(i int32) bool {
	for ; i >= 0; i = r.nodes[i].parent {
		if isBlock(r.nodes[i].Node) {
			break
		}
	}
	if i < 0 {
		return false
	}
	n := 0
	for j := i; j < r.nodes[i].end; j++ {
		if r.nodes[j].Type == html.TextNode {
			n += len(r.nodes[j].Data)
		}
		if n > 300 {
			return true
		}
	}
	return false
}

// afterReview says that what stands right before node i names who checked the
// article, not who wrote it.
func (r *metaReader) afterReview(i int32) bool {
	for j, texts := i-1, 0; j > r.headFrom && j > i-16 && texts < 2; j-- {
		if r.nodes[j].Type != html.TextNode {
			continue
		}
		s := collapse(r.nodes[j].Data)
		if s == "" {
			continue
		}
		texts++
		if isReview(s) {
			return true
		}
		if len(s) > 4 {
			return false
		}
	}
	return false
}

// isReview says that a label such as "Fact checked by" stands in s.
func isReview(s string) bool {
	words := titleWords(s)
	if len(words) > 8 {
		return false
	}
	for i := range words {
		if selectors.PhraseOf(words[i])&selectors.PhraseReview != 0 ||
			i+1 < len(words) && selectors.PhraseOf(words[i]+" "+words[i+1])&selectors.PhraseReview != 0 {
			return true
		}
	}
	return false
}

// bylineNames reads the names out of an element that shows a byline. It goes
// by its pieces of text: a name is a piece, and another name follows it only
// after a comma or an "and"; job, place and date stand in pieces after them.
func (r *metaReader) bylineNames(i int32) []string {
	return r.bylineNamesIn(i, r.nodes[i].end)
}

func (r *metaReader) bylineNamesIn(i, end int32) []string {
	var names []string
	joined, skip := true, false
	pieces := 0
	for j := i; j < end && pieces < 24; j++ {
		nd := &r.nodes[j]
		if nd.Type != html.TextNode {
			if j > i && (isOpaque(nd.DataAtom) || nd.hidden || nd.DataAtom == atom.Time ||
				nd.roles&(selectors.Tags|selectors.Breadcrumb|selectors.Share) != 0 || nd.DataAtom == atom.A && r.isTopicLink(j)) {
				j = nd.end - 1
			}
			continue
		}
		s := collapse(nd.Data)
		if s == "" {
			continue
		}
		pieces++
		if isReview(s) {
			if len(names) > 0 {
				break
			}
			skip = true
			continue
		}
		bare := strings.ToLower(strings.Trim(s, " :.–—-"))
		g := selectors.PhraseOf(bare)
		if bare == "" || g&selectors.PhraseBy != 0 {
			continue
		}
		if bare == "," || bare == ";" || bare == "/" || g&selectors.PhraseAnd != 0 {
			joined = true
			continue
		}
		if len(names) > 0 && !joined && !strings.HasPrefix(s, ",") && !startsWithAnd(s) {
			break
		}
		if len(s) > 200 {
			break
		}
		if found := splitNames(s, false); !skip {
			names = append(names, found...)
		}
		skip = false
		joined = strings.HasSuffix(s, ",") || endsWithAnd(s)
	}
	return names
}

// topicPaths are the steps of addresses under which sites keep sections and
// tags.
var topicPaths = []string{"/category/", "/categories/", "/tag/", "/tags/", "/topic/", "/topics/", "/section/", "/kategorie/", "/categoria/", "/categorie/", "/tema/", "/thema/", "/etiqueta/"}

// isTopicLink says that a link in a line of metadata leads to a section or a
// tag and not to an author.
func (r *metaReader) isTopicLink(i int32) bool {
	rel := r.attr(i, "rel")
	if strings.Contains(rel, "category") || hasWord(rel, "tag") {
		return true
	}
	href := strings.ToLower(r.attr(i, "href"))
	for _, p := range topicPaths {
		if strings.Contains(href, p) {
			return true
		}
	}
	return false
}

func startsWithAnd(s string) bool {
	w, _, _ := strings.Cut(s, " ")
	return selectors.PhraseOf(strings.ToLower(w))&selectors.PhraseAnd != 0
}

func endsWithAnd(s string) bool {
	return selectors.PhraseOf(strings.ToLower(s[strings.LastIndexByte(s, ' ')+1:]))&selectors.PhraseAnd != 0
}

// looksLikeName says that a text has the shape of a person's name or of a
// newsroom's: two to five words that begin with capitals, but for particles.
func looksLikeName(s string) bool {
	words := strings.Fields(s)
	if len(words) < 2 || len(words) > 5 {
		return false
	}
	capitals := 0
	for _, w := range words {
		c, _ := utf8.DecodeRuneInString(w)
		if unicode.IsLower(c) && len(w) > 4 {
			return false
		}
		if !unicode.IsLower(c) {
			capitals++
		}
	}
	return capitals >= 2
}

// findBylines lists the short visible elements in the article's head that are
// the byline: from each text that has an author's name, the largest element
// around it that says hardly more.
func (r *metaReader) findBylines() {
	if len(r.md.authors) == 0 {
		return
	}
	var keys, marks []string
	for _, a := range r.md.authors {
		keys = append(keys, nameKey(a.Name))
		name, _, _ := strings.Cut(a.Name, ",")
		marks = append(marks, name[strings.LastIndexByte(name, ' ')+1:])
	}
	for j := r.headFrom; j < r.headTo; j++ {
		nd := &r.nodes[j]
		if nd.Type != html.TextNode || len(nd.Data) > 400 || !containsAny(nd.Data, marks) {
			continue
		}
		found := int32(-1)
		for i, up := nd.parent, 0; i > r.body && up < 6 && r.textSize(i) <= 600; i, up = r.nodes[i].parent, up+1 {
			if (isBlock(r.nodes[i].Node) || r.nodes[i].roles&selectors.Byline != 0) && r.isByline(i, keys) {
				found = i
			}
		}
		if found >= 0 {
			r.md.bylineNodes = append(r.md.bylineNodes, found)
			j = r.nodes[found].end - 1
		}
	}
}

func containsAny(s string, marks []string) bool {
	for _, m := range marks {
		if m != "" && strings.Contains(s, m) {
			return true
		}
	}
	return false
}

// textSize returns the bytes of text under node i of the head, white space
// between tags included; what lies outside the head counts as much.
func (r *metaReader) textSize(i int32) int {
	end := r.nodes[i].end
	if i < r.headFrom || end > r.headTo {
		return 1 << 20
	}
	return int(r.sizes[end-r.headFrom] - r.sizes[i-r.headFrom])
}

// maxBylineExtra is how many letters a byline may have besides names and
// dates: "Written by", "Chief reporter, Hamburg".
const maxBylineExtra = 40

// isByline says that an element shows the authors and no more than goes with
// them.
func (r *metaReader) isByline(i int32, keys []string) bool {
	text := r.shown(i)
	if len(text) > 400 || i <= r.h1 && r.h1 < r.nodes[i].end {
		return false
	}
	key := nameKey(text)
	extra, named := len(key), false
	for _, k := range keys {
		if k != "" && strings.Contains(key, k) {
			extra -= len(k)
			named = true
		}
	}
	for _, d := range r.md.dateNodes {
		if d > i && d < r.nodes[i].end {
			extra -= len(nameKey(r.shown(d)))
		}
	}
	if !named || extra > maxBylineExtra {
		return false
	}
	_, by := cutBy(text)
	return by || extra <= maxBylineExtra/2 || r.nodes[i].roles&selectors.Byline != 0
}

// cutBy cuts "By", "Von", "Por" and the like off a byline's beginning.
func cutBy(s string) (string, bool) {
	s = strings.TrimLeft(s, " -–—|•·:/,*©")
	cut := 0
	end := 0
	for n := 1; n <= selectors.MaxPhraseWords && end < len(s); n++ {
		k := strings.IndexAny(s[end:], " :|\u00a0")
		if k < 0 {
			break
		}
		phrase := strings.ToLower(strings.TrimRight(s[:end+k], ":,."))
		if selectors.PhraseOf(phrase)&selectors.PhraseBy != 0 {
			// "Di" and "Da" begin names too; a byline's is followed by one.
			cut = end + k
		}
		if s[end+k] != ' ' {
			break
		}
		end += k + 1
	}
	if cut == 0 {
		return s, false
	}
	return strings.TrimLeft(s[cut:], " :|-–—\u00a0"), true
}

// splitNames returns the names in a byline: no "By", job titles, places,
// addresses or dates. Where the byline comes from a field that holds nothing
// but the author, a job title alone ("Staff Writer") is who signed.
func splitNames(s string, field bool) []string {
	s = plainText(s)
	if s == "" || len(s) > 600 {
		return nil
	}
	if strings.Contains(s, "://") || strings.HasPrefix(s, "www.") || strings.HasPrefix(s, "/") {
		return nil
	}
	for range 2 {
		rest, ok := cutBy(s)
		if !ok {
			break
		}
		s = rest
	}
	var names []string
	parts := splitByline(s)
	for _, part := range parts {
		if isCredential(part) && len(names) > 0 {
			names[len(names)-1] += ", " + part
			continue
		}
		if !field {
			// "Jo Doe on Tuesday", "5 min read", "and Jo Doe"
			part, _, _ = strings.Cut(part, " on ")
			if first, _, _ := strings.Cut(part, " "); first == "" || isDateWord(first) {
				continue
			}
		}
		if n := cleanName(part, false); n != "" {
			names = append(names, n)
		}
	}
	if len(names) == 0 && field && len(parts) > 0 {
		if n := cleanName(parts[0], true); n != "" {
			names = append(names, n)
		}
	}
	return names
}

// splitByline parts a byline at commas, signs and the words for "and".
func splitByline(s string) []string {
	var parts []string
	add := func(p string) {
		p = strings.Trim(p, " \u00a0,;|/•·–—-")
		if startsWithAnd(p) {
			_, p, _ = strings.Cut(p, " ")
		}
		if p != "" {
			parts = append(parts, p)
		}
	}
	for _, p := range strings.FieldsFunc(s, func(c rune) bool {
		return c == ',' || c == ';' || c == '|' || c == '/' || c == '•' || c == '·' || c == '、' || c == '，' || c == '\n' || c == '&' || c == '／' || c == '؛' || c == '،'
	}) {
		from, at := 0, 0
		for at < len(p) {
			k := strings.IndexByte(p[at:], ' ')
			end := len(p)
			if k >= 0 {
				end = at + k
			}
			w := p[at:end]
			if at > 0 && end < len(p) && w == strings.ToLower(w) && selectors.PhraseOf(w)&selectors.PhraseAnd != 0 && partsNames(p[from:at], p[end:]) {
				add(p[from:at])
				from = end
			} else if (w == "-" || w == "–" || w == "—") && at > 0 {
				add(p[from:at])
				from = end
			}
			at = end + 1
		}
		add(p[from:])
	}
	return parts
}

// partsNames says that an "and" between two texts parts two names: it does not
// in "Centre for Food and Health" or "Research and Development".
func partsNames(a, b string) bool {
	na, nb := len(strings.Fields(a)), len(strings.Fields(b))
	if strings.Contains(a, " for ") || strings.Contains(a, " of ") || strings.Contains(a, " für ") || strings.Contains(a, " de la ") {
		return false
	}
	return na == 0 || na >= 2 && nb >= 2 || na == 1 && nb == 1
}

// isCredential says that a byline's part goes with the name before it: "MD",
// "Ph.D.", "Jr.".
func isCredential(s string) bool {
	if len(s) > 12 || strings.Contains(s, " ") || len(s) < 2 {
		return false
	}
	switch strings.ToLower(strings.ReplaceAll(s, ".", "")) {
	case "jr", "sr", "ii", "iii", "phd", "psyd", "edd", "md", "do", "rd", "rdn", "ldn", "mba", "cpa", "cfp", "esq", "mph", "msw", "lcsw", "dds", "dvm", "cscs", "msc", "ma", "ms", "bs", "ba", "rn", "np", "fand", "cfa", "pt", "dpt", "jd", "ces", "cpt", "faan", "facp", "mbbs", "frcp":
		return true
	}
	return false
}

// cleanName returns a name, or "" where the part of a byline is none. Job
// titles pass where jobs is set.
func cleanName(s string, jobs bool) string {
	if k := strings.IndexAny(s, "(<[{"); k >= 0 {
		s = s[:k]
	}
	if rest, ok := cutBy(s); ok {
		s = rest
	}
	s = cutDate(s)
	s = strings.Trim(s, " \u00a0.,:;|*\"'“”„‚‘’»«-–—@")
	n := utf8.RuneCountInString(s)
	if n < 2 || n > 60 || strings.ContainsAny(s, "@{}<>=#:/") || strings.Count(s, ".") > 2 && !strings.Contains(s, " ") {
		return ""
	}
	lower := strings.ToLower(s)
	g := selectors.PhraseOf(lower)
	if g&(selectors.PhraseNobody|selectors.PhraseBy|selectors.PhraseUpdated|selectors.PhrasePublished|selectors.PhraseReview) != 0 ||
		g&selectors.PhraseJob != 0 && !jobs {
		return ""
	}
	words := strings.Fields(lower)
	if len(words) > 7 {
		return ""
	}
	letters := false
	for _, w := range words {
		g := selectors.PhraseOf(w)
		if g&selectors.PhraseJob != 0 && !jobs && !isHouse(lower) || g&(selectors.PhraseUpdated|selectors.PhrasePublished) != 0 {
			return ""
		}
		for _, c := range w {
			letters = letters || unicode.IsLetter(c)
		}
	}
	if !letters {
		return ""
	}
	return s
}

// cutDate cuts a part of a byline at the date that follows the name: at the
// first word with a digit, or a month's name before one.
func cutDate(s string) string {
	at := 0
	prev := -1 // where the word before began
	for at < len(s) {
		end := len(s)
		if k := strings.IndexByte(s[at:], ' '); k >= 0 {
			end = at + k
		}
		w := s[at:end]
		if isDateWord(w) && (at > 0 || startsWithDate(s)) {
			cut := at
			if prev >= 0 {
				if _, ok := selectors.MonthOf(strings.ToLower(strings.Trim(s[prev:at], " .,")), ""); ok {
					cut = prev
				}
			}
			s = strings.TrimRight(s[:cut], " ")
			for _, w := range []string{" on", " at", " am", " le", " el", " il", " em"} {
				s = strings.TrimSuffix(s, w)
			}
			return s
		}
		prev = at
		at = end + 1
	}
	return s
}

// isDateWord says that a word is a number as dates have them: 26, 26th, 2024,
// 11:15, 6.5.2024.
func isDateWord(w string) bool {
	if w[0] < '0' || w[0] > '9' {
		return false
	}
	rest := strings.TrimLeft(w, "0123456789.:/-,")
	switch rest {
	case "", "st", "nd", "rd", "th", "h", "am", "pm":
		return true
	}
	return false
}

func startsWithDate(s string) bool {
	_, ok := parseDate(s, "")
	return ok
}

// isHouse says that a part with a job title in it is still a name: a newsroom
// that signs together.
func isHouse(lower string) bool {
	for _, w := range []string{"staff", "team", "desk", "editors", "redaktion", "redacción", "redazione", "rédaction", "editorial", "contributors", "bureau", "agency"} {
		if strings.Contains(lower, w) {
			return true
		}
	}
	return false
}
