package render

import (
	"strings"
	"testing"
)

// TestFormulas: Markdown has the TeX of a formula, once, from whichever of its
// forms the page has.
func TestFormulas(t *testing.T) {
	for _, c := range []struct{ name, html, want string }{
		{"KaTeX", `<p>Es gilt <span class="katex"><span class="katex-mathml"><math><semantics><mrow><mi>a</mi></mrow><annotation encoding="application/x-tex">a_1 * b</annotation></semantics></math></span><span class="katex-html" aria-hidden="true"><span>a</span><span>1</span>b</span></span> immer.</p>`, "Es gilt $a_1 * b$ immer."},
		{"MathJax script", `<p>Donc <span class="MathJax_Preview">x</span><script type="math/tex">x^2</script>, enfin.</p>`, "Donc $x^2$, enfin."},
		{"alternative text", `<p><math alttext="{\displaystyle v=s/t}"><mi>v</mi></math> is the speed</p>`, "$v=s/t$ is the speed"},
		{"at the line's end", `<p>La somme <span><math><msup><mi>x</mi><mn>2</mn></msup></math></span></p>`, "La somme $x^{2}$"},
		{"MathML", `<p>Wortel: <math><mfrac><mn>1</mn><msqrt><mi>n</mi></msqrt></mfrac><mo>+</mo><msubsup><mi>a</mi><mi>i</mi><mn>2</mn></msubsup><mover><mi>v</mi><mo>→</mo></mover></math>.</p>`, `Wortel: $\frac{1}{\sqrt{n}} + a_{i}^{2} \vec{v}$.`},
		{"on a line of its own", `<p>Så:</p><p><math display="block"><mi>E</mi></math></p><p>Slut.</p>`, "Så:\n\n$$E$$\n\nSlut."},
		{"an image", `<p>Also gilt <img class="latex" alt="F = m a" src="/f.png"> stets.</p>`, "Also gilt $F = m a$ stets."},
		{"an image beside hidden MathML", `<p>Siła <span><span style="display: none;"><math alttext="{\displaystyle F=mg}"><mi>F</mi></math></span><img class="mwe-math-fallback-image-inline" aria-hidden="true" alt="{\displaystyle F=mg}" src="/f.svg"></span> działa.</p>`, "Siła $F=mg$ działa."},
		{"an image by its address", `<p>La force <img src="https://x.example/cgi-bin/mimetex.cgi?%5Cfrac" alt="$\frac{m}{2}$"></p>`, `La force $\frac{m}{2}$`},
		{"an image that a server draws, Chinese", `<p>其中 <img src="https://cdn.example/equation?tex=a_n" alt="a_n" class="ee">。</p>`, "其中 $a_n$。"},
		{"an image of a document's, German", `<p>Mit <img class="math" src="../_images/math/0f.png" alt="x^2"> Booten.</p>`, "Mit $x^2$ Booten."},
		{"MathJax 3 in a line", `<p>Siła <mjx-container class="MathJax" style="position: relative"><mjx-math aria-hidden="true"><mjx-mi></mjx-mi></mjx-math><mjx-assistive-mml display="inline"><math><mi>F</mi></math></mjx-assistive-mml></mjx-container> działa.</p>`, "Siła $F$ działa."},
		{"MathJax 3 in a box", `<div>La somme <mjx-container><mjx-assistive-mml><math><mi>s</mi></math></mjx-assistive-mml></mjx-container> croît.</div>`, "La somme $s$ croît."},
		{"MathJax 3 on a line of its own", `<div>Så: <mjx-container display="true"><mjx-assistive-mml><math display="block"><mi>E</mi></math></mjx-assistive-mml></mjx-container> Slut.</div>`, "Så:\n\n$$E$$\n\nSlut."},
		{"an image with the class of a formula, Russian", `<p>Итак, <img class="formula inline" src="/m/x.svg" alt="x+1">.</p>`, "Итак, $x+1$."},
		{"an image on a line of its own", `<p>Så:</p><p><img class="ql-img-displayed-equation" alt="E" src="/f.svg"></p><p>Slut.</p>`, "Så:\n\n$$E$$\n\nSlut."},
		{"display in a line", `<p>So <span class="katex-display"><span class="katex"><math><semantics><annotation encoding="application/x-tex">E</annotation></semantics></math><span class="katex-html">E</span></span></span> it is.</p>`, "So $$E$$ it is."},
	} {
		t.Run(c.name, func(t *testing.T) {
			bd := keepAll(t, c.html)
			if got := Markdown(bd, nil, nil); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
			if got := PlainBody(bd); strings.Contains(got, "$") {
				t.Errorf("text %q", got)
			}
		})
	}
}

// TestTeXSource writes the source between MathJax's signs as TeX, where the page has a
// script that draws it or an element for it, and nowhere else.
func TestTeXSource(t *testing.T) {
	for _, c := range []struct{ name, html, want string }{
		{"a script", `<script src="https://cdn.example/mathjax@3/es5/tex-mml-chtml.js"></script><p>The force is \(F = m_a\) at <b>most</b> \(2\).</p><p>\[E = mc^2\]</p>`, "The force is $F = m_a$ at **most** $2$.\n\n$$E = mc^2$$"},
		{"an element", `<p>Es gilt <span class="math inline">\(a_1\)</span> und</p><p><span class="math display">\[a_2\]</span></p>`, "Es gilt $a_1$ und\n\n$$a_2$$"},
		{"KaTeX, dollars", `<script src="/js/katex.min.js"></script><p>So $$x_1$$ it is.</p>`, "So $$x_1$$ it is."},
		{"code", `<script src="/js/katex.min.js"></script><p>Write <code>\(x\)</code> here.</p>`, "Write `\\(x\\)` here."},
		{"no formulas", `<p>Escape it as \(x\), she said.</p>`, `Escape it as \\(x\\), she said.`},
	} {
		if got := Markdown(keepAll(t, c.html), nil, nil); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}
