package show

import (
	"strings"
	"testing"

	"newsclip/clean"
)

// passages reads "k" as a kept passage and any other word as one that the rule
// of this name took out.
func passages(rules string) []clean.Passage {
	var out []clean.Passage
	for rule := range strings.FieldsSeq(rules) {
		p := clean.Passage{Text: "words", Tag: "p", Keep: rule == "k"}
		if !p.Keep {
			p.Stage, p.Rule = "pick", rule
		}
		out = append(out, p)
	}
	return out
}

func TestFold(t *testing.T) {
	for _, x := range []struct{ name, rules, want string }{
		{"nothing", "", ""},
		{"a run in one line", "nav nav nav headline k", "[navigation, 3 blocks] moved kept"},
		{"one block is shown", "k button k", "kept removed kept"},
		{"two groups", "nav links links k", "[links and navigation, 3 blocks] kept"},
		{"three groups", "nav links links footer k", "[links, navigation and footer, 4 blocks] kept"},
		{"more groups", "nav links links footer button time", "[links, navigation and 3 other kinds, 6 blocks]"},
		{"moved blocks part runs", "nav nav caption nav nav k", "[navigation, 2 blocks] moved [navigation, 2 blocks] kept"},
		{"many captions before the text", "headline caption caption caption caption caption caption caption byline k caption", "moved [captions, 7 blocks] moved kept moved"},
		{"many bylines before the text", "nav byline byline headline byline byline nav byline byline k byline", "removed moved [bylines, 1 block] moved [bylines and navigation, 5 blocks] kept moved"},
		{"a few bylines", "headline byline byline k", "moved moved moved again kept"},
		{"parted by another", "byline nav byline k", "moved removed moved kept"},
	} {
		t.Run(x.name, func(t *testing.T) {
			var got []string
			for _, r := range Fold(Blocks(passages(x.rules))) {
				switch {
				case r.Summary != "":
					got = append(got, "["+r.Summary+"]")
				case len(r.Blocks) != 1:
					t.Errorf("%d blocks stand together and are not folded", len(r.Blocks))
				default:
					got = append(got, r.Blocks[0].State)
					if r.Blocks[0].Again {
						got = append(got, "again")
					}
				}
			}
			if s := strings.Join(got, " "); s != x.want {
				t.Errorf("%s, want %s", s, x.want)
			}
		})
	}
}

func TestFoldLong(t *testing.T) {
	long := passages("links")
	long[0].Text = strings.Repeat("один ", 100)
	r := Fold(Blocks(long))
	if len(r) != 1 || r[0].Summary != "links, 1 block" || !strings.HasPrefix(r[0].Begin, "один один") || !strings.HasSuffix(r[0].Begin, "…") || len(r[0].Begin) > beginBytes+len("…") {
		t.Errorf("%+v", r)
	}
}

func TestDirection(t *testing.T) {
	for text, want := range map[string]string{
		"": "ltr", "123 !": "ltr", "Tide tables": "ltr", "潮汐表": "ltr", "לוחות הגאות": "rtl", "جداول المد": "rtl",
		"בשנת 2026 פרסם Newsclip לוחות": "rtl", "The word שלום in a sentence": "ltr", "a\xffb": "ltr",
	} {
		if got := Direction(text); got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
}

func TestNumber(t *testing.T) {
	for n, want := range map[int]string{0: "0", 999: "999", 1000: "1,000", 1234567: "1,234,567", -1000: "−1,000"} {
		if got := Number(n); got != want {
			t.Errorf("%d: %s, want %s", n, got, want)
		}
	}
}

// TestScrollable looks that wide things can be scrolled by the keyboard, and
// that nothing else of the HTML is changed.
func TestScrollable(t *testing.T) {
	got := Scrollable(`<p>a &amp; b</p><table><tbody><tr><td>1</td></tr></tbody></table><pre>x &lt; y</pre>`)
	want := `<p>a &amp; b</p><div class="scroll" tabindex="0" role="group" aria-label="Table"><table><tbody><tr><td>1</td></tr></tbody></table></div>` +
		`<div class="scroll" tabindex="0" role="group" aria-label="Preformatted text"><pre>x &lt; y</pre></div>`
	if string(got) != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
}
