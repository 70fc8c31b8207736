package chunk

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"newsclip/clean/article"
	"newsclip/output"
)

func split(t *testing.T, markdown string, words int) (ids, texts []string) {
	t.Helper()
	r := &output.Record{}
	r.ID, r.Title, r.Markdown, r.Text = "a1", "Night ferry", markdown, "not this"
	pieces := Split(r, words)
	for i, p := range pieces {
		var of Of
		if err := json.Unmarshal(p.Extra["chunk"], &of); err != nil {
			t.Fatal(err)
		}
		if of.Article != "a1" || of.Number != i+1 || of.Count != len(pieces) || p.Title != "Night ferry" || p.Text != "" || p.WordCount != article.CountWords(p.Markdown) {
			t.Errorf("%+v %+v", of, p)
		}
		ids, texts = append(ids, p.ID), append(texts, p.Markdown)
	}
	return ids, texts
}

func TestSplit(t *testing.T) {
	const article = "Intro one.\n\nIntro two.\n\n## Boats\n\nOf wood.\n\n### The night ferry\n\nIt sails.\n\n## Boats\n\nAgain.\n\n```\n# no heading\n\n## nor this\n```\n"
	for _, tt := range []struct {
		words      int
		ids, texts []string
	}{
		{0, []string{"a1#", "a1#boats", "a1#boats/the-night-ferry", "a1#boats~2"}, []string{
			"Intro one.\n\nIntro two.", "## Boats\n\nOf wood.", "### The night ferry\n\nIt sails.", "## Boats\n\nAgain.\n\n```\n# no heading\n\n## nor this\n```",
		}},
		{3, []string{"a1#", "a1#~2", "a1#boats", "a1#boats/the-night-ferry", "a1#boats~2", "a1#boats~3"}, []string{
			"Intro one.", "Intro two.", "## Boats\n\nOf wood.", "### The night ferry\n\nIt sails.", "## Boats\n\nAgain.", "```\n# no heading\n\n## nor this\n```",
		}},
	} {
		ids, texts := split(t, article, tt.words)
		if !slices.Equal(ids, tt.ids) || !slices.Equal(texts, tt.texts) {
			t.Errorf("%d words:\n%q\n%q", tt.words, ids, texts)
		}
	}
}

// In a script without spaces two letters count as a word.
func TestSplitWithoutSpaces(t *testing.T) {
	_, texts := split(t, "夜の船が港を出る。\n\n朝には島に着く。\n\n帰りは昼だ。", 5)
	if len(texts) != 3 {
		t.Errorf("%q", texts)
	}
}

// An id stays when something changes in another section.
func TestIDsAreStable(t *testing.T) {
	before, _ := split(t, "One.\n\n## A\n\nTwo.\n\n## B\n\nThree.", 2)
	after, _ := split(t, "One.\n\n## New\n\nMore.\n\n## A\n\nTwo.\n\nAnd more.\n\n## B\n\nThree.", 2)
	for _, id := range before {
		if !slices.Contains(after, id) {
			t.Errorf("%s is not in %v", id, after)
		}
	}
}

func TestNothingIsLost(t *testing.T) {
	var b strings.Builder
	for i := range 50 {
		fmt.Fprintf(&b, "%s Heading %d\n\n%s\n\n", strings.Repeat("#", 1+i%4), i, strings.Repeat("word ", i))
	}
	_, texts := split(t, b.String(), 20)
	if got, want := strings.Fields(strings.Join(texts, "\n\n")), strings.Fields(b.String()); !slices.Equal(got, want) {
		t.Errorf("%d words of %d", len(got), len(want))
	}
}
