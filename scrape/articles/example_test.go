package articles_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"

	"newsclip/output"
	"newsclip/scrape"
	"newsclip/scrape/articles"
)

// story is an article of a made-up site.
const story = `<!doctype html><html lang="en"><head><title>Ferry to the islands starts in May</title>
<meta property="og:type" content="article"><meta property="article:published_time" content="2026-03-04T05:06:07Z"></head>
<body><article><h1>Ferry to the islands starts in May</h1>
<p>The first ferry to the outer islands will leave the old harbour on the first of May, the council said on Tuesday evening.</p>
<p>It is to sail four times a day until October, and twice a day in winter, when the sea allows it and the crew is ashore.</p>
<p>The islanders have waited eleven years for it, since the last boat was sold to a yard in the north after a long quarrel.</p>
</article></body></html>`

func site() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		switch r.URL.Path {
		case "/":
			fmt.Fprint(w, `<!doctype html><title>Front</title><a href="/2026/03/04/ferry">Ferry</a>`)
		case "/2026/03/04/ferry":
			fmt.Fprint(w, story)
		default:
			w.WriteHeader(http.StatusNotFound)
		}
	})
}

// The records that "newsclip crawl" writes, without the command.
func Example() {
	srv := httptest.NewServer(site())
	defer srv.Close()

	var records strings.Builder
	sink, err := articles.NewSink("", &records, output.JSONL)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return
	}
	h := articles.New(articles.Options{})
	sum, err := scrape.Crawl(context.Background(), scrape.Options{Seeds: []string{srv.URL}, Sink: sink}, h.Handle)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
	}

	fmt.Println(sum.Articles, strings.Contains(records.String(), `"title":"Ferry to the islands starts in May"`))
	// Output: 1 true
}
