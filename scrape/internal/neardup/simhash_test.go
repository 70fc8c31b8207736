package neardup

import (
	"fmt"
	"hash/fnv"
	"strings"
	"testing"
	"unicode"
)

// plainSimhash is simhash as it is told: the words first, then a vote of all
// shingles on each bit.
func plainSimhash(text string) uint64 {
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	var votes [64]int
	for i := 0; i+shingle <= len(words); i++ {
		sum := uint64(0)
		for _, w := range words[i : i+shingle] {
			h := fnv.New64a()
			h.Write([]byte(w))
			sum = mix(sum*31 + h.Sum64())
		}
		for b := range votes {
			if sum>>b&1 == 1 {
				votes[b]++
			} else {
				votes[b]--
			}
		}
	}
	var print uint64
	for b, v := range votes {
		if v > 0 {
			print |= 1 << b
		}
	}
	return print
}

func TestSimhashIsThePlainOne(t *testing.T) {
	for _, text := range []string{
		strings.Repeat("The council met on Tuesday, and agreed to mend the bridge. ", 4),
		strings.Repeat("Ein Übel — ÄRGER über 12,5 Straßen; İstanbul und 300 K. ", 10),
		strings.Repeat("мост закрыт до весны сообщил совет ", 60),
		strings.Repeat("a\xffb \x00 c", 40) + "end",
		"one " + strings.Repeat("of many words that are each said at another place than before so that no two runs of three are alike ", 300),
	} {
		got, ok := simhash(text)
		if want := plainSimhash(text); !ok || got != want {
			t.Errorf("%.30q…: %x, %v; want %x", text, got, ok, want)
		}
	}
	if _, ok := simhash(strings.Repeat("word ", minWords-1)); ok {
		t.Error("a short text has a fingerprint")
	}
	if _, ok := simhash(strings.Repeat("word ", minWords)); !ok {
		t.Error("a text that is long enough has no fingerprint")
	}
}

func TestSimhash(t *testing.T) {
	var tw Index
	long := strings.Repeat("The council met on Tuesday and spoke of the harbour, the ferry, the school and at last of the budget for next year. ", 3) + plainTale("tale")
	if d := tw.Nearest(long, "a"); d != "" {
		t.Errorf("the first is a duplicate of %s", d)
	}
	if d := tw.Nearest(strings.Replace(long, "Tuesday", "Wednesday", 1), "b"); d != "a" {
		t.Errorf("one word differs: duplicate of %q", d)
	}
	if d := tw.Nearest(plainTale("quite another"), "c"); d != "" {
		t.Errorf("another text is a duplicate of %s", d)
	}
	if d := tw.Nearest(long, "a"); d != "" {
		t.Errorf("a page is a duplicate of itself: %s", d)
	}
	if d := tw.Nearest("A short note.", "d"); d != "" || tw.Nearest("A short note.", "e") != "" {
		t.Error("short texts are compared")
	}
}

// plainTale is a text of 12 sentences about name.
func plainTale(name string) string {
	var b strings.Builder
	for i := range 12 {
		fmt.Fprintf(&b, "The %s of paragraph %d tells what only %[1]s has to tell, number %[2]d. ", name, i)
	}
	return b.String()
}

func BenchmarkSimhash(b *testing.B) {
	text := strings.Repeat("The council met on Tuesday, and after a long evening it agreed to mend the bridge. ", 60)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		simhash(text)
	}
}
