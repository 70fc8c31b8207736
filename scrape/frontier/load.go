package frontier

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/nats-io/nats-server/v2/server/avl"
	"github.com/nats-io/nuid"
)

// history is what the journal contains about the URLs of some partitions. URLs
// are identified by their sequences.
type history struct {
	done     avl.SequenceSet // finished
	failed   avl.SequenceSet // of done: as a failure
	empty    avl.SequenceSet // of done: as a failure, or empty
	reopened map[uint64]reopened
	retries  map[uint64]nextAttempt
	attempts int    // of finished URLs, beyond the first of each
	last     uint64 // the highest sequence that occurs
}

// reopened is the last time that a URL became pending again.
type reopened struct {
	round uint64
	memo  uint64 // sequence of the journal message with the URL's memo
}

// nextAttempt is the next attempt at a URL.
type nextAttempt struct {
	attempt uint64
	due     int64 // Unix milliseconds
}

// apply adds an outcome. As Collected copies outcomes, one may come twice, the
// second time after a later outcome of its URL: round and attempt decide which is
// the latest.
func (h *history) apply(journalSeq uint64, o *outcome) {
	h.last = max(h.last, o.seq)
	r, again := h.reopened[o.seq]
	switch o.kind {
	case outDone, outFailed, outEmpty:
		if again && o.round < r.round {
			return
		}
		if !h.done.Exists(o.seq) {
			h.attempts += int(max(o.attempt, 1)) - 1
		}
		delete(h.reopened, o.seq)
		delete(h.retries, o.seq)
		h.done.Insert(o.seq)
		if o.kind == outFailed {
			h.failed.Insert(o.seq)
		} else {
			h.failed.Delete(o.seq)
		}
		if o.kind != outDone {
			h.empty.Insert(o.seq)
		} else {
			h.empty.Delete(o.seq)
		}
	case outReopen:
		h.reopened[o.seq] = reopened{o.round, journalSeq}
		h.done.Delete(o.seq)
		h.failed.Delete(o.seq)
		h.empty.Delete(o.seq)
	case outRetry:
		if h.done.Exists(o.seq) || again && o.round < r.round {
			return
		}
		if o.attempt > h.retries[o.seq].attempt {
			h.retries[o.seq] = nextAttempt{o.attempt, o.at}
		}
	}
}

// readJournal reads the journal of the partitions that filters select, nil for
// all. It reads up to a mark that it sets itself. In a cluster Collected may, at
// the same time, drop messages that this reading has not come to, after it has
// copied them to the end. All such copies stand before a second mark that is set
// when the first one is read. visit, if not nil, is called with every outcome.
func (f *Frontier) readJournal(ctx context.Context, filters []string, visit func(*outcome)) (*history, error) {
	h := &history{reopened: map[uint64]reopened{}, retries: map[uint64]nextAttempt{}}
	if filters != nil {
		filters = append(filters, "x")
	}
	// The marks differ, as each of them may be stored twice.
	first, second := nuid.Next(), nuid.Next()
	if _, err := f.publish(ctx, "x", []byte(first), ""); err != nil {
		return nil, err
	}
	passed := false // the first mark was read
	var stop error
	err := f.follow(ctx, f.journal, filters, 1, func(seq uint64, subject string, data []byte) bool {
		switch {
		case subject == "x":
			switch string(data) {
			case first:
				if !f.e.shared {
					return false
				}
				if !passed {
					passed = true
					_, stop = f.publish(ctx, "x", []byte(second), "")
				}
			case second:
				return false
			}
		case strings.HasPrefix(subject, "f.") || subject == "j.end" || subject == droppedSubject:
		default:
			err := decodeOutcomes(data, func(o *outcome) error {
				h.apply(seq, o)
				if visit != nil {
					visit(o)
				}
				return nil
			})
			if err != nil {
				stop = fmt.Errorf("frontier: message %d of the journal: %w", seq, err)
			}
		}
		return stop == nil
	})
	if stop != nil {
		err = stop
	}
	return h, err
}

// load reads the journal of partitions that this worker holds now, makes them
// live, and reads their URLs. In process all of them are read before the first Next, so
// that items come in the order of their priority; in a cluster the work begins at once,
// and reading goes on as more are added.
func (f *Frontier) load(ctx context.Context, parts []*part) error {
	var filters, urls []string // of the journal and of the URLs; nil for all
	if len(parts) < len(f.parts) {
		urls = []string{"b.*"}
		for _, p := range parts {
			n := strconv.Itoa(p.id)
			filters = append(filters, "j."+n, "s."+n)
			urls = append(urls, "u."+n+".*")
		}
	}
	f.mu.Lock()
	gens := make([]uint64, len(f.parts))
	for i := range gens {
		gens[i] = noGen
	}
	for _, p := range parts {
		gens[p.id] = p.gen
	}
	f.mu.Unlock()
	if err := f.setFences(ctx, parts, gens); err != nil {
		return f.wrap("open", err)
	}
	past, err := f.readJournal(ctx, filters, nil)
	if err != nil {
		return f.wrap("open", err)
	}
	f.mu.Lock()
	f.finished.Union(&past.done)
	f.empty.Union(&past.empty)
	for seq := range past.reopened { // by another worker, since this one held the partition last
		f.reopen(seq)
	}
	for _, p := range parts {
		if p.gen == gens[p.id] {
			p.state = partLive
			if p.id == parts[0].id {
				p.retried = past.attempts
			}
		}
	}
	f.mu.Unlock()
	if !f.e.shared {
		return f.readURLs(ctx, gens, past)
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.closed {
		return ErrClosed
	}
	f.wg.Go(func() {
		var damage error
		err := f.follow(f.ctx, f.urls, urls, 1, func(seq uint64, subject string, data []byte) (more bool) {
			more, damage = f.onURL(seq, subject, data, gens, &past)
			return more
		})
		if damage != nil {
			err = damage
		}
		if err != nil && f.ctx.Err() == nil {
			f.fail(err)
		}
	})
	return nil
}

// readURLs reads the URLs that the server in process holds. Those that come later, Add
// enters in the index itself.
func (f *Frontier) readURLs(ctx context.Context, gens []uint64, past *history) error {
	bar, err := f.barrier(ctx, nuid.Next(), "")
	if err != nil {
		return f.wrap("open", err)
	}
	defer f.dropBarrier(bar)
	var damage error
	err = f.follow(ctx, f.urls, nil, 1, func(seq uint64, subject string, data []byte) (more bool) {
		if seq >= bar {
			return false
		}
		more, damage = f.onURL(seq, subject, data, gens, &past)
		return more
	})
	if damage != nil {
		err = damage
	}
	if err != nil {
		return f.wrap("open", err)
	}
	return nil
}

// setFences stores a fence for each partition in a cluster: from then on the
// journal refuses the outcomes of the worker that held it before.
func (f *Frontier) setFences(ctx context.Context, parts []*part, gens []uint64) error {
	if !f.e.shared {
		return nil
	}
	for _, p := range parts {
		seq, err := f.publish(ctx, fenceOf(p), []byte(f.id), "")
		if err != nil {
			return err
		}
		f.mu.Lock()
		if p.gen == gens[p.id] {
			p.fence = seq
		}
		f.mu.Unlock()
	}
	return nil
}

// partOfSubject returns the partition in the subject of a URL.
func partOfSubject(subject string, parts int) (int, bool) {
	rest, ok := strings.CutPrefix(subject, "u.")
	num, _, _ := strings.Cut(rest, ".")
	n, err := strconv.Atoi(num)
	return n, ok && err == nil && n >= 0 && n < parts
}

// noGen differs from the gen of every partition.
const noGen = ^uint64(0)

// onURL adds a message of the URL stream to the index. gens are the partitions
// that are being read, and past is what the journal has about them, until it is
// used up. onURL returns false where none of these partitions is held any more,
// and an error for a message that it cannot decode.
func (f *Frontier) onURL(seq uint64, subject string, data []byte, gens []uint64, past **history) (more bool, damage error) {
	f.sawURLs(seq)
	if strings.HasPrefix(subject, "b.") {
		return f.onBarrier(seq, data, gens), nil
	}
	n, ok := partOfSubject(subject, len(f.parts))
	if !ok {
		return true, nil
	}
	head, err := decodeHead(data)
	if err != nil {
		return false, fmt.Errorf("message %d of the URLs: %w", seq, err)
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	p := f.parts[n]
	if p.gen != gens[n] {
		return slices.ContainsFunc(f.parts, func(p *part) bool { return p.gen == gens[p.id] }), nil
	}
	if *past != nil && seq > (*past).last {
		*past = nil
	}
	f.enterIndex(p, seq, &head, data, *past)
	return true, nil
}

// enterIndex adds a URL of a partition that is held to the index. data is its message,
// and past what the journal has about it, or nil. mu is held.
func (f *Frontier) enterIndex(p *part, seq uint64, head *itemHead, data []byte, past *history) {
	p.found++
	e := entry{priority(head.class, head.sec), seq}
	var due time.Time
	if past != nil {
		var done bool
		if done, due = past.restore(p, seq); done {
			return
		}
	}
	p.byClass[head.class]++
	h := p.hosts[string(head.host)]
	if h == nil {
		h = f.hostOf(p, string(head.host))
	}
	if due.After(time.Now()) {
		h.retrying++
		p.retrying++
		f.delayed.push(delayed{due, e, h})
		f.wakeOne()
		return
	}
	f.push(h, e, data)
}

// restore counts a URL of the partition that has a history. It reports whether the
// URL is finished, and else when its retry is due, if it has one. Frontier.mu is
// held.
func (h *history) restore(to *part, seq uint64) (done bool, due time.Time) {
	if h.done.Exists(seq) {
		to.done++
		if h.failed.Exists(seq) {
			to.failed++
		}
		return true, due
	}
	var x revisit
	if r, ok := h.reopened[seq]; ok {
		x.memo, x.round = r.memo, r.round
	}
	if r, ok := h.retries[seq]; ok {
		x.attempt, due = r.attempt, time.UnixMilli(r.due)
		to.retried += int(r.attempt) - 1
	}
	if x != (revisit{}) {
		to.revisits[seq] = x
	}
	return false, due
}

// fail ends the work of this process after an error that no repetition mends: Next
// returns it.
func (f *Frontier) fail(err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.failLocked(err)
}

// failLocked is fail with mu held.
func (f *Frontier) failLocked(err error) {
	if f.broken == nil {
		f.broken = err
	}
	if !f.isOver {
		f.isOver = true
		close(f.over)
	}
}
