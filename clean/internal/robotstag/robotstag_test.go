package robotstag

import (
	"testing"
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
