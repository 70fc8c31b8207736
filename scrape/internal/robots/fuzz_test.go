package robots

import (
	"net/url"
	"strings"
	"testing"
	"time"
)

// FuzzRobots: whatever the file, it is read in time, delays are not negative, and
// robots.txt itself may be fetched.
func FuzzRobots(f *testing.F) {
	f.Add("User-agent: *\nDisallow: /a*b$\nAllow: /\nCrawl-delay: 1e300\nSitemap: javascript:1\n", "https://a.example/a/b?c")
	f.Add("\ufeffuser-agent: newsclip\ndisallow: /%e4%aF\n", "https://a.example/%E4")
	f.Add("user-agent: *\ndisallow: "+strings.Repeat("*a", 200), "https://a.example/"+strings.Repeat("a", 500))
	f.Add(strings.Repeat("user-agent: gptbot\ndisallow: /\n", 300), "https://a.example/")
	f.Add("user-agent: *\ncrawl-delay: -5\nrequest-rate: 1/0\n", "https://a.example/")
	f.Fuzz(func(t *testing.T, body, address string) {
		u, err := url.Parse(address)
		if err != nil || len(body) > 64<<10 || len(address) > 4<<10 {
			return
		}
		begun := time.Now()
		r := Parse(body, "newsclip")
		r.Allows(u)
		if r.Delay < 0 {
			t.Errorf("a delay of %v", r.Delay)
		}
		if again := Parse(body, "newsclip"); again.Allows(u) != r.Allows(u) || again.NoAI != r.NoAI {
			t.Error("read again it says something else")
		}
		if took := time.Since(begun); took > 10*time.Second {
			t.Errorf("%d bytes took %v", len(body), took)
		}
	})
}
