package clean_test

import (
	"fmt"
	"strings"
	"testing"

	"newsclip/clean"
)

// A text of eight hundred paragraphs is kept to its end, and the comments under it
// are not.
func TestLongTextIsKeptWhole(t *testing.T) {
	says := []string{
		"The committee met again on %s morning, and its chair said that the report would be read to the house before the summer.",
		"Nobody in the town had expected the river to rise so fast, %s wrote in her diary, but by noon the lower streets were under water.",
		"“We will rebuild the bridge,” the mayor told %s, who had asked for the third time what it would cost and who was to pay for it.",
		"Prices rose by two per cent in %s, a figure that the bank's economists had not foreseen, and wages hardly moved at all.",
		"In the end it was %s who found the letter, folded into a book that had stood on the shelf for forty years.",
		"The second chapter of the inquiry deals with what the ministers knew, and %s is named in it more often than anyone else.",
	}
	names := []string{"Monday", "Anna Berg", "the Courier", "October", "a clerk", "the harbour master", "Olsen"}
	var b strings.Builder
	b.WriteString("<html><head><title>The inquiry in full</title></head><body><article><h1>The inquiry in full</h1>")
	for k := range 800 {
		fmt.Fprintf(&b, "<p>"+says[k%len(says)]+" It was page %d of the record.</p>", names[k%len(names)], k)
	}
	b.WriteString("</article><section class=comments><h2>Comments</h2>")
	for k := range 30 {
		fmt.Fprintf(&b, "<div class=comment><b>user%d</b><p>I agree with %s and I think that this is a scandal, as usual.</p><a href=#>Reply</a></div>", k, names[k%len(names)])
	}
	b.WriteString("</section></body></html>")
	a, err := clean.New(clean.Options{}).Clean(clean.Input{HTML: []byte(b.String())})
	if err != nil {
		t.Fatal(err)
	}
	kept := strings.Split(a.Text, "\n\n")
	if n := len(kept); n < 790 || n > 800 || !strings.Contains(kept[n-1], "page 799 of the record") {
		t.Errorf("%d of 800 paragraphs are kept; the last is %.120q", n, kept[n-1])
	}
}
