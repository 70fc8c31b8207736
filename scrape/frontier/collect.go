package frontier

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/nats-io/nats.go/jetstream"
	"github.com/nats-io/nuid"
)

// Record is one of Result.Records, as Collect delivers it.
type Record struct {
	// Seq is the place of the record's message. It never decreases; records that
	// were stored together share it, and the last of them has Last set. The Seq of
	// a checkpoint is one whose Last record was written.
	Seq  uint64
	Last bool
	// Data is valid during the call.
	Data []byte
}

// Checkpoint returns the argument of the last call of Collected, of any process;
// the zero Checkpoint before the first.
func (f *Frontier) Checkpoint(ctx context.Context) (Checkpoint, error) {
	var c Checkpoint
	e, err := f.latest(ctx, "checkpoint")
	if errors.Is(err, jetstream.ErrKeyNotFound) {
		return c, nil
	}
	if err == nil {
		err = json.Unmarshal(e.Value(), &c)
	}
	if err != nil {
		return c, f.wrap("checkpoint", err)
	}
	return c, nil
}

// dropEvery is how many bytes of collected messages the journal keeps until
// Collected drops them together: about a thousand pages, so that dropping is
// rare, and little enough to be read again at a restart.
const dropEvery = 1 << 20

// Collected stores that all records up to c.Seq are in the output for good, and
// lets the frontier drop them. Call it about once a second, not for each record.
// It returns an error where another process has collected further.
func (f *Frontier) Collected(ctx context.Context, c Checkpoint) error {
	b, err := json.Marshal(c)
	if err != nil {
		return err
	}
	err = f.change(ctx, "checkpoint", func(old []byte) ([]byte, error) {
		var was Checkpoint
		if old != nil {
			if err := json.Unmarshal(old, &was); err != nil {
				return nil, err
			}
		}
		if was.Seq > c.Seq {
			return nil, fmt.Errorf("another process has collected up to %d already", was.Seq)
		}
		return b, nil
	})
	if err != nil {
		return f.wrap("checkpoint", err)
	}
	f.collecting.Lock()
	defer f.collecting.Unlock()
	size := 0
	n := 0
	for n < len(f.collected) && f.collected[n].seq <= c.Seq {
		size += f.collected[n].size
		n++
	}
	if size < dropEvery {
		return nil
	}
	// The outcomes, without their records, are copied to the end of the journal
	// before their messages are dropped.
	keep := map[string][]byte{}
	for _, m := range f.collected[:n] {
		keep[m.part] = append(keep[m.part], m.rest...)
		if len(keep[m.part]) > journalGroup {
			if err := f.keepCopy(ctx, m.part, keep[m.part]); err != nil {
				return err
			}
			delete(keep, m.part)
		}
	}
	for part, b := range keep {
		if err := f.keepCopy(ctx, part, b); err != nil {
			return err
		}
	}
	if err := f.noteDropped(ctx, f.collected[n-1].seq); err != nil {
		return err
	}
	err = f.e.retry(ctx, func(ctx context.Context) error {
		return f.journal.Purge(ctx, jetstream.WithPurgeSubject(f.prefix+"j.>"), jetstream.WithPurgeSequence(f.collected[n-1].seq+1))
	})
	if err != nil {
		return f.wrap("checkpoint", err)
	}
	f.collected = slices.Delete(f.collected, 0, n)
	return nil
}

// keepCopy stores outcomes of a partition that are about to be dropped.
func (f *Frontier) keepCopy(ctx context.Context, part string, b []byte) error {
	if _, err := f.publish(ctx, "s."+part, b, ""); err != nil {
		return f.wrap("checkpoint", err)
	}
	f.copies.Add(1)
	return nil
}

// noteDropped stores what is about to be dropped.
func (f *Frontier) noteDropped(ctx context.Context, through uint64) error {
	if f.o.Dir == "" {
		return nil
	}
	b, err := json.Marshal(dropped{through, f.copies.Load()})
	if err == nil {
		_, err = f.publish(ctx, droppedSubject, b, "")
	}
	if err != nil {
		return f.wrap("checkpoint", err)
	}
	return nil
}

// Collect calls write with every record after the checkpoint, in order, each
// once, from one goroutine, while the crawl goes on. It returns nil when the job is
// finished and all its records were written, ctx's error when that ends, and
// write's error. One process at a time collects a job's records, with one call at a
// time.
func (f *Frontier) Collect(ctx context.Context, write func(Record) error) error {
	c, err := f.Checkpoint(ctx)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	defer context.AfterFunc(f.ctx, func() { cancel(ErrClosed) })()
	// The message that ends the records is stored before the job's marker names
	// it. One that the marker does not name is of an earlier end.
	ends := make(chan string, 1)
	f.mu.Lock()
	if f.closed {
		f.mu.Unlock()
		return ErrClosed
	}
	f.wg.Go(func() { f.awaitEnd(ctx, ends, func() { cancel(errEnded) }) })
	f.mu.Unlock()
	f.collecting.Lock()
	f.collected = nil // an earlier call's: they are read again
	f.collecting.Unlock()
	var stop error
	// Messages before the checkpoint that were not dropped are read again, as their
	// outcomes have to be copied.
	err = f.follow(ctx, f.journal, []string{"j.>", "x"}, 1, func(seq uint64, subject string, data []byte) bool {
		if subject == "x" {
			f.collecting.Lock()
			if passed := f.marks[string(data)]; passed != nil {
				close(passed)
				delete(f.marks, string(data))
			}
			f.collecting.Unlock()
			return true
		}
		part := strings.TrimPrefix(subject, "j.")
		if part == "end" {
			select {
			case <-ends:
			default:
			}
			ends <- string(data)
			return true
		}
		if _, err := strconv.Atoi(part); err != nil {
			return true
		}
		m := collectedMsg{seq: seq, part: part, size: len(data)}
		var out []Record
		err := decodeOutcomes(data, func(o *outcome) error {
			for _, r := range o.records {
				out = append(out, Record{Seq: seq, Data: r})
			}
			o.records = nil
			m.rest = o.append(m.rest)
			return nil
		})
		if err != nil {
			stop = fmt.Errorf("frontier: journal, message %d: %w", seq, err)
			return false
		}
		if seq > c.Seq {
			for i, r := range out {
				r.Last = i == len(out)-1
				if stop = write(r); stop != nil {
					return false
				}
			}
		}
		f.collecting.Lock()
		f.collected = append(f.collected, m)
		f.collecting.Unlock()
		return true
	})
	if stop != nil {
		return stop
	}
	if cause := context.Cause(ctx); errors.Is(cause, errEnded) {
		return nil
	} else if cause != nil {
		return cause
	}
	return err
}

// Drain waits until the call of Collect in this process has delivered every
// record whose Done returned before this call.
func (f *Frontier) Drain(ctx context.Context) error {
	id := nuid.Next()
	passed := make(chan struct{})
	f.collecting.Lock()
	f.marks[id] = passed
	f.collecting.Unlock()
	defer func() {
		f.collecting.Lock()
		delete(f.marks, id)
		f.collecting.Unlock()
	}()
	if _, err := f.publish(ctx, "x", []byte(id), ""); err != nil {
		return f.wrap("drain", err)
	}
	select {
	case <-passed:
		return nil
	case <-f.ctx.Done():
		return ErrClosed
	case <-ctx.Done():
		return ctx.Err()
	}
}

// errEnded ends Collect after the last record.
var errEnded = errors.New("the records have ended")

// markerEvery is how often the job's marker is read while it does not name the
// end that Collect has come to. It is stored right after that end.
const markerEvery = 200 * time.Millisecond

// awaitEnd calls end when the job's marker names the end that was read last.
func (f *Frontier) awaitEnd(ctx context.Context, ends <-chan string, end func()) {
	id := ""
	tick := time.NewTicker(markerEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case id = <-ends:
		case <-tick.C:
		}
		if id == "" {
			continue
		}
		if f.refreshJob(ctx) != nil {
			continue // the marker is read again at the next tick
		}
		f.mu.Lock()
		named := f.job.End == id
		f.mu.Unlock()
		if named {
			end()
			return
		}
	}
}
