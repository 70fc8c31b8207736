package corpustest

import "testing"

func TestRepeats(t *testing.T) {
	const line = "the tide turns twice a day at the quay"
	for _, c := range []struct {
		name, text, truth string
		want              bool
	}{
		{"once", line, line, false},
		{"twice, once in the truth", line + "\n\n" + line, "Words. " + line, true},
		{"twice in both", line + "\n" + line, line + " and so " + line, false},
		{"short lines", "at the quay\nat the quay", "at the quay", false},
	} {
		if got := Repeats(c.text, c.truth); got != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
	}
}
