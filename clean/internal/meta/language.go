package meta

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"newsclip/clean/internal/jsonld"
	"newsclip/clean/internal/lang"
	"newsclip/clean/internal/nodes"
	"newsclip/clean/internal/page"
	"newsclip/clean/internal/source"
	"newsclip/selectors"
)

// readLanguage sets language and dateLang: what the page declares, unless its text
// is plainly in another language. Templates are copied together with the language
// that they declare.
func (r *metaReader) readLanguage() {
	declared, from := "", source.Source{}
	for _, c := range [...]struct {
		tag  string
		from source.Kind
	}{
		{r.Lang, source.HTMLLang},
		{r.metas.First("content-language", "language", "dc.language", "dcterms.language", "inlanguage"), source.MetaLanguage},
		{r.ld.First(jsonld.LdInLanguage), source.LDLanguage},
		{r.metas.First("og:locale"), source.OGLocale},
	} {
		if declared = lang.Tag(c.tag); declared != "" {
			from = source.Source{Of: c.from}
			break
		}
	}
	d := lang.Detect(r.sampleOf(longSample))
	if !d.Confirms(declared) && (!d.Sure || declared != "" && !d.Contradicts(declared)) {
		d = lang.Detect(r.sampleOf(lang.MinSample))
	}
	switch {
	case declared == "" && d.Lang != "" && d.Sure:
		declared, from = d.Lang, source.Source{Of: source.Text}
	case declared != "" && d.Contradicts(declared):
		declared, from = d.Lang, source.Source{Of: source.TextAgainst, Detail: from.String()}
	}
	r.md.Language, r.md.From.Language = declared, from
	r.dateLang = dateLanguage(declared, r.metas.First("og:locale"), r.host)
}

// dateLanguage adds the country to a language where the meaning of 5/6/2024
// depends on the country.
func dateLanguage(declared, locale, host string) string {
	if declared != "" && !strings.HasPrefix(strings.ToLower(declared), "en") {
		return declared
	}
	if selectors.Dates().DayFirst[host[strings.LastIndexByte(host, '.')+1:]] {
		return "en-GB"
	}
	if l := lang.Tag(locale); strings.HasPrefix(l, "en-") && len(declared) <= 2 {
		return l
	}
	return declared
}

// Limits of the sample of a page's text, in bytes.
const (
	maxLanguageSample = 1200 // that are read
	maxSampleText     = 600  // of one text node, so that the sample has several
	longSample        = 160  // of a text that is no part of the interface
)

// sampleOf returns the beginning of the page's prose, as much as it takes to detect its
// language: the texts of least bytes or more. Short ones may be the interface's.
func (r *metaReader) sampleOf(least int) string {
	var b strings.Builder
	for i := r.Body; i < int32(len(r.Nodes)) && b.Len() < maxLanguageSample; {
		nd := &r.Nodes[i]
		if page.IsOpaque(nd.DataAtom) || nd.DataAtom == atom.Nav || nd.DataAtom == atom.Header || nd.DataAtom == atom.Footer {
			i = nd.End
			continue
		}
		if nd.Type == html.TextNode && len(nd.Data) >= least && nodes.ShownSize(nd.Data) >= least {
			b.WriteString(nd.Data[:min(len(nd.Data), maxSampleText)])
			b.WriteByte(' ')
		}
		i++
	}
	return b.String()
}
