package sketch

import (
	"strings"
	"testing"

	"newsclip/scrape/internal/neardup"
)

// words is a text of n sentences of its own.
func words(name string, n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString("The " + name + " of the " + strings.Repeat(name[:1], i%7+1) + " harbour told " + name + " what only it could tell. ")
	}
	return b.String()
}

func TestSketch(t *testing.T) {
	type page struct{ title, published, text string }
	of := func(p page) Sketch {
		print, _ := neardup.Print(p.text)
		return Of(p.title, p.text, p.published, print)
	}
	ferry := page{title: "The ferry returns", published: "2026-03-04T05:06:07Z", text: words("ferry", 30)}
	tests := []struct {
		name  string
		other page
		want  bool
	}{
		{"the same", ferry, false},
		{"the same text under another title", page{title: "Ferry back", published: "2026-03-05", text: ferry.text}, false},
		{"its beginning alone", page{title: "Subscribe", text: ferry.text[:400]}, false},
		{"another text, title and date", page{title: "The library vote", published: "2026-03-05", text: words("library", 30)}, true},
		{"another text and title", page{title: "The library vote", text: words("library", 30)}, true},
		{"another text and date, as of a weekly column", page{title: "The ferry returns", published: "2026-03-11", text: words("library", 30)}, true},
		{"another text alone, as of a second page", page{title: "The Ferry Returns!", published: "2026-03-04", text: words("library", 30)}, false},
		{"another text of which nothing else is known", page{text: words("library", 30)}, false},
		{"a short text", page{title: "The library vote", text: "It is over."}, true},
		{"nothing known", page{}, false},
	}
	for _, tt := range tests {
		a, b := of(ferry), of(tt.other)
		if got := a.Opposes(b); got != tt.want || b.Opposes(a) != tt.want {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
		}
		if back := Parse(b.String()); back != b {
			t.Errorf("%s: %+v was kept as %+v", tt.name, b, back)
		}
	}
	for _, k := range []Sketch{{}, {print: 1, lead: 0x2f, title: 0x20}, {title: 0x2, date: "2026-01-31"}, {date: "1999-12-31"}} {
		if back := Parse(k.String()); back != k {
			t.Errorf("%+v was kept as %+v", k, back)
		}
	}
	if got := Parse("something else"); got != (Sketch{}) {
		t.Errorf("read as %+v", got)
	}
}
