package scrape

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
)

// articleByFields is a handler for pages of [storyHTML]: it knows title, date,
// author and description.
func articleByFields(ctx context.Context, p *Page) (*Outcome, error) {
	out, err := articleByMeta(ctx, p)
	if err != nil || !out.Article || p.Gone {
		return out, err
	}
	meta := func(name string) string {
		return p.Doc.Find(`meta[name="`+name+`"]`).AttrOr("content", "")
	}
	out.Title, out.Published, out.Description = p.Doc.Find("h1").Text(), meta("date"), meta("description")
	if by := meta("author"); by != "" {
		out.Authors = []string{by}
	}
	out.CanonicalURL, _ = p.Doc.Find(`link[rel="canonical"]`).Attr("href")
	return out, nil
}

// story is a made-up article.
type story struct {
	name, title, date, author, description, canonical string
	links                                             []string // anchors, as HTML
}

func storyHTML(s story) string {
	var b strings.Builder
	b.WriteString(`<!doctype html><html><head><title>x</title><meta property="og:type" content="article">`)
	for name, v := range map[string]string{"date": s.date, "author": s.author, "description": s.description} {
		if v != "" {
			fmt.Fprintf(&b, `<meta name="%s" content="%s">`, name, v)
		}
	}
	if s.canonical != "" {
		fmt.Fprintf(&b, `<link rel="canonical" href="ORIGIN%s">`, s.canonical)
	}
	fmt.Fprintf(&b, "</head><body><h1>%s</h1>", s.title)
	for i := range 12 {
		fmt.Fprintf(&b, "<p>In part %d the %s tells what the %[2]s alone can tell of %[2]s.</p>", i, s.name)
	}
	return b.String() + strings.Join(s.links, " ") + "</body></html>"
}

// crawlStories returns the paths that were written of a site.
func crawlStories(t *testing.T, s *madeSite, o Options) []string {
	t.Helper()
	sink := &memorySink{}
	o.Seeds, o.Sink, o.NoDiscovery = []string{s.URL}, sink, true
	if _, err := Crawl(t.Context(), o, articleByFields); err != nil {
		t.Fatal(err)
	}
	return sink.paths(t)
}

var storyNames = []string{"ferry", "library", "orchard", "canal", "theatre"}

// A site that names one address as the canonical URL of all its pages loses none
// of them, whatever is at that address and in whatever order they are read.
func TestCanonicalsThatLie(t *testing.T) {
	paths := []string{"/ferry", "/library", "/orchard", "/canal", "/theatre"}
	tests := []struct {
		name, canonical string
		first           bool   // the front page links the canonical URL before all
		page            string // what is at the canonical URL; empty: nothing
		paths           []string
		want            []string
	}{
		{name: "the front page by another name", canonical: "/index.html", page: indexHTML("/ferry"), paths: paths, want: paths},
		{name: "a section", canonical: "/news/", page: indexHTML("/ferry"), first: true, paths: paths, want: paths},
		{name: "the front page of a language", canonical: "/?lang=en", page: indexHTML(), paths: paths, want: paths},
		{name: "nothing there", canonical: "/404", paths: paths, want: paths},
		{
			name: "the address without its query", canonical: "/article.php",
			paths: []string{"/article.php?id=1", "/article.php?id=2", "/article.php?id=3"},
			want:  []string{"/article.php?id=1", "/article.php?id=2", "/article.php?id=3"},
		},
		{name: "the first article", canonical: "/ferry", paths: paths, want: paths},
		{name: "the last article", canonical: "/theatre", paths: paths, want: paths},
		{name: "the last article, read first", canonical: "/theatre", first: true, paths: paths, want: paths},
		{
			name: "an article that is linked nowhere else", canonical: "/sample",
			page:  storyHTML(story{name: "sample", title: "A sample story", date: "2020-01-01"}),
			paths: paths, want: append([]string{"/sample"}, paths...),
		},
	}
	for _, tt := range tests {
		for _, workers := range []int{1, 6} {
			t.Run(fmt.Sprintf("%s, %d workers", tt.name, workers), func(t *testing.T) {
				links := slices.Clone(tt.paths)
				if tt.first {
					links = append([]string{tt.canonical}, links...)
				}
				s := newSite(t, map[string]string{"/": indexHTML(links...)})
				if tt.page != "" {
					s.pages[tt.canonical] = tt.page
				}
				for k, path := range tt.paths {
					s.pages[path] = storyHTML(story{
						name: storyNames[k], title: "Of the " + storyNames[k] + " and more", date: "2026-03-0" + fmt.Sprint(k+1), canonical: tt.canonical,
					})
				}
				expectPaths(t, crawlStories(t, s, Options{Workers: workers, PerHost: workers}), tt.want...)
			})
		}
	}
}

// Pages that name each the article before it as their canonical URL, in a ring.
func TestCanonicalRing(t *testing.T) {
	s := newSite(t, map[string]string{"/": indexHTML("/ferry", "/library", "/orchard")})
	for k, name := range storyNames[:3] {
		s.pages["/"+name] = storyHTML(story{name: name, title: "Of the " + name + " and more", canonical: "/" + storyNames[(k+2)%3]})
	}
	expectPaths(t, crawlStories(t, s, Options{}), "/ferry", "/library", "/orchard")
}

// A canonical URL is believed where nothing speaks against it; with
// IgnoreCanonical, nowhere.
func TestCanonicalsThatHold(t *testing.T) {
	s := newSite(t, map[string]string{"/": indexHTML("/amp/ferry", "/ferry?print=1", "/ferry", "/teaser", "/ferry?s=2")})
	full := story{name: "ferry", title: "Of the ferry and more", date: "2026-03-01", canonical: "/ferry"}
	s.pages["/ferry"], s.pages["/amp/ferry"] = storyHTML(full), storyHTML(full)
	renamed, otherPart := full, full
	renamed.title, renamed.date = "Print: of the ferry", ""
	s.pages["/ferry?print=1"] = storyHTML(renamed)
	otherPart.name = "harbour"
	s.pages["/ferry?s=2"] = storyHTML(otherPart)
	teaser := storyHTML(full)
	s.pages["/teaser"] = teaser[:strings.Index(teaser, "<p>In part 7")] + "</body></html>"
	expectPaths(t, crawlStories(t, s, Options{}), "/ferry")
	expectPaths(t, crawlStories(t, s, Options{IgnoreCanonical: true}), "/amp/ferry", "/ferry", "/ferry?print=1", "/ferry?s=2", "/teaser")
}

// Articles whose addresses could be those of one article's pages, and that link
// each other as next and previous, stay apart.
func TestRowsOfPosts(t *testing.T) {
	own := map[string]func(k int, s *story){
		"title": func(k int, s *story) { s.title = "Of the " + storyNames[k] + " and more" },
		"date":  func(k int, s *story) { s.title, s.date = "The weekly round-up", fmt.Sprintf("2026-03-%02d", 7*k+1) },
		"number in the title": func(k int, s *story) {
			s.title = fmt.Sprintf("Notes of week %d", 11+k)
		},
		"author": func(k int, s *story) { s.title, s.author = "A letter to the editor", storyNames[k] },
	}
	rows := map[string][]string{
		"issues":      {"/issue-11/", "/issue-12/", "/issue-13/", "/issue-14/"},
		"numbers":     {"/weeknotes/11", "/weeknotes/12", "/weeknotes/13", "/weeknotes/14"},
		"files":       {"/week-11.html", "/week-12.html", "/week-13.html"},
		"ids":         {"/?p=11", "/?p=12", "/?p=13"},
		"pages":       {"/story?page=2", "/story?page=3", "/story?page=4"},
		"slugs":       {"/round-up/", "/round-up-2/", "/round-up-3/", "/round-up-4/"},
		"subfolders":  {"/special", "/special/2", "/special/3", "/special/4"},
		"from one on": {"/chapter/1", "/chapter/2", "/chapter/3", "/chapter/4"},
	}
	navs := map[string]func(row []string, k int) []string{
		"rel": func(row []string, k int) (as []string) {
			if k > 0 {
				as = append(as, `<a rel="prev" href="`+row[k-1]+`">Older</a>`)
			}
			if k+1 < len(row) {
				as = append(as, `<a rel="next" href="`+row[k+1]+`">Newer</a>`)
			}
			return as
		},
		"strip": func(row []string, k int) (as []string) {
			for j, path := range row {
				if j != k {
					as = append(as, fmt.Sprintf(`<a href="%s">%d</a>`, path, j+1))
				}
			}
			return as
		},
	}
	for rowName, row := range rows {
		for ownName, change := range own {
			for navName, nav := range navs {
				t.Run(rowName+", "+ownName+", "+navName, func(t *testing.T) {
					t.Parallel()
					// The later ones first, and not linked from the front page but for one.
					s := newSite(t, map[string]string{"/": indexHTML(row[2], row[0])})
					for k, path := range row {
						st := story{name: storyNames[k], links: nav(row, k)}
						change(k, &st)
						s.pages[path] = storyHTML(st)
					}
					expectPaths(t, crawlStories(t, s, Options{PerHost: 2}), row...)
				})
			}
		}
	}
}

// The pages of one article are joined, however their titles and addresses number
// them.
func TestPartsOfOneArticle(t *testing.T) {
	number := func(path string, m int) string { return fmt.Sprintf(`<a href="%s">%d</a>`, path, m) }
	option := func(path string, m int) string {
		return fmt.Sprintf(`<select><option value="%s">Page %d</option></select>`, path, m)
	}
	next := func(path string, m int) string {
		return fmt.Sprintf(`<a class="p%d" href="%s"> Nächste Seite » </a>`, m, path)
	}
	for _, tt := range []struct {
		form, title, canonical string
		link                   func(path string, m int) string
	}{
		{form: "%s?page=%d", title: "A walk along the canal", link: option},
		{form: "%s?pg=%d", title: "A walk along the canal", link: next},
		{form: "%s?currentPage=%d", title: "A walk along the canal"},
		{form: "%s/page%d", title: "A walk along the canal"},
		{form: "%s/p%d/", title: "A walk along the canal | Page %d of 3", link: next},
		{form: "%s_%d", title: "A walk along the canal"},
		{form: "%s-seite-%d", title: "A walk along the canal"},
		{form: "%s?page=%d", title: "A walk along the canal"},
		{form: "%s/%d", title: "A walk along the canal - page %d of 3", canonical: "self"},
		{form: "%s/seite-%d", title: "A walk along the canal (%d/3)", canonical: "first"},
		{form: "%s-%d", title: "A walk along the canal: the middle, part %d", canonical: "self"},
		{form: "%s/page/%d/", title: "Part %d", canonical: "first"},
	} {
		s := newSite(t, map[string]string{"/": indexHTML("/walk")})
		at := func(n int) string {
			if n == 1 {
				return "/walk"
			}
			return fmt.Sprintf(tt.form, "/walk", n)
		}
		for n := 1; n <= 3; n++ {
			st := story{name: storyNames[n], title: "A walk along the canal", date: "2026-03-01", author: "Ada Pell", description: "How it was."}
			if n > 1 {
				st.title = strings.ReplaceAll(tt.title, "%d", fmt.Sprint(n))
			}
			switch tt.canonical {
			case "self":
				st.canonical = at(n)
			case "first":
				st.canonical = at(1)
			}
			for m := 1; m <= 3; m++ {
				if m != n {
					link := number
					if m == n+1 && tt.link != nil {
						link = tt.link
					}
					st.links = append(st.links, link(at(m), m))
				}
			}
			s.pages[at(n)] = storyHTML(st)
		}
		if got := crawlStories(t, s, Options{}); !slices.Equal(got, []string{"/walk"}) {
			t.Errorf("%s: written %q", tt.form, got)
		}
	}
}

// A page that may be a later part is written where its first page cannot be had.
func TestPartWithoutItsFirst(t *testing.T) {
	for _, first := range []string{"", indexHTML("/"), "excluded"} {
		s := newSite(t, map[string]string{"/": indexHTML("/walk/2")})
		if first != "" {
			s.pages["/walk"] = first
		}
		s.pages["/walk/2"] = storyHTML(story{name: "canal", title: "A walk", links: []string{`<a rel="prev" href="/walk">1</a>`}})
		expectPaths(t, crawlStories(t, s, Options{}), "/walk/2")
	}
}
