package meta

// This file tells the article's own head from what stands around it by its structure,
// where no class does.

// holdsArticle reports whether a box holds two paragraphs or more of the length of an
// article's: it is the article's own, though its class is that of a teaser.
func (r *metaReader) holdsArticle(i int32) bool {
	holds, known := r.articles[i]
	if !known {
		holds = r.HoldsLong(i, longParagraph, maxParagraph)
		if r.articles == nil {
			r.articles = map[int32]bool{}
		}
		r.articles[i] = holds
	}
	return holds
}

// isUnderText reports whether a node of the head stands after two sentences or more that
// follow the headline: what precedes it is more than a standfirst.
func (r *metaReader) isUnderText(i int32) bool {
	if r.headline < 0 || i >= r.headTo {
		return i >= r.headTo
	}
	from := max(r.Nodes[r.headline].End, r.headFrom)
	return i > from && r.sentences[i-r.headFrom]-r.sentences[from-r.headFrom] > 1
}
