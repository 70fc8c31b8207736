package frontier

import (
	"context"
	"encoding/json"
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

// gatherFor is how long a barrier waits for answers. A partition that no worker
// holds gives none; the next barrier asks again.
const gatherFor = 2 * time.Second

// answersHeld is how many answers may wait to be read: one of each worker, and
// more where workers hold partitions that they have taken at different times.
const answersHeld = 1024

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
	// The marker is read first and replaced by nothing but this revision: what
	// is added without a lease from here on changes it (keepRunning).
	e, err := f.value(ctx, "job")
	if err != nil {
		return err
	}
	job, err := decodeJob(e)
	if err != nil {
		return err
	}
	if job.Finished.IsZero() == finished {
		return f.takeJob(e)
	}
	all, err := f.gather(ctx)
	if err != nil || !all.answered {
		return err
	}
	switch {
	case finished && all.Leased:
		return nil
	case !finished && all.Pending:
		return nil
	case !finished && f.e.shared && !all.Found:
		return nil // a job into which nothing was added yet has not ended
	case !finished:
		second, err := f.barrier(ctx, nuid.Next(), "")
		if err != nil {
			return err
		}
		defer f.dropBarrier(second)
		if second != all.Seq+1 {
			return nil
		}
		job.Finished = time.Now().UTC()
	}
	return f.end(ctx, e.Revision(), job)
}

// end writes the end of the records and then the marker, where its revision is
// still this one.
func (f *Frontier) end(ctx context.Context, revision uint64, job jobState) error {
	job.End = nuid.Next()
	if _, err := f.publish(ctx, "j.end", []byte(job.End), ""); err != nil {
		return err
	}
	b, err := json.Marshal(job)
	if err != nil {
		return err
	}
	if _, err := f.replace(ctx, "job", revision, b); err != nil {
		return err
	}
	return f.refreshJob(ctx)
}

// barrier publishes a barrier that is answered at reply, and returns its place.
// The caller drops it: workers that join later need not see it.
func (f *Frontier) barrier(ctx context.Context, id, reply string) (uint64, error) {
	seq, _, err := f.enter(ctx, "b."+id, []byte(reply))
	return seq, err
}

// dropBarrier deletes a barrier. One that stays does no harm.
func (f *Frontier) dropBarrier(seq uint64) {
	ctx, cancel := context.WithTimeout(f.ctx, f.e.try)
	defer cancel()
	_ = f.urls.DeleteMsg(ctx, seq)
}

// gathered is what all workers together answer at a barrier.
type gathered struct {
	barrierAnswer
	answered bool // for every partition
}

// gather asks all workers at a barrier.
func (f *Frontier) gather(ctx context.Context) (all gathered, err error) {
	inbox := f.e.nc.NewInbox()
	answers := make(chan *nats.Msg, answersHeld)
	sub, err := f.e.nc.ChanSubscribe(inbox, answers)
	if err != nil {
		return all, err
	}
	defer func() { _ = sub.Unsubscribe() }()
	if err := f.e.nc.FlushTimeout(ackTimeout); err != nil {
		return all, err
	}
	if all.Seq, err = f.barrier(ctx, nuid.Next(), inbox); err != nil {
		return all, err
	}
	defer f.dropBarrier(all.Seq)
	answered := map[int]bool{}
	timeout := time.After(gatherFor)
	for len(answered) < len(f.parts) {
		select {
		case m := <-answers:
			var a barrierAnswer
			if json.Unmarshal(m.Data, &a) != nil || a.Seq != all.Seq {
				continue
			}
			all.Found = all.Found || a.Found
			all.Pending = all.Pending || a.Pending
			all.Leased = all.Leased || a.Leased
			for _, p := range a.Parts {
				answered[p] = true
			}
		case <-timeout:
			return all, nil
		case <-ctx.Done():
			return all, ctx.Err()
		}
	}
	all.answered = true
	return all, nil
}

// CatchUp waits until Stats counts everything that was added to this process's
// part of the job before the call: what Add has stored reaches the index a
// moment later.
func (f *Frontier) CatchUp(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, ackTimeout)
	defer cancel()
	inbox := f.e.nc.NewInbox()
	answers := make(chan *nats.Msg, answersHeld)
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
	defer f.dropBarrier(seq)
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

// refreshJob reads the marker, which may be replaced already: it is read again
// at the next beat.
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

// takeJob takes a marker over unless a later one was.
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
