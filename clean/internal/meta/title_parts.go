package meta

import (
	"strings"

	"golang.org/x/net/html"

	"newsclip/clean/internal/jsonld"
	"newsclip/clean/internal/names"
	"newsclip/selectors"
)

// Limits of shownPart: the parts that a title is cut into at most, and the letters
// and digits of a headline at least.
const (
	maxTitleParts = 6
	minTitleKey   = 8
)

// shownPart returns the part of a title that the page shows as a text of its own.
// Old pages have no heading element: their headline stands in a table's cell, and
// their title element has the names of site and section around it. Where nothing of
// the kind is shown, it returns the title.
func (r *metaReader) shownPart(title string) string {
	bounds := partBounds(title)
	if len(bounds) < 2 || len(bounds) > maxTitleParts {
		return title
	}
	whole := names.Key(title)
	parts := map[string]string{} // by what Key makes of them
	for i := range bounds {
		for j := i; j < len(bounds); j++ {
			if strings.HasPrefix(title[bounds[j][1]:], ":") {
				continue // "Storm at sea: three harbours closed" is one headline
			}
			part := strings.Trim(title[bounds[i][0]:bounds[j][1]], " ")
			if k := names.Key(part); len(k) >= minTitleKey && k != whole && !r.isSiteLabel(part) {
				parts[k] = part
			}
		}
	}
	best := ""
	for i := r.Body; i < int32(len(r.Nodes)); i++ {
		nd := &r.Nodes[i]
		if nd.Type != html.TextNode || len(nd.Data) < minTitleKey || len(nd.Data) > 2*maxHeadline {
			continue
		}
		k := names.Key(jsonld.Collapse(nd.Data))
		if k == whole && !r.inLink(i) && !r.insideHidden(i) {
			return title
		}
		if part := parts[k]; len(part) > len(best) && !r.inLink(i) && !r.insideHidden(i) &&
			!r.inFurniture(i) && r.rolesAbove(i)&(selectors.Breadcrumb|selectors.Related) == 0 {
			best = part
		}
	}
	if best == "" {
		return title
	}
	return best
}

// rolesAbove returns the roles of the elements around a node, in the page's body.
func (r *metaReader) rolesAbove(i int32) selectors.Roles {
	var roles selectors.Roles
	for i = r.Nodes[i].Parent; i > r.Body; i = r.Nodes[i].Parent {
		roles |= r.Nodes[i].Roles
	}
	return roles
}

// partBounds returns where the parts of a title begin and end that a separator stands
// between.
func partBounds(title string) [][2]int {
	var bounds [][2]int
	from := 0
	for at := 0; at < len(title); {
		sep := ""
		for _, s := range selectors.Signs().Separators {
			if strings.HasPrefix(title[at:], s) && len(s) > len(sep) {
				sep = s
			}
		}
		if sep == "" || at == from {
			at++
			continue
		}
		bounds = append(bounds, [2]int{from, at})
		at += len(sep)
		from = at
	}
	if from < len(title) {
		bounds = append(bounds, [2]int{from, len(title)})
	}
	return bounds
}
