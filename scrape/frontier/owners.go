package frontier

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"
)

// Who holds which partition, in a cluster. One key holds the table of all
// workers and partitions; each worker rewrites it a few times in a Lapse,
// showing that it lives by a number that grows. Who has not moved for a Lapse,
// by the watcher's own clock, is dropped, and its partitions are free. No clock
// is compared with another's. A worker that could not write for a good part of
// a Lapse gives nothing out, so that it has stopped before others take over.

// table is what the key holds.
type table struct {
	Beats map[string]uint64 // of each worker
	Parts []string          // each partition's worker, "" for none
	Used  []bool            // whether it ever had one
	// Rest is how long a partition rests between two workers, where a host of
	// it has a longer delay than Options.Rest.
	Rest map[int]time.Duration `json:",omitempty"`
}

// beats of a lapse, and the part of it after which a worker stops by itself.
const (
	beatsOfLapse = 5
	stopAfter    = 0.6
)

// alive reports whether this worker may give items out. mu is held.
func (f *Frontier) alive(now time.Time) bool {
	return !f.e.shared || now.Sub(f.beat) < time.Duration(stopAfter*float64(f.o.Lapse))
}

// join takes part in the work.
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

// seen is what a worker remembers of another.
type seen struct {
	beat uint64
	at   time.Time
}

func (f *Frontier) keepPartitions() {
	others := map[string]seen{}
	tick := time.NewTicker(f.o.Lapse / beatsOfLapse)
	defer tick.Stop()
	for {
		began := time.Now()
		ctx, cancel := context.WithTimeout(f.ctx, f.o.Lapse)
		won, err := f.beatOnce(ctx, others)
		if err == nil {
			f.mu.Lock()
			f.beat = began
			f.ring1()
			f.mu.Unlock()
			if len(won) > 0 {
				f.loadWon(won)
			}
			_ = f.refreshJob(ctx) // read again at the next beat
		}
		cancel()
		select {
		case <-f.ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// loadWon loads partitions that were won, in the background: what is held
// already goes on.
func (f *Frontier) loadWon(won []*part) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.closed {
		return
	}
	f.wg.Go(func() {
		if err := f.load(f.ctx, won); err != nil && f.ctx.Err() == nil {
			// Given back, to be taken again by whoever can read them.
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

// Slow says that a host is not to be asked more often than once in delay, so
// that its partition rests as long where it passes from one worker to another,
// whatever Options.Rest says. The others learn it with the next beat.
func (f *Frontier) Slow(host string, delay time.Duration) {
	f.mu.Lock()
	defer f.mu.Unlock()
	p := f.parts[partitionOf(host, len(f.parts))]
	p.slowest = max(p.slowest, delay)
}

// beatOnce writes the table, and returns the partitions won by it.
func (f *Frontier) beatOnce(ctx context.Context, others map[string]seen) (won []*part, err error) {
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
		won, lost = f.turn(&t, others, time.Now())
		return json.Marshal(t)
	})
	if err != nil {
		return nil, err
	}
	// The table was not outdated: it was replaced.
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

// turn is one beat's change of the table: the dead dropped, what is too much
// given up, what is missing taken. It returns the partitions that this worker
// wins and loses where the table is written. mu is held.
func (f *Frontier) turn(t *table, others map[string]seen, now time.Time) (won, lost []*part) {
	t.Beats[f.id]++
	died := map[string]bool{}
	for id, beat := range t.Beats {
		if id == f.id {
			continue
		}
		if s, ok := others[id]; !ok || s.beat != beat {
			others[id] = seen{beat, now}
		} else if now.Sub(s.at) >= f.o.Lapse {
			died[id] = true
			delete(t.Beats, id)
		}
	}
	share := (len(f.parts) + len(t.Beats) - 1) / len(t.Beats)
	mine := 0
	for i, p := range f.parts {
		if t.Parts[i] != f.id {
			// Not ours by the table: another took it, or it was given back.
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
		// A worker that is found dead has been silent for a Lapse already.
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

func (j *partJournal) idle() bool {
	j.mu.Lock()
	defer j.mu.Unlock()
	return !j.flying
}

// leave gives everything back, so that the others need not wait for a Lapse.
func (f *Frontier) leave() {
	ctx, cancel := context.WithTimeout(context.Background(), f.o.Lapse)
	defer cancel()
	// Who cannot say goodbye is missed after a Lapse.
	_ = f.change(ctx, "workers", func(old []byte) ([]byte, error) {
		var t table
		if old == nil || json.Unmarshal(old, &t) != nil || !slices.Contains(t.Parts, f.id) && t.Beats[f.id] == 0 {
			return nil, errSame
		}
		delete(t.Beats, f.id)
		for i := range t.Parts {
			if t.Parts[i] == f.id {
				t.Parts[i] = ""
			}
		}
		return json.Marshal(t)
	})
}
