package encodings

import "testing"

func TestSignsReadTwiceAsReferences(t *testing.T) {
	for _, c := range []struct{ src, want string }{
		{"<p>isn&acirc;&euro;&trade;t it&acirc;&euro;&rdquo;at last &acirc;&euro;&brvbar;", "<p>isn’t it—at last …"},
		{"<p>caf&Atilde;&copy; cr&Atilde;&uml;me &Acirc;&pound;5", "<p>café crème £5"},
		// One alone may be meant, and so are signs that are no bytes of another.
		{"<p>isn&acirc;&euro;&trade;t", "<p>isn&acirc;&euro;&trade;t"},
		{"<p>&Atilde;o m&atilde;o &amp;&lt; &acirc;ge &euro;5 &trade; &nbsp;&nbsp;", "<p>&Atilde;o m&atilde;o &amp;&lt; &acirc;ge &euro;5 &trade; &nbsp;&nbsp;"},
		{"<p>S&Atilde;&Otilde; J&Atilde;&Otilde;", "<p>S&Atilde;&Otilde; J&Atilde;&Otilde;"},
	} {
		got, err := Decode([]byte(c.src), "text/html; charset=utf-8", 0)
		if err != nil || string(got) != c.want {
			t.Errorf("%s: got %s, %v", c.src, got, err)
		}
	}
}
