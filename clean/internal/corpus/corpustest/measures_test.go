package corpustest

import "testing"

func TestRepeats(t *testing.T) {
	const line, next = "the tide turns twice a day at the quay", "and the boats lie in the mud until it does"
	for _, c := range []struct {
		name, text, truth string
		want              bool
	}{
		{"once", line + "\n" + next, line, false},
		{"twice, once in the truth", line + "\n\n" + next + "\n\n" + line + "\n\n" + next, "Words. " + line, true},
		{"twice in both", line + "\n" + next + "\n" + line + "\n" + next, line + " and so " + line, false},
		{"items", "- " + line + "\n- " + next + "\n\n- " + line + "\n- " + next, line, false},
		{"a single line", line + "\n\n" + next + "\n\n" + line, line, false},
		{"short lines", "at the quay\nat the lock\nat the quay\nat the lock", "at the quay", false},
	} {
		if got := Repeats(c.text, c.truth); got != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
	}
}
