package meta

import (
	"strings"

	"golang.org/x/net/html"

	"newsclip/clean/internal/jsonld"
	"newsclip/clean/internal/names"
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
				if ContainsAny(low, selectors.Dates().UpdatedClasses) {
					published = strings.Contains(low, "publi")
					if published && k == i && r.hasChangeClass(r.Nodes[i].Parent) {
						published = false // "entry-date published updated" in "updated-on"
					}
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
			for j := k + 1; j < i && len(text) <= maxDateLabel; j++ {
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
	return labelIn(r.textBefore(i), true)
}

// hasChangeClass reports whether the class of an element is that of the last change's day.
func (r *metaReader) hasChangeClass(i int32) bool {
	low := strings.ToLower(r.Attr(i, "class"))
	return ContainsAny(low, selectors.Dates().UpdatedClasses) && !strings.Contains(low, "publi")
}

// textBefore returns the text right before a node, or "" where that is too far away or
// too long for a label.
func (r *metaReader) textBefore(i int32) string {
	for j := i - 1; j > i-beforeNodes && j > 0; j-- {
		if r.Nodes[j].Type == html.TextNode {
			if s := jsonld.Collapse(r.Nodes[j].Data); s != "" {
				if len(s) > maxLabelLine {
					break
				}
				return s
			}
		}
	}
	return ""
}

// shownLabel returns what the words of a date's element, or those right before it, label
// the date as.
func (r *metaReader) shownLabel(i int32) selectors.BylineGroups {
	if nd := &r.Nodes[i]; nd.Type == html.ElementNode && nd.End-i <= labelNodes {
		if g := labelOf(aroundDate(r.Shown(i)), false); g != 0 {
			return g
		}
	}
	return labelOf(r.textBefore(i), true)
}

// aroundDate returns what stands before the first number of s, or all of it where
// nothing does: "2024年5月6日 更新", "12 comments | Updated 6 May 2024".
func aroundDate(s string) string {
	if k := strings.IndexAny(s, "0123456789"); k > 0 {
		if before := strings.Trim(s[:k], " :|-–·•,("); before != "" {
			return before
		}
	}
	return s
}

// maxLabelWords is the number of words of the longest label of a date.
const maxLabelWords = 3

// labelIn returns what the first word of s that labels a date labels it as, or the
// last such word.
func labelIn(s string, last bool) (published, updated bool) {
	g := labelOf(s, last)
	return g&selectors.BylinePublished != 0, g&selectors.BylinePublished == 0 && g&selectors.BylineUpdated != 0
}

// labelOf is labelIn for every label of a date; 0 is none.
func labelOf(s string, last bool) selectors.BylineGroups {
	const labels = selectors.BylinePublished | selectors.BylineUpdated | selectors.BylineOther
	words := names.Words(s)
	for n := range words {
		k := n
		if last {
			k = len(words) - 1 - n
		}
		p := selectors.BylineGroups(0)
		for to := k + 1; to <= min(k+maxLabelWords, len(words)); to++ {
			p |= selectors.BylineGroupsOf(strings.Join(words[k:to], " "))
		}
		if p&labels != 0 {
			return p & labels
		}
	}
	return 0
}
