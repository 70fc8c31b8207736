package meta

import (
	"slices"
	"strings"
	"time"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"newsclip/clean/internal/dates"
	"newsclip/clean/internal/jsonld"
	"newsclip/clean/internal/metatags"
	"newsclip/clean/internal/source"
	"newsclip/clean/internal/text"
	"newsclip/selectors"
)

// A foundDate is a date and the place that it was read from.
type foundDate struct {
	dates.Date
	from     source.Source
	text     string // what was read; "" where that is what the node shows
	at       int32  // the node that shows it, or 0
	labelled bool   // called the day of publication
	plain    bool   // read from a time element, or one that shows the date and hardly more
}

// Limits of what is read as a date, in bytes of text, nodes and counts.
const (
	maxDateField = 100 // bytes of a meta element's or JSON-LD's value
	maxDateText  = 300 // of a text node, with the white space that templates leave
	maxDateLine  = 60  // of the text that shows a date and hardly more
	nearTime     = 30  // nodes that a time element is counted as nearer
	maxLoneDate  = 40  // of text beside blocks, in no element of its own
	maxDateBox   = 400 // of text under an element that shows a date
	maxDateNodes = 24  // nodes of such an element
	minDateShown = 6   // letters and signs of a shown date: 6.5.24
	maxDateShown = 120 // of one with its label, in an element with the class of a date
	maxTailDates = 40  // dates outside the head of the article
	graceDays    = 2   // days after the fetch that a date may be: one begun, one for the offset
	maxDateLabel = 160 // bytes of text in which a date's label is looked for
	labelUp      = 3   // elements from a date up in which its label is looked for
	classUp      = 2   // of those, the ones whose class labels the date
	linkUp       = 4   // elements from a node up that may be the link around it

	// A date is by the headline up to nearBefore nodes before it and nearAfter after
	// it. With more than maxShownDays different days there, they are those of a list.
	nearBefore   = 40
	nearAfter    = 120
	maxShownDays = 3
	eastmost     = 14  // hours that the eastmost time zone is ahead of UTC
	maxTailLabel = 300 // bytes of a line in which a content system tells the day
)

// readDates sets published, modified and DateNodes.
func (r *metaReader) readDates() {
	stated, weak, mod := r.statedDates()
	shown, shownMod, header, days := r.visibleDates()
	if days > maxShownDays && r.isListed(shown[0], shown) {
		shown = nil
	}
	var pub []foundDate
	trusted := len(shown) > 0 && r.isNearHeadline(shown[0]) && days <= maxShownDays
	if trusted && len(stated) > 0 && !isAmong(stated, shown) && !r.isInAddress(stated[0], shown[0]) && (r.isOverruled(slices.Concat(stated, weak), shown[0]) || days == 1 && r.isNewEdition(stated[0], shown[0], mod, shownMod)) {
		pub = append(pub, shown[0])
	}
	if len(pub) == 0 && len(stated) > 1 && len(shown) == 0 && len(shownMod) > 0 && !stated[0].SameDay(shownMod[0].Date) && isAmong(shownMod, stated[1:]) && !isAmong(stated, mod) && !r.isInAddress(stated[0], shownMod[0]) {
		// The class of the shown day is wrong: two sources have it as that of publication.
		pub = append(pub, shownMod[0])
	}
	if len(pub) == 0 && len(stated) > 0 && r.addressOverrules(stated[0]) {
		pub = append(pub, foundDate{Date: r.urlDate, from: source.Source{Of: source.Address}})
	}
	if len(pub) == 0 && len(stated) > 0 && len(mod) > 0 && stated[0].Date == mod[0].Date && stated[0].HasTime {
		// One time for both: the system knows of the last change alone.
		if labelled, _ := r.tailDates(); len(labelled) > 0 && labelled[0].labelled {
			pub = append(pub, labelled[0])
		}
	}
	pub = append(pub, stated...)
	if !trusted || isAmong(weak, shown) {
		pub = append(pub, weak...)
	}
	if len(pub) == 0 && len(shown) > 0 && !shown[0].labelled && r.urlDate.Ok() && r.inTime(r.urlDate) && (r.urlSteps && !trusted || r.isUnderText(shown[0].at)) {
		pub = append(pub, foundDate{Date: r.urlDate, from: source.Source{Of: source.Address}}) // and not a day of the text
	}
	pub = append(pub, shown...)
	pub = append(pub, weak...)
	if first, changed := r.toldDate(); first != nil && (len(pub) == 0 || first[0].Before(pub[0].Date)) {
		pub, shownMod = append(first, pub...), append(shownMod, changed...)
	}
	for _, o := range r.ld.Articles {
		r.addDate(&pub, o.Get(jsonld.LdDateCreated).Text(), source.Source{Of: source.LDCreated})
	}
	r.addDate(&pub, r.ld.WebPage.Get(jsonld.LdDatePublished).Text(), source.Source{Of: source.LDPage})
	for _, o := range r.ld.Articles { // of a video, which may be older than its page
		r.addDate(&pub, o.Get(jsonld.LdUploadDate).Text(), source.Source{Of: source.LDUploaded})
	}
	if r.urlDate.Ok() && r.inTime(r.urlDate) {
		pub = append(pub, foundDate{Date: r.urlDate, from: source.Source{Of: source.Address}})
	}
	mod = append(mod, shownMod...)
	r.addDate(&mod, r.ld.WebPage.Get(jsonld.LdDateModified).Text(), source.Source{Of: source.LDPage})
	var tail, tailMod []foundDate
	if len(shownMod) == 0 && allAmbiguous(pub) {
		tail, tailMod = r.tailDates()
		pub = append(pub, tail...)
		mod = append(mod, tailMod...)
	}
	if len(pub) == 0 {
		pub = append(pub, r.listedDate()...)
		pub = append(pub, r.datelineDate()...)
	}
	if len(pub) == 0 {
		pub = r.titleDate()
	}
	if len(pub) == 0 && len(shownMod) == 0 {
		if pub = r.attributeDates(); len(pub) == 0 {
			pub = r.scriptDate()
		}
		if len(pub) == 0 {
			pub = header
		}
	}
	settle(pub, mod)
	settle(mod, pub)
	r.settleByOrder(pub)
	if len(mod) > 0 {
		r.md.Modified, r.md.From.Modified = mod[0].complete(mod), mod[0].from
	}
	if len(pub) == 0 {
		// "Updated on" is then the one day that the page shows.
		pub = append(shownMod, tailMod...)
		for _, o := range r.ld.Articles {
			r.addDate(&pub, o.Get(jsonld.LdDateModified).Text(), source.Source{Of: source.LDModified})
		}
	}
	if len(pub) > 0 {
		r.md.Published, r.md.From.Published = pub[0].complete(pub), pub[0].from
	}
	r.explainDates(pub, mod)
	r.explainMonth()
}

// addDate appends the date in a field's text, unless it is after the fetch.
func (r *metaReader) addDate(list *[]foundDate, s string, from source.Source) {
	if s == "" || len(s) > maxDateField {
		return
	}
	if d, ok := dates.ParseDate(s, r.dateLang); ok && r.inTime(d) {
		*list = append(*list, foundDate{Date: d, from: from, text: s})
	}
}

// statedDates reads the dates that the page states for machines: those of
// publication, those of which the name does not tell what they are of, and those of
// the last change.
func (r *metaReader) statedDates() (pub, weak, mod []foundDate) {
	for _, o := range r.ld.Articles {
		r.addDate(&pub, o.Get(jsonld.LdDatePublished).Text(), source.Source{Of: source.LDPublished})
		r.addDate(&mod, o.Get(jsonld.LdDateModified).Text(), source.Source{Of: source.LDModified})
	}
	add := func(list *[]foundDate, names []string) {
		for _, k := range names {
			for _, s := range r.metas[k] {
				r.addDate(list, s, source.Source{Of: source.Meta, Detail: k})
			}
		}
	}
	add(&pub, selectors.Metas().Published)
	add(&weak, selectors.Metas().Dated)
	add(&mod, selectors.Metas().Modified)
	if len(pub) == 0 {
		for _, i := range r.Tree.Metas {
			if k := strings.ToLower(r.Attr(i, "name") + r.Attr(i, "property")); metatags.NamesPublished(k) {
				r.addDate(&pub, r.Attr(i, "content"), source.Source{Of: source.Meta, Detail: k})
			}
		}
	}
	if len(pub) == 0 {
		pub = r.microdataDates()
	}
	return pub, weak, mod
}

// microdataDates reads the visible elements with itemprop="datePublished". It
// returns nothing where they have different days: that is a list of articles.
func (r *metaReader) microdataDates() []foundDate {
	var found []foundDate
	for _, i := range r.Itemprop {
		if !text.HasWord(r.Attr(i, "itemprop"), "datePublished") || r.Nodes[i].DataAtom == atom.Meta || r.inComment(i) {
			continue
		}
		f := foundDate{from: source.Source{Of: source.Microdata, Detail: ""}, at: i}
		for _, s := range []string{r.Attr(i, "datetime"), r.Attr(i, "content"), r.Shown(i)} {
			if d, ok := dates.ParseDate(s, r.dateLang); ok && len(s) <= maxDateField && r.inTime(d) {
				f.Date = d
				break
			}
		}
		if !f.Ok() {
			continue
		}
		if len(found) > 0 && !found[0].SameDay(f.Date) {
			return nil
		}
		found = append(found, f)
	}
	return found
}

// inComment reports whether a node stands in a reader's comment or a teaser.
func (r *metaReader) inComment(i int32) bool {
	for ; i >= 0; i = r.Nodes[i].Parent {
		if i <= r.h1 && r.h1 < r.Nodes[i].End {
			return false
		}
		if r.Nodes[i].Roles&(selectors.Comment|selectors.Related) != 0 {
			return true
		}
	}
	return false
}

// isNearHeadline reports whether a shown date is one that readers take for the
// article's: an element with hardly more than the date, right by the headline.
func (r *metaReader) isNearHeadline(f foundDate) bool {
	if !f.plain {
		return false
	}
	if r.headline < 0 || f.at > r.headline {
		return f.at-max(r.headline, r.headFrom) <= nearAfter
	}
	return r.headline-f.at <= nearBefore
}

// minListed is how many items with a day of their own make a list.
const minListed = 3

// isListed reports whether a date is that of an item of a list, such as the next
// events: elements of its element's name and class stand beside it and have dates, too.
func (r *metaReader) isListed(f foundDate, shown []foundDate) bool {
	e := f.at
	if r.Nodes[e].Type == html.TextNode {
		e = r.Nodes[e].Parent
	}
	for up := 0; up < labelUp && e > r.Body; up, e = up+1, r.Nodes[e].Parent {
		n := 0
		for _, o := range shown {
			for k, u := o.at, 0; u <= labelUp && k > r.Body; u, k = u+1, r.Nodes[k].Parent {
				if r.Nodes[k].Parent == r.Nodes[e].Parent && r.Nodes[k].DataAtom == r.Nodes[e].DataAtom && r.Attr(k, "class") == r.Attr(e, "class") && k > e {
					n++
					break
				}
			}
		}
		if n+1 >= minListed {
			return r.h1 < 0 || !(e <= r.h1 && r.h1 < r.Nodes[e].End)
		}
	}
	return false
}

// isInAddress reports whether the address has the stated day, and the shown one is not the
// next, where readers are.
func (r *metaReader) isInAddress(stated, shown foundDate) bool {
	return r.urlDate.Ok() && r.urlDate.SameDay(stated.Date) && (shown.Before(stated.Date) || shown.DaysFrom(stated.Date) > 1)
}

// isOverruled reports whether the day that the page shows by its headline takes the
// place of the stated one. Systems put the last import or the last build into
// datePublished: a page that shows an earlier day was out on that day. And a time in UTC
// may be of the next day where its readers are.
func (r *metaReader) isOverruled(all []foundDate, shown foundDate) bool {
	stated := all[0]
	if stated.Ambiguous || shown.Ambiguous {
		return false
	}
	if isAmong([]foundDate{shown}, all[1:]) && !shown.SameDay(stated.Date) {
		return true // two sources against one
	}
	return shown.Before(stated.Date) || shown.DaysFrom(stated.Date) == 1 && stated.HasTime && stated.Zone == 0 && stated.Hour >= 24-eastmost
}

// isNewEdition reports whether the page shows a later day than the stated one as its own,
// with no word that it is that of a change: it was published anew. The shown day is then
// that of the last change, too (of 18 such pages of the development corpora, the right one
// on 12), or one before that in an element that is there for the day.
func (r *metaReader) isNewEdition(stated, shown foundDate, mod, shownMod []foundDate) bool {
	if stated.Ambiguous || shown.Ambiguous || !stated.Before(shown.Date) || shown.DaysFrom(stated.Date) == 1 || len(shownMod) > 0 || r.inLink(shown.at) {
		return false
	}
	if _, ok := dates.ParseDate(r.Shown(shown.at), r.dateLang); !ok && r.Nodes[shown.at].Type == html.ElementNode {
		return false
	}
	return (shown.from.Of == source.Time || r.Nodes[shown.at].Roles&selectors.Date != 0) && (len(mod) == 0 || shown.Before(mod[0].Date)) || isAmong(mod, []foundDate{shown})
}

// addressOverrules reports whether the day in the address takes the place of a stated
// one: addresses of the form /2024/05/06/ are given once, at publication. The day of
// the address is then an earlier one, or the same where the stated time is in UTC.
// A later one is the day of an issue.
func (r *metaReader) addressOverrules(stated foundDate) bool {
	u := r.urlDate
	if !u.Ok() || !r.urlSteps || !r.inTime(u) || stated.Ambiguous || u.SameDay(stated.Date) {
		return false
	}
	if u.DaysFrom(stated.Date) == 1 {
		return stated.HasTime && stated.Zone == 0 && (u.Before(stated.Date) == (stated.Hour < 24-eastmost))
	}
	return u.Before(stated.Date)
}

// isAmong reports whether the first of the dates is one of the others, too.
func isAmong(list, others []foundDate) bool {
	for _, f := range others {
		if len(list) > 0 && list[0].SameDay(f.Date) {
			return true
		}
	}
	return false
}

// allAmbiguous reports whether each date may have day and month the other way
// round. It is true where there is none.
func allAmbiguous(list []foundDate) bool {
	for _, f := range list {
		if !f.Ambiguous {
			return false
		}
	}
	return true
}

// settle puts day and month of an ambiguous date right where another date of the
// page says which is which.
func settle(list, others []foundDate) {
	for i := range list {
		f := &list[i]
		if !f.Ambiguous {
			continue
		}
		kept, swapped := false, false
		for _, all := range [][]foundDate{list, others} {
			for _, e := range all {
				kept = kept || !e.Ambiguous && e.SameDay(f.Date)
				swapped = swapped || !e.Ambiguous && e.SameDay(f.Swapped())
			}
		}
		if swapped && !kept {
			f.Date = f.Swapped()
		}
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

// thisYear is a year that was there when the package was written: a machine whose
// clock is behind does not make dates false.
const thisYear = 2026

// inTime reports whether a date is not after the page was fetched or, where the
// fetch is not known, not in a year to come.
func (r *metaReader) inTime(d dates.Date) bool {
	if r.Page.FetchedAt.IsZero() {
		return d.Year <= max(thisYear, time.Now().Year())+1
	}
	t := r.Page.FetchedAt.AddDate(0, 0, graceDays)
	return d.Year < t.Year() || d.Year == t.Year() && (d.Month < int(t.Month()) || d.Month == int(t.Month()) && d.Day <= t.Day())
}
