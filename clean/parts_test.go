package clean

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"newsclip/clean/article"
	"newsclip/testdata"
)

// What TestPagesOfParts makes pages of.
var (
	partTags = strings.Split(`p|div|h1|h2|h3|ul|ol|li|section|article|main|figure|figcaption|aside|blockquote|table|tr|td|dl|dt|dd|span|a href=/x/y|a href=/x/z|b|i|em|sup|label|small|pre|code|br|hr|img src=/a.jpg width=800 height=600|picture|video src=a.mp4|iframe src=https://www.youtube.com/embed/a|time datetime=2026-05-01|header|footer|nav|details|summary|button|form|input|address|template|noscript|svg|math|script type=application/ld+json`, "|")

	partClasses = strings.Fields(`standfirst byline caption credit related share newsletter comments author bio article-body entry-content card teaser accordion panel tab tags date summary lead intro key-points pullquote footnote gallery slide highlight code hidden sr-only promo ad nav breadcrumb live entry post recipe callout embed toc faq sponsor list`)

	partTexts = strings.Split(`|`+longSentence+`|By Mara Lind|1 May 2026|Read more: the ferry|Photo: A. Nyman / Reuters|Related Stories|“We shall mend it,” she said.|A line|X|Share this|Sign up for our newsletter|See also|The ferry|1.|*|Comments (3)|Follow us on Facebook.|Published: 1 May 2026 10:00, updated: 2 May 2026|Q: Who?|Advertisement|© 2026 Quay|a@quay.example|The council agreed:|[1]|Key points|(Photo, Wikimedia)|Mara Lind is a reporter.|Download the PDF|Listen to this article|{"@type":"NewsArticle","headline":"The bridge","description":"A line","author":"Mara Lind"}`, "|")
)

const longSentence = "The council met on Tuesday, and after a long evening it agreed to mend the bridge before the winter comes, said the mayor to us."

// pageOfParts makes a page by chance: some kinds of elements, in any order, with or without
// paragraphs behind them.
func pageOfParts(r *rand.Rand) string {
	of := func(list []string) string { return list[r.IntN(len(list))] }
	var parts []string
	for range 1 + r.IntN(6) {
		parts = append(parts, fmt.Sprintf("<%s class=%q>%s", of(partTags), of(partClasses), of(partTexts)))
	}
	for range r.IntN(4) {
		parts = append(parts, "</"+strings.Fields(of(partTags))[0]+">")
	}
	for range r.IntN(3) {
		parts = append(parts, of(partTexts)+" ")
	}
	var b strings.Builder
	fmt.Fprintf(&b, `<!doctype html><html lang=en><head><title>The bridge | Quay</title><meta property=og:type content=article><meta name=description content="A line"></head><body><main class=%s><h1>The bridge</h1>`, of(partClasses))
	for range 1 + r.IntN(40) {
		b.WriteString(of(parts))
	}
	if r.IntN(2) == 0 {
		b.WriteString(strings.Repeat("<p>"+longSentence, 3))
	}
	return b.String()
}

// Whatever parts a page has, in whatever order, cleaning it ends.
func TestPagesOfParts(t *testing.T) {
	pages := 1500
	if testing.Short() || testdata.RaceDetector {
		pages = 150
	}
	c := New(Options{Markdown: true, HTML: true, Explain: true, Timeout: 20 * time.Second})
	for seed := range uint64(pages) {
		html := pageOfParts(rand.New(rand.NewPCG(seed, 1)))
		_, err := Within(c, func() (*Article, error) {
			return c.Clean(Input{URL: "https://quay.example/a", HTML: []byte(html)})
		})
		if e := (*Error)(nil); err != nil && (!errors.As(err, &e) || e.Code == article.CodeTimeout || e.Code == article.CodeInternal) {
			t.Fatalf("%v: %s", err, html)
		}
	}
}
