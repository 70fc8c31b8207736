package meta

import (
	"slices"
	"strings"

	"newsclip/clean/article"
	"newsclip/clean/internal/jsonld"
	"newsclip/clean/internal/page"
	"newsclip/clean/internal/text"
)

// An ldPage is what a page's JSON-LD says, sorted by what it is about.
type ldPage struct {
	byID map[string]*jsonld.LdObject
	// articles are the descriptions of the page's own article, the best
	// first. More than one where two systems describe the same page.
	articles []*jsonld.LdObject
	webPage  *jsonld.LdObject
	webSite  *jsonld.LdObject
	org      *jsonld.LdObject
	persons  []*jsonld.LdObject
	crumbs   []string // names of the breadcrumb's steps
	types    []string // every @type seen on the page's own entities
	// people that have been read: an object may be referred to thousands of times
	known map[*jsonld.LdObject]ldPerson
}

// ldRank says how well a type fits an article page's main entity: 3 an
// article, 2 something that carries an article's fields, 1 a page, 0 else.
func ldRank(t string) int {
	switch {
	case strings.HasSuffix(t, "Article"), strings.HasSuffix(t, "Posting") && t != "JobPosting",
		t == "Report", t == "Recipe":
		return 3
	case strings.HasSuffix(t, "Review"), t == "HowTo", t == "VideoObject",
		t == "Course", t == "PodcastEpisode", t == "Guide", t == "LearningResource",
		t == "Event", t == "CreativeWork", t == "ImageGallery", t == "MediaGallery",
		t == "Book", t == "Dataset":
		return 2
	case strings.HasSuffix(t, "Page"), t == "Collection":
		return 1
	}
	return 0
}

// readLD reads all JSON-LD of the page.
func readLD(t *page.Tree, pageURLs []string) *ldPage {
	ld := &ldPage{}
	if len(t.JSONLD) == 0 {
		return ld
	}
	budget := jsonld.LdMaxValues
	var all []*jsonld.LdObject
	for _, i := range t.JSONLD {
		if s := t.Attr(i, "content"); s != "" {
			all = append(all, jsonld.ReadJSONLD(s, &budget)...)
		}
		for c := t.Nodes[i].FirstChild; c != nil; c = c.NextSibling {
			all = append(all, jsonld.ReadJSONLD(c.Data, &budget)...)
		}
	}
	ld.byID = make(map[string]*jsonld.LdObject)
	for _, o := range all {
		ld.index(o, 0)
	}
	ld.sort(all, pageURLs)
	return ld
}

// index files every object that has an @id and says more than that.
func (ld *ldPage) index(o *jsonld.LdObject, depth int) {
	if id := o.Get(jsonld.LdID).Raw; id != "" && len(o.Props) > 1 {
		if old := ld.byID[id]; old == nil || len(old.Props) < len(o.Props) {
			ld.byID[id] = o
		}
	}
	for i := range o.Props {
		ld.indexValue(o.Props[i].Val, depth+1)
	}
}

func (ld *ldPage) indexValue(v jsonld.LdValue, depth int) {
	if v.Obj != nil {
		ld.index(v.Obj, depth)
	}
	for _, e := range v.List {
		ld.indexValue(e, depth)
	}
}

// resolve follows an object that is only a reference.
func (ld *ldPage) resolve(o *jsonld.LdObject) *jsonld.LdObject {
	if o == nil {
		return nil
	}
	if id := o.Get(jsonld.LdID).Raw; id != "" {
		if full := ld.byID[id]; full != nil && len(full.Props) > len(o.Props) {
			return full
		}
	}
	return o
}

// sort files the top-level entities.
func (ld *ldPage) sort(all []*jsonld.LdObject, pageURLs []string) {
	type scored struct {
		o     *jsonld.LdObject
		score int
	}
	var best []scored
	seen := make(map[*jsonld.LdObject]bool)
	var visit func(o *jsonld.LdObject, depth int)
	visit = func(o *jsonld.LdObject, depth int) {
		if o == nil || depth > 4 || seen[o] {
			return
		}
		seen[o] = true
		types := o.Types()
		rank := 0
		for _, t := range types {
			ld.addType(t)
			rank = max(rank, ldRank(t))
			switch t {
			case "WebSite":
				if ld.webSite == nil {
					ld.webSite = o
				}
			case "BreadcrumbList":
				if ld.crumbs == nil {
					ld.crumbs = crumbNames(o)
				}
			case "Person":
				ld.persons = append(ld.persons, o)
			case "Organization", "NewsMediaOrganization", "Corporation":
				if ld.org == nil {
					ld.org = o
				}
			}
		}
		if len(types) == 0 && o.Get(jsonld.LdHeadline).Raw != "" {
			rank = 2
		}
		if rank == 1 && ld.webPage == nil {
			ld.webPage = o
		}
		if rank > 1 {
			s := rank * 2
			if ld.isAbout(o, pageURLs) {
				s += 4
			}
			if o.Get(jsonld.LdHeadline).Raw != "" {
				s += 2
			}
			if o.Get(jsonld.LdDatePublished).Raw != "" {
				s++
			}
			if o.Get(jsonld.LdAuthor).Text() != "" || o.Get(jsonld.LdAuthor).Obj != nil {
				s++
			}
			best = append(best, scored{o, s})
		}
		for _, k := range []jsonld.LdKey{jsonld.LdGraph, jsonld.LdMainEntity, jsonld.LdMainEntityOfPage} {
			o.Get(k).Each(func(v jsonld.LdValue) { visit(v.Obj, depth+1) })
		}
	}
	for _, o := range all {
		visit(o, 0)
	}
	slices.SortStableFunc(best, func(a, b scored) int { return b.score - a.score })
	for i, b := range best {
		if i == 0 || ld.sameArticle(best[0].o, b.o, pageURLs) {
			ld.articles = append(ld.articles, b.o)
		}
	}
	if len(ld.articles) > 0 {
		// The main entity's types come first.
		types := ld.types
		ld.types = nil
		for _, t := range ld.articles[0].Types() {
			ld.addType(t)
		}
		for _, t := range types {
			ld.addType(t)
		}
	}
}

func (ld *ldPage) addType(t string) {
	if len(ld.types) < 40 && !slices.Contains(ld.types, t) {
		ld.types = append(ld.types, t)
	}
}

// isAbout reports whether an entity names this page as its own address.
func (ld *ldPage) isAbout(o *jsonld.LdObject, pageURLs []string) bool {
	for _, k := range []jsonld.LdKey{jsonld.LdURL, jsonld.LdMainEntityOfPage, jsonld.LdID} {
		v := o.Get(k)
		s := v.Raw
		if v.Obj != nil {
			s = v.Obj.Get(jsonld.LdID).Raw
			if s == "" {
				s = v.Obj.Get(jsonld.LdURL).Raw
			}
		}
		if s = comparableURL(strings.ReplaceAll(s, `\/`, "/")); s == "" {
			continue
		}
		for _, u := range pageURLs {
			if s == u {
				return true
			}
		}
	}
	return false
}

// sameArticle reports whether b describes the same article as a does.
func (ld *ldPage) sameArticle(a, b *jsonld.LdObject, pageURLs []string) bool {
	ha, hb := a.Get(jsonld.LdHeadline).Text(), b.Get(jsonld.LdHeadline).Text()
	if ha != "" && hb != "" {
		return ha == hb || ld.isAbout(a, pageURLs) && ld.isAbout(b, pageURLs)
	}
	return ld.isAbout(b, pageURLs)
}

// comparableURL drops what two addresses of one page differ in.
func comparableURL(s string) string {
	s = strings.TrimSpace(s)
	if i := strings.IndexAny(s, "?#"); i >= 0 {
		s = s[:i]
	}
	if i := strings.Index(s, "://"); i >= 0 {
		s = s[i+3:]
	}
	s = strings.TrimPrefix(s, "www.")
	s = strings.TrimSuffix(s, "/")
	if !strings.Contains(s, "/") {
		return "" // a front page is no article's address
	}
	return s
}

// first returns the first text that the articles' descriptions have for key.
func (ld *ldPage) first(key jsonld.LdKey) string {
	for _, o := range ld.articles {
		if s := o.Get(key).Text(); s != "" {
			return s
		}
	}
	return ""
}

// crumbNames returns the names of a breadcrumb's steps.
func crumbNames(o *jsonld.LdObject) []string {
	var names []string
	o.Get(jsonld.LdItemList).Each(func(v jsonld.LdValue) {
		name := v.Obj.Get(jsonld.LdName).Text()
		if name == "" {
			name = v.Obj.Get(jsonld.LdItem).Obj.Get(jsonld.LdName).Text()
		}
		if name != "" && len(names) < 20 {
			names = append(names, name)
		}
	})
	return names
}

// people returns the names under a value that holds persons or organizations.
func (ld *ldPage) people(v jsonld.LdValue) []ldPerson {
	var out []ldPerson
	seen := make(map[*jsonld.LdObject]bool)
	v.Each(func(e jsonld.LdValue) {
		if e.Obj == nil {
			s := e.Text()
			if ref := ld.byID[e.Raw]; ref != nil {
				if seen[ref] {
					return
				}
				seen[ref] = true
				out = append(out, ld.person(ref))
			} else if s != "" {
				out = append(out, ldPerson{name: s})
			}
			return
		}
		o := ld.resolve(e.Obj)
		if seen[o] {
			return
		}
		seen[o] = true
		if name := o.Get(jsonld.LdName); len(name.List) > 1 {
			for _, s := range name.Texts() {
				out = append(out, ldPerson{name: s})
			}
			return
		}
		if p := ld.person(o); p.name != "" {
			out = append(out, p)
		}
	})
	return out
}

type ldPerson struct {
	name, url string
	org       bool
}

func (ld *ldPage) person(o *jsonld.LdObject) ldPerson {
	if p, ok := ld.known[o]; ok {
		return p
	}
	p := ldPerson{name: o.Get(jsonld.LdName).Text(), url: o.Get(jsonld.LdURL).Text()}
	for _, t := range o.Types() {
		p.org = p.org || strings.HasSuffix(t, "Organization") || t == "Corporation"
	}
	if ld.known == nil {
		ld.known = make(map[*jsonld.LdObject]ldPerson)
	}
	ld.known[o] = p
	return p
}

// images returns the pictures under a value.
func (ld *ldPage) images(v jsonld.LdValue, page *page.Page) []article.Image {
	var out []article.Image
	seen := make(map[*jsonld.LdObject]bool)
	v.Each(func(e jsonld.LdValue) {
		if e.Obj == nil {
			if u := page.WebURL(e.Text()); u != "" {
				out = append(out, article.Image{URL: u})
			}
			return
		}
		o := ld.resolve(e.Obj)
		if seen[o] {
			return
		}
		seen[o] = true
		src := o.Get(jsonld.LdContentURL).Text()
		if src == "" {
			src = o.Get(jsonld.LdURL).Text()
		}
		u := page.WebURL(src)
		if u == "" {
			return
		}
		im := article.Image{URL: u, Caption: o.Get(jsonld.LdCaption).Text(), Credit: o.Get(jsonld.LdCreditText).Text(),
			Width: text.Pixels(o.Get(jsonld.LdWidth).Text()), Height: text.Pixels(o.Get(jsonld.LdHeight).Text())}
		if im.Caption == "" {
			im.Caption = o.Get(jsonld.LdDescription).Text()
		}
		if im.Credit == "" {
			for _, k := range []jsonld.LdKey{jsonld.LdAuthor, jsonld.LdCreator} {
				for _, p := range ld.people(o.Get(k)) {
					if p.name != "" && im.Credit == "" {
						im.Credit = p.name
					}
				}
			}
		}
		out = append(out, im)
	})
	return out
}
