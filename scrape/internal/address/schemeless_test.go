package address

import (
	"net/url"
	"testing"
)

func TestWithScheme(t *testing.T) {
	base, err := url.Parse("https://www.news.example/map/sitemap.xml")
	if err != nil {
		t.Fatal(err)
	}
	for ref, want := range map[string]string{
		"www.news.example/story":      "//www.news.example/story",
		"WWW.News.Example/story?x=1":  "//WWW.News.Example/story?x=1",
		"news.example/":               "//news.example/",
		"blog.news.example/a/b":       "//blog.news.example/a/b",
		"www.news.example":            "//www.news.example",
		"www.news.example:8080/story": "//www.news.example:8080/story",
		"other.example/story":         "other.example/story",
		"story.html":                  "story.html",
		"2026.03/story":               "2026.03/story",
		"./story":                     "./story",
		"../www.news.example/story":   "../www.news.example/story",
		"/www.news.example/story":     "/www.news.example/story",
		"//www.news.example/story":    "//www.news.example/story",
		"https://www.news.example/":   "https://www.news.example/",
		"mailto:desk@news.example/":   "mailto:desk@news.example/",
		"?u=www.news.example/":        "?u=www.news.example/",
		"":                            "",
	} {
		if got := WithScheme(base, ref); got != want {
			t.Errorf("WithScheme(%q) = %q, want %q", ref, got, want)
		}
	}
	if got := WithScheme(nil, "www.news.example/story"); got != "www.news.example/story" {
		t.Errorf("without a base: %q", got)
	}
}
