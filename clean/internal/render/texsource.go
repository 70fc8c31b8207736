package render

import (
	"strings"

	"golang.org/x/net/html/atom"

	"newsclip/clean/internal/page"
)

// texSigns are the signs between which a page has the source of formulas that a script
// draws, as MathJax and KaTeX read them where a page does not say otherwise.
var texSigns = [...]struct {
	open, close string
	marks       marks
}{
	{`\(`, `\)`, markFormula},
	{`\[`, `\]`, markFormula | markDisplay},
	{"$$", "$$", markFormula | markDisplay},
}

// A texSource remembers whether a page draws formulas. The zero value does not know.
type texSource struct{ asked, draws bool }

func (x *texSource) of(t *page.Tree) bool {
	if !x.asked {
		x.asked, x.draws = true, drawsTeX(t)
	}
	return x.draws
}

// drawsTeX reports whether a page has a script that draws formulas from their source, or
// an element for one.
func drawsTeX(t *page.Tree) bool {
	for i := range t.Nodes {
		nd := &t.Nodes[i]
		for _, a := range nd.Attr {
			switch {
			case a.Key == "src" && nd.DataAtom == atom.Script && namesTeX(a.Val), a.Key == "class" && strings.HasPrefix(a.Val, "math ") && i > int(t.Body):
				return true
			}
		}
	}
	return false
}

func namesTeX(src string) bool {
	src = strings.ToLower(src)
	return strings.Contains(src, "mathjax") || strings.Contains(src, "katex")
}

// withTeX parts the runs of a line where the source of a formula begins and ends.
func withTeX(runs []phrasing) []phrasing {
	var out []phrasing
	for _, r := range runs {
		for r.marks&(markCode|markFormula|markNote) == 0 {
			before, tex, after, how := cutTeX(r.text)
			if tex == "" {
				break
			}
			if before != "" {
				out = append(out, phrasing{before, r.marks, r.href})
			}
			out = append(out, phrasing{tex, how, ""})
			r.text = after
		}
		if r.text != "" {
			out = append(out, r)
		}
	}
	return out
}

// cutTeX returns the first formula of a text, without its signs, and what stands around
// it; an empty one where there is none.
func cutTeX(s string) (before, tex, after string, how marks) {
	at := len(s)
	for _, sign := range texSigns {
		from := strings.Index(s[:at], sign.open)
		if from < 0 {
			continue
		}
		inside := s[from+len(sign.open):]
		if to := strings.Index(inside, sign.close); to > 0 && strings.TrimSpace(inside[:to]) != "" {
			at = from
			before, tex, after, how = s[:from], strings.TrimSpace(inside[:to]), inside[to+len(sign.close):], sign.marks
		}
	}
	return before, tex, after, how
}
