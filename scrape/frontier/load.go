package frontier

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/nats-io/nats-server/v2/server/avl"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/nats-io/nuid"
)

// follow calls each with every message of a stream that matches any of filters
// (nil for all), from sequence start on, in order, each once, until it returns
// false or ctx ends. It carries on over the loss of servers.
func (f *Frontier) follow(ctx context.Context, s jetstream.Stream, filters []string, start uint64, each func(seq uint64, subject string, data []byte) bool) error {
	next := max(start, 1)
	for {
		from := next
		err := f.followOnce(ctx, s, filters, &next, each)
		if err == nil || ctx.Err() != nil {
			return err
		}
		if !f.e.shared && next == from {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(time.Second):
		}
	}
}

func (f *Frontier) followOnce(ctx context.Context, s jetstream.Stream, filters []string, next *uint64, each func(seq uint64, subject string, data []byte) bool) error {
	cfg := jetstream.OrderedConsumerConfig{DeliverPolicy: jetstream.DeliverByStartSequencePolicy, OptStartSeq: *next}
	for _, s := range filters {
		cfg.FilterSubjects = append(cfg.FilterSubjects, f.prefix+s)
	}
	var c jetstream.Consumer
	err := f.e.retry(ctx, func(ctx context.Context) (err error) {
		c, err = s.OrderedConsumer(ctx, cfg)
		return err
	})
	if err != nil {
		return err
	}
	// A server that dies is noticed by two missing heartbeats.
	it, err := c.Messages(jetstream.PullMaxMessages(2048), jetstream.PullExpiry(5*time.Second), jetstream.PullHeartbeat(time.Second))
	if err != nil {
		return err
	}
	defer it.Stop()
	defer context.AfterFunc(ctx, it.Stop)()
	for {
		m, err := it.Next()
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil {
			return err
		}
		meta, err := m.Metadata()
		if err != nil {
			return err
		}
		seq := meta.Sequence.Stream
		if seq < *next {
			continue
		}
		*next = seq + 1
		if !each(seq, m.Subject()[len(f.prefix):], m.Data()) {
			return nil
		}
	}
}

// past is what the journal says of the URLs of some partitions.
type past struct {
	done, failed avl.SequenceSet
	empty        avl.SequenceSet // of done: failed ones, too
	reopened     map[uint64]reopened
	retries      map[uint64]retry
	attempts     int    // beyond the first, of all
	last         uint64 // the highest URL sequence that the journal names
}

type reopened struct{ round, memo uint64 }

type retry struct {
	attempt uint64
	due     int64
}

// apply takes one entry in. Entries may come twice (Collected copies them), a
// copy after what came later: the round and the attempt tell which holds.
func (p *past) apply(journalSeq uint64, o *outcome) {
	p.last = max(p.last, o.seq)
	r, again := p.reopened[o.seq]
	switch o.kind {
	case outDone, outFailed, outEmpty:
		if again && o.round < r.round {
			return
		}
		if !p.done.Exists(o.seq) {
			p.attempts += int(max(o.attempt, 1)) - 1
		}
		delete(p.reopened, o.seq)
		delete(p.retries, o.seq)
		p.done.Insert(o.seq)
		if o.kind == outFailed {
			p.failed.Insert(o.seq)
		} else {
			p.failed.Delete(o.seq)
		}
		if o.kind != outDone {
			p.empty.Insert(o.seq)
		} else {
			p.empty.Delete(o.seq)
		}
	case outReopen:
		p.reopened[o.seq] = reopened{o.round, journalSeq}
		p.done.Delete(o.seq)
		p.failed.Delete(o.seq)
		p.empty.Delete(o.seq)
	case outRetry:
		if p.done.Exists(o.seq) || again && o.round < r.round {
			return
		}
		if o.attempt > p.retries[o.seq].attempt {
			p.retries[o.seq] = retry{o.attempt, o.at}
		}
	}
}

// readPast reads the whole journal of the partitions that filters name. In a
// cluster Collected may be dropping messages that it has copied to later ones at
// the same time: when the first mark comes by, every copy of what was missed
// stands before the second. visit, if not nil, sees every entry.
func (f *Frontier) readPast(ctx context.Context, filters []string, visit func(*outcome)) (*past, error) {
	p := &past{reopened: map[uint64]reopened{}, retries: map[uint64]retry{}}
	if filters != nil {
		filters = append(filters, "x")
	}
	// The marks have names of their own: each may be stored twice.
	first, second := nuid.Next(), nuid.Next()
	if _, err := f.publish(ctx, "x", []byte(first), ""); err != nil {
		return nil, err
	}
	passed := false // the first mark
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
		case strings.HasPrefix(subject, "f.") || subject == "j.end":
		default:
			err := decodeOutcomes(data, func(o *outcome) error {
				p.apply(seq, o)
				if visit != nil {
					visit(o)
				}
				return nil
			})
			if err != nil {
				stop = fmt.Errorf("frontier: journal, message %d: %w", seq, err)
			}
		}
		return stop == nil
	})
	if stop != nil {
		err = stop
	}
	return p, err
}

// load reads the past of partitions that are ours now, makes them live, and
// goes on following what is added to them.
func (f *Frontier) load(ctx context.Context, parts []*part) error {
	var filters, urls []string // nil for all
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
	if f.e.shared {
		for _, p := range parts {
			seq, err := f.publish(ctx, fenceOf(p), []byte(f.id), "")
			if err != nil {
				return f.wrap("open", err)
			}
			f.mu.Lock()
			if p.gen == gens[p.id] {
				p.fence = seq
			}
			f.mu.Unlock()
		}
	}
	past, err := f.readPast(ctx, filters, nil)
	if err != nil {
		return f.wrap("open", err)
	}
	f.mu.Lock()
	f.finished.Union(&past.done)
	f.empty.Union(&past.empty)
	for seq := range past.reopened { // by another worker, meanwhile
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
	// In process the whole past is taken in before the first Next, so that the
	// best goes first; in a cluster the work begins at once.
	caughtUp := make(chan error, 2)
	bar := ""
	if f.e.shared {
		caughtUp <- nil
	} else {
		bar = nuid.Next()
		seq, err := f.barrier(ctx, bar, "")
		if err != nil {
			return f.wrap("open", err)
		}
		defer f.dropBarrier(seq)
	}
	f.mu.Lock()
	if f.closed {
		f.mu.Unlock()
		return ErrClosed
	}
	f.wg.Go(func() {
		err := f.follow(f.ctx, f.urls, urls, 1, func(seq uint64, subject string, data []byte) bool {
			if bar != "" && subject == "b."+bar {
				caughtUp <- nil
			}
			return f.onURL(seq, subject, data, gens, &past)
		})
		if err != nil && f.ctx.Err() == nil {
			caughtUp <- err
			f.fail(err)
		}
	})
	f.mu.Unlock()
	select {
	case err := <-caughtUp:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

// partOfSubject returns the partition in the subject of a URL.
func partOfSubject(subject string, parts int) (int, bool) {
	rest, ok := strings.CutPrefix(subject, "u.")
	num, _, _ := strings.Cut(rest, ".")
	n, err := strconv.Atoi(num)
	return n, ok && err == nil && n >= 0 && n < parts
}

const noGen = ^uint64(0)

// onURL takes one message of the URL stream into the index. It returns false
// when none of the partitions that it reads for is ours any more.
func (f *Frontier) onURL(seq uint64, subject string, data []byte, gens []uint64, past **past) bool {
	if strings.HasPrefix(subject, "b.") {
		return f.onBarrier(seq, data, gens)
	}
	n, ok := partOfSubject(subject, len(f.parts))
	if !ok {
		return true
	}
	head, err := decodeHead(data)
	if err != nil {
		return true
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	p := f.parts[n]
	if p.gen != gens[n] {
		return slices.ContainsFunc(f.parts, func(p *part) bool { return p.gen == gens[p.id] })
	}
	p.found++
	e := entry{priority(head.class, head.sec), seq}
	if *past != nil {
		if seq > (*past).last {
			*past = nil // all that it says has been used
		} else if (*past).done.Exists(seq) {
			p.done++
			if (*past).failed.Exists(seq) {
				p.failed++
			}
			return true
		} else {
			var x extra
			if r, ok := (*past).reopened[seq]; ok {
				x.memo, x.round = r.memo, r.round
			}
			r, late := (*past).retries[seq]
			if late {
				x.attempt = r.attempt
				p.retried += int(r.attempt) - 1
			}
			if x != (extra{}) {
				p.extra[seq] = x
			}
			if late && r.due > time.Now().UnixMilli() {
				h := f.hostOf(p, string(head.host))
				p.byClass[head.class]++
				h.late++
				p.late++
				f.delayed.push(delayed{time.UnixMilli(r.due), e, h})
				f.ring1()
				return true
			}
		}
	}
	p.byClass[head.class]++
	h := p.hosts[string(head.host)]
	if h == nil {
		h = f.hostOf(p, string(head.host))
	}
	f.push(h, e, data)
	return true
}

// fail ends everything on an error that no repetition mends.
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

// barrierAnswer is what a worker says of its partitions at a barrier.
type barrierAnswer struct {
	Seq     uint64
	Parts   []int
	Found   bool // they have any URL before Seq, finished ones included
	Pending bool // one of these is not finished
	Leased  bool // one of these is leased
}

// onBarrier answers a barrier: everything before it has been taken in.
func (f *Frontier) onBarrier(seq uint64, reply []byte, gens []uint64) bool {
	f.mu.Lock()
	a := barrierAnswer{Seq: seq}
	for _, p := range f.parts {
		if p.gen != gens[p.id] {
			continue
		}
		a.Parts = append(a.Parts, p.id)
		a.Found = a.Found || p.found > 0
		a.Pending = a.Pending || p.pending() > 0
		a.Leased = a.Leased || p.inflight > 0
	}
	alive := f.alive(time.Now()) // otherwise another worker may have them by now
	f.mu.Unlock()
	ours := len(a.Parts) > 0
	if ours && alive && len(reply) > 0 {
		if b, err := json.Marshal(a); err == nil {
			// An answer that is lost means another round.
			_ = f.e.nc.PublishMsg(&nats.Msg{Subject: string(reply), Data: b})
		}
	}
	return ours
}
