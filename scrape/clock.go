package scrape

import (
	"context"
	"time"
)

// A clock is the time that a test makes up.
type clock interface {
	now() time.Time
	sleepUntil(ctx context.Context, at time.Time) bool
}

// sleep waits for d. It reports false where ctx ended first.
func sleep(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}

// storeTime is how long the frontier may take to keep what one request brought.
const storeTime = 15 * time.Minute

// drainTime is how long a crawl waits at its end for its records to be moved.
const drainTime = time.Minute
