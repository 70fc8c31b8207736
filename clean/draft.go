package clean

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"newsclip/selectors"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A draft is one page on its way through the stages.
type draft struct {
	t        *tree
	meta     *metadata
	pics     []picture
	bs       []block
	facts    *facts
	probs    []float32
	cut      float32
	verdicts []verdict
	signs    []float32   // see pageSigns
	likely   float32     // see articleProb
	house    bool        // the address is of a page about the house
	subtitle int         // the standfirst's block, or -1
	site     *siteResult // nil where no rules of the user's fit
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
	d := &draft{t: newTree(p)}
	if r := c.opts.Rules.For(hostOf(p.URL)); r != nil {
		site := applyRules(d.t, r)
		d.site = &site
		if site.skipJSONLD {
			d.t.jsonLD = nil
		}
	}
	d.meta = readMetadata(d.t)
	d.pics = readPictures(d.t)
	d.bs = d.t.blocks()
	d.facts = gather(d.t, d.meta, d.pics)
	d.pick()
	d.obey()
	d.subtitle = d.sweep()
	return &Draft{c, p, d}
}

// Close gives what the draft holds to the drafts that come after it. The draft
// cannot be used any more. A draft that is not closed costs memory for as long
// as the collector leaves it, and nothing else.
func (x *Draft) Close() {
	x.d.bs = nil
	x.d.t.release()
}

// Article writes the record of the draft as it stands.
func (x *Draft) Article() (*Article, error) {
	c, d := x.c, x.d
	a := d.article(x.p)
	if d.subtitle >= 0 {
		a.Subtitle = d.bs[d.subtitle].text
	}
	d.obeyFields(a)
	a.Text = d.text()
	if a.Text == "" && a.Subtitle == "" {
		return nil, &Error{Code: "no_article", Message: "no article found: the page has no running text"}
	}
	a.WordCount = int(countWords(a.Text))
	a.ContentHash = contentHash(a.Text)
	if a.ID == "" {
		a.ID = a.ContentHash[:16]
	}
	a.Confidence = d.confidence()
	a.Images = d.images()
	a.Kind = d.kind(a)
	if c.opts.Markdown {
		a.Markdown = d.markdown(a.Images)
	}
	if c.opts.HTML {
		a.HTML = d.html(a.Images)
	}
	if c.opts.Explain {
		a.Removed = d.removed()
	}
	return a, nil
}

// article fills the fields that the metadata has.
func (d *draft) article(p *Page) *Article {
	m := d.meta
	a := &Article{
		ID: p.ID, URL: p.URL, File: p.File, Source: p.Source, CanonicalURL: m.canonicalURL, Title: m.title, Description: m.description,
		Authors: m.authors, Published: m.published, Modified: m.modified, Site: m.site, Language: m.language,
		Section: m.section, Tags: m.tags, FreeAccess: m.freeAccess, Rights: m.rights, Status: p.Status,
	}
	if !p.FetchedAt.IsZero() {
		t := p.FetchedAt
		a.FetchedAt = &t
	}
	if a.ID == "" {
		// "-" is standard input, which is another page each time.
		if key := cmp.Or(a.CanonicalURL, p.URL, p.File); key != "" && key != "-" && !strings.HasPrefix(key, "-!/") {
			a.ID = shortHash(key)
		}
	}
	return a
}

// pick has the models judge the blocks, and cuts where the page's F1 is
// likely greatest.
func (d *draft) pick() {
	d.probs = model().judge(&featurer{t: d.t, bs: d.bs, facts: d.facts})
	d.settle()
}

// settle asks for a second opinion where the models are unsure, and decides.
func (d *draft) settle() {
	if len(d.t.nodes) <= maxVoteNodes && expectedF1(d.probs, d.bs) < unsureBelow {
		d.vote()
	}
	d.decide()
}

// decide keeps the blocks that are likely enough the article's.
func (d *draft) decide() {
	d.cut = bestCut(d.probs, d.bs)
	d.verdicts = make([]verdict, len(d.bs))
	for k := range d.bs {
		if d.probs[k] >= d.cut {
			d.verdicts[k].keep = true
		} else {
			d.verdicts[k].stage = "pick"
		}
	}
}

// images are the pictures whose box stands among the kept blocks.
func (d *draft) images() []Image {
	first, last := d.span()
	return chooseImages(d.t, d.pics, func(box int32) bool { return box >= first && box < last && !d.isAd(box) }, d.meta)
}

// isAd says that a picture stands in a small box without a kept block whose
// class or words say that it is an advertisement.
func (d *draft) isAd(box int32) bool {
	for e, up := box, 0; e > d.t.body && up < 5 && !d.keepsIn(e); e, up = d.t.nodes[e].parent, up+1 {
		if d.t.nodes[e].roles&selectors.Ad != 0 {
			return true
		}
		for k, last := d.blocksIn(e); k < last; k++ {
			if d.bs[k].words < 4 && selectors.MatchPhrase(d.bs[k].text).Line&selectors.PhraseAd != 0 {
				return true
			}
		}
	}
	return false
}

// span is the range of nodes from the first kept block to the last; -1 and -1
// where none is kept.
func (d *draft) span() (first, last int32) {
	first, last = -1, -1
	for k := range d.bs {
		if d.verdicts[k].keep {
			if first < 0 {
				first = d.bs[k].from
			}
			last = d.bs[k].to
		}
	}
	return first, last
}

func shortHash(s string) string {
	h := sha256.Sum256([]byte(s))
	return hex.EncodeToString(h[:8])
}

// contentHash is equal for texts with the same words in the same order,
// whatever their case, spacing and punctuation.
func contentHash(s string) string {
	h := sha256.New()
	var arr [512]byte
	buf := arr[:0] // the words in lower case, a space before all but the first
	in, first := false, true
	for _, r := range s {
		letter := r >= 'a' && r <= 'z' || r >= '0' && r <= '9'
		if r >= 'A' && r <= 'Z' {
			r += 'a' - 'A'
			letter = true
		} else if r >= utf8.RuneSelf {
			r = unicode.ToLower(r)
			letter = unicode.IsLetter(r) || unicode.IsNumber(r)
		}
		if !letter {
			in = false
			continue
		}
		if !in && !first {
			buf = append(buf, ' ')
		}
		in, first = true, false
		if r < utf8.RuneSelf {
			buf = append(buf, byte(r))
		} else {
			buf = utf8.AppendRune(buf, r)
		}
		if len(buf) > len(arr)-2*utf8.UTFMax {
			h.Write(buf)
			buf = arr[:0]
		}
	}
	h.Write(buf)
	return hex.EncodeToString(h.Sum(nil)[:16])
}
