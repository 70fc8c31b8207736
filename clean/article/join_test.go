package article

import (
	"fmt"
	"strings"
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

// Joining copies the text once: by the paragraph it would be as many times.
func TestJoinAllocatesInProportion(t *testing.T) {
	var b strings.Builder
	for k := range 20_000 {
		fmt.Fprintf(&b, "Paragraph %d of the text.\n\n", k)
	}
	part := &Article{Text: b.String()}
	r := testing.Benchmark(func(b *testing.B) {
		for range b.N {
			a := &Article{Text: "First.\n\nSecond."}
			a.Join(part)
		}
	})
	if got, most := r.AllocedBytesPerOp(), int64(20*len(part.Text)); got > most {
		t.Errorf("joining %d bytes takes %d", len(part.Text), got)
	}
}
