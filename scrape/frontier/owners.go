package frontier

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"
)

// Which worker holds which partition, in a cluster. The table of all workers and
// partitions is the value of one key. Each worker rewrites it a few times in a
// Lapse and increases its own number in it: a heartbeat. A worker whose number
// does not change for a Lapse, by the clock of the worker that reads it, is
// removed, and its partitions are free. No clock is compared with another's. A
// worker whose heartbeats fail for a good part of a Lapse gives no items out, so
// that it has stopped before others take over.

// table is the value of the key "workers".
type table struct {
	Beats map[string]uint64 // heartbeats of each worker
	Parts []string          // the worker that holds each partition; "" means none
	Used  []bool            // whether any worker has held it
	// Rest is how long a partition rests between two workers, where one of its
	// hosts has a longer delay than Options.Rest.
	Rest map[int]time.Duration `json:",omitempty"`
	// Counts are what each worker has counted in its partitions.
	Counts map[string]workerCount `json:",omitempty"`
}

// workerCount is a worker's Stats with its last heartbeat.
type workerCount struct {
	Stats
	Parts int // the partitions that are counted
}

// countMine returns the counts of the partitions that are loaded. mu is held.
func (f *Frontier) countMine() (c workerCount) {
	for _, p := range f.parts {
		if p.state == partLive || p.state == partLeaving {
			c.Parts++
			c.count(p)
		}
	}
	return c
}

// join makes this process take a share of the partitions.
func (f *Frontier) join() {
	f.joinNow.Do(func() {
		f.mu.Lock()
		defer f.mu.Unlock()
		if !f.closed {
			f.wg.Go(f.keepPartitions)
			f.wg.Go(f.watchEnd)
		}
	})
}

// lastBeat is another worker's last heartbeat, and when it was seen first.
type lastBeat struct {
	beat uint64
	at   time.Time
}

// keepPartitions writes heartbeats until the frontier is closed.
func (f *Frontier) keepPartitions() {
	others := map[string]lastBeat{}
	tick := time.NewTicker(f.o.Lapse / beatsOfLapse)
	defer tick.Stop()
	for {
		began := time.Now()
		ctx, cancel := context.WithTimeout(f.ctx, f.o.Lapse)
		won, err := f.heartbeat(ctx, others)
		if err == nil {
			f.mu.Lock()
			f.beat = began
			f.wakeOne()
			f.mu.Unlock()
			if len(won) > 0 {
				f.loadWon(won)
			}
			_ = f.refreshJob(ctx) // after an error: with the next heartbeat
		}
		cancel()
		select {
		case <-f.ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// loadWon loads partitions that were won, in the background, while the work on
// others goes on.
func (f *Frontier) loadWon(won []*part) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.closed {
		return
	}
	f.wg.Go(func() {
		if err := f.load(f.ctx, won); err != nil && f.ctx.Err() == nil {
			// The next heartbeat gives them back, to a worker that can read them.
			f.mu.Lock()
			for _, p := range won {
				if p.state == partLoading {
					f.lose(p)
				}
			}
			f.mu.Unlock()
		}
	})
}

// Slow sets the delay between two requests to a host. Its partition then rests at
// least as long when it passes from one worker to another, also where Options.Rest
// is shorter. It is stored with the next heartbeat.
func (f *Frontier) Slow(host string, delay time.Duration) {
	f.mu.Lock()
	defer f.mu.Unlock()
	p := f.parts[partitionOf(host, len(f.parts))]
	p.slowest = max(p.slowest, delay)
}

// heartbeat writes the table and returns the partitions that this worker has won.
func (f *Frontier) heartbeat(ctx context.Context, others map[string]lastBeat) (won []*part, err error) {
	var lost []*part
	err = f.change(ctx, "workers", func(old []byte) ([]byte, error) {
		t := table{Beats: map[string]uint64{}}
		if old != nil {
			if err := json.Unmarshal(old, &t); err != nil {
				return nil, fmt.Errorf("frontier: the table of workers: %w", err)
			}
		}
		if len(t.Parts) != len(f.parts) {
			t.Parts, t.Used = make([]string, len(f.parts)), make([]bool, len(f.parts))
		}
		f.mu.Lock()
		defer f.mu.Unlock()
		won, lost = f.rebalance(&t, others, time.Now())
		if t.Counts == nil {
			t.Counts = map[string]workerCount{}
		}
		t.Counts[f.id] = f.countMine()
		return json.Marshal(t)
	})
	if err != nil {
		return nil, err
	}
	// Only now it is certain that the table was not outdated.
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, p := range lost {
		f.lose(p)
	}
	for _, p := range won {
		p.take(p.rest)
	}
	return won, nil
}

// rebalance changes the table for a heartbeat: it removes dead workers, gives
// partitions beyond this worker's share back, and takes free ones up to its share.
// It returns the partitions that this worker wins and loses once the table is
// written. mu is held.
func (f *Frontier) rebalance(t *table, others map[string]lastBeat, now time.Time) (won, lost []*part) {
	t.Beats[f.id]++
	died := map[string]bool{}
	for id, beat := range t.Beats {
		if id == f.id {
			continue
		}
		if s, ok := others[id]; !ok || s.beat != beat {
			others[id] = lastBeat{beat, now}
		} else if now.Sub(s.at) >= f.o.Lapse {
			died[id] = true
			delete(t.Beats, id)
		}
	}
	for id := range t.Counts {
		if t.Beats[id] == 0 {
			delete(t.Counts, id)
		}
	}
	share := (len(f.parts) + len(t.Beats) - 1) / len(t.Beats)
	mine := 0
	for i, p := range f.parts {
		if t.Parts[i] != f.id {
			// Another worker has taken it, or this one has given it back.
			if p.state != partNone {
				lost = append(lost, p)
			}
			continue
		}
		if p.slowest > max(f.o.Rest, t.Rest[i]) {
			if t.Rest == nil {
				t.Rest = map[int]time.Duration{}
			}
			t.Rest[i] = p.slowest
		}
		switch {
		case p.state == partNone || p.state == partLeaving && p.inflight == 0 && p.journal.idle():
			if p.state != partNone {
				lost = append(lost, p)
			}
			t.Parts[i] = ""
		case p.state == partLeaving:
		default:
			mine++
		}
	}
	for i := len(f.parts) - 1; i >= 0 && mine > share; i-- {
		if p := f.parts[i]; p.state == partLive {
			p.state = partLeaving
			mine--
		}
	}
	for i, p := range f.parts {
		if mine >= share {
			break
		}
		owner := t.Parts[i]
		if _, lives := t.Beats[owner]; p.state != partNone || owner != "" && lives {
			continue
		}
		// A worker that is removed has been silent for a Lapse already.
		p.rest = time.Time{}
		rest := max(f.o.Rest, t.Rest[i])
		if died[owner] {
			p.rest = now.Add(max(0, rest-f.o.Lapse))
		} else if t.Used[i] {
			p.rest = now.Add(rest)
		}
		t.Parts[i], t.Used[i] = f.id, true
		won = append(won, p)
		mine++
	}
	return won, lost
}

// leave gives all partitions back, so that other workers take them at once.
func (f *Frontier) leave() {
	ctx, cancel := context.WithTimeout(context.Background(), f.o.Lapse)
	defer cancel()
	// After an error they are free after a Lapse.
	_ = f.change(ctx, "workers", func(old []byte) ([]byte, error) {
		var t table
		if old == nil || json.Unmarshal(old, &t) != nil || !slices.Contains(t.Parts, f.id) && t.Beats[f.id] == 0 {
			return nil, errSame
		}
		delete(t.Beats, f.id)
		delete(t.Counts, f.id)
		for i := range t.Parts {
			if t.Parts[i] == f.id {
				t.Parts[i] = ""
			}
		}
		return json.Marshal(t)
	})
}
