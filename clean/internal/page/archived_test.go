package page

import "testing"

func TestUnarchived(t *testing.T) {
	for address, want := range map[string]string{
		"":                            "",
		"https://news.example/2014/a": "https://news.example/2014/a",
		"https://web.archive.org/web/20140226054445/http://www.example.com/2013/08/07/a/":   "http://www.example.com/2013/08/07/a/",
		"https://web.archive.org/web/20140226054445id_/https://example.com/a?b=1":           "https://example.com/a?b=1",
		"https://web.archive.org/web/20130307194448/example.com/2008/05/a.html":             "http://example.com/2008/05/a.html",
		"https://wayback.archive-it.org/123/20140226054445/http:/example.com/a":             "http://example.com/a",
		"https://archive.example/wayback/20140226054445mp_/http://example.com/":             "http://example.com/",
		"https://web.archive.org/web/20140226054445*/http://example.com/":                   "https://web.archive.org/web/20140226054445*/http://example.com/",
		"https://news.example/20140226054445/report":                                        "https://news.example/20140226054445/report",
		"https://news.example/20140226054445/report.html":                                   "https://news.example/20140226054445/report.html",
		"https://news.example/login/http://example.com/":                                    "https://news.example/login/http://example.com/",
		"https://web.archive.org/web/20140226054445/https://web.archive.org/save/a.example": "https://web.archive.org/save/a.example",
	} {
		if got := Unarchived(address); got != want {
			t.Errorf("%s is of %s, want %s", address, got, want)
		}
	}
}
