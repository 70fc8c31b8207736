package stated

import (
	"strings"

	"golang.org/x/net/html/atom"

	"newsclip/clean/article"
	"newsclip/clean/internal/jsonld"
	"newsclip/clean/internal/robotstag"
	"newsclip/clean/internal/source"
	"newsclip/clean/internal/text"
	"newsclip/selectors"
)

// webAddress returns the absolute http address that a field holds, or "": a
// licence may also be given by its name.
func (p *Page) webAddress(s string) string {
	s = strings.TrimSpace(s)
	if strings.HasPrefix(s, "/") || strings.Contains(s, "://") {
		return p.Page.WebURL(s)
	}
	return ""
}

// Rights returns what the page lets programs do with it, or nil where it says nothing.
func (p *Page) Rights() *article.Rights {
	tag := robotstag.Read(strings.Join(append([]string{p.Page.Header["x-robots-tag"]}, p.Metas["robots"]...), "\n"))
	rights := article.Rights{NoAI: tag.NoAI, NoIndex: tag.NoIndex}
	rights.TDMReservation = strings.TrimSpace(p.Page.Header["tdm-reservation"]) == "1" ||
		p.Metas.First("tdm-reservation") == "1"
	if rights.License = p.license(); rights == (article.Rights{}) {
		return nil
	}
	return &rights
}

// license returns the address of the article's licence, or "".
func (p *Page) license() string {
	for _, i := range p.Links {
		if text.HasWord(strings.ToLower(p.Attr(i, "rel")), "license") {
			return p.Page.WebURL(p.Attr(i, "href"))
		}
	}
	for _, o := range p.LD.Articles {
		u := ""
		if v := o.Get(jsonld.LdLicense); v.Obj != nil {
			u = p.webAddress(v.Obj.Get(jsonld.LdURL).Text())
		} else {
			u = p.webAddress(v.Text())
		}
		if u != "" {
			return u
		}
	}
	if u := p.webAddress(p.Metas.First(selectors.Metas().License...)); u != "" {
		return u
	}
	// A picture in the text has a licence of its own; so has what a teaser shows.
	for _, a := range p.Anchors {
		if rel := p.Attr(a, "rel"); len(rel) >= len("license") && text.HasWord(strings.ToLower(rel), "license") && p.Within(a, atom.Figure) < 0 {
			return p.Page.WebURL(p.Attr(a, "href"))
		}
	}
	return ""
}

// Access returns whether the article is free to read, or nil where the page does not say
// so, and where it was read from.
func (p *Page) Access() (*bool, source.Source) {
	free, paid := true, false
	for _, o := range p.LD.Articles {
		switch strings.ToLower(jsonld.AfterVocabulary(o.Get(jsonld.LdFree).Text())) {
		case "true", "1", "yes":
			return &free, source.Source{Of: source.LDAccess}
		case "false", "0", "no":
			return &paid, source.Source{Of: source.LDAccess}
		}
	}
	switch strings.ToLower(p.Metas.First(selectors.Metas().Access...)) {
	case "free":
		return &free, source.Source{Of: source.MetaContentTier}
	case "locked", "metered", "premium", "paid":
		return &paid, source.Source{Of: source.MetaContentTier}
	}
	return nil, source.Source{}
}
