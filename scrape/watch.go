package scrape

import (
	"context"
	"errors"
	"maps"
	"sync/atomic"
	"time"

	"newsclip/scrape/frontier"
)

// A watch is a job that is crawled again and again. Each round asks what may have
// changed: feeds, news sitemaps and front pages as often as their host publishes,
// articles ever less often while they stay as they are, and other pages that lead to
// articles now and then.
type watch struct {
	every time.Duration
	// f is open from the first round to the end of the last, and health counts in the
	// round that runs.
	f      *frontier.Frontier
	health atomic.Pointer[health]
	// leading is set in a cluster, where f is not: each round opens the frontier, so
	// that it leaves its partitions to the leader at its end.
	leading *leadership
}

// open opens the frontier of a round, that of the one before where there was one.
func (w *watch) open(ctx context.Context, o frontier.Options, h *health) (*frontier.Frontier, error) {
	w.health.Store(h)
	if w.f != nil {
		return w.f, nil
	}
	o.Entered = func(host string) { w.health.Load().entered(host) }
	f, err := frontier.Open(ctx, o)
	if err == nil && w.leading == nil {
		w.f = f
	}
	return f, err
}

// closesRounds reports whether a round closes the frontier. w may be nil, for a crawl
// that is no watch.
func (w *watch) closesRounds() bool { return w == nil || w.leading != nil }

// close closes the frontier.
func (w *watch) close() {
	if w.f != nil {
		w.f.Close()
	}
}

const (
	// A host's feeds, news sitemaps and front pages are asked publishShare times as
	// often as it publishes, but no less often than every mostWait, so that an article
	// is found a quarter of the time late that passes between two of them.
	publishShare = 4
	mostWait     = 6 * time.Hour
	// otherTurns is how many such turns pass between two requests for other sitemaps and
	// pages of links, which is a day at most (mostOther).
	otherTurns = 8
	mostOther  = 24 * time.Hour
	// newsAge is the age up to which an entry makes a sitemap one of news.
	newsAge = 3 * 24 * time.Hour
	// mostDoublings bounds the pause after failures.
	mostDoublings = 10
)

// ErrNoState is returned by Watch without Options.Frontier.Dir or URL.
var ErrNoState = errors.New("a watch needs a state directory, or a cluster")

// Watch crawls the sites that the seeds lead to again and again, until ctx ends: a
// round begins every so often, or when the one before has ended. An article that is
// new or has changed is passed to o.Sink as soon as it is found, once; a changed one
// has [Mark.Diff]. A process that is killed loses nothing: the next Watch goes on.
//
// o.Frontier.Dir or URL must be set. Any number of processes may watch the same sites in
// a cluster, with the same options. One of them begins the rounds, or another where it
// is gone, and all of them share each round. No other process should crawl in that job.
//
// The summary is that of all rounds. Watch ends without an error where ctx ends, and
// where MaxTime, MaxPages or MaxArticles is used up; otherwise with that of [Crawl].
func Watch(ctx context.Context, o Options, handle Handler, every time.Duration) (*Summary, error) {
	total := &Summary{Started: o.time()}
	switch {
	case o.Frontier.Dir == "" && o.Frontier.URL == "":
		return total, ErrNoState
	case every <= 0:
		return total, errors.New("the time between two rounds of a watch is not positive")
	}
	o.Recrawl, o.watch = true, &watch{every: every}
	if o.Frontier.URL != "" {
		return watchCluster(ctx, o, handle, total)
	}
	defer o.watch.close()
	end := time.Now().Add(o.MaxTime)
	for {
		begun := o.time()
		if o.MaxTime > 0 {
			if o.MaxTime = time.Until(end); o.MaxTime <= 0 {
				total.Stopped = "time"
				return total, nil
			}
		}
		s, err := Crawl(ctx, o, handle)
		total.addRound(s)
		if err != nil || s.Stopped != "done" {
			return total, total.interrupted(ctx, err)
		}
		next := begun.Add(every)
		if o.OnRound != nil {
			o.OnRound(s, next)
		}
		if !o.sleepUntil(ctx, next) {
			total.Stopped = "interrupted"
			return total, nil
		}
	}
}

// interrupted returns nil in place of the error of a round that was interrupted while it
// was being opened.
func (s *Summary) interrupted(ctx context.Context, err error) error {
	if err == nil || ctx.Err() == nil || !errors.Is(err, ctx.Err()) {
		return err
	}
	s.Stopped = "interrupted"
	return nil
}

// addRound adds what a round has counted.
func (s *Summary) addRound(r *Summary) {
	s.Rounds++
	s.Stopped, s.Found, s.Pending, s.Health = r.Stopped, r.Found, r.Pending, r.Health
	s.Seconds += r.Seconds
	s.Requests += r.Requests
	s.Pages += r.Pages
	s.Articles += r.Articles
	s.Revisions += r.Revisions
	s.Listed += r.Listed
	s.Sitemaps += r.Sitemaps
	s.Feeds += r.Feeds
	s.Redirects += r.Redirects
	s.Retries += r.Retries
	s.Bytes += r.Bytes
	s.Kinds = addCounts(s.Kinds, r.Kinds)
	s.Skipped = addCounts(s.Skipped, r.Skipped)
	s.Errors = addCounts(s.Errors, r.Errors)
	n := min(len(r.Failures), maxFailures-len(s.Failures))
	s.Failures = append(s.Failures, r.Failures[:n]...)
	s.FailuresOmitted += r.FailuresOmitted + len(r.Failures) - n
}

// time returns the present time, or the one that a test has made up.
func (o *Options) time() time.Time {
	if o.clock != nil {
		return o.clock.now()
	}
	return time.Now()
}

// sleepUntil waits until a time, and reports false where ctx ended first.
func (o *Options) sleepUntil(ctx context.Context, at time.Time) bool {
	if ctx.Err() != nil {
		return false
	}
	if o.clock != nil {
		return o.clock.sleepUntil(ctx, at)
	}
	return sleep(ctx, max(0, time.Until(at)))
}

// clock is a made-up one.
type clock interface {
	now() time.Time
	sleepUntil(ctx context.Context, at time.Time) bool
}

// isDue reports whether an item that was finished at done is fetched in a round.
// turn is the time between two turns of its host.
func (w *watch) isDue(it *frontier.Item, done, now time.Time, turn time.Duration) bool {
	m := readMemo(it.Memo)
	if it.Kind == kindTwin || m.Gone {
		return false
	}
	if m.At != 0 {
		done = time.Unix(m.At, 0)
	}
	var wait time.Duration
	switch {
	case it.Kind == kindFeed, it.Kind == kindSitemap && m.News, it.Kind == kindPage && it.Class == frontier.ClassSeed:
		wait = turn
	case m.Hash != "" || m.Aside:
		wait = doubled(w.every, m.Steady-1, recrawlMax)
	default:
		wait = max(turn, min(otherTurns*turn, mostOther))
	}
	if m.Fails > 0 {
		wait = max(wait, doubled(w.every, m.Fails-1, max(w.every, mostWait)))
	}
	// A round takes time: what it has fetched at its end is due in the next one too.
	return !now.Add(w.every / 2).Before(done.Add(wait))
}

// doubled returns d, doubled n times, up to most.
func doubled(d time.Duration, n int, most time.Duration) time.Duration {
	for ; n > 0 && d < most; n-- {
		d *= 2
	}
	return min(d, most)
}

// turn returns the time between two requests for the feeds, news sitemaps and front
// pages of a host, by how often it publishes.
func (w *watch) turn(h *HostHealth, now time.Time) time.Duration {
	if h == nil || h.LastArticle.IsZero() {
		return w.every
	}
	between := time.Duration(h.PublishesEvery * float64(time.Second))
	between = max(between, now.Sub(h.LastArticle)/2) // it may have become slower
	return min(max(w.every, between/publishShare), max(w.every, mostWait))
}

// learnRhythm adds n articles, of which the last was found at a time, to what is known
// of how often the host publishes.
func (h *HostHealth) learnRhythm(at time.Time, n int) {
	const smoothing = 8
	if gap := at.Sub(h.LastArticle); !h.LastArticle.IsZero() && gap >= 0 {
		each := gap.Seconds() / float64(n)
		if h.PublishesEvery == 0 {
			h.PublishesEvery = each
		}
		h.PublishesEvery += (each - h.PublishesEvery) * min(1, float64(n)/smoothing)
	}
	if at.After(h.LastArticle) {
		h.LastArticle = at
	}
}

// stamp returns the memo with which an item of a watch is finished.
func (t *task) stamp(r *frontier.Result) []byte {
	before, m := readMemo(t.leased), readMemo(r.Memo)
	m.At = t.c.o.time().Unix()
	m.News = t.isNews || before.News && !t.wasRead
	m.Fails = 0
	if r.Failed {
		m.Fails = min(before.Fails+1, mostDoublings)
	}
	return m.bytes()
}

// byHost returns the entries of hosts by their names. They must not be changed.
func (h *health) byHost() map[string]*HostHealth {
	h.mu.Lock()
	defer h.mu.Unlock()
	all := make(map[string]*HostHealth)
	for i := range h.shards {
		maps.Copy(all, h.shards[i].total)
	}
	return all
}
