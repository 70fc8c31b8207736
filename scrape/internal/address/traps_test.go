package address

import (
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestTraps(t *testing.T) {
	now := time.Date(2026, 3, 15, 0, 0, 0, 0, time.UTC)
	tests := []struct {
		name, path string
		want       SkipCause
	}{
		{"an article", "/2024/05/12/a-story-of-some-length", ""},
		{"an article by number", "/story.php?id=123456", ""},
		{"a section's page", "/politics?page=7", ""},
		{"an archive's day", "/2024/05/12/", ""},
		{"an archive's day ahead", "/2031/05/12/", SkipCalendar},
		{"an archive's month before the web", "/archive/1907/05", SkipCalendar},
		{"next month is still near", "/2026/04", ""},
		{"a title that is a number", "/1984", ""},
		{"a title that is a year ahead", "/2049", ""},
		{"a page's number that could be a year", "/news/2031", ""},
		{"a page's number that could be a year, with a slash", "/story/2100/", ""},
		{"an archive's year", "/archive/2019/", ""},
		{"an archive's next year", "/archive/2027", ""},
		{"an archive's year ahead", "/archive/2031", SkipCalendar},
		{"a section's archive's year ahead", "/news/Archiv/2100/", SkipCalendar},
		{"a number among an archive's stories", "/archive/books/2031", ""},
		{"a list's second page", "/tag/1850/2", ""},
		{"a list's tenth page", "/tag/5012/10", ""},
		{"a month ahead in one digit", "/2031/5", SkipCalendar},
		{"an archive's month ahead in one digit", "/archives/2031/5/", SkipCalendar},
		{"a section's month ahead", "/news/2031/05", SkipCalendar},
		{"a section's story of a year ahead", "/news/2031/what-the-city-will-be", ""},
		{"a title that begins with a year", "/books/1984/review-of-the-novel", ""},
		{"a calendar's month", "/calendar/2024/05", SkipCalendar},
		{"a calendar's day", "/events/2024-05-12", SkipCalendar},
		{"a calendar's week", "/events/week/2024-05-12/", SkipCalendar},
		{"an event", "/events/2024/05/spring-fair", ""},
		{"an event's number", "/events/12345", ""},
		{"an event's number in four digits", "/events/5012", ""},
		{"an event's number in six digits", "/events/204871", ""},
		{"a calendar's year", "/events/2024", SkipCalendar},
		{"a calendar's month in six digits", "/events/202405", SkipCalendar},
		{"a calendar's day, the day first", "/events/12-05-2024", SkipCalendar},
		{"the calendar itself", "/calendar/", ""},
		{"a calendar by parameters", "/calendar?month=5&year=2024", SkipCalendar},
		{"a date ahead", "/list?date=2031-05-01", SkipCalendar},
		{"a date that was", "/list?date=2024-05-01", ""},
		{"an article by parameters", "/index.php?option=com_content&view=article&id=7:a-story&catid=3&Itemid=5&lang=en", ""},
		{"another view of an article", "/story?view=gallery", SkipFacet},
		{"sorted", "/politics?sort=oldest", SkipFacet},
		{"filtered", "/politics?filter[topic]=tax", SkipFacet},
		{"filtered, escaped", "/politics?filter%5Btopic%5D=tax", SkipFacet},
		{"many parameters", "/p?a=1&b=2&c=3&d=4&e=5&f=6&g=7&h=8", SkipFacet},
		{"one parameter again and again", "/p?tag=1&tag=2&tag=3", SkipFacet},
		{"a listing by name", "/pub/?C=N;O=D", SkipFacet},
		{"a listing by date", "/pub/?C=M&O=A", SkipFacet},
		{"an older server's listing", "/pub/?S=A", SkipFacet},
		{"an article's parameters of that name", "/pub/?C=12;O=7", ""},
		{"the same parameter three times", "/p?a=1&a=1&a=1", SkipFacet},
		{"a segment twice", "/world/asia/world/story", ""},
		{"a segment three times", "/img/news/img/news/img/news/story", SkipRepeated},
		{"short numbers repeat", "/2024/3/3/3-dead", ""},
		{"a deep path", strings.Repeat("/a1/b2", 9), SkipDepth},
		{"a long URL", "/a?q=" + strings.Repeat("x", maxURLLength), SkipLong},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			raw := "https://news.example" + tt.path
			u, err := url.Parse(raw)
			if err != nil {
				t.Fatal(err)
			}
			got := Trap(u, len(raw), now)
			if far, _ := IsFar(u, now); far && got == "" {
				got = SkipCalendar
			}
			if got == "" {
				// As a link on the page that it begins with.
				page := *u
				page.RawQuery = page.RawQuery[:max(0, strings.LastIndexByte(page.RawQuery, '&'))]
				got = NewViews(&page, nil).Trap(u)
			}
			if got != tt.want {
				t.Errorf("%s: %q, want %q", tt.path, got, tt.want)
			}
		})
	}
}

func TestDateOf(t *testing.T) {
	tests := map[string]string{
		"/2024/05/12/a-story": "2024-05-12", "/2024/05/a-story": "2024-05-01", "/news-2024-05-12": "2024-05-12", "/20240512/a": "2024-05-12",
		"/story-1234567890": "", "/a/20249999": "", "/about": "", "/2024": "", "/id/202405123": "",
		"/12024/05/12": "",
	}
	for path, want := range tests {
		at, ok := Date(path)
		if got := at.Format(time.DateOnly); ok != (want != "") || ok && got != want {
			t.Errorf("dateOf(%q) = %v, %v, want %q", path, at, ok, want)
		}
	}
}

func parse(t *testing.T, raw string) *url.URL {
	t.Helper()
	u, err := Resolve(nil, raw)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

// A parameter is judged by where its links stand and what it holds.
func TestViews(t *testing.T) {
	tests := []struct {
		name, page string
		links      []string // relative to https://news.example
		kept       []int
	}{
		{"shares and prints of the page itself", "/story", []string{"/story?share=facebook", "/story?view=print", "/story?layout=amp", "/story?mode=dark"}, nil},
		{"views of a list's articles", "/", []string{"/a", "/a?share=x", "/b", "/b?share=x", "/b?sort=asc"}, []int{0, 2}},
		{"views of a view", "/list?sort=asc", []string{"/list?sort=desc", "/list?layout=grid", "/list"}, []int{2}},
		{"articles by number", "/", []string{"/?view=4101", "/?mode=4102", "/?layout=4103", "/?share=4104", "/?display=311"}, []int{0, 1, 2, 3, 4}},
		{"articles by slug", "/", []string{"/?view=night-ferry-returns", "/?layout=vote-on-the-library", "/?share=4711-terns"}, []int{0, 1, 2}},
		{"articles by another parameter, all in one layout", "/", []string{"/a.php?layout=story&id=1", "/a.php?layout=story&id=2", "/r?mode=read&view=full&no=7"}, []int{0, 1, 2}},
		{"an article and its views by parameters", "/", []string{"/a.php?id=1", "/a.php?id=1&layout=print", "/a.php?id=1&mode=mobile"}, []int{0}},
		{"three views at once", "/", []string{"/a?view=x&mode=y&sort=z"}, nil},
		{"numbers of entries", "/list", []string{"/list?limit=125", "/list?per_page=4711", "/list?display=100", "/list?view=50"}, nil},
		{"orders of several words", "/list", []string{"/list?sort=price-low-to-high", "/list?order=newest-at-the-top"}, nil},
		{"Joomla", "/", []string{"/index.php?option=com_content&view=article&id=7&catid=1&Itemid=2&lang=en"}, []int{0}},
		{"many parameters, on another page", "/", []string{"/s.do?a=1&b=2&c=3&d=4&e=5&f=6&g=7&oid=4101", "/r?tag=a&tag=b&tag=c&id=3"}, []int{0, 1}},
		{"a choice that grows", "/p?tag=a&tag=b", []string{"/p?tag=a&tag=b&tag=c", "/p?tag=a", "/q?tag=a&tag=b&tag=c"}, []int{1, 2}},
	}
	for _, tt := range tests {
		var us []*url.URL
		for _, l := range tt.links {
			us = append(us, parse(t, "https://news.example"+l))
		}
		v := NewViews(parse(t, "https://news.example"+tt.page), us)
		for i, u := range us {
			cause := v.Trap(u)
			if want := slices.Contains(tt.kept, i); (cause == "") != want || cause == "" && Trap(u, 100, time.Now()) != "" {
				t.Errorf("%s: %s is left out by %q", tt.name, tt.links[i], cause)
			}
		}
	}
	// In a sitemap nothing is a view but beside its page.
	us := []*url.URL{parse(t, "https://news.example/a?view=x"), parse(t, "https://news.example/b?view=x"), parse(t, "https://news.example/b")}
	v := NewViews(nil, us)
	if v.Trap(us[0]) != "" || v.Trap(us[1]) != SkipFacet || v.Trap(us[2]) != "" {
		t.Error("in a sitemap")
	}
}

func TestIsFar(t *testing.T) {
	now := time.Date(2026, 3, 15, 0, 0, 0, 0, time.UTC)
	for path, want := range map[string]string{
		"/archive/1987/05": "past", "/1923/05/12/": "past", "/archive/1987": "past", "/issue/1850/12": "past", "/list?date=1954-02-01": "past",
		"/issue/2113/4": "", "/issue/2113/04": "ahead", "/archive/2031": "ahead", "/list?year=2040&month=3": "ahead",
		"/1923/05/12/a-story": "", "/2024/05": "", "/archive/1995/05": "", "/archive/2027": "", "/books/1984": "", "/tag/1850/2": "",
	} {
		far, ahead := IsFar(parse(t, "https://news.example"+path), now)
		got := ""
		if far {
			got = "past"
		}
		if ahead {
			got = "ahead"
		}
		if got != want {
			t.Errorf("%s: %q, want %q", path, got, want)
		}
	}
}

func TestIsMedia(t *testing.T) {
	for path, want := range map[string]bool{
		"/2026/03/why-we-left-node.js": false, "/2026/03/node.js": false, "/how-to-install-an.apk": false, "/blog/what-is-in-a.zip": false,
		"/blog/getting-started-with-vue.js": false, "/blog/the-end-of-the-mp3.mp3": false, "/2026/03/04/next.js": false,
		"/app.js": true, "/static/all-of-the-code.js": true, "/js/a-b-c.min.js": true, "/why-we-minify.min.js": true, "/file.zip": true,
		"/downloads/our-app-for-android.apk": true, "/release-1-2-3.zip": true, "/2026/03/1.zip": true, "/uploads/2026/03/my-great-album.zip": true,
		"/2026/03/a-picture-of-us.jpg": true, "/2026/03/the-annual-report.pdf": true, "/story.html": false, "/story": false, "/a.b/c": false,
	} {
		if got := IsMedia(path); got != want {
			t.Errorf("%s: %v", path, got)
		}
	}
}
