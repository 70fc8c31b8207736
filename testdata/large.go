package testdata

import (
	"fmt"
	"strings"
)

// A LargePage is a kind of page that can be made as large as one likes. How
// long each takes to clean must grow no faster than the page.
type LargePage struct {
	Name string
	// N is a size at which the page is large, in what the name tells.
	N int
	// HTML is a page of size n.
	HTML func(n int) string
}

// LargePages returns the kinds, those that real pages come near to first.
func LargePages() []LargePage {
	return []LargePage{
		{"paragraphs", 40_000, func(n int) string { return largeBody(repeat(n, largeParagraph)) }},
		{"nodes", 145_000, func(n int) string {
			return largeBody(strings.Repeat(`<div class="c-card teaser"><span>word</span></div>`, n/3))
		}},
		{"links", 5000, func(n int) string {
			return largeBody("<ul>" + repeat(n, func(k int) string {
				return fmt.Sprintf(`<li class="nav-item"><a href="/news/%d/story">Story number %d</a></li>`, k, k)
			}) + "</ul>")
		}},
		{"pictures", 4000, func(n int) string {
			return largeBody(repeat(n, func(k int) string {
				return fmt.Sprintf(`<figure><img src="/i/%d.jpg" width=800 height=600><figcaption>Picture %d shows the river. Photo: A. Nyman</figcaption></figure>`, k, k)
			}))
		}},
		{"pictures with words beside", 8000, func(n int) string {
			return largeBody(repeat(n, func(k int) string {
				return fmt.Sprintf(`<div><div><img src="/i/%d.jpg" width=800 height=600></div><span>The river at noon, as seen from pier %d</span></div>`, k, k)
			}))
		}},
		{"links in a block behind nothing", 20_000, func(n int) string {
			return largeBody("<div>" + strings.Repeat("<i></i>", n) + repeat(n, func(k int) string {
				return fmt.Sprintf(`<b><a href="/news/%d/story">Story number %d</a></b>`, k, k)
			}) + "</div>")
		}},
		{"calls to action", 10_000, func(n int) string {
			return largeBody(largeParagraph(1) + `<div class="cta">` + repeat(n, func(k int) string {
				return fmt.Sprintf(`<p>Walk number %d starts here.</p><i></i>`, k)
			}) + `</div>` + largeParagraph(2))
		}},
		{"bytes of JSON-LD", 2 << 20, func(n int) string {
			return largeHead(`<script type="application/ld+json">{"@type":"NewsArticle","headline":"The bridge","articleBody":"` +
				strings.Repeat(largeSentence, n/len(largeSentence)) + `"}</script>`)
		}},
		{"bytes of HTML in JSON-LD", 2 << 20, func(n int) string {
			p := `&lt;p class=\"story\"&gt;` + largeSentence + `&lt;\/p&gt;\n`
			return largeHead(`<script type="application/ld+json">{"@type":"NewsArticle","headline":"The bridge","articleBody":"` +
				strings.Repeat(p, n/len(p)) + `"}</script>`)
		}},
		{"nodes of a JSON-LD graph", 10_000, func(n int) string {
			return largeHead(`<script type="application/ld+json">{"@graph":[{"@type":"NewsArticle","headline":"The bridge"}` + repeat(n, func(k int) string {
				return fmt.Sprintf(`,{"@type":"Person","@id":"#person-%d","name":"Person %d","url":"/people/%d"}`, k, k, k)
			}) + `]}</script>`)
		}},
		{"articles in JSON-LD", 5000, func(n int) string {
			return largeHead(`<script type="application/ld+json">[` + repeat(n, func(k int) string {
				return fmt.Sprintf(`{"@type":"NewsArticle","headline":"The bridge","author":{"@type":"Person","name":"Person %d"},"keywords":["river %d","town"],"image":"/i/%d.jpg"},`, k, k, k)
			}) + `{}]</script>`)
		}},
		{"items of a JSON-LD list", 10_000, func(n int) string {
			return largeHead(`<script type="application/ld+json">{"@type":"ItemList","itemListElement":[` + repeat(n, func(k int) string {
				return fmt.Sprintf(`{"@type":"ListItem","position":%d,"url":"/news/%d/story","name":"Story number %d"},`, k, k, k)
			}) + `{}]}</script>`)
		}},
		{"JSON-LD scripts", 5000, func(n int) string {
			return largeHead(repeat(n, func(k int) string {
				return fmt.Sprintf(`<script type="application/ld+json">{"@type":"ImageObject","url":"/i/%d.jpg"}</script>`, k)
			}))
		}},
		{"quotes nobody closed in JSON-LD", 100_000, func(n int) string {
			return largeHead(`<script type="application/ld+json">{"headline":"The bridge","x":"` + strings.Repeat(`a "b `, n) + `</script>`)
		}},
		{"nested elements", 20_000, func(n int) string {
			return largeBody(strings.Repeat("<div>", n) + largeParagraph(1) + strings.Repeat("</div>", n))
		}},
		{"bytes of one paragraph", 4 << 20, func(n int) string {
			return largeBody("<p>" + strings.Repeat(largeSentence, n/len(largeSentence)) + "</p>")
		}},
		{"letters of one word", 4 << 20, func(n int) string { return largeBody("<p>" + strings.Repeat("x", n) + "</p>") }},
		{"line breaks", 100_000, func(n int) string {
			return largeBody("<p>" + repeat(n, func(k int) string { return fmt.Sprintf("Line %d says this.<br>", k) }) + "</p>")
		}},
		{"links in one paragraph", 50_000, func(n int) string {
			return largeBody("<p>" + repeat(n, func(k int) string { return fmt.Sprintf(`the <a href="/%d">%d</a> `, k, k) }) + "</p>")
		}},
		{"cells", 50_000, func(n int) string {
			return largeBody("<table>" + repeat(n/10, func(k int) string {
				return "<tr>" + strings.Repeat(fmt.Sprintf("<td>cell %d", k), 10)
			}) + "</table>")
		}},
		{"cells of one row", 50_000, func(n int) string {
			return largeBody("<table><tr>" + repeat(n, func(k int) string { return fmt.Sprintf("<td>cell %d", k) }) + "</table>")
		}},
		{"attributes of one element", 100_000, func(n int) string {
			return largeBody("<p" + repeat(n, func(k int) string { return fmt.Sprintf(` data-x%d="%d"`, k, k) }) + ">" + largeSentence + "</p>")
		}},
		{"classes of one element", 100_000, func(n int) string {
			return largeBody(`<p class="` + repeat(n, func(k int) string { return fmt.Sprintf("c%d ", k) }) + `">` + largeSentence + "</p>")
		}},
		{"items of nested lists", 50_000, func(n int) string {
			return largeBody(repeat(n/50, func(k int) string {
				return strings.Repeat("<ul><li>item", 50) + strings.Repeat("</ul>", 50)
			}))
		}},
		{"meta elements", 30_000, func(n int) string {
			return largeHead(repeat(n, func(k int) string { return fmt.Sprintf(`<meta property="article:tag" content="tag %d">`, k) }))
		}},
		{"meta authors", 30_000, func(n int) string {
			return largeHead(repeat(n, func(k int) string {
				return fmt.Sprintf(`<meta name="author" content="%s">`, largeName(k))
			}))
		}},
		{"meta pictures", 20_000, func(n int) string {
			return largeHead(repeat(n, func(k int) string { return fmt.Sprintf(`<meta property="og:image" content="/i/%d.jpg">`, k) }))
		}},
		{"bytes of script", 4 << 20, func(n int) string {
			return largeHead("<script>" + strings.Repeat("var a = '<p>' + 1 < 2;\n", n/23) + "</script>")
		}},
		{"equal paragraphs", 20_000, func(n int) string { return largeBody(strings.Repeat(largeParagraph(1), n)) }},
		{"headings", 20_000, func(n int) string {
			return largeBody(repeat(n, func(k int) string { return fmt.Sprintf("<h2>Heading number %d</h2>", k) }))
		}},
		{"first headings", 20_000, func(n int) string {
			return largeBody(repeat(n, func(k int) string { return fmt.Sprintf("<h1>The bridge of number %d</h1>", k) }))
		}},
		{"bylines", 20_000, func(n int) string {
			return largeBody(repeat(n, func(k int) string {
				return fmt.Sprintf(`<div class="byline">By <a rel="author" href="/p/%d">Mara Lindqvist</a></div>`, k)
			}))
		}},
		{"signatures in one paragraph", 40_000, func(n int) string {
			return largeBody("<p>" + repeat(n, func(k int) string { return "By Mara Lind<br>" }) + "</p>")
		}},
		{"dates", 20_000, func(n int) string {
			return largeBody(repeat(n, func(k int) string {
				return fmt.Sprintf(`<time datetime="2026-03-%02dT09:30:00Z">%d March 2026</time>`, k%28+1, k%28+1)
			}))
		}},
		{"captions of one picture", 20_000, func(n int) string {
			return largeBody(`<figure><img src="/i/1.jpg" width=800 height=600>` + repeat(n, func(k int) string {
				return fmt.Sprintf("<figcaption>Picture %d shows the river. Photo: A. Nyman</figcaption>", k)
			}) + "</figure>")
		}},
		{"equal pictures", 10_000, func(n int) string {
			return largeBody(strings.Repeat(`<figure><img src="/i/1.jpg" width=800 height=600><figcaption>The river. Photo: A. Nyman</figcaption></figure>`, n))
		}},
		{"pictures in one paragraph", 10_000, func(n int) string {
			return largeBody("<p>" + repeat(n, func(k int) string {
				return fmt.Sprintf(`<img src="/i/%d.jpg" width=800 height=600 alt="The river">`, k)
			}) + "</p>")
		}},
		{"sizes of one picture", 20_000, func(n int) string {
			return largeBody(`<figure><img src="/i/0.jpg" srcset="` + repeat(n, func(k int) string { return fmt.Sprintf("/i/%d.jpg %dw, ", k, k+1) }) + `"></figure>`)
		}},
		{"microdata", 20_000, func(n int) string {
			return largeBody(`<div itemscope itemtype="https://schema.org/NewsArticle">` + repeat(n, func(k int) string {
				return fmt.Sprintf(`<span itemprop="author" itemscope itemtype="https://schema.org/Person"><span itemprop="name">Person %d</span></span>`, k)
			}) + "</div>")
		}},
		{"quotations", 20_000, func(n int) string {
			return largeBody(repeat(n, func(k int) string { return fmt.Sprintf("<blockquote>She said %d words.</blockquote>", k) }))
		}},
		{"inline tags nobody closed", 20_000, func(n int) string {
			return largeBody(strings.Repeat("<p><b>word ", n))
		}},
		{"entities", 500_000, func(n int) string { return largeBody("<p>" + strings.Repeat("&amp; ", n) + "</p>") }},
		{"signs less than", 500_000, func(n int) string { return largeBody("<p>" + strings.Repeat("< ", n) + "</p>") }},
		{"credits of one picture", 10_000, func(n int) string {
			return largeBody(`<figure><img src="/i/1.jpg" width=800 height=600><figcaption>The river.` + repeat(n, func(k int) string {
				return fmt.Sprintf(`<span class="credit">Photo: %s</span>`, largeName(k))
			}) + "</figcaption></figure>")
		}},
		{"names in one byline", 20_000, func(n int) string {
			return largeBody(`<div class="byline">By ` + repeat(n, func(k int) string { return largeName(k) + ", " }) + "</div>")
		}},
		{"authors in JSON-LD", 10_000, func(n int) string {
			return largeHead(`<script type="application/ld+json">{"@type":"NewsArticle","headline":"The bridge","author":[` + repeat(n, func(k int) string {
				return fmt.Sprintf(`{"@type":"Person","name":"%s"},`, largeName(k))
			}) + `{}]}</script>`)
		}},
		{"tags in JSON-LD", 15_000, func(n int) string {
			return largeHead(`<script type="application/ld+json">{"@type":"NewsArticle","headline":"The bridge","keywords":[` + repeat(n, func(k int) string {
				return fmt.Sprintf(`"tag %d",`, k)
			}) + `""]}</script>`)
		}},
		{"keywords", 50_000, func(n int) string {
			return largeHead(`<meta name="keywords" content="` + repeat(n, func(k int) string { return fmt.Sprintf("word %d, ", k) }) + `">`)
		}},
		{"parts of a title", 20_000, func(n int) string {
			return largeHead(`<meta property="og:title" content="` + repeat(n, func(k int) string { return fmt.Sprintf("part %d | ", k) }) + `">`)
		}},
		{"parts of the title element", 20_000, func(n int) string {
			return "<title>" + repeat(n, func(k int) string { return fmt.Sprintf("part %d | ", k) }) + "</title>" + largeBody("")
		}},
		{"anchors of comments", 20_000, func(n int) string {
			return largeBody(repeat(2, func(int) string {
				return "<p>" + strings.Repeat("The ferry crossed the bay in the morning. ", 12) + "</p>"
			}) +
				repeat(n, func(k int) string { return fmt.Sprintf(`<a name="comments"></a><p>The boat %d left.</p>`, k) }))
		}},
		{"words of a description", 100_000, func(n int) string {
			return largeHead(`<meta name="description" content="` + repeat(n, func(k int) string { return fmt.Sprintf("word%d ", k) }) + `">`)
		}},
		{"canonical links", 20_000, func(n int) string {
			return largeHead(repeat(n, func(k int) string { return fmt.Sprintf(`<link rel="canonical" href="/news/%d">`, k) }))
		}},
		{"breadcrumbs", 20_000, func(n int) string {
			return largeBody(`<nav class="breadcrumb">` + repeat(n, func(k int) string { return fmt.Sprintf(`<a href="/s/%d">Section %d</a>`, k, k) }) + "</nav>")
		}},
		// A quarter as many are taken for the article too: dropping them costs less.
		{"tag links", 80_000, func(n int) string {
			return largeBody(`<div class="tags">` + repeat(n, func(k int) string { return fmt.Sprintf(`<a rel="tag" href="/t/%d">Tag %d</a>`, k, k) }) + "</div>")
		}},
		{"nested tables", 10_000, func(n int) string {
			return largeBody(strings.Repeat("<table><tr><td>cell<td>", n))
		}},
		{"tables", 10_000, func(n int) string {
			return largeBody(repeat(n, func(k int) string {
				return fmt.Sprintf("<table><tr><th>name<th>number<tr><td>cell<td>%d</table>", k)
			}))
		}},
		{"definitions", 20_000, func(n int) string {
			return largeBody("<dl>" + repeat(n, func(k int) string { return fmt.Sprintf("<dt>Term %d<dd>It means %d.", k, k) }) + "</dl>")
		}},
		{"embeds", 10_000, func(n int) string {
			return largeBody(repeat(n, func(k int) string {
				return fmt.Sprintf(`<blockquote class="twitter-tweet"><p>Words of number %d.</p><a href="https://x.com/a/status/%d">link</a></blockquote><iframe src="https://www.youtube.com/embed/%d"></iframe>`, k, k, k)
			}))
		}},
		{"quoted paragraphs", 10_000, func(n int) string {
			return largeBody(repeat(n, func(k int) string {
				q := fmt.Sprintf("the council has mended %d bridges since the war", k)
				return "<p>" + largeSentence + q + ", she said.</p><blockquote>" + q + "</blockquote>"
			}))
		}},
		{"credits in the text", 20_000, func(n int) string {
			return largeBody(repeat(n, func(k int) string { return fmt.Sprintf("<p>Photo: %s</p>", largeName(k)) }))
		}},
		{"bytes of an address", 1 << 20, func(n int) string {
			return largeBody(`<p>Read <a href="/` + strings.Repeat("a/../b?c&", n/9) + `">this</a> <img src="/` + strings.Repeat("%20/", n/4) + `"></p>`)
		}},
		{"bytes of a style", 1 << 20, func(n int) string {
			return largeBody(`<p style="` + strings.Repeat("color: none; ", n/13) + `">` + largeSentence + "</p>")
		}},
		{"images without an address", 20_000, func(n int) string { return largeBody("<div>" + strings.Repeat("<img>", n) + "</div>") }},
		{"sources of one picture element", 4000, func(n int) string {
			return largeBody("<picture>" + strings.Repeat(`<source srcset="data:,">`, n) + strings.Repeat("<img>", n) + "</picture>")
		}},
		{"copyright signs", 80_000, func(n int) string {
			return largeBody(`<img src="/i/1.jpg" width=800 height=600 alt="` + strings.Repeat("© ", n) + `">`)
		}},
		{"credits in one alt text", 40_000, func(n int) string {
			return largeBody(`<img src="/i/1.jpg" width=800 height=600 alt="` + strings.Repeat("Photo: a. ", n) + `">`)
		}},
		{"items of an ordered list", 40_000, func(n int) string {
			return largeBody("<ol reversed>" + repeat(n, func(k int) string {
				return fmt.Sprintf("<li>The council agreed to point %d of the plan.</li>", k)
			}) + "</ol>")
		}},
		{"backticks", 400_000, func(n int) string {
			return largeBody("<p>It says <code>" + strings.Repeat("`", n) + "</code> to all.</p><pre>" + strings.Repeat("`", n) + "</pre>")
		}},
		{"columns and rows", 4000, func(n int) string {
			return largeBody("<table><tr>" + strings.Repeat("<td>cell word", n) + repeat(n, func(k int) string {
				return fmt.Sprintf("<tr><td>row %d of the council<td>b", k)
			}) + "</table>")
		}},
		{"links after a sign of exclamation", 20_000, func(n int) string {
			return largeBody("<p>" + repeat(n, func(k int) string { return fmt.Sprintf(`the council said!<a href="/%d">this %d</a> `, k, k) }) + "</p>")
		}},
		{"blocks that are left out", 20_000, func(n int) string {
			return largeBody("<div>" + strings.Repeat("<div>ab</div>", n) + "</div>")
		}},
		{"references to one author", 6000, func(n int) string {
			return largeHead(`<script type="application/ld+json">{"@graph":[{"@type":"NewsArticle","headline":"The bridge","author":[` +
				strings.Repeat(`{"@id":"#p"},`, n) + `{}]},{"@id":"#p","@type":"Person","url":"/p","name":"` + strings.Repeat("Mara ", n) + `"}]}</script>`)
		}},
		{"formatting that is opened again", 4000, func(n int) string {
			return largeBody(repeat(n/10, func(k int) string { return fmt.Sprintf("<b id=%d>", k) }) + strings.Repeat("<p>x", n))
		}},
		{"boxes within an aside", 8000, func(n int) string {
			return largeBody("<aside>" + repeat(n, func(k int) string {
				return fmt.Sprintf(`<p>%s%d</p><div class="related"><p>%sb%d</p></div>`, largeSentence, k, largeSentence, k)
			}) + "</aside>")
		}},
		{"paragraphs in nested quotes", 8000, func(n int) string {
			return largeBody(strings.Repeat("<blockquote>", 240) + repeat(n, func(k int) string { return fmt.Sprintf("<p>%d words of the council here.</p>", k) }) + strings.Repeat("</blockquote>", 240))
		}},
		{"paragraphs in nested items", 8000, func(n int) string {
			return largeBody(strings.Repeat("<ul><li>", 120) + repeat(n, func(k int) string { return fmt.Sprintf("<p>%d words of the council here.</p>", k) }) + strings.Repeat("</ul>", 120))
		}},
		{"pictures without captions", 8000, func(n int) string {
			return largeBody("<div>" + repeat(n, func(k int) string {
				return fmt.Sprintf(`<div><img src="/i/%d.jpg" width=800 height=600></div><div>ab</div>`, k)
			}) + "</div>")
		}},
		{"copies of captions", 2000, func(n int) string {
			return largeBody(repeat(n, func(k int) string {
				caption := fmt.Sprintf("The ferry %d leaves the old harbour in the evening light", k)
				return fmt.Sprintf(`<figure><img src="/i/%d.jpg" width=800 height=600><figcaption>%s</figcaption></figure><p>%s</p>`, k, caption, caption)
			}))
		}},
		{"dates of comments", 16_000, func(n int) string {
			return largeBody(`<div class="comments">` + strings.Repeat("<time datetime=2026-03-01></time>", n) + "</div>")
		}},
		{"comments", 100_000, func(n int) string { return largeBody(strings.Repeat("<!-- x -->", n)) }},
		{"entries of a live blog in one box", 8000, func(n int) string {
			return largeBody(repeat(n, func(k int) string {
				return fmt.Sprintf("<article class=post><time>3:%02d</time><p>%s</p></article>", k%60, largeSentence)
			}))
		}},
		{"rules for screens that nobody closed", 60_000, func(n int) string {
			return largeHead("<style>" + strings.Repeat("@media screen and (min-width:9px){", n) + "</style>")
		}},
		{"words in nested citations", 20_000, func(n int) string {
			return largeBody("<p>" + strings.Repeat("<cite>", 50) + repeat(n, func(k int) string { return fmt.Sprintf("<u>word %d</u>, ", k) }))
		}},
		{"posts", 20_000, func(n int) string {
			return largeHTML(`<meta name=generator content=phpBB>`, repeat(n, func(k int) string {
				return fmt.Sprintf(`<div class="post p%d"><div class="content">Message %d of the thread says that the bridge is to be shut in May.</div></div>`, k%50, k)
			}))
		}},
		{"lines where no paragraph is", 50_000, func(n int) string {
			return "<!doctype html><title>The bridge</title><article><h1>The bridge</h1>" + strings.Repeat("<p>The council met on Tuesday and agreed to mend the old bridge.", 4) + strings.Repeat("<br>A line of it", n)
		}},
		{"pieces of code", 60_000, func(n int) string { return largeBody(strings.Repeat("<pre>A line of it</pre>", n)) }},
		{"choices about consent", 40_000, func(n int) string {
			return largeBody(repeat(n, func(k int) string {
				return "<p>" + []string{"accept all cookies", "alle ablehnen", "paramètres des cookies"}[k%3] + "</p>"
			}))
		}},
	}
}

const largeSentence = "The council met on Tuesday, and after a long evening it agreed to mend the bridge before the winter comes. "

// largeName is a name that hardly another number has.
func largeName(k int) string {
	letter := func(k int) rune { return 'a' + rune(k%26) }
	return fmt.Sprintf("Mara L%c%c%cqvist", letter(k), letter(k/26), letter(k/26/26))
}

func largeParagraph(k int) string {
	return fmt.Sprintf("<p class=\"story-body__text\">%d. %s%s</p>\n", k, largeSentence, largeSentence)
}

func largeBody(body string) string { return largeHTML("", body) }
func largeHead(head string) string { return largeHTML(head, "") }

func largeHTML(head, body string) string {
	return "<!doctype html><html lang=en><head><title>The bridge</title>" + head + "</head><body><main><article><h1>The bridge</h1>" +
		strings.Repeat(largeParagraph(0), 5) + body + "</article></main></body></html>"
}

// repeat joins what part makes of 0 to n-1.
func repeat(n int, part func(k int) string) string {
	var b strings.Builder
	for k := range n {
		b.WriteString(part(k))
	}
	return b.String()
}
