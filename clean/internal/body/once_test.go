package body

import (
	"slices"
	"testing"

	"newsclip/clean/internal/judge"
)

// TestSayOnce: a passage that the page says twice goes, and what a writer says
// twice stays.
func TestSayOnce(t *testing.T) {
	const (
		long  = `Die Fähre legt um sechs Uhr morgens am östlichen Kai ab und kommt erst spät am Abend wieder zurück.`
		other = `Le bac du soir part à huit heures du quai ouest et ne revient que le lendemain matin.`
		third = `Of the nine boats that were counted at the lock on Monday, two had no name at all.`
		step  = `<li>Heat the oven and butter the tin while the dough rests.</li>`
	)
	p := func(s string) string { return "<p>" + s + "</p>" }
	for _, c := range []struct {
		name, page string
		want       []string // out after the sweep
	}{
		{"a form for narrow screens", p(long) + p(other) + p(third) + p(long) + p(other), []string{long, other}},
		{"with a heading", p(third) + "<h3>Am Kai</h3>" + p(long) + p(other) + "<h3>Am Kai</h3>" + p(long), []string{"Am Kai", long}},
		{"right after itself", p(long) + p(long) + p(other), []string{long}},
		{"in another kind of box", `<div class="summary"><div>` + long + "</div></div>" + p(other) + p(long), []string{long}},
		{"a heading and the caption of its table", p(other) + "<h3>The ferries of the quay by their load in 2023</h3><p>The ferries of the quay by their load in 2023</p>" + p(long), []string{"The ferries of the quay by their load in 2023"}},
		{"a caption and the heading after it", p(other) + "<div>Сколько лодок вышло</div><h3>Сколько лодок вышло</h3>" + p(long), []string{"Сколько лодок вышло"}},
		{"a short heading and a link of its words", p(other) + `<h2>Mare Nostrum</h2><p><a href="https://mare.example/">mare nostrum</a></p>` + p(long), []string{"mare nostrum"}},
		{"a long paragraph in bold and plain", "<div><b>" + long + " " + long + "</b><br>" + long + " " + long + "<br><br>" + other + "</div>", []string{long + " " + long}},
		{"a line of a song, twice", "<div>Went down to the harbour, and the boats were gone<br>Went down to the harbour, and the boats were gone<br>" + third + "</div>", nil},
		{"a cry", p(other) + p("Land ahead!") + p("Land ahead!") + p(long), nil},
		{"a heading that opens its paragraph", p(other) + "<h3>The ferries of the quay by their load</h3>" + p("The ferries of the quay by their load were few.") + p(long), nil},
		{"a paragraph that comes again", p(long) + p(other) + p(long), nil},
		{"a question to two people", p("What do you do when the last ferry of the day has gone?") + p(long) + p("What do you do when the last ferry of the day has gone?") + p(other), nil},
		{"a step of two recipes", "<ol>" + step + "<li>Add salt.</li></ol>" + p(long) + "<ol>" + step + "<li>Add sugar.</li></ol>", nil},
		{"two lists alike", "<ul>" + step + step + "</ul>" + p(long) + "<ul>" + step + step + "</ul>", nil},
		{"a heading that a question asks", p("How do you cross when the ferry is not running at all?") + p(long) + "<h2>How do you cross when the ferry is not running at all?</h2>" + p(other), nil},
		{"a refrain", "<p>O Hafen, o Hafen, wie liegst du so fern im Wind<br>und alle die Schiffe, die bei dir geblieben sind<br>sie schlafen<br>O Hafen, o Hafen, wie liegst du so fern im Wind<br>und alle die Schiffe, die bei dir geblieben sind</p>", nil},
		{"code", "<pre>open the lock and wait for the water to rise\nopen the gate</pre>" + p(long) + "<pre>open the lock and wait for the water to rise\nopen the gate</pre>", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			bd := keepAll(t, "<article>"+c.page+"</article>")
			sweepText(bd, &judge.Signals{})
			if got := bd.dropped(); !slices.Equal(got, c.want) {
				t.Errorf("out are %q, want %q", got, c.want)
			}
		})
	}
}

// TestSweepKeepsMarks: places in a series go, and marks for things do not.
func TestSweepKeepsMarks(t *testing.T) {
	for page, want := range map[string][]string{
		"<p>1 / 3</p><p>Der Hafen.</p><p>2 / 3</p><p>Die Schleuse.</p>":                   {"1 / 3", "2 / 3"},
		"<p>Taste</p><p>5/5</p><p>Smell</p><p>5/5</p><p>Price</p><p>1/5</p><p>Value.</p>": nil,
	} {
		bd := keepAll(t, "<article>"+page+"</article>")
		sweepText(bd, &judge.Signals{})
		if got := bd.dropped(); !slices.Equal(got, want) {
			t.Errorf("%s: out are %q, want %q", page, got, want)
		}
	}
}
