package sweep

import (
	"testing"

	"newsclip/clean/internal/names"
)

// TestStandfirstIsNotSigned: the authors' byline after the last sentence is no part of a
// standfirst, and a sentence that ends with a name is.
func TestStandfirstIsNotSigned(t *testing.T) {
	for _, c := range []struct {
		lang, text string
		authors    []string
		want       string
	}{
		{"de", "Am Kai lagen neun Boote. Von Ines Quai", []string{"Ines Quai"}, "Am Kai lagen neun Boote."},
		{"fr", "Qui paiera le pont ? Par Inès Quai et Jean P. Brandt", []string{"Inès Quai", "Jean P. Brandt"}, "Qui paiera le pont ?"},
		{"es", "Nadie sabe quién pagará.\nInés Muelle", []string{"Inés Muelle"}, "Nadie sabe quién pagará."},
		{"en", "The bridge is closed, says Ines Quai", []string{"Ines Quai"}, "The bridge is closed, says Ines Quai"},
		{"en", "It was built in May. Nobody knows Ines Quai", []string{"Ines Quai"}, "It was built in May. Nobody knows Ines Quai"},
		{"en", "By Ines Quai", []string{"Ines Quai"}, "By Ines Quai"},
		{"de", "Wir können alles. Ein Kommentar von Ines Quai", []string{"Ines Quai"}, "Wir können alles. Ein Kommentar von Ines Quai"},
		{"pl", "Most zostanie zamknięty. Jan Most", nil, "Most zostanie zamknięty. Jan Most"},
	} {
		if got := unsigned(c.text, c.authors, names.NameReader{Lang: c.lang}); got != c.want {
			t.Errorf("%q: got %q, want %q", c.text, got, c.want)
		}
	}
}
