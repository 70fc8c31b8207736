package body

import (
	"strings"
	"testing"
)

// TestOwnAddress: what a form for printing says of its page's address is out, an address
// that the text tells is not.
func TestOwnAddress(t *testing.T) {
	const print, other = "https://post.example/print/7", "https://www.post.example/2026/lautta"
	for line, want := range map[string]int{
		`<p>Lähdeosoite: https://www.post.example/2026/lautta</p>`:                                     1,
		`<p>URL: <a href="/2026/lautta">http://post.example/2026/lautta</a></p>`:                       1,
		`<p>Artikkelin osoite:<br>https://post.example/2026/lautta</p>`:                                2,
		`<p>Lähde: https://muu.example/lautta</p>`:                                                     0,
		`<p>Aikataulun voi lukea kotona tai laivalla osoitteessa https://post.example/2026/lautta</p>`: 0,
		`<p>Aikataulu: https://post.example/2026/lautta on uusi</p>`:                                   0,
		`<p>Lähdeosoite: https://post.example/2026/lautta</p>` + ownText:                               0,
	} {
		for _, addr := range []string{print, other} {
			bd := keepAllAt(t, addr, "<article>"+ownText+line+"</article>")
			ownAddress(bd)
			if got := bd.dropped(); len(got) != want {
				t.Errorf("%s: at %s, out is %q", strings.TrimSuffix(line, ownText), addr, got)
			}
		}
	}
}

func TestAddressOfAnother(t *testing.T) {
	bd := keepAllAt(t, "https://post.example/2026/lautta", "<article>"+ownText+"<p>Ilmoittautuminen: https://post.example/kerho</p></article>")
	if ownAddress(bd); len(bd.dropped()) > 0 {
		t.Errorf("out is %q", bd.dropped())
	}
}
