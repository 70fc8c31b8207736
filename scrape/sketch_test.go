package scrape

import (
	"strings"
	"testing"
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
	ferry := &Outcome{Title: "The ferry returns", Published: "2026-03-04T05:06:07Z", Text: words("ferry", 30)}
	tests := []struct {
		name  string
		other Outcome
		want  bool
	}{
		{"the same", *ferry, false},
		{"the same text under another title", Outcome{Title: "Ferry back", Published: "2026-03-05", Text: ferry.Text}, false},
		{"its beginning alone", Outcome{Title: "Subscribe", Text: ferry.Text[:400]}, false},
		{"another text, title and date", Outcome{Title: "The library vote", Published: "2026-03-05", Text: words("library", 30)}, true},
		{"another text and title", Outcome{Title: "The library vote", Text: words("library", 30)}, true},
		{"another text and date, as of a weekly column", Outcome{Title: "The ferry returns", Published: "2026-03-11", Text: words("library", 30)}, true},
		{"another text alone, as of a second page", Outcome{Title: "The Ferry Returns!", Published: "2026-03-04", Text: words("library", 30)}, false},
		{"another text of which nothing else is known", Outcome{Text: words("library", 30)}, false},
		{"a short text", Outcome{Title: "The library vote", Text: "It is over."}, true},
		{"nothing known", Outcome{}, false},
	}
	for _, tt := range tests {
		a, b := sketchOf(ferry), sketchOf(&tt.other)
		if got := a.opposes(b); got != tt.want || b.opposes(a) != tt.want {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
		}
		if back := parseSketch(b.String()); back != b {
			t.Errorf("%s: %+v was kept as %+v", tt.name, b, back)
		}
	}
	for _, k := range []sketch{{}, {print: 1, lead: 0x2f, title: 0x20}, {title: 0x2, date: "2026-01-31"}, {date: "1999-12-31"}} {
		if back := parseSketch(k.String()); back != k {
			t.Errorf("%+v was kept as %+v", k, back)
		}
	}
	if got := parseSketch("something else"); got != (sketch{}) {
		t.Errorf("read as %+v", got)
	}
}
