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
	name string
	read func(*metaReader) []Author
}

var authorSources = []authorSource{
	{"json-ld author", (*metaReader).ldAuthors},
	{"meta author", (*metaReader).metaAuthors},
	{"rel=author", (*metaReader).relAuthors},
	{"itemprop author", (*metaReader).itempropAuthors},
	{"author link", (*metaReader).linkedAuthors},
	{"byline class", (*metaReader).classAuthors},
	{"by line", (*metaReader).byLineAuthors},
}

// readAuthors sets authors and bylineNodes.
func (r *metaReader) readAuthors() {
	var fallback []Author
	from := ""
	for _, s := range authorSources {
		found := s.read(r)
		people := found[:0:0]
		for _, a := range found {
			if !r.isSiteName(a.Name) {
				people = append(people, a)
			}
		}
		if len(people) > 0 {
			r.md.authors, r.md.from.authors = people, s.name
			break
		}
		if fallback == nil && len(found) > 0 {
			fallback, from = found, s.name
		}
	}
	if len(r.md.authors) == 0 {
		// The house itself signs where nobody else does.
		r.md.authors, r.md.from.authors = fallback, from
	}
	r.findBylines()
}

// addNames appends the names in a byline's text, each once. The address goes
// with a single name only.
func addNames(as []Author, text, url string) []Author {
	names := splitNames(text)
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
				as = addNames(as, p.name, resolveURL(r.page.Base, p.url))
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

// inHead says that a node stands where a byline may.
func (r *metaReader) inHead(i int32) bool { return i >= r.headFrom && i < r.headTo }

// inFurniture says that a node stands in a box whose names are of others: a
// comment, a teaser, the site's footer.
func (r *metaReader) inFurniture(i int32) bool {
	for ; i >= 0; i = r.nodes[i].parent {
		nd := &r.nodes[i]
		if nd.DataAtom == atom.Body || nd.DataAtom == atom.Main || nd.DataAtom == atom.Article {
			return false
		}
		if nd.DataAtom == atom.Nav || nd.DataAtom == atom.Footer || nd.DataAtom == atom.Blockquote ||
			nd.roles&(selectors.Comment|selectors.Related|selectors.Nav|selectors.Footer|selectors.Newsletter) != 0 {
			return true
		}
	}
	return false
}

func (r *metaReader) relAuthors() []Author {
	var as []Author
	for _, i := range r.anchors {
		if strings.Contains(r.attr(i, "rel"), "author") && !r.inFurniture(i) {
			as = addNames(as, r.shown(i), resolveURL(r.page.Base, r.attr(i, "href")))
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
	for _, i := range r.itemprop {
		if i < skip || !hasWord(r.attr(i, "itemprop"), "author") || r.inFurniture(i) {
			continue
		}
		nd := &r.nodes[i]
		skip = nd.end
		name, u := "", resolveURL(r.page.Base, r.attr(i, "href"))
		if nd.DataAtom == atom.Meta {
			name = plainText(r.attr(i, "content"))
		}
		for _, j := range r.itemprop {
			if j > i && j < nd.end && r.attr(j, "itemprop") == "name" {
				name = r.shown(j)
				if r.nodes[j].DataAtom == atom.Meta {
					name = plainText(r.attr(j, "content"))
				}
				break
			}
		}
		if name == "" {
			name = r.shown(i)
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
				as = addNames(as, r.shown(i), resolveURL(r.page.Base, r.attr(i, "href")))
				break
			}
		}
	}
	return as
}

func (r *metaReader) classAuthors() []Author {
	for i := r.headFrom; i < r.headTo; {
		nd := &r.nodes[i]
		if nd.roles&selectors.Byline == 0 || nd.end-i > 120 || nd.hidden || r.inFurniture(i) {
			i++
			continue
		}
		// The innermost such element has the name and least else.
		in := i
		for j := i + 1; j < nd.end; j++ {
			if r.nodes[j].roles&selectors.Byline != 0 && r.nodes[j].Type == html.ElementNode {
				in = j
				break
			}
		}
		for _, k := range []int32{in, i} {
			if text := r.shown(k); utf8.RuneCountInString(text) <= 200 {
				if as := addNames(nil, text, r.onlyLink(k)); len(as) > 0 {
					return as
				}
			}
		}
		i = nd.end
	}
	return nil
}

// onlyLink returns the address of the one link in node i, or "".
func (r *metaReader) onlyLink(i int32) string {
	u := ""
	for j := i; j < r.nodes[i].end; j++ {
		if r.nodes[j].DataAtom == atom.A {
			if u != "" {
				return ""
			}
			u = resolveURL(r.page.Base, r.attr(j, "href"))
		}
	}
	return u
}

// byLineAuthors reads a short line that begins with "By …".
func (r *metaReader) byLineAuthors() []Author {
	for i := r.headFrom; i < r.headTo; i++ {
		nd := &r.nodes[i]
		if nd.Type != html.ElementNode || nd.end-i > 30 || !isBlock(nd.Node) && nd.DataAtom != atom.Span || nd.end == i+1 || r.inFurniture(i) {
			continue
		}
		text := r.shown(i)
		if n := utf8.RuneCountInString(text); n < 5 || n > 120 {
			continue
		}
		if rest, ok := cutBy(text); ok {
			if as := addNames(nil, rest, r.onlyLink(i)); len(as) > 0 {
				return as
			}
		}
	}
	return nil
}

// findBylines lists the short visible elements in the article's head, or
// right after its end, that are the byline.
func (r *metaReader) findBylines() {
	var keys []string
	for _, a := range r.md.authors {
		keys = append(keys, nameKey(a.Name))
	}
	for i := r.headFrom; i < r.headTo; {
		nd := &r.nodes[i]
		if nd.Type == html.ElementNode && nd.end-i <= 60 && nd.end > i+1 && (isBlock(nd.Node) || nd.roles&selectors.Byline != 0) && r.isByline(i, keys) {
			r.md.bylineNodes = append(r.md.bylineNodes, i)
			i = nd.end
			continue
		}
		i++
	}
}

// isByline says that an element shows the authors and no more than goes with
// them: at most 16 words.
func (r *metaReader) isByline(i int32, keys []string) bool {
	text := r.shown(i)
	if len(text) > 240 || len(text) < 3 {
		return false
	}
	words := titleWords(text)
	if len(words) == 0 || len(words) > 16 || i == r.h1 {
		return false
	}
	_, by := cutBy(text)
	key := nameKey(text)
	for _, k := range keys {
		if k == "" || !strings.Contains(key, k) {
			continue
		}
		return by || r.nodes[i].roles&selectors.Byline != 0 || len(key) <= len(k)+24
	}
	return false
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
// addresses or dates.
func splitNames(s string) []string {
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
	for _, part := range splitByline(s) {
		if isCredential(part) && len(names) > 0 {
			names[len(names)-1] += ", " + part
			continue
		}
		if n := cleanName(part); n != "" {
			names = append(names, n)
		}
	}
	return names
}

// splitByline parts a byline at commas, signs and the words for "and".
func splitByline(s string) []string {
	var parts []string
	add := func(p string) {
		if p = strings.Trim(p, " \u00a0,;|/•·–—-"); p != "" {
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
			if at > 0 && end < len(p) && w == strings.ToLower(w) && selectors.PhraseOf(w)&selectors.PhraseAnd != 0 {
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

// cleanName returns a name, or "" where the part of a byline is none.
func cleanName(s string) string {
	if k := strings.IndexAny(s, "(<[{"); k >= 0 {
		s = s[:k]
	}
	if rest, ok := cutBy(s); ok {
		s = rest
	}
	s = strings.Trim(s, " \u00a0.,:;|*\"'“”„‚‘’»«-–—@")
	n := utf8.RuneCountInString(s)
	if n < 2 || n > 60 || strings.ContainsAny(s, "@{}<>=_#") {
		return ""
	}
	lower := strings.ToLower(s)
	g := selectors.PhraseOf(lower)
	if g&(selectors.PhraseNobody|selectors.PhraseJob|selectors.PhraseBy|selectors.PhraseUpdated|selectors.PhrasePublished) != 0 {
		return ""
	}
	words := strings.Fields(lower)
	if len(words) > 7 {
		return ""
	}
	letters := false
	for i, w := range words {
		if selectors.PhraseOf(w)&selectors.PhraseJob != 0 && (len(words) > 1 || i == 0) && !isHouse(lower) {
			return ""
		}
		if selectors.PhraseOf(w)&(selectors.PhraseUpdated|selectors.PhrasePublished) != 0 {
			return ""
		}
		for _, c := range w {
			letters = letters || unicode.IsLetter(c)
		}
	}
	if !letters {
		return ""
	}
	if _, ok := parseDate(s, ""); ok {
		return ""
	}
	// A site's address is no name; "Example.com" as an agency is.
	if strings.Contains(s, "/") {
		return ""
	}
	return s
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
