package meta

import (
	"fmt"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/html/atom"
	"golang.org/x/net/publicsuffix"

	"newsclip/clean/article"
	"newsclip/clean/internal/dates"
	"newsclip/clean/internal/evidence"
	"newsclip/clean/internal/jsonld"
	"newsclip/clean/internal/metatags"
	"newsclip/clean/internal/names"
	"newsclip/clean/internal/nodes"
	"newsclip/clean/internal/page"
	"newsclip/clean/internal/source"
	"newsclip/clean/internal/stated"
	"newsclip/clean/internal/titles"
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

	candidates *evidence.Candidates // nil where nothing is to be explained
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
	r := &metaReader{Reader: nodes.Reader{Tree: t}, metas: metatags.Read(t), md: &Metadata{}}
	if o.Explain {
		r.md.candidates = &evidence.Candidates{}
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
	r.readStated()
	r.readAuthors()
	r.explainAuthors()
	r.readDescriptions()
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
	nodes.Reader
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
	sentences []int32 // pieces of text of more than nodes.MinProse bytes before it
	dateLang  string  // language, with the country where the address tells it
	urlDate   dates.Date
	urlSteps  bool            // it is three steps of the path
	titleKeys []string        // see isTitle; nil until it is asked
	articles  map[int32]bool  // see holdsArticle; by box
	tail      *tailFound      // see tailBylines; nil until it is asked
	linked    map[string]bool // keys of what links show; nil until it is asked
}

// readStated sets section, tags, rights, access and the pictures of the head.
func (r *metaReader) readStated() {
	p := &stated.Page{Tree: r.Tree, Metas: r.metas, LD: r.ld, Title: r.md.Title, Headline: r.headline, IsOther: r.inFurniture}
	r.md.Section, r.md.From.Section = p.Section()
	r.md.Tags, r.md.From.Tags = p.Tags()
	r.md.Rights = p.Rights()
	r.md.FreeAccess, r.md.From.FreeAccess = p.Access()
	r.md.LdImages, r.md.OGImages = p.LDImages(), p.OGImages()
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
	for _, s := range []string{r.Page.Address, page.Unarchived(r.md.CanonicalURL), page.Unarchived(og)} {
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
		if k := names.Key(s); s == "" || len(s) > 80 || strings.Contains(s, "://") ||
			len(signed) > 0 && titles.IsLong(s) && (k == names.Key(r.metas.First("og:title")) || k == names.Key(r.TitleText())) {
			return // some pages give their headline for the application's name
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
	if k := r.mastheadName(); k != "" {
		r.siteNames = append(r.siteNames, k)
	}
	if len(signed) > 0 || domain != "" {
		r.md.Site = &article.Site{Domain: domain}
		if len(signed) > 0 && !strings.HasPrefix(signed[0], "@") {
			r.md.Site.Name = signed[0]
		}
	}
}

// mastheadLinks is how many of a page's first links may be that to the site's front page.
const mastheadLinks = 40

// maxMasthead is how many bytes of a title's end may be the site's name.
const maxMasthead = 400

// mastheadName returns the name of the site as the page's title ends with it, where a link to
// the front page says so, or an h1 that is a link to the front page of a blog, or "". Small
// sites are called by a sentence that they state nowhere else. The logo's text in such a link
// may stand at the title's front too.
func (r *metaReader) mastheadName() string {
	title := r.TitleText()
	bounds := titles.Bounds(title)
	var ends []string // the keys of what the title may end with
	for _, b := range bounds[min(1, len(bounds)):] {
		if len(title)-b[0] > maxMasthead {
			continue
		}
		if k := names.Key(title[b[0]:]); len(k) >= titles.MinKey {
			ends = append(ends, k)
		}
	}
	if len(ends) == 0 {
		return ""
	}
	front := names.Key(title[:bounds[0][1]])
	for _, i := range r.Anchors[:min(len(r.Anchors), mastheadLinks)] {
		shown, href := r.Shown(i), r.Attr(i, "href")
		if names.HasKey(shown, "") && r.Nodes[i].End > i+1 && r.Nodes[i+1].DataAtom == atom.Img {
			// A logo names the site wherever the title does; a link's text may be the headline.
			if shown = r.Attr(i+1, "alt"); len(front) >= titles.MinKey && names.HasKey(shown, front) && r.Page.LeadsHome(href) {
				return front
			}
		}
		k := slices.IndexFunc(ends, func(key string) bool { return names.HasKey(shown, key) })
		if k >= 0 && (r.Page.LeadsHome(href) || r.Within(i, atom.H1) >= 0 && r.Page.LeadsUp(href)) {
			return ends[k]
		}
	}
	return ""
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
