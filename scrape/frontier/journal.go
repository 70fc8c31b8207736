package frontier

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"sync"

	"github.com/nats-io/nats.go/jetstream"
)

// journalRoom is how many bytes of a message are left for its headers, which
// take a few hundred.
const journalRoom = 4 << 10

// journalGroup bounds the bytes of outcomes that share a message. Sharing saves
// acknowledgements; beyond a quarter of a megabyte there is little left to save.
const journalGroup = 256 << 10

// partJournal are a partition's outcomes that are not stored yet. One message of
// a partition is under way at a time; outcomes that come meanwhile share the next.
type partJournal struct {
	mu     sync.Mutex
	queue  []waitingOutcome
	flying bool // a goroutine is writing
	sent   int  // messages so far, for their IDs
}

// waitingOutcome is an outcome that is not stored yet.
type waitingOutcome struct {
	gen    uint64 // the partition's, when its item was leased
	o      *outcome
	report func(error)
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
	j := &p.journal
	j.mu.Lock()
	j.queue = append(j.queue, waitingOutcome{gen, o, report})
	start := !j.flying
	j.flying = true
	j.mu.Unlock()
	if start {
		f.writes.Go(func() { f.flush(p) })
	}
}

// flush writes the queued outcomes of a partition until there are none.
func (f *Frontier) flush(p *part) {
	j := &p.journal
	for {
		j.mu.Lock()
		if len(j.queue) == 0 {
			j.queue, j.flying = nil, false
			j.mu.Unlock()
			return
		}
		gen := j.queue[0].gen
		var b []byte
		n := 0
		for n < len(j.queue) && j.queue[n].gen == gen && (n == 0 || len(b)+j.queue[n].o.size() <= journalGroup) {
			b = j.queue[n].o.append(b)
			n++
		}
		group := j.queue[:n:n]
		j.queue = j.queue[n:]
		j.sent++
		id := f.id + "." + strconv.Itoa(p.id) + "." + strconv.Itoa(j.sent)
		j.mu.Unlock()
		err := f.writeGroup(p, gen, b, id)
		for _, w := range group {
			w.report(err)
		}
	}
}

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

// restoreHistory sets an item's Attempt and Memo. mu is held, and released while
// a memo is read.
func (f *Frontier) restoreHistory(ctx context.Context, l *Lease, it *Item) error {
	x := l.p.revisits[l.entry.seq]
	it.Attempt = max(1, int(x.attempt))
	if x.memo == 0 {
		return nil
	}
	f.mu.Unlock()
	defer f.mu.Lock()
	m, err := f.acknowledged(ctx, f.journal, x.memo)
	if err == nil {
		err = decodeOutcomes(m.Data, func(o *outcome) error {
			if o.seq == l.entry.seq {
				it.Memo = append([]byte(nil), o.memo...)
			}
			return nil
		})
	}
	if err != nil {
		return fmt.Errorf("frontier: %s: reading its memo of the last round: %w", it.URL, err)
	}
	return nil
}

// giveBack undoes a lease whose item could not be given out. mu is held.
func (f *Frontier) giveBack(l *Lease, raw []byte) {
	if l.p.gen == l.gen {
		l.back(raw)
	}
}
