package clean

import (
	"bytes"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"newsclip/selectors"
)

// nameKey makes two spellings of a name equal: its letters and digits, lower
// case, without spaces or signs.
func nameKey(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	for _, c := range s {
		if unicode.IsLetter(c) || unicode.IsDigit(c) || unicode.IsMark(c) {
			b.WriteRune(unicode.ToLower(c))
		}
	}
	return b.String()
}

// titleWords returns the lower-case words of s.
func titleWords(s string) []string {
	return strings.FieldsFunc(strings.ToLower(s), func(c rune) bool {
		return !unicode.IsLetter(c) && !unicode.IsDigit(c) && !unicode.IsMark(c)
	})
}

// overlap returns the share of the words of the longer list that the other
// has too, 0 to 1.
func overlap(a, b []string) float64 {
	if len(a) == 0 || len(b) == 0 || len(a) > 80 || len(b) > 80 {
		return 0
	}
	var used [80]bool
	n := 0
	for _, w := range a {
		for j, v := range b {
			if !used[j] && v == w {
				used[j] = true
				n++
				break
			}
		}
	}
	return float64(n) / float64(max(len(a), len(b)))
}

// shown returns the text under node i as text does, without what is hidden.
func (t *tree) shown(i int32) string {
	var arr [256]byte
	return string(bytes.Trim(t.appendShown(arr[:0], i, i), " "))
}

func (t *tree) appendShown(b []byte, i, root int32) []byte {
	nd := &t.nodes[i]
	if nd.Type == html.TextNode {
		return appendCollapsed(b, nd.Data)
	}
	if nd.opaque || i != root && (nd.hidden || nd.roles&selectors.Hidden != 0) {
		return b
	}
	block := nd.DataAtom == atom.Br || nd.block
	if block {
		b = appendSpace(b)
	}
	for j := i + 1; j < nd.end; j = t.nodes[j].end {
		b = t.appendShown(b, j, root)
	}
	if block {
		b = appendSpace(b)
	}
	return b
}

// findHead finds the visible headline, and the range of nodes around it in
// which a byline and a date stand.
func (r *metaReader) findHead() {
	r.h1 = -1
	var known [][]string
	for _, s := range []string{r.ld.first(ldHeadline), r.metas.first("og:title"), r.titleTagText()} {
		if w := titleWords(s); len(w) > 0 {
			known = append(known, w)
		}
	}
	best := 0.0
	try := func(i int32, bonus float64) {
		if r.nodes[i].end-i > 200 || r.insideHidden(i) {
			return
		}
		text := r.shown(i)
		n := utf8.RuneCountInString(text)
		if n < 3 || n > 300 {
			return
		}
		w := titleWords(text)
		score := bonus
		for _, k := range known {
			score = max(score, overlap(w, k)+bonus)
		}
		if r.nodes[i].roles&(selectors.Related|selectors.Nav|selectors.Consent|selectors.Newsletter) != 0 {
			score -= 0.3
		}
		if score > best && !r.isSiteName(text) {
			best, r.h1, r.h1Text = score, i, text
		}
	}
	for _, i := range r.headings {
		if r.nodes[i].DataAtom == atom.H1 {
			try(i, 0.3)
		}
	}
	if best < 0.8 {
		for _, i := range r.itemprop {
			if p := r.attr(i, "itemprop"); strings.Contains(p, "headline") && r.nodes[i].DataAtom != atom.Meta {
				try(i, 0.2)
			}
		}
	}
	if best < 0.7 && len(known) > 0 {
		for n, i := range r.headings {
			if n < 20 && r.nodes[i].DataAtom != atom.H1 {
				try(i, 0)
			}
		}
		if best < 0.6 && r.h1 >= 0 && r.nodes[r.h1].DataAtom != atom.H1 {
			r.h1, r.h1Text = -1, ""
		}
	}
	r.setHeadRange()
}

// setHeadRange sets headFrom and headTo: from a little before the headline to
// the second long paragraph after it.
func (r *metaReader) setHeadRange() {
	start := r.body
	if r.h1 >= 0 {
		start = r.nodes[r.h1].end
		r.headFrom = max(r.body, r.h1-80)
	} else {
		r.headFrom = r.body
	}
	r.headTo = int32(len(r.nodes))
	long := 0
	for i := start; i < int32(len(r.nodes)); i++ {
		nd := &r.nodes[i]
		if nd.DataAtom == atom.P && nd.end-i < 40 {
			n := 0
			for j := i + 1; j < nd.end; j++ {
				if r.nodes[j].Type == html.TextNode {
					n += len(r.nodes[j].Data)
				}
			}
			if n > 200 {
				long++
			}
		}
		if long == 2 || i-start > 1500 {
			r.headTo = i
			break
		}
	}
	n := r.headTo - r.headFrom
	r.sizes, r.withDigit = make([]int32, n+1), make([]int32, n+1)
	for k := range n {
		r.sizes[k+1], r.withDigit[k+1] = r.sizes[k], r.withDigit[k]
		if nd := &r.nodes[r.headFrom+k]; nd.Type == html.TextNode {
			r.sizes[k+1] += int32(len(nd.Data))
			if hasDigit(nd.Data) {
				r.withDigit[k+1]++
			}
		}
	}
}

// insideHidden says that node i or something around it is hidden. Only boxes
// that say so count; what a style sheet hides is unknown.
func (r *metaReader) insideHidden(i int32) bool {
	for ; i >= 0; i = r.nodes[i].parent {
		if r.nodes[i].hidden {
			return true
		}
		switch r.nodes[i].DataAtom {
		case atom.Noscript, atom.Template, atom.Dialog, atom.Svg:
			return true
		}
	}
	return false
}

func (r *metaReader) titleTagText() string {
	if r.titleTag < 0 {
		return ""
	}
	// The tree's text leaves the head out; a title has one text node.
	if c := r.nodes[r.titleTag].FirstChild; c != nil {
		return plainText(c.Data)
	}
	return ""
}

// isSiteName says that s is a name of the page's site and nothing more.
func (r *metaReader) isSiteName(s string) bool {
	k := nameKey(s)
	if k == "" {
		return false
	}
	for _, n := range r.siteNames {
		if k == n {
			return true
		}
	}
	return false
}

// titleSeparators part a headline from a site's name, spaces included.
var titleSeparators = []string{" | ", " - ", " – ", " — ", " · ", " • ", " » ", " « ", " :: ", " // ", " / ", " ~ ", " ‹ ", " › ", " ⋆ ", " * ", "｜", " |", "| ", "|", " : ", ": ", "_", "－", " – "}

// stripSite cuts the site's name off a title's end or beginning.
func (r *metaReader) stripSite(s string) string {
	for range 3 {
		cut := ""
		for _, sep := range titleSeparators {
			if i := strings.LastIndex(s, sep); i > 0 && r.isSiteLabel(s[i+len(sep):]) && len(s[:i]) > len(cut) {
				cut = s[:i]
			}
		}
		for _, sep := range titleSeparators {
			if i := strings.Index(s, sep); i > 0 && r.isSiteLabel(s[:i]) && cut == "" {
				cut = s[i+len(sep):]
			}
		}
		if cut = strings.Trim(cut, " "); cut == "" {
			break
		}
		s = cut
	}
	return s
}

// isSiteLabel says that a title's part names the site: equal to one of its
// names, or one of them with a word or two around it ("Example News Online").
func (r *metaReader) isSiteLabel(s string) bool {
	k := nameKey(s)
	if len(k) < 2 {
		return false
	}
	for _, n := range r.siteNames {
		if k == n {
			return true
		}
		if len(n) >= 4 && len(k) >= 4 && (strings.HasPrefix(k, n) || strings.HasSuffix(k, n) || strings.HasPrefix(n, k) || strings.HasSuffix(n, k)) &&
			len(titleWords(s)) <= 6 {
			return true
		}
	}
	return false
}

// readTitle sets title and headlineNodes.
//
// Four places tell a headline: what the reader sees (h1), JSON-LD, og:title
// and the title element. Where they differ, which one is the article's own
// depends on who runs the page. A newsroom's system keeps the editors'
// headline in JSON-LD or og:title and lets search engines' wording into the
// rest; everywhere else, og:title and JSON-LD are what was written for search
// engines and the h1 is the title. Counted on the development corpora:
//
//	newsroom, JSON-LD alone differs:            JSON-LD on 6 of 8 pages
//	newsroom, og:title alone differs:           og:title on 8 of 15, on 6 of
//	                                            9 where twitter:title is not h1
//	newsroom, h1 alone differs:                 JSON-LD on 4 of 4
//	other pages, h1 differs from og and title:  h1 on 72 of 119
func (r *metaReader) readTitle() {
	h1, headline := r.h1Text, r.stripSite(r.ld.first(ldHeadline))
	og := r.stripSite(r.metas.first("og:title"))
	tag := r.stripSite(r.titleTagText())
	twitter := r.stripSite(r.metas.first("twitter:title"))
	kh, kl, ko, kt := nameKey(h1), nameKey(headline), nameKey(og), nameKey(tag)
	if rest, ok := strings.CutPrefix(h1, og); ok && strings.HasPrefix(strings.TrimSpace(rest), `"`) {
		ko = kh // og:title ends at a quote that nobody escaped
	}
	pick := func(s string, from sourceOf) bool {
		if s == "" {
			return false
		}
		r.md.title, r.md.from.title = s, source{of: from}
		return true
	}
	news := r.isNews()
	switch {
	case h1 == "":
	case kl == kh && len(titleWords(headline)) > len(titleWords(h1)):
		// Kicker and headline stand in the h1 with nothing between.
		pick(headline, fromLDHeadline)
	case news && kl != "" && kl != kh && (kl == ko || ko == kh && kt == kh):
		pick(headline, fromLDHeadline)
	case news && ko != "" && ko != kh && (kl == kh || kl == "") && kt == kh && nameKey(twitter) != kh:
		pick(og, fromOGTitle)
	case r.isPoorHeadline(h1, og, tag):
		_ = pick(headline, fromLDHeadline) || pick(og, fromOGTitle) || pick(tag, fromTitleTag)
	default:
		pick(h1, fromH1)
	}
	_ = r.md.title != "" || pick(headline, fromLDHeadline) || pick(og, fromOGTitle) ||
		pick(twitter, fromTwitterTitle) ||
		pick(tag, fromTitleTag) || pick(r.ld.first(ldName), fromLDName)
	r.findHeadlineNodes()
}

// isNews says that a newsroom's system made the page.
func (r *metaReader) isNews() bool {
	if len(r.ld.articles) > 0 {
		for _, t := range r.ld.articles[0].types() {
			if strings.HasSuffix(t, "NewsArticle") || t == "LiveBlogPosting" {
				return true
			}
		}
	}
	return slices.Contains(r.ld.types, "NewsMediaOrganization") || len(r.metas["news_keywords"]) > 0
}

// isPoorHeadline says that the h1 names a place in the site more likely than
// the article: one or two words that neither og:title nor the title element
// has, or words that the address does not have where it spells og:title.
func (r *metaReader) isPoorHeadline(h1, og, tag string) bool {
	if og == "" {
		og = tag
	}
	h, o := titleWords(h1), titleWords(og)
	if len(o) < 3 {
		return false
	}
	if len(h) <= 2 && overlap(h, o) < 0.2 {
		return true
	}
	slug := r.slugWords()
	return overlap(o, slug) > 0.95 && overlap(h, slug) < 0.5
}

// slugWords returns the words of the last part of the page's address.
func (r *metaReader) slugWords() []string {
	if len(r.pageURLs) == 0 {
		return nil
	}
	s := r.pageURLs[0]
	return titleWords(s[strings.LastIndexByte(s, '/')+1:])
}

// hasAbout says that a heading has about n bytes of text.
func (r *metaReader) hasAbout(i int32, n int) bool {
	if r.nodes[i].end-i > 40 {
		return false
	}
	have := 0
	for j := i + 1; j < r.nodes[i].end; j++ {
		if r.nodes[j].Type == html.TextNode {
			have += len(r.nodes[j].Data)
		}
	}
	return have >= n/2 && have <= 3*n+200
}

// findHeadlineNodes lists the visible headings that say the title.
func (r *metaReader) findHeadlineNodes() {
	want := titleWords(r.md.title)
	for _, i := range r.headings {
		if i != r.h1 && !r.hasAbout(i, len(r.md.title)) {
			continue
		}
		if i == r.h1 || overlap(titleWords(r.shown(i)), want) >= 0.9 {
			r.md.headlineNodes = append(r.md.headlineNodes, i)
		}
	}
}
