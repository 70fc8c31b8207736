package jsonld

import (
	"slices"
	"strings"

	"newsclip/clean/article"
	"newsclip/clean/internal/page"
	"newsclip/clean/internal/text"
	"newsclip/selectors"
)

// A Page is what a page's JSON-LD says, sorted by what it is about.
type Page struct {
	byID map[string]*LdObject
	// Articles are the descriptions of the page's own article, the best
	// first. More than one where two systems describe the same page.
	Articles []*LdObject
	// WebPage, WebSite and Org are the first descriptions of the page, the site and a
	// publisher, or nil; Persons are all that the page describes beside its articles.
	WebPage *LdObject
	WebSite *LdObject
	Org     *LdObject
	Persons []*LdObject
	Crumbs  []string // names of the breadcrumb's steps
	Types   []string // every @type seen on the page's own entities
	// people that have been read: an object may be referred to thousands of times
	known map[*LdObject]Person
}

// ReadPage reads all JSON-LD of a page, whose own addresses are given as [ComparableURL]
// returns them. It never returns nil.
func ReadPage(t *page.Tree, pageURLs []string) *Page {
	ld := &Page{}
	if len(t.JSONLD) == 0 {
		return ld
	}
	budget := LdMaxValues
	var all []*LdObject
	for _, i := range t.JSONLD {
		if s := t.Attr(i, "content"); s != "" {
			all = append(all, ReadJSONLD(s, &budget)...)
		}
		for c := t.Nodes[i].FirstChild; c != nil; c = c.NextSibling {
			all = append(all, ReadJSONLD(c.Data, &budget)...)
		}
	}
	ld.byID = make(map[string]*LdObject)
	for _, o := range all {
		ld.index(o, 0)
	}
	ld.sort(all, pageURLs)
	return ld
}

// index files every object that has an @id and says more than that.
func (ld *Page) index(o *LdObject, depth int) {
	if id := o.Get(LdID).Raw; id != "" && len(o.Props) > 1 {
		if old := ld.byID[id]; old == nil || len(old.Props) < len(o.Props) {
			ld.byID[id] = o
		}
	}
	for i := range o.Props {
		ld.indexValue(o.Props[i].Val, depth+1)
	}
}

func (ld *Page) indexValue(v LdValue, depth int) {
	if v.Obj != nil {
		ld.index(v.Obj, depth)
	}
	for _, e := range v.List {
		ld.indexValue(e, depth)
	}
}

// resolve follows an object that is only a reference.
func (ld *Page) resolve(o *LdObject) *LdObject {
	if o == nil {
		return nil
	}
	if id := o.Get(LdID).Raw; id != "" {
		if full := ld.byID[id]; full != nil && len(full.Props) > len(o.Props) {
			return full
		}
	}
	return o
}

// sort files the top-level entities.
func (ld *Page) sort(all []*LdObject, pageURLs []string) {
	type scored struct {
		o     *LdObject
		score int
	}
	var best []scored
	seen := make(map[*LdObject]bool)
	var visit func(o *LdObject, depth int)
	visit = func(o *LdObject, depth int) {
		if o == nil || depth > 4 || seen[o] {
			return
		}
		seen[o] = true
		types := o.Types()
		rank := selectors.TypeOther
		for _, t := range types {
			ld.addType(t)
			rank = max(rank, selectors.RankOfType(t))
			switch t {
			case "WebSite":
				if ld.WebSite == nil {
					ld.WebSite = o
				}
			case "BreadcrumbList":
				if ld.Crumbs == nil {
					ld.Crumbs = crumbNames(o)
				}
			case "Person":
				ld.Persons = append(ld.Persons, o)
			}
			if ld.Org == nil && selectors.IsOrganization(t) {
				ld.Org = o
			}
		}
		if len(types) == 0 && (o.Get(LdHeadline).Raw != "" || o.Get(LdDatePublished).Raw != "") {
			rank = selectors.TypeCarrier
		}
		if rank == selectors.TypePage && ld.WebPage == nil {
			ld.WebPage = o
		}
		if rank > selectors.TypePage {
			s := int(rank) * 2
			if ld.isAbout(o, pageURLs) {
				s += 4
			}
			if o.Get(LdHeadline).Raw != "" {
				s += 2
			}
			if o.Get(LdDatePublished).Raw != "" {
				s++
			}
			if o.Get(LdAuthor).Text() != "" || o.Get(LdAuthor).Obj != nil {
				s++
			}
			best = append(best, scored{o, s})
		}
		for _, k := range []LdKey{LdGraph, LdMainEntity, LdMainEntityOfPage} {
			o.Get(k).Each(func(v LdValue) { visit(v.Obj, depth+1) })
		}
	}
	for _, o := range all {
		visit(o, 0)
	}
	slices.SortStableFunc(best, func(a, b scored) int { return b.score - a.score })
	for i, b := range best {
		if i == 0 || ld.sameArticle(best[0].o, b.o, pageURLs) {
			ld.Articles = append(ld.Articles, b.o)
		}
	}
	if len(ld.Articles) > 0 {
		// The main entity's types come first.
		types := ld.Types
		ld.Types = nil
		for _, t := range ld.Articles[0].Types() {
			ld.addType(t)
		}
		for _, t := range types {
			ld.addType(t)
		}
	}
}

func (ld *Page) addType(t string) {
	if len(ld.Types) < 40 && !slices.Contains(ld.Types, t) {
		ld.Types = append(ld.Types, t)
	}
}

// isAbout reports whether an entity names this page as its own address.
func (ld *Page) isAbout(o *LdObject, pageURLs []string) bool {
	for _, k := range []LdKey{LdURL, LdMainEntityOfPage, LdID} {
		v := o.Get(k)
		s := v.Raw
		if v.Obj != nil {
			s = v.Obj.Get(LdID).Raw
			if s == "" {
				s = v.Obj.Get(LdURL).Raw
			}
		}
		if s = ComparableURL(strings.ReplaceAll(s, `\/`, "/")); s == "" {
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
func (ld *Page) sameArticle(a, b *LdObject, pageURLs []string) bool {
	ha, hb := a.Get(LdHeadline).Text(), b.Get(LdHeadline).Text()
	if ha != "" && hb != "" {
		return ha == hb || ld.isAbout(a, pageURLs) && ld.isAbout(b, pageURLs)
	}
	return ld.isAbout(b, pageURLs)
}

// ComparableURL returns an address without what two addresses of one page differ in:
// scheme, www., query and fragment. It is "" for the address of a front page.
func ComparableURL(s string) string {
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

// First returns the first text that the articles' descriptions have for key.
func (ld *Page) First(key LdKey) string {
	for _, o := range ld.Articles {
		if s := o.Get(key).Text(); s != "" {
			return s
		}
	}
	return ""
}

// crumbNames returns the names of a breadcrumb's steps.
func crumbNames(o *LdObject) []string {
	var names []string
	o.Get(LdItemList).Each(func(v LdValue) {
		name := v.Obj.Get(LdName).Text()
		if name == "" {
			name = v.Obj.Get(LdItem).Obj.Get(LdName).Text()
		}
		if name != "" && len(names) < 20 {
			names = append(names, name)
		}
	})
	return names
}

// People returns the names under a value that holds persons or organizations.
func (ld *Page) People(v LdValue) []Person {
	var out []Person
	seen := make(map[*LdObject]bool)
	v.Each(func(e LdValue) {
		if e.Obj == nil {
			s := e.Text()
			if ref := ld.byID[e.Raw]; ref != nil {
				if seen[ref] {
					return
				}
				seen[ref] = true
				out = append(out, ld.PersonOf(ref))
			} else if s != "" {
				out = append(out, Person{Name: s})
			}
			return
		}
		o := ld.resolve(e.Obj)
		if seen[o] {
			return
		}
		seen[o] = true
		if name := o.Get(LdName); len(name.List) > 1 {
			for _, s := range name.Texts() {
				out = append(out, Person{Name: s})
			}
			return
		}
		if p := ld.PersonOf(o); p.Name != "" {
			out = append(out, p)
		}
	})
	return out
}

// A Person is someone, or an organization, that a field names.
type Person struct {
	Name, URL string
	Org       bool
}

// PersonOf returns the name and address in a description of someone.
func (ld *Page) PersonOf(o *LdObject) Person {
	if p, ok := ld.known[o]; ok {
		return p
	}
	p := Person{Name: o.Get(LdName).Text(), URL: o.Get(LdURL).Text()}
	if p.Name == "" {
		p.Name = strings.Join(strings.Fields(o.Get(ldGivenName).Text()+" "+o.Get(ldAdditionalName).Text()+" "+o.Get(ldFamilyName).Text()), " ")
	}
	for _, t := range o.Types() {
		p.Org = p.Org || strings.HasSuffix(t, "Organization") || selectors.IsOrganization(t)
	}
	if ld.known == nil {
		ld.known = make(map[*LdObject]Person)
	}
	ld.known[o] = p
	return p
}

// Images returns the pictures under a value.
func (ld *Page) Images(v LdValue, page *page.Page) []article.Image {
	var out []article.Image
	seen := make(map[*LdObject]bool)
	v.Each(func(e LdValue) {
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
		src := o.Get(LdContentURL).Text()
		if src == "" {
			src = o.Get(LdURL).Text()
		}
		u := page.WebURL(src)
		if u == "" {
			return
		}
		im := article.Image{URL: u, Caption: o.Get(LdCaption).Text(), Credit: o.Get(LdCreditText).Text(),
			Width: text.Pixels(o.Get(LdWidth).Text()), Height: text.Pixels(o.Get(LdHeight).Text())}
		if im.Caption == "" {
			im.Caption = o.Get(LdDescription).Text()
		}
		if im.Credit == "" {
			for _, k := range []LdKey{LdAuthor, LdCreator} {
				for _, p := range ld.People(o.Get(k)) {
					if p.Name != "" && im.Credit == "" {
						im.Credit = p.Name
					}
				}
			}
		}
		out = append(out, im)
	})
	return out
}
