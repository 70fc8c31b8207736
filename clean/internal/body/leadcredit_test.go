package body

import (
	"slices"
	"testing"

	"newsclip/clean/article"
)

// TestCreditOfTheLead: the line after the text that tells who made its picture is that
// picture's credit and no text.
func TestCreditOfTheLead(t *testing.T) {
	const ferry = "<p>The ferry that crossed the bay for forty years was sold on Monday, and its new owner wants to make a museum of it.</p>"
	for _, c := range []struct {
		name, html string
		out        []string
		pictures   int
		want       string
	}{
		{"the title picture's, German", ferry + "<p>Beitragsbild: Jo Doe</p>", []string{"Beitragsbild: Jo Doe"}, 3, "Jo Doe"},
		{"before the text, French", "<p>Photo de couverture : Ana Ferrer</p>" + ferry, []string{"Photo de couverture : Ana Ferrer"}, 2, "Ana Ferrer"},
		{"amid the text", ferry + "<p>Beitragsbild: Jo Doe</p>" + ferry, nil, 1, ""},
		{"some picture's", ferry + "<p>Foto: Jo Doe/dpa</p>", nil, 1, ""},
	} {
		bd := keepAll(t, "<article>"+c.html+"</article>")
		LeadCredit(bd)
		if got := bd.dropped(); !slices.Equal(got, c.out) {
			t.Errorf("%s: out are %q, want %q", c.name, got, c.out)
		}
		images := make([]article.Image, c.pictures)
		images[0].Lead = true
		if bd.CreditLead(images); images[0].Credit != c.want {
			t.Errorf("%s: credit %q, want %q", c.name, images[0].Credit, c.want)
		}
	}
}
