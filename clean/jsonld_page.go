package clean

import (
	"slices"
	"strings"
)

// An ldPage is what a page's JSON-LD says, sorted by what it is about.
type ldPage struct {
	byID map[string]*ldObject
	// articles are the descriptions of the page's own article, the best
	// first. More than one where two systems describe the same page.
	articles []*ldObject
	webPage  *ldObject
	webSite  *ldObject
	org      *ldObject
	persons  []*ldObject
	crumbs   []string // names of the breadcrumb's steps
	types    []string // every @type seen on the page's own entities
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
func readLD(t *tree, pageURLs []string) *ldPage {
	ld := &ldPage{}
	if len(t.jsonLD) == 0 {
		return ld
	}
	budget := ldMaxValues
	var all []*ldObject
	for _, i := range t.jsonLD {
		if s := t.attr(i, "content"); s != "" {
			all = append(all, readJSONLD(s, &budget)...)
		}
		for c := t.nodes[i].FirstChild; c != nil; c = c.NextSibling {
			all = append(all, readJSONLD(c.Data, &budget)...)
		}
	}
	ld.byID = make(map[string]*ldObject)
	for _, o := range all {
		ld.index(o, 0)
	}
	ld.sort(all, pageURLs)
	return ld
}

// index files every object that has an @id and says more than that.
func (ld *ldPage) index(o *ldObject, depth int) {
	if id := o.get(ldID).raw; id != "" && len(o.props) > 1 {
		if old := ld.byID[id]; old == nil || len(old.props) < len(o.props) {
			ld.byID[id] = o
		}
	}
	for i := range o.props {
		ld.indexValue(o.props[i].val, depth+1)
	}
}

func (ld *ldPage) indexValue(v ldValue, depth int) {
	if v.obj != nil {
		ld.index(v.obj, depth)
	}
	for _, e := range v.list {
		ld.indexValue(e, depth)
	}
}

// resolve follows an object that is only a reference.
func (ld *ldPage) resolve(o *ldObject) *ldObject {
	if o == nil {
		return nil
	}
	if id := o.get(ldID).raw; id != "" {
		if full := ld.byID[id]; full != nil && len(full.props) > len(o.props) {
			return full
		}
	}
	return o
}

// sort files the top-level entities.
func (ld *ldPage) sort(all []*ldObject, pageURLs []string) {
	type scored struct {
		o     *ldObject
		score int
	}
	var best []scored
	seen := make(map[*ldObject]bool)
	var visit func(o *ldObject, depth int)
	visit = func(o *ldObject, depth int) {
		if o == nil || depth > 4 || seen[o] {
			return
		}
		seen[o] = true
		types := o.types()
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
		if len(types) == 0 && o.get(ldHeadline).raw != "" {
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
			if o.get(ldHeadline).raw != "" {
				s += 2
			}
			if o.get(ldDatePublished).raw != "" {
				s++
			}
			if o.get(ldAuthor).text() != "" || o.get(ldAuthor).obj != nil {
				s++
			}
			best = append(best, scored{o, s})
		}
		for _, k := range []ldKey{ldGraph, ldMainEntity, ldMainEntityOfPage} {
			o.get(k).each(func(v ldValue) { visit(v.obj, depth+1) })
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
		for _, t := range ld.articles[0].types() {
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
func (ld *ldPage) isAbout(o *ldObject, pageURLs []string) bool {
	for _, k := range []ldKey{ldURL, ldMainEntityOfPage, ldID} {
		v := o.get(k)
		s := v.raw
		if v.obj != nil {
			s = v.obj.get(ldID).raw
			if s == "" {
				s = v.obj.get(ldURL).raw
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
func (ld *ldPage) sameArticle(a, b *ldObject, pageURLs []string) bool {
	ha, hb := a.get(ldHeadline).text(), b.get(ldHeadline).text()
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
func (ld *ldPage) first(key ldKey) string {
	for _, o := range ld.articles {
		if s := o.get(key).text(); s != "" {
			return s
		}
	}
	return ""
}

// crumbNames returns the names of a breadcrumb's steps.
func crumbNames(o *ldObject) []string {
	var names []string
	o.get(ldItemList).each(func(v ldValue) {
		name := v.obj.get(ldName).text()
		if name == "" {
			name = v.obj.get(ldItem).obj.get(ldName).text()
		}
		if name != "" && len(names) < 20 {
			names = append(names, name)
		}
	})
	return names
}

// people returns the names under a value that holds persons or organizations.
func (ld *ldPage) people(v ldValue) []ldPerson {
	var out []ldPerson
	v.each(func(e ldValue) {
		if e.obj == nil {
			s := e.text()
			if ref := ld.byID[e.raw]; ref != nil {
				out = append(out, ld.person(ref))
			} else if s != "" {
				out = append(out, ldPerson{name: s})
			}
			return
		}
		o := ld.resolve(e.obj)
		if name := o.get(ldName); len(name.list) > 1 {
			for _, s := range name.texts() {
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

func (ld *ldPage) person(o *ldObject) ldPerson {
	p := ldPerson{name: o.get(ldName).text(), url: o.get(ldURL).text()}
	for _, t := range o.types() {
		p.org = p.org || strings.HasSuffix(t, "Organization") || t == "Corporation"
	}
	return p
}

// images returns the pictures under a value.
func (ld *ldPage) images(v ldValue, page *Page) []Image {
	var out []Image
	v.each(func(e ldValue) {
		if e.obj == nil {
			if u := page.webURL(e.text()); u != "" {
				out = append(out, Image{URL: u})
			}
			return
		}
		o := ld.resolve(e.obj)
		src := o.get(ldContentURL).text()
		if src == "" {
			src = o.get(ldURL).text()
		}
		u := page.webURL(src)
		if u == "" {
			return
		}
		im := Image{URL: u, Caption: o.get(ldCaption).text(), Credit: o.get(ldCreditText).text(),
			Width: pixels(o.get(ldWidth).text()), Height: pixels(o.get(ldHeight).text())}
		if im.Caption == "" {
			im.Caption = o.get(ldDescription).text()
		}
		if im.Credit == "" {
			for _, k := range []ldKey{ldAuthor, ldCreator} {
				for _, p := range ld.people(o.get(k)) {
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
