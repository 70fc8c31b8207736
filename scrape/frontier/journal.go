package frontier

import (
	"context"
	"errors"
	"strconv"
	"time"

	"github.com/nats-io/nats.go/jetstream"
)

// journalRoom is how many bytes of a message are left for its headers, which
// take a few hundred.
const journalRoom = 4 << 10

// journalGroup bounds the bytes of outcomes that share a message. Sharing saves
// acknowledgements; beyond a quarter of a megabyte there is little left to save.
const journalGroup = 256 << 10

// journalLinger is how long outcomes wait in process for others to share a message
// with. A message costs a dozen switches between goroutines, whatever it holds: with
// 200 outcomes a second, each by itself took a fifth of a millisecond of processor time.
const journalLinger = 20 * time.Millisecond

// journalOf returns where the outcomes of a partition wait.
func (f *Frontier) journalOf(p *part) *partJournal {
	if f.e.shared {
		return &p.journal
	}
	return &f.together
}

// write stores an outcome and then calls report, from another goroutine.
func (f *Frontier) write(p *part, gen uint64, o *outcome, report func(error)) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.closed {
		go report(ErrClosed)
		return
	}
	o.round = max(uint64(f.job.Round), p.revisits[o.seq].round)
	j := f.journalOf(p)
	j.mu.Lock()
	j.queue = append(j.queue, waitingOutcome{p, gen, o, report})
	start := !j.flying
	j.flying = true
	if j.ripe != nil && !f.mayFollow(len(j.queue)) {
		close(j.ripe)
		j.ripe = nil
	}
	j.mu.Unlock()
	if start {
		f.writes.Go(func() { f.flush(j) })
	}
}

// mayFollow reports whether further outcomes may come while so many wait: not all items
// that are leased have ended. mu is held.
func (f *Frontier) mayFollow(waiting int) bool {
	leased := 0
	for _, p := range f.parts {
		leased += p.inflight
	}
	return leased > waiting
}

// linger waits in process for further outcomes to share a message with.
func (f *Frontier) linger(j *partJournal) {
	if f.e.shared {
		return // a partition has too few for that
	}
	f.mu.Lock()
	j.mu.Lock()
	var ripe chan struct{}
	if len(j.queue) > 0 && !f.closed && f.mayFollow(len(j.queue)) {
		ripe = make(chan struct{})
		j.ripe = ripe
	}
	j.mu.Unlock()
	f.mu.Unlock()
	if ripe == nil {
		return
	}
	timer := time.NewTimer(journalLinger)
	defer timer.Stop()
	select {
	case <-ripe:
	case <-timer.C:
	}
	j.mu.Lock()
	j.ripe = nil
	j.mu.Unlock()
}

// flush writes the queued outcomes until there are none.
func (f *Frontier) flush(j *partJournal) {
	for {
		f.linger(j)
		j.mu.Lock()
		if len(j.queue) == 0 {
			j.queue, j.flying = nil, false
			j.mu.Unlock()
			return
		}
		first := j.queue[0]
		n, size := 0, 0
		for n < len(j.queue) && (n == 0 || f.share(&first, &j.queue[n]) && size+j.queue[n].o.size() <= journalGroup) {
			size += j.queue[n].o.size()
			n++
		}
		group := j.queue[:n:n]
		b := make([]byte, 0, size)
		for _, w := range group {
			b = w.o.append(b)
		}
		j.queue = j.queue[n:]
		j.sent++
		id := f.id + "." + strconv.Itoa(first.p.id) + "." + strconv.Itoa(j.sent)
		j.mu.Unlock()
		err := f.writeGroup(first.p, first.gen, b, id)
		for _, w := range group {
			w.report(err)
		}
	}
}

// share reports whether two outcomes may be in one message. In process all may, as
// there a partition is held as long as the frontier is open.
func (f *Frontier) share(a, b *waitingOutcome) bool { return !f.e.shared || a.gen == b.gen }

// writeGroup stores a journal message. It returns ErrLost where another worker
// holds the partition.
func (f *Frontier) writeGroup(p *part, gen uint64, b []byte, id string) error {
	subject := "j." + strconv.Itoa(p.id)
	f.mu.Lock()
	lost, fence := p.gen != gen, p.fence
	f.mu.Unlock()
	if lost {
		return ErrLost
	}
	if !f.e.shared {
		if _, err := f.publish(f.ctx, subject, b, ""); err != nil {
			return f.wrap("journal", err)
		}
		return nil
	}
	// In a cluster each message names the fence by which this worker holds the
	// partition. The stream refuses it once another worker has set a fence.
	lose := func() {
		f.mu.Lock()
		defer f.mu.Unlock()
		if p.gen == gen {
			f.lose(p)
		}
	}
	for {
		_, err := f.publish(f.ctx, subject, b, id, jetstream.WithExpectLastSequenceForSubject(fence, f.prefix+fenceOf(p)))
		if err == nil {
			return nil
		}
		if !isWrongSequence(err) {
			// Whether the message is stored is not known. The partition is given
			// up, so that its items are not given out before the journal was read.
			lose()
			return f.wrap("journal", err)
		}
		last, err := f.lastFence(f.ctx, p)
		if err != nil {
			lose()
			return f.wrap("journal", err)
		}
		if last > fence {
			lose()
			return ErrLost
		}
		// This worker's fence is the last one, or the answer is outdated: another
		// message was being stored at that moment.
	}
}

// fenceOf is the subject of a partition's fences.
func fenceOf(p *part) string { return "f." + strconv.Itoa(p.id) }

// lastFence returns the sequence of a partition's last fence, or of an earlier
// one where the answer is outdated.
func (f *Frontier) lastFence(ctx context.Context, p *part) (seq uint64, err error) {
	err = f.e.retry(ctx, func(ctx context.Context) error {
		m, err := f.journal.GetLastMsgForSubject(ctx, f.prefix+fenceOf(p))
		if errors.Is(err, jetstream.ErrMsgNotFound) {
			return errUncertain // this worker has set one
		}
		if err == nil {
			seq = m.Sequence
		}
		return err
	})
	return seq, err
}

// lose makes this worker no longer hold a partition. mu is held.
func (f *Frontier) lose(p *part) {
	for _, h := range p.hosts {
		f.rawCount -= len(h.raw)
	}
	f.hosts -= len(p.hosts)
	p.reset()
	f.wakeOne()
}
