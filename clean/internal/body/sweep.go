package body

import (
	"strings"

	"golang.org/x/net/html/atom"

	"newsclip/clean/internal/judge"
	"newsclip/clean/internal/text"
)

// Mend goes through the blocks: it keeps what belongs to those that the models keep, and
// takes out what is no text or is said in another field, but for the standfirst.
func Mend(bd *Body, sig *judge.Signals) {
	bs := bd.Blocks
	wholeTables(bd)
	hiddenCopies(bd)
	hiddenApart(bd, sig)
	opening(bd, sig)
	dateline(bd)
	wholeGroups(bd)
	ownHeadings(bd)
	tailGroups(bd, sig)
	ledLines(bd, sig)
	ledLists(bd, sig)
	bulletRows(bd, sig)
	joined(bd, sig)
	segments(bd, sig)
	ownRuns(bd, sig)
	numbered(bd, sig)
	notes(bd)
	footnoted(bd)
	starred(bd, sig)
	wholeBoxes(bd, sig)
	outsideArticle(bd, sig)
	comments(bd)
	hiddenAmid(bd)
	furniture(bd)
	artefacts(bd)
	embeds(bd)
	leadsAway(bd, sig)
	linksAlone(bd, sig)
	relatedRuns(bd, sig)
	relatedBoxes(bd)
	contentsLead(bd)
	ownAddress(bd)
	nestedTeasers(bd)
	excerpts(bd)
	readersBoxes(bd)
	blurbs(bd)
	promotes(bd)
	bios(bd, sig)
	ingredients(bd, sig)
	recipeEnds(bd, sig)
	labels(bd, sig)
	codeNames(bd)
	headsNothing(bd, sig)
	leadingDay(bd)
	head := bd.beginning()
	headed := false // the headline has been shown
	for k := range bs {
		b := &bs[k]
		isHeadline := sig.Headlines.Has(b)
		switch {
		case !bd.Verdicts[k].Keep:
		case sig.Captions.Has(b):
			bd.Drop(k, "sweep", "caption")
		case isHeadline && (k < head || b.Tag == atom.H1 || !headed), sig.Titles[b.Hash] && k < head:
			bd.Drop(k, "sweep", "headline")
		case k < head && (sig.Bylines.Has(b) && !leadsIn(b) || sig.Dates.Has(b) || isStamp(b)), k <= head && isMetaLine(bd, b):
			bd.Drop(k, "sweep", "byline")
		}
		headed = headed || isHeadline
	}
}

// SayOnce takes out what the kept blocks say again.
func SayOnce(bd *Body) {
	liveEntries(bd)
	entryTimes(bd)
	pullQuotes(bd)
	sayOnce(bd)
}

// ClosesSentence reports whether s ends a sentence, also within quotes or brackets.
func ClosesSentence(s string) bool { return text.EndsSentence(strings.TrimRight(s, closers)) }
