package web

import (
	"net/http"
	"slices"
	"strings"

	"newsclip/output/sqlite"
	"newsclip/scrape"
)

// crawlsView is what the template "crawls" shows.
type crawlsView struct {
	frame
	Crawls []Crawl
	Form   CrawlRequest
	Error  string
}

func (s *Site) crawls(w http.ResponseWriter, r *http.Request) {
	s.write(w, http.StatusOK, "crawls", crawlsView{frame: s.frame("Crawls – newsclip", "crawls"), Crawls: s.o.Server.Crawls()})
}

func (s *Site) beginCrawl(w http.ResponseWriter, r *http.Request) {
	if err := s.parseForm(w, r, 256<<10); err != nil {
		s.Problem(w, err)
		return
	}
	req := CrawlRequest{Scope: r.PostForm.Get("scope"), Since: strings.TrimSpace(r.PostForm.Get("since"))}
	for _, seed := range strings.Fields(r.PostForm.Get("seeds")) {
		if !strings.Contains(seed, "://") {
			seed = "https://" + seed
		}
		req.Seeds = append(req.Seeds, seed)
	}
	var id string
	var err error
	switch n := len(req.Seeds); {
	case n == 0:
		err = faultf(http.StatusUnprocessableEntity, "there is no address to begin with")
	case n > mostSeeds:
		err = faultf(http.StatusUnprocessableEntity, "%d addresses are more than the %d that a crawl may begin with", n, mostSeeds)
	}
	if err == nil {
		req.MaxArticles, err = formNumber(r.PostForm, "articles")
	}
	if err == nil {
		req.MaxPages, err = formNumber(r.PostForm, "pages")
	}
	if err == nil {
		id, err = s.o.Server.BeginCrawl(req)
	}
	switch {
	case err == nil:
		http.Redirect(w, r, "/crawls/"+id, http.StatusSeeOther)
	case statusOf(err) == http.StatusTooManyRequests:
		s.Problem(w, err)
	default:
		s.write(w, statusOf(err), "crawls", crawlsView{frame: s.frame("Crawls – newsclip", "crawls"), Crawls: s.o.Server.Crawls(), Form: req, Error: err.Error()})
	}
}

// mostSeeds is how many addresses a crawl may begin with, as in the API.
const mostSeeds = 1000

// crawlView is what the template "crawl" shows.
type crawlView struct {
	frame
	Crawl
	Errors []scrape.Failure
}

// healthShown is how many hosts the table of a crawl has: a page with tens of
// thousands is of no use.
const healthShown = 500

// refreshCrawl is after how many seconds the page of a crawl that runs is loaded
// again where there are no scripts.
const refreshCrawl = 5

func (s *Site) crawl(w http.ResponseWriter, r *http.Request) {
	c, err := s.o.Server.Crawl(r.PathValue("id"))
	if err != nil {
		s.Problem(w, err)
		return
	}
	v := crawlView{frame: s.frame("Crawl of "+strings.Join(c.Seeds[:min(2, len(c.Seeds))], ", ")+" – newsclip", "crawls"), Crawl: c, Errors: c.Summary.Failures}
	v.Health = slices.Clone(c.Health[:min(healthShown, len(c.Health))])
	if c.Running {
		v.Refresh = refreshCrawl
		v.Summary.Found = 0 // of a summary it is known at the end
		for k := range c.Health {
			v.Summary.Found += c.Health[k].Found
		}
	}
	s.write(w, http.StatusOK, "crawl", v)
}

func (s *Site) changeCrawl(w http.ResponseWriter, r *http.Request) {
	id := r.PathValue("id")
	to := "/crawls/" + id
	var err error
	switch r.PathValue("action") {
	case "pause":
		err = s.o.Server.PauseCrawl(r.Context(), id)
	case "resume":
		err = s.o.Server.ResumeCrawl(id)
	case "remove":
		to = "/crawls"
		err = s.o.Server.RemoveCrawl(r.Context(), id)
	default:
		err = faultf(http.StatusNotFound, "a crawl can be paused, resumed and removed")
	}
	if err != nil {
		s.Problem(w, err)
		return
	}
	http.Redirect(w, r, to, http.StatusSeeOther)
}

// searchView is what the template "search" shows.
type searchView struct {
	frame
	Enabled    bool
	Query      string
	Hits       []sqlite.Hit
	Error      string
	Prev, Next string
	Asked      bool
}

// hitsShown is how many articles a page of the search has.
const hitsShown = 20

func (s *Site) search(w http.ResponseWriter, r *http.Request) {
	v := searchView{frame: s.frame("Search – newsclip", "search"), Enabled: s.o.Search != "", Query: strings.TrimSpace(r.FormValue("q")), Asked: true}
	status := http.StatusOK
	skip, err := formNumber(r.Form, "skip")
	if err == nil && v.Enabled {
		v.Hits, err = sqlite.Search(r.Context(), s.o.Search, v.Query, hitsShown+1, skip)
	}
	if err != nil {
		v.Error, status = err.Error(), http.StatusUnprocessableEntity
	}
	if skip > 0 {
		v.Prev = searchLink(v.Query, max(0, skip-hitsShown))
	}
	if len(v.Hits) > hitsShown {
		v.Hits, v.Next = v.Hits[:hitsShown], searchLink(v.Query, skip+hitsShown)
	}
	s.write(w, status, "search", v)
}
