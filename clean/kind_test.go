package clean

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"

	"newsclip/selectors"
	"newsclip/testdata"
)

// isArticleKind says that a page of the kind is written as a record by a
// crawl.
func isArticleKind(kind string) bool {
	switch kind {
	case KindArticle, KindLiveblog, KindGallery, KindVideo:
		return true
	}
	return false
}

// TestKindClues: the clues' columns are those that the models were fitted with.
func TestKindClues(t *testing.T) {
	if n := len(clueTable().list); n < 500 {
		t.Errorf("%d clues, want more", n)
	}
	for k, name := range map[int]string{clueArticle: "article", clueForum: "forum", clueList: "list", clueProduct: "product"} {
		if got := selectors.ClueKinds[k]; got != name {
			t.Errorf("kind %d is %s, want %s", k, got, name)
		}
	}
	if len(selectors.ClueKinds) != clueKinds {
		t.Errorf("%d kinds of clue, the models have columns for %d", len(selectors.ClueKinds), clueKinds)
	}
	for _, row := range selectors.AllClues() {
		if _, ok := clueGroupOf[row.Place]; !ok {
			t.Errorf("place %q is counted nowhere", row.Place)
		}
		for _, w := range row.Words {
			if row.Place == "line" && countWords(w) > maxClueLine {
				t.Errorf("%q has more words than a line that is looked up", w)
			}
		}
	}
}

func TestHasPrice(t *testing.T) {
	for s, want := range map[string]bool{
		"$19.99": true, "1 299,00 €": true, "£ 5": true, "₹450": true, "$": false, "US$ and €": false, "12 apples": false,
	} {
		if got := hasPrice(s); got != want {
			t.Errorf("hasPrice(%q) = %v", s, got)
		}
	}
}

// TestKindNewsroom: on the made-up site, every page that has a record is of
// that record's kind, and what the site shows around its articles is not one.
func TestKindNewsroom(t *testing.T) {
	site, err := testdata.Newsroom()
	if err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewServer(site)
	defer srv.Close()
	want, err := testdata.Expected(srv.URL)
	if err != nil {
		t.Fatal(err)
	}
	c := New(Options{})
	kind := func(addr string) string {
		resp, err := srv.Client().Get(addr)
		for range 2 { // one page fails twice
			if err == nil && resp.StatusCode == http.StatusServiceUnavailable {
				resp.Body.Close()
				resp, err = srv.Client().Get(addr)
			}
		}
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		b, err := io.ReadAll(resp.Body)
		if err != nil {
			t.Fatal(err)
		}
		a, err := c.Clean(Input{URL: addr, ContentType: resp.Header.Get("Content-Type"), HTML: b})
		if err != nil {
			return "error"
		}
		return a.Kind
	}
	for _, r := range want {
		var rec Article
		if err := json.Unmarshal(r.JSON, &rec); err != nil {
			t.Fatal(err)
		}
		if got := kind(srv.URL + r.Path); got != rec.Kind {
			t.Errorf("%s is called %s, want %s", r.Path, got, rec.Kind)
		}
	}
	for _, path := range []string{
		"/", "/about", "/authors/jory-vantongel", "/authors/tobin-hask", "/contact", "/events/2025-05", "/gazette/",
		"/gazette/impressum.html", "/gazette/index.php?seite=2", "/gazette/kleinanzeigen.php", "/gazette/rubrik.php?r=1",
		"/gazette/rubrik.php?r=4", "/journal/", "/journal/about/", "/journal/author/hester-molloy/", "/journal/category/table/",
		"/journal/page/2/", "/journal/tag/marsh/", "/members/join", "/news/business", "/news/culture?page=2", "/news/science",
		"/newsletters", "/privacy", "/search", "/search?q=ferry", "/tags/ferries", "/tags/nature",
		"/news/region/fog-signal-restored-a0971",
	} {
		if got := kind(srv.URL + path); isArticleKind(got) {
			t.Errorf("%s is called %s, and is no article", path, got)
		}
	}
}
