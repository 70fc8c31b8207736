package judge

import (
	"testing"

	"newsclip/clean/internal/page"
)

// TestEvenLongRuns keeps a text whose answers fade, and nothing of which the models think
// much less than of what stands before, or that stands elsewhere.
func TestEvenLongRuns(t *testing.T) {
	for _, c := range []struct {
		name   string
		blocks int
		fade   float32 // of each answer, of the one before
		end    float32 // the answer to the block after them
		want   int     // blocks kept
	}{
		{"a fading text", 60, 0.95, 0.01, 60},
		{"a text that does not fade", 60, 1, 0.3, 60},
		{"too short to tell", 25, 0.95, 0.01, 12},
	} {
		var bs []page.Block
		var probs []float32
		add := func(n int, path uint32, p, fade float32) {
			for range n {
				bs, probs = append(bs, page.Block{Path: path, Words: 60}), append(probs, p)
				p *= fade
			}
		}
		add(c.blocks, 1, 0.89, c.fade)
		add(1, 1, c.end, 1)
		add(100, 2, 0.02, 1) // references
		evenLongRuns(bs, probs)
		kept := 0
		for k, p := range probs {
			if p < 0.5 {
				continue
			}
			if kept++; k >= c.blocks {
				t.Errorf("%s: block %d is kept", c.name, k)
			}
		}
		if kept != c.want {
			t.Errorf("%s: %d kept, want %d", c.name, kept, c.want)
		}
	}
}
