package scrape

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"sync"
	"sync/atomic"
	"time"

	"newsclip/scrape/frontier"
)

// A Handler says what a page is. It is called from many goroutines, each time
// for another page (an [Outcome.Early] one comes again), and must not keep p.
type Handler func(ctx context.Context, p *Page) (*Outcome, error)

// crawler is one run of a crawl.
type crawler struct {
	o         Options
	seeds     []*url.URL
	f         *frontier.Frontier
	transport *transport
	fetch     *fetcher
	robots    *robotsCache
	pace      *pace
	groundMu  sync.RWMutex // guards ground and metHosts
	ground    *territory
	metHosts  map[string]bool // for which learnGround has asked the frontier
	tally     *tally
	handle    Handler
	twins     twins
	hops      hopMap
	asking    asking
	held      holdback

	pages, articles *frontier.Budget
	// durable says that the job may outlive this process.
	durable bool
	// spent is set when a budget has nothing left.
	spent atomic.Bool
	// requests counts what went out.
	requests atomic.Int64
	sinkMu   sync.Mutex // guards o.Sink where Direct is set
}

// restAnyway is how long the frontier lets a host rest when it passes from one
// worker to another.
const restAnyway = 5 * time.Second

// Crawl fetches what the seeds lead to, calls handle for every page, and hands
// the records that come back to o.Sink. It returns when nothing is left, when a
// budget is spent, or when ctx ends: requests under way are then given up,
// what was fetched is written, and no error is returned. The summary is never
// nil, also not with an error.
func Crawl(ctx context.Context, o Options, handle Handler) (*Summary, error) {
	start := time.Now()
	c := &crawler{tally: newTally(start), handle: handle}
	err := c.run(ctx, o)
	s := c.tally.snapshot()
	s.Seconds = time.Since(start).Seconds()
	s.Requests = int(c.requests.Load())
	if err != nil && s.Stopped == "" {
		s.Stopped = "failed"
	}
	return &s, err
}

func (c *crawler) run(ctx context.Context, o Options) error {
	var err error
	if c.o, c.seeds, err = o.withDefaults(); err != nil {
		return err
	}
	if c.o.Delay > restAnyway {
		c.o.Frontier.Rest = c.o.Delay
	}
	if c.f, err = frontier.Open(ctx, c.o.Frontier); err != nil {
		return fmt.Errorf("opening the frontier: %w", err)
	}
	defer c.f.Close()
	c.durable = c.o.Frontier.Dir != "" || c.o.Frontier.URL != ""
	job, err := c.f.Job(ctx)
	if err != nil {
		return err
	}
	if c.ground, err = newTerritory(&c.o, c.seeds); err != nil {
		return err
	}
	c.transport = newTransport(&c.o, c.seeds)
	defer c.transport.close()
	if err := c.keepGround(ctx, c.seeds, nil); err != nil {
		return fmt.Errorf("keeping the seeds: %w", err)
	}
	c.fetch = newFetcher(&c.o, c.transport)
	c.pace = newPace(&c.o)
	if c.durable {
		// Another worker, or the process before this one, may have asked a
		// host a moment ago.
		c.pace.first = c.o.Delay
	}
	c.robots = &robotsCache{fetch: c.getRobots, now: time.Now, hosts: make(map[string]*robotsEntry), scaled: c.pace.scaled}
	c.pages = c.f.Budget("pages", int64(max(0, c.o.MaxPages)))
	c.articles = c.f.Budget("articles", int64(max(0, c.o.MaxArticles)))

	if err := c.begin(ctx, job); err != nil {
		if errors.Is(err, ErrFinished) {
			if carryErr := c.carryRest(); carryErr != nil {
				return carryErr
			}
		}
		return err
	}
	return c.work(ctx)
}

// begin adds the seeds, or takes a job up where it was left.
func (c *crawler) begin(ctx context.Context, job frontier.JobInfo) error {
	if !job.Finished.IsZero() {
		stats := c.f.Stats()
		switch {
		case c.o.Recrawl:
			if err := c.beginRecrawl(ctx); err != nil {
				return err
			}
		case stats.Pending > 0 && c.hasBudget(ctx):
			// The budget that ended it is larger now.
			if err := c.f.Reopen(ctx); err != nil {
				return err
			}
		default:
			c.tally.add(func(s *Summary) { s.Stopped = "finished"; s.Found = stats.Found; s.Pending = stats.Pending })
			return ErrFinished
		}
	}
	if len(c.seeds) == 0 && c.f.Stats().Found == 0 && c.o.Frontier.URL == "" {
		return ErrNoSeeds
	}
	var items []frontier.Item
	for _, s := range c.seeds {
		items = append(items, newItem(s, kindPage, frontier.ClassSeed, 0))
	}
	if len(items) == 0 {
		return nil
	}
	_, err := c.f.Add(ctx, items...)
	return err
}

// hasBudget says whether there are units left in both budgets.
func (c *crawler) hasBudget(ctx context.Context) bool {
	for _, b := range []struct {
		budget *frontier.Budget
		max    int
	}{{c.pages, c.o.MaxPages}, {c.articles, c.o.MaxArticles}} {
		used, err := b.budget.Used(ctx)
		if err != nil || b.max > 0 && used >= int64(b.max) {
			return false
		}
	}
	return true
}

// work runs the workers and what carries their records until the job ends.
func (c *crawler) work(parent context.Context) error {
	ctx, cancel := context.WithCancelCause(parent)
	defer cancel(nil)
	if c.o.MaxTime > 0 {
		timer := time.AfterFunc(c.o.MaxTime, func() { cancel(errTimeUp) })
		defer timer.Stop()
	}

	carry := c.startCarrier(cancel)
	stopProgress := c.startProgress()
	endHeld := c.startReleaser(ctx, cancel)

	var workers sync.WaitGroup
	for range c.o.Workers {
		workers.Go(func() {
			if err := c.worker(ctx); err != nil {
				cancel(err)
			}
		})
	}
	workers.Wait()
	endHeld()
	c.asking.release()
	stopProgress()

	cause := context.Cause(ctx)
	stats := c.f.Stats()
	stopped := "done"
	var err error
	switch {
	case errors.Is(cause, errTimeUp):
		stopped = "time"
	case parent.Err() != nil:
		stopped = "interrupted"
	case cause != nil:
		stopped, err = "failed", cause
	case c.spent.Load():
		stopped = "budget"
	}
	if carryErr := carry(err == nil); err == nil && carryErr != nil {
		stopped, err = "failed", carryErr
	}
	c.tally.add(func(s *Summary) {
		s.Stopped, s.Pending, s.Found = stopped, stats.Pending, stats.Found
	})
	return err
}

var errTimeUp = errors.New("--max-time is over")

// worker fetches one item after the other.
func (c *crawler) worker(ctx context.Context) error {
	for {
		lease, err := c.f.Next(ctx, c.pace.ready)
		switch {
		case errors.Is(err, frontier.ErrDone), ctx.Err() != nil:
			if err == nil {
				lease.Release()
			}
			return nil
		case err != nil:
			return fmt.Errorf("taking the next URL: %w", err)
		}
		if err := c.process(ctx, lease); err != nil {
			return err
		}
	}
}

// startProgress calls OnProgress until the function that it returns is called.
func (c *crawler) startProgress() (stop func()) {
	if c.o.OnProgress == nil {
		return func() {}
	}
	done, ended := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		tick := time.NewTicker(250 * time.Millisecond)
		defer tick.Stop()
		for {
			select {
			case <-tick.C:
				c.o.OnProgress(c.progress())
			case <-done:
				c.o.OnProgress(c.progress())
				return
			}
		}
	}()
	return func() { close(done); <-ended }
}

func (c *crawler) progress() Progress {
	stats := c.f.Stats()
	p := Progress{Queue: stats.Pending, HostsPending: stats.Hosts, Summary: c.tally.snapshot()}
	p.Pages, p.Articles, p.Errors = c.tally.totals()
	p.Summary.Requests = int(c.requests.Load())
	for _, h := range c.f.HostStats(3) {
		// Between two requests to a polite crawl's host nothing is in flight,
		// and it is at work all the same.
		p.Hosts = append(p.Hosts, h.Host)
	}
	return p
}
