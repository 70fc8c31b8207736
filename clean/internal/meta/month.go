package meta

import (
	"net/url"

	"golang.org/x/net/html"

	"newsclip/clean/internal/dates"
	"newsclip/clean/internal/jsonld"
	"newsclip/clean/internal/page"
	"newsclip/clean/internal/source"
)

// explainMonth keeps the month of publication of a page that tells no day: the one that
// its head shows, nearest to the headline, or that of its address. A month is no value of
// the record's field, which is a day; it is told as evidence alone.
func (r *metaReader) explainMonth() {
	if r.md.candidates == nil || r.md.Published != "" {
		return
	}
	list := &r.md.candidates.Month
	best, at := int32(-1), int32(0)
	month := ""
	for i := r.headFrom; i < r.headTo; i++ {
		nd := &r.Nodes[i]
		if nd.Type != html.TextNode || len(nd.Data) > maxDateText || !r.mayShowDigit(i) || r.InsideHidden(i) || r.inFurniture(i) || r.inLink(i) || r.inComment(i) {
			continue
		}
		m, ok := dates.MonthIn(jsonld.Collapse(nd.Data), r.dateLang)
		if !ok {
			continue
		}
		if n := r.fromHeadline(foundDate{at: i}); best < 0 || n < best {
			best, at, month = n, i, m
		}
	}
	r.add(list, month, source.Source{Of: source.VisibleMonth}, at, "")
	for _, s := range []string{r.Page.Address, page.Unarchived(r.md.CanonicalURL)} {
		if u, err := url.Parse(s); err == nil {
			if t, day, ok := dates.DateInURL(u.Path); ok && !day {
				r.add(list, t.Format("2006-01"), source.Source{Of: source.AddressMonth}, 0, "")
			}
		}
	}
}
