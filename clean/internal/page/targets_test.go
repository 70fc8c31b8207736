package page_test

import (
	"testing"

	"newsclip/clean/internal/pagetest"
)

// TestTargets: what links lead to is no link.
func TestTargets(t *testing.T) {
	for _, c := range []struct {
		html string
		want int32
	}{
		{`<p><b><a name="k2">Klucz na gwoździu</a></b></p>`, 0},
		{`<p><a id="x1">Το κλειδί στο καρφί</a></p>`, 0},
		{`<h2><a>The key on a nail</a></h2>`, 0},
		{`<p><a href="/k">Klucz na gwoździu</a></p>`, 3},
		{`<p><a onclick="show()">The key on a nail</a></p>`, 5},
	} {
		if bs := pagetest.MustParse(t, "<body>"+c.html).Blocks(); len(bs) != 1 || bs[0].LinkWords != c.want {
			t.Errorf("%s: %d blocks, %d words in links, want %d", c.html, len(bs), bs[0].LinkWords, c.want)
		}
	}
}
