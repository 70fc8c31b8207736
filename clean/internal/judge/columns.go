package judge

import (
	"strconv"

	"newsclip/clean/internal/page"
	"newsclip/selectors"
)

// The columns that the block models read. Distances and counts are capped so
// that one strange page does not make a scale of its own.
const (
	fWords = iota
	fChars
	fWordLen
	fLinkShare
	fLinks
	fSents
	fEndsSentence
	fEndsColon
	fEndsEllipsis
	fUpperShare
	fTitleCase
	fDigitShare
	fCommas
	fStartsLower
	fStartsQuote
	fStartsParen
	fCopyright
	fAt
	fPipe
	fBold
	fCJK
	fTag
	fParagraph
	fListItem
	fHeadingLevel
	fBrs
	fDepth
	fArticle
	fMain
	fAside
	fNav
	fFooter
	fHeader
	fFigure
	fFigcaption
	fForm
	fTable
	fList
	fQuote
	fDetails
	fButton
	fLink
	fHidden
	fLabel
	fDialog
	fPre
	fItemprop
	fIndex
	fIndexShare
	fWordsBefore
	fWordsAfter
	fSinceH1
	fSinceTitle
	fBeforeTitle
	fToFirstLong
	fFromLastLong
	fLongAround
	fPrevWords
	fPrev2Words
	fNextWords
	fNext2Words
	fPrevLinkShare
	fNextLinkShare
	fPrevSameTag
	fNextSameTag
	fPrevSameEl
	fNextSameEl
	fPrevSents
	fNextSents
	fPrevHeading
	fNextHeading
	fPrevLong
	fNextLong
	fHeadingDist
	fHeadingLevelAbove
	fParentWords
	fParentLinkShare
	fParentLong
	fParentLongShare
	fGrandWords
	fGrandLinkShare
	fGrandLongShare
	fBoxWords
	fBoxLinkShare
	fBoxLongShare
	fBoxDepth
	fHalfUp
	fMostUp
	fSigCount
	fSigWords
	fSigShare
	fSigLinkShare
	fSigMeanWords
	fSigSents
	fTitleSame
	fTitleOverlap
	fDescSame
	fAltSame
	fDupBefore
	fDupAfter
	fInBody
	fHasBody
	fPageWords
	fPageLong
	fPageLinkShare
	fPageBlocks
	fPageNews
	fPageArticle
	fPageLists
	FClassOwn
	FClassParent
	FClassMin
	FClassMax
	FClassSum
	FHeadRoles
	fDescOverlap
	fDescCover
	fDupCount
	fTitleZone
	fSigBefore
	fSigAfter
	fItalic
	fImgsBox
	fImgBefore
	fImgAfter
	fListItems
	fListLinkShare
	fListMeanWords
	fCustom
	fStreamed
	fPrevColon
	FLex
	FLexMin
	FLexMax
	FLexHead
	FLexPrev
	fSmall
	fCaptionNode
	fBylineNode
	fDateNode
	fHeadlineNode
	fHeadPhrase
	fPrevPhrase
	fNextPhrase
	fAnyPhrase
	fPathBlocks
	fPathShare
	fPathLongShare
	fPathLinkShare
	fHeadLinkShare
	fHeadSigLinkShare
	fHeadSigCount
	fStartCount
	fAuthorStart
	fAuthorShare
	fSiteName
	fImgUp
	fImgUpWords
	fMainSig
	fMainFrom
	fMainTo
	fMainUp
	fMainOver
	fGroupLead
	fGroupClass
	fBoxClass
	fBoxTag
	fBoxHead
	fBoxHeadLex
	fBoxHeadPhrase
	fLinkTo
	fLinkSpan
	fLinkDeep
	fLinkRel
	fLinkTarget
	fStartsMark
	fEndsMark
	fAddress
	fRun0
	fLinkRun0 = fRun0 + spanColumns
	fSection0 = fLinkRun0 + spanColumns
	fGroup0   = fSection0 + spanColumns
	fBox0     = fGroup0 + spanColumns
	FRole0    = fBox0 + spanColumns
	fPhrase0  = FRole0 + page.RoleCount
	NBase     = fPhrase0 + phraseCount
)

// The columns that the second model has on top: what the first one thought of
// the block and of those around it.
const (
	sOwn = NBase + iota
	sPrev1
	sPrev2
	sPrev3
	sNext1
	sNext2
	sNext3
	sPrevLong
	sNextLong
	sAround
	sParent
	sGrand
	sBox
	sSig
	sPath
	sPathMass
	sPathPrev
	sPathNext
	sBefore
	sAfter
	sMassBefore
	sMassAfter
	sHeadNext
	sHeadUnder
	sHead
	sParentMass
	sGrandMass
	sUp50
	sUp90
	sBestMass
	sPage
	sRun
	sLinkRun
	sSection
	sGroup
	sSpanBox
	sRunMax
	sBoxHead
	NAll
)

// blockColumnNames are the columns' names in the models' files. Those of the roles
// and phrases are made of the names that these have.
var blockColumnNames = [NAll]string{
	fWords:             "words",
	fChars:             "chars",
	fWordLen:           "word-len",
	fLinkShare:         "link-share",
	fLinks:             "links",
	fSents:             "sents",
	fEndsSentence:      "ends-sentence",
	fEndsColon:         "ends-colon",
	fEndsEllipsis:      "ends-ellipsis",
	fUpperShare:        "upper-share",
	fTitleCase:         "title-case",
	fDigitShare:        "digit-share",
	fCommas:            "commas",
	fStartsLower:       "starts-lower",
	fStartsQuote:       "starts-quote",
	fStartsParen:       "starts-paren",
	fCopyright:         "copyright",
	fAt:                "at",
	fPipe:              "pipe",
	fBold:              "bold",
	fCJK:               "cjk",
	fTag:               "tag",
	fParagraph:         "paragraph",
	fListItem:          "list-item",
	fHeadingLevel:      "heading-level",
	fBrs:               "brs",
	fDepth:             "depth",
	fArticle:           "article",
	fMain:              "main",
	fAside:             "aside",
	fNav:               "nav",
	fFooter:            "footer",
	fHeader:            "header",
	fFigure:            "figure",
	fFigcaption:        "figcaption",
	fForm:              "form",
	fTable:             "table",
	fList:              "list",
	fQuote:             "quote",
	fDetails:           "details",
	fButton:            "button",
	fLink:              "link",
	fHidden:            "hidden",
	fLabel:             "label",
	fDialog:            "dialog",
	fPre:               "pre",
	fItemprop:          "itemprop",
	fIndex:             "index",
	fIndexShare:        "index-share",
	fWordsBefore:       "words-before",
	fWordsAfter:        "words-after",
	fSinceH1:           "since-h1",
	fSinceTitle:        "since-title",
	fBeforeTitle:       "before-title",
	fToFirstLong:       "to-first-long",
	fFromLastLong:      "from-last-long",
	fLongAround:        "long-around",
	fPrevWords:         "prev-words",
	fPrev2Words:        "prev2-words",
	fNextWords:         "next-words",
	fNext2Words:        "next2-words",
	fPrevLinkShare:     "prev-link-share",
	fNextLinkShare:     "next-link-share",
	fPrevSameTag:       "prev-same-tag",
	fNextSameTag:       "next-same-tag",
	fPrevSameEl:        "prev-same-el",
	fNextSameEl:        "next-same-el",
	fPrevSents:         "prev-sents",
	fNextSents:         "next-sents",
	fPrevHeading:       "prev-heading",
	fNextHeading:       "next-heading",
	fPrevLong:          "prev-long",
	fNextLong:          "next-long",
	fHeadingDist:       "heading-dist",
	fHeadingLevelAbove: "heading-level-above",
	fParentWords:       "parent-words",
	fParentLinkShare:   "parent-link-share",
	fParentLong:        "parent-long",
	fParentLongShare:   "parent-long-share",
	fGrandWords:        "grand-words",
	fGrandLinkShare:    "grand-link-share",
	fGrandLongShare:    "grand-long-share",
	fBoxWords:          "box-words",
	fBoxLinkShare:      "box-link-share",
	fBoxLongShare:      "box-long-share",
	fBoxDepth:          "box-depth",
	fHalfUp:            "half-up",
	fMostUp:            "most-up",
	fSigCount:          "sig-count",
	fSigWords:          "sig-words",
	fSigShare:          "sig-share",
	fSigLinkShare:      "sig-link-share",
	fSigMeanWords:      "sig-mean-words",
	fSigSents:          "sig-sents",
	fTitleSame:         "title-same",
	fTitleOverlap:      "title-overlap",
	fDescSame:          "desc-same",
	fAltSame:           "alt-same",
	fDupBefore:         "dup-before",
	fDupAfter:          "dup-after",
	fInBody:            "in-body",
	fHasBody:           "has-body",
	fPageWords:         "page-words",
	fPageLong:          "page-long",
	fPageLinkShare:     "page-link-share",
	fPageBlocks:        "page-blocks",
	fPageNews:          "page-news",
	fPageArticle:       "page-article",
	fPageLists:         "page-lists",
	FClassOwn:          "class-own",
	FClassParent:       "class-parent",
	FClassMin:          "class-min",
	FClassMax:          "class-max",
	FClassSum:          "class-sum",
	FHeadRoles:         "head-roles",
	fDescOverlap:       "desc-overlap",
	fDescCover:         "desc-cover",
	fDupCount:          "dup-count",
	fTitleZone:         "title-zone",
	fSigBefore:         "sig-before",
	fSigAfter:          "sig-after",
	fItalic:            "italic",
	fImgsBox:           "imgs-box",
	fImgBefore:         "img-before",
	fImgAfter:          "img-after",
	fListItems:         "list-items",
	fListLinkShare:     "list-link-share",
	fListMeanWords:     "list-mean-words",
	fCustom:            "custom",
	fStreamed:          "streamed",
	fPrevColon:         "prev-colon",
	FLex:               "lex",
	FLexMin:            "lex-min",
	FLexMax:            "lex-max",
	FLexHead:           "lex-head",
	FLexPrev:           "lex-prev",
	fSmall:             "small",
	fCaptionNode:       "caption-node",
	fBylineNode:        "byline-node",
	fDateNode:          "date-node",
	fHeadlineNode:      "headline-node",
	fHeadPhrase:        "head-phrase",
	fPrevPhrase:        "prev-phrase",
	fNextPhrase:        "next-phrase",
	fAnyPhrase:         "any-phrase",
	fPathBlocks:        "path-blocks",
	fPathShare:         "path-share",
	fPathLongShare:     "path-long-share",
	fPathLinkShare:     "path-link-share",
	fHeadLinkShare:     "head-link-share",
	fHeadSigLinkShare:  "head-sig-link-share",
	fHeadSigCount:      "head-sig-count",
	fStartCount:        "start-count",
	fAuthorStart:       "author-start",
	fAuthorShare:       "author-share",
	fSiteName:          "site-name",
	fImgUp:             "img-up",
	fImgUpWords:        "img-up-words",
	fMainSig:           "main-sig",
	fMainFrom:          "main-from",
	fMainTo:            "main-to",
	fMainUp:            "main-up",
	fMainOver:          "main-over",
	fGroupLead:         "group-lead",
	fGroupClass:        "group-class",
	fBoxClass:          "box-class",
	fBoxTag:            "box-tag",
	fBoxHead:           "box-head",
	fBoxHeadLex:        "box-head-lex",
	fBoxHeadPhrase:     "box-head-phrase",
	fLinkTo:            "link-to",
	fLinkSpan:          "link-span",
	fLinkDeep:          "link-deep",
	fLinkRel:           "link-rel",
	fLinkTarget:        "link-target",
	fStartsMark:        "starts-mark",
	fEndsMark:          "ends-mark",
	fAddress:           "address",
	sOwn:               "first-own",
	sPrev1:             "first-prev1",
	sPrev2:             "first-prev2",
	sPrev3:             "first-prev3",
	sNext1:             "first-next1",
	sNext2:             "first-next2",
	sNext3:             "first-next3",
	sPrevLong:          "first-prev-long",
	sNextLong:          "first-next-long",
	sAround:            "first-around",
	sParent:            "first-parent",
	sGrand:             "first-grand",
	sBox:               "first-box",
	sSig:               "first-sig",
	sPath:              "first-path",
	sPathMass:          "first-path-mass",
	sPathPrev:          "first-path-prev",
	sPathNext:          "first-path-next",
	sBefore:            "first-before",
	sAfter:             "first-after",
	sMassBefore:        "first-mass-before",
	sMassAfter:         "first-mass-after",
	sHeadNext:          "first-head-next",
	sHeadUnder:         "first-head-under",
	sHead:              "first-head",
	sParentMass:        "first-parent-mass",
	sGrandMass:         "first-grand-mass",
	sUp50:              "first-up50",
	sUp90:              "first-up90",
	sBestMass:          "first-best-mass",
	sPage:              "first-page",
	sRun:               "first-run",
	sLinkRun:           "first-link-run",
	sSection:           "first-section",
	sGroup:             "first-group",
	sSpanBox:           "first-span-box",
	sRunMax:            "first-run-max",
	sBoxHead:           "first-box-head",
}

// BlockColumn returns the name of a column of the block models.
func BlockColumn(c int) string {
	switch {
	case c >= FRole0 && c < FRole0+page.RoleCount:
		role := selectors.Roles(1) << (c - FRole0)
		if name := role.String(); name != "" {
			return "role-" + name
		}
		return "role-" + strconv.Itoa(c-FRole0)
	case c >= fRun0 && c < FRole0:
		return spanNames[(c-fRun0)/spanColumns] + "-" + spanColumnNames[(c-fRun0)%spanColumns]
	case c >= fPhrase0 && c < fPhrase0+phraseCount:
		return "phrase-" + (selectors.Phrases(1) << (c - fPhrase0)).String()
	}
	return blockColumnNames[c]
}
