package scrape

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
)

// A button that loads more gets HTML, or JSON with HTML or with pages in it.
func TestLoadMore(t *testing.T) {
	const host = "news.example"
	const button = `<button class="load-more" data-url="/more?page=%d">More</button>`
	for name, tt := range map[string]struct {
		typ    string
		answer func(links []string, more string) any
	}{
		"HTML in JSON": {"application/json", func(links []string, more string) any {
			return map[string]any{"success": true, "html": strings.Join(links, "") + more}
		}},
		"JSON as HTML": {"text/html; charset=UTF-8", func(links []string, more string) any {
			return []any{map[string]any{"command": "insert", "data": strings.Join(links, "") + more}}
		}},
		"pages": {"application/json; charset=utf-8", func(links []string, more string) any {
			var items []any
			for k, a := range links {
				items = append(items, map[string]any{"id": k, "title": "A story", "url": strings.Split(a, `"`)[1], "image": map[string]any{"url": "/i.jpg"}})
			}
			answer := map[string]any{"items": items}
			if more != "" {
				answer["next_url"] = strings.Split(more, `"`)[3]
			}
			return answer
		}},
	} {
		t.Run(name, func(t *testing.T) {
			h := newHosts(t, map[string]string{host + "/": indexHTML() + fmt.Sprintf(button, 2)})
			locs := h.news(host, 4)
			for page := 2; page <= 3; page++ {
				var links []string
				for _, loc := range locs[2*page-4 : 2*page-2] {
					links = append(links, fmt.Sprintf(`<a href="%s">A story</a>`, strings.TrimPrefix(loc, "http://"+host)))
				}
				more := ""
				if page < 3 {
					more = fmt.Sprintf(button, page+1)
				}
				b, err := json.Marshal(tt.answer(links, more))
				if err != nil {
					t.Fatal(err)
				}
				at := fmt.Sprintf("%s/more?page=%d", host, page)
				h.pages[at], h.types[at] = string(b), tt.typ
			}
			s, got := h.crawl(t, Options{NoDiscovery: true}, "http://"+host+"/")
			if len(got) != len(locs) || s.Skipped[SkipNotPage] != 2 {
				t.Errorf("written: %q, skipped: %v", got, s.Skipped)
			}
		})
	}
}
