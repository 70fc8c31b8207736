package clean_test

import (
	"fmt"
	"log"
	"os"

	"newsclip/clean"
)

// README.md shows the body of this function.
func Example() {
	defer inExampleFolder()()

	// README.md begins here.
	page, err := os.ReadFile("page.html")
	if err != nil {
		log.Fatal(err)
	}
	cleaner := clean.New(clean.Options{Markdown: true}) // for any number of pages, from any goroutine
	article, err := cleaner.Clean(clean.Input{URL: "https://quay.example/2026/night-ferry", HTML: page})
	if err != nil {
		log.Fatal(err) // a *clean.Error, whose Code says which
	}
	fmt.Println(article.Title)
	fmt.Println(article.Authors[0].Name, article.Published)
	// README.md ends here.

	// Output:
	// Night ferry returns to Aldmouth
	// Mara Lindqvist 2026-03-04T09:30:00+02:00
}

// inExampleFolder makes a folder with the page the working directory, and
// returns what undoes it.
func inExampleFolder() func() {
	before, err := os.Getwd()
	if err != nil {
		log.Fatal(err)
	}
	dir, err := os.MkdirTemp("", "newsclip-example-")
	if err != nil {
		log.Fatal(err)
	}
	if err := os.WriteFile(dir+"/page.html", []byte(examplePage), 0o666); err != nil {
		log.Fatal(err)
	}
	if err := os.Chdir(dir); err != nil {
		log.Fatal(err)
	}
	return func() {
		if err := os.Chdir(before); err != nil {
			log.Fatal(err)
		}
		os.RemoveAll(dir)
	}
}

const examplePage = `<!doctype html>
<html lang="en"><head>
<title>Night ferry returns to Aldmouth | The Quay Post</title>
<meta property="og:type" content="article">
<meta property="og:site_name" content="The Quay Post">
</head><body>
<nav><a href="/">Home</a> <a href="/sport">Sport</a></nav>
<article>
<h1>Night ferry returns to Aldmouth</h1>
<div class="byline">By <a rel="author" href="/staff/mara">Mara Lindqvist</a>, <time datetime="2026-03-04T09:30:00+02:00">4 March</time></div>
<p>The night ferry between Aldmouth and the outer islands will sail again from Monday, the harbour board said.</p>
<p>Two crews of nine have been hired, and tickets went on sale on Wednesday morning. By noon, more than four thousand of them were gone.</p>
<p>“People queued along the whole quay in the rain,” said the harbour master. “Some of them only wanted to look at the timetable.”</p>
</article>
</body></html>
`
