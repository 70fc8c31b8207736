package clean

import (
	"slices"

	"newsclip/clean/article"
	"newsclip/clean/internal/body"
	"newsclip/clean/internal/judge"
	"newsclip/clean/internal/kind"
	"newsclip/clean/internal/meta"
	"newsclip/clean/internal/page"
	"newsclip/clean/internal/picture"
	"newsclip/clean/internal/render"
	"newsclip/clean/internal/text"
)

// A draft is what the stages make of one page, each field by the stage that is
// named beside it.
type draft struct {
	site     *body.SiteResult  // applyRules; nil where no rules of the user's fit
	meta     *meta.Metadata    // ReadMetadata
	pics     []picture.Picture // ReadPictures
	signals  *judge.Signals    // gather
	probs    []float32         // pick: how likely each block is the article's
	body     *body.Body        // NewBody; the stages after it change its verdicts
	subtitle int               // sweep: the standfirst's block, or -1

	record *meta.Metadata // what the record has of meta: that of the page as it came
	from   string         // carried: where the body stands that is not shown, or ""
}

// Clean parses one page and cleans it. It returns an [*Error] where there is
// no article in it to return: code empty, not_html, too_large, too_complex
// or no_article.
func (c *Cleaner) Clean(in page.Input) (*article.Article, error) {
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
}

// Draft parses one page and judges its blocks. Its errors are Parse's.
func (c *Cleaner) Draft(in page.Input) (*Draft, error) {
	p, err := c.Parse(in)
	if err != nil {
		return nil, err
	}
	return c.DraftOf(p), nil
}

// DraftOf judges the blocks of a parsed page.
func (c *Cleaner) DraftOf(p *page.Page) *Draft {
	t := page.NewTree(p)
	d := c.judge(t, body.FindByRules(t, c.rulesFor(p.URL)))
	if x := c.carried(d); x != nil {
		d.release()
		d = x
	}
	return &Draft{c, p, d}
}

// judge makes a draft of a tree. site may be nil.
func (c *Cleaner) judge(t *page.Tree, site *body.SiteResult) *draft {
	d := &draft{site: site}
	d.meta = meta.Read(t, meta.Options{SkipJSONLD: d.site.SkipsJSONLD(), Explain: c.opts.Explain})
	d.record = d.meta
	d.pics = picture.Read(t)
	blocks := t.Blocks()
	d.signals = judge.Gather(t, d.meta, d.pics)
	probs, cut := judge.Pick(t, blocks, d.signals)
	d.choose(t, blocks, probs, cut)
	return d
}

// choose makes the body of the blocks whose probability is cut or more.
func (d *draft) choose(t *page.Tree, blocks []page.Block, probs []float32, cut float32) {
	d.probs, d.body = probs, body.New(t, blocks, probs, cut)
	body.KeepBare(d.body, d.signals)
	body.ApplySiteRules(d.body, d.site)
	d.subtitle = body.Sweep(d.body, d.signals)
}

// chooseAgain makes the body as if the page had no block of site, and keeps what
// else was kept. It stays as it was where no paragraph is kept then.
func (d *draft) chooseAgain(site []bool) {
	before, blocks := *d, d.body.Blocks
	rest := make([]page.Block, 0, len(blocks))
	for k := range blocks {
		if !site[k] {
			rest = append(rest, blocks[k])
		}
	}
	of, cut := judge.Pick(d.body.Tree, rest, d.signals)
	probs := make([]float32, len(blocks))
	n := 0
	for k := range blocks {
		if !site[k] {
			probs[k] = of[n]
			n++
		}
	}
	d.choose(d.body.Tree, blocks, probs, cut)
	if !d.body.KeepsProse() {
		*d = before
		return
	}
	for k, v := range before.body.Verdicts {
		if v.Keep && !site[k] && !slices.Contains(d.body.Standfirst, k) {
			d.body.Verdicts[k] = v
		}
	}
}

func (d *draft) release() {
	d.body.Blocks = nil
	d.body.Tree.Release()
}

// Close gives what the draft holds to the drafts that come after it. The draft
// cannot be used any more. A draft that is not closed costs memory for as long
// as the collector leaves it, and nothing else.
func (x *Draft) Close() {
	x.d.release()
}

// Article writes the record of the draft as it stands: called again after
// [Draft.DropRepeated], it is the record of what is left.
func (x *Draft) Article() (*article.Article, error) {
	c, d := x.c, x.d
	a := newRecord(x.p, d.record)
	if d.subtitle >= 0 {
		a.Subtitle = body.StandfirstText(d.body)
	}
	body.ApplySiteFields(a, d.site, d.record.Language)
	a.Text = page.NoControls(render.PlainBody(d.body))
	a.Images = body.ShownImages(d.body, d.pics, d.meta)
	if d.site.HasNoArticle() {
		return nil, &article.Error{Code: article.CodeNoArticle, Message: "no article found: no body rule of the site fits the page"}
	}
	if a.Text == "" && a.Subtitle == "" && !picture.IsStory(a.Images) {
		return nil, &article.Error{Code: article.CodeNoArticle, Message: "no article found: the page has no running text"}
	}
	a.WordCount = int(text.CountWords(a.Text))
	a.ContentHash = text.ContentHash(a.Text)
	if a.ID == "" {
		a.ID = a.ContentHash[:16]
	}
	k := d.kindPage()
	seen := k.Read()
	a.Confidence = k.Confidence(seen.Article)
	a.Kind = k.Kind(a, seen)
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

func (d *draft) kindPage() *kind.Page {
	return &kind.Page{Body: d.body, Meta: d.meta, Signals: d.signals, Probs: d.probs, Subtitle: d.subtitle}
}

func (d *draft) explainer() *explainer {
	first, last := d.body.Span()
	return &explainer{body: d.body, signals: d.signals, headline: d.meta.HeadlineNodes, kept: body.CountKept(d.body), first: first, last: last}
}
