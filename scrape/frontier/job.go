package frontier

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/nats-io/nats.go/jetstream"
)

// Job returns the job's marker.
func (f *Frontier) Job(ctx context.Context) (JobInfo, error) {
	e, err := f.latest(ctx, "job")
	if err != nil {
		return JobInfo{}, f.wrap("job", err)
	}
	if err := f.takeJob(e); err != nil {
		return JobInfo{}, err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.job.JobInfo, nil
}

// Finish marks the job finished although items are pending, as when a budget is
// spent or a time limit reached: Next then returns ErrDone in every worker. Items
// stay pending, for Reopen. Collect ends when all leases have ended.
func (f *Frontier) Finish(ctx context.Context) error {
	err := f.changeJob(ctx, func(j *jobState) error {
		if j.Finished.IsZero() {
			j.Finished, j.End = time.Now().UTC(), ""
		}
		return nil
	})
	f.mu.Lock()
	f.nudgeEnd()
	f.mu.Unlock()
	return err
}

// Reopen marks a finished job as running, so that pending items are given out.
func (f *Frontier) Reopen(ctx context.Context) error {
	return f.changeJob(ctx, func(j *jobState) error {
		j.Finished, j.End = time.Time{}, ""
		return nil
	})
}

// changeJob changes the stored marker, and then this process's copy.
func (f *Frontier) changeJob(ctx context.Context, change func(*jobState) error) error {
	err := f.change(ctx, "job", func(old []byte) ([]byte, error) {
		var j jobState
		if err := json.Unmarshal(old, &j); err != nil {
			return nil, fmt.Errorf("the job's marker: %w", err)
		}
		if err := change(&j); err != nil {
			return nil, err
		}
		return json.Marshal(j)
	})
	if err != nil {
		return f.wrap("job", err)
	}
	return f.refreshJob(ctx)
}

// refreshJob updates this process's copy of the marker. The copy may be outdated
// by then; in a cluster it is refreshed with every heartbeat.
func (f *Frontier) refreshJob(ctx context.Context) error {
	e, err := f.value(ctx, "job")
	if err != nil {
		return f.wrap("job", err)
	}
	return f.takeJob(e)
}

func decodeJob(e jetstream.KeyValueEntry) (j jobState, err error) {
	if err := json.Unmarshal(e.Value(), &j); err != nil {
		return j, fmt.Errorf("frontier: the job's marker: %w", err)
	}
	return j, nil
}

// takeJob replaces this process's copy of the marker, unless by an earlier one.
func (f *Frontier) takeJob(e jetstream.KeyValueEntry) error {
	j, err := decodeJob(e)
	if err != nil {
		return err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.jobRevision > e.Revision() {
		return nil
	}
	f.job, f.jobRevision = j, e.Revision()
	switch finished := !j.Finished.IsZero(); {
	case finished && !f.isOver:
		f.isOver = true
		close(f.over)
	case !finished && f.isOver && !f.closed && f.broken == nil:
		f.isOver = false
		f.over = make(chan struct{})
	}
	return nil
}

// setOver makes every call of Next return ErrDone.
func (f *Frontier) setOver() {
	f.mu.Lock()
	defer f.mu.Unlock()
	if !f.isOver {
		f.isOver = true
		close(f.over)
	}
}

// nudgeEnd makes watchEnd look for the end now. mu is held.
func (f *Frontier) nudgeEnd() {
	select {
	case f.endBell <- struct{}{}:
	default:
	}
}
