package meta

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"newsclip/clean/internal/dates"
	"newsclip/clean/internal/jsonld"
	"newsclip/clean/internal/names"
	"newsclip/clean/internal/nodes"
	"newsclip/clean/internal/page"
	"newsclip/clean/internal/source"
	"newsclip/clean/internal/titles"
	"newsclip/selectors"
)

// This file finds the dates that a page shows.

// tailDates reads the dates that stand outside the article's head: under the
// body, in a side column, in the line that a wiki or blog ends with. Of those that
// are not labelled, one counts only where no other contradicts it.
func (r *metaReader) tailDates() (pub, mod []foundDate) {
	var all []foundDate
	same := true
	for i := r.articleFrom(); i < int32(len(r.Nodes)) && len(all) < maxTailDates; i++ {
		nd := &r.Nodes[i]
		var d dates.Date
		from := source.Nowhere
		published, updated := false, false
		switch {
		case nd.Hidden:
		case nd.Type == html.TextNode && len(nd.Data) <= maxTailLabel && dates.CountYears(nd.Data) > 1:
			if p, m := r.bothDates(i); len(p) > 0 && !r.inFurniture(i) && !r.inComment(i) {
				for _, found := range [][]foundDate{p, m} {
					for k := range found {
						found[k].from = source.Source{Of: source.Tail, Detail: found[k].from.String()}
					}
				}
				p[0].labelled = true
				return p, append(mod, m...)
			}
		case nd.DataAtom == atom.Time || nd.Roles&selectors.Date != 0 && nd.Type == html.ElementNode:
			if d, from = r.dateOf(i); from != source.Nowhere {
				published, updated = r.dateLabel(i)
			}
		case nd.Type == html.TextNode && len(nd.Data) <= maxTailLabel && dates.HasDigit(nd.Data):
			d, from, published, updated = r.lineDate(i)
		}
		if from == source.Nowhere || !r.inTime(d) || r.shownLabel(i)&selectors.BylineOther != 0 || r.inLink(i) || r.inComment(i) || !published && !updated && r.inFurniture(i) {
			continue
		}
		f := foundDate{Date: d, from: source.Source{Of: source.Tail, Detail: from.String()}, at: i, labelled: published}
		switch {
		case published:
			return []foundDate{f}, mod
		case updated:
			mod = append(mod, f)
		default:
			same = same && (len(all) == 0 || all[0].SameDay(d))
			all = append(all, f)
		}
		i = nd.End - 1
	}
	if !same || len(all) == 0 {
		return nil, mod
	}
	return all[:1], mod
}

// articleFrom returns where the article begins that holds the headline: its element,
// or what is read as its head.
func (r *metaReader) articleFrom() int32 {
	for i := r.h1; i > r.Body; i = r.Nodes[i].Parent {
		if a := r.Nodes[i].DataAtom; a == atom.Article || a == atom.Main {
			return min(i, r.headFrom)
		}
	}
	return r.headFrom
}

// lineDate reads a date in a line of text that says little else: "Posted on 6 May
// 2024", "last edited 2024-05-06 10:15 by Ana", or the day alone.
func (r *metaReader) lineDate(i int32) (d dates.Date, from source.Kind, published, updated bool) {
	s := jsonld.Collapse(r.Nodes[i].Data)
	f, ok := dates.ParseDate(s, r.dateLang)
	if !ok {
		return d, source.Nowhere, false, false
	}
	p := r.Nodes[i].Parent
	byClass := r.Nodes[p].Roles&selectors.Date != 0
	published, updated = names.LabelIn(s, false)
	switch meta := r.InMetaLine(i); {
	case len(s) <= maxDateLabel && dates.CountYears(s) == 1 && r.names().StartsWithBy(s):
		published = true
	case len(s) <= maxDateLine && (published || byClass || r.AfterByline(p)), published && dates.CountYears(s) == 1 && names.TellsWhen(s):
	case len(s) <= maxDateLine && updated && !r.InProse(i):
	case meta:
		if !published && !updated {
			published, updated = names.LabelIn(r.Shown(p), false)
		}
	case dates.IsLone(s) && r.labelledLine(i), len(s) <= maxDateLine && r.postedLine(i):
		published = true
	case dates.IsLone(s) && (r.Signs(i) || r.isUnderSignature(i)):
		if !published && !updated {
			published, updated = r.dateLabel(i)
		}
	default:
		return d, source.Nowhere, false, false
	}
	return f, source.VisibleDate, published, updated
}

// isUnderSignature reports whether a text stands right under the name that signs the text.
func (r *metaReader) isUnderSignature(i int32) bool {
	for j := i - 1; j > r.Body && j > i-nodes.LineNodes; j-- {
		if r.Nodes[j].Type != html.TextNode || jsonld.Collapse(r.Nodes[j].Data) == "" {
			continue
		}
		block := r.BlockOf(j)
		name, _, _ := strings.Cut(r.Shown(block), ",")
		if block == r.BlockOf(i) || r.Nodes[block].End-block > maxDateNodes || !names.LooksLikePerson(name) {
			return false
		}
		for j = block + 1; r.Nodes[j].Type != html.TextNode; j++ {
		}
		return r.Signs(j)
	}
	return false
}

// labelledLine reports whether a text stands in a short line that says of its date that
// the article was published then: "Storm at sea was posted on 6 May 2024 in Harbours".
func (r *metaReader) labelledLine(i int32) bool {
	block := r.BlockOf(i)
	if r.Nodes[block].End-block > nodes.LineNodes {
		return false
	}
	line := r.Shown(block)
	published, _ := names.LabelIn(line, false)
	return published && len(line) <= maxTailLabel && dates.CountYears(line) == 1
}

// postedLine reports whether a text stands in a short line that begins with who wrote:
// "Posted by Jo on Monday, 6 May 2024 - 10:15 | Comments (3)".
func (r *metaReader) postedLine(i int32) bool {
	block := r.BlockOf(i)
	if r.Nodes[block].End-block > nodes.LineNodes {
		return false
	}
	line := r.Shown(block)
	return len(line) <= maxTailLabel && names.IsPostedBy(line) && dates.CountYears(line) == 1
}

// isOwnAddress reports whether a link leads to the page itself, as the date of a
// blog's post does.
func (r *metaReader) isOwnAddress(href string) bool {
	if href == "" || href[0] == '#' {
		return false
	}
	u := r.Page.WebURL(href)
	return slices.Contains(r.pageURLs, jsonld.ComparableURL(u)) || u == r.Page.URL // "/?p=31", which is all query
}

// inLink reports whether a node stands in a link to another page, as a teaser's date
// does: it or one of the three elements around it.
func (r *metaReader) inLink(i int32) bool {
	for n := 0; i >= 0 && n < linkUp; i, n = r.Nodes[i].Parent, n+1 {
		if href := r.Attr(i, "href"); r.Nodes[i].DataAtom == atom.A && href != "" {
			return !r.isOwnAddress(href)
		}
	}
	return false
}

// visibleDates reads the dates that the article's head shows, nearest to the
// headline first, those that are marked as the last change's apart, and sets
// DateNodes. days is how many different days it has found. Those in the site's own header
// come apart: newspapers show today there.
func (r *metaReader) visibleDates() (pub, mod, header []foundDate, days int) {
	seen := map[string]bool{}
	for i := r.headFrom; i < r.headTo; {
		nd := &r.Nodes[i]
		if nd.Hidden {
			i++
			continue
		}
		if r.isTitle(i) || (nd.DataAtom == atom.Figure || nd.DataAtom == atom.Figcaption || nd.Roles&selectors.Caption != 0) && !(i <= r.headline && r.headline < nd.End) {
			i = nd.End // the day is one that the article, or its picture, is about
			continue
		}
		if p, m := r.bothDates(i); len(p) > 0 && !r.inFurniture(i) {
			pub, mod = append(pub, p...), append(mod, m...)
			if nd.Type == html.ElementNode {
				r.md.DateNodes = append(r.md.DateNodes, i)
			}
			i = nd.End
			continue
		}
		d, from := r.dateOf(i)
		end := nd.End
		if from == source.Nowhere {
			joined := false
			if d, end, joined = r.joinedDate(i); !joined {
				i++
				continue
			}
			from = source.VisibleDate
		}
		if r.inFurniture(i) || !r.inTime(d) || r.isTeaser(i) || r.isUnderText(i) && r.IsItemOfLink(i) || r.IsInLinkList(i, r.headline) {
			i = end
			continue
		}
		label := r.shownLabel(i)
		if label&selectors.BylineOther != 0 {
			i = end
			continue
		}
		f := foundDate{Date: d, from: source.Source{Of: from}, at: i, plain: from == source.Time || nd.Roles&selectors.Date != 0 || len(r.Shown(i)) <= maxDateLine,
			labelled: label&selectors.BylinePublished != 0 && !r.inLink(i) && !r.InProse(i) || r.isBylineDay(i)}
		if !f.labelled && r.inSiteHeader(i) {
			header = append(header, f)
			i = end
			continue
		}
		if nd.Type == html.ElementNode {
			r.md.DateNodes = append(r.md.DateNodes, i)
		}
		if r.isChange(i) {
			mod = append(mod, f)
		} else {
			seen[d.Day10()] = true
			pub = append(pub, f)
		}
		i = end
	}
	if r.headline >= 0 {
		slices.SortStableFunc(pub, func(a, b foundDate) int {
			if a.labelled != b.labelled {
				if a.labelled {
					return -1
				}
				return 1
			}
			if under := r.isUnderText(a.at); under != r.isUnderText(b.at) {
				if under {
					return 1
				}
				return -1
			}
			return cmp.Compare(r.fromHeadline(a), r.fromHeadline(b))
		})
	}
	return pub, mod, header, len(seen)
}

// inSiteHeader reports whether a node stands before the headline in a header that does not
// hold it.
func (r *metaReader) inSiteHeader(i int32) bool {
	if r.headline < 0 || i > r.headline {
		return false
	}
	found := false
	for ; i > r.Body && r.Nodes[i].End <= r.headline; i = r.Nodes[i].Parent {
		nd := &r.Nodes[i]
		found = found || nd.DataAtom == atom.Header || nd.Roles&selectors.Header != 0
	}
	return found && r.Nodes[i].DataAtom != atom.Article && r.Nodes[i].DataAtom != atom.Main
}

// isBylineDay reports whether a day stands in a line "By Ana Ferrer, 6 May 2024" right under
// the headline: another day beside it is that of an event.
func (r *metaReader) isBylineDay(i int32) bool {
	nd := &r.Nodes[i]
	return nd.Type == html.ElementNode && nd.End-i <= nodes.LineNodes && r.headline >= 0 && i > r.headline && i-r.headline <= nearBefore && r.names().StartsWithBy(r.Shown(i)) && !r.isUnderText(i)
}

// isTitle reports whether a heading says what the title does, or a part of it.
func (r *metaReader) isTitle(i int32) bool {
	if nd := &r.Nodes[i]; nd.Type != html.ElementNode || nd.End-i > maxHeadlineNodes || !page.IsHeading(nd.DataAtom) {
		return false
	}
	k := names.Key(r.Shown(i))
	if len(k) < titles.MinKey {
		return false
	}
	if r.titleKeys == nil {
		r.titleKeys = []string{names.Key(r.md.Title), names.Key(r.TitleText())}
	}
	return strings.Contains(r.titleKeys[0], k) || strings.Contains(r.titleKeys[1], k)
}

// isTeaser reports whether a date is a part of a link to another page that says more, or
// of an element in which such a link has the date.
func (r *metaReader) isTeaser(i int32) bool {
	says := func(a int32) bool {
		return r.Nodes[a].DataAtom == atom.A && r.Attr(a, "href") != "" && !r.isOwnAddress(r.Attr(a, "href")) && len(r.Shown(a)) > maxLoneDate
	}
	for p, n := i, 0; p > r.Body && n < linkUp; p, n = r.Nodes[p].Parent, n+1 {
		if says(p) {
			return true
		}
	}
	for a := i + 1; a < r.Nodes[i].End; a++ {
		if says(a) && dates.HasDigit(r.Shown(a)) {
			if _, ok := dates.ParseDate(r.Shown(a), r.dateLang); ok {
				return true
			}
		}
	}
	return false
}

// fromHeadline returns how many nodes lie between a date and the headline. A time
// element is counted as a little nearer than it is: what it holds is a date for sure.
func (r *metaReader) fromHeadline(f foundDate) int32 {
	n := f.at - r.headline
	if n < 0 {
		n = -n
	}
	if f.from.Of == source.Time {
		n -= nearTime
	}
	return n
}

// bothDates reads the two days of an element, or text, that says in one line when
// the article was published and when it was changed. It returns nothing where the
// line does not label them.
func (r *metaReader) bothDates(i int32) (pub, mod []foundDate) {
	nd := &r.Nodes[i]
	if nd.End-i > maxDateNodes || nd.Type == html.TextNode && len(nd.Data) > maxDateText || i <= r.h1 && r.h1 < nd.End ||
		nd.Type == html.ElementNode && r.textSize(i) > maxDateBox {
		return nil, nil
	}
	if nd.Type != html.TextNode && nd.Type != html.ElementNode {
		return nil, nil
	}
	if !r.mayShowDigit(i) {
		return nil, nil
	}
	s := jsonld.Collapse(nd.Data)
	if nd.Type == html.ElementNode {
		for j := i + 1; j < nd.End; j++ {
			if r.Nodes[j].DataAtom == atom.Time {
				return nil, nil // the element itself comes next
			}
		}
		s = r.Shown(i)
	}
	if len(s) > maxDateLabel || len(s) < 2*minDateShown || !dates.MayHaveTwo(s) {
		return nil, nil
	}
	p, m, ok := dates.SplitLine(s, r.dateLang)
	if !ok || !r.inTime(p) || m.Ok() && !r.inTime(m) {
		return nil, nil
	}
	from := source.VisibleDate
	if nd.DataAtom == atom.Time {
		from = source.Time
		if d, ok := dates.ParseDate(r.Attr(i, "datetime"), r.dateLang); ok && d.HasZone && d.Zone != 0 {
			for _, e := range []*dates.Date{&p, &m} {
				if e.HasTime && !e.HasZone {
					e.HasZone, e.Zone = true, d.Zone
				}
			}
			if m.SameDay(d) {
				m = d
			}
		}
	}
	if pub = []foundDate{{Date: p, from: source.Source{Of: from}, at: i, plain: true}}; !m.Ok() {
		return pub, nil
	}
	return pub, []foundDate{{Date: m, from: source.Source{Of: from}, at: i, plain: true}}
}

// manyFacts is how many colons a line has that lists the facts of a book and not who wrote
// the article: "Author: Ana Ferrer, Released: 6 May 2024, Genre: …".
const manyFacts = 3

// mayShowDigit reports whether a text, or one under an element, has a digit. It
// may be wrong for what stands outside the head.
func (r *metaReader) mayShowDigit(i int32) bool {
	nd := &r.Nodes[i]
	if i < r.headFrom || nd.End > r.headTo {
		return nd.Type != html.TextNode || dates.HasDigit(nd.Data)
	}
	return r.withDigit[nd.End-r.headFrom] > r.withDigit[i-r.headFrom]
}

// dateOf reads a date out of an element that shows one and little else. The
// source is source.Nowhere where there is none.
func (r *metaReader) dateOf(i int32) (dates.Date, source.Kind) {
	nd := &r.Nodes[i]
	if nd.DataAtom == atom.Time {
		d, ok := dates.ParseDate(r.Attr(i, "datetime"), r.dateLang)
		if ok && !(d.HasZone && d.Zone == 0) {
			return d, source.Time
		}
		// The attribute is missing, or has the day in UTC; what the element shows
		// is the day that readers saw.
		if shown, shows := dates.ParseDate(r.Shown(i), r.dateLang); shows && (!ok || shown.DaysFrom(d) == 1) {
			return shown, source.Time
		}
		if ok {
			return d, source.Time
		}
		return dates.Date{}, source.Nowhere
	}
	if nd.Type == html.TextNode {
		// Text that stands beside blocks, in no element of its own.
		if len(nd.Data) > maxDateText || !r.mayShowDigit(i) || !r.standsAlone(i) {
			return dates.Date{}, source.Nowhere
		}
		if s := jsonld.Collapse(nd.Data); utf8.RuneCountInString(s) <= maxLoneDate {
			if d, ok := dates.ParseDate(s, r.dateLang); ok {
				return d, source.VisibleDate
			}
		}
		return dates.Date{}, source.Nowhere
	}
	if nd.Roles&selectors.Date != 0 || nd.DataAtom == atom.Abbr {
		// The date format of hAtom, and of the scripts that show "2 days ago".
		if s := r.Attr(i, "title"); len(s) >= len("2024-05-06") && len(s) <= maxDateField && s[0] >= '1' && s[0] <= '2' {
			if d, ok := dates.ParseDate(s, r.dateLang); ok {
				if shown, shows := dates.ParseDate(r.Shown(i), r.dateLang); !shows || shown.SameDay(d) {
					return d, source.VisibleDate
				}
			}
		}
	}
	if nd.End-i > maxDateNodes || nd.End == i+1 || i >= r.headFrom && nd.End <= r.headTo && r.textSize(i) > maxDateBox || !r.mayShowDigit(i) {
		return dates.Date{}, source.Nowhere
	}
	short, digit, pieces, years := 0, false, 0, 0
	for j := i + 1; j < nd.End; j++ {
		if r.Nodes[j].DataAtom == atom.Time {
			return dates.Date{}, source.Nowhere // the element itself comes next
		}
		if r.Nodes[j].Type == html.TextNode {
			s := r.Nodes[j].Data
			short += nodes.ShownSize(s)
			if dates.HasDigit(s) {
				digit = true
				pieces++
				years += dates.CountYears(s)
			}
		}
	}
	if !digit || short > maxDateBox || pieces > 1 && years > 1 { // two dates in two pieces: each comes next
		return dates.Date{}, source.Nowhere
	}
	text := r.Shown(i)
	n := utf8.RuneCountInString(text)
	if n > maxDateLine && n <= maxDateLabel && years == 1 {
		text = dates.LonePart(text)
		n = utf8.RuneCountInString(text)
	}
	if n < minDateShown || n > maxDateShown || n > maxDateLine && nd.Roles&(selectors.Date|selectors.Byline) == 0 && !(years == 1 && strings.Count(text, ": ") < manyFacts && r.isBylineDay(i)) {
		return dates.Date{}, source.Nowhere
	}
	if i == r.h1 || r.h1 >= 0 && i < r.h1 && nd.End > r.h1 || nd.DataAtom == atom.P && nd.Roles&selectors.Date == 0 && names.IsSentence(text) {
		return dates.Date{}, source.Nowhere
	}
	d, ok := dates.ParseDate(text, r.dateLang)
	if !ok {
		return dates.Date{}, source.Nowhere
	}
	return d, source.VisibleDate
}

// attributeDates returns the first day of the head that stands in an attribute alone.
func (r *metaReader) attributeDates() []foundDate {
	for i := r.headFrom; i < r.headTo; i++ {
		if d, ok := r.attributeDate(i); ok && r.inTime(d) && !r.Nodes[i].Hidden && !r.inFurniture(i) && !r.inLink(i) && !r.isChange(i) && !names.IsOtherFact(r.RowHead(i)) {
			return []foundDate{{Date: d, from: source.Source{Of: source.VisibleDate}, at: i}}
		}
	}
	return nil
}

// attributeDate reads the day that a script will show in an element, or shows as "2 days
// ago", from an attribute of it.
func (r *metaReader) attributeDate(i int32) (dates.Date, bool) {
	nd := &r.Nodes[i]
	if len(nd.Attr) == 0 || nd.End-i > maxDateNodes || nd.DataAtom == atom.A || nd.DataAtom == atom.Img {
		return dates.Date{}, false
	}
	for _, a := range nd.Attr {
		if len(a.Val) < minDateShown || len(a.Val) > maxDateLine || a.Key != "title" && a.Key != "datetime" && !slices.ContainsFunc(selectors.Dates().Attributes, func(p string) bool { return strings.HasPrefix(a.Key, p) }) {
			continue
		}
		d, ok := dates.ParseDate(a.Val, r.dateLang)
		if !ok || (strings.HasSuffix(a.Key, "title") || a.Key == "data-tooltip") && dates.CountYears(a.Val) != 1 || r.textSize(i) > maxLoneDate {
			continue
		}
		if shown, shows := dates.ParseDate(r.Shown(i), r.dateLang); !shows || shown.SameDay(d) {
			return d, true
		}
	}
	return dates.Date{}, false
}

// standsAlone reports whether a text with a digit is read without its parent: the
// parent is large, or has another such text.
func (r *metaReader) standsAlone(i int32) bool {
	p := r.Nodes[i].Parent
	if end := r.Nodes[p].End; end-p <= maxDateNodes && p >= r.headFrom && end <= r.headTo && len(r.Shown(p)) <= maxDateLine {
		return r.withDigit[end-r.headFrom]-r.withDigit[p-r.headFrom] > 1
	}
	return true
}
