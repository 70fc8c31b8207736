package picture

import (
	"newsclip/clean/article"
	"newsclip/clean/internal/meta"
	"newsclip/clean/internal/page"
	"newsclip/clean/internal/source"
)

// leadShares are how often the lead is the article's picture, by where it was read and
// whether the page shows it, too. Where it does, it was on 91 of 92 pages of the
// development corpora; where it does not, two pages there are too few to count, and the
// numbers are estimates.
var leadShares = map[source.Kind][2]float64{
	source.OGImage: {0.9, 0.98}, source.LDImage: {0.8, 0.97}, source.ShownImage: {0, 0.9},
}

// LeadEvidence tells where the lead of a record's images was read: in the metadata, and
// then whether the page shows it, or on the page alone.
func LeadEvidence(t *page.Tree, pics []Picture, lead *article.Image, m *meta.Metadata) article.Evidence {
	e := article.Evidence{Field: "images", Value: lead.URL, From: source.ShownImage.String()}
	of, shown := source.ShownImage, 0
	for _, named := range [...]struct {
		of  source.Kind
		all []article.Image
	}{{source.OGImage, m.OGImages}, {source.LDImage, m.LdImages}} {
		for k := range named.all {
			im := &named.all[k]
			if im.URL == "" || isCard(im) {
				continue
			}
			switch same := imageKey(im.URL) == imageKey(lead.URL) || sameShot(im.URL, lead.URL); {
			case same && of == source.ShownImage:
				of, e.From = named.of, named.of.String()
				if im.URL != lead.URL {
					e.Text = im.URL
				}
			case !same && len(e.Others) < maxOthers:
				e.Others = append(e.Others, article.Candidate{Value: im.URL, From: named.of.String()})
			}
		}
	}
	for k := range pics {
		if p := &pics[k]; p.URL != "" && imageKey(p.URL) == imageKey(lead.URL) {
			shown, e.At = 1, t.SelectorOf(max(p.img, p.Box))
			break
		}
	}
	e.Confidence = leadShares[of][shown]
	return e
}

// maxOthers is how many other pictures of the metadata are told.
const maxOthers = 4
