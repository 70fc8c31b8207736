package dates

import (
	"testing"
	"time"
)

func TestDateOfAddress(t *testing.T) {
	for path, want := range map[string]string{
		"/2024/05/12/a-story": "2024-05-12", "/news-2024-05-12": "2024-05-12", "/20240512/a": "2024-05-12", "/2024/may/12/a": "2024-05-12",
		"/2024/05/a-story": "2024-05", "/2024-05": "2024-05", "/2024/05/story-2023-01-02": "2023-01-02", "/2024/05/12345-a": "2024-05",
		"/story-1234567890": "", "/a/20249999": "", "/about": "", "/2024": "", "/id/202405123": "", "/202405/a": "",
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
