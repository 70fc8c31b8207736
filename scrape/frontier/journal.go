package frontier

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"sync"

	"github.com/nats-io/nats.go/jetstream"
)

// journalRoom is left free in a message for its headers.
const journalRoom = 4 << 10

// journalGroup bounds the outcomes written at once, in bytes, where they are
// many: one message, one acknowledgement.
const journalGroup = 256 << 10

// partJournal is a partition's outcomes on their way. One message of a
// partition is on its way at a time; what comes meanwhile shares the next.
type partJournal struct {
	mu     sync.Mutex
	queue  []waitingOutcome
	flying bool
	sent   int // messages, for their ids
}

type waitingOutcome struct {
	gen  uint64
	o    *outcome
	tell func(error)
}

// write stores an outcome and then calls tell, from another goroutine.
func (f *Frontier) write(p *part, gen uint64, o *outcome, tell func(error)) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.closed {
		go tell(ErrClosed)
		return
	}
	o.round = max(uint64(f.job.Round), p.extra[o.seq].round)
	j := &p.journal
	j.mu.Lock()
	j.queue = append(j.queue, waitingOutcome{gen, o, tell})
	start := !j.flying
	j.flying = true
	j.mu.Unlock()
	if start {
		f.writes.Go(func() { f.flush(p) })
	}
}

// flush writes until the queue is empty.
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
			w.tell(err)
		}
	}
}

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
	// In a cluster each message names the fence that made the partition ours:
	// after another worker has set its own, the stream refuses ours.
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
			// Whether it is stored is not known, and this worker must not give
			// the items out again before it is: the journal tells whoever takes
			// the partition next.
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
		// The fence is ours, or the answer is outdated: the refusal was of the
		// moment.
	}
}

// fenceOf is the subject of a partition's fences.
func fenceOf(p *part) string { return "f." + strconv.Itoa(p.id) }

// lastFence returns the place of a partition's last fence, or of an earlier one
// where the answer is outdated.
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

// lose drops a partition that is another worker's now. mu is held.
func (f *Frontier) lose(p *part) {
	for _, h := range p.hosts {
		f.rawCount -= len(h.raw)
	}
	f.hosts -= len(p.hosts)
	p.reset()
	f.ring1()
}

// fillExtra sets what an item has from before: its attempt, its memo. mu is
// held, and let go while a memo is fetched.
func (f *Frontier) fillExtra(ctx context.Context, l *Lease, it *Item) error {
	x := l.p.extra[l.entry.seq]
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
		return fmt.Errorf("frontier: %s: what the last round left: %w", it.URL, err)
	}
	return nil
}

// giveBack undoes a lease that could not be given out. mu is held.
func (f *Frontier) giveBack(l *Lease, raw []byte) {
	if l.p.gen == l.gen {
		l.back(raw)
	}
}
