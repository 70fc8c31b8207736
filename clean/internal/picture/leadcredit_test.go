package picture

import "testing"

func TestLeadCredit(t *testing.T) {
	for line, want := range map[string]string{
		"Titelbild: Jo Doe / Unsplash":             "Jo Doe / Unsplash",
		"Featured image by Ana Ferrer on Unsplash": "Ana Ferrer on Unsplash",
		"Featured image courtesy of Ana Ferrer":    "Ana Ferrer",
		"Header photo credit: Ana Ferrer/AFP":      "Ana Ferrer/AFP",
		"Image à la une : Ana Ferrer":              "Ana Ferrer",
		"Zdjęcie tytułowe: Jan Nowak":              "Jan Nowak",
		"题图来自视觉中国":                                 "视觉中国",
		"封面来源：海图":                                  "海图",
		"Main image of the quay is lost.":          "",
		"Cover photo by the sea: a guide":          "",
		"Photo: Ana Ferrer":                        "",
		"Titelbild":                                "",
		"":                                         "",
	} {
		if got := LeadCredit(line); got != want {
			t.Errorf("%q: got %q, want %q", line, got, want)
		}
	}
}
