package body

import (
	"testing"

	"newsclip/clean/internal/judge"
)

// TestArrowAlone: an arrow that leads back is no line of the text, and an ornament is one.
func TestArrowAlone(t *testing.T) {
	for line, want := range map[string]bool{
		`<p><a href="javascript:history.back()">&lt;&lt;</a></p>`:    true,
		`<div><a href="/arkiv"><b>←</b></a> <a href="/">»</a></div>`: true,
		`<p>* * *</p>`:                         false,
		`<p>* <a href="/x">*</a></p>`:          false,
		`<p><a href="/x">1</a></p>`:            false,
		`<pre><a href="/x">&lt;&lt;</a></pre>`: false,
	} {
		bd := bodyWith(t, "<article>"+ownText+line+"</article>")
		linksAlone(bd, &judge.Signals{})
		if got := len(bd.dropped()) > 0; got != want {
			t.Errorf("%s: dropped is %v, want %v (%q)", line, got, want, bd.dropped())
		}
	}
}
