package article

import (
	"testing"

	"newsclip/clean/internal/text"
)

func TestJoin(t *testing.T) {
	a := &Article{Subtitle: "In short.", Text: "One.\n\nTwo.", Confidence: 0.9,
		Images: []Image{{URL: "https://a.example/1.jpg", Lead: true}}}
	a.Join(
		&Article{Text: "In short.\n\nTwo.\n\nThree.", Confidence: 0.8, Images: []Image{{URL: "https://a.example/1.jpg"}, {URL: "https://a.example/2.jpg", Lead: true}}},
		&Article{Text: "One.\n\nTwo.", Confidence: 0.1, Images: []Image{{URL: "https://a.example/3.jpg"}}},
	)
	if a.Text != "One.\n\nTwo.\n\nThree." || a.WordCount != 3 || a.ContentHash != text.ContentHash(a.Text) {
		t.Errorf("text %q, %d words", a.Text, a.WordCount)
	}
	if len(a.Images) != 2 || a.Images[1].Lead || a.Images[1].URL != "https://a.example/2.jpg" {
		t.Errorf("images %+v", a.Images)
	}
	if a.Confidence != 0.8 {
		t.Errorf("confidence %v: a part that adds nothing counts", a.Confidence)
	}
}
