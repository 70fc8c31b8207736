package clean

import (
	"newsclip/clean/article"
	"newsclip/clean/internal/kind"
	"newsclip/clean/internal/learn"
	"newsclip/clean/internal/page"
	"newsclip/clean/internal/picture"
	"newsclip/clean/internal/render"
	"newsclip/clean/internal/siterules"
	"newsclip/clean/internal/text"
)

// Clean parses one page and cleans it. It returns an [*Error] where there is
// no article in it to return: code empty, not_html, too_large, too_complex
// no_article or needs_javascript.
func (c *Cleaner) Clean(in page.Input) (*article.Article, error) {
	in.InPlace = true // until it returns
	d, err := c.Draft(in)
	if err != nil {
		return nil, err
	}
	defer d.Close()
	return d.Article()
}

// Article cleans a parsed page. It reads the page and does not change it. A
// site's find and replace rules, which work on a page's source, do not come
// into it unless [Cleaner.Parse] has parsed it.
func (c *Cleaner) Article(p *page.Page) (*article.Article, error) {
	d := c.DraftOf(p)
	defer d.Close()
	return d.Article()
}

// A Draft is a page on which every block has been judged, and which is not
// written yet: a [Series] may still take out what its site repeats. It holds
// the page's tree.
type Draft struct {
	c *Cleaner
	p *page.Page
	d *draft
	// ownsPage is set where nobody else has the page.
	ownsPage bool
	in       page.Input // of which it was made; without HTML where that may change
	small    *shrunk    // nil unless the draft was shrunk: then p and d are nil
}

// shrunk is what a draft that waits for others of its site holds in place of its tree.
type shrunk struct {
	article *article.Article
	err     error // of the record
	host    string
	print   *learn.Footprint // nil where the record stands whatever is learnt
}

// Draft parses one page and judges its blocks. Its errors are Parse's.
func (c *Cleaner) Draft(in page.Input) (*Draft, error) {
	p, err := c.Parse(in)
	if err != nil {
		return nil, err
	}
	x := c.DraftOf(p)
	x.ownsPage = true
	if in.InPlace {
		x.in = in
	}
	return x, nil
}

// DraftOf judges the blocks of a parsed page.
func (c *Cleaner) DraftOf(p *page.Page) *Draft { return c.draftOf(p, false) }

// DraftOfArticle is DraftOf for a caller who wants articles alone: a page that is plainly
// none, such as a front page, takes less time, and its text may be another. Its kind
// tells that it is no article.
func (c *Cleaner) DraftOfArticle(p *page.Page) *Draft { return c.draftOf(p, true) }

func (c *Cleaner) draftOf(p *page.Page, articles bool) *Draft {
	t := page.NewTree(p)
	d := c.judge(t, siterules.Find(t, c.rulesFor(p.Address)), articles)
	if x := c.carried(d); x != nil {
		d.release()
		d = x
	}
	return &Draft{c: c, p: p, d: d}
}

// Close gives what the draft holds to the drafts that come after it. The draft
// cannot be used any more. A draft that is not closed costs memory for as long
// as the collector leaves it, and nothing else.
func (x *Draft) Close() {
	if x.small != nil {
		return
	}
	of := x.d.body.Tree.Page
	x.d.release()
	if x.ownsPage || of != x.p { // the page of a body that x.p carries is nobody else's
		of.Release()
	}
	if x.ownsPage {
		x.p.Release()
	}
}

// Article writes the record of the draft as it stands: called again after
// [Draft.DropRepeated], it is the record of what is left.
func (x *Draft) Article() (*article.Article, error) {
	if x.small != nil {
		return x.small.article, x.small.err
	}
	c, d := x.c, x.d
	seen := d.keepItems()
	a := newRecord(x.p, d.record)
	if d.subtitle >= 0 {
		a.Subtitle = d.standfirst()
	}
	siterules.ApplyFields(a, d.site, d.record.Language)
	a.Text = page.NoControls(render.PlainBody(d.body))
	a.Images = render.ShownImages(d.body, d.pics, d.meta)
	if d.site.HasNoArticle() {
		return nil, &article.Error{Code: article.CodeNoArticle, Message: "no article found: no body rule of the site fits the page"}
	}
	if a.Text == "" && a.Subtitle == "" && !picture.IsStory(a.Images) {
		if x.NeedsScripts() {
			return nil, &article.Error{Code: article.CodeNeedsJavaScript, Message: "no article found: the page shows its text by JavaScript, which was not run"}
		}
		return nil, &article.Error{Code: article.CodeNoArticle, Message: "no article found: the page has no running text"}
	}
	a.WordCount = article.CountWords(a.Text)
	a.ContentHash = text.ContentHash(a.Text)
	if a.ID == "" {
		a.ID = a.ContentHash[:16]
	}
	a.Confidence = seen.confidence
	a.Kind = d.kindPage().Kind(a, seen.kind)
	if c.opts.Markdown {
		a.Markdown = render.Markdown(d.body, d.pics, a.Images)
	}
	if c.opts.HTML {
		a.HTML = render.HTMLBody(d.body, d.pics, a.Images)
	}
	if c.opts.Explain {
		a.Removed = d.explainer().removed()
		a.Evidence = append(d.record.Evidence(a), d.bodyEvidence(a)...)
	}
	ownStrings(a)
	return a, nil
}

// NeedsScripts reports whether the page, in which no article was found, plainly shows
// its text by scripts alone. It is false for a page whose scripts have run.
func (x *Draft) NeedsScripts() bool {
	return !x.p.Rendered && kind.NeedsScripts(x.d.body.Tree, x.d.meta)
}

// Host is the publisher's, by whose other pages the draft is corrected. Saved
// pages that do not say where they are from count as one site's.
func (x *Draft) Host() string {
	if x.small != nil {
		return x.small.host
	}
	if h := page.HostOf(x.p.Address); h != "" {
		return h
	}
	return page.HostOf(page.Unarchived(x.d.meta.CanonicalURL))
}
