package scrape

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"newsclip/scrape/frontier"
	"newsclip/scrape/internal/address"
	"newsclip/scrape/internal/fetch"
	"newsclip/scrape/internal/pace"
	"newsclip/scrape/internal/robots"
	"newsclip/scrape/internal/suspects"
)

// leastRest is how long the frontier lets a host rest when it passes from one
// worker to another, where Delay is shorter: its own default.
const leastRest = 5 * time.Second

// Crawl fetches what the seeds lead to, calls handle for every page, and writes the
// records to o.Sink. It returns when nothing is left to fetch, when a budget is
// used up, or when ctx ends. In the last case requests under way are ended, what
// was fetched is written, and no error is returned. The summary is never nil, even
// with an error. Errors are [ErrNoSeeds], [ErrFinished], those of the frontier
// (such as [frontier.ErrInUse]), and those of o.Sink.
func Crawl(ctx context.Context, o Options, handle Handler) (*Summary, error) {
	start := time.Now()
	c := &crawler{tally: newTally(start), health: newHealth(), handle: handle}
	err := c.run(ctx, o)
	s := c.tally.snapshot()
	s.Health = c.health.list()
	s.Seconds = time.Since(start).Seconds()
	s.Requests = int(c.requests.Load())
	if err != nil && s.Stopped == "" {
		s.Stopped = "failed"
	}
	return &s, err
}

func (c *crawler) run(ctx context.Context, o Options) (err error) {
	if c.o, c.seeds, err = o.withDefaults(); err != nil {
		return err
	}
	if c.o.Delay > leastRest {
		c.o.Frontier.Rest = c.o.Delay
	}
	if c.o.watch != nil {
		c.f, err = c.o.watch.open(ctx, c.o.Frontier, c.health)
	} else {
		c.o.Frontier.Entered = c.health.entered
		c.f, err = frontier.Open(ctx, c.o.Frontier)
	}
	if err != nil {
		return fmt.Errorf("opening the frontier: %w", err)
	}
	if c.o.watch.closesRounds() {
		defer c.f.Close()
	}
	defer func() {
		if err != nil {
			err = cmp.Or(c.f.Full(), err)
		}
	}()
	c.shared = c.o.Frontier.URL != ""
	c.durable = c.o.Frontier.Dir != "" || c.shared
	if dir := c.o.Frontier.Dir; dir != "" {
		if c.suspects, err = suspects.Open(dir); err != nil {
			return err
		}
	}
	job, err := c.f.Job(ctx)
	if err != nil {
		return err
	}
	if c.scope, err = address.NewBoundary(c.o.Scope, c.o.Include, c.o.Exclude); err != nil {
		return err
	}
	c.scope.Follow(c.o.Follow)
	client := c.o.forClient()
	client.BoundBodies = true
	c.client = fetch.NewClient(client, c.seeds)
	defer c.client.Close()
	seeds, err := c.openScope(ctx)
	if err != nil {
		return fmt.Errorf("storing the seeds: %w", err)
	}
	c.sites.domain = c.o.Scope == ScopeDomain
	paceOf := pace.Options{
		PerHost: c.o.PerHost, Delay: c.o.Delay, DelayOf: c.sites.delay, Random: c.o.RandomDelay,
		Slots: c.o.Workers, Wake: c.f.Wake,
	}
	if c.durable {
		// Another worker, or the process before this one, may have made a
		// request to a host a moment ago.
		paceOf.First = c.o.Delay
	}
	c.pace = pace.New(paceOf)
	if err := c.openSites(ctx); err != nil {
		return fmt.Errorf("storing the seeds: %w", err)
	}
	if err := c.health.open(ctx, c.f, c.durable, c.pace, c.sites.name); err != nil {
		return err
	}
	c.inHand = newInHand(c.o.Workers)
	c.hands = newHandBudgets()
	c.robots = robots.NewCache(c.getRobots, c.pace.Scaled)
	c.robots.Token = c.o.RobotsToken
	c.renderer = newPageRenderer(&c.o, &asker{
		client: c.client, robots: c.robots, pace: c.pace, ignoreRobots: c.o.IgnoreRobots, limit: c.o.MaxBody, counted: c.countLoad,
	}, seeds)
	defer c.renderer.close()
	c.pages = c.f.Budget("pages", int64(max(0, c.o.MaxPages)))
	c.articles = c.f.Budget("articles", int64(max(0, c.o.MaxArticles)))

	if err := c.begin(ctx, job); err != nil {
		if errors.Is(err, ErrFinished) {
			if deliverErr := c.deliverRest(); deliverErr != nil {
				return deliverErr
			}
		}
		return err
	}
	return c.work(ctx)
}

// begin adds the seeds, or continues a job where it was left. New seeds make a
// finished job run again.
func (c *crawler) begin(ctx context.Context, job frontier.JobInfo) error {
	finished := !job.Finished.IsZero()
	if finished && c.o.Recrawl {
		if err := c.o.watch.begin(ctx, c.beginRecrawl); err != nil {
			return err
		}
	}
	if len(c.seeds) == 0 && c.f.Stats().Found == 0 && c.o.Frontier.URL == "" {
		return ErrNoSeeds
	}
	if c.f.Stats().Found > 0 {
		c.tally.add(func(s *Summary) { s.Continued = true })
	}
	var items []frontier.Item
	for _, s := range c.seeds {
		items = append(items, newItem(s, kindPage, frontier.ClassSeed, 0))
	}
	var entered []bool
	if len(items) > 0 {
		var err error
		if entered, err = c.f.Add(ctx, items...); err != nil {
			return err
		}
	}
	if !finished || c.o.Recrawl || slices.Contains(entered, true) {
		return nil
	}
	stats := c.f.Stats()
	if stats.Pending > 0 && c.hasBudget(ctx) {
		// The budget that ended it is larger now.
		return c.f.Reopen(ctx)
	}
	c.tally.add(func(s *Summary) { s.Stopped = "finished"; s.Found = stats.Found; s.Pending = stats.Pending })
	return ErrFinished
}

// hasBudget reports whether both budgets have units left.
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

// work fetches what the frontier has, and runs what moves their records to the sink, until the job
// ends.
func (c *crawler) work(parent context.Context) error {
	ctx, cancel := context.WithCancelCause(parent)
	defer cancel(nil)
	if c.o.MaxTime > 0 {
		timer := time.AfterFunc(c.o.MaxTime, func() { cancel(errTimeUp) })
		defer timer.Stop()
	}

	deliver := c.startDelivery(cancel)
	stopProgress := c.startProgress()
	keepHealth := c.health.startKeeping(c.f)
	endHeld := c.startReleaser(ctx, cancel)

	if err := c.dispatch(ctx, cancel); err != nil {
		cancel(err)
	}
	endHeld()
	c.waiting.release()
	stopProgress()
	healthErr := keepHealth()

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
	if deliverErr := deliver(err == nil); err == nil && deliverErr != nil {
		stopped, err = "failed", deliverErr
	}
	if err == nil && healthErr != nil {
		stopped, err = "failed", fmt.Errorf("storing the counts of hosts: %w", healthErr)
	}
	c.tally.add(func(s *Summary) {
		s.Stopped, s.Pending, s.Found = stopped, stats.Pending, stats.Found
	})
	return err
}

var errTimeUp = errors.New("the time of --max-time is over")
