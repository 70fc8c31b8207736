package serve

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"maps"
	"math"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"newsclip/clean"
	"newsclip/output"
	"newsclip/scrape"
	"newsclip/scrape/articles"
	"newsclip/scrape/frontier"
)

// The states of a crawl.
const (
	stateRunning  = "running"
	statePaused   = "paused"
	stateFinished = "finished"
	stateFailed   = "failed"
)

// crawlRequest is what a client asks to be crawled.
type crawlRequest struct {
	Seeds       []string `json:"seeds" minItems:"1" maxItems:"1000" doc:"The addresses to begin with"`
	MaxPages    int      `json:"max_pages,omitempty" minimum:"0" doc:"End after so many pages; 0 sets no limit"`
	MaxArticles int      `json:"max_articles,omitempty" minimum:"0" doc:"End after so many records; 0 sets no limit"`
	MaxDepth    *int     `json:"max_depth,omitempty" minimum:"0" doc:"How many links to follow from a seed; 0 fetches the seeds alone"`
	MaxSeconds  int      `json:"max_seconds,omitempty" minimum:"0" doc:"Pause after so many seconds; 0 sets no limit"`
	Since       string   `json:"since,omitempty" doc:"Leave out articles published before this date, as in 2026-01-31"`
	Include     []string `json:"include,omitempty" maxItems:"100" doc:"Write only articles whose URLs match one of these regular expressions"`
	Exclude     []string `json:"exclude,omitempty" maxItems:"100" doc:"Do not fetch URLs that match one of these regular expressions"`
	Scope       string   `json:"scope,omitempty" enum:"host,domain,prefix" doc:"How far from the seeds links are followed"`
	Render      string   `json:"render,omitempty" enum:"never,auto,always" doc:"Which pages are rendered in a browser; by default as the server was started"`
	With        []string `json:"with,omitempty" enum:"markdown,html" doc:"Further fields of the records"`
}

// crawlInfo is the state of a crawl.
type crawlInfo struct {
	ID      string          `json:"id"`
	State   string          `json:"state" enum:"running,paused,finished,failed"`
	Error   string          `json:"error,omitempty" doc:"Why it failed"`
	Created time.Time       `json:"created"`
	Request crawlRequest    `json:"request"`
	Queue   int             `json:"queue" doc:"URLs that were found and are not finished"`
	Hosts   []string        `json:"hosts,omitempty" doc:"Some of the hosts at work"`
	Summary *scrape.Summary `json:"summary,omitempty" doc:"The counts of the last run"`
}

// crawls are the crawls of a server.
type crawls struct {
	o   *Options
	ctx context.Context
	end context.CancelFunc

	mu      sync.Mutex
	all     map[string]*crawl
	running int
	work    sync.WaitGroup
}

// crawl is one of them. Its fields are guarded by the mutex of crawls.
type crawl struct {
	info   crawlInfo
	folder string
	pause  context.CancelFunc // nil where it does not run
	done   chan struct{}      // closed when the run ends
	health func() []scrape.HostHealth
}

// openCrawls reads the crawls in the folder of the options.
func openCrawls(o *Options) (*crawls, error) {
	c := &crawls{o: o, all: make(map[string]*crawl)}
	c.ctx, c.end = context.WithCancel(context.Background())
	found, err := filepath.Glob(filepath.Join(o.Folder, "*", infoFile))
	if err != nil {
		return nil, err
	}
	for _, path := range found {
		one := &crawl{folder: filepath.Dir(path)}
		raw, err := os.ReadFile(path)
		if err == nil {
			err = json.Unmarshal(raw, &one.info)
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		if one.info.State == stateRunning { // the server was killed
			one.info.State = statePaused
		}
		c.all[one.info.ID] = one
	}
	return c, nil
}

// The files in a crawl's folder.
const (
	infoFile    = "crawl.json"
	recordsFile = "articles.jsonl"
	stateFolder = "state"
)

// save keeps what is known of a crawl for the next start of the server.
func (one *crawl) save() error {
	raw, err := json.Marshal(&one.info)
	if err != nil {
		return err
	}
	f, err := output.Create(filepath.Join(one.folder, infoFile))
	if err != nil {
		return err
	}
	defer f.Abort()
	if _, err := f.Write(raw); err != nil {
		return err
	}
	return f.Close()
}

// options are those of the crawl that is asked for.
func (c *crawls) options(r *crawlRequest) (scrape.Options, error) {
	o := c.o.Crawl
	if len(r.Seeds) == 0 { // null is no list that is too short
		return o, errors.New("seeds: there is none")
	}
	o.Seeds = nil
	for _, seed := range r.Seeds {
		u, err := scrape.Normalize(strings.TrimSpace(seed))
		if err != nil {
			return o, fmt.Errorf("seeds: %w", err)
		}
		o.Seeds = append(o.Seeds, u)
	}
	o.MaxPages, o.MaxArticles = r.MaxPages, r.MaxArticles
	o.MaxTime = time.Duration(min(r.MaxSeconds, math.MaxInt64/int(time.Second))) * time.Second
	switch {
	case r.MaxDepth != nil && *r.MaxDepth == 0:
		o.MaxDepth = -1
	case r.MaxDepth != nil:
		o.MaxDepth = *r.MaxDepth
	}
	if r.Scope != "" {
		o.Scope = scrape.Scope(r.Scope)
	}
	if r.Render != "" {
		o.Render = scrape.RenderMode(r.Render)
	}
	if o.Renderer == nil && o.Render == scrape.RenderAlways {
		return o, errors.New("render: this server has no browser: see --render and --browser")
	}
	if r.Since != "" {
		at, _, ok := output.ParseDate(r.Since)
		if !ok {
			return o, fmt.Errorf("since: %q is not a date as in 2026-01-31", r.Since)
		}
		o.Since = at
	}
	var err error
	left := &patternRoom{maxPatternBytes, maxPatternSteps}
	if o.Include, err = compilePatterns(r.Include, left); err != nil {
		return o, fmt.Errorf("include: %w", err)
	}
	if o.Exclude, err = compilePatterns(r.Exclude, left); err != nil {
		return o, fmt.Errorf("exclude: %w", err)
	}
	return o, nil
}

// begin starts a new crawl.
func (c *crawls) begin(r *crawlRequest) (crawlInfo, error) {
	if _, err := c.options(r); err != nil {
		return crawlInfo{}, problem(http.StatusUnprocessableEntity, "", "%v", err)
	}
	one := &crawl{info: crawlInfo{ID: strings.ToLower(rand.Text()), Created: time.Now().UTC().Truncate(time.Second), Request: *r}}
	one.folder = filepath.Join(c.o.Folder, one.info.ID)
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.running >= c.o.MaxCrawls {
		return crawlInfo{}, c.full()
	}
	if !c.canKeep(r) {
		p := busy()
		p.Detail = fmt.Sprintf("%d crawls are kept, as many as may be: delete some", len(c.all))
		return crawlInfo{}, p
	}
	if err := os.Mkdir(one.folder, 0o700); err != nil {
		return crawlInfo{}, err
	}
	if err := c.run(one); err != nil {
		return crawlInfo{}, errors.Join(err, os.RemoveAll(one.folder))
	}
	c.all[one.info.ID] = one
	return one.shown(), nil
}

// A server keeps mostKept crawls at most, whose requests have keptBytes together, so that
// they can be held in memory.
const (
	mostKept  = 1000
	keptBytes = 8 << 20
)

// canKeep reports whether there is room for another crawl. The mutex is held.
func (c *crawls) canKeep(r *crawlRequest) bool {
	n := r.bytes()
	for _, one := range c.all {
		n += one.info.Request.bytes()
	}
	return len(c.all) < mostKept && n <= keptBytes
}

// bytes returns how much memory what a client has written takes.
func (r *crawlRequest) bytes() int {
	n := 0
	for _, list := range [][]string{r.Seeds, r.Include, r.Exclude, r.With} {
		for _, s := range list {
			n += len(s)
		}
	}
	return n
}

func (c *crawls) full() *Problem {
	p := busy()
	p.Detail = fmt.Sprintf("%d crawls are running, as many as may run at once", c.running)
	p.Retry = 60
	return p
}

// run lets a crawl run, from where it was. The mutex is held.
func (c *crawls) run(one *crawl) error {
	o, err := c.options(&one.info.Request)
	if err != nil {
		return err
	}
	o.Frontier = frontier.Options{Dir: filepath.Join(one.folder, stateFolder)}
	sink, err := articles.NewSink(filepath.Join(one.folder, recordsFile), nil, output.JSONL)
	if err != nil {
		return err
	}
	one.info.State, one.info.Error = stateRunning, ""
	if err := one.save(); err != nil {
		return errors.Join(err, sink.Close())
	}
	o.Sink = sink
	o.OnProgress = func(p scrape.Progress) {
		c.mu.Lock()
		defer c.mu.Unlock()
		one.info.Queue, one.info.Hosts, one.info.Summary = p.Queue, slices.Clone(p.Hosts), &p.Summary
		one.health = p.Health
	}
	h := articles.New(articles.Options{
		Cleaner: clean.New(clean.Options{
			Rules: c.o.Rules.Set(), Timeout: c.o.Timeout,
			Markdown: slices.Contains(one.info.Request.With, "markdown"), HTML: slices.Contains(one.info.Request.With, "html"),
		}),
		Since: o.Since,
	})
	ctx, cancel := context.WithCancel(c.ctx)
	one.pause, one.done = cancel, make(chan struct{})
	c.running++
	c.work.Go(func() {
		defer cancel()
		sum, err := scrape.Crawl(ctx, o, h.Handle)
		err = errors.Join(err, sink.Close())
		c.ended(one, sum, err)
	})
	return nil
}

// ended notes how a run ended.
func (c *crawls) ended(one *crawl, sum *scrape.Summary, err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.running--
	one.pause, one.health = nil, nil
	one.info.Hosts = nil
	if sum != nil {
		one.info.Summary, one.info.Queue = sum, sum.Pending
	}
	switch {
	case errors.Is(err, scrape.ErrFinished):
		one.info.State = stateFinished
	case err != nil:
		one.info.State, one.info.Error = stateFailed, err.Error()
	case sum.Stopped == "interrupted" || sum.Stopped == "time":
		one.info.State = statePaused
	case sum.Unreachable():
		one.info.State, one.info.Error = stateFailed, "no seed could be reached"
		if len(sum.Failures) > 0 {
			one.info.Error += ": " + sum.Failures[0].Message
		}
	default:
		one.info.State = stateFinished
	}
	if err := one.save(); err != nil && !errors.Is(err, os.ErrNotExist) {
		c.o.Log.Error("the state of a crawl was not kept", "crawl", one.info.ID, "error", err)
	}
	close(one.done)
}

// find returns a crawl. The mutex is held.
func (c *crawls) find(id string) (*crawl, error) {
	one := c.all[id]
	if one == nil {
		return nil, problem(http.StatusNotFound, "", "there is no crawl %q", id)
	}
	return one, nil
}

// get returns the state of a crawl, and a channel that is closed when its run ends,
// nil where it does not run.
func (c *crawls) get(id string) (crawlInfo, <-chan struct{}, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	one, err := c.find(id)
	if err != nil {
		return crawlInfo{}, nil, err
	}
	if one.pause == nil {
		return one.shown(), nil, nil
	}
	return one.shown(), one.done, nil
}

// shown is what others are told of a crawl: all but the passwords of its seeds.
func (one *crawl) shown() crawlInfo {
	info := one.info
	info.Request.Seeds = make([]string, len(one.info.Request.Seeds))
	for i, seed := range one.info.Request.Seeds {
		info.Request.Seeds[i] = scrape.Redact(seed)
	}
	return info
}

// health tells how each host of a crawl fares, the worst first; nil where that is not
// known.
func (c *crawls) health(id string) []scrape.HostHealth {
	c.mu.Lock()
	one := c.all[id]
	if one == nil {
		c.mu.Unlock()
		return nil
	}
	now, summary := one.health, one.info.Summary
	c.mu.Unlock()
	switch {
	case now != nil:
		return now()
	case summary != nil:
		return summary.Health
	}
	return nil
}

// list returns the states of all crawls, the newest first, one at a time: what all of
// them were asked for is never copied at once.
func (c *crawls) list() iter.Seq[crawlInfo] {
	c.mu.Lock()
	all := slices.Collect(maps.Values(c.all))
	c.mu.Unlock()
	slices.SortFunc(all, func(a, b *crawl) int {
		if n := b.info.Created.Compare(a.info.Created); n != 0 {
			return n
		}
		return strings.Compare(a.info.ID, b.info.ID)
	})
	return func(yield func(crawlInfo) bool) {
		for _, one := range all {
			c.mu.Lock()
			info := one.shown()
			c.mu.Unlock()
			if !yield(info) {
				return
			}
		}
	}
}

// halt pauses a crawl and waits until it has stopped.
func (c *crawls) halt(ctx context.Context, id string) (crawlInfo, error) {
	c.mu.Lock()
	one, err := c.find(id)
	if err != nil || one.pause == nil {
		defer c.mu.Unlock()
		if err != nil {
			return crawlInfo{}, err
		}
		return one.shown(), nil
	}
	one.pause()
	done := one.done
	c.mu.Unlock()
	select {
	case <-done:
	case <-ctx.Done():
		return crawlInfo{}, ctx.Err()
	}
	info, _, err := c.get(id)
	return info, err
}

// resume lets a crawl go on that is paused or has failed.
func (c *crawls) resume(id string) (crawlInfo, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	one, err := c.find(id)
	switch {
	case err != nil:
		return crawlInfo{}, err
	case one.pause != nil || one.info.State == stateFinished:
		return one.shown(), nil
	case c.running >= c.o.MaxCrawls:
		return crawlInfo{}, c.full()
	}
	if err := c.run(one); err != nil {
		return crawlInfo{}, err
	}
	return one.shown(), nil
}

// remove ends a crawl and removes its files.
func (c *crawls) remove(ctx context.Context, id string) error {
	if _, err := c.halt(ctx, id); err != nil {
		return err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	one, err := c.find(id)
	if err != nil {
		return err
	}
	if one.pause != nil {
		return problem(http.StatusConflict, "", "the crawl was resumed meanwhile")
	}
	delete(c.all, id)
	return os.RemoveAll(one.folder)
}

// records returns the path of a crawl's records.
func (c *crawls) records(id string) (string, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	one, err := c.find(id)
	if err != nil {
		return "", err
	}
	return filepath.Join(one.folder, recordsFile), nil
}

// close pauses all crawls.
func (c *crawls) close() error {
	c.end()
	c.work.Wait()
	return nil
}
