package sweep

import (
	"strings"
	"testing"
)

// TestReaders: comments under their heading go where one is signed with a day; a part of a
// paper with such a heading stays.
func TestReaders(t *testing.T) {
	const say = "The ferry that crossed the bay for forty years was sold on Monday, and its new owner wants to make a museum of it."
	for _, c := range []struct {
		name, box string
		stays     bool
	}{
		{"posts with names and days, Spanish", `<div id="foro"><h2>Comentarios</h2><div class="post"><p>` + say + `</p><span>Rosa, 12/3/2025</span></div><div class="post"><p>` + say + `!</p><span>Luis, 13/3/2025</span></div></div>`, false},
		{"days over the posts, German", `<section><h3>Kommentare</h3><ul><li><b>uferlos</b> <i>12. März 2025</i><p>` + say + `</p></li></ul></section>`, false},
		{"a part of a paper", `<section><h2>Discussion</h2><p>` + say + `</p><p>As we said on 12 March 2025.</p></section>`, true},
		{"amid its box", `<section><p>Boats are sold.</p><h2>Comments</h2><p>` + say + `</p><p>Ana, 12 March 2025</p></section>`, true},
	} {
		bd := keepAll(t, "<article><div><p>"+say+"</p></div>"+c.box+"</article>")
		readers(bd)
		if stays := !strings.Contains(strings.Join(dropped(bd), " "), say); stays != c.stays {
			t.Errorf("%s: out are %q", c.name, dropped(bd))
		}
	}
}
