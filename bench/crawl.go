package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/PuerkitoBio/goquery"
	shiori "github.com/go-shiori/go-readability"
	"github.com/gocolly/colly/v2"
	"golang.org/x/net/html"

	"newsclip/clean"
)

// crawlerArg makes the program one of the crawlers: crawlerArg, NAME and
// "CONNECTIONS SEED SEED…", or "SECONDS SEED SEED…" for those of the farm.
const crawlerArg = "as-crawler"

// A crawler reads the whole site from its seeds and prints how many pages it
// read.
type crawler struct {
	name string
	run  func(seeds []string, connections int) (pages int64, err error)
}

var crawlers = []crawler{
	{"floor: fetch and parse once", floor},
	{"bare Colly following links", func(seeds []string, n int) (int64, error) { return withColly(seeds, n, false) }},
	{"Colly with go-readability", func(seeds []string, n int) (int64, error) { return withColly(seeds, n, true) }},
}

const newsclipCrawl = "newsclip crawl --delay 0"

func runCrawler(name, args string, stdout io.Writer) error {
	f := strings.Fields(args)
	n, err := strconv.Atoi(f[0])
	if err != nil {
		return err
	}
	for _, c := range slices.Concat(crawlers, farmCrawlers) {
		if c.name == name {
			pages, err := c.run(f[1:], n)
			fmt.Fprintln(stdout, pages)
			return err
		}
	}
	return fmt.Errorf("there is no crawler %q", name)
}

// floor fetches every page that the front pages link and parses it once.
func floor(seeds []string, connections int) (int64, error) {
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: connections}}
	get := func(u string) (*html.Node, error) {
		resp, err := client.Get(u)
		if err != nil {
			return nil, err
		}
		defer resp.Body.Close()
		body, err := io.ReadAll(resp.Body)
		if err != nil {
			return nil, err
		}
		return html.Parse(bytes.NewReader(body))
	}
	var pages atomic.Int64
	var failed atomic.Value
	var wg sync.WaitGroup
	for _, seed := range seeds {
		base, err := url.Parse(seed)
		if err != nil {
			return 0, err
		}
		front, err := get(seed)
		if err != nil {
			return 0, err
		}
		pages.Add(1)
		links := make(chan string)
		for range connections {
			wg.Go(func() {
				for u := range links {
					if _, err := get(u); err != nil {
						failed.Store(err)
					}
					pages.Add(1)
				}
			})
		}
		wg.Go(func() {
			defer close(links)
			goquery.NewDocumentFromNode(front).Find("a[href]").Each(func(_ int, a *goquery.Selection) {
				if u, err := base.Parse(a.AttrOr("href", "")); err == nil {
					links <- u.String()
				}
			})
		})
	}
	wg.Wait()
	err, _ := failed.Load().(error)
	return pages.Load(), err
}

func withColly(seeds []string, connections int, extract bool) (int64, error) {
	var hosts []string
	for _, s := range seeds {
		u, err := url.Parse(s)
		if err != nil {
			return 0, err
		}
		hosts = append(hosts, u.Hostname())
	}
	c := colly.NewCollector(colly.Async(true), colly.MaxBodySize(0), colly.AllowedDomains(hosts...))
	if err := c.Limit(&colly.LimitRule{DomainGlob: "*", Parallelism: connections * len(seeds)}); err != nil {
		return 0, err
	}
	var pages atomic.Int64
	// As Colly's documentation has it.
	c.OnHTML("a[href]", func(e *colly.HTMLElement) { e.Request.Visit(e.Attr("href")) })
	c.OnResponse(func(r *colly.Response) {
		if r.StatusCode != http.StatusOK {
			return
		}
		pages.Add(1)
		if extract {
			shiori.FromReader(bytes.NewReader(r.Body), r.Request.URL)
		}
	})
	for _, s := range seeds {
		if err := c.Visit(s); err != nil {
			return 0, err
		}
	}
	c.Wait()
	return pages.Load(), nil
}

// ran is one crawl of the whole site.
type ran struct {
	took   time.Duration
	busy   time.Duration // processor time
	pages  int
	memory int64 // bytes at most; 0 where the system does not tell
}

// crawlOnce runs a crawler as a process.
func crawlOnce(name, bin, dir string, s *localSite, connections int) (r ran, err error) {
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Minute)
	defer cancel()
	var cmd *exec.Cmd
	records := filepath.Join(dir, "records.jsonl")
	if name == newsclipCrawl {
		os.Remove(records)
		args := []string{"crawl", "--delay", "0", "--quiet", "--per-host", strconv.Itoa(connections), "--format", "jsonl", "-o", records}
		cmd = exec.CommandContext(ctx, bin, append(args, s.seeds...)...)
	} else {
		self, err := os.Executable()
		if err != nil {
			return r, err
		}
		cmd = exec.CommandContext(ctx, self, crawlerArg, name, strconv.Itoa(connections)+" "+strings.Join(s.seeds, " "))
	}
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	from := time.Now()
	if err := cmd.Start(); err != nil {
		return r, err
	}
	done := make(chan struct{})
	most := watchMemory(cmd.Process.Pid, done)
	err = cmd.Wait()
	r.took = time.Since(from)
	r.busy = cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
	close(done)
	r.memory = <-most
	if err != nil {
		return r, fmt.Errorf("%s: %w: %s", name, err, errs.String())
	}
	if name == newsclipCrawl {
		b, err := os.ReadFile(records)
		if err != nil {
			return r, err
		}
		r.pages = bytes.Count(b, []byte("\n"))
		return r, nil
	}
	r.pages, err = strconv.Atoi(strings.TrimSpace(out.String()))
	return r, err
}

func crawl(o options) error {
	return withSite(o, o.site, func(bin, dir string, s *localSite) error {
		names := []string{newsclipCrawl}
		for _, c := range crawlers {
			names = append(names, c.name)
		}
		all, busy := make([]measured, len(names)), make([]measured, len(names))
		memory := make([]int64, len(names))
		pages := make([]int, len(names))
		for range max(1, o.rounds/2) {
			for k, name := range names {
				r, err := crawlOnce(name, bin, dir, s, o.conns)
				if err != nil {
					return err
				}
				// What counts is the pages: a crawler that misses some
				// took less time than it needs.
				whole := func(d time.Duration) time.Duration {
					return d * time.Duration(s.pages) / time.Duration(max(r.pages, 1))
				}
				all[k].rounds, busy[k].rounds = append(all[k].rounds, whole(r.took)), append(busy[k].rounds, whole(r.busy))
				memory[k], pages[k] = max(memory[k], r.memory), r.pages
			}
		}
		fmt.Fprintf(o.out, "a site of %d pages at %d hosts, %d connections to each\n\n", s.pages, len(s.seeds), o.conns)
		var t table
		t.add("", "pages or records", "pages a second", "newsclip is times as fast", "by processor time", "MB at most")
		for k, name := range names {
			r, least, most := against(&all[k], &all[0])
			t.add(name, num("%d", pages[k]), num("%.0f", float64(s.pages)/all[k].median().Seconds()), spread(r, least, most), spread(against(&busy[k], &busy[0])), num("%.0f", float64(memory[k])/1e6))
		}
		return t.print(o.out)
	})
}

// memory prints what newsclip's crawl takes for more and more pages.
func memory(o options) error {
	var t table
	t.add("pages", "records", "pages a second", "MB at most")
	for _, n := range []int{o.site, 2 * o.site, 4 * o.site} {
		err := withSite(o, n, func(bin, dir string, s *localSite) error {
			r, err := crawlOnce(newsclipCrawl, bin, dir, s, o.conns)
			if err == nil {
				t.add(num("%d", n), num("%d", r.pages), num("%.0f", float64(r.pages)/r.took.Seconds()), num("%.0f", float64(r.memory)/1e6))
			}
			return err
		})
		if err != nil {
			return err
		}
	}
	return t.print(o.out)
}

func withSite(o options, n int, f func(bin, dir string, s *localSite) error) error {
	return withCommand(o, func(bin, dir string, pages []clean.Input) error {
		s, err := serveSite(pages, n, o.hosts)
		if err != nil {
			return err
		}
		defer s.close()
		return f(bin, dir, s)
	})
}
