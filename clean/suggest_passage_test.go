package clean_test

import (
	"strings"
	"testing"

	"newsclip/clean"
	"newsclip/selectors"
)

const suggestPage = `<!doctype html><html lang="en"><head><title>Ferry sails again</title></head><body>
<nav class="top"><a href="/">Home</a> <a href="/sport">Sport</a></nav>
<article class="story"><h1>Ferry sails again</h1>
<p>The ferry on the northern line left the harbour at five in the morning, and the crew said that the crossing was calm.</p>
<figure><img src="/f.jpg" width="900" height="600" alt=""><figcaption class="under">The ferry at the quay in the light of a calm day</figcaption></figure>
<div class="box-offer"><p>The quay keeps a letter with all that the harbour master has seen, and it is sent to every house on Friday evening.</p></div>
<p>The ferry on the northern line came back at nine in the morning, and the crew said that the islands had been seen by all.</p>
<p>This line stands on each page of the harbour paper, and it has no name that a rule could take it by, only its words.</p>
<p>The ferry on the northern line rests at noon, and the crew said that the engine would be looked at by two men of the yard.</p>
</article>
<aside class="facts"><p>Built in 1931 at the yard of the town.</p></aside>
<footer class="foot"><p>The tide tables are printed by the harbour office.</p></footer>
</body></html>`

// passageOf returns the place of the passage that has some words.
func passageOf(t *testing.T, d *clean.Draft, words string) (int, clean.Passage) {
	t.Helper()
	for k, p := range d.Passages() {
		if strings.Contains(p.Text, words) {
			return k, p
		}
	}
	t.Fatalf("no passage has %q", words)
	return 0, clean.Passage{}
}

func TestRulesFor(t *testing.T) {
	in := clean.Input{URL: "https://quay.example/ferry", HTML: []byte(suggestPage)}
	for _, c := range []struct{ name, words, directive, want string }{
		{"strip a named box", "keeps a letter", "strip", "div.box-offer"},
		{"strip by words", "has no name", "strip", `//p[starts-with(normalize-space(.), "This line stands on each page of the`},
		{"keep what the models leave out", "Built in 1931", "keep", "aside.facts"},
		{"keep what is pruned", "tide tables", "keep", "footer.foot"},
		{"keep what the sweep takes out", "in the light of", "keep", "figcaption.under"},
		{"the headline", "The tide", "title", "footer.foot"},
	} {
		t.Run(c.name, func(t *testing.T) {
			d, err := clean.New(clean.Options{}).Draft(in)
			if err != nil {
				t.Fatal(err)
			}
			defer d.Close()
			k, before := passageOf(t, d, c.words)
			rules := d.RulesFor(k, c.directive)
			if len(rules) == 0 || !strings.HasPrefix(rules[0].Selector, c.want) {
				t.Fatalf("suggested %q", rules)
			}
			for _, rule := range rules {
				r, err := selectors.ParseRules("quay.example.txt", []byte(rule.Directive+": "+rule.Selector))
				if err != nil {
					t.Fatal(err)
				}
				set := new(selectors.Set)
				set.Add("quay.example", r)
				after, err := clean.New(clean.Options{Rules: set}).Draft(in)
				if err != nil {
					t.Fatal(err)
				}
				_, p := passageOf(t, after, c.words)
				a, err := after.Article()
				if c.directive == "title" {
					if err != nil || !strings.Contains(a.Title, c.words) {
						t.Errorf("%s: title %q, %v", rule.Selector, a.Title, err)
					}
				} else if p.Keep != (c.directive == "keep") || p.Keep == before.Keep {
					t.Errorf("%s: kept %t before and %t after", rule.Selector, before.Keep, p.Keep)
				}
				after.Close()
			}
		})
	}
}

func TestRulesForNothing(t *testing.T) {
	d, err := clean.New(clean.Options{}).Draft(clean.Input{HTML: []byte(suggestPage)})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	if got := d.RulesFor(-1, "strip"); got != nil {
		t.Errorf("%v", got)
	}
	if got := d.RulesFor(1000, "strip"); got != nil {
		t.Errorf("%v", got)
	}
}

// What is kept by a rule stays, whatever the sweep and the other pages of the site
// say of it, and what is stripped goes.
func TestKeepRule(t *testing.T) {
	r, err := selectors.ParseRules("quay.example.txt", []byte("keep: aside.facts, footer, p.again\nkeep: figcaption\nstrip: .foot b"))
	if err != nil {
		t.Fatal(err)
	}
	set := new(selectors.Set)
	set.Add("quay.example", r)
	text := func(set *selectors.Set) string {
		cleaner := clean.New(clean.Options{Rules: set})
		l := clean.NewLearner()
		var last string
		for k := range clean.EnoughPages + 2 {
			ship := []string{"Alder", "Birch", "Cedar", "Damson", "Elm", "Fir", "Gorse", "Hazel", "Ivy", "Juniper", "Larch", "Maple"}[k%12]
			line := func(rest string) string { return "<p>The " + ship + " " + rest + " of the " + ship + ".</p>" }
			page := "<html lang=en><title>" + ship + " sails</title><body><article class=story><h1>" + ship + " sails</h1>" +
				line("left the harbour at five in the morning, and there was no wind that anyone on board would have spoken") +
				"<figure><img src=/" + ship + ".jpg width=900 height=600><figcaption>" + ship + " at the quay in the morning light of a calm day</figcaption></figure>" +
				line("came back at nine in the morning, and the islands had been seen by all the passengers and by the crew") +
				"<p class=again>Whoever wants to sail must come to the quay before five, and has to bring a coat and something to eat.</p>" +
				line("rests at noon, and two men of the yard come to look at the engine, the pumps and at the two old boats") +
				"</article><aside class=facts><p>Built in 1931 at the yard of the town.</p></aside>" +
				"<footer class=foot><p>The tide tables are printed by the harbour office.</p><div><b>No reprint</b></div></footer>"
			d, err := cleaner.Draft(clean.Input{URL: "https://quay.example/" + ship, HTML: []byte(page)})
			if err != nil {
				t.Fatal(err)
			}
			d.Teach(l)
			d.DropRepeated(l)
			a, err := d.Article()
			if err != nil {
				t.Fatal(err)
			}
			last = a.Text
			d.Close()
		}
		return last
	}
	without, with := text(nil), text(set)
	for _, words := range []string{"Built in 1931", "Whoever wants to sail", "at the quay in the morning light", "tide tables"} {
		if strings.Contains(without, words) || !strings.Contains(with, words) {
			t.Errorf("%q: without rules\n%s\n\nwith them\n%s", words, without, with)
		}
	}
	if strings.Contains(with, "No reprint") {
		t.Errorf("keep outdoes strip:\n%s", with)
	}
}
