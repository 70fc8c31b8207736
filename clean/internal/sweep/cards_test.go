package sweep

import (
	"slices"
	"strings"
	"testing"

	"newsclip/clean/internal/judge"
)

// TestCards: a link that holds a headline and more is the card of another story, amid a
// news story.
func TestCards(t *testing.T) {
	const ferry = "<p>The ferry that crossed the bay for forty years was sold on Monday, and its new owner wants to make a museum of it.</p>"
	for _, c := range []struct {
		name, html string
		blog       bool
		want       string
	}{
		{"a headline and what it is about", ferry + `<a class="card" href="/1"><img src="/1.jpg" width=300 height=200><h3>The harbour is empty</h3><p>No ship has lain at the quay since January.</p></a>` + ferry, false, ""},
		{"a label and a headline, German", ferry + `<div class="x"><a href="/1"><div>Reportage</div><div>Der Hafen ist leer</div></a></div>` + ferry, false, ""},
		{"in a list, Arabic", ferry + `<ul><li><a href="/1"><h4>الميناء فارغ</h4><p>لم ترس أي سفينة منذ كانون الثاني.</p></a></li></ul>` + ferry, false, ""},
		{"before the text", `<a href="/1"><h3>The harbour is empty</h3><p>No ship has lain there.</p></a>` + ferry, false, "The harbour is empty|No ship has lain there."},
		{"of a guide", ferry + `<a href="/1"><h3>The harbour bath</h3><p>It opens at six.</p></a>` + ferry, true, "The harbour bath|It opens at six."},
		{"to another site", ferry + `<a href="https://other.example/1"><h3>The harbour bath</h3><p>It opens at six.</p></a>` + ferry, false, "The harbour bath|It opens at six."},
		{"a preview of an address, of a blog, Korean", ferry + `<div><a href="https://blog.other.example/1"><strong>항구가 비었다</strong><p>정월부터 배가 한 척도 들어오지 않았다.</p><p>blog.other.example</p></a></div>` + ferry, true, ""},
		{"a preview of the site's own, Japanese", ferry + `<a href="/1"><div>港は空っぽ</div><div>正月から船が一隻も入っていない。</div><div>WWW.quay.example</div></a>` + ferry, true, ""},
		{"an embed of a blog, Italian", ferry + `<div class="post-embed"><a href="/1"><h4>Il porto è vuoto</h4><div>Nessuna nave da gennaio</div></a></div>` + ferry, true, ""},
		{"of a guide, with another host", ferry + `<a href="/1"><h3>The harbour bath</h3><p>bath.example</p></a>` + ferry, true, "The harbour bath|bath.example"},
		{"a line", ferry + `<h3><a href="/1">The harbour bath</a></h3>` + ferry, false, "The harbour bath"},
		{"a text in a link", ferry + `<a href="/1">` + ferry + "<p>" + strings.Repeat("The town had asked for it. ", 15) + `</p></a>`, false, "The ferry that|The town had"},
	} {
		t.Run(c.name, func(t *testing.T) {
			bd := keepAll(t, "<article>"+c.html+"</article>")
			cards(bd, &judge.Signals{News: !c.blog})
			var got []string
			for k := range bd.Blocks {
				if bd.Verdicts[k].Keep && bd.Blocks[k].LinkWords > 0 {
					got = append(got, bd.Blocks[k].Text)
				}
			}
			want := strings.Split(c.want, "|")
			if c.want == "" {
				want = nil
			}
			if len(got) != len(want) {
				t.Fatalf("kept are %q, want %q", got, want)
			}
			for i := range got {
				if !strings.HasPrefix(got[i], want[i]) {
					t.Errorf("kept are %q, want %q", got, want)
				}
			}
		})
	}
}

// TestCardHeads: the headline that alone is left of a card goes.
func TestCardHeads(t *testing.T) {
	const ferry = "<p>The ferry that crossed the bay for forty years was sold on Monday, and its new owner wants to make a museum of it.</p>"
	const card = `<div class="h7"><img src="/1.jpg" alt=""><div><h3><a href="/1">Der Hafen ist leer</a></h3><p>Seit Januar lag kein Schiff am Kai.</p></div></div>`
	for _, c := range []struct {
		name, html string
		news       bool
		stays      bool
	}{
		{"with a picture, German", ferry + card + ferry, false, false},
		{"with a day, French", ferry + `<section><h4><a href="/1">Le port est vide</a></h4><time>3 mai 2024</time></section>` + ferry, false, false},
		{"several, of news", ferry + card + strings.ReplaceAll(card, "leer", "voll") + ferry, true, false},
		{"several, of a guide", ferry + card + strings.ReplaceAll(card, "leer", "voll") + ferry, false, true},
		{"before the text", card + ferry, false, true},
		{"to another site", ferry + strings.ReplaceAll(card, "/1\"", "https://other.example/1\"") + ferry, false, true},
		{"without a picture", ferry + strings.ReplaceAll(card, "img", "i") + ferry, false, true},
		{"over a text", ferry + strings.ReplaceAll(card, "Seit", "Bis") + ferry, false, true},
	} {
		bd := keepAll(t, "<article>"+c.html+"</article>", "Seit", "3 mai")
		out := len(dropped(bd))
		cardHeads(bd, &judge.Signals{News: c.news})
		if stays := len(dropped(bd)) == out; stays != c.stays {
			t.Errorf("%s: out are %q", c.name, dropped(bd))
		}
	}
}

// TestSweepAmid: the sweep drops a card amid a news story, and keeps the line that says
// whose its last words are.
func TestSweepAmid(t *testing.T) {
	const ferry = "<p>Le bac qui traversait la baie depuis quarante ans a été vendu lundi, et son nouveau propriétaire veut en faire un musée.</p>"
	bd := keepAll(t, "<article>"+ferry+`<a href="/1"><h3>Le port est vide</h3><p>Aucun bateau depuis janvier.</p></a>`+ferry[:len(ferry)-4]+` Il est vieux.</p><p><em>Un bac est une promesse.</em></p><p>– Luc Morel, pilote</p></article>`, "Luc Morel")
	Sweep(bd, &judge.Signals{News: true})
	var out []string
	for k := range bd.Blocks {
		if !bd.Verdicts[k].Keep {
			out = append(out, bd.Blocks[k].Text)
		}
	}
	if want := []string{"Le port est vide", "Aucun bateau depuis janvier."}; !slices.Equal(out, want) {
		t.Errorf("out are %q, want %q", out, want)
	}
}
