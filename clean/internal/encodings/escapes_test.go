package encodings

import "testing"

// TestRepairEscapes: signs of punctuation that were escaped twice are put right, unless
// there is one alone or the page shows code.
func TestRepairEscapes(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{`<p>&amp;ldquo;Ja&amp;rdquo; &amp;mdash; l&amp;#8217;eau&amp;nbsp;!</p>`, `<p>&ldquo;Ja&rdquo; &mdash; l&#8217;eau&nbsp;!</p>`},
		{`<p>Write &amp;nbsp; for a space.</p>`, `<p>Write &amp;nbsp; for a space.</p>`},
		{`<p>&amp;ldquo;Ja&amp;rdquo;</p><code>x</code>`, `<p>&amp;ldquo;Ja&amp;rdquo;</p><code>x</code>`},
		{`<a href="/?a=1&amp;lt=2&amp;b=3" data-x="{&amp;quot;a&amp;quot;}">Fish &amp; chips &amp;amp;</a>`, `<a href="/?a=1&amp;lt=2&amp;b=3" data-x="{&amp;quot;a&amp;quot;}">Fish &amp; chips &amp;amp;</a>`},
	} {
		if got := string(repairAmpersands([]byte(c.in))); got != c.want {
			t.Errorf("%s is repaired to %s, want %s", c.in, got, c.want)
		}
	}
}
