package meta

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"newsclip/clean/internal/dates"
	"newsclip/clean/internal/jsonld"
	"newsclip/clean/internal/names"
	"newsclip/clean/internal/nodes"
	"newsclip/clean/internal/titles"
	"newsclip/selectors"
)

// shownPart returns the part of a title that the page shows as a text of its own.
// Old pages have no heading element: their headline stands in a table's cell, and
// their title element has the names of site and section around it. Where nothing of
// the kind is shown, it returns the title.
func (r *metaReader) shownPart(title string) string {
	bounds := titles.Bounds(title)
	if len(bounds) < 2 || len(bounds) > titles.MaxParts {
		return title
	} else if s := titles.InAddress(title, r.slugWords()); s != "" {
		return s
	}
	whole := names.Key(title)
	parts := map[string]string{} // by what Key makes of them
	for i := range bounds {
		for j := i; j < len(bounds); j++ {
			if strings.HasPrefix(title[bounds[j][1]:], ":") {
				continue // "Storm at sea: three harbours closed" is one headline
			}
			part := strings.Trim(title[bounds[i][0]:bounds[j][1]], " ")
			if k := names.Key(part); len(k) >= titles.MinKey && k != whole && !r.isSiteLabel(part) {
				parts[k] = part
			}
		}
	}
	best := ""
	for i := r.Body; i < int32(len(r.Nodes)); i++ {
		nd := &r.Nodes[i]
		if nd.Type != html.TextNode || len(nd.Data) < titles.MinKey || len(nd.Data) > 2*maxHeadline {
			continue
		}
		k := names.Key(jsonld.Collapse(nd.Data))
		if k == whole && !r.inLink(i) && !r.InsideHidden(i) {
			return title
		}
		if part := parts[k]; len(part) > len(best) && !r.inLink(i) && !r.InsideHidden(i) &&
			!r.inFurniture(i) && (r.RolesAbove(i)&(selectors.Breadcrumb|selectors.Related) == 0 || r.RolesAbove(i)&selectors.Related == 0 && titles.IsLong(part) && strings.HasPrefix(title, part)) {
			best = part
		}
	}
	if best == "" {
		return title
	}
	return best
}

// withoutSiteEnd cuts the site's name off a heading's end, where what is left has the key of
// one of the stated titles, or the title element has the section between the two.
func (r *metaReader) withoutSiteEnd(h1 string, stated ...string) string {
	b := titles.Bounds(h1)
	if len(b) < 2 {
		return h1
	}
	site := h1[b[len(b)-1][0]:]
	s := strings.TrimRight(h1[:b[len(b)-2][1]], " ")
	if r.isSiteName(site) && slices.Contains(stated, names.Key(s)) {
		return s
	}
	tag := r.TitleText()
	if rest, ok := strings.CutPrefix(tag, s); ok && titles.IsLong(s) && titles.Tail(tag) == names.Key(site) && len(titles.Bounds(tag)) == len(b)+1 && names.Key(rest) != names.Key(site) {
		return s
	}
	return h1
}

// nameInHeading takes the text of an h1 that links to the site's first page for a name of
// the site where the title element has it, and beside it what another heading says, or a
// line before the text.
func (r *metaReader) nameInHeading() {
	for k, i := range r.Headings {
		if r.Nodes[i].DataAtom != atom.H1 || !r.Page.LeadsHome(r.OnlyLink(i)) {
			continue
		}
		name, tag := names.Key(r.Shown(i)), names.Key(r.TitleText())
		rest := strings.TrimSuffix(strings.TrimPrefix(tag, name), name)
		if rest != tag && len(rest) >= titles.MinKey && r.ShownEarly(r.Nodes[i].End, func(s string) bool { return names.Key(s) == rest }) {
			r.siteNames = append(r.siteNames, name)
			return
		}
		for _, j := range r.Headings[k+1 : min(k+maxOtherHeadings, len(r.Headings))] {
			if rest != tag && rest != "" && names.Key(r.Shown(j)) == rest {
				r.siteNames = append(r.siteNames, name)
				return
			}
		}
		return
	}
}

// underSection returns the heading under an h1 that is but the name of a section of the
// site, or -1: the headline of pages whose title is that of the section.
func (r *metaReader) underSection() int32 {
	if r.h1 < 0 || !selectors.IsSectionHeading(strings.ToLower(r.h1Text)) {
		return -1
	}
	for k, i := range r.Headings {
		if i <= r.h1 || r.InsideHidden(i) {
			continue
		}
		nd := &r.Nodes[i]
		if s := r.Shown(i); i-r.h1 > nodes.ItemNodes || !titles.IsLong(s) || len(s) > maxHeadline || r.HasTeaserLink(i, nodes.MinItemLink) || r.IsListItem(i, r.headline) {
			return -1
		}
		if k+1 < len(r.Headings) && r.Nodes[r.Headings[k+1]].Sig == nd.Sig && r.Headings[k+1]-nd.End < maxParagraph {
			return -1 // one of a list
		}
		return i
	}
	return -1
}

// untitled returns the headline of a page without an h1 that states no title but its
// site's name, or -1: the one heading with a day under it or, before the text, the first
// line in large print, a font element as old pages have it, or an h2.
func (r *metaReader) untitled() int32 {
	if r.ld.First(jsonld.LdHeadline) == "" && r.metas.First("og:title") == "" {
		if i := r.DatedHeading(r.dateLang); i >= 0 && titles.IsLong(r.Shown(i)) && titles.Overlap(names.Words(r.Shown(i)), names.Words(r.TitleText())) == 0 {
			return i
		}
	}
	named := false // by the site's name and no more
	for _, s := range []string{r.ld.First(jsonld.LdHeadline), r.metas.First("og:title"), r.TitleText()} {
		if s == "" {
			continue
		} else if !r.isSiteLabel(s) {
			return -1
		}
		named = r.isSiteName(s)
	}
	for i := r.Body; i < int32(len(r.Nodes)); i++ {
		nd := &r.Nodes[i]
		if nd.Type == html.TextNode && len(nd.Data) > longParagraph {
			return -1
		}
		if nd.DataAtom != atom.Font && !(named && nd.DataAtom == atom.H2) || nd.End-i > maxParagraph {
			continue
		}
		size := r.Attr(i, "size")
		if large := nd.DataAtom == atom.H2 || size >= "4" && size <= "7" || size >= "+1" && size <= "+6"; !large || r.InsideHidden(i) || r.inLink(i) {
			continue
		}
		if s := r.Shown(i); titles.IsLong(s) && len(s) <= maxHeadline && !r.isSiteLabel(s) {
			return i
		}
	}
	return -1
}

// headlinePiece returns the part of a heading that is the headline where another part,
// in a text or an element of its own, is not: the day, tags, a label such as "You are
// here". What the page states elsewhere has the headline's words and no more, or the
// other part is a day. Without such a part it returns "".
func (r *metaReader) headlinePiece(stated ...string) string {
	if r.h1 < 0 {
		return ""
	}
	var pieces []string
	for j := r.h1 + 1; j < r.Nodes[r.h1].End; j++ {
		nd := &r.Nodes[j]
		if nd.Hidden || nd.Opaque || nd.Roles&selectors.Hidden != 0 {
			j = nd.End - 1
			continue
		}
		if nd.Type == html.TextNode {
			if s := jsonld.Collapse(nd.Data); names.Key(s) != "" {
				pieces = append(pieces, s)
			}
		}
	}
	if len(pieces) < 2 || len(pieces) > maxPieces {
		return ""
	}
	whole := names.Key(r.h1Text)
	stated = slices.DeleteFunc(stated, func(s string) bool { return s == "" || strings.Contains(names.Key(s), whole) })
	for from := range pieces {
		for to := len(pieces); to > from; to-- {
			if from == 0 && to == len(pieces) {
				continue
			}
			s := strings.Join(pieces[from:to], " ")
			if !titles.IsLong(s) {
				continue
			}
			rest := strings.Join(append(append([]string{}, pieces[:from]...), pieces[to:]...), " ")
			if dates.IsLone(rest) {
				if _, ok := dates.ParseDate(rest, r.dateLang); ok {
					return s
				}
			}
			for _, t := range stated {
				if titles.IsPart(names.Key(s), t) {
					return strings.Trim(s, " <>»|:–-")
				}
			}
		}
	}
	return ""
}
