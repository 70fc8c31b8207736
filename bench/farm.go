package main

import (
	"bytes"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gocolly/colly/v2"

	"newsclip/clean"
)

const (
	// farmAnswer is how long a host of a farm takes to answer, and farmDelay what
	// newsclip crawl leaves between two requests to a host.
	farmAnswer = 300 * time.Millisecond
	farmDelay  = time.Second
	// farmWarm passes before requests are counted: robots.txt and sitemaps are asked
	// for, and dead hosts met.
	farmWarm = 10 * time.Second
	// farmPages is the number of pages of each host, more than are fetched.
	farmPages = 200
)

// A farm is many hosts on loopback, of which some are dead: they take connections and
// never answer.
type farm struct {
	seeds   []string
	servers []*http.Server
	dead    []net.Listener

	mu    sync.Mutex
	last  map[string]time.Time
	count int // of the requests since from
	all   int
	least time.Duration // between two requests to a host
	from  time.Time
}

func serveFarm(pages []clean.Input, hosts, dead int) (*farm, error) {
	f := &farm{last: make(map[string]time.Time), least: time.Hour}
	bodies := make([][]byte, len(pages))
	for k, in := range pages {
		bodies[k] = ownPage(in.HTML)
	}
	for h := range hosts {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			f.close()
			return nil, err
		}
		f.seeds = append(f.seeds, "http://"+l.Addr().String()+"/")
		if h*dead/hosts != (h+1)*dead/hosts { // spread among the others
			f.dead = append(f.dead, l)
			continue
		}
		hh := &hostHandler{bodies: bodies, first: h * farmPages, last: (h + 1) * farmPages}
		hh.index = hh.list()
		srv := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			f.saw(r.Host)
			time.Sleep(farmAnswer)
			hh.ServeHTTP(w, r)
		})}
		f.servers = append(f.servers, srv)
		go srv.Serve(l)
	}
	return f, nil
}

func (f *farm) saw(host string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	now := time.Now()
	if last, ok := f.last[host]; ok {
		f.least = min(f.least, now.Sub(last))
	}
	f.last[host] = now
	f.all++
	if now.After(f.from) {
		f.count++
	}
}

func (f *farm) close() {
	for _, srv := range f.servers {
		srv.Close()
	}
	for _, l := range f.dead {
		l.Close()
	}
}

// A farmer is a crawler of many hosts.
type farmer struct {
	name    string
	command func(seeds []string) *exec.Cmd
}

// farmers are newsclip with its defaults and the crawlers that it is measured beside.
// The farm sees the requests, so that each crawl is ended by its own time.
func farmers(o options, bin, dir string) ([]farmer, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	whole := farmWarm + o.farmTime
	list := []farmer{{"newsclip crawl", func(seeds []string) *exec.Cmd {
		records := filepath.Join(dir, "farm.jsonl")
		os.Remove(records)
		args := []string{"crawl", "--quiet", "--delay", farmDelay.String(), "--max-time", whole.String(), "-o", records}
		return exec.Command(bin, append(args, seeds...)...)
	}}}
	for _, c := range farmCrawlers {
		list = append(list, farmer{c.name, func(seeds []string) *exec.Cmd {
			return exec.Command(self, crawlerArg, c.name, strconv.Itoa(int(whole.Seconds()))+" "+strings.Join(seeds, " "))
		}})
	}
	return list, nil
}

// farmCrawlers run for so many seconds, which they get in place of the connections.
var farmCrawlers = []crawler{{"bare Colly, a rule a host", collyRules}}

// collyRules follows all links with Colly, asynchronously, with a rule for each host as
// its documentation has it: one request at a time, and the delay after it.
func collyRules(seeds []string, seconds int) (int64, error) {
	c := colly.NewCollector(colly.Async(true), colly.MaxBodySize(0))
	for _, s := range seeds {
		u, err := url.Parse(s)
		if err != nil {
			return 0, err
		}
		if err := c.Limit(&colly.LimitRule{DomainGlob: u.Host, Parallelism: 1, Delay: farmDelay}); err != nil {
			return 0, err
		}
	}
	hosts := strings.Join(seeds, " ")
	var pages atomic.Int64
	c.OnHTML("a[href]", func(e *colly.HTMLElement) {
		if u, err := url.Parse(e.Request.AbsoluteURL(e.Attr("href"))); err == nil && strings.Contains(hosts, "http://"+u.Host+"/") {
			c.Visit(u.String())
		}
	})
	c.OnResponse(func(*colly.Response) { pages.Add(1) })
	for _, s := range seeds {
		if err := c.Visit(s); err != nil {
			return 0, err
		}
	}
	time.Sleep(time.Duration(seconds) * time.Second)
	return pages.Load(), nil
}

// crawlFarm prints how many requests a second newsclip makes to many hosts with its
// defaults, beside bare Colly, and how close two requests to a host came.
func crawlFarm(o options) error {
	return withCommand(o, func(bin, dir string, pages []clean.Input) error {
		list, err := farmers(o, bin, dir)
		if err != nil {
			return err
		}
		fmt.Fprintf(o.out, "%d hosts that answer after %v, a request each %v; %v\n\n", o.farm, farmAnswer, farmDelay, o.farmTime)
		var t table
		t.add("", "of the hosts dead", "requests a second", "of what the living allow", "closest two, ms", "processor, ms a request", "MB at most")
		for _, dead := range []int{0, o.farm / 10} {
			for _, by := range list {
				if err := farmOnce(&t, o, by, pages, dead); err != nil {
					return fmt.Errorf("%s: %w", by.name, err)
				}
			}
		}
		return t.print(o.out)
	})
}

func farmOnce(t *table, o options, by farmer, pages []clean.Input, dead int) error {
	f, err := serveFarm(pages, o.farm, dead)
	if err != nil {
		return err
	}
	defer f.close()
	f.from = time.Now().Add(farmWarm)
	cmd := by.command(f.seeds)
	var errs bytes.Buffer
	cmd.Stderr = &errs
	if err := cmd.Start(); err != nil {
		return err
	}
	done := make(chan struct{})
	most := watchMemory(cmd.Process.Pid, done)
	err = cmd.Wait()
	close(done)
	memory := <-most
	const noArticle = 3 // the exit status of a newsclip crawl that got to none in its time
	if err != nil && cmd.ProcessState.ExitCode() != noArticle {
		return fmt.Errorf("%w: %s", err, strings.TrimSpace(errs.String()))
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	rate := float64(f.count) / o.farmTime.Seconds()
	busy := cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
	t.add(by.name, num("%d", dead), num("%.0f", rate), num("%.2f", rate*farmDelay.Seconds()/float64(o.farm-dead)),
		num("%.0f", float64(f.least.Microseconds())/1000), num("%.2f", float64(busy.Microseconds())/1000/float64(max(1, f.all))), num("%.0f", float64(memory)/1e6))
	return nil
}
