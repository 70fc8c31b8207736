package frontier

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/nats-io/nuid"
)

// Recrawl begins the next round of a finished job: due is asked about every
// finished item, with its Memo and when it was finished, in the order in which
// they entered, and those for which it is true become pending again with their
// Memo. It returns how many. The job is marked running again even where none is
// due, until Next finds that.
//
// It must hold every partition, so in a cluster one worker begins the round
// alone and the others join afterwards. Memory: all memos, while it runs. A
// process that is killed in it leaves what it reopened reopened, in a job that
// is still marked finished: call Recrawl again.
func (f *Frontier) Recrawl(ctx context.Context, due func(it Item, done time.Time) bool) (int, error) {
	f.join()
	if err := f.awaitAll(ctx); err != nil {
		return 0, err
	}
	info, err := f.Job(ctx)
	if err != nil {
		return 0, err
	}
	if info.Finished.IsZero() {
		return 0, errors.New("frontier: a job that has not finished cannot be crawled again: let it finish first")
	}
	type left struct {
		round uint64
		at    int64
		memo  []byte
	}
	memos := map[uint64]left{}
	past, err := f.readPast(ctx, nil, func(o *outcome) {
		if o.kind != outRetry && o.round >= memos[o.seq].round {
			memos[o.seq] = left{o.round, o.at, slices.Clone(o.memo)}
		}
	})
	if err != nil {
		return 0, f.wrap("recrawl", err)
	}
	round := info.Round + 1
	groups := make([]reopening, len(f.parts))
	bar, err := f.barrier(ctx, nuid.Next(), "")
	if err != nil {
		return 0, f.wrap("recrawl", err)
	}
	defer f.dropBarrier(bar)
	n := 0
	var stop error
	err = f.follow(ctx, f.urls, nil, 1, func(seq uint64, subject string, data []byte) bool {
		if seq >= bar {
			return false
		}
		p, ok := partOfSubject(subject, len(f.parts))
		if !ok || !past.done.Exists(seq) {
			return true
		}
		it, err := decodeItem(data)
		if err != nil {
			stop = fmt.Errorf("URL %d: %w", seq, err)
			return false
		}
		m := memos[seq]
		it.Memo = m.memo
		if !due(it, time.UnixMilli(m.at)) {
			return true
		}
		n++
		head, _ := decodeHead(data) // decodeItem has read it
		stop = groups[p].add(ctx, f, f.parts[p], reopenedItem{
			entry{priority(head.class, head.sec), seq}, it.Host, past.failed.Exists(seq), uint64(round),
		}, &outcome{kind: outReopen, seq: seq, round: uint64(round), at: m.at, memo: m.memo})
		return stop == nil
	})
	if stop != nil {
		err = stop
	}
	for p := range groups {
		if err == nil {
			err = groups[p].flush(ctx, f, f.parts[p])
		}
	}
	if err != nil {
		return n, f.wrap("recrawl", err)
	}
	return n, f.changeJob(ctx, func(j *jobState) error {
		j.Round, j.Finished, j.End = round, time.Time{}, ""
		return nil
	})
}

// awaitAll waits until this worker holds every partition.
func (f *Frontier) awaitAll(ctx context.Context) error {
	for {
		f.mu.Lock()
		n := 0
		for _, p := range f.parts {
			if p.state == partLive {
				n++
			}
		}
		closed := f.closed
		f.mu.Unlock()
		switch {
		case closed:
			return ErrClosed
		case n == len(f.parts):
			return nil
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("frontier: other workers are in the job: %w", ctx.Err())
		case <-time.After(50 * time.Millisecond):
		}
	}
}

// reopening is a partition's items on their way to be pending again.
type reopening struct {
	data  []byte
	items []reopenedItem
}

type reopenedItem struct {
	e      entry
	host   string
	failed bool
	round  uint64
}

// reopenGroup bounds a message of reopened items, in bytes. It is small, as each
// lease of one of them reads it.
const reopenGroup = 16 << 10

func (g *reopening) add(ctx context.Context, f *Frontier, p *part, it reopenedItem, o *outcome) error {
	g.data = o.append(g.data)
	g.items = append(g.items, it)
	if len(g.data) < reopenGroup {
		return nil
	}
	return g.flush(ctx, f, p)
}

func (g *reopening) flush(ctx context.Context, f *Frontier, p *part) error {
	if len(g.items) == 0 {
		return nil
	}
	seq, err := f.publish(ctx, "s."+strconv.Itoa(p.id), g.data, "")
	if err != nil {
		return err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, it := range g.items {
		p.done--
		if it.failed {
			p.failed--
		}
		f.reopen(it.e.seq)
		p.extra[it.e.seq] = extra{memo: seq, round: it.round}
		p.byClass[classOf(it.e.prio)]++
		f.push(f.hostOf(p, it.host), it.e, nil)
	}
	*g = reopening{}
	return nil
}
