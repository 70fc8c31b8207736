package read

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"runtime"
	"testing"
	"time"

	"newsclip/scrape/internal/fetch"
	"newsclip/scrape/internal/fetch/fetchtest"
)

func TestReadSitemap(t *testing.T) {
	day := time.Date(2026, 1, 2, 0, 0, 0, 0, time.UTC)
	tests := []struct {
		name, body string
		want       []Entry
		err        error
	}{
		{"urls", `<?xml version="1.0"?><urlset><url><loc> https://a.example/1 </loc><lastmod>2026-01-02</lastmod></url><url><loc>https://a.example/2</loc></url></urlset>`,
			[]Entry{{Loc: "https://a.example/1", LastMod: day}, {Loc: "https://a.example/2"}}, nil},
		{"an index", `<sitemapindex><sitemap><loc>https://a.example/s.xml</loc><lastmod>2026-01-02T00:00:00Z</lastmod></sitemap></sitemapindex>`,
			[]Entry{{Loc: "https://a.example/s.xml", Index: true, LastMod: day}}, nil},
		{"news", `<urlset xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>https://a.example/1</loc><n:news><n:publication><n:name>A</n:name></n:publication><n:publication_date>2026-01-02</n:publication_date></n:news></url></urlset>`,
			[]Entry{{Loc: "https://a.example/1", Published: day, IsNews: true}}, nil},
		{"an image's address is not the page's", `<urlset><url><image:image><image:loc>https://a.example/p.jpg</image:loc></image:image><loc>https://a.example/1</loc></url></urlset>`,
			[]Entry{{Loc: "https://a.example/1"}}, nil},
		{"CDATA and entities", `<urlset><url><loc><![CDATA[https://a.example/?a=1&b=2]]></loc></url><url><loc>https://a.example/?a=1&amp;b=2</loc></url></urlset>`,
			[]Entry{{Loc: "https://a.example/?a=1&b=2"}, {Loc: "https://a.example/?a=1&b=2"}}, nil},
		{"Latin-1", "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><urlset><url><loc>https://a.example/caf\xe9</loc></url></urlset>",
			[]Entry{{Loc: "https://a.example/café"}}, nil},
		{"RSS", `<rss><channel><link>https://a.example/</link><item><link>https://a.example/1</link><pubDate>Fri, 02 Jan 2026 00:00:00 +0000</pubDate></item></channel></rss>`,
			[]Entry{{Loc: "https://a.example/1", Published: day}}, nil},
		{"Atom", `<feed><link href="https://a.example/"/><entry><link rel="self" href="https://a.example/x"/><link href="https://a.example/1"/><updated>2026-01-02T00:00:00Z</updated></entry></feed>`,
			[]Entry{{Loc: "https://a.example/1", LastMod: day}}, nil},
		{"text", "\ufeffhttps://a.example/1\r\n\r\nnot a URL\nhttps://a.example/2", []Entry{{Loc: "https://a.example/1"}, {Loc: "https://a.example/2"}}, nil},
		{"a date that is none", `<urlset><url><loc>https://a.example/1</loc><lastmod>yesterday</lastmod></url></urlset>`, []Entry{{Loc: "https://a.example/1"}}, nil},
		{"no address", `<urlset><url><lastmod>2026-01-02</lastmod></url></urlset>`, nil, nil},
		{"cut off", `<urlset><url><loc>https://a.example/1</loc></url><url><loc>https://a.exam`, []Entry{{Loc: "https://a.example/1"}}, nil},
		{"a page", `<!doctype html><html><body>Not found</body></html>`, nil, ErrNoSitemap},
		{"nothing", "", nil, ErrNoSitemap},
		{"words", "Sitemaps are wonderful.", nil, ErrNoSitemap},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			for _, zipped := range []bool{false, true} {
				body := []byte(tt.body)
				if zipped {
					body = fetchtest.Encode("gzip", tt.body)
				}
				var got []Entry
				err := new(Document).Read(bytes.NewReader(body), func(e Entry) error {
					got = append(got, e)
					return nil
				})
				if tt.name == "cut off" {
					if err == nil {
						t.Error("a cut sitemap is no error")
					}
				} else if !errors.Is(err, tt.err) {
					t.Errorf("error %v, want %v", err, tt.err)
				}
				if fmt.Sprint(got) != fmt.Sprint(tt.want) {
					t.Errorf("gzip %v: %v, want %v", zipped, got, tt.want)
				}
			}
		})
	}
}

// A sitemap comes through a pipe entry by entry, and a bomb ends.
func TestLongSitemap(t *testing.T) {
	const entries = 200_000
	pr, pw := io.Pipe()
	go func() {
		io.WriteString(pw, "<urlset>")
		for i := range entries {
			fmt.Fprintf(pw, "<url><loc>https://a.example/story-%d</loc><lastmod>2026-01-02</lastmod></url>", i)
		}
		io.WriteString(pw, "</urlset>")
		pw.Close()
	}()
	n := 0
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	var most uint64
	err := new(Document).Read(pr, func(Entry) error {
		if n++; n%50_000 == 0 {
			runtime.GC()
			runtime.ReadMemStats(&after)
			most = max(most, after.HeapAlloc)
		}
		return nil
	})
	// The entries would be 20 MiB; what other tests leave behind ends meanwhile.
	if most > before.HeapAlloc+4<<20 {
		t.Errorf("%d bytes are held on the way", most-before.HeapAlloc)
	}
	if err != nil || n != entries {
		t.Errorf("%d entries, %v", n, err)
	}
	bomb := new(bytes.Buffer)
	zw := gzip.NewWriter(bomb)
	io.WriteString(zw, "<urlset>")
	chunk := bytes.Repeat([]byte(" "), 1<<20)
	for range MaxSitemap>>20 + 1 {
		zw.Write(chunk)
	}
	zw.Close()
	if err := new(Document).Read(bomb, func(Entry) error { return nil }); !errors.Is(err, fetch.ErrCut) {
		t.Errorf("a bomb: %v", err)
	}
}
