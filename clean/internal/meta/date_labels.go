package meta

import (
	"strings"

	"golang.org/x/net/html"

	"newsclip/clean/internal/dates"
	"newsclip/clean/internal/jsonld"
	"newsclip/clean/internal/names"
	"newsclip/clean/internal/nodes"
	"newsclip/selectors"
)

// This file reads what a date is labelled as: the day of publication or that of the
// last change.

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
				if nodes.ContainsAny(low, selectors.Dates().UpdatedClasses) {
					published = strings.Contains(low, "publi")
					if published && k == i && r.hasChangeClass(r.Nodes[i].Parent) {
						published = false // "entry-date published updated" in "updated-on"
					}
					return published, !published
				}
			}
		}
		if i-k > nodes.LineNodes {
			break
		}
		text := ""
		if k == i {
			if nd := &r.Nodes[i]; nd.End-i <= nodes.LineNodes {
				text = names.AroundDate(r.Shown(i))
			}
		} else {
			for j := k + 1; j < i && len(text) <= maxDateLabel; j++ {
				if r.Nodes[j].Type == html.TextNode {
					if own := nodes.AfterDate(r.Nodes[j].Data); len(own) < len(r.Nodes[j].Data) {
						text = own // what stands before is the label of another date
					} else {
						text += " " + own
					}
				}
			}
		}
		if len(text) > maxDateLabel {
			break
		}
		if published, updated = names.LabelIn(text, k != i); published || updated {
			return published, updated
		}
	}
	return names.LabelIn(r.TextBefore(i), true)
}

// hasChangeClass reports whether the class of an element is that of the last change's day.
func (r *metaReader) hasChangeClass(i int32) bool {
	low := strings.ToLower(r.Attr(i, "class"))
	return nodes.ContainsAny(low, selectors.Dates().UpdatedClasses) && !strings.Contains(low, "publi")
}

// shownLabel returns what the words of a date's element, those right before it, or the head
// of its table's row label the date as.
func (r *metaReader) shownLabel(i int32) selectors.BylineGroups {
	if names.IsOtherFact(r.RowHead(i)) {
		return selectors.BylineOther
	}
	if nd := &r.Nodes[i]; nd.End-i <= nodes.LineNodes {
		if g := names.LabelOf(names.AroundDate(r.Shown(i)), false); g != 0 && nd.Type == html.ElementNode {
			return g
		}
		for j := i; j < nd.End; j++ {
			if own := &r.Nodes[j]; own.Type == html.TextNode && dates.HasDigit(own.Data) && names.LabelOf(names.AroundDate(jsonld.Collapse(own.Data)), false) == selectors.BylineOther {
				return selectors.BylineOther // "Posts: 31", "Registered: 6 May 2011"
			}
		}
	}
	return names.LabelOf(r.TextBefore(i), true)
}
