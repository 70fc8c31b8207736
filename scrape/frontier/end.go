package frontier

import (
	"context"
	"encoding/json"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nuid"
)

// How the end of a job is found. A barrier is a message in the URL stream. A
// worker that reads it has read every URL before it in its partitions, and
// answers whether any of them is pending. If the workers of all partitions answer
// that none is, for barrier B, then every URL before B is finished and stays
// finished. A URL after B was either found on a page that was pending before B, or
// added without a lease. So if the next barrier, which is published after all
// those answers, follows B directly, no URL after B has come from a page. One that
// is added without a lease later changes the job's marker (keepRunning), and the
// marker is marked finished only in the revision that it had before B.

// gatherFor is how long a barrier waits for answers. A partition that no worker
// holds gives none; the next barrier asks again.
const gatherFor = 2 * time.Second

// answersHeld is how many answers may wait to be read: one of each worker, and
// more where workers hold partitions that they have taken at different times.
const answersHeld = 1024

// How often the end is looked for. In a cluster that costs two writes.
const (
	endEvery       = 100 * time.Millisecond
	endEveryShared = 500 * time.Millisecond
)

// watchEnd looks for the end while this worker holds partition 0.
func (f *Frontier) watchEnd() {
	every := endEvery
	if f.e.shared {
		every = endEveryShared
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
		// After an error of the cluster the next tick looks again.
		_ = f.lookForEnd(f.ctx)
	}
}

// lookForEnd marks the job finished where nothing is pending. Of a job that was
// marked finished it ends the records where no item is leased.
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
	// From here on, an addition without a lease changes the marker (keepRunning),
	// and then this revision is not replaced.
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

// end stores the message that ends the records, and then the marker, if its
// revision is still this one.
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

// barrier stores a barrier and returns its sequence. Workers answer it at the
// subject reply, if that is not empty. The caller drops it, as workers that join
// later need not read it.
func (f *Frontier) barrier(ctx context.Context, id, reply string) (uint64, error) {
	seq, _, err := f.enter(ctx, "b."+id, []byte(reply))
	return seq, err
}

// dropBarrier deletes a barrier. A barrier that stays does no harm. It stays in a
// directory, so that the numbers of the messages have no gaps there (see Check).
func (f *Frontier) dropBarrier(seq uint64) {
	if f.o.Dir != "" {
		return
	}
	ctx, cancel := context.WithTimeout(f.ctx, f.e.try)
	defer cancel()
	_ = f.urls.DeleteMsg(ctx, seq)
}

// gathered are the answers of all workers to a barrier, taken together.
type gathered struct {
	barrierAnswer
	answered bool // every partition's worker has answered
}

// gather stores a barrier and waits for the answers of all partitions' workers. In
// process this is the only one, and it has read what Add has entered; there is no answer
// while a call of Add is under way.
func (f *Frontier) gather(ctx context.Context) (all gathered, err error) {
	if !f.e.shared {
		if all.Seq, err = f.barrier(ctx, nuid.Next(), ""); err != nil {
			return all, err
		}
		defer f.dropBarrier(all.Seq)
		f.mu.Lock()
		defer f.mu.Unlock()
		all.answered = f.adding.Load() == 0
		for _, p := range f.parts {
			all.count(p)
		}
		return all, nil
	}
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

// barrierAnswer is a worker's answer to a barrier. It is about those of its
// partitions in which it has read every URL before the barrier.
type barrierAnswer struct {
	Seq     uint64 // of the barrier
	Parts   []int
	Found   bool // there is a URL before Seq, finished or not
	Pending bool // one of them is not finished
	Leased  bool // one of them is leased
}

// count adds a partition. Frontier.mu is held.
func (a *barrierAnswer) count(p *part) {
	a.Parts = append(a.Parts, p.id)
	a.Found = a.Found || p.found > 0
	a.Pending = a.Pending || p.pending() > 0
	a.Leased = a.Leased || p.inflight > 0
}

// onBarrier answers a barrier for the partitions of gens that are still held. It
// returns false where none is.
func (f *Frontier) onBarrier(seq uint64, reply []byte, gens []uint64) bool {
	f.mu.Lock()
	a := barrierAnswer{Seq: seq}
	for _, p := range f.parts {
		if p.gen != gens[p.id] {
			continue
		}
		a.count(p)
	}
	alive := f.alive(time.Now()) // otherwise another worker may hold them by now
	f.mu.Unlock()
	ours := len(a.Parts) > 0
	if ours && alive && len(reply) > 0 {
		if b, err := json.Marshal(a); err == nil {
			// Where an answer is lost, the barrier is repeated.
			_ = f.e.nc.PublishMsg(&nats.Msg{Subject: string(reply), Data: b})
		}
	}
	return ours
}

// CatchUp waits until Stats counts everything that was added to this process's
// part of the job before the call; in a cluster an item reaches the index shortly after
// Add has stored it. It returns an error after ten seconds.
func (f *Frontier) CatchUp(ctx context.Context) error {
	if !f.e.shared {
		return nil
	}
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

// allMine reports whether all partitions that this process works on have
// answered.
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
