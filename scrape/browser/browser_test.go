package browser_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"newsclip/scrape"
	"newsclip/scrape/browser"
)

// appScript makes the pages of a site that is empty without it: a list at /, and
// articles from /api/N.json.
const appScript = `
const root = document.getElementById("root");
const path = location.pathname;
if (path === "/") {
	const list = await (await fetch("/api/list.json")).json();
	root.innerHTML = "<h1>News</h1><ul>" + list.map((n) => '<li><a href="/app/' + n + '">Report number ' + n + '</a></li>').join("") + '</ul><p><a href="/plain/">Older reports</a></p>';
} else {
	const a = await (await fetch("/api/" + path.split("/")[2] + ".json")).json();
	document.title = a.title + " | The Quay Post";
	root.innerHTML = a.html;
}`

const apps, plains = 12, 8

// newsroom is a site of 12 articles that scripts make, and 8 pages that they do not: a
// list, an imprint and 6 articles.
func newsroom(t *testing.T) *site {
	s := newSite(t)
	app := html(shell(`<script type="module" src="/app.js"></script><script async src="/late.js"></script>`))
	s.pages["/"], s.pages["/app.js"], s.pages["/late.js"] = app, script(appScript), script("")
	var list []string
	for n := range apps {
		s.pages[fmt.Sprintf("/app/%d", n)] = app
		s.pages[fmt.Sprintf("/api/%d.json", n)] = answer("application/json", fmt.Sprintf(`{"title": %q, "html": %q}`, headline(n), story(n)))
		list = append(list, fmt.Sprint(n))
	}
	s.pages["/api/list.json"] = answer("application/json", "["+strings.Join(list, ",")+"]")
	links := `<p><a href="/plain/imprint">Imprint</a></p>`
	for n := range plains - 2 {
		path := fmt.Sprintf("/plain/%d", n)
		s.pages[path] = html(`<!doctype html><html lang="en"><head><title>Report</title><script src="/late.js"></script></head><body>` + plainStory(n) + `</body></html>`)
		links += fmt.Sprintf(`<p><a href="%s">Report of last year, number %d</a></p>`, path, n)
	}
	s.pages["/plain/"] = html(`<!doctype html><html lang="en"><head><title>Older reports</title><script src="/late.js"></script></head><body><h1>Older reports</h1>` + links + `</body></html>`)
	s.pages["/plain/imprint"] = html(`<!doctype html><html lang="en"><head><title>Imprint</title><script src="/late.js"></script></head><body><h1>Imprint</h1><p>The Quay Post, Harbour Street 4, Aldmouth.</p><p><a href="/plain/">Older reports</a></p></body></html>`)
	return s
}

// plainStory is an article of last year.
func plainStory(n int) string {
	return strings.NewReplacer("2026-03", "2025-06", "repair", "paint", "council", "assembly", "engineer", "gardener", "January", "May").Replace(story(n + 3))
}

func TestNewsroomOfScripts(t *testing.T) {
	b := start(t, browser.Options{})
	s := newsroom(t)
	sum, records := crawl(t, scrape.Options{Renderer: b, Render: scrape.RenderAuto, Delay: 500 * time.Millisecond, NoDiscovery: true}, s.URL)
	rendered := 0
	for _, a := range records {
		isApp := strings.Contains(a.URL, "/app/")
		if a.Rendered != isApp {
			t.Errorf("%s: rendered %v", a.URL, a.Rendered)
		}
		if isApp {
			rendered++
			if !strings.Contains(a.Text, "We have waited eleven years for this") || !strings.HasPrefix(a.Title, "Council votes to repair the ") {
				t.Errorf("%s: %q: %q", a.URL, a.Title, a.Text)
			}
		}
	}
	if rendered != apps || len(records) != apps+plains-2 {
		t.Errorf("%d rendered articles of %d, %d records of %d: %+v", rendered, apps, len(records), apps+plains-2, sum)
	}
	if want := apps + 1; sum.Rendered != want {
		t.Errorf("%d pages were rendered, want %d: no plain ones", sum.Rendered, want)
	}
	s.mu.Lock()
	for k := 1; k < len(s.at); k++ {
		// The server sees a request somewhat earlier or later than it was made.
		if gap := s.at[k].Sub(s.at[k-1]); gap < 450*time.Millisecond {
			t.Errorf("%v between %s and %s", gap, s.seen[k-1].URL, s.seen[k].URL)
		}
	}
	s.mu.Unlock()
	for _, once := range []string{"/", "/app/1", "/app.js", "/plain/1", "/api/3.json"} {
		if n := s.count(once); n != 1 {
			t.Errorf("%s was asked for %d times", once, n)
		}
	}
}

// TestNeedsJavaScript: without a browser such pages fail by name, and others do not.
func TestNeedsJavaScript(t *testing.T) {
	s := newsroom(t)
	s.pages["/"] = s.pages["/plain/"]
	s.pages["/plain/imprint"] = html(shell(`<script src="/app.js"></script>`))
	for _, o := range []scrape.Options{{}, {Render: scrape.RenderAuto}} {
		o.NoDiscovery = true
		sum, records := crawl(t, o, s.URL)
		if sum.Errors["needs_javascript"] != 1 || len(sum.Errors) != 1 || len(records) != plains-2 || sum.Rendered != 0 {
			t.Errorf("%d records, %+v", len(records), sum)
		}
	}
}

func TestRenderAlways(t *testing.T) {
	b := start(t, browser.Options{})
	s := newSite(t)
	s.pages["/2026/harbour-wall"] = html(`<!doctype html><html lang="en"><head><title>News</title></head><body>` + story(0) + `<script>document.querySelector("h1").textContent = "A headline of scripts"</script></body></html>`)
	sum, records := crawl(t, scrape.Options{Renderer: b, Render: scrape.RenderAlways, NoDiscovery: true}, s.URL+"/2026/harbour-wall")
	if len(records) != 1 || records[0].Title != "A headline of scripts" || !records[0].Rendered || s.count("/2026/harbour-wall") != 1 {
		t.Errorf("%+v, %+v", records, sum)
	}
}
