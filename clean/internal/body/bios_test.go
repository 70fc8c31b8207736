package body

import (
	"slices"
	"strings"
	"testing"

	"newsclip/clean/internal/judge"
)

// TestBios: what introduces an author at the end of a news story is not its text, and
// what tells of a person in it is.
func TestBios(t *testing.T) {
	para := strings.Repeat(`<p>The harbour office counted the boats of each quay on the first day of every month, and wrote these numbers down for us.</p><p>Nine boats lay at the second quay last winter, and none of them belonged to a fisherman of the old town.</p>`, 2)
	const bio, second = "Ana Ferrer covers harbours for the paper. She lives on a boat.", "Luc Morel, a pilot, is the author of two books on tides."
	for _, c := range []struct {
		name, end string
		authors   []string
		blog      bool
		want      []string
	}{
		{"one", "<p>" + bio + "</p>", []string{"Ana Ferrer"}, false, []string{bio}},
		{"in italics", "<hr><p><em>" + bio + "</em></p>", []string{"Ana Ferrer"}, false, []string{bio}},
		{"two", "<p>" + bio + "</p><p>" + second + "</p>", []string{"Ana Ferrer", "Luc Morel"}, false, []string{bio, second}},
		{"of someone else", "<p>" + bio + "</p>", []string{"Luc Morel"}, false, nil},
		{"of who is told of before", "<p>Then Ana Ferrer came on board.</p><p>" + bio + "</p>", []string{"Ana Ferrer"}, false, nil},
		{"not at the end", "<p>" + bio + "</p><p>The office will count again.</p>", []string{"Ana Ferrer"}, false, nil},
		{"in a quotation", "<blockquote><p>" + bio + "</p></blockquote>", []string{"Ana Ferrer"}, false, nil},
		{"of a blog", "<p>" + bio + "</p>", []string{"Ana Ferrer"}, true, nil},
		{"of a blog, in italics", "<p><em>" + bio + "</em></p>", []string{"Ana Ferrer"}, true, []string{bio}},
		{"of a blog, in italics, Greek", "<div><i>Άννα Φεράρη γράφει για λιμάνια και ζει σε μια βάρκα.</i></div>", []string{"Άννα Φεράρη"}, true, []string{"Άννα Φεράρη γράφει για λιμάνια και ζει σε μια βάρκα."}},
		{"of a blog, partly in italics", "<p>" + bio + " <em>Nine Boats</em> is her first book.</p>", []string{"Ana Ferrer"}, true, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			bd := keepAll(t, `<article>`+para+c.end+`</article>`)
			bios(bd, &judge.Signals{Authors: c.authors, News: !c.blog})
			if got := bd.dropped(); !slices.Equal(got, c.want) {
				t.Errorf("out are %q, want %q", got, c.want)
			}
		})
	}
}

// TestAboutBoxes: what ends the text under a line that introduces its author is not the
// text's, whether the models keep the line or not.
func TestAboutBoxes(t *testing.T) {
	const bio = "Schreibt über Häfen und lebt auf einem Boot."
	for _, c := range []struct {
		name, end string
		out       []string
	}{
		{"a heading with the name", `<h2>Über Ana Ferrer</h2><p>` + bio + `</p>`, []string{"Über Ana Ferrer", bio}},
		{"a line", `<div>About me</div><div>` + bio + `</div>`, []string{"About me", bio}},
		{"a heading with another name", `<h2>Über Jon Vik</h2><p>` + bio + `</p>`, nil},
		{"a heading that says more", `<h2>Ein Gespräch mit Ana Ferrer</h2><p>` + bio + `</p>`, nil},
		{"with the text after it", `<h2>Über Ana Ferrer</h2><p>` + bio + `</p><h2>Der Hafen</h2><p>Er ist leer.</p>`, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			bd := keepAll(t, `<article>`+ownText+c.end+`</article>`)
			bios(bd, &judge.Signals{Authors: []string{"Ana Ferrer"}})
			if got := bd.dropped(); !slices.Equal(got, c.out) {
				t.Errorf("out are %q, want %q", got, c.out)
			}
		})
	}
}
