package sweep

import (
	"testing"

	"newsclip/clean/internal/judge"
	"newsclip/clean/internal/meta"
)

// TestLabelOfAStandfirst: what stands before the words of a description, in an element or in
// capitals of its own, is the topic.
func TestLabelOfAStandfirst(t *testing.T) {
	const said = "Los pescadores del puerto viejo ganan el pleito y el puente sigue abierto hasta la primavera."
	for _, c := range []struct{ name, deck, want string }{
		{"in an element, without a space", `<h3 class="subtitle"><span class="tema">Puerto</span>` + said + `</h3>`, said},
		{"in capitals", `<p class="subtitle">PUENTE VIEJO ` + said + `</p>`, said},
		{"an article", `<p class="subtitle">El ` + said + `</p>`, "El " + said},
		{"a place", `<p class="subtitle"><b>Puerto Viejo ·</b> ` + said + `</p>`, "Puerto Viejo · " + said},
		{"a sentence", `<p class="subtitle"><b>Nadie sabe quién paga.</b> ` + said + `</p>`, "Nadie sabe quién paga. " + said},
	} {
		bd := keepAll(t, `<article><h1>El puente</h1>`+c.deck+`<div class="text">`+threeParagraphs+`</div></article>`)
		Sweep(bd, &judge.Signals{})
		if got := WithoutLabel(bd, StandfirstText(bd, nil, "es"), []string{"Noticias.", said}); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

// TestStandfirstInTheHeadline: the line under the headline in its element is the standfirst
// where a description says it, and what the site says of itself in its head is none.
func TestStandfirstInTheHeadline(t *testing.T) {
	const line = "Die Fähre bekommt nach zwei Wintern einen neuen Motor."
	for _, c := range []struct{ name, page, want string }{
		{"behind a br", `<article><h1><b>Boote am Kai.</b><br>` + line + `</h1><div class="text">` + threeParagraphs + `</div></article>`, line},
		{"in the site's head", `<div class="top"><header><a href="/">Kaiblog</a><p>` + line + `</p></header></div><article><h1>Boote am Kai.</h1><div class="text">` + threeParagraphs + `</div></article>`, ""},
		{"in the article's head", `<article><header><p class="k">` + line + `</p><h1>Boote am Kai.</h1></header><div class="text">` + threeParagraphs + `</div></article>`, line},
		{"by its class", `<article><header><h1>Boote am Kai.</h1><div>Jo Doe</div><div class="article-description"><p>Niemand weiß, wer ihn bezahlt, sagt der Kapitän.</p></div></header><div class="text">` + threeParagraphs + `</div></article>`, "Niemand weiß, wer ihn bezahlt, sagt der Kapitän."},
	} {
		bd := keepAll(t, c.page, "Niemand weiß")
		m := &meta.Metadata{Title: "Boote am Kai.", Descriptions: []string{line}}
		for i := range bd.Tree.Nodes {
			if bd.Tree.Nodes[i].Data == "h1" {
				m.HeadlineNodes = append(m.HeadlineNodes, int32(i))
			}
		}
		Sweep(bd, judge.Gather(bd.Tree, m, nil))
		if got := StandfirstText(bd, nil, "de"); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}
