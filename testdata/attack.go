package testdata

import (
	"fmt"
	"strings"
)

// An AttackPage is a page that was made to take all time or memory.
type AttackPage struct {
	Name string
	HTML func() string
}

// AttackPages returns pages of each kind that has brought a program which cleans pages
// down, or kept it busy for seconds, in the size in which it did.
func AttackPages() []AttackPage {
	return []AttackPage{
		{"formatting that is opened again", func() string {
			return largeBody("<p>" + repeat(400, func(k int) string { return fmt.Sprintf("<b id=%d>", k) }) + strings.Repeat("<p>x", 40_000))
		}},
		{"nothing but paragraphs", func() string { return largeBody(strings.Repeat("<p>", 3_400_000)) }},
		{"as many tags as may be", func() string { return largeBody(strings.Repeat("<b>x</b>", 99_000)) }},
		{"as many words as may be", func() string { return largeBody(strings.Repeat("<p>"+strings.Repeat(largeSentence, 40)+"</p>", 2600)) }},
		{"a long text in many boxes", func() string {
			return largeBody(strings.Repeat("<div>"+largeSentence, 480) + "<p>" + strings.Repeat(largeSentence, 60_000))
		}},
		{"one word", func() string { return largeBody("<p>" + strings.Repeat("x", 8<<20)) }},
		{"lines", func() string {
			return largeBody("<p>" + repeat(120_000, func(k int) string { return fmt.Sprintf("Line %d of the poem here.<br>", k) }))
		}},
		{"unknown elements", func() string { return largeBody(strings.Repeat("<x-y>ab</x-y>", 200_000)) }},
		{"formulas with pages in them", func() string {
			return largeBody("<math>" + strings.Repeat(`<mtext><p>x</p></mtext><annotation-xml encoding="text/html"><p>y</annotation-xml>`, 80_000))
		}},
		{"attributes", func() string {
			return largeBody("<p" + repeat(900_000, func(k int) string { return fmt.Sprintf(" a%d=1", k) }) + ">x</p>")
		}},
		{"signs of copyright", func() string {
			return largeBody(`<img src=/a.jpg width=800 height=600 alt="` + strings.Repeat("© ", 500_000) + `">`)
		}},
		{"a list backwards", func() string {
			return largeBody("<ol reversed>" + repeat(80_000, func(k int) string {
				return fmt.Sprintf("<li value=%d>The council agreed to a point of the plan.</li>", k%7*k)
			}) + "</ol>")
		}},
		{"images without an address", func() string { return largeBody("<div>" + strings.Repeat("<img>", 199_000) + "</div>") }},
		{"sources of a picture", func() string {
			return largeBody("<picture>" + strings.Repeat(`<source srcset="data:,">`, 60_000) + strings.Repeat("<img>", 60_000) + "</picture>")
		}},
		{"references to one author", func() string {
			return largeHead(`<script type="application/ld+json">{"@graph":[{"@type":"NewsArticle","headline":"The bridge","author":[` +
				strings.Repeat(`{"@id":"#a"},`, 6000) + `{}]},{"@type":"Person","@id":"#a","name":"` + strings.Repeat("Mara Lind ", 50_000) + `"}]}</script>`)
		}},
		{"backticks", func() string {
			return largeBody("<pre>" + strings.Repeat("`", 2<<20) + "</pre><p><code>" + strings.Repeat("` ", 1<<20) + "</code>")
		}},
		{"wide tables", func() string {
			return largeBody("<table><tr>" + strings.Repeat("<td>a", 4000) + strings.Repeat("<tr><td>b", 60_000) + "</table>")
		}},
		{"cells over cells", func() string {
			return largeBody("<table>" + strings.Repeat("<tr><td colspan=1000 rowspan=1000>a<td>b", 40_000) + "</table>")
		}},
		{"quotes in lists in quotes", func() string { return largeBody(strings.Repeat("<blockquote><ul><li>It is said. ", 40_000)) }},
		{"asides that open", func() string {
			return largeBody(repeat(20_000, func(k int) string {
				return fmt.Sprintf("<aside><details><summary>More on %d</summary><p>%s</p></details></aside>", k, largeSentence)
			}))
		}},
		{"marks before links", func() string {
			return largeBody("<p>" + repeat(60_000, func(k int) string { return fmt.Sprintf("!<a href=/%d>x</a>", k) }))
		}},
		{"depth", func() string { return largeBody(strings.Repeat("<div><table><tr><td>", 60_000) + largeSentence) }},
		{"open forms of all kinds", func() string {
			return largeBody(strings.Repeat("<a href=x><b><table><i><td><p><select><option><svg><desc>y", 30_000))
		}},
		{"links in links", func() string { return largeBody("<p>" + strings.Repeat("<a>x ", 120_000)) }},
		{"dots", func() string { return largeBody("<p>The council met" + strings.Repeat(".", 2<<20) + " and then") }},
		{"sentences that promote", func() string {
			return largeBody("<p>" + strings.Repeat("The council met at noon. Follow us on Facebook. ", 60_000))
		}},
		{"footnotes", func() string {
			return largeBody("<p>" + repeat(25_000, func(k int) string { return fmt.Sprintf("word<sup><a href=#n%d>%d</a></sup> ", k, k%9999) }) +
				"</p><ol>" + repeat(25_000, func(k int) string { return fmt.Sprintf("<li id=n%d>The note %[1]d of it is here", k) }) + "</ol>")
		}},
		{"formulas without a source", func() string {
			return largeBody("<p><math><mi>a</mi></math>" + strings.Repeat("<span class=MathJax>x</span>", 99_000))
		}},
		{"brackets around a footnote", func() string {
			return largeBody("<p>x<sup><a href=#n>1</a></sup><sup>" + strings.Repeat("[<b>]</b>", 60_000) + "</sup></p><p id=n>The note of it</p>")
		}},
		{"a long title and many headings", func() string {
			return "<title>" + strings.Repeat("The bridge ", 450_000) + "</title>" +
				largeBody(repeat(700, func(k int) string { return fmt.Sprintf("<h2>Heading %d of it</h2>", k) }))
		}},
		{"links under a long address", func() string {
			return largeHead(`<base href="https://quay.example/`+strings.Repeat("a", 500)+`">`) +
				repeat(98_000, func(k int) string { return fmt.Sprintf("<a href=#%d>x</a> ", k) })
		}},
		{"rules for all elements", func() string {
			return largeHead("<style>"+repeat(2000, func(k int) string { return fmt.Sprintf(".q%d span{display:none}\n", k) })+"</style>") +
				strings.Repeat("<div>", 60) + strings.Repeat("<span>word</span> ", 98_000)
		}},
		{"rules for screens in each other", func() string {
			return largeHead("<style>" + strings.Repeat("@media x{", 1<<20) + "</style>")
		}},
		{"bylines around a long text", func() string {
			return largeBody(strings.Repeat("<div class=byline>", 400) + "By " + strings.Repeat("Mara Lind, ", 900_000))
		}},
		{"dates and names", func() string {
			return largeBody(repeat(40_000, func(k int) string {
				return fmt.Sprintf("<span class=date>%d March 2026 at 10:%02d</span><span class=author>By Mara Lind and A. Nyman</span>", k%28+1, k%60)
			}))
		}},
	}
}
