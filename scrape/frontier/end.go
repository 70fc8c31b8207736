package frontier

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/nats-io/nuid"
)

// How the end is found. A barrier is a message in the URL stream; each worker
// that comes by it knows every URL before it in its partitions, and answers
// which of them have nothing pending. If all partitions answer so for barrier
// B, every URL before B is finished, and stays so. A URL after B can only come
// from one that was pending; so if the next barrier, published after all those
// answers, stands right behind B, there is none, and nobody is left who could
// add one.

// gatherFor is how long a barrier waits for answers.
const gatherFor = 2 * time.Second

// watchEnd looks for the end while this worker holds partition 0.
func (f *Frontier) watchEnd() {
	every := 100 * time.Millisecond
	if f.e.shared {
		every = 500 * time.Millisecond
	}
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		select {
		case <-f.ctx.Done():
			return
		case <-f.endBell:
		case <-tick.C:
		}
		// An error here is the cluster's; the next tick tries again.
		_ = f.lookForEnd(f.ctx)
	}
}

// nudgeEnd asks watchEnd to look now. mu is held.
func (f *Frontier) nudgeEnd() {
	select {
	case f.endBell <- struct{}{}:
	default:
	}
}

// lookForEnd marks the job finished if it is, and ends its records if it has
// been.
func (f *Frontier) lookForEnd(ctx context.Context) error {
	f.mu.Lock()
	finished := !f.job.Finished.IsZero()
	due := f.parts[0].state == partLive
	if finished {
		due = due && f.job.End == ""
	} else {
		due = due && f.waiting > 0 && !f.closed
		for _, p := range f.parts {
			due = due && (p.state == partNone || p.pending() == 0)
		}
	}
	f.mu.Unlock()
	if !due {
		return nil
	}
	first, idle, quiet, err := f.gather(ctx)
	if err != nil {
		return err
	}
	if finished {
		if !quiet {
			return nil
		}
		return f.end(ctx, time.Time{})
	}
	if !idle {
		return nil
	}
	if f.e.shared {
		// A job into which nothing was added yet has not ended.
		info, err := f.urls.Info(ctx)
		if err != nil {
			return err
		}
		if info.State.Msgs == 0 {
			return nil
		}
	}
	second, err := f.barrier(ctx, nuid.Next(), "")
	if err != nil {
		return err
	}
	defer func() { _ = f.urls.DeleteMsg(ctx, second) }()
	if second != first+1 {
		return nil
	}
	return f.end(ctx, time.Now().UTC())
}

// end writes the end of the records and then the marker.
func (f *Frontier) end(ctx context.Context, finished time.Time) error {
	id := nuid.Next()
	if _, err := f.publish(ctx, "j.end", []byte(id), ""); err != nil {
		return err
	}
	return f.changeJob(ctx, func(j *jobState) error {
		if !finished.IsZero() {
			j.Finished = finished
		}
		j.End = id
		return nil
	})
}

// barrier publishes a barrier that is answered at reply, and returns its place.
// The caller deletes it: who joins later need not see it.
func (f *Frontier) barrier(ctx context.Context, id, reply string) (uint64, error) {
	return f.publish(ctx, "b."+id, []byte(reply), "")
}

// gather asks all workers at a barrier.
func (f *Frontier) gather(ctx context.Context) (seq uint64, idle, quiet bool, err error) {
	inbox := f.e.nc.NewInbox()
	answers := make(chan *nats.Msg, 1024)
	sub, err := f.e.nc.ChanSubscribe(inbox, answers)
	if err != nil {
		return 0, false, false, err
	}
	defer func() { _ = sub.Unsubscribe() }()
	if err := f.e.nc.FlushTimeout(ackTimeout); err != nil {
		return 0, false, false, err
	}
	if seq, err = f.barrier(ctx, nuid.Next(), inbox); err != nil {
		return 0, false, false, err
	}
	defer func() { _ = f.urls.DeleteMsg(ctx, seq) }()
	idle, quiet = true, true
	answered := map[int]bool{}
	timeout := time.After(gatherFor)
	for len(answered) < len(f.parts) {
		select {
		case m := <-answers:
			var a barrierAnswer
			if json.Unmarshal(m.Data, &a) != nil || a.Seq != seq {
				continue
			}
			idle, quiet = idle && !a.Pending, quiet && !a.Leased
			for _, p := range a.Parts {
				answered[p] = true
			}
		case <-timeout:
			return seq, false, false, nil
		case <-ctx.Done():
			return seq, false, false, ctx.Err()
		}
	}
	return seq, idle, quiet, nil
}

// CatchUp waits until Stats counts everything that was added to this process's
// part of the job before the call: what Add has stored reaches the index a
// moment later.
func (f *Frontier) CatchUp(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, ackTimeout)
	defer cancel()
	inbox := f.e.nc.NewInbox()
	answers := make(chan *nats.Msg, 1024)
	sub, err := f.e.nc.ChanSubscribe(inbox, answers)
	if err != nil {
		return f.wrap("catching up", err)
	}
	defer func() { _ = sub.Unsubscribe() }()
	if err := f.e.nc.FlushWithContext(ctx); err != nil {
		return f.wrap("catching up", err)
	}
	seq, err := f.barrier(ctx, nuid.Next(), inbox)
	if err != nil {
		return f.wrap("catching up", err)
	}
	defer func() { _ = f.urls.DeleteMsg(f.ctx, seq) }()
	answered := map[int]bool{}
	for !f.allMine(answered) {
		select {
		case m := <-answers:
			var a barrierAnswer
			if json.Unmarshal(m.Data, &a) == nil && a.Seq == seq {
				for _, p := range a.Parts {
					answered[p] = true
				}
			}
		case <-f.ctx.Done():
			return ErrClosed
		case <-ctx.Done():
			return f.wrap("catching up", ctx.Err())
		}
	}
	return nil
}

// allMine says whether all partitions that this process works on are among
// those that have answered.
func (f *Frontier) allMine(answered map[int]bool) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, p := range f.parts {
		if p.state == partLive && !answered[p.id] {
			return false
		}
	}
	return true
}

// setOver lets every Next return ErrDone.
func (f *Frontier) setOver() {
	f.mu.Lock()
	defer f.mu.Unlock()
	if !f.isOver {
		f.isOver = true
		close(f.over)
	}
}

// Job returns the job's marker.
func (f *Frontier) Job(ctx context.Context) (JobInfo, error) {
	if err := f.refreshJob(ctx); err != nil {
		return JobInfo{}, err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.job.JobInfo, nil
}

// Finish marks the job finished although items are pending (a budget is spent,
// a time limit reached): Next then returns ErrDone in every worker. The pending
// items stay, for Reopen. Collect ends when the leases that are out have ended.
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

// Reopen undoes the finished mark, so that pending items are given out again.
func (f *Frontier) Reopen(ctx context.Context) error {
	return f.changeJob(ctx, func(j *jobState) error {
		j.Finished, j.End = time.Time{}, ""
		return nil
	})
}

// changeJob changes the marker atomically and takes the change over.
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

// refreshJob reads the marker.
func (f *Frontier) refreshJob(ctx context.Context) error {
	e, err := f.value(ctx, "job")
	if err != nil {
		return f.wrap("job", err)
	}
	var j jobState
	if err := json.Unmarshal(e.Value(), &j); err != nil {
		return fmt.Errorf("frontier: the job's marker: %w", err)
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.jobRevision > e.Revision() {
		return nil // a replica that lags behind
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

// value reads a key of the job's state.
func (f *Frontier) value(ctx context.Context, key string) (e jetstream.KeyValueEntry, err error) {
	err = f.e.again(ctx, func(ctx context.Context) error {
		e, err = f.kv.Get(ctx, key)
		return err
	})
	return e, err
}

// errSame is returned by a change that changes nothing.
var errSame = errors.New("no change")

// change reads, changes and writes a key until nobody else wrote in between.
// old is nil where the key has no value.
func (f *Frontier) change(ctx context.Context, key string, next func(old []byte) ([]byte, error)) error {
	for wait := time.Millisecond; ; wait = min(2*wait, 100*time.Millisecond) {
		var old []byte
		var rev uint64
		e, err := f.value(ctx, key)
		switch {
		case err == nil:
			old, rev = e.Value(), e.Revision()
		case !errors.Is(err, jetstream.ErrKeyNotFound):
			return err
		}
		b, err := next(old)
		if errors.Is(err, errSame) {
			return nil
		}
		if err != nil {
			return err
		}
		err = f.e.again(ctx, func(ctx context.Context) error {
			if old == nil {
				_, err := f.kv.Create(ctx, key, b)
				return err
			}
			_, err := f.kv.Update(ctx, key, b, rev)
			return err
		})
		if err == nil {
			return nil
		}
		if !errors.Is(err, jetstream.ErrKeyExists) && !isWrongSequence(err) {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(wait):
		}
	}
}
