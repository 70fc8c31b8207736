package render

import "testing"

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
		"spans set as blocks":      `<pre><span style="display:block">si x:</span><span style="display:block">    dir</span><span style="display:block"><br></span><span style="display:block">fin</span></pre>`,
		"numbers before the lines": `<pre><span class="lnt">1 </span>si x:` + "\n" + `<span class="lnt">2 </span>    dir` + "\n" + `<span class="lnt">3 </span>` + "\n" + `<span class="lnt">4 </span>fin</pre>`,
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
