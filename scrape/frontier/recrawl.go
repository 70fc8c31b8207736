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

// Recrawl begins the next round of a finished job. It calls due for every finished
// item, with its Memo and the time when it was finished, in the order in which the
// items entered; those for which due returns true become pending again. It returns
// their number. The job is then marked as running, also where no item is due, and
// ends as usual.
//
// Recrawl waits until this worker holds every partition. So in a cluster one
// worker begins the round alone, and the others join afterwards. While it runs, all
// memos are in memory. Where its process is killed, some items may be pending again
// in a job that is still marked finished: call Recrawl again.
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
		return 0, errors.New("frontier: the job has not finished: only a finished job can be crawled again")
	}
	type left struct {
		round uint64
		at    int64
		memo  []byte
	}
	memos := map[uint64]left{}
	past, err := f.readJournal(ctx, nil, func(o *outcome) {
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
			stop = fmt.Errorf("message %d of the URLs: %w", seq, err)
			return false
		}
		m := memos[seq]
		it.Memo = m.memo
		if !due(it, time.UnixMilli(m.at)) {
			return true
		}
		n++
		head, _ := decodeHead(data) // it decodes: decodeItem has done so
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

// awaitEvery is how often awaitAll counts the partitions.
const awaitEvery = 50 * time.Millisecond

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
			return fmt.Errorf("frontier: other workers hold parts of the job: %w", ctx.Err())
		case <-time.After(awaitEvery):
		}
	}
}

// reopening are items of a partition that become pending with the next message.
type reopening struct {
	data  []byte // of the message
	items []reopenedItem
}

// reopenedItem is an item that becomes pending again.
type reopenedItem struct {
	e      entry
	host   string
	failed bool
	round  uint64
}

// reopenGroup bounds the bytes of a message of reopened items. It is small, as the
// message is read for each lease of one of them.
const reopenGroup = 16 << 10

// add adds an item, and stores the message where it is large enough.
func (g *reopening) add(ctx context.Context, f *Frontier, p *part, it reopenedItem, o *outcome) error {
	g.data = o.append(g.data)
	g.items = append(g.items, it)
	if len(g.data) < reopenGroup {
		return nil
	}
	return g.flush(ctx, f, p)
}

// flush stores the message and makes its items pending.
func (g *reopening) flush(ctx context.Context, f *Frontier, p *part) error {
	if len(g.items) == 0 {
		return nil
	}
	seq, err := f.publish(ctx, "s."+strconv.Itoa(p.id), g.data, "")
	if err != nil {
		return err
	}
	f.copies.Add(1)
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, it := range g.items {
		p.done--
		if it.failed {
			p.failed--
		}
		f.reopen(it.e.seq)
		p.revisits[it.e.seq] = revisit{memo: seq, round: it.round}
		p.byClass[classOf(it.e.prio)]++
		f.push(f.hostOf(p, it.host), it.e, nil)
	}
	*g = reopening{}
	return nil
}
