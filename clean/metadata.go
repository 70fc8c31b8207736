package clean

import (
	"net/url"
	"strings"

	"golang.org/x/net/html/atom"
	"golang.org/x/net/publicsuffix"
)

// metadata is what a page says about its article, before the body is chosen.
type metadata struct {
	title        string
	description  string
	canonicalURL string
	section      string
	language     string
	authors      []Author
	published    string
	modified     string
	site         *Site
	tags         []string
	freeAccess   *bool
	rights       *Rights
	ogType       string
	ldTypes      []string // JSON-LD @types, the main entity's first
	articleBody  string   // JSON-LD's, plain
	descriptions []string // every distinct description and standfirst candidate of the head

	// Visible elements that say what is above, in page order.
	headlineNodes []int32
	bylineNodes   []int32
	dateNodes     []int32

	ldImages []Image
	ogImages []Image

	// from tells the source that a field was read from.
	from metaSources
}

// metaSources are where the fields were read from.
type metaSources struct {
	title, description, authors, published, modified, language, site source
	canonicalURL, section, tags, freeAccess                          source
}

// metaOptions set which sources metadata is read from. The zero value is all.
type metaOptions struct {
	skipJSONLD bool
}

// readMetadata reads the page's own words about itself: JSON-LD, meta
// elements, microdata, and the visible head of the article.
func readMetadata(t *tree, o metaOptions) *metadata {
	r := &metaReader{tree: t, metas: readMetaTags(t), md: &metadata{}}
	r.readAddress()
	r.ld = &ldPage{}
	if !o.skipJSONLD {
		r.ld = readLD(t, r.pageURLs)
	}
	r.readSite()
	r.readLanguage()
	r.findHead()
	r.readTitle()
	r.readDates()
	r.readAuthors()
	r.readDescriptions()
	r.readSection()
	r.readRights()
	r.readImages()
	r.md.ogType = strings.ToLower(r.metas.first("og:type"))
	r.md.ldTypes = r.ld.types
	for _, o := range r.ld.articles {
		if v := o.get(ldArticleBody); v.raw != "" {
			r.md.articleBody = bodyText(v.raw)
			break
		}
	}
	return r.md
}

// A metaReader holds what the readers of single fields share.
type metaReader struct {
	*tree
	metas    metaTags
	ld       *ldPage
	md       *metadata
	pageURLs []string // this page's addresses, comparable
	host     string   // without www., lower case
	// siteNames are the names that the page gives its site, normalised.
	siteNames []string
	h1        int32 // the element that shows the headline, or -1
	h1Text    string
	headFrom  int32 // where a byline or date may stand: nodes [headFrom, headTo)
	headTo    int32
	sizes     []int32 // bytes of text before each node of the head
	withDigit []int32 // pieces of text with a digit before it
	dateLang  string  // language, with the country where the address tells it
	urlDate   date
}

// readAddress sets canonicalURL, host and pageURLs.
func (r *metaReader) readAddress() {
	for _, i := range r.links {
		if strings.EqualFold(r.attr(i, "rel"), "canonical") {
			if u := r.page.webURL(r.attr(i, "href")); u != "" {
				r.md.canonicalURL, r.md.from.canonicalURL = u, source{of: fromRelCanonical}
				break
			}
		}
	}
	og := r.page.webURL(r.metas.first("og:url"))
	if r.md.canonicalURL == "" && og != "" {
		r.md.canonicalURL, r.md.from.canonicalURL = og, source{of: fromOGURL}
	}
	for _, s := range []string{r.page.URL, r.md.canonicalURL, og} {
		if s = comparableURL(s); s != "" {
			r.pageURLs = append(r.pageURLs, s)
		}
	}
	for _, s := range []string{r.page.URL, r.md.canonicalURL, og} {
		if u, err := url.Parse(s); err == nil && u.Host != "" {
			r.host = strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
			if d, ok := dateInURL(u.Path); ok {
				r.urlDate = d
			}
			break
		}
	}
}

// readSite sets site and siteNames.
func (r *metaReader) readSite() {
	var names []string
	add := func(s string, from sourceOf) {
		if s == "" || len(s) > 80 {
			return
		}
		if len(names) == 0 {
			r.md.from.site = source{of: from}
		}
		names = append(names, s)
	}
	add(r.metas.first("og:site_name"), fromOGSiteName)
	for _, o := range r.ld.articles {
		for _, p := range r.ld.people(o.get(ldPublisher)) {
			add(p.name, fromLDPublisher)
		}
	}
	add(r.ld.webSite.get(ldName).text(), fromLDWebSite)
	add(r.ld.org.get(ldName).text(), fromLDOrganization)
	add(r.metas.first("application-name"), fromApplicationName)
	add(r.metas.first("apple-mobile-web-app-title"), fromAppleTitle)
	add(r.metas.first("twitter:site", "dc.publisher", "dcterms.publisher"), fromTwitterSite)
	domain := r.host
	if d, err := publicsuffix.EffectiveTLDPlusOne(r.host); err == nil {
		domain = d
	}
	for _, n := range names {
		if k := nameKey(n); k != "" {
			r.siteNames = append(r.siteNames, k)
		}
	}
	if r.host != "" {
		label, _, _ := strings.Cut(domain, ".")
		for _, n := range []string{domain, label, r.host} {
			r.siteNames = append(r.siteNames, nameKey(n))
		}
	}
	if len(names) > 0 || domain != "" {
		r.md.site = &Site{Domain: domain}
		if len(names) > 0 && !strings.HasPrefix(names[0], "@") {
			r.md.site.Name = names[0]
		}
	}
}

// maxDescriptions bounds the descriptions taken from one page.
const maxDescriptions = 20

// readDescriptions sets description and descriptions.
func (r *metaReader) readDescriptions() {
	add := func(s string, from sourceOf) {
		if s == "" || len(s) > 4000 || len(r.md.descriptions) >= maxDescriptions {
			return
		}
		if r.md.description == "" && from != fromNowhere {
			r.md.description, r.md.from.description = s, source{of: from}
		}
		for _, d := range r.md.descriptions {
			if d == s {
				return
			}
		}
		r.md.descriptions = append(r.md.descriptions, s)
	}
	add(r.metas.first("description"), fromMetaDescription)
	add(r.metas.first("og:description"), fromOGDescription)
	for _, o := range r.ld.articles {
		add(o.get(ldDescription).text(), fromLDDescription)
	}
	add(r.metas.first("twitter:description"), fromTwitterDescription)
	add(r.metas.first("dc.description", "dcterms.description", "dcterms.abstract"), fromDCDescription)
	for _, o := range r.ld.articles {
		add(o.get(ldAbstract).text(), fromNowhere)
	}
	for _, k := range []string{"sailthru.description", "cxenseparse:description", "parsely-description", "og:subtitle"} {
		add(r.metas.first(k), fromNowhere)
	}
}

// readSection sets section and tags.
func (r *metaReader) readSection() {
	s, from := r.ld.first(ldArticleSection), source{of: fromLDSection}
	if s == "" {
		s, from = r.metas.first("article:section", "parsely-section", "cxenseparse:category", "dc.subject.section", "section"), source{of: fromMetaSection}
	}
	if s == "" {
		s, from = r.crumbSection(), source{of: fromLDBreadcrumb}
	}
	if s != "" && len(s) <= 80 {
		r.md.section, r.md.from.section = s, from
	}
	seen := map[string]bool{}
	add := func(s string) {
		s = strings.Trim(s, " ,;#")
		k := strings.ToLower(s)
		if s == "" || len(s) > 100 || seen[k] || len(r.md.tags) >= 50 {
			return
		}
		seen[k] = true
		r.md.tags = append(r.md.tags, s)
	}
	addList := func(s string) {
		for _, t := range strings.FieldsFunc(s, func(c rune) bool { return c == ',' || c == ';' || c == '、' || c == '，' }) {
			add(t)
		}
	}
	r.md.from.tags = source{fromMeta, "article:tag"}
	for _, s := range r.metas["article:tag"] {
		addList(s)
	}
	if len(r.md.tags) == 0 {
		r.md.from.tags = source{of: fromLDKeywords}
	}
	for _, o := range r.ld.articles {
		kw := o.get(ldKeywords)
		if kw.list != nil {
			for _, s := range kw.texts() {
				add(s)
			}
		} else {
			addList(kw.text())
		}
	}
	for _, k := range []string{"news_keywords", "keywords", "parsely-tags", "sailthru.tags"} {
		if len(r.md.tags) > 0 {
			break
		}
		r.md.from.tags = source{fromMeta, k}
		for _, s := range r.metas[k] {
			addList(s)
		}
	}
}

// crumbSection returns the breadcrumb's last step before the article.
func (r *metaReader) crumbSection() string {
	c := r.ld.crumbs
	if len(c) > 0 && nameKey(c[len(c)-1]) == nameKey(r.md.title) {
		c = c[:len(c)-1]
	}
	if len(c) < 2 {
		return ""
	}
	return c[len(c)-1]
}

// readRights sets rights and freeAccess.
func (r *metaReader) readRights() {
	tag := ReadRobotsTag(strings.Join(append([]string{r.page.Header["x-robots-tag"]}, r.metas["robots"]...), "\n"))
	rights := Rights{NoAI: tag.NoAI, NoIndex: tag.NoIndex}
	rights.TDMReservation = strings.TrimSpace(r.page.Header["tdm-reservation"]) == "1" ||
		r.metas.first("tdm-reservation") == "1"
	for _, i := range r.links {
		if hasWord(strings.ToLower(r.attr(i, "rel")), "license") {
			rights.License = r.page.webURL(r.attr(i, "href"))
			break
		}
	}
	if rights.License == "" {
		for _, o := range r.ld.articles {
			if v := o.get(ldLicense); v.obj != nil {
				rights.License = v.obj.get(ldURL).text()
			} else if rights.License = v.text(); rights.License != "" {
				break
			}
		}
	}
	if rights.License == "" {
		rights.License = r.metas.first("dcterms.license", "dc.rights.license")
	}
	if rights != (Rights{}) {
		r.md.rights = &rights
	}
	r.readAccess()
}

// readAccess sets freeAccess.
func (r *metaReader) readAccess() {
	is := func(v bool, from sourceOf) { r.md.freeAccess, r.md.from.freeAccess = &v, source{of: from} }
	for _, o := range r.ld.articles {
		switch strings.ToLower(afterVocabulary(o.get(ldFree).text())) {
		case "true", "1", "yes":
			is(true, fromLDAccess)
			return
		case "false", "0", "no":
			is(false, fromLDAccess)
			return
		}
	}
	switch strings.ToLower(r.metas.first("article:content_tier", "og:article:content_tier", "content_tier", "content-tier")) {
	case "free":
		is(true, fromMetaContentTier)
	case "locked", "metered", "premium", "paid":
		is(false, fromMetaContentTier)
	}
}

// maxImages bounds the pictures taken from the head of one page.
const maxImages = 100

// readImages sets ldImages and ogImages.
func (r *metaReader) readImages() {
	for _, o := range r.ld.articles {
		for _, k := range []ldKey{ldImage, ldThumbnailURL, ldThumbnail} {
			for _, im := range r.ld.images(o.get(k), r.page) {
				r.md.ldImages = addImage(r.md.ldImages, im)
			}
		}
	}
	var cur *Image
	for _, i := range r.tree.metas {
		key := strings.ToLower(r.attr(i, "property"))
		if key == "" {
			key = strings.ToLower(r.attr(i, "name"))
		}
		if !strings.HasPrefix(key, "og:image") {
			continue
		}
		content := r.attr(i, "content")
		switch key {
		case "og:image", "og:image:url", "og:image:secure_url":
			u := r.page.webURL(content)
			if u == "" || cur != nil && key != "og:image" {
				continue
			}
			if len(r.md.ogImages) >= maxImages {
				return
			}
			r.md.ogImages = append(r.md.ogImages, Image{URL: u})
			cur = &r.md.ogImages[len(r.md.ogImages)-1]
		case "og:image:alt":
			if cur != nil {
				cur.Alt = plainText(content)
			}
		case "og:image:width":
			if cur != nil {
				cur.Width = pixels(content)
			}
		case "og:image:height":
			if cur != nil {
				cur.Height = pixels(content)
			}
		}
	}
}

// addImage appends im unless its address is there, and fills what the one
// that is there lacks.
func addImage(ims []Image, im Image) []Image {
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

// bodyText returns an articleBody as plain text, a line break between blocks.
func bodyText(raw string) string {
	s := unescapeJSON(raw)
	s = stripTags(s)
	lines := strings.Split(s, "\n")
	kept := lines[:0]
	for _, l := range lines {
		if l = plainText(l); l != "" {
			kept = append(kept, l)
		}
	}
	return strings.Join(kept, "\n")
}

// stripTags drops HTML tags; a block's becomes a line break.
func stripTags(s string) string {
	if strings.IndexByte(s, '<') < 0 {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	for {
		i := strings.IndexByte(s, '<')
		if i < 0 || i+1 >= len(s) {
			break
		}
		if c := s[i+1] | 0x20; c != '/'|0x20 && c != '!'|0x20 && (c < 'a' || c > 'z') {
			b.WriteString(s[:i+1])
			s = s[i+1:]
			continue
		}
		end := strings.IndexByte(s[i:], '>')
		if end < 0 {
			break
		}
		b.WriteString(s[:i])
		name := strings.ToLower(strings.TrimPrefix(s[i+1:i+end], "/"))
		if k := strings.IndexAny(name, " \t\n/"); k >= 0 {
			name = name[:k]
		}
		switch atom.Lookup([]byte(name)) {
		case atom.P, atom.Br, atom.Div, atom.Li, atom.Ul, atom.Ol, atom.H1, atom.H2, atom.H3,
			atom.H4, atom.H5, atom.H6, atom.Blockquote, atom.Tr, atom.Table, atom.Figure:
			b.WriteByte('\n')
		}
		s = s[i+end+1:]
	}
	b.WriteString(s)
	return b.String()
}
