package picture

import (
	"strings"
	"testing"

	"newsclip/clean/internal/meta"
	"newsclip/clean/internal/pagetest"
)

// TestPictureAtTheEnd: a picture without a caption in a paragraph of its own beside the last
// one is of the text; a banner that leads elsewhere, a line across the page and what stands in
// another box are not.
func TestPictureAtTheEnd(t *testing.T) {
	for _, c := range []struct {
		name, after string
		want        bool
	}{
		{"a paragraph", `<p><img src="/fin.jpg" width="800" height="600"></p>`, true},
		{"linked to its file", `<p><span><a href="/fin-grand.jpg"><img src="/fin.jpg"></a></span></p>`, true},
		{"a banner", `<p><a href="/abonnement"><img src="/fin.jpg" width="800" height="600"></a></p>`, false},
		{"a line", `<p><img src="/fin.jpg" width="800" height="40"></p>`, false},
		{"with words", `<p><img src="/fin.jpg" width="800" height="600"> Notre boutique</p>`, false},
		{"another box", `<div class="pub"><img src="/fin.jpg" width="800" height="600"></div>`, false},
	} {
		tr := pagetest.MustParse(t, `<!doctype html><body><div><p>Le quai a été repeint au printemps.</p><p id="end">Il sera <b>rouvert</b> en mai.</p>`+c.after+`</div></body>`)
		end := int32(0)
		for i := range tr.Nodes {
			if tr.Attr(int32(i), "id") == "end" {
				end = tr.Nodes[i].End
			}
		}
		got := false
		for _, im := range ChooseImages(tr, Read(tr), func(i int32) bool { return i > tr.Body && i < end }, &meta.Metadata{}) {
			got = got || strings.Contains(im.URL, "fin")
		}
		if got != c.want {
			t.Errorf("%s: the picture is of the text: %v", c.name, got)
		}
	}
}
