package body

import (
	"slices"
	"strings"
	"testing"

	"newsclip/clean/internal/judge"
	"newsclip/clean/internal/text"
)

// bodyWith is a page's body in which the blocks that hold one of the words are
// out and all others kept, as if the models had judged so.
func bodyWith(t *testing.T, html string, out ...string) *Body {
	t.Helper()
	bd := keepAll(t, html)
	for k := range bd.Blocks {
		for _, w := range out {
			if strings.Contains(bd.Blocks[k].Text, w) {
				bd.Drop(k, "pick", "")
			}
		}
	}
	return bd
}

// TestSweepKeepsTablesWhole has the models leave cells of a table of data out,
// which the sweep must bring back, and all but one cell of another.
func TestSweepKeepsTablesWhole(t *testing.T) {
	const before = `<article><p>The harbour office counted the boats of each quay on the first day of every month, and wrote these numbers down for us.</p>`
	table := func(cells string) string { return before + `<table>` + cells + `</table></article>` }
	numbers := table(`<tr><th>Quay</th><th>Boats</th></tr><tr><td>Eastern quay</td><td>Forty seven</td></tr><tr><td>Western quay</td><td>Twenty nine</td></tr>`)
	for _, c := range []struct {
		name, page string
		out, want  []string // the blocks that pick leaves out, and those out after the sweep
	}{
		{"a column's head", numbers, []string{"Boats"}, nil},
		{"most of the table", numbers, []string{"Eastern", "Forty", "Western", "Boats"}, []string{"Boats", "Eastern quay", "Forty seven", "Western quay"}},
		{"a table that lays out", before + `<table role="presentation"><tr><td>Eastern quay and its boats</td><td>Subscribe</td></tr><tr><td>Western quay and its boats</td><td>Sign</td></tr></table></article>`,
			[]string{"Subscribe"}, []string{"Subscribe"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			bd := bodyWith(t, c.page, c.out...)
			sweepText(bd, &judge.Signals{})
			if got := bd.dropped(); !slices.Equal(got, c.want) {
				t.Errorf("out are %q, want %q", got, c.want)
			}
		})
	}
}

// TestSweepDropsRules: a line that is drawn with underscores is no words, and a
// blank in a form to fill in, or a name in code, is.
func TestSweepDropsRules(t *testing.T) {
	bd := keepAll(t, `<article><p>Der erste Absatz.</p><p>________________</p><p>--___--</p><p>Unterschrift: ______</p><pre>___</pre><p>__</p><div>──────</div><p>* * *</p><p>----------</p><p># # #</p><p>– Ende –</p><p>-30-</p><p>- III -</p><p>- 2 -</p><p>-Nein!</p><table><tr><th>Ebbe<th>Flut<tr><td>---<td>6:10</table></article>`)
	sweepText(bd, &judge.Signals{})
	if got, want := bd.dropped(), []string{"________________", "--___--", "──────", "----------", "# # #", "– Ende –", "-30-"}; !slices.Equal(got, want) {
		t.Errorf("out are %q, want %q", got, want)
	}
}

// TestSweepDropsEmbeds: the address or link in the box of an embed is no text; a
// caption in it and a link in a paragraph are.
func TestSweepDropsEmbeds(t *testing.T) {
	bd := keepAll(t, `<article><p>Voici le film du port.</p><figure class="wp-block-embed"><div>https://film.example/7</div></figure>
		<figure class="wp-block-embed"><a href="https://film.example/8">Le film</a></figure><p><a href="/suite">La suite</a></p></article>`)
	sweepText(bd, &judge.Signals{})
	if got, want := bd.dropped(), []string{"https://film.example/7", "Le film"}; !slices.Equal(got, want) {
		t.Errorf("out are %q, want %q", got, want)
	}
}

// TestSweepHeadline: the headline is out wherever it is shown first, and above
// the text; a section's heading may have its words.
func TestSweepHeadline(t *testing.T) {
	const text = `<p>The night ferry leaves the eastern quay at six and comes back at nine, unless the fog is thick over the water.</p>`
	for _, c := range []struct {
		name, page string
		want       []string
	}{
		{"above the text, twice", `<h1>Night ferry</h1><h2>Night ferry</h2>` + text, []string{"Night ferry", "Night ferry"}},
		{"a section's heading", `<h1>Night ferry</h1>` + text + `<h2>Night ferry</h2>` + text, []string{"Night ferry"}},
		{"below the first words", text + `<h2>Night ferry</h2>` + `<p>More.</p>`, []string{"Night ferry"}},
		{"two of the first level", `<h1>Night ferry</h1>` + text + `<h1>Night ferry</h1><p>More.</p>`, []string{"Night ferry", "Night ferry"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			bd := keepAll(t, `<article>`+c.page+`</article>`)
			sweepText(bd, &judge.Signals{Headlines: bd.Tree.Set(bd.Tree.Headings)})
			if got := bd.dropped(); !slices.Equal(got, c.want) {
				t.Errorf("out are %q, want %q", got, c.want)
			}
		})
	}
}

// TestSweepDropsPullQuotes: a sentence of the text that a box shows again goes with the
// name under it; a heading in such a box stays.
func TestSweepDropsPullQuotes(t *testing.T) {
	const text = `<p>The harbour office counted the boats. It was the first time in eleven years, and we open a new account of each quay every spring, says the clerk, who has a pen for it.</p>`
	for _, c := range []struct {
		name, box string
		want      []string
	}{
		{"a quotation", `<blockquote><p>“It was the first time”</p></blockquote>`, []string{"“It was the first time”"}},
		{"a sentence", `<aside class="pullquote"><p>The harbour office counted the boats.</p><p>Ole Brandt</p></aside>`, []string{"The harbour office counted the boats.", "Ole Brandt"}},
		{"part of a long one", `<blockquote>It was the first time in eleven years, and we open</blockquote>`, []string{"It was the first time in eleven years, and we open"}},
		{"a part of a sentence, by the class of its box", `<div class="story--pull-quote"><p>the first time in eleven years</p></div>`, []string{"the first time in eleven years"}},
		{"the same, in German", `<p>Das Hafenamt hat zum ersten Mal seit elf Jahren die Boote gezählt, und der Schreiber hat einen Stift dafür.</p><div class="zitat">zum ersten Mal seit elf Jahren</div>`, []string{"zum ersten Mal seit elf Jahren"}},
		{"a heading that is set as a quotation", `<blockquote class="wp-block-quote"><p><strong>A new account of each quay</strong></p></blockquote>`, nil},
		{"a part of a sentence, by the class of a quotation", `<blockquote class="Pullquote"><p>a new account of each quay</p></blockquote>`, []string{"a new account of each quay"}},
		{"the same, in Czech", `<p>Všechno, co tu vidíte, přinesl někdo na zádech, říká chatař a ukazuje na stará kamna.</p><blockquote class="pull"><p>Všechno přinesl</p></blockquote><blockquote class="pull"><p>přinesl někdo na zádech</p></blockquote>`, []string{"přinesl někdo na zádech"}},
		{"a heading", `<div class="quote"><h3>Open a new account</h3><p>Bring both of your hands and a piece of paper to the office.</p></div>`, nil},
		{"in a table beside the text", `<table align="right" width="180"><tr><td><font size="4"><i>The harbour office counted the boats.</i></font></td></tr></table>`, []string{"The harbour office counted the boats."}},
		{"in a table that lays the page out", `<table width="600"><tr><td><p>One spring ended with the count.</p><blockquote>The harbour office counted the boats.</blockquote></td></tr></table>`, []string{"The harbour office counted the boats."}},
		{"a table of data", `<table><tr><th>What</th><th>When</th></tr><tr><td>The harbour office counted the boats.</td><td>1911</td></tr></table>`, nil},
		{"another of the same kind", `<aside class="pq">It was the first time in eleven years, and we open</aside><aside class="pq">The clerk has a pen for each of the new accounts.</aside>`, []string{"It was the first time in eleven years, and we open", "The clerk has a pen for each of the new accounts."}},
		{"one of another kind", `<aside class="pq">It was the first time in eleven years, and we open</aside><aside class="note">The clerk has a pen for each of the new accounts.</aside>`, []string{"It was the first time in eleven years, and we open"}},
		{"the name under one that the text does not say", `<blockquote><p>“We shall count the boats of the old town, too.”</p><p>It was the first.</p></blockquote>`, nil},
		{"what the text does not say", `<blockquote><p>“It was the last time”</p></blockquote>`, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			bd := keepAll(t, `<article>`+text+c.box+text[:len(text)-4]+` Nobody else has one.</p></article>`)
			sweepText(bd, &judge.Signals{})
			if got := bd.dropped(); !slices.Equal(got, c.want) {
				t.Errorf("out are %q, want %q", got, c.want)
			}
		})
	}
}

func TestEndsSentence(t *testing.T) {
	for s, want := range map[string]bool{
		"The boats lie still.": true, "船都在港里。": true, "नाव चल पड़ी।": true, "हरिः ॐ॥": true, "هل عادت القوارب؟": true,
		"کشتیاں واپس آ گئیں۔": true, "Նավերը վերադարձան։": true, "ጀልባዎቹ ተመለሱ።": true, "ទូកបានត្រឡប់មកវិញ។": true, "လှေများ ပြန်လာကြသည်။": true,
		"The boats": false, "नाव": false, "القوارب،": false, "": false,
	} {
		if text.EndsSentence(s) != want {
			t.Errorf("%q: %v", s, !want)
		}
	}
}

// TestByline drops the line of names before the text, but for one that leads to a report.
func TestByline(t *testing.T) {
	const p = `<p>The harbour office counted the boats of each quay on the first day of every month, and wrote these numbers down for us.</p>`
	for _, c := range []struct {
		line string
		want []string
	}{
		{"Ana Ferrer, Quay Post", []string{"Ana Ferrer, Quay Post"}},
		{"The Post’s Ana Ferrer reports:", nil},
		{"Ana Ferrer berichtet aus Bremen:", nil},
	} {
		bd := keepAll(t, `<article><div class="by">`+c.line+`</div>`+p+`</article>`)
		sweepText(bd, &judge.Signals{Bylines: bd.Tree.Set([]int32{bd.Blocks[0].El})})
		if got := bd.dropped(); !slices.Equal(got, c.want) {
			t.Errorf("%s: out are %q, want %q", c.line, got, c.want)
		}
	}
}

// TestRelatedRunUnderAHeading drops the links under a heading that names what they lead to
// and that the models leave out.
func TestRelatedRunUnderAHeading(t *testing.T) {
	const p = `<p>The harbour office counted the boats of each quay on the first day of every month, and wrote these numbers down for us.</p>`
	for _, c := range []struct {
		head, out string
		want      int // blocks out
	}{
		{"More from Quay Post", "More", 3},
		{"Mehr zu den Kähnen", "Mehr", 3},
		{"Boats of the quay", "Boats", 1},
	} {
		bd := bodyWith(t, `<article>`+p+`<h3>`+c.head+`</h3><ul><li><a href="/n/1">The ferry has been sold to the next town</a></li><li><a href="/n/2">The choir cancels its tour of the coast</a></li></ul></article>`, c.out)
		relatedRuns(bd, &judge.Signals{})
		if got := bd.dropped(); len(got) != c.want {
			t.Errorf("%s: out are %q", c.head, got)
		}
	}
}
