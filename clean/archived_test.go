package clean

import (
	"testing"

	"newsclip/clean/article"
	"newsclip/clean/internal/page"
)

// TestArchivedPage: what an address tells is told by the address of which a page in a web
// archive is a snapshot.
func TestArchivedPage(t *testing.T) {
	const html = `<title>Harbour Post » Archive » The ferry is back</title><body><h1>Harbour Post</h1><div><h2>The ferry is back</h2><p>The ferry between the two banks of the river runs again since Monday, after a winter in the yard.</p><p>It takes forty cars, and costs as much as it did before the repair, the town said in the morning.</p></div>`
	const of = "http://www.harbour-post.example/2013/08/07/the-ferry-is-back/"
	const at = "https://web.archive.org/web/20140226054445/" + of
	read := func(address string) *article.Article {
		a, err := New(Options{}).Clean(page.Input{URL: address, HTML: []byte(html)})
		if err != nil {
			t.Fatal(err)
		}
		return a
	}
	got, want := read(at), read(of)
	if got.URL != at || got.Site.Domain != "harbour-post.example" || got.Published != "2013-08-07" {
		t.Errorf("URL %s, site %v, published %s", got.URL, got.Site, got.Published)
	}
	if got.Title != want.Title || got.Kind != want.Kind || got.Text != want.Text || got.Published != want.Published {
		t.Errorf("got %q %s %s %q, want %q %s %s %q", got.Title, got.Published, got.Kind, got.Text, want.Title, want.Published, want.Kind, want.Text)
	}
}
