package dates

import (
	"testing"
	"time"
)

func TestDateOfAddress(t *testing.T) {
	for path, want := range map[string]string{
		"/2024/05/12/a-story": "2024-05-12", "/news-2024-05-12": "2024-05-12", "/20240512/a": "2024-05-12", "/2024/SPORT/05/12/a-story/": "2024-05-12", "/2024/sport/05/story": "", "/2024/sport/5/12/a": "", "/2024/may/12/a": "2024-05-12",
		"/2024/05/a-story": "2024-05", "/2024-05": "2024-05", "/2024/05/story-2023-01-02": "2023-01-02", "/2024/05/12345-a": "2024-05",
		"/story-1234567890": "", "/a/20249999": "", "/about": "", "/2024": "", "/id/202405123": "", "/202405/a": "",
		"/14112023/a": "2023-11-14", "/news_11142023": "2023-11-14", "/14119999/a": "", "/a14112023/b": "",
		"/12024/05/12": "", "/2024/13/a": "", "/2024/055/a": "", "/1024/05/a": "",
	} {
		got := ""
		if at, day, ok := DateInURL(path); ok && day {
			got = at.Format(time.DateOnly)
		} else if ok {
			got = at.Format("2006-01")
		}
		if got != want {
			t.Errorf("%s: %q, want %q", path, got, want)
		}
	}
}

// TestInWrites reads what a script writes into the page behind a label.
func TestInWrites(t *testing.T) {
	for script, want := range map[string]string{
		`document.write("Posted on May 6, 2024");`: "2024-05-06", `document.write('<b>Publicado el 6 de mayo de 2024</b>')`: "2024-05-06",
		`document.write("Copyright 2024")`: "", `write("Posted on May 6, 2024")`: "",
	} {
		got := ""
		for _, d := range InWrites(nil, script, "en") {
			got += d.String()
		}
		if got != want {
			t.Errorf("%s: %q, want %q", script, got, want)
		}
	}
}
