package robotstag

import (
	"strings"
	"testing"

	"newsclip/clean/internal/page"
)

func TestRead(t *testing.T) {
	for value, want := range map[string]Tag{
		"":                                   {},
		"all":                                {},
		"noindex, nofollow":                  {NoIndex: true, NoFollow: true},
		"NoIndex,NOFOLLOW":                   {NoIndex: true, NoFollow: true},
		"noindex nofollow":                   {NoIndex: true, NoFollow: true},
		"none":                               {NoIndex: true, NoFollow: true},
		"noai":                               {NoAI: true},
		"noimageai":                          {NoAI: true},
		"index, follow, noimageai":           {NoAI: true},
		"newsclip: noindex":                  {NoIndex: true},
		"googlebot: noindex":                 {},
		"googlebot: noindex, noai":           {},
		"googlebot: noindex\nnoai":           {NoAI: true},
		"noai, googlebot: noindex":           {NoAI: true},
		"otherbot: noai, newsclip: nofollow": {NoFollow: true},
		"max-snippet:-1, max-image-preview: large, noindex":          {NoIndex: true},
		"unavailable_after: 25 Jun 2010 15:00:00 PST, nofollow":      {NoFollow: true},
		"unavailable_after: Friday, 25-Jun-10 15:00:00 PST, noindex": {NoIndex: true},
	} {
		if got := Read(value); got != want {
			t.Errorf("%q: %+v, want %+v", value, got, want)
		}
	}
}

// TestRights reads the same directives out of the header and the page.
func TestRights(t *testing.T) {
	for _, c := range []struct{ directives, want string }{
		{"noimageai", "noai"}, {"noai", "noai"}, {"noindex", "noindex"}, {"googlebot: noindex, noai", ""}, {"newsclip: noai", "noai"}, {"nofollow", ""},
	} {
		for _, in := range []page.Input{
			{HTML: []byte(`<p>a</p>`), Header: map[string]string{"x-robots-tag": c.directives}},
			{HTML: []byte(`<meta name="robots" content="` + c.directives + `"><p>a</p>`)},
		} {
			p, err := page.Parse(in)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			if r := Read(page.NewTree(p), Options{}).Rights; r != nil && r.NoAI {
				got = append(got, "noai")
			} else if r != nil && r.NoIndex {
				got = append(got, "noindex")
			}
			if s := strings.Join(got, " "); s != c.want {
				t.Errorf("%q of %s %v: %q, want %q", c.directives, in.HTML, in.Header, s, c.want)
			}
		}
	}
}
