package clean

import (
	"slices"
	"strings"

	"newsclip/clean/internal/body"
	"newsclip/clean/internal/items"
	"newsclip/clean/internal/judge"
	"newsclip/clean/internal/kind"
	"newsclip/clean/internal/meta"
	"newsclip/clean/internal/page"
	"newsclip/clean/internal/picture"
	"newsclip/clean/internal/render"
	"newsclip/clean/internal/siterules"
	"newsclip/clean/internal/sweep"
)

// A draft is what the stages make of one page, each field by the stage that is
// named beside it.
type draft struct {
	site     *siterules.Result // applyRules; nil where no rules of the user's fit
	meta     *meta.Metadata    // ReadMetadata
	pics     []picture.Picture // ReadPictures
	signals  *judge.Signals    // gather
	probs    []float32         // pick: how likely each block is the article's
	body     *body.Body        // NewBody; the stages after it change its verdicts
	subtitle int               // sweep: the standfirst's block, or -1
	items    *reading          // keepItems; nil where it has kept none
	articles bool              // no page but articles is wanted

	record *meta.Metadata // what the record has of meta: that of the page as it came
	from   string         // carried: where the body stands that is not shown, or ""
}

// judge makes a draft of a tree. site may be nil. With articles, a page that is plainly no
// article is not voted on.
func (c *Cleaner) judge(t *page.Tree, site *siterules.Result, articles bool) *draft {
	d := &draft{site: site, articles: articles}
	d.meta = meta.Read(t, meta.Options{SkipJSONLD: d.site.SkipsJSONLD(), Explain: c.opts.Explain})
	d.record = d.meta
	d.pics = picture.Read(t)
	blocks := t.Blocks()
	d.signals = judge.Gather(t, d.meta, d.pics)
	probs, unsure := judge.PickAlone(t, blocks, d.signals)
	if !unsure || articles {
		d.choose(t, blocks, probs, judge.BestCut(probs, blocks))
	}
	if !unsure || articles && site == nil && d.kindPage().IsNone(render.ShownImages(d.body, d.pics, d.meta)) {
		return d
	}
	judge.Vote(t, blocks, probs)
	d.choose(t, blocks, probs, judge.BestCut(probs, blocks))
	return d
}

// choose makes the body of the blocks whose probability is cut or more.
func (d *draft) choose(t *page.Tree, blocks []page.Block, probs []float32, cut float32) {
	d.probs, d.body = probs, body.New(t, blocks, probs, cut)
	body.KeepBare(d.body, d.signals)
	siterules.Apply(d.body, d.site)
	d.subtitle = sweep.Sweep(d.body, d.signals)
	siterules.ApplyKept(d.body, d.site)
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

func (d *draft) kindPage() *kind.Page {
	return &kind.Page{Body: d.body, Meta: d.meta, Signals: d.signals, Probs: d.probs, Subtitle: d.subtitle}
}

// A reading is what was read of a page before its items were kept. It holds for the
// record: the models know pages by what they keep of them.
type reading struct {
	kind       kind.Reading
	confidence float64
}

// keepItems keeps the posts of a thread, and the items and the data of another page that
// is no article, where such pages are wanted. What the user's rules choose stays as it is.
func (d *draft) keepItems() reading {
	if d.items != nil {
		return *d.items
	}
	k := d.kindPage()
	seen := k.Read()
	r := reading{seen, k.Confidence(seen.Article)}
	if d.site != nil || d.articles {
		return r
	}
	found := false
	if k.IsThread(seen) {
		found = items.KeepPosts(d.body, d.signals)
	} else {
		found = k.HasItems(seen) && items.Keep(d.body, d.signals)
		found = k.IsLists(seen) && items.KeepList(d.body, d.signals, seen.IsListing()) || found
		found = k.IsOffer(seen) && items.KeepAmid(d.body, d.signals) || found
		found = k.HasData(seen) && body.KeepData(d.body, d.signals) || found
	}
	if found {
		d.items = &r
	}
	return r
}

func (d *draft) explainer() *explainer {
	first, last := d.body.Span()
	return &explainer{body: d.body, signals: d.signals, headline: d.meta.HeadlineNodes, kept: body.CountKept(d.body), first: first, last: last}
}

func (d *draft) release() {
	d.body.Blocks = nil
	d.body.Tree.Release()
}

// standfirst returns the text of the standfirst, without a label before it and the byline at
// its end.
func (d *draft) standfirst() string {
	var authors []string
	for _, a := range d.record.Authors {
		authors = append(authors, a.Name)
	}
	lang, _, _ := strings.Cut(strings.ToLower(d.record.Language), "-")
	return sweep.Unlabelled(sweep.StandfirstText(d.body, authors, lang), d.meta.Descriptions)
}
