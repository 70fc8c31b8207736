package page

import "testing"

// TestSay: what is read of a block is that of its text, also where it was asked before.
func TestSay(t *testing.T) {
	for _, c := range []struct{ line, sentence string }{
		{"Related articles", "The bridge over the weir opens in May."},
		{"Lesen Sie auch", "Die Brücke am Wehr öffnet im Mai."},
		{"関連記事", "橋は五月に開通する。"},
	} {
		var b Block
		b.LinkWords = 30
		toks := b.Say(c.line, []uint64{1})
		if b.Phrases().Line == 0 || b.LinkWords != b.Words || len(toks) != 1+len(b.Toks) {
			t.Errorf("%q: phrases %v, %d words, %d in links, %d of %d listed", c.line, b.Phrases(), b.Words, b.LinkWords, len(b.Toks), len(toks))
		}
		hash := b.Hash
		b.Say(c.sentence, nil)
		if b.Phrases().Line != 0 || b.Text != c.sentence || b.Hash == hash || b.Sents != 1 {
			t.Errorf("%q: phrases %v, %q, %d sentences", c.sentence, b.Phrases(), b.Text, b.Sents)
		}
	}
}

// TestBoxesInPlaceOfAMP: what AMP shows until it has loaded something, or where it cannot,
// or to those who have no subscription, is no text; a field's placeholder hides nothing.
func TestBoxesInPlaceOfAMP(t *testing.T) {
	const src = `<p>Le ru monte.</p><amp-list src="/x"><div placeholder>Chargement</div><p fallback>Rien à voir</p></amp-list><div><p placeholder="x">Il monte encore.</p></div>` +
		`<section subscriptions-section="content-not-granted"><p>Abonnez-vous pour lire la suite.</p></section><section subscriptions-section="content"><p>Il baisse.</p></section>`
	p, err := Parse(Input{HTML: []byte(src)})
	if err != nil {
		t.Fatal(err)
	}
	got := ""
	for _, b := range NewTree(p).Blocks() {
		got += b.Text + "|"
	}
	if got != "Le ru monte.|Il monte encore.|Il baisse.|" {
		t.Errorf("got %q", got)
	}
}
