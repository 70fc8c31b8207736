package render

import (
	"strings"
	"testing"

	"newsclip/clean/article"
	"newsclip/clean/internal/body"
	"newsclip/clean/internal/judge"
	"newsclip/clean/internal/meta"
	"newsclip/clean/internal/pagetest"
	"newsclip/clean/internal/picture"

	"golang.org/x/net/html/atom"
)

// formsPage has a block of every form.
const formsPage = `<html><head><title>A page of many forms</title><base href="https://quay.example/x/"></head><body><article>
<h1>A page of many forms</h1>
<p>This is the <b>first <i>paragraph</i> </b>with <a href="../y?a=1&amp;b=(2)">a link</a>, <code>a ` + "`tick`" + `</code> and H<sub>2</sub>O; 5 * 3 * 2, snake_case_name, &amp;copy; and [x] go on for a while.</p>
<p>1. This is no item of a list but a paragraph that begins with a number, as sentences at times will do.</p>
<h2>Lists &amp; things</h2>
<p>There are four items in the list that follows here, and each of them is longer than it need be:</p>
<ol start="3"><li>the first of the items, which is long enough</li><li><p>the second in a paragraph of its own</p><ul><li>one inside it, also with several words</li><li>two inside it, and so on and on</li></ul></li><li>the third, after the list inside, as before</li></ol>
<blockquote><p>Somebody once said that quotations are a nuisance, and she was right about it in every way.</p><p>And she said more, in a second paragraph, for which nobody had asked her at all.</p></blockquote>
<figure><img src="/pics/one-big-picture.jpg" alt="A [large] picture" width="800" height="600"><figcaption>The picture that is the one. Photo: Ann Example</figcaption></figure>
<p>After the picture there is another paragraph, in which the author says what the picture was to show.</p>
<pre><code class="language-go">func main() {
	fmt.Println("x", ` + "`y`" + `)

	return
}</code></pre>
<p>After the code there comes a verse, and it is told in lines, in the way that verses on the web are:</p>
<p>The sea is wide,<br>the sea is deep,<br>and all the fish in it are asleep.</p>
<dl><dt>Ebb</dt><dd>The water goes out, as it was told to in the chapter before this one.</dd><dt>Flood</dt><dd>The water comes in again, and with it comes everything that went out.</dd></dl>
<table><caption>Numbers of the year</caption><thead><tr><th>Name</th><th>This | year</th><th>Next</th></tr></thead><tr><td>Boats</td><td colspan="2">twelve</td></tr><tr><td rowspan="2">Nets</td><td></td><td>7</td></tr><tr><td>5</td><td>6</td></tr></table>
<iframe src="https://www.youtube.com/embed/abcDEF" title="The harbour film" width="560"></iframe>
<p>The last paragraph of the page says good-bye to its readers, and hopes that they may come again <a href="javascript:alert(1)">soon</a>.</p>
</article></body></html>`

const formsText = `This is the first paragraph with a link, a ` + "`tick`" + ` and H2O; 5 * 3 * 2, snake_case_name, &copy; and [x] go on for a while.

1. This is no item of a list but a paragraph that begins with a number, as sentences at times will do.

Lists & things

There are four items in the list that follows here, and each of them is longer than it need be:

- the first of the items, which is long enough
- the second in a paragraph of its own
  - one inside it, also with several words
  - two inside it, and so on and on
- the third, after the list inside, as before

Somebody once said that quotations are a nuisance, and she was right about it in every way.

And she said more, in a second paragraph, for which nobody had asked her at all.

After the picture there is another paragraph, in which the author says what the picture was to show.

func main() {
	fmt.Println("x", ` + "`y`" + `)

	return
}

After the code there comes a verse, and it is told in lines, in the way that verses on the web are:

The sea is wide,
the sea is deep,
and all the fish in it are asleep.

Ebb
The water goes out, as it was told to in the chapter before this one.

Flood
The water comes in again, and with it comes everything that went out.

Numbers of the year

Name | This | year | Next
Boats | twelve
Nets | 7
5 | 6

The last paragraph of the page says good-bye to its readers, and hopes that they may come again soon.`

const formsMarkdown = `This is the **first *paragraph*** with [a link](https://quay.example/y?a=1&b=%282%29), ` + "`` a `tick` ``" + ` and H<sub>2</sub>O; 5 \* 3 \* 2, snake_case_name, &amp;copy; and \[x\] go on for a while.

1\. This is no item of a list but a paragraph that begins with a number, as sentences at times will do.

## Lists & things

There are four items in the list that follows here, and each of them is longer than it need be:

3. the first of the items, which is long enough
4. the second in a paragraph of its own
   - one inside it, also with several words
   - two inside it, and so on and on
5. the third, after the list inside, as before

> Somebody once said that quotations are a nuisance, and she was right about it in every way.
>
> And she said more, in a second paragraph, for which nobody had asked her at all.

![A \[large\] picture](https://quay.example/pics/one-big-picture.jpg)  
*The picture that is the one. (Ann Example)*

After the picture there is another paragraph, in which the author says what the picture was to show.

` + "```go" + `
func main() {
	fmt.Println("x", ` + "`y`" + `)

	return
}
` + "```" + `

After the code there comes a verse, and it is told in lines, in the way that verses on the web are:

The sea is wide,  
the sea is deep,  
and all the fish in it are asleep.

**Ebb**

The water goes out, as it was told to in the chapter before this one.

**Flood**

The water comes in again, and with it comes everything that went out.

Numbers of the year

| Name | This \| year | Next |
| --- | --- | --- |
| Boats | twelve | |
| Nets | | 7 |
| | 5 | 6 |

[The harbour film](https://www.youtube.com/watch?v=abcDEF)

The last paragraph of the page says good-bye to its readers, and hopes that they may come again soon.`

const formsHTML = `<p>This is the <strong>first <em>paragraph</em></strong> with <a href="https://quay.example/y?a=1&amp;b=%282%29">a link</a>, <code>a ` + "`tick`" + `</code> and H<sub>2</sub>O; 5 * 3 * 2, snake_case_name, &amp;copy; and [x] go on for a while.</p>
<p>1. This is no item of a list but a paragraph that begins with a number, as sentences at times will do.</p>
<h2>Lists &amp; things</h2>
<p>There are four items in the list that follows here, and each of them is longer than it need be:</p>
<ol start="3">
<li>the first of the items, which is long enough</li>
<li>the second in a paragraph of its own
<ul>
<li>one inside it, also with several words</li>
<li>two inside it, and so on and on</li>
</ul>
</li>
<li>the third, after the list inside, as before</li>
</ol>
<blockquote>
<p>Somebody once said that quotations are a nuisance, and she was right about it in every way.</p>
<p>And she said more, in a second paragraph, for which nobody had asked her at all.</p>
</blockquote>
<figure><img src="https://quay.example/pics/one-big-picture.jpg" alt="A [large] picture" width="800" height="600"><figcaption>The picture that is the one. (Ann Example)</figcaption></figure>
<p>After the picture there is another paragraph, in which the author says what the picture was to show.</p>
<pre><code>func main() {
	fmt.Println(&#34;x&#34;, ` + "`y`" + `)

	return
}</code></pre>
<p>After the code there comes a verse, and it is told in lines, in the way that verses on the web are:</p>
<p>The sea is wide,<br>
the sea is deep,<br>
and all the fish in it are asleep.</p>
<dl>
<dt>Ebb</dt>
<dd>The water goes out, as it was told to in the chapter before this one.</dd>
<dt>Flood</dt>
<dd>The water comes in again, and with it comes everything that went out.</dd>
</dl>
<p>Numbers of the year</p>
<table>
<tr><th>Name</th><th>This | year</th><th>Next</th></tr>
<tr><td>Boats</td><td colspan="2">twelve</td></tr>
<tr><td rowspan="2">Nets</td><td></td><td>7</td></tr>
<tr><td>5</td><td>6</td></tr>
</table>
<figure class="wp-block-embed"><a href="https://www.youtube.com/watch?v=abcDEF">The harbour film</a></figure>
<p>The last paragraph of the page says good-bye to its readers, and hopes that they may come again soon.</p>`

func TestText(t *testing.T) {
	tests := []struct{ name, page, want string }{
		{"layout table by role", `<table role="presentation"><tr><td>a<td>b<tr><td>c<td>d</table>`, "a\n\nb\n\nc\n\nd"},
		{"layout table by nesting", `<table><tr><td>a<td><table><tr><td>1<td>2<tr><td>3<td>4</table></table>`, "a\n\n1 | 2\n3 | 4"},
		{"layout table by prose", `<table><tr><td>a<td>b<tr><td>c<td>` + strings.Repeat("many words in one cell, as only an article has them, ", 15) + `</table>`,
			"a\n\nb\n\nc\n\n" + strings.TrimSpace(strings.Repeat("many words in one cell, as only an article has them, ", 15))},
		{"one row", `<table><tr><td>Print<td>Send</table>`, "Print\n\nSend"},
		{"one column", `<table><tr><td>a<tr><td>b</table>`, "a\n\nb"},
		{"cell of paragraphs", `<table><tr><th>a<th>b<tr><td><p>c</p><p>d</p><td><ul><li>e<li>f</ul></table>`, "a | b\nc d | e f"},
		{"list of cards", `<ul><li><h3>a</h3><p>b</p><li><h3>c</h3><p>d</p></ul>`, "a\n\nb\n\nc\n\nd"},
		{"item of paragraphs", `<ul><li><p>a</p><p>b</p><li>c</ul>`, "- a\n  b\n- c"},
		{"numbers", `<ol><li>a<li value="7">b<li>c</ol><ol reversed><li>x<li>y</ol>`, "- a\n- b\n- c\n\n- x\n- y"},
		{"lists in a row", `<ul><li>a</ul><ul><li>b</ul>`, "- a\n\n- b"},
		{"item without a list", `<div><li>a</div>`, "a"},
		{"verse", `<p>a<br>b<br><br>c</p>`, "a\nb\n\nc"},
		{"verse in boxes of a line each", `<div><div class="stanza"><div class="line">Das Eis</div><div class="line">bricht</div></div><div class="stanza"><p class="vers">und das Boot</p><p class="vers">fährt</p></div></div>`, "Das Eis\nbricht\n\nund das Boot\nfährt"},
		{"pre", "<pre>  a\n    b <b>c</b>\n\n  d\n</pre>", "  a\n    b c\n\n  d"},
		{"pre of lines", "<pre><div>a</div><div>  b</div></pre>", "a\n  b"},
		{"definitions", `<dl><dt>a<dt>b<dd>c<dd>d<dt>e<dd>f</dl>`, "a\nb\nc\nd\n\ne\nf"},
		{"hygiene", "<p>a\u200bb\ufeffc\u2060 d\u00a0e\u202ff \u00a0 g</p>", "abc d e f g"},
		{"joiners", "<p>می\u200cخواهم 👩\u200d🌾</p>", "می\u200cخواهم 👩\u200d🌾"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := PlainBody(keepAll(t, tt.page)); got != tt.want {
				t.Errorf("text is\n%s\nwant\n%s", got, tt.want)
			}
		})
	}
}

func TestMarkdown(t *testing.T) {
	tests := []struct{ name, page, want string }{
		{"bold in a word", `<p>un<b>believ</b>able</p>`, "un**believ**able"},
		{"bold that no sign can show", `<p>foo<b>(bar)</b>baz</p>`, `foo(bar)baz`},
		{"bold then italic", `<p><b>a</b><i>b</i></p>`, "**a**b"},
		{"italic across bold", `<p><i>a <b>b</b> c</i></p>`, "*a **b** c*"},
		{"italic in bold", `<p><b>a <i>b</i> c</b></p>`, "**a *b* c**"},
		{"space in bold", `<p>a<b> b </b>c</p>`, "a **b** c"},
		{"struck out", `<p>a <del>b</del><s> c</s>, <strike>d <b>e</b></strike></p>`, "a ~~b c~~, ~~d **e**~~"},
		{"signs of striking", `<p>about ~~5 boats</p>`, `about \~\~5 boats`},
		{"link in bold", `<p><b>see <a href="/x">here</a></b></p>`, "**see** [**here**](https://quay.example/x)"},
		{"link after a cry", `<p>Stop!<a href="/x">Go</a></p>`, "Stop\\![Go](https://quay.example/x)"},
		{"heading that links to itself", `<h3 id="go"><a href="#go">Go</a></h3><p>a</p>`, "### Go\n\na"},
		{"heading that links to its section", `<section id="los"><h2><a href="#los">Los</a></h2><p>a</p></section>`, "## Los\n\na"},
		{"heading that links to a mark in it", `<h2><a href="#ir"><span id="ir"></span>Ir</a></h2><p>a</p>`, "## Ir\n\na"},
		{"heading that links elsewhere", `<h2 id="a"><a href="#b">Go</a></h2><p id="b">a</p>`, "## [Go](https://quay.example/a/b#b)\n\na"},
		{"link around a block", `<a href="/x"><h3>Go</h3></a>`, "### [Go](https://quay.example/x)"},
		{"bad links", `<p><a href="javascript:x()">a</a> <a href="data:text/html,x">b</a> <a href="ftp://x.example/">c</a> <a href="mailto:a@x.example">d</a></p>`,
			"a b c [d](mailto:a@x.example)"},
		{"first heading", `<h1>a</h1><h6>b #</h6>`, "## a\n\n###### b \\#"},
		{"signs at the begin", "<p># a</p><p>- b</p><p>&gt; c</p><p>+ d</p><p>12) e</p><p>* f</p><p>===</p>",
			"\\# a\n\n\\- b\n\n\\> c\n\n\\+ d\n\n12\\) e\n\n\\* f\n\n\\==="},
		{"lists in a row", `<ul><li>a</ul><ul><li>b</ul><ul><li>c</ul><ol><li>d</ol><ol><li>e</ol>`, "- a\n\n* b\n\n- c\n\n1) d\n\n1. e"},
		{"lists of an item each", `<ol start="1"><li>a</ol><ol start="2"><li>b</ol><ol start="3"><li>c<li>d</ol><ol start="9"><li>e</ol>`, "1. a\n2. b\n3. c\n4. d\n\n9) e"},
		{"a number after a bullet", `<ul><li>a</ul><ol start="2"><li>b</ol>`, "- a\n\n2) b"},
		{"loose list", `<ul><li><p>a</p><p>b</p><li>c</ul>`, "- a\n\n  b\n\n- c"},
		{"list in a quote", `<blockquote><p>a</p><ul><li>b<li>c</ul></blockquote>`, "> a\n>\n> - b\n> - c"},
		{"quote in a list", `<ul><li>a<blockquote>b</blockquote></ul>`, "- a\n\n  > b"},
		{"fence in code", "<pre>a\n```\nb</pre>", "````\na\n```\nb\n````"},
		{"table without a head", `<table><tr><td>a<td>b|c<tr><td><b>d</b><td>e<br>f</table>`, "| a | b\\|c |\n| --- | --- |\n| **d** | e<br>f |"},
		{"embeds", `<p>a</p><iframe src="//player.vimeo.com/video/12?h=1"></iframe><p>b</p><video><source src="/v.mp4"></video><p>c</p>` +
			`<blockquote class="tiktok-embed" cite="https://www.tiktok.com/@x/video/1"></blockquote><p>d</p><iframe src="https://ads.doubleclick.net/x"></iframe><iframe src="https://x.example/p" width="1"></iframe><p>e</p>`,
			"a\n\n[player.vimeo.com](https://vimeo.com/12)\n\nb\n\n[quay.example](https://quay.example/v.mp4)\n\nc\n\n[tiktok.com](https://www.tiktok.com/@x/video/1)\n\nd\n\ne"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := Markdown(keepAll(t, tt.page), nil, nil); got != tt.want {
				t.Errorf("markdown is\n%s\nwant\n%s", got, tt.want)
			}
		})
	}
}

// TestPicturePlaces looks that a picture between two items does not split
// their list, and that one in a table comes after it.
func TestPicturePlaces(t *testing.T) {
	bd := keepAll(t, `<p>a</p><ol><li>b<li><img src="/1.jpg">c</ol><table><tr><td>d<td>e<tr><td><img src="/2.jpg">f<td>g</table><p>h</p>`)
	pics := picture.Read(bd.Tree)
	var images []article.Image
	for _, p := range pics {
		images = append(images, p.Image)
	}
	want := "a\n\n1. b\n\n   ![](https://quay.example/1.jpg)\n\n2. c\n\n| d | e |\n| --- | --- |\n| f | g |\n\n![](https://quay.example/2.jpg)\n\nh"
	if got := Markdown(bd, pics, images); got != want {
		t.Errorf("markdown is\n%s\nwant\n%s", got, want)
	}
}

func TestForms(t *testing.T) {
	bd := keepAll(t, formsPage)
	md := meta.Read(bd.Tree, meta.Options{})
	pics := picture.Read(bd.Tree)
	sig := judge.Gather(bd.Tree, md, pics)
	for k := range bd.Blocks {
		if b := &bd.Blocks[k]; b.Tag == atom.H1 || sig.Captions.Has(b) {
			bd.Drop(k, "sweep", "")
		}
	}
	images := ShownImages(bd, pics, md)
	for _, f := range []struct{ name, got, want string }{
		{"text", PlainBody(bd), formsText}, {"markdown", Markdown(bd, pics, images), formsMarkdown}, {"html", HTMLBody(bd, pics, images), formsHTML},
	} {
		if f.got != f.want {
			t.Errorf("%s is\n%s\nwant\n%s", f.name, f.got, f.want)
		}
	}
}

// keepAll is a page with every block kept, as if nothing were known of it.
func keepAll(t testing.TB, html string) *body.Body {
	t.Helper()
	tr := pagetest.MustParseAt(t, "https://quay.example/a/b", html)
	blocks := tr.Blocks()
	return body.New(tr, blocks, make([]float32, len(blocks)), 0)
}
