package render

import (
	"html"
	"strings"
	"testing"

	"newsclip/clean/internal/body"
	"newsclip/clean/internal/pagetest"
	"newsclip/clean/internal/picture"
)

// vectors are words that a reader of Markdown may turn into a script, a handler or an
// address that runs one. They were tried with marked, markdown-it and goldmark, with
// HTML and with links made of addresses where these have it.
var vectors = []string{
	"<script>alert(1)</script>", "http://x.example/<img src=x onerror=alert(1)>", `https://x.example/"onmouseover="alert(1)`, "www.x.example/<svg/onload=alert(1)>",
	"a@b.example<img src=x onerror=alert(1)>", "[a](javascript:alert(1))", "[a](<javascript:alert(1)>)", "[a](java&#115;cript:alert(1))", "![a](javascript:alert(1))",
	`![a" onerror="alert(1)](x)`, "[a]: javascript:alert(1)", "<javascript:alert(1)>", "`<script>alert(1)</script>`", "```<script>alert(1)</script>```",
	`\<script>alert(1)</script>`, `\\<script>alert(1)</script>`, "&lt;script>alert(1)&lt;/script>", "<!-- --><script>alert(1)</script>", `[x](http://a" onmouseover="alert(1))`,
	`[x](http://a 'title" onmouseover="alert(1)')`, "**<b onclick=alert(1)>**", "$<img src=x onerror=alert(1)>$", "| <img src=x onerror=alert(1)> | b |", "https://x.example/`<img src=x onerror=alert(1)>`",
}

// vectorForms are the places where such words stand.
var vectorForms = []string{
	"<p>It says V here</p>", "<p>V</p><p>V</p>", "<ul><li>V<li>x</ul>", "<h2>V</h2>", "<blockquote><p>V</p></blockquote>", "<table><tr><th>V<th>b<tr><td>V<td>c</table>",
	"<p><code>V</code> x</p>", "<pre>V</pre>", "<p><b>V</b><i>V</i></p>", `<p><a href="V">link of it</a></p>`, `<p><a href="https://x.example/V">V</a></p>`,
	`<figure><img src="/a.jpg?V" alt="V" width=800 height=600><figcaption>V (Photo: V)</figcaption></figure>`, `<iframe src="https://www.youtube.com/embed/a?V" title="V"></iframe>`,
	"<dl><dt>V<dd>V</dl>",
}

// TestVectorsRunNothing puts each into each. The link of a picture within a link's
// words is checked for itself: marked alone takes it for one.
func TestVectorsRunNothing(t *testing.T) {
	for _, v := range vectors {
		for _, form := range vectorForms {
			tr := pagetest.MustParse(t, "<body><p>before</p>"+strings.ReplaceAll(form, "V", html.EscapeString(v))+"<p>after</p>")
			blocks := tr.Blocks()
			bd := body.New(tr, blocks, make([]float32, len(blocks)), 0)
			pics := picture.Read(tr)
			md := Markdown(bd, pics, nil)
			for program, rendered := range pagetest.Rendered(t, md) {
				for _, bad := range []string{"<script", "<svg", `onerror="`, `onload="`, `onclick="`, `onmouseover="`, `="javascript:`} {
					if strings.Contains(pagetest.Parsed(t, rendered), bad) {
						t.Errorf("%s in %s, by %s:\n%s\nof\n%s", v, form, program, bad, md)
					}
				}
			}
			if !strings.Contains(form, "code") && !strings.Contains(form, "pre") && strings.Contains(md, `!\[`) {
				t.Errorf("%s in %s:\n%s", v, form, md)
			}
			pagetest.CheckSafe(t, HTMLBody(bd, pics, nil))
		}
	}
}
