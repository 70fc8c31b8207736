package frontier

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/nats-io/nuid"
)

// Survey counts the URLs of the whole job, over all workers of a cluster. InFlight is
// 0. Where workers hold all partitions, the counts are those of their last heartbeats;
// partitions that are loaded at that moment may be counted in part. Otherwise it reads
// the job's streams through, which takes some seconds for a million URLs.
func (f *Frontier) Survey(ctx context.Context) (Stats, error) {
	if f.e.shared {
		if s, ok := f.workersCounts(ctx); ok {
			return s, nil
		}
	}
	return f.readThrough(ctx)
}

// workersCounts adds up what the workers of a cluster have counted. It reports false
// where they do not hold all partitions, or are not at work: their heartbeats stand
// still.
func (f *Frontier) workersCounts(ctx context.Context) (s Stats, ok bool) {
	before, err := f.readTable(ctx)
	if err != nil || len(before.Counts) == 0 {
		return s, false
	}
	select {
	case <-time.After(2 * f.o.Lapse / beatsOfLapse):
	case <-ctx.Done():
		return s, false
	}
	now, err := f.readTable(ctx)
	if err != nil {
		return s, false
	}
	parts := 0
	for id, c := range now.Counts {
		if now.Beats[id] <= before.Beats[id] {
			return s, false
		}
		parts += c.Parts
		s.add(&c.Stats)
	}
	s.InFlight = 0
	return s, parts == len(f.parts)
}

// readTable reads the table of workers.
func (f *Frontier) readTable(ctx context.Context) (t table, err error) {
	e, err := f.value(ctx, "workers")
	if err == nil {
		err = json.Unmarshal(e.Value(), &t)
	}
	return t, err
}

// readThrough counts the URLs in the job's streams.
func (f *Frontier) readThrough(ctx context.Context) (Stats, error) {
	var s Stats
	past, err := f.readJournal(ctx, nil, nil)
	if err != nil {
		return s, f.wrap("survey", err)
	}
	id := nuid.Next()
	bar, err := f.barrier(ctx, id, "")
	if err != nil {
		return s, f.wrap("survey", err)
	}
	defer f.dropBarrier(bar)
	s.Retried = past.attempts
	for _, r := range past.retries {
		s.Retried += int(r.attempt) - 1
	}
	s.Delayed = len(past.retries)
	hosts := map[string]bool{}
	var damage error
	err = f.follow(ctx, f.urls, nil, 1, func(seq uint64, subject string, data []byte) bool {
		if seq >= bar {
			return false
		}
		if _, ok := partOfSubject(subject, len(f.parts)); !ok {
			return true
		}
		head, err := decodeHead(data)
		if err != nil {
			damage = fmt.Errorf("message %d of the URLs: %w", seq, err)
			return false
		}
		s.Found++
		if past.done.Exists(seq) {
			s.Done++
			if past.failed.Exists(seq) {
				s.Failed++
			}
			return true
		}
		s.Pending++
		s.ByClass[head.class]++
		hosts[string(head.host)] = true
		return true
	})
	if damage != nil {
		err = damage
	}
	if err != nil {
		return s, f.wrap("survey", err)
	}
	s.Hosts = len(hosts)
	return s, nil
}
