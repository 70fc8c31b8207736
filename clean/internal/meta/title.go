package meta

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"newsclip/clean/internal/dates"
	"newsclip/clean/internal/jsonld"
	"newsclip/clean/internal/names"
	"newsclip/clean/internal/nodes"
	"newsclip/clean/internal/source"
	"newsclip/clean/internal/titles"
	"newsclip/selectors"
)

// findHead scores headings by the share of their words that the headline in the
// metadata has, 0 to 1, with these on top. What the numbers stand for: an h1 is
// the headline even where the metadata has other words (bonus alone is the best
// score then), a heading of another rank only where it says the same.
const (
	bonusH1       = 0.3
	bonusItemprop = 0.2 // itemprop="headline" on a visible element
	penaltyBox    = 0.3 // in a box of teasers, a menu, a dialog
	penaltyHome   = 0.1 // a link to the site's front page
	penaltyLink   = 0.5 // a link to another page of the site

	sureH1      = 0.8 // from this score on, itemprops are not tried: half the words and h1
	sureVisible = 0.7 // nor headings of other ranks
	minOther    = 0.6 // the least score of a heading that is no h1
)

// Limits of a headline: letters and signs, nodes of its element, and how many
// headings that are no h1 are tried.
const (
	minHeadline      = 3
	maxHeadline      = 300
	maxHeadlineNodes = 200
	maxOtherHeadings = 80
)

// findHead finds the visible headline, and the range of nodes around it in
// which a byline and a date stand.
func (r *metaReader) findHead() {
	r.h1 = -1
	r.nameInHeading()
	var known [][]string
	for _, s := range []string{r.ld.First(jsonld.LdHeadline), r.metas.First("og:title"), r.TitleText()} {
		if w := names.Words(s); len(w) > 0 {
			known = append(known, w)
		}
	}
	best := 0.0
	try := func(i int32, bonus float64) {
		if r.Nodes[i].End-i > maxHeadlineNodes || r.InsideHidden(i) {
			return
		}
		text := strings.TrimSuffix(strings.TrimRight(r.Shown(i), " ¶"), " #") // the sign of a link to the heading itself
		n := utf8.RuneCountInString(text)
		if n < minHeadline || n > maxHeadline {
			return
		}
		w := names.Words(text)
		score := bonus
		for _, k := range known {
			score = max(score, titles.Overlap(w, k)+bonus)
		}
		if r.Nodes[i].Roles&(selectors.Related|selectors.Nav|selectors.Consent|selectors.Newsletter) != 0 {
			score -= penaltyBox
		}
		if bonus == bonusH1 && r.Page.LeadsHome(r.LinkOf(i)) {
			score -= penaltyHome
		} else if bonus == bonusH1 && r.Page.LeadsToSite(r.OnlyLink(i)) {
			score -= penaltyLink
		}
		if score > best && !r.isSiteName(text) {
			best, r.h1, r.h1Text = score, i, text
		}
	}
	for _, i := range r.Headings {
		if r.Nodes[i].DataAtom == atom.H1 {
			try(i, bonusH1)
		}
	}
	if best < sureH1 {
		for _, i := range r.Itemprop {
			if p := r.Attr(i, "itemprop"); strings.Contains(p, "headline") && r.Nodes[i].DataAtom != atom.Meta {
				try(i, bonusItemprop)
			}
		}
	}
	if best < sureVisible && len(known) > 0 {
		for n, i := range r.Headings {
			if n < maxOtherHeadings && r.Nodes[i].DataAtom != atom.H1 {
				try(i, 0)
			}
		}
		if best < minOther && r.h1 >= 0 && r.Nodes[r.h1].DataAtom != atom.H1 {
			r.h1, r.h1Text = -1, ""
		}
	}
	if i := r.underSection(); i >= 0 {
		r.h1, r.h1Text, best = i, r.Shown(i), sureH1
	}
	if r.headline = r.h1; r.h1 < 0 || best < bonusH1+otherTitle {
		// An h1 of other words may be of a box at the page's end.
		if i := r.findTitleText(); i >= 0 {
			r.headline = i
		} else if i := r.untitled(); r.h1 < 0 && i >= 0 {
			r.h1, r.h1Text, r.headline = i, r.Shown(i), i
		}
	}
	r.setHeadRange()
}

// findTitleText returns the text that shows the headline where no heading does: that of
// JSON-LD, og:title or the title element, whole or without the parts that name the site
// and the section. It returns -1 where there is none.
func (r *metaReader) findTitleText() int32 {
	keys := map[string]bool{}
	for _, s := range []string{r.ld.First(jsonld.LdHeadline), r.metas.First("og:title"), r.TitleText()} {
		s = r.statedTitle(s)
		keys[names.Key(s)] = true
		if b := titles.Bounds(s); len(b) > 1 {
			for _, k := range [...]int{b[0][1], b[len(b)-2][1]} { // the first part, and all but the last
				keys[names.Key(s[:k])] = keys[names.Key(s[:k])] || titles.IsLong(s[:k])
			}
		}
	}
	for i := r.Body; i < int32(len(r.Nodes)); i++ {
		nd := &r.Nodes[i]
		if nd.Type != html.TextNode || len(nd.Data) < titles.MinKey || len(nd.Data) > 2*maxHeadline {
			continue
		}
		if k := names.Key(jsonld.Collapse(nd.Data)); len(k) >= titles.MinKey && keys[k] && !r.inLink(i) && !r.InsideHidden(i) && !r.inFurniture(i) &&
			r.RolesAbove(i)&selectors.Breadcrumb == 0 {
			return i
		}
	}
	return -1
}

// The head of an article, in which its byline and date stand, begins headBefore
// nodes before the headline (a line above it may have the date) and ends at the
// second paragraph of more than longParagraph bytes, headAfter nodes after the
// headline at the latest. A paragraph has fewer than maxParagraph nodes: with more
// it is a box.
const (
	headBefore    = 80
	headAfter     = 1500
	longParagraph = 200
	maxParagraph  = 40
)

// setHeadRange sets headFrom and headTo: from a little before the headline to
// the second long paragraph after it.
func (r *metaReader) setHeadRange() {
	start := r.Body
	if r.headline >= 0 {
		start = r.Nodes[r.headline].End
		r.headFrom = max(r.Body, r.firstHeading()-headBefore)
	} else {
		r.headFrom = r.Body
	}
	r.headTo = int32(len(r.Nodes))
	long := 0
	for i := start; i < int32(len(r.Nodes)); i++ {
		nd := &r.Nodes[i]
		if nd.DataAtom == atom.P && nd.End-i < maxParagraph && nodes.TextSize(r.Tree, i) > longParagraph {
			long++
		}
		if long == 2 || i-start > headAfter {
			r.headTo = i
			break
		}
	}
	n := r.headTo - r.headFrom
	r.sizes, r.withDigit, r.sentences = make([]int32, n+1), make([]int32, n+1), make([]int32, n+1)
	for k := range n {
		r.sizes[k+1], r.withDigit[k+1], r.sentences[k+1] = r.sizes[k], r.withDigit[k], r.sentences[k]
		if nd := &r.Nodes[r.headFrom+k]; nd.Type == html.TextNode {
			shown := nodes.ShownSize(nd.Data)
			r.sizes[k+1] += int32(shown)
			if shown > nodes.MinProse {
				r.sentences[k+1]++
			}
			if dates.HasDigit(nd.Data) {
				r.withDigit[k+1]++
			}
		}
	}
}

// firstHeading returns the headline, or an h1 before it that may stand over the
// article's head, too: some pages have the title of a chapter in an h2 of the same words
// as their title element.
func (r *metaReader) firstHeading() int32 {
	if r.h1 >= 0 && r.Nodes[r.h1].DataAtom != atom.H1 {
		for _, i := range r.Headings {
			if i < r.h1 && r.h1-i <= headAfter && r.Nodes[i].DataAtom == atom.H1 && !r.InsideHidden(i) && !r.inFurniture(i) && !r.isSiteName(r.Shown(i)) {
				return i
			}
		}
	}
	return r.headline
}

// isSiteName reports whether s is a name of the page's site and nothing more.
func (r *metaReader) isSiteName(s string) bool {
	k := names.Key(s)
	return k != "" && slices.Contains(r.siteNames, k)
}

// maxSiteParts is how many names of the site are cut off a title: its own, that of
// a section's site, that of the company.
const maxSiteParts = 3

// stripSite cuts the site's name off a title's end or, where it is not there, off
// its beginning.
func (r *metaReader) stripSite(s string) string {
	for range maxSiteParts {
		cut := ""
		for _, sep := range selectors.Signs().Separators {
			if !strings.Contains(s, sep) {
				continue // which takes less time to find than its last place
			}
			if i := strings.LastIndex(s, sep); i > 0 && r.isSiteLabel(s[i+len(sep):]) && len(s[:i]) > len(cut) {
				cut = s[:i]
			}
		}
		if cut == "" {
			for _, sep := range selectors.Signs().Separators {
				if i := strings.Index(s, sep); i > 0 && r.isSiteLabel(s[:i]) && len(s[i+len(sep):]) > len(cut) {
					cut = s[i+len(sep):]
				}
			}
		}
		if cut = strings.TrimSuffix(strings.Trim(cut, " "), " :"); cut == "" { // " :: "
			break
		}
		s = cut
	}
	return s
}

// A site's name in a longer label has at least minSiteName bytes, and the label no
// more than maxSiteWords words.
const (
	minSiteName  = 4
	maxSiteWords = 6
)

// isSiteLabel reports whether a part of a title names the site: it is one of the
// site's names, or one of them with a word or two around it ("Example News
// Online"). Short names are parts of other words too often.
func (r *metaReader) isSiteLabel(s string) bool {
	k := names.Key(s)
	if len(k) < 2 {
		return false
	}
	for _, n := range r.siteNames {
		if k == n {
			return true
		}
		if len(n) >= minSiteName && len(k) >= minSiteName && (strings.HasPrefix(k, n) || strings.HasSuffix(k, n) || strings.HasPrefix(n, k) || strings.HasSuffix(n, k)) &&
			names.CountWords(s) <= maxSiteWords {
			return true
		}
	}
	return false
}

// readTitle sets title and HeadlineNodes.
//
// Four places have a headline: the h1 that readers see, JSON-LD, og:title and the
// title element. Where they differ, which one is the article's own depends on the
// content system. A newsroom's keeps the editors' headline in JSON-LD or og:title
// and a wording for search engines in the rest; everywhere else, og:title and JSON-LD are what was written for search
// engines and the h1 is the title. Counted on the development corpora:
//
//	newsroom, JSON-LD alone differs:            JSON-LD on 6 of 8 pages
//	newsroom, og:title alone differs:           og:title on 8 of 15, on 6 of
//	                                            9 where twitter:title is not h1
//	newsroom, h1 alone differs:                 JSON-LD on 4 of 4
//	other pages, h1 differs from og and title:  h1 on 72 of 119
func (r *metaReader) readTitle() {
	if k := titles.SiteAffix(r.metas.First("og:title"), r.TitleText()); k != "" {
		r.siteNames = append(r.siteNames, k)
	}
	h1, headline := r.h1Text, r.statedTitle(r.ld.First(jsonld.LdHeadline))
	og, tag := r.statedTitle(r.metas.First("og:title")), r.statedTitle(r.TitleText())
	twitter := r.statedTitle(r.metas.First("twitter:title"))
	if s := r.headlinePiece(og, headline, tag); s != "" {
		h1 = s
	}
	if r.h1 >= 0 && names.CountWords(tag) > sectionWords && (r.Page.LeadsHome(r.OnlyLink(r.h1)) || r.headline != r.h1 && r.Page.LeadsAway(r.OnlyLink(r.h1))) && titles.Overlap(names.Words(h1), names.Words(tag)) < otherTitle {
		h1 = "" // the site's name over each of its pages, or a link to its owner's site
	}
	kh, kl, ko, kt := names.Key(h1), names.Key(headline), names.Key(og), names.Key(tag)
	if s := r.withoutSiteEnd(h1, kl, ko, kt); s != h1 {
		h1, kh = s, names.Key(s)
	}
	if rest, ok := strings.CutPrefix(h1, og); ok && strings.HasPrefix(strings.TrimSpace(rest), `"`) {
		ko = kh // og:title ends at a quote that nobody escaped
	}
	pick := func(s string, from source.Kind) bool {
		if s == "" {
			return false
		}
		r.md.Title, r.md.From.Title = jsonld.PlainText(s), source.Source{Of: from} // some are escaped twice
		return true
	}
	if r.h1 >= 0 && r.Nodes[r.h1].DataAtom != atom.H1 && og != "" && kh != ko && strings.HasSuffix(kh, ko) {
		// A heading of another rank holds the kicker too.
		h1, kh = og, ko
	}
	news, poor := r.isNews(), false
	switch {
	case h1 == "" && r.headline >= 0 && kt != ko && names.CountWords(tag) > sectionWords && kt == names.Key(jsonld.Collapse(r.Nodes[r.headline].Data)):
		pick(tag, source.TitleTag) // the page shows it and no other
	case h1 == "":
	case kh == kt && len(kh) >= titles.MinKey && kl != ko && (ko != kh && strings.HasSuffix(ko, kh) || ko == kh && strings.HasSuffix(kl, kh)):
		pick(h1, source.H1) // og:title or JSON-LD has a label in front
	case kl == kh && names.CountWords(headline) > names.CountWords(h1):
		// Kicker and headline stand in the h1 with nothing between.
		pick(headline, source.LDHeadline)
	case ko == kh && (names.CountWords(og) > names.CountWords(h1) || joins(og) > joins(h1) && r.endsShown(og)):
		pick(og, source.OGTitle)
	case kt == kh && names.CountWords(tag) > names.CountWords(h1):
		pick(tag, source.TitleTag)
	case news && kl != "" && kl != kh && (kl == ko || ko == kh && kt == kh):
		pick(headline, source.LDHeadline)
	case news && ko != "" && ko != kh && (kl == kh || kl == "") && kt == kh && names.Key(twitter) != kh:
		pick(og, source.OGTitle)
	case r.isPoorHeadline(h1, og, tag):
		poor = true
		_ = pick(headline, source.LDHeadline) || pick(og, source.OGTitle) || pick(tag, source.TitleTag)
	default:
		pick(h1, source.H1)
	}
	_ = r.md.Title != "" || pick(headline, source.LDHeadline) || pick(og, source.OGTitle) ||
		pick(twitter, source.TwitterTitle) ||
		pick(tag, source.TitleTag) || pick(r.ld.First(jsonld.LdName), source.LDName)
	if og := r.md.From.Title.Of == source.OGTitle; h1 == "" || poor || og {
		if part := r.shownPart(r.md.Title); h1 == "" || og && !poor || strings.HasPrefix(r.md.Title, part) {
			r.md.Title = part
		}
	}
	r.explainTitle()
	r.findHeadlineNodes()
}

// endsShown reports whether the page shows the end of a title by itself, under a kicker.
func (r *metaReader) endsShown(title string) bool {
	part := r.shownPart(title)
	return part != title && strings.HasSuffix(title, part)
}

// joins is how many signs a title has of those that stand between a kicker and a headline.
func joins(title string) (n int) {
	for _, c := range title {
		if strings.ContainsRune(":-–—|", c) {
			n++
		}
	}
	return n
}

// dayAround are the signs around a day behind a title: "(6 May 2024)".
const dayAround = " ()（）[]|,–-"

// statedTitle returns a title that the page states without tags and the site's name; "" where
// that alone is stated and the page shows another.
func (r *metaReader) statedTitle(s string) string {
	if strings.IndexByte(s, '<') >= 0 {
		s = jsonld.Collapse(jsonld.StripTags(s))
	}
	if k := len(r.host); k > 0 && len(s) > k+1 && s[k] == ' ' && strings.EqualFold(s[:k], r.host) {
		s = strings.TrimLeft(s[k:], " ") // "example.org A storm at sea"
	}
	if s = r.stripSite(s); r.h1Text != "" && r.isSiteName(s) && !r.isSiteName(r.h1Text) {
		return ""
	}
	if day, ok := strings.CutPrefix(s, r.h1Text); ok && titles.IsLong(r.h1Text) && dates.IsLone(strings.Trim(day, dayAround)) {
		if _, ok := dates.ParseDate(day, r.dateLang); ok {
			return r.h1Text // the page states the day behind it
		}
	}
	return s
}

// isNews reports whether a newsroom's content system made the page.
func (r *metaReader) isNews() bool {
	if len(r.ld.Articles) > 0 {
		for _, t := range r.ld.Articles[0].Types() {
			if strings.HasSuffix(t, "NewsArticle") || t == "LiveBlogPosting" {
				return true
			}
		}
	}
	return slices.Contains(r.ld.Types, "NewsMediaOrganization") || len(r.metas["news_keywords"]) > 0
}

// Limits of isPoorHeadline, as the overlap of the words of two titles, 0 to 1.
const (
	sectionWords  = 2    // words of the name of a section
	otherTitle    = 0.2  // up to here, two titles are different
	sameAsAddress = 0.95 // from here on, the address spells the title out
	notInAddress  = 0.5  // up to here, the address is of another title
)

// isPoorHeadline reports whether the h1 more likely names a section of the site
// than the article: one or two words that neither og:title nor the title element
// has, or words that the address does not have where it spells og:title out.
func (r *metaReader) isPoorHeadline(h1, og, tag string) bool {
	if og == "" {
		og = tag
	}
	if rest, ok := strings.CutPrefix(og, h1); ok && len(h1) >= titles.MinKey {
		if c, _ := utf8.DecodeRuneInString(rest); unicode.IsUpper(c) {
			return false // "The PierHarbour Post": what the site says of itself, with no space before
		}
	}
	h, o := names.Words(h1), names.Words(og)
	if len(o) <= sectionWords && !titles.IsLong(og) {
		return false
	}
	if (len(h) <= sectionWords && !titles.IsLong(h1) || r.hasSiteName(h)) && titles.Overlap(h, o) < otherTitle {
		return true
	}
	if bounds := titles.Bounds(og); len(bounds) > 1 && r.hasSiteName(h) && titles.IsLong(og[:bounds[0][1]]) && titles.Overlap(h, names.Words(og[:bounds[0][1]])) < otherTitle {
		return true
	}
	slug := r.slugWords()
	return titles.Overlap(o, slug) > sameAsAddress && titles.Overlap(h, slug) < notInAddress
}

// hasSiteName reports whether one of the words is a name of the site or of its host.
func (r *metaReader) hasSiteName(words []string) bool {
	for _, w := range words {
		if len(w) >= minSiteName && r.isSiteName(w) {
			return true
		}
	}
	return false
}

// slugWords returns the words of the last part of the page's address.
func (r *metaReader) slugWords() []string {
	if len(r.pageURLs) == 0 {
		return nil
	}
	s := r.pageURLs[0]
	return names.Words(s[strings.LastIndexByte(s, '/')+1:])
}

// kickerBytes is room for a kicker, a share count or white space in a heading.
const kickerBytes = 200

// hasAbout reports whether a heading has about n bytes of text: half to three
// times as many, and room for a kicker.
func (r *metaReader) hasAbout(i int32, n int) bool {
	if r.Nodes[i].End-i > maxParagraph {
		return false
	}
	have := nodes.TextSize(r.Tree, i)
	return have >= n/2 && have <= 3*n+kickerBytes
}

// sameTitle is the overlap from which on a heading repeats the title.
const sameTitle = 0.9

// findHeadlineNodes lists the visible headings that show the title.
func (r *metaReader) findHeadlineNodes() {
	want := names.Words(r.md.Title)
	for _, i := range r.Headings {
		if i != r.h1 && !r.hasAbout(i, len(r.md.Title)) {
			continue
		}
		if i == r.h1 || titles.Overlap(names.Words(r.Shown(i)), want) >= sameTitle {
			r.md.HeadlineNodes = append(r.md.HeadlineNodes, i)
		}
	}
}
