package render

import (
	"strings"
	"testing"
)

// TestPreLines: text, Markdown and HTML have the lines of a pre, however the
// page writes them.
func TestPreLines(t *testing.T) {
	const want = "si x:\n    dir\n\nfin"
	for name, in := range map[string]string{
		"line breaks":              "<pre>si x:\n    dir\n\nfin</pre>",
		"line breaks of Windows":   "<pre>\r\nsi x:\r\n    dir\r\n\r\nfin\r\n</pre>",
		"br":                       "<pre>si x:<br>    dir<br><br>fin</pre>",
		"spans and line breaks":    "<pre><code><span class=line>si x:</span>\n<span class=line>    dir</span>\n<span class=line></span>\n<span class=line>fin</span></code></pre>",
		"boxes":                    "<pre><div>si x:</div><div>    dir</div><div> </div><div>fin</div></pre>",
		"boxes with line breaks":   "<pre><code><div>si x:\n</div><div>    dir\n</div><div>\n</div><div>fin\n</div></code></pre>",
		"boxes, then line breaks":  "<pre><div>si x:</div>\n<div>    dir</div>\n<div>&nbsp;</div>\n<div>fin</div>\n</pre>",
		"boxes in boxes":           "<pre><code><div><div class=code>si x:</div></div><div><div class=code>    dir</div></div><div><div class=code>\n</div></div><div><div class=code>fin</div></div></code></pre>",
		"an empty box on a line":   "<pre><div>si x:</div>\n<div>    dir</div>\n<div>\n</div>\n<div>fin</div></pre>",
		"spans set as blocks":      `<pre><span style="display:block">si x:</span><span style="display:block">    dir</span><span style="display:block"><br></span><span style="display:block">fin</span></pre>`,
		"numbers before the lines": `<pre><span class="lnt">1 </span>si x:` + "\n" + `<span class="lnt">2 </span>    dir` + "\n" + `<span class="lnt">3 </span>` + "\n" + `<span class="lnt">4 </span>fin</pre>`,
		"a link that runs it":      "<pre><a class=\"corre\" href=\"https://juego.example/\">Corre</a><code>si x:\n    dir\n\nfin</code></pre>",
		"code elements":            "<pre><code>si x:</code><code>    dir</code><code><span><br></span></code><code>fin</code></pre>",
		"boxes and no pre":         `<div class="prism-code lang"><div class="token-line">si x:</div><div class="token-line">    dir</div><div class="token-line"> </div><div class="token-line">fin</div></div>`,
		"code set as a pre":        `<div style="display: flex"><code style="white-space: pre">` + "\nsi x:\n    dir\n\nfin\n" + `</code></div>`,
		"code set as a pre, wraps": `<section><code style="font-size:1em;white-space:pre-wrap">` + "si x:\n    dir\n\nfin" + `</code></section>`,
		"lines in a table's cell":  `<div class="syntaxhighlighter"><table><tr><td class="gutter"><div>1</div><div>2</div><div>3</div><div>4</div></td><td><div class="container"><div class="line"><code>si</code> <code>x:</code></div><div class="line"><code>&nbsp;&nbsp;&nbsp;&nbsp;</code><code>dir</code></div><div class="line">&nbsp;</div><div class="line"><code>fin</code></div></div></td></tr></table></div>`,
		"a gist":                   `<div class="gist"><div class="gist-data"><div class="blob-wrapper"><table><tr><td class="blob-num" data-line-number="1"></td><td class="blob-code">si x:</td></tr><tr><td class="blob-num"></td><td class="blob-code">    dir</td></tr><tr><td class="blob-num"></td><td class="blob-code"> </td></tr><tr><td class="blob-num"></td><td class="blob-code">fin</td></tr></table></div></div></div>`,
		"a pre for each line":      `<div class="CodeMirror"><div class="CodeMirror-code"><div><div class="CodeMirror-linenumber">1</div><pre class="CodeMirror-line">si x:</pre></div><div><pre class="CodeMirror-line">    dir</pre></div><div><pre class="CodeMirror-line"> </pre></div><div><pre class="CodeMirror-line">fin</pre></div></div></div>`,
		"numbers in a table":       `<pre><code><table><tr><td class="hljs-ln-numbers"><div data-line-number="1">1</div></td><td>si x:</td></tr><tr><td class="hljs-ln-numbers">2</td><td>    dir</td></tr><tr><td class="hljs-ln-numbers">3</td><td> </td></tr><tr><td class="hljs-ln-numbers">4</td><td>fin</td></tr></table></code></pre>`,
	} {
		t.Run(name, func(t *testing.T) {
			bd := keepAll(t, "<p>Antes.</p>"+in+"<p>Luego.</p>")
			if got := PlainBody(bd); got != "Antes.\n\n"+want+"\n\nLuego." {
				t.Errorf("text %q", got)
			}
			if got := Markdown(bd, nil, nil); got != "Antes.\n\n```\n"+want+"\n```\n\nLuego." {
				t.Errorf("Markdown %q", got)
			}
			if got := HTMLBody(bd, nil, nil); got != "<p>Antes.</p>\n<pre><code>"+want+"</code></pre>\n<p>Luego.</p>" {
				t.Errorf("HTML %q", got)
			}
		})
	}
}

// TestPreInItem: the lines of a pre in a list's item stand under the item.
func TestPreInItem(t *testing.T) {
	bd := keepAll(t, "<ul><li>Erst:<pre>a\n  b</pre></li></ul>")
	if got, want := PlainBody(bd), "- Erst:\n  a\n    b"; got != want {
		t.Errorf("text %q, want %q", got, want)
	}
}

// TestCodeLanguage: the fence of code has the language that its page names, wherever a
// highlighter writes it.
func TestCodeLanguage(t *testing.T) {
	for name, c := range map[string]struct{ in, want string }{
		"class of code":        {`<pre><code class="language-go">a</code></pre>`, "go"},
		"class of pre":         {`<pre class="lang-rust"><code>a</code></pre>`, "rust"},
		"box around":           {`<div class="language-ruby highlighter-rouge"><div class="highlight"><pre class="highlight"><code>a</code></pre></div></div>`, "ruby"},
		"attribute":            {`<pre data-lang="Swift">a</pre>`, "swift"},
		"attribute of the box": {`<div data-language="css"><pre>a</pre></div>`, "css"},
		"brush":                {`<pre class="brush: php; title: ;">a</pre>`, "php"},
		"a bare name":          {`<pre class="sourceCode haskell"><code class="sourceCode haskell">a</code></pre>`, "haskell"},
		"highlight of a name":  {`<div class="highlight-python notranslate"><div class="highlight"><pre>a</pre></div></div>`, "python"},
		"highlight, no name":   {`<div class="highlight-box"><pre>a</pre></div>`, ""},
		"numbers beside it":    {`<div class="highlight-c"><div class="highlight"><table class="highlighttable"><tr><td class="linenos"><pre>1</pre></td><td class="code"><div class="highlight"><pre>a</pre></div></td></tr></table></div></div>`, "c"},
		"no name":              {`<pre class="wide block"><code class="copy">a</code></pre>`, ""},
		"a box around more":    {`<div class="language-de"><p>Ein.</p><p>Zwei.</p><pre>a</pre><p>Drei.</p></div>`, ""},
	} {
		t.Run(name, func(t *testing.T) {
			bd := keepAll(t, "<p>Antes.</p>"+c.in)
			if got := Markdown(bd, nil, nil); !strings.Contains(got, "```"+c.want+"\na\n```") {
				t.Errorf("%q has no fence of %q", got, c.want)
			}
		})
	}
}
