package meta

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"newsclip/clean/internal/dates"
	"newsclip/clean/internal/jsonld"
	"newsclip/selectors"
)

// A foundDate is a date and the place that it was read from.
type foundDate struct {
	dates.Date
	from  source
	plain bool // read from a time element, or one that shows the date and hardly more
}

// Limits of what is read as a date, in bytes of text, nodes and counts.
const (
	maxDateField = 100 // bytes of a meta element's or JSON-LD's value
	maxDateText  = 300 // of a text node, with the white space that templates leave
	maxDateLine  = 60  // of the text that shows a date and hardly more
	maxLoneDate  = 40  // of text beside blocks, in no element of its own
	maxDateBox   = 400 // of text under an element that shows a date
	maxDateNodes = 24  // nodes of such an element
	minDateShown = 6   // letters and signs of a shown date: 6.5.24
	maxDateShown = 120 // of one with its label, in an element with the class of a date
	maxTailDates = 40  // dates outside the head of the article
	graceDays    = 2   // days after the fetch that a date may be: one begun, one for the offset
	maxDateLabel = 160 // bytes of text in which a date's label is looked for
	maxLabelLine = 40  // of the text before a date that is nothing but its label
	labelNodes   = 40  // nodes from a date back to the beginning of its line
	labelUp      = 3   // elements from a date up in which its label is looked for
	classUp      = 2   // of those, the ones whose class labels the date
	beforeNodes  = 10  // nodes before a date in which a label of its own line is looked for
	linkUp       = 4   // elements from a node up that may be the link around it
	maxWrittenBy = 20  // nodes of a line such as "Written by Ana Ferrer"

	afterSiblings = 3 // elements before a date of which one may be that line
)

// readDates sets published, modified and DateNodes.
func (r *metaReader) readDates() {
	var pub, mod []foundDate
	add := func(list *[]foundDate, s string, from source) {
		if s == "" || len(s) > maxDateField {
			return
		}
		if d, ok := dates.ParseDate(s, r.dateLang); ok && r.inTime(d) {
			*list = append(*list, foundDate{Date: d, from: from})
		}
	}
	for _, o := range r.ld.articles {
		add(&pub, o.Get(jsonld.LdDatePublished).Text(), source{Of: FromLDPublished})
	}
	for _, k := range selectors.Metas().Published {
		for _, s := range r.metas[k] {
			add(&pub, s, source{FromMeta, k})
		}
	}
	if len(pub) == 0 {
		for _, i := range r.Tree.Metas {
			if k := strings.ToLower(r.Attr(i, "name") + r.Attr(i, "property")); namesPublished(k) {
				add(&pub, r.Attr(i, "content"), source{FromMeta, k})
			}
		}
	}
	visible, visibleMod := r.visibleDates()
	if len(pub) > 0 && len(visible) > 0 && visible[0].plain && visible[0].Before(pub[0].Date) {
		// Systems put the last import or the last build into datePublished.
		// A page that shows an earlier day was out on that day.
		pub = append(visible[:1:1], pub...)
	}
	pub = append(pub, visible...)
	for _, o := range r.ld.articles {
		add(&pub, o.Get(jsonld.LdDateCreated).Text(), source{Of: FromLDCreated})
		add(&pub, o.Get(jsonld.LdUploadDate).Text(), source{Of: FromLDUploaded})
	}
	add(&pub, r.ld.webPage.Get(jsonld.LdDatePublished).Text(), source{Of: FromLDPage})
	if r.urlDate.Ok() && r.inTime(r.urlDate) {
		pub = append(pub, foundDate{Date: r.urlDate, from: source{Of: FromAddress}})
	}
	if len(pub) == 0 && len(visibleMod) == 0 {
		pub = r.tailDates()
	}
	for _, o := range r.ld.articles {
		add(&mod, o.Get(jsonld.LdDateModified).Text(), source{Of: FromLDModified})
	}
	for _, k := range selectors.Metas().Modified {
		for _, s := range r.metas[k] {
			add(&mod, s, source{FromMeta, k})
		}
	}
	mod = append(mod, visibleMod...)
	add(&mod, r.ld.webPage.Get(jsonld.LdDateModified).Text(), source{Of: FromLDPage})

	if len(mod) > 0 {
		r.md.Modified, r.md.From.Modified = mod[0].complete(mod), mod[0].from
	}
	if len(pub) == 0 {
		// "Updated on" is then the one day that the page shows.
		pub = visibleMod
		for _, o := range r.ld.articles {
			add(&pub, o.Get(jsonld.LdDateModified).Text(), source{Of: FromLDModified})
		}
	}
	if len(pub) > 0 {
		r.md.Published, r.md.From.Published = pub[0].complete(pub), pub[0].from
	}
}

// complete returns d, or another found date of the same day that has the time and
// offset where d does not.
func (d foundDate) complete(all []foundDate) string {
	if !d.HasTime || !d.HasZone {
		for _, e := range all {
			if e.HasTime && e.HasZone && e.SameDay(d.Date) && (!d.HasTime || d.Hour == e.Hour && d.Minute == e.Minute) {
				return e.String()
			}
		}
	}
	return d.String()
}

// namesPublished reports whether a meta element's name, in lower case, is one of a
// content system's own for the day of publication: "w-published-date",
// "published".
func namesPublished(k string) bool {
	return strings.Contains(k, "publi") && !strings.Contains(k, "publisher") &&
		(strings.HasSuffix(k, "published") || strings.Contains(k, "date") || strings.Contains(k, "time")) &&
		!strings.Contains(k, "modif") && !strings.Contains(k, "updat") && !strings.Contains(k, "unpubl")
}

// inTime reports whether a date is not after the page was fetched.
func (r *metaReader) inTime(d dates.Date) bool {
	if r.Page.FetchedAt.IsZero() {
		return true
	}
	t := r.Page.FetchedAt.AddDate(0, 0, graceDays)
	return d.Year < t.Year() || d.Year == t.Year() && (d.Month < int(t.Month()) || d.Month == int(t.Month()) && d.Day <= t.Day())
}

// tailDates reads a date that stands outside the article's head: under the
// body or in a side column. Only one that nothing else on the page contradicts
// counts, or the one that is labelled as that of publication.
func (r *metaReader) tailDates() []foundDate {
	var all []foundDate
	same := true
	for i := r.headTo; i < int32(len(r.Nodes)) && len(all) < maxTailDates; i++ {
		nd := &r.Nodes[i]
		var d dates.Date
		from := FromNowhere
		switch {
		case nd.Hidden:
		case nd.DataAtom == atom.Time || nd.Roles&selectors.Date != 0 && nd.Type == html.ElementNode:
			d, from = r.dateOf(i)
		case nd.Type == html.TextNode && len(nd.Data) <= maxDateText && hasDigit(nd.Data):
			// "Posted on 6 May 2024"
			s := jsonld.Collapse(nd.Data)
			if published, _ := labelIn(s, false); len(s) <= maxDateLine && (published || r.Nodes[nd.Parent].Roles&selectors.Date != 0 || r.afterByline(nd.Parent)) {
				if f, ok := dates.ParseDate(s, r.dateLang); ok {
					d, from = f, FromVisibleDate
				}
			}
		}
		if from == FromNowhere || r.inFurniture(i) || !r.inTime(d) || r.inLink(i) {
			continue
		}
		f := foundDate{Date: d, from: source{FromTail, from.String()}}
		if published, _ := r.dateLabel(i); published {
			return []foundDate{f}
		}
		same = same && (len(all) == 0 || all[0].SameDay(d))
		all = append(all, f)
		i = nd.End - 1
	}
	if !same || len(all) == 0 {
		return nil
	}
	return all[:1]
}

// afterByline reports whether an element stands right after a line such as
// "Written by Ana Ferrer": one of the three siblings before it, of few nodes.
func (r *metaReader) afterByline(i int32) bool {
	p := r.Nodes[i].Parent
	for j, n := i-1, 0; j > p && n < afterSiblings; j, n = j-1, n+1 {
		for r.Nodes[j].Parent != p {
			j = r.Nodes[j].Parent
		}
		if nd := &r.Nodes[j]; nd.Type == html.ElementNode {
			return nd.End-j < maxWrittenBy && selectors.MatchPhrase(r.Tree.Text(j)).Prefix&selectors.PhraseByline != 0
		}
	}
	return false
}

// InLink reports whether a node stands in a link, as a teaser's date does: it or
// one of the three elements around it.
func (r *metaReader) inLink(i int32) bool {
	for n := 0; i >= 0 && n < linkUp; i, n = r.Nodes[i].Parent, n+1 {
		if r.Nodes[i].DataAtom == atom.A {
			return true
		}
	}
	return false
}

// visibleDates reads the dates that the article's head shows, those that are
// marked as the last change's apart, and sets DateNodes.
func (r *metaReader) visibleDates() (pub, mod []foundDate) {
	var times, lines []foundDate
	for i := r.headFrom; i < r.headTo; {
		nd := &r.Nodes[i]
		if nd.Hidden {
			i++
			continue
		}
		d, from := r.dateOf(i)
		if from == FromNowhere {
			i++
			continue
		}
		if r.inFurniture(i) || !r.inTime(d) {
			i = nd.End
			continue
		}
		if u := r.urlDate; u.Ok() && u.Year == d.Year && u.Month == d.Day && u.Day == d.Month {
			d.Month, d.Day = u.Month, u.Day // the address has the month of 3/10 in its place
		}
		f := foundDate{d, source{Of: from}, from == FromTime || nd.Roles&selectors.Date != 0 || len(r.Shown(i)) <= maxDateLine}
		if nd.Type == html.ElementNode {
			r.md.DateNodes = append(r.md.DateNodes, i)
		}
		switch {
		case r.isChange(i):
			mod = append(mod, f)
		case from == FromTime:
			times = append(times, f)
		default:
			lines = append(lines, f)
		}
		i = nd.End
	}
	return append(times, lines...), mod
}

// dateOf reads a date out of an element that shows one and little else. The
// source is FromNowhere where there is none.
func (r *metaReader) dateOf(i int32) (dates.Date, SourceOf) {
	nd := &r.Nodes[i]
	if nd.DataAtom == atom.Time {
		d, ok := dates.ParseDate(r.Attr(i, "datetime"), r.dateLang)
		if ok && !(d.HasZone && d.Zone == 0) {
			return d, FromTime
		}
		// The attribute is missing, or has the day in UTC; what the element shows
		// is the day that readers saw.
		if shown, shows := dates.ParseDate(r.Shown(i), r.dateLang); shows && (!ok || shown.DaysFrom(d) == 1) {
			return shown, FromTime
		}
		if ok {
			return d, FromTime
		}
		return dates.Date{}, FromNowhere
	}
	if nd.Type == html.TextNode {
		// Text that stands beside blocks, in no element of its own.
		if len(nd.Data) > maxDateText || !hasDigit(nd.Data) || !r.standsAlone(i) {
			return dates.Date{}, FromNowhere
		}
		if s := jsonld.Collapse(nd.Data); len(s) <= maxLoneDate {
			if d, ok := dates.ParseDate(s, r.dateLang); ok {
				return d, FromVisibleDate
			}
		}
		return dates.Date{}, FromNowhere
	}
	if nd.End-i > maxDateNodes || nd.End == i+1 || i >= r.headFrom && nd.End <= r.headTo && (r.textSize(i) > maxDateBox || r.withDigit[nd.End-r.headFrom] == r.withDigit[i-r.headFrom]) {
		return dates.Date{}, FromNowhere
	}
	short, digit, pieces, years := 0, false, 0, 0
	for j := i + 1; j < nd.End; j++ {
		if r.Nodes[j].DataAtom == atom.Time {
			return dates.Date{}, FromNowhere // the element itself comes next
		}
		if r.Nodes[j].Type == html.TextNode {
			s := r.Nodes[j].Data
			short += len(s)
			if hasDigit(s) {
				digit = true
				pieces++
				years += countYears(s)
			}
		}
	}
	if !digit || short > maxDateBox || pieces > 1 && years > 1 { // two dates in two pieces: each comes next
		return dates.Date{}, FromNowhere
	}
	text := r.Shown(i)
	n := utf8.RuneCountInString(text)
	if n < minDateShown || n > maxDateShown || n > maxDateLine && nd.Roles&(selectors.Date|selectors.Byline) == 0 {
		return dates.Date{}, FromNowhere
	}
	if i == r.h1 || r.h1 >= 0 && i < r.h1 && nd.End > r.h1 {
		return dates.Date{}, FromNowhere
	}
	d, ok := dates.ParseDate(text, r.dateLang)
	if !ok {
		return dates.Date{}, FromNowhere
	}
	return d, FromVisibleDate
}

// standsAlone reports whether a text with a digit is read without its parent: the
// parent is large, or has another such text.
func (r *metaReader) standsAlone(i int32) bool {
	p := r.Nodes[i].Parent
	if end := r.Nodes[p].End; end-p <= maxDateNodes && p >= r.headFrom && end <= r.headTo {
		return r.withDigit[end-r.headFrom]-r.withDigit[p-r.headFrom] > 1
	}
	return true
}

// countYears counts the four-digit numbers that may be years.
func countYears(s string) int {
	n := 0
	for i := 0; i < len(s); i++ {
		k := i
		for k < len(s) && s[k] >= '0' && s[k] <= '9' {
			k++
		}
		if k-i == 4 && (s[i] == '1' || s[i] == '2') {
			n++
		}
		i = k
	}
	return n
}

// hasDigit reports whether s has a digit of some script.
func hasDigit(s string) bool {
	wide := false
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c >= '0' && c <= '9' {
			return true
		}
		// The first bytes that the other scripts' digits begin with.
		wide = wide || c == 0xD9 || c == 0xDB || c == 0xE0 || c == 0xE1 || c == 0xEF
	}
	if wide {
		for _, c := range s {
			if _, ok := dates.DigitOf(c); ok {
				return true
			}
		}
	}
	return false
}

// isChange reports whether a date is labelled as that of the last change.
func (r *metaReader) isChange(i int32) bool {
	_, updated := r.dateLabel(i)
	return updated
}

// dateLabel returns what a date is labelled as: by its class, by its own words, or
// by the words before it in the same line.
func (r *metaReader) dateLabel(i int32) (published, updated bool) {
	for k, up := i, 0; k >= 0 && up < labelUp; k, up = r.Nodes[k].Parent, up+1 {
		for _, a := range r.Nodes[k].Attr {
			if (a.Key == "class" || a.Key == "itemprop") && up < classUp {
				low := strings.ToLower(a.Val)
				if ContainsAny(low, selectors.Dates().UpdatedClasses) {
					published = strings.Contains(low, "publi")
					return published, !published
				}
			}
		}
		if i-k > labelNodes {
			break
		}
		text := ""
		if k == i {
			if nd := &r.Nodes[i]; nd.End-i <= labelNodes {
				text = aroundDate(r.Shown(i))
			}
		} else {
			for j := k + 1; j < i; j++ {
				if r.Nodes[j].Type == html.TextNode {
					text += " " + r.Nodes[j].Data
				}
			}
		}
		if len(text) > maxDateLabel {
			break
		}
		if published, updated = labelIn(text, k != i); published || updated {
			return published, updated
		}
	}
	for j := i - 1; j > i-beforeNodes && j > 0; j-- {
		if r.Nodes[j].Type == html.TextNode {
			if s := jsonld.Collapse(r.Nodes[j].Data); s != "" {
				if len(s) > maxLabelLine {
					break
				}
				return labelIn(s, true)
			}
		}
	}
	return false, false
}

// aroundDate returns what stands before the first number of s, or after its
// last where nothing does: "2024年5月6日 更新".
func aroundDate(s string) string {
	if k := strings.IndexAny(s, "0123456789"); k > 0 {
		if before := strings.Trim(s[:k], " :|-–·•,("); before != "" {
			return before
		}
	}
	return s[strings.LastIndexAny(s, "0123456789")+1:]
}

// labelIn returns what the first word of s that labels a date labels it as, or the
// last such word.
func labelIn(s string, last bool) (published, updated bool) {
	words := titleWords(s)
	for n := range words {
		k := n
		if last {
			k = len(words) - 1 - n
		}
		p := selectors.BylineGroupsOf(words[k])
		if k+1 < len(words) {
			p |= selectors.BylineGroupsOf(words[k] + " " + words[k+1])
		}
		if p&selectors.BylinePublished != 0 {
			return true, false
		}
		if p&selectors.BylineUpdated != 0 {
			return false, true
		}
	}
	return false, false
}
