package scrape

import (
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

// doubled returns d, doubled n times, up to most.
func doubled(d time.Duration, n int, most time.Duration) time.Duration {
	for ; n > 0 && d < most; n-- {
		d *= 2
	}
	return min(d, most)
}

// A page that leads to articles is due in every recrawl. An article, and a page
// whose memo is Aside, is due after recrawlMin, and after twice as long each time
// that it was found unchanged, up to recrawlMax.
const (
	recrawlMin = time.Hour
	recrawlMax = 30 * 24 * time.Hour
)

// isDue reports whether an item that was finished at done is fetched in a recrawl.
func isDue(it *frontier.Item, done, now time.Time) bool {
	if it.Kind == kindTwin {
		return false
	}
	if it.Kind != kindPage || it.Class == frontier.ClassSeed {
		return true
	}
	m := readMemo(it.Memo)
	if m.Gone {
		return false
	}
	if m.Hash == "" && !m.Aside {
		return true
	}
	wait := recrawlMin
	for n := 1; n < m.Steady && wait < recrawlMax; n++ {
		wait *= 2
	}
	return !now.Before(done.Add(min(wait, recrawlMax)))
}
