package render

import (
	"strings"
	"testing"

	"newsclip/clean/article"
	"newsclip/clean/internal/body"
	"newsclip/clean/internal/page"
	"newsclip/clean/internal/pagetest"
	"newsclip/clean/internal/picture"
)

func TestHTMLIsSafe(t *testing.T) {
	const prose = `<p>A paragraph of plain words, long enough to make of this page an article that is worth its reading.</p>`
	tests := []struct{ name, page string }{
		{"script", `<script>alert(1)</script><p>a<script>alert(2)</script></p>`},
		{"handlers", `<p onclick="alert(1)" onmouseover=alert(2)>a <b onfocus=alert(3) autofocus tabindex=0>b</b></p><img src=x onerror=alert(4)>`},
		{"javascript address", `<p><a href="javascript:alert(1)">a</a> <a href=" JaVa&#10;ScRiPt:alert(1)">b</a> <a href="java&Tab;script:alert(1)">c</a> <a href="\x01javascript:alert(1)">d</a></p>`},
		{"data address", `<p><a href="data:text/html;base64,PHNjcmlwdD4=">a</a></p><img src="data:image/svg+xml,<svg onload=alert(1)>">`},
		{"vbscript address", `<p><a href="vbscript:msgbox(1)">a</a></p>`},
		{"address that breaks out", `<p><a href='https://x.example/"onclick="alert(1)'>a</a> <a href="https://x.example/?q='><script>alert(1)</script>">b</a></p>`},
		{"host that is markup", `<p><a href="https://<p>%3Ca/">a</a></p>`},
		{"alt that breaks out", `<p>a</p><figure><img src="https://x.example/picture-one.jpg" width="700" height="500" alt='"><script>alert(1)</script>'><figcaption>"&gt;&lt;script&gt;alert(1)&lt;/script&gt;</figcaption></figure><p>b</p>`},
		{"text that is markup", `<p>&lt;img src=x onerror=alert(1)&gt; &lt;/p&gt;&lt;script&gt;alert(1)&lt;/script&gt;</p>`},
		{"style", `<p style="background:url(javascript:alert(1))">a</p><style>@import 'x';</style><div style="position:fixed;inset:0">b</div>`},
		{"svg", `<svg><a xlink:href="javascript:alert(1)"><text>a</text></a><script>alert(1)</script></svg><p>b</p>`},
		{"math", `<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;"></mglyph></table></mtext></math><p>a</p>`},
		{"mutation by noscript", `<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript><p>a</p>`},
		{"mutation by template", `<template><p>a</template><p>b</p>`},
		{"mutation by form", `<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)></style></mglyph></form><p>a</p>`},
		{"mutation by textarea", `<textarea></textarea><p>&lt;/textarea&gt;&lt;img src=x onerror=alert(1)&gt;</p>`},
		{"comment", `<p>a<!--><img src=x onerror=alert(1)>--></p>`},
		{"base", `<base href="javascript:alert(1)//"><p><a href="x">a</a></p>`},
		{"code that is markup", `<pre><code class="language-&quot;&gt;&lt;script&gt;">&lt;/code&gt;&lt;/pre&gt;&lt;script&gt;alert(1)&lt;/script&gt;</code></pre>`},
		{"embed", `<p>a</p><iframe src="javascript:alert(1)" title="x"></iframe><iframe srcdoc="<script>alert(1)</script>"></iframe><iframe src="https://x.example/" title='"><script>'></iframe><object data="javascript:alert(1)"></object><p>b</p>`},
		{"spans", `<table><tr><td colspan='9" onclick="x'>a<td rowspan="99999999">b<tr><td>c<td>d</table>`},
		{"list start", `<ol start='1" onclick="x'><li value="99999999999999999999">a</ol>`},
		{"control signs", "<p>a\x00b\x1bc <a href=\"https://x.example/\x00\x01\">d</a></p>"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			bd := keepAll(t, `<body>`+prose+tt.page+prose)
			pics := picture.Read(bd.Tree)
			var images []article.Image
			for _, p := range pics {
				images = append(images, p.Image)
			}
			got := HTMLBody(bd, pics, images)
			pagetest.CheckSafe(t, got)
			if !strings.Contains(got, "A paragraph of plain words") {
				t.Errorf("the page's words are gone: %s", got)
			}
			var b strings.Builder
			if err := pagetest.ReadMarkdown.Convert([]byte(Markdown(bd, pics, images)), &b); err != nil {
				t.Fatal(err)
			}
			// Markdown can carry tags; those that are not newsclip's own are
			// words of the page and must be read as such.
			if md := pagetest.Parsed(t, b.String()); strings.Contains(md, "<script") || strings.Contains(md, "onerror=\"") || strings.Contains(md, "javascript:alert") && strings.Contains(md, `href="javascript`) {
				t.Errorf("markdown turns into %s", md)
			}
		})
	}
}

func FuzzHTMLIsSafe(f *testing.F) {
	f.Add(formsPage)
	f.Add(`<table><tr><td><ul><li><pre><blockquote>a<dl><dt>b`)
	f.Add(`<p><a href="//x"><b>a<i>b</b>c</i></a><sub>d</sup>`)
	f.Fuzz(func(t *testing.T, src string) {
		p, err := page.Parse(page.Input{HTML: []byte(src), URL: "https://quay.example/"})
		if err != nil {
			t.Skip()
		}
		tr := page.NewTree(p)
		blocks := tr.Blocks()
		bd := body.New(tr, blocks, make([]float32, len(blocks)), 0)
		pics := picture.Read(tr)
		var images []article.Image
		for _, p := range pics {
			images = append(images, p.Image)
		}
		pagetest.CheckSafe(t, HTMLBody(bd, pics, images))
		Markdown(bd, pics, images)
		PlainBody(bd)
	})
}
