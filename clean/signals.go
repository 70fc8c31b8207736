package clean

import (
	"slices"
	"strings"
)

// wordBytes is how many bytes of text a word takes with its space, rather too
// few than too many.
const wordBytes = 5

// gather collects what the block models need of the rest of the page.
func gather(t *tree, m *metadata, pics []picture) *signals {
	f := &signals{alts: map[uint64]bool{}, titles: map[uint64]bool{}, descHash: map[uint64]bool{}}
	title := func(s string) {
		if h, n, _ := scan(s); n > 0 {
			f.titles[h] = true
			eachWord(s, func(h uint64) { f.titleSet.at(h) })
		}
	}
	title(m.title)
	for _, i := range m.headlineNodes {
		title(t.text(i))
	}
	for _, s := range m.descriptions {
		if h, n, _ := scan(s); n > 3 {
			f.descHash[h] = true
		}
	}
	var toks []uint64
	for d, s := range m.descriptions {
		toks = appendWords(toks[:0], s)
		n := grams(toks)
		for k := range n {
			if h := gram(toks, k); !f.descGrams.has(h) {
				f.descGrams.set(h, int32(d))
			}
		}
		f.descSizes = append(f.descSizes, int32(n))
	}
	for _, a := range m.authors {
		eachWord(a.Name, func(h uint64) { f.authors.at(h) })
	}
	if m.site != nil {
		eachWord(m.site.Name, func(h uint64) { f.site.at(h) })
	}
	var captions []int32
	for _, p := range pics {
		captions = append(captions, p.captionNodes...)
	}
	f.captions, f.bylines = t.set(captions), t.set(m.bylineNodes)
	f.dates, f.headlines = t.set(m.dateNodes), t.set(m.headlineNodes)
	for _, i := range t.imgs {
		if h, n, _ := scan(t.attr(i, "alt")); n > 2 {
			f.alts[h] = true
		}
	}
	f.article = m.ogType == "article"
	for _, s := range m.ldTypes {
		f.article = f.article || strings.HasSuffix(s, "Article") || s == "BlogPosting"
		f.news = f.news || strings.Contains(s, "News")
	}
	if len(m.articleBody) > 200 {
		toks = appendWords(slices.Grow(toks[:0], len(m.articleBody)/wordBytes), m.articleBody)
		f.bodyGrams.room(len(toks))
		for k := range grams(toks) {
			f.bodyGrams.at(gram(toks, k))
		}
	}
	return f
}
