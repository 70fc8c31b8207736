package meta

import (
	"fmt"
	"net/url"
	"strings"

	"golang.org/x/net/publicsuffix"

	"newsclip/clean/article"
	"newsclip/clean/internal/dates"
	"newsclip/clean/internal/jsonld"
	"newsclip/clean/internal/metatags"
	"newsclip/clean/internal/names"
	"newsclip/clean/internal/page"
	"newsclip/clean/internal/robotstag"
	"newsclip/clean/internal/source"
	"newsclip/clean/internal/text"
	"newsclip/selectors"
)

// Metadata is what a page says about its article, before the body is chosen.
type Metadata struct {
	Title        string
	Description  string
	CanonicalURL string
	Section      string
	Language     string
	Authors      []article.Author
	Published    string
	Modified     string
	Site         *article.Site
	Tags         []string
	FreeAccess   *bool
	Rights       *article.Rights
	OGType       string
	LdTypes      []string // JSON-LD @types, the main entity's first
	ArticleBody  string   // JSON-LD's, plain
	Descriptions []string // every distinct description and standfirst candidate of the head

	// Visible elements that say what is above, in page order.
	HeadlineNodes []int32
	BylineNodes   []int32
	DateNodes     []int32

	LdImages []article.Image
	OGImages []article.Image

	// From tells the source that a field was read from.
	From metaSources

	candidates *candidates // nil where nothing is to be explained
}

// metaSources are where the fields were read from.
type metaSources struct {
	Title, Description, Authors, Published, Modified, Language, Site source.Source
	CanonicalURL, Section, Tags, FreeAccess                          source.Source
}

// Options set which sources metadata is read from. The zero value is all.
type Options struct {
	SkipJSONLD bool
	// Explain keeps the candidates of the fields, for [Metadata.Evidence].
	Explain bool
}

// Read reads the page's own words about itself: JSON-LD, meta
// elements, microdata, and the visible head of the article.
func Read(t *page.Tree, o Options) *Metadata {
	r := &metaReader{Tree: t, metas: metatags.Read(t), md: &Metadata{}}
	if o.Explain {
		r.md.candidates = &candidates{}
	}
	r.readAddress()
	r.ld = &jsonld.Page{}
	if !o.SkipJSONLD {
		r.ld = jsonld.ReadPage(t, r.pageURLs)
	}
	r.readSite()
	r.readLanguage()
	r.findHead()
	r.readTitle()
	r.readDates()
	r.readAuthors()
	r.explainAuthors()
	r.readDescriptions()
	r.readSection()
	r.readRights()
	r.readImages()
	r.md.OGType = strings.ToLower(r.metas.First("og:type"))
	r.md.LdTypes = r.ld.Types
	for _, o := range r.ld.Articles {
		if v := o.Get(jsonld.LdArticleBody); v.Raw != "" {
			r.md.ArticleBody = jsonld.BodyText(v.Raw)
			break
		}
	}
	return r.md
}

// A metaReader holds what the readers of single fields share.
type metaReader struct {
	*page.Tree
	metas    metatags.Tags
	ld       *jsonld.Page
	md       *Metadata
	pageURLs []string // this page's addresses, comparable
	host     string   // without www., lower case
	// siteNames are the names that the page gives its site, normalised.
	siteNames []string
	h1        int32 // the element that shows the headline, or -1
	h1Text    string
	headline  int32 // h1 or, where there is none, the text that shows the title, or -1
	headFrom  int32 // where a byline or date may stand: nodes [headFrom, headTo)
	headTo    int32
	sizes     []int32 // bytes of text before each node of the head
	withDigit []int32 // pieces of text with a digit before it
	dateLang  string  // language, with the country where the address tells it
	urlDate   dates.Date
	urlSteps  bool     // it is three steps of the path
	titleKeys []string // see isTitle; nil until it is asked
}

// readAddress sets CanonicalURL, host and pageURLs.
func (r *metaReader) readAddress() {
	for _, i := range r.Links {
		if strings.EqualFold(r.Attr(i, "rel"), "canonical") {
			if u := r.Page.WebURL(r.Attr(i, "href")); u != "" {
				r.md.CanonicalURL, r.md.From.CanonicalURL = u, source.Source{Of: source.RelCanonical}
				break
			}
		}
	}
	og := r.Page.WebURL(r.metas.First("og:url"))
	if r.md.CanonicalURL == "" && og != "" {
		r.md.CanonicalURL, r.md.From.CanonicalURL = og, source.Source{Of: source.OGURL}
	}
	for _, s := range []string{r.Page.URL, r.md.CanonicalURL, og} {
		if s = jsonld.ComparableURL(s); s != "" {
			r.pageURLs = append(r.pageURLs, s)
		}
	}
	for _, s := range []string{r.Page.URL, r.md.CanonicalURL, og} {
		if u, err := url.Parse(s); err == nil && u.Host != "" {
			if r.host == "" {
				r.host = strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
			}
			if d, ok := dates.OfAddress(u); ok && !r.urlDate.Ok() {
				r.urlDate = d
				r.urlSteps = strings.Contains(u.Path, fmt.Sprintf("/%d/%d/%d/", d.Year, d.Month, d.Day)) ||
					strings.Contains(u.Path, fmt.Sprintf("/%d/%02d/%02d/", d.Year, d.Month, d.Day))
			}
		}
	}
}

// readSite sets site and siteNames.
func (r *metaReader) readSite() {
	var signed []string
	add := func(s string, from source.Kind) {
		if s == "" || len(s) > 80 {
			return
		}
		if len(signed) == 0 {
			r.md.From.Site = source.Source{Of: from}
		}
		signed = append(signed, s)
	}
	add(r.metas.First("og:site_name"), source.OGSiteName)
	for _, o := range r.ld.Articles {
		for _, p := range r.ld.People(o.Get(jsonld.LdPublisher)) {
			add(p.Name, source.LDPublisher)
		}
	}
	add(r.ld.WebSite.Get(jsonld.LdName).Text(), source.LDWebSite)
	add(r.ld.Org.Get(jsonld.LdName).Text(), source.LDOrganization)
	add(r.metas.First("application-name"), source.ApplicationName)
	add(r.metas.First("apple-mobile-web-app-title"), source.AppleTitle)
	add(r.metas.First(selectors.Metas().Publisher...), source.TwitterSite)
	domain := r.host
	if d, err := publicsuffix.EffectiveTLDPlusOne(r.host); err == nil {
		domain = d
	}
	for _, n := range signed {
		if k := names.Key(n); k != "" {
			r.siteNames = append(r.siteNames, k)
		}
	}
	if r.host != "" {
		label, _, _ := strings.Cut(domain, ".")
		for _, n := range []string{domain, label, r.host} {
			r.siteNames = append(r.siteNames, names.Key(n))
		}
	}
	if len(signed) > 0 || domain != "" {
		r.md.Site = &article.Site{Domain: domain}
		if len(signed) > 0 && !strings.HasPrefix(signed[0], "@") {
			r.md.Site.Name = signed[0]
		}
	}
}

// MaxDescriptions bounds the descriptions taken from one page.
const MaxDescriptions = 20

// readDescriptions sets description and descriptions.
func (r *metaReader) readDescriptions() {
	add := func(s string, from source.Kind) {
		if s == "" || len(s) > 4000 || len(r.md.Descriptions) >= MaxDescriptions {
			return
		}
		if r.md.Description == "" && from != source.Nowhere {
			r.md.Description, r.md.From.Description = s, source.Source{Of: from}
		}
		for _, d := range r.md.Descriptions {
			if d == s {
				return
			}
		}
		r.md.Descriptions = append(r.md.Descriptions, s)
	}
	add(r.metas.First("description"), source.MetaDescription)
	add(r.metas.First("og:description"), source.OGDescription)
	for _, o := range r.ld.Articles {
		add(o.Get(jsonld.LdDescription).Text(), source.LDDescription)
	}
	add(r.metas.First("twitter:description"), source.TwitterDescription)
	add(r.metas.First(selectors.Metas().Abstract...), source.DCDescription)
	for _, o := range r.ld.Articles {
		add(o.Get(jsonld.LdAbstract).Text(), source.Nowhere)
	}
	for _, k := range selectors.Metas().Standfirst {
		add(r.metas.First(k), source.Nowhere)
	}
}

// readSection sets section and tags.
func (r *metaReader) readSection() {
	s, from := r.ld.First(jsonld.LdArticleSection), source.Source{Of: source.LDSection}
	if s == "" {
		s, from = r.metas.First(selectors.Metas().Section...), source.Source{Of: source.MetaSection}
	}
	if s == "" {
		s, from = r.crumbSection(), source.Source{Of: source.LDBreadcrumb}
	}
	if s != "" && len(s) <= 80 {
		r.md.Section, r.md.From.Section = s, from
	}
	seen := map[string]bool{}
	add := func(s string) {
		s = strings.Trim(s, " ,;#")
		k := strings.ToLower(s)
		if s == "" || len(s) > 100 || seen[k] || len(r.md.Tags) >= 50 {
			return
		}
		seen[k] = true
		r.md.Tags = append(r.md.Tags, s)
	}
	addList := func(s string) {
		for _, t := range strings.FieldsFunc(s, func(c rune) bool { return c == ',' || c == ';' || c == '、' || c == '，' }) {
			add(t)
		}
	}
	r.md.From.Tags = source.Source{Of: source.Meta, Detail: "article:tag"}
	for _, s := range r.metas["article:tag"] {
		addList(s)
	}
	if len(r.md.Tags) == 0 {
		r.md.From.Tags = source.Source{Of: source.LDKeywords}
	}
	for _, o := range r.ld.Articles {
		kw := o.Get(jsonld.LdKeywords)
		if kw.List != nil {
			for _, s := range kw.Texts() {
				add(s)
			}
		} else {
			addList(kw.Text())
		}
	}
	for _, k := range selectors.Metas().Keywords {
		if len(r.md.Tags) > 0 {
			break
		}
		r.md.From.Tags = source.Source{Of: source.Meta, Detail: k}
		for _, s := range r.metas[k] {
			addList(s)
		}
	}
}

// crumbSection returns the breadcrumb's last step before the article.
func (r *metaReader) crumbSection() string {
	c := r.ld.Crumbs
	if len(c) > 0 && names.Key(c[len(c)-1]) == names.Key(r.md.Title) {
		c = c[:len(c)-1]
	}
	if len(c) < 2 {
		return ""
	}
	return c[len(c)-1]
}

// webAddress returns the absolute http address that a field holds, or "": a
// licence may also be given by its name.
func (r *metaReader) webAddress(s string) string {
	s = strings.TrimSpace(s)
	if strings.HasPrefix(s, "/") || strings.Contains(s, "://") {
		return r.Page.WebURL(s)
	}
	return ""
}

// readRights sets rights and FreeAccess.
func (r *metaReader) readRights() {
	tag := robotstag.Read(strings.Join(append([]string{r.Page.Header["x-robots-tag"]}, r.metas["robots"]...), "\n"))
	rights := article.Rights{NoAI: tag.NoAI, NoIndex: tag.NoIndex}
	rights.TDMReservation = strings.TrimSpace(r.Page.Header["tdm-reservation"]) == "1" ||
		r.metas.First("tdm-reservation") == "1"
	for _, i := range r.Links {
		if hasWord(strings.ToLower(r.Attr(i, "rel")), "license") {
			rights.License = r.Page.WebURL(r.Attr(i, "href"))
			break
		}
	}
	if rights.License == "" {
		for _, o := range r.ld.Articles {
			if v := o.Get(jsonld.LdLicense); v.Obj != nil {
				rights.License = r.webAddress(v.Obj.Get(jsonld.LdURL).Text())
			} else if rights.License = r.webAddress(v.Text()); rights.License != "" {
				break
			}
		}
	}
	if rights.License == "" {
		rights.License = r.webAddress(r.metas.First(selectors.Metas().License...))
	}
	if rights != (article.Rights{}) {
		r.md.Rights = &rights
	}
	r.readAccess()
}

// readAccess sets FreeAccess.
func (r *metaReader) readAccess() {
	is := func(v bool, from source.Kind) { r.md.FreeAccess, r.md.From.FreeAccess = &v, source.Source{Of: from} }
	for _, o := range r.ld.Articles {
		switch strings.ToLower(jsonld.AfterVocabulary(o.Get(jsonld.LdFree).Text())) {
		case "true", "1", "yes":
			is(true, source.LDAccess)
			return
		case "false", "0", "no":
			is(false, source.LDAccess)
			return
		}
	}
	switch strings.ToLower(r.metas.First(selectors.Metas().Access...)) {
	case "free":
		is(true, source.MetaContentTier)
	case "locked", "metered", "premium", "paid":
		is(false, source.MetaContentTier)
	}
}

// maxImages bounds the pictures taken from the head of one page.
const maxImages = 100

// readImages sets LdImages and OGImages.
func (r *metaReader) readImages() {
	for _, o := range r.ld.Articles {
		for _, k := range []jsonld.LdKey{jsonld.LdImage, jsonld.LdThumbnailURL, jsonld.LdThumbnail} {
			for _, im := range r.ld.Images(o.Get(k), r.Page) {
				r.md.LdImages = addImage(r.md.LdImages, im)
			}
		}
	}
	var cur *article.Image
	for _, i := range r.Tree.Metas {
		key := strings.ToLower(r.Attr(i, "property"))
		if key == "" {
			key = strings.ToLower(r.Attr(i, "name"))
		}
		if !strings.HasPrefix(key, "og:image") {
			continue
		}
		content := r.Attr(i, "content")
		switch key {
		case "og:image", "og:image:url", "og:image:secure_url":
			u := r.Page.WebURL(content)
			if u == "" || cur != nil && key != "og:image" {
				continue
			}
			if len(r.md.OGImages) >= maxImages {
				return
			}
			r.md.OGImages = append(r.md.OGImages, article.Image{URL: u})
			cur = &r.md.OGImages[len(r.md.OGImages)-1]
		case "og:image:alt":
			if cur != nil {
				cur.Alt = jsonld.PlainText(content)
			}
		case "og:image:width":
			if cur != nil {
				cur.Width = text.Pixels(content)
			}
		case "og:image:height":
			if cur != nil {
				cur.Height = text.Pixels(content)
			}
		}
	}
}

// addImage appends im unless its address is there, and fills what the one
// that is there lacks.
func addImage(ims []article.Image, im article.Image) []article.Image {
	for i := range ims {
		if ims[i].URL != im.URL {
			continue
		}
		if ims[i].Caption == "" {
			ims[i].Caption = im.Caption
		}
		if ims[i].Credit == "" {
			ims[i].Credit = im.Credit
		}
		if ims[i].Width == 0 {
			ims[i].Width, ims[i].Height = im.Width, im.Height
		}
		return ims
	}
	if len(ims) >= maxImages {
		return ims
	}
	return append(ims, im)
}
