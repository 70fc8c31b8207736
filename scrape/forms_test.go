package scrape

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
)

// A dead form of a site does not hide its living one.
func TestDeadForms(t *testing.T) {
	const living = "https://www.n.example"
	for _, dead := range []string{"http://www.n.example", "http://n.example", "https://n.example"} {
		for _, role := range []string{"seed", "link", "sitemap"} {
			for _, answer := range []string{"down", "404", "closes", "parked", "empty", "front page"} {
				if role == "seed" && answer != "down" && answer != "closes" {
					continue // an answer, and nothing speaks for another form
				}
				t.Run(fmt.Sprint(dead, " ", role, " ", answer), func(t *testing.T) {
					w := newWeb(t)
					switch answer {
					case "closes":
						w.ownRobots = true
						w.at[dead] = func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }
					case "404":
						w.at[dead] = http.NotFound
					case "parked":
						w.at[dead] = func(rw http.ResponseWriter, r *http.Request) { page(rw, "<h1>It works!</h1><a href=/>Home</a>") }
					case "empty":
						w.at[dead] = func(rw http.ResponseWriter, r *http.Request) { page(rw, "") }
					case "front page":
						w.at[dead] = func(rw http.ResponseWriter, r *http.Request) {
							http.Redirect(rw, r, living+"/", http.StatusMovedPermanently)
						}
					}
					w.at[living] = func(rw http.ResponseWriter, r *http.Request) {
						switch {
						case r.URL.Path == "/" && role == "link":
							page(rw, indexHTML(dead+"/a", dead+"/b"))
						case r.URL.Path == "/" && role == "sitemap":
							page(rw, indexHTML("/list"))
						case r.URL.Path == "/list":
							page(rw, indexHTML("/a", "/b"))
						case r.URL.Path == "/sitemap.xml" && role == "sitemap":
							rw.Header().Set("Content-Type", "text/xml")
							fmt.Fprintf(rw, `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>%s/a</loc></url><url><loc>%[1]s/b</loc></url></urlset>`, dead)
						default:
							paper("/a", "/b")(rw, r)
						}
					}
					seed := living
					if role == "seed" {
						seed = dead
					}
					s, got, _ := w.crawl(t, Options{}, seed+"/")
					if want := []string{living + "/a", living + "/b"}; !slices.Equal(got, want) {
						t.Errorf("written: %q, want %q; %v", got, want, s.Errors)
					}
				})
			}
		}
	}
}

// Only what was fetched counts as a page where another form is tried.
func TestDeadFormsCost(t *testing.T) {
	w := newWeb(t)
	w.at["https://www.n.example"] = func(rw http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/" {
			page(rw, indexHTML("http://www.n.example/a", "http://n.example/b", "http://www.n.example/c"))
			return
		}
		paper("/a", "/b", "/c")(rw, r)
	}
	_, got, _ := w.crawl(t, Options{MaxPages: 4, NoDiscovery: true}, "https://www.n.example/")
	if len(got) != 3 {
		t.Errorf("written with four pages allowed: %q", got)
	}
}

// A host all of whose forms are dead fails once, and each form is asked a few times.
func TestAllFormsDead(t *testing.T) {
	w := newWeb(t)
	s, _, _ := w.crawl(t, Options{}, "http://n.example/")
	if !s.Unreachable() || len(s.Failures) != 1 || !strings.HasPrefix(s.Failures[0].URL, "http://n.example/") {
		t.Errorf("%+v", s)
	}
	if n := w.count("http://www.n.example/robots.txt"); n > 2 {
		t.Errorf("the other form was asked for %d times", n)
	}
}
