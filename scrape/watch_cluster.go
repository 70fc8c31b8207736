package scrape

import (
	"context"
	"errors"
	"time"

	"newsclip/scrape/frontier"
)

// A watch in a cluster is one job with any number of workers, of which one leads. The
// leader begins the rounds, which takes all partitions of the job. The others join a
// round when they see that it runs, and leave the job at its end.

// watchCluster is Watch where the job is in a cluster.
func watchCluster(ctx context.Context, o Options, handle Handler, total *Summary) (*Summary, error) {
	f, err := frontier.Open(ctx, o.Frontier) // it takes no partition
	if err != nil {
		return total, total.interrupted(ctx, err)
	}
	defer f.Close()
	l := startLeading(f, o.Frontier.Lapse)
	defer l.end()
	o.watch.leading = l
	var end, next time.Time
	if o.MaxTime > 0 {
		end = time.Now().Add(o.MaxTime)
	}
	for {
		if !end.IsZero() {
			if o.MaxTime = time.Until(end); o.MaxTime <= 0 {
				total.Stopped = "time"
				return total, nil
			}
		}
		job, err := f.Job(ctx)
		if err != nil && ctx.Err() == nil {
			return total, err
		}
		runs := err == nil && job.Finished.IsZero()
		if !runs && (!l.leads() || o.time().Before(next)) {
			if !o.sleepUntil(ctx, o.time().Add(l.lapse/leaderBeats)) {
				total.Stopped = "interrupted"
				return total, nil
			}
			continue
		}
		begun := o.time()
		s, err := Crawl(ctx, o, handle)
		if errors.Is(err, errNotLeading) {
			continue
		}
		total.addRound(s)
		if err != nil || s.Stopped != "done" {
			return total, total.interrupted(ctx, err)
		}
		next = begun.Add(o.watch.every)
		if o.OnRound != nil {
			o.OnRound(s, next)
		}
	}
}
