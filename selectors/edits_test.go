package selectors

import (
	"strings"
	"testing"

	"golang.org/x/net/html"
)

func TestEditTree(t *testing.T) {
	for _, tt := range []struct{ rules, page, want string }{
		{"wrap_in(blockquote): .quote", `<p class="quote">A</p><p>B</p>`, `<blockquote><p class="quote">A</p></blockquote><p>B</p>`},
		{"dissolve: //li", `<ul><li>A <b>B</b></li><li>C</li></ul>`, `<ul>A <b>B</b>C</ul>`},
		{"move_into(#to): .from", `<p class="from">A</p><div id="to"><p>B</p></div>`, `<div id="to"><p>B</p><p class="from">A</p></div>`},
		{"move_into(#nowhere): .from", `<p class="from">A</p>`, `<p class="from">A</p>`},
		{"move_into(.in): .out", `<div class="out"><p class="in">A</p></div>`, `<div class="out"><p class="in">A</p></div>`},
		{"src_lazy_load_attr: data-real", `<img src="a.gif" data-real="b.jpg"/>`, `<img src="b.jpg" data-real="b.jpg"/>`},
		{"dissolve: //body", `<p>A</p>`, `<p>A</p>`},
	} {
		r, err := ParseRules("x", []byte(tt.rules))
		if err != nil {
			t.Fatal(err)
		}
		doc, err := html.Parse(strings.NewReader(tt.page))
		if err != nil {
			t.Fatal(err)
		}
		r.EditTree(doc)
		var got strings.Builder
		if err := html.Render(&got, doc); err != nil {
			t.Fatal(err)
		}
		if want := "<html><head></head><body>" + tt.want + "</body></html>"; got.String() != want {
			t.Errorf("%s\ngot  %s\nwant %s", tt.rules, got.String(), want)
		}
	}
	if _, err := ParseRules("x", []byte("wrap_in(nonsense): p")); err == nil || !strings.Contains(err.Error(), `"nonsense" is no element`) {
		t.Error(err)
	}
}

func TestFirstLink(t *testing.T) {
	for _, tt := range []struct{ rules, page, want string }{
		{"next_page_link: a.next", `<a class="next" href=" /2 ">Next</a>`, "/2"},
		{"next_page_link: //a[@class='next']/@href", `<a class="next" href="/2">Next</a>`, "/2"},
		{"next_page_link: concat(//link[@rel='canonical']/@href, '?all=1')", `<link rel="canonical" href="/a">`, "/a?all=1"},
		{"next_page_link: .gone\nnext_page_link: //iframe", `<iframe src="/f"></iframe>`, "/f"},
		{"next_page_link: a\nif_page_contains: #paged", `<a href="/2">2</a>`, ""},
		{"next_page_link: a\nif_page_contains: #paged", `<a href="/2">2</a><p id="paged">`, "/2"},
		{"next_page_link: b\nnext_page_link: a\nif_page_contains: #paged", `<a href="/2">2</a>`, ""},
	} {
		r, err := ParseRules("x", []byte(tt.rules))
		if err != nil {
			t.Fatal(err)
		}
		doc, err := html.Parse(strings.NewReader(tt.page))
		if err != nil {
			t.Fatal(err)
		}
		if got := FirstLink(r.NextPage, doc); got != tt.want {
			t.Errorf("%s\non %s\ngives %q, want %q", tt.rules, tt.page, got, tt.want)
		}
	}
}
