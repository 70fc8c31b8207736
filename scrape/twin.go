package scrape

import (
	"context"
	"net/url"

	"newsclip/scrape/frontier"
	"newsclip/scrape/internal/address"
	"newsclip/scrape/internal/sketch"
)

// A twinPage is a page that names another one as its canonical URL, or that may be a
// later part of the article there.
type twinPage struct {
	url    string
	depth  int
	sketch sketch.Sketch
	part   bool
}

// meta returns what an item keeps about the twin of its page.
func (tw *twinPage) meta() map[string]string {
	m := map[string]string{metaTwin: tw.url, metaSketch: tw.sketch.String()}
	if tw.part {
		m[metaPart] = "1"
	}
	return m
}

// twinOf returns the twin that an item names; its url is empty where it names none.
func twinOf(it *frontier.Item) twinPage {
	return twinPage{url: it.Meta[metaTwin], depth: it.Depth, sketch: sketch.Parse(it.Meta[metaSketch]), part: it.Meta[metaPart] != ""}
}

// sketchOf returns the sketch of an article.
func sketchOf(out *Outcome) sketch.Sketch {
	print, _ := out.fingerprint()
	return sketch.Of(out.Title, out.Text, out.Published, print)
}

// self returns this page as the twin of another one.
func (t *task) self(out *Outcome) twinPage {
	return twinPage{url: t.item.URL, depth: t.item.Depth, sketch: sketchOf(out)}
}

// movedTo begins the owner of an article's claim where the page at that URL
// leads to another one, as a redirect or by its canonical URL.
const movedTo = "moved to "

// partOwner begins the owner of an article's claim where the page at that URL is no
// article, and the one that asked first is not its twin but another page that may
// have been a part of it.
const partOwner = "beside "

// articleClaim is the key under which a URL's article belongs to the page that
// writes it, by that page's identity.
func articleClaim(u *url.URL) string { return "article " + address.Identity(u) }

// partClaim is the key under which a page that may be a later part of an article
// belongs to the first one's URL, or to its own.
func partClaim(u *url.URL) string { return "part " + address.Identity(u) }

// returnClaim is the key under which the page at u belongs to the item that a chain
// of redirects has led back to it with.
func returnClaim(u *url.URL) string { return "return " + address.Identity(u) }

// returned returns what has become of a page that a chain of redirects has led back
// to. It reports false where none has.
func (c *crawler) returned(ctx context.Context, u *url.URL) (frontier.Fate, bool, error) {
	const none = "none"
	key, err := c.f.Claim(ctx, returnClaim(u), none)
	if err != nil || key == none {
		return 0, false, err
	}
	it := newItem(u, kindPage, 0, 0)
	it.Key = key
	fate, err := c.f.Fate(ctx, it)
	return fate, true, err
}

// awaitFate adds an item of kindTwin: when the page at u is finished, it is
// decided whether the twin is written.
func (c *crawler) awaitFate(ctx context.Context, u *url.URL, tw twinPage) error {
	it := newItem(u, kindTwin, frontier.ClassOther, tw.depth)
	it.Key += " " + tw.url
	it.Meta = tw.meta()
	_, err := c.f.Add(ctx, it)
	return err
}

// forceTwin has the twin fetched again and written, whatever canonical URL it
// names.
func (c *crawler) forceTwin(ctx context.Context, tw twinPage) error {
	u, err := url.Parse(tw.url)
	if err != nil {
		return err
	}
	it := newItem(u, kindPage, frontier.ClassDated, tw.depth)
	it.Key = metaForce + " " + it.Key
	it.Meta = map[string]string{metaForce: "1"}
	_, err = c.f.Add(ctx, it)
	return err
}
