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
			if got := Trap(u, len(raw), now); got != tt.want {
				t.Errorf("%s: %q, want %q", tt.path, got, tt.want)
			}
		})
	}
}

func TestTrapWords(t *testing.T) {
	for _, list := range []string{"archive", "pageview", "calendar", "view", "datekey", "facet"} {
		if len(trapWords[list]) == 0 {
			t.Errorf("no list is called %q", list)
		}
	}
	for line := range strings.Lines(trapsTxt) {
		f := strings.Fields(line)
		if len(f) == 0 || f[0] == "#" {
			continue
		}
		if !slices.IsSorted(f[1:]) || strings.ToLower(line) != line {
			t.Errorf("%s: not sorted, or not in lower case", f[0])
		}
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
