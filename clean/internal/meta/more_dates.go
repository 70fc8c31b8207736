package meta

import (
	"strings"

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

// This file reads dates that stand in pieces, in the text's first line, or in a list
// that has the page itself.

// Limits of a date in pieces: the bytes of its first piece and of the next ones, how
// many those are, and the nodes that they stand in.
const (
	maxFirstPiece = 16
	maxNextPiece  = 12
	maxNextPieces = 3
	maxPieceNodes = 14
)

// joinedDate reads a date whose parts stand in elements of their own, as in the boxes
// that blogs print like the leaf of a calendar. It returns the node after the last.
func (r *metaReader) joinedDate(i int32) (d dates.Date, end int32, ok bool) {
	nd := &r.Nodes[i]
	if nd.Type != html.TextNode || len(nd.Data) > maxDateText || dates.ASCIILetters(nd.Data) > maxFirstPiece {
		return d, 0, false
	}
	s := jsonld.Collapse(nd.Data)
	if s == "" || len(s) > maxFirstPiece || dates.CountYears(s) > 0 || !dates.HasDigit(s) && !dates.IsMonth(s, r.dateLang) || strings.ContainsAny(s, "%$€£:+") {
		return d, 0, false
	}
	for j, n := i+1, 0; j < min(r.headTo, i+maxPieceNodes) && n < maxNextPieces; j++ {
		if r.Nodes[j].Type != html.TextNode {
			if r.Nodes[j].DataAtom == atom.Time {
				return d, 0, false
			}
			continue
		}
		next := jsonld.Collapse(r.Nodes[j].Data)
		if next == "" {
			continue
		}
		if len(next) > maxNextPiece {
			return d, 0, false
		}
		n++
		s += " " + next
		if dates.CountYears(next) == 1 {
			d, ok = dates.ParseDate(s, r.dateLang)
			return d, j + 1, ok
		}
	}
	return d, 0, false
}

// scriptDate reads the day of publication that the page's scripts write or have in their
// data, or a comment of its source has. It returns nothing where they have several: they
// are of other articles, too.
func (r *metaReader) scriptDate() []foundDate {
	var days []dates.Date
	for i := range r.Nodes {
		c := r.Nodes[i].FirstChild
		if r.Nodes[i].DataAtom == atom.Script && c != nil {
			days = dates.InWrites(dates.InScript(days, c.Data), c.Data, r.dateLang)
			continue
		}
		for ; c != nil; c = c.NextSibling { // the tree does not list comments
			if c.Type == html.CommentNode && len(c.Data) <= maxDateText {
				days = dates.InScript(days, c.Data)
			}
		}
	}
	if len(days) != 1 || !r.inTime(days[0]) {
		return nil
	}
	return []foundDate{{Date: days[0], from: source.Source{Of: source.Script}}}
}

// titleDate reads the day that is a part of its own of the title element: "Storm at sea |
// The Harbour Post | 06.05.2024".
func (r *metaReader) titleDate() (found []foundDate) {
	title := r.TitleText()
	for _, b := range titles.Bounds(title) {
		if part := title[b[0]:b[1]]; b[0] > 0 && strings.ContainsAny(part, "0123456789") {
			r.addDate(&found, strings.TrimSpace(part), source.Source{Of: source.TitleTag})
		}
	}
	return found
}

// settleByOrder puts day and month of the first date right where other dates of the page
// tell in which order it has them, and its language does not.
func (r *metaReader) settleByOrder(pub []foundDate) {
	if len(pub) == 0 || !pub[0].Ambiguous || strings.Contains(r.dateLang, "-") {
		return
	}
	votes := 0
	for i := r.Body; i < int32(len(r.Nodes)); i++ {
		if nd := &r.Nodes[i]; nd.Type == html.TextNode && len(nd.Data) <= maxDateText && dates.HasDigit(nd.Data) {
			votes += dates.OrderOf(nd.Data)
		}
	}
	if votes > 0 && pub[0].MonthFirst || votes < 0 && !pub[0].MonthFirst {
		pub[0].Date = pub[0].Swapped()
	}
}

// toldDate reads the day in a sentence of the text that tells when its article first came
// out, and that of the last change.
func (r *metaReader) toldDate() (pub, mod []foundDate) {
	for i := r.articleFrom(); i < int32(len(r.Nodes)); i++ {
		nd := &r.Nodes[i]
		if nd.Type != html.TextNode || len(nd.Data) < minToldLine || len(nd.Data) > maxTailLabel || !dates.MayTellFirst(nd.Data) || dates.CountYears(nd.Data) == 0 {
			continue
		}
		s := jsonld.Collapse(nd.Data)
		p, m, ok := dates.FirstPublished(s, r.dateLang)
		if !ok || !r.inTime(p) || r.InsideHidden(i) || r.inComment(i) || r.inFurniture(i) || r.inLink(i) {
			continue
		}
		from := source.Source{Of: source.Tail, Detail: source.VisibleDate.String()}
		if m.Ok() && r.inTime(m) {
			mod = []foundDate{{Date: m, from: from, at: i}}
		}
		return []foundDate{{Date: p, from: from, at: i}}, mod
	}
	return nil, nil
}

// minToldLine is the bytes of the shortest such sentence: "Post first published 6 May 2024".
const minToldLine = 24

// datelineParts is how many paragraphs after the headline may begin with a dateline.
const datelineParts = 4

// datelineDate reads the day in the line that agencies and press releases begin with:
// "PORT MERIDIAN, May 6, 2024 (QNA) –", "Bern, (6.5.2024).", "6 May 2024 | The ferry".
func (r *metaReader) datelineDate() []foundDate {
	if r.h1 < 0 {
		return nil
	}
	end := min(int32(len(r.Nodes)), r.Nodes[r.h1].End+headAfter)
	for i, n := r.Nodes[r.h1].End, 0; i < end && n < datelineParts; i++ {
		if r.Nodes[i].Type != html.TextNode || r.InsideHidden(i) {
			continue
		}
		text, last := r.LineFrom(i)
		if len(text) <= nodes.MinProse {
			i = last
			continue
		}
		n++
		if d, ok := dates.OfDateline(text, r.dateLang); ok && r.inTime(d) && !r.inFurniture(i) {
			return []foundDate{{Date: d, from: source.Source{Of: source.Dateline}, at: i, text: text}}
		}
		i = last
	}
	return nil
}

// maxListItem is how many bytes an item of a list of articles has in which the page
// itself stands with its day, and maxPosted a sentence that begins with a link to it:
// "Storm at sea was posted on 6 May 2024 in Harbours and …".
const (
	maxListItem = 200
	maxPosted   = 400
)

// listedDate reads the day beside a link to the page itself, or beside its title, in a
// list of the site's latest articles. It returns nothing where two such have
// different days.
func (r *metaReader) listedDate() []foundDate {
	title := names.Key(r.md.Title)
	if len(title) < titles.MinKey {
		return nil
	}
	var found []foundDate
	for _, a := range r.Anchors {
		if a < r.Body || r.Nodes[a].End-a > maxDateNodes || a > r.h1 && r.h1 >= 0 && a < r.Nodes[r.h1].End {
			continue
		}
		text := r.Shown(a)
		if len(text) > maxListItem || !names.HasKey(text, title) {
			continue
		}
		item := r.Nodes[a].Parent
		for n := 0; n < nodes.MetaLineUp && item > r.Body && r.Nodes[item].End-item <= nodes.LineNodes && r.Nodes[item].DataAtom != atom.Li && len(r.Shown(item)) <= len(text)+minDateShown; n++ {
			item = r.Nodes[item].Parent
		}
		if item <= r.Body || r.Nodes[item].End-item > nodes.LineNodes {
			continue
		}
		s := r.Shown(item)
		if len(s) > maxPosted || len(s) > maxListItem && !strings.HasPrefix(s, text) || r.inComment(item) && r.RolesAbove(a)&selectors.Comment != 0 {
			continue
		}
		rest := strings.TrimSpace(strings.Replace(s, text, " ", 1))
		if dates.CountYears(rest) > 1 {
			continue
		}
		if len(rest) > maxDateLine {
			if !strings.HasPrefix(s, text) {
				continue
			}
			rest = cutText(rest, maxDateLine)
		}
		if d, ok := dates.ParseDate(rest, r.dateLang); ok && r.inTime(d) {
			if len(found) > 0 && !found[0].SameDay(d) {
				return nil
			}
			found = append(found, foundDate{Date: d, from: source.Source{Of: source.List}, at: item})
		}
	}
	return found
}
