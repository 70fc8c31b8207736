package scrape

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"newsclip/scrape/frontier"
)

// dispatch leases items, each for a slot, and hands them to workers until the job or
// ctx ends and the workers are done. One caller of Next means one timer, for the host
// that is due next, and none that wakes for nothing. There are no more workers than
// slots were ever held at once.
func (c *crawler) dispatch(ctx context.Context, fail context.CancelCauseFunc) error {
	var workers sync.WaitGroup
	defer workers.Wait()
	leases := make(chan *frontier.Lease)
	defer close(leases)
	slots := make(chan struct{}, c.o.Workers)
	work := func(lease *frontier.Lease) {
		if err := c.process(ctx, lease); err != nil {
			fail(err)
		}
		<-slots
	}
	for {
		select {
		case slots <- struct{}{}:
		case <-ctx.Done():
			return nil
		}
		if !c.inHand.keepUp(ctx) {
			return nil
		}
		lease, err := c.f.Next(ctx, c.pace.Ready)
		switch {
		case errors.Is(err, frontier.ErrDone), ctx.Err() != nil:
			if err == nil {
				lease.Release()
			}
			return nil
		case err != nil:
			return fmt.Errorf("taking the next URL: %w", err)
		}
		select {
		case leases <- lease:
		default:
			workers.Go(func() {
				work(lease)
				for lease := range leases {
					work(lease)
				}
			})
		}
	}
}
