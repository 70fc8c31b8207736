package show

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"newsclip/selectors"
)

func TestRuleTables(t *testing.T) {
	check := func(name string, keys []string, words []string) {
		if !slices.IsSorted(keys) || len(slices.Compact(slices.Clone(keys))) != len(keys) {
			t.Errorf("%s is not sorted, or has a key twice", name)
		}
		for _, w := range words {
			if w == "" || strings.TrimSpace(w) != w || strings.HasSuffix(w, ".") {
				t.Errorf("%s has %q", name, w)
			}
		}
	}
	var keys, words []string
	for _, f := range fields {
		keys, words = append(keys, f.rule), append(words, f.into, f.group, f.words)
	}
	check("fields", keys, words)
	keys, words = nil, nil
	for _, r := range reasons {
		keys, words = append(keys, r.rule), append(words, r.group, r.words)
	}
	check("reasons", keys, words)
	keys, words = nil, nil
	for _, r := range topics {
		keys, words = append(keys, r.name), append(words, r.group, r.thing)
	}
	check("topics", keys, words)
	keys, words = nil, nil
	for _, r := range elements {
		keys, words = append(keys, r.name), append(words, r.group)
	}
	check("elements", keys, words)
}

// TestEveryTopic looks that every kind of phrase, and every role by which a box
// may be taken out, has its words.
func TestEveryTopic(t *testing.T) {
	names := strings.Split(selectors.Phrases(1<<32-1).String(), "+")
	// These roles make a box the article's, or are no reason to remove it.
	keep := []string{"body", "embed", "gallery", "headline", "quote", "standfirst"}
	for _, name := range strings.Split(selectors.Roles(1<<63-1).String(), "+") {
		if !slices.Contains(keep, name) {
			names = append(names, name)
		}
	}
	if len(names) < 40 {
		t.Fatalf("only %d names: the tables of selectors are not read", len(names))
	}
	for _, name := range names {
		known := false
		for _, x := range topics {
			known = known || x.name == name
		}
		if !known {
			t.Errorf("%q has no words", name)
		}
	}
}

// TestEveryRule reads the rules from the code of the stages, and looks that each
// has its words.
func TestEveryRule(t *testing.T) {
	const root = "../../../clean/"
	var files []string
	for _, dir := range []string{"internal/body/", "internal/learn/", "internal/sweep/"} {
		of, err := filepath.Glob(root + dir + "*.go")
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, of...)
	}
	drop := regexp.MustCompile(`(?:Drop\(\w+, "\w+"|cut\(\w+, [^,]+), "([^"]+)"\)`)
	result := regexp.MustCompile(`(?m)(?:return|rule =|unseen =) "([^"]+)"$`)
	rules := make(map[string]bool)
	for _, file := range append(files, root+"explain.go", root+"internal/page/prune.go", root+"internal/page/hidden.go") {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		found := drop.FindAllSubmatch(source, -1)
		if !strings.Contains(file, "body") && !strings.Contains(file, "sweep") {
			found = append(found, result.FindAllSubmatch(source, -1)...)
		}
		for _, m := range found {
			rules[string(m[1])] = true
		}
	}
	if len(rules) < 20 {
		t.Fatalf("only %d rules are read: %v", len(rules), rules)
	}
	for rule := range rules {
		if strings.Contains(RuleOf(rule).Words, "by the rule") {
			t.Errorf("the rule %q has no words", rule)
		}
	}
}

func TestRuleOf(t *testing.T) {
	for _, x := range []struct {
		rule string
		want Rule
	}{
		{"nav", Rule{Group: "navigation", Words: "is in the navigation"}},
		{"standfirst", Rule{Field: "standfirst", Into: "subtitle", Group: "standfirsts", Words: "leads into the text"}},
		{"class promo+related", Rule{Group: "promotion", Words: "is in a box named for promotion and related stories"}},
		{"phrase share", Rule{Group: "sharing and following", Words: "is worded like sharing"}},
		{"element aside", Rule{Group: "asides", Words: "is in an aside element"}},
		{"element nav", Rule{Group: "navigation", Words: "is in a nav element"}},
		{"stands on 4 of 5 pages", Rule{Group: "repeated on the site", Words: "stands on 4 of 5 pages of the site"}},
		{"place of furniture on 7 pages", Rule{Group: "repeated on the site", Words: "stands where 7 pages of the site have no text"}},
		{Plain("stands on 4 of 5 pages"), Rule{Group: "repeated on the site", Words: "stands on other pages of the site too"}},
		{Plain("place of furniture on 7 pages"), Rule{Group: "repeated on the site", Words: "stands where other pages of the site have no text"}},
		{Plain("quay.example.txt:12"), Rule{Group: "site rules", Words: "is stripped by the site rule quay.example.txt:12"}},
		{"quay.example.txt:12", Rule{Group: "site rules", Words: "is stripped by the site rule quay.example.txt:12"}},
		{"of another version", Rule{Group: "other text", Words: "is taken out by the rule “of another version”"}},
		{"element", Rule{Group: "other text", Words: "is taken out by the rule “element”"}},
	} {
		if got := RuleOf(x.rule); got != x.want {
			t.Errorf("%s: %+v, want %+v", x.rule, got, x.want)
		}
	}
}
