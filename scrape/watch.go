package scrape

import (
	"context"
	"errors"
	"time"
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
