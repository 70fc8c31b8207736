package clean

// A draft is what the stages make of one page, each field by the stage that is
// named beside it.
type draft struct {
	site     *siteResult // applyRules; nil where no rules of the user's fit
	meta     *metadata   // readMetadata
	pics     []picture   // readPictures
	signals  *signals    // gather
	probs    []float32   // pick: how likely each block is the article's
	body     *body       // newBody; the stages after it change its verdicts
	subtitle int         // sweep: the standfirst's block, or -1
}

// Clean parses one page and cleans it. It returns an [*Error] where there is
// no article in it to return: code empty, not_html, too_large or no_article.
func (c *Cleaner) Clean(in Input) (*Article, error) {
	d, err := c.Draft(in)
	if err != nil {
		return nil, err
	}
	defer d.Close()
	return d.Article()
}

// Article cleans a parsed page. It reads the page and does not change it. A
// site's find and replace rules, which work on a page's source, do not come
// into it.
func (c *Cleaner) Article(p *Page) (*Article, error) {
	d := c.DraftOf(p)
	defer d.Close()
	return d.Article()
}

// A Draft is a page on which every block has been judged, and which is not
// written yet: a [Series] may still take out what its site repeats. It holds
// the page's tree.
type Draft struct {
	c *Cleaner
	p *Page
	d *draft
}

// Draft parses one page and judges its blocks. Its errors are Parse's.
func (c *Cleaner) Draft(in Input) (*Draft, error) {
	p, err := parse(in, c.opts.Rules.For(hostOf(in.URL)))
	if err != nil {
		return nil, err
	}
	return c.DraftOf(p), nil
}

// DraftOf judges the blocks of a parsed page.
func (c *Cleaner) DraftOf(p *Page) *Draft {
	t := newTree(p)
	d := &draft{site: findByRules(t, c.opts.Rules.For(hostOf(p.URL)))}
	d.meta = readMetadata(t, metaOptions{skipJSONLD: d.site.skipsJSONLD()})
	d.pics = readPictures(t)
	blocks := t.blocks()
	d.signals = gather(t, d.meta, d.pics)
	probs, cut := pick(t, blocks, d.signals)
	d.probs, d.body = probs, newBody(t, blocks, probs, cut)
	applySiteRules(d.body, d.site)
	d.subtitle = sweep(d.body, d.signals)
	return &Draft{c, p, d}
}

// Close gives what the draft holds to the drafts that come after it. The draft
// cannot be used any more. A draft that is not closed costs memory for as long
// as the collector leaves it, and nothing else.
func (x *Draft) Close() {
	x.d.body.blocks = nil
	x.d.body.tree.release()
}

// Article writes the record of the draft as it stands: called again after
// [Draft.DropRepeated], it is the record of what is left.
func (x *Draft) Article() (*Article, error) {
	c, d := x.c, x.d
	a := newRecord(x.p, d.meta)
	if d.subtitle >= 0 {
		a.Subtitle = d.body.blocks[d.subtitle].text
	}
	applySiteFields(a, d.site, d.meta.language)
	a.Text = plainBody(d.body)
	if a.Text == "" && a.Subtitle == "" {
		return nil, &Error{Code: "no_article", Message: "no article found: the page has no running text"}
	}
	a.WordCount = int(countWords(a.Text))
	a.ContentHash = contentHash(a.Text)
	a.Images = shownImages(d.body, d.pics, d.meta)
	k := d.kindPage()
	seen := k.read()
	a.Confidence = k.confidence(seen.article)
	a.Kind = k.kind(a, seen)
	if c.opts.Markdown {
		a.Markdown = markdown(d.body, d.pics, a.Images)
	}
	if c.opts.HTML {
		a.HTML = htmlBody(d.body, d.pics, a.Images)
	}
	if c.opts.Explain {
		a.Removed = d.explainer().removed()
	}
	return a, nil
}

func (d *draft) kindPage() *kindPage {
	return &kindPage{body: d.body, meta: d.meta, signals: d.signals, probs: d.probs, subtitle: d.subtitle}
}

func (d *draft) explainer() *explainer {
	return &explainer{body: d.body, signals: d.signals, headline: d.meta.headlineNodes}
}
