package page

import (
	"strings"
	"testing"
)

// TestShownWords: of what stands in the source, the words that a page shows as
// words, and no readings, hints to the line breaker or numbers of lines.
func TestShownWords(t *testing.T) {
	for name, c := range map[string]struct{ in, want string }{
		"soft hyphens":            {"<p>Ein Schiff\u00adfahrts\u00adamt &shy;im Ha\u00adfen</p>", "Ein Schifffahrtsamt im Hafen"},
		"soft hyphen alone":       {"<p>Een <b>\u00ad</b>brug</p>", "Een brug"},
		"ruby":                    {"<p><ruby>港<rp>（</rp><rt>みなと</rt><rp>）</rp></ruby>の町</p>", "港の町"},
		"ruby with rb and rtc":    {"<p><ruby><rb>漢</rb><rb>字</rb><rtc><rt>ㄏㄢˋ</rt><rt>ㄗˋ</rt></rtc></ruby>很難</p>", "漢字很難"},
		"spans that are lines":    {`<p><span style="display: block">Uno</span><span style="color:red;display:block;">Dos</span></p>`, "Uno / Dos"},
		"spans that are not":      {`<p><span style="display:inline-block">Uno</span><span style="display:inline">Dos</span></p>`, "UnoDos"},
		"boxes in the line":       {`<div>Ruf <div class="c" style="display:inline"><code>gap()</code></div> vor <code>open()</code> auf.</div>`, "Ruf gap() vor open() auf."},
		"paragraphs in the line":  {`<div><b>Oslo.</b> <p style="margin:0; display: inline;">Broen er åpen.</p> Les mer.</div>`, "Oslo. Broen er åpen. Les mer."},
		"boxes side by side":      {`<div>Uno <div style="display:inline-block">Dos</div><div style="display:inline-flex">Tres</div></div>`, "Uno / Dos / Tres"},
		"words that scripts move": {`<h3 aria-label="Der Pegel fällt"><div aria-hidden="true" style="position:relative;display:inline-block">Der</div> <div style="display: inline-block;"><div style="display:inline-block">P</div><div style="display:inline-block">egel</div></div> <div style="display:inline-block">fällt</div></h3>`, "Der Pegel fällt"},
		"copies of slides":        {`<ul><li class="splide__slide splide__slide--clone">Tres</li><li class="splide__slide">Uno</li><li class="splide__slide">Dos</li><li class="splide__slide">Tres</li></ul>`, "Uno / Dos / Tres"},
		"words over code":         {`<pre><code>let <span class="twoslash-hover"><span class="twoslash-popup-container"><code>let agua: number</code></span>agua</span> = 2</code></pre>`, "let agua = 2"},
		"a formula":               {`<p>Die Fläche, <math><semantics><mrow><mi>A</mi><mo>=</mo><mfrac><mi>a</mi><mn>2</mn></mfrac><mi>b</mi></mrow><annotation encoding="application/x-tex">A = \frac{a}{2}b</annotation></semantics></math>, ist klein.</p>`, "Die Fläche, A=a/2b, ist klein."},
		"a formula drawn":         {`<p>Die Fläche, <span class="katex"><span class="katex-mathml"><math><mi>A</mi></math></span><span class="katex-html" aria-hidden="true"><i>A</i></span></span>, ist klein.</p>`, "Die Fläche, A, ist klein."},
		"numbers in a list":       {`<pre><code>let a = 1;</code><ul class="pre-numbering"><li>1</li><li>2</li></ul></pre>`, "let a = 1;"},
		"numbers in spans":        {`<pre><code><span class="lineno">1</span>let a = 1;</code></pre>`, "let a = 1;"},
		"numbers in a column":     {`<table><tr><td class="gutter"><pre>1` + "\n2\n" + `</pre></td><td class="code"><pre>x = 3</pre></td></tr></table>`, "x = 3"},
		"numbers without class":   {`<table><tr><td><pre>8` + "\n9\n10" + `</pre></td><td><div><pre>y = 4</pre></div></td></tr></table>`, "y = 4"},
		"numbers in cells":        {`<table><tr><td class="hljs-ln-numbers">1</td><td>var b</td></tr></table>`, "var b"},
		"numbers not selectable":  {`<pre><span style="-webkit-user-select:none">1. </span>print</pre>`, "print"},
		"numbers that are data":   {`<table><tr><td>1871</td><td>1902</td></tr></table>`, "1871 / 1902"},
		"a pre of numbers":        {`<table><tr><td><pre>4` + "\n9" + `</pre></td><td><pre>z</pre></td></tr></table>`, "4 9 / z"},
		"a caption in the text":   {`<div><strong class="summary">다리는 열려 있다</strong><em class="img_desc">3월의 다리.</em>어민들은 기뻐했다.</div>`, "다리는 열려 있다 / 3월의 다리. / 어민들은 기뻐했다."},
		"words in a paragraph":    {`<p><em class="caption">Links</em> steht das Wehr.</p>`, "Links steht das Wehr."},
		"a sidenote":              {`<p>The ledger is lost.<label for="s"></label><span class="sidenote">Last seen in <i>1911</i>.</span> Nobody minds.</p>`, "The ledger is lost. (Last seen in 1911.) Nobody minds."},
		"a note of Distill":       {`<p>Kniha<d-footnote>Viděna roku 1911.</d-footnote> je pryč.</p>`, "Kniha (Viděna roku 1911.) je pryč."},
		"a player's own words":    {`<div class="video-js"><video src="a.mp4"></video><div class="vjs-control-bar"><button>Kapitel</button><ul class="vjs-menu"><li>Untertitel aus</li></ul></div></div>`, ""},
		"a highlighter's bar":     {`<div class="crayon-syntax"><div class="crayon-toolbar"><span>Java</span></div><pre>int z = 4;</pre></div>`, "int z = 4;"},
		"an editor's lines":       {`<div class="cm-editor"><div class="cm-gutters"><div>1</div><div>2</div></div><div class="cm-content"><div class="cm-line">int z = 4;</div><div class="cm-line">z++;</div></div></div>`, "int z = 4; / z++;"},
		"a theme's box":           {`<div class="cm-content"><p>Het water stijgt.</p><p>De brug is dicht.</p></div>`, "Het water stijgt. / De brug is dicht."},
		"code that stands twice":  {`<div class="crayon-syntax"><div class="crayon-plain-wrap"><textarea class="crayon-plain" readonly>` + "int z = 4;\nz++;" + `</textarea></div><table><tr><td class="crayon-nums"><div>1</div></td><td><div class="crayon-pre"><div class="crayon-line">int z = 4;</div><div class="crayon-line">z++;</div></div></td></tr></table></div>`, "int z = 4; / z++;"},
		"a graphic's words":       {`<div class="ai2html"><div class="g-artboard"><img src="g.png" alt=""><div class="g-Layer_1 g-aiAbs g-aiPointText" style="top:91%"><p class="g-pstyle4">Milliarden</p></div></div></div>`, ""},
		"the line under a gist":   {`<div class="gist"><pre>(+ 1 2)</pre><div class="gist-meta"><a href="/r">ver original</a> sumas.lisp</div></div>`, "(+ 1 2)"},
		"a highlighter's toolbar": {`<div class="syntaxhighlighter sql"><div class="toolbar"><a href="#">?</a></div><table><tr><td class="gutter"><div class="line number1">1</div></td><td class="code"><div class="line"><code>SELECT</code> <code>a</code></div></td></tr></table></div>`, "SELECT a"},
		"a toolbar elsewhere":     {`<div><div class="toolbar">Die Werkzeuge</div><p>im Kasten</p></div>`, "Die Werkzeuge / im Kasten"},
		"words without scripts":   {`<div class="video-js"><p class="vjs-no-js">Sin guiones no hay película</p></div>`, ""},
		"a player's element":      {`<lite-youtube videoid="a1"><a href="https://youtu.be/a1">Lire : le pont</a></lite-youtube>`, ""},
		"a class of a paragraph":  {`<p class="gutter">Rain fell into the gutter</p>`, "Rain fell into the gutter"},
	} {
		t.Run(name, func(t *testing.T) {
			p, err := Parse(Input{HTML: []byte("<!doctype html><body><main>" + c.in + "</main></body>")})
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, b := range NewTree(p).Blocks() {
				got = append(got, b.Text)
			}
			if s := strings.Join(got, " / "); s != c.want {
				t.Errorf("got %q, want %q", s, c.want)
			}
		})
	}
}
