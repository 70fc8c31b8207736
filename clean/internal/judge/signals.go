package judge

import (
	"slices"
	"strings"

	"newsclip/clean/internal/meta"
	"newsclip/clean/internal/page"
	"newsclip/clean/internal/picture"
	"newsclip/clean/internal/text"
)

// Gather collects what the block models need of the rest of the page.
func Gather(t *page.Tree, m *meta.Metadata, pics []picture.Picture) *Signals {
	f := &Signals{alts: map[uint64]bool{}, Titles: map[uint64]bool{}, DescHash: map[uint64]bool{}}
	title := func(s string) {
		if h, n, _ := text.Scan(s); n > 0 {
			f.Titles[h] = true
			text.EachWord(s, func(h uint64) { f.TitleSet.At(h) })
		}
	}
	title(m.Title)
	for _, i := range m.HeadlineNodes {
		title(t.Text(i))
	}
	for _, s := range m.Descriptions {
		if h, n, _ := text.Scan(s); n > 3 {
			f.DescHash[h] = true
		}
	}
	var toks []uint64
	for d, s := range m.Descriptions {
		toks = text.AppendWords(toks[:0], s)
		n := text.Grams(toks)
		for k := range n {
			if h := text.Gram(toks, k); !f.descGrams.Has(h) {
				f.descGrams.Set(h, int32(d))
				first := toks[k] % 1024
				f.descFirsts[first/64] |= 1 << (first % 64)
			}
		}
		f.descSizes = append(f.descSizes, int32(n))
	}
	for _, a := range m.Authors {
		text.EachWord(a.Name, func(h uint64) { f.authors.At(h) })
		for w := range strings.FieldsSeq(a.Name) {
			if len(w) > maxParticle {
				text.EachWord(w, func(h uint64) { f.surnames.At(h) })
			}
		}
		if strings.Contains(a.Name, " ") {
			f.Authors = append(f.Authors, a.Name)
		}
	}
	if m.Site != nil {
		text.EachWord(m.Site.Name, func(h uint64) { f.site.At(h) })
	}
	var captions []int32
	for _, p := range pics {
		captions = append(captions, p.CaptionNodes...)
	}
	f.Captions, f.Bylines = t.Set(captions), t.Set(m.BylineNodes)
	f.Dates, f.Headlines = t.Set(m.DateNodes), t.Set(m.HeadlineNodes)
	for _, i := range t.Imgs {
		if h, n, _ := text.Scan(t.Attr(i, "alt")); n > 2 {
			f.alts[h] = true
		}
	}
	f.article = m.OGType == "article"
	for _, s := range m.LdTypes {
		f.article = f.article || strings.HasSuffix(s, "Article") || s == "BlogPosting"
		f.News = f.News || strings.Contains(s, "News")
		f.Recipe = f.Recipe || s == "Recipe"
	}
	for _, i := range t.Itemtype {
		f.Recipe = f.Recipe || strings.HasSuffix(t.Attr(i, "itemtype"), "/Recipe")
	}
	if len(m.ArticleBody) > 200 {
		toks = text.AppendWords(slices.Grow(toks[:0], len(m.ArticleBody)/text.WordBytes), m.ArticleBody)
		f.BodyGrams.Room(len(toks))
		for k := range text.Grams(toks) {
			f.BodyGrams.At(text.Gram(toks, k))
		}
	}
	return f
}

// StartsWithAuthor reports whether one of a block's first words is of an author's name:
// it is a byline, or tells of the author.
func (f *Signals) StartsWithAuthor(b *page.Block) bool {
	return wordsIn(b.Toks[:min(len(b.Toks), authorWithin)], &f.surnames) > 0
}

// InField reports whether a block is said in a field of the record: a caption, a byline, a
// date, the headline.
func (f *Signals) InField(b *page.Block) bool {
	return f.Captions.Has(b) || f.Bylines.Has(b) || f.Dates.Has(b) || f.Headlines.Has(b)
}
