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

// Record is one of Result.Records on its way out.
type Record struct {
	// Seq orders the records: it never falls, and the last record of each Seq is
	// marked Last. A checkpoint names a Seq whose Last record was written.
	Seq  uint64
	Last bool
	// Data is valid during the call.
	Data []byte
}

// Checkpoint says how far the output got.
type Checkpoint struct {
	Seq  uint64 // records up to here are in the output for good
	Note []byte // the caller's, such as the output file's length
}

// Checkpoint returns what the last call of Collected said; zero at first.
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

// dropEvery is how much of the journal, in bytes, Collected lets come together
// before it drops it.
const dropEvery = 1 << 20

// Collected says that all records up to c.Seq are in the output for good; the
// frontier drops them. Call it every second or so, not for each record.
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
	// What the messages say beside their records is copied, and stored, before
	// they go.
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
	err = f.e.retry(ctx, func(ctx context.Context) error {
		return f.journal.Purge(ctx, jetstream.WithPurgeSubject(f.prefix+"j.>"), jetstream.WithPurgeSequence(f.collected[n-1].seq+1))
	})
	if err != nil {
		return f.wrap("checkpoint", err)
	}
	f.collected = slices.Delete(f.collected, 0, n)
	return nil
}

func (f *Frontier) keepCopy(ctx context.Context, part string, b []byte) error {
	if _, err := f.publish(ctx, "s."+part, b, ""); err != nil {
		return f.wrap("checkpoint", err)
	}
	return nil
}

// collectedMsg is a journal message that Collect has delivered.
type collectedMsg struct {
	seq  uint64
	part string
	rest []byte // its outcomes without their records
	size int
}

// Collect calls write with every record after the checkpoint, in order, each
// once, from one goroutine, while the crawl goes on. It returns nil when the job is
// finished and all its records were written, ctx's error when that ends, and
// write's error. One process at a time collects a job's records, and calls
// Collect once.
func (f *Frontier) Collect(ctx context.Context, write func(Record) error) error {
	c, err := f.Checkpoint(ctx)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	defer context.AfterFunc(f.ctx, func() { cancel(ErrClosed) })()
	// The end's message comes a moment before the marker that names it; one of an
	// earlier end is never named again.
	ends := make(chan string, 1)
	f.mu.Lock()
	if f.closed {
		f.mu.Unlock()
		return ErrClosed
	}
	f.wg.Go(func() { f.awaitEnd(ctx, ends, func() { cancel(errEnded) }) })
	f.mu.Unlock()
	var stop error
	// What was delivered before the checkpoint but not dropped is read again, for
	// its copy.
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

// errEnded stops following when the last record was delivered.
var errEnded = errors.New("the records have ended")

// awaitEnd calls end when the marker names the end that was read last.
func (f *Frontier) awaitEnd(ctx context.Context, ends <-chan string, end func()) {
	id := ""
	tick := time.NewTicker(200 * time.Millisecond)
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
			continue // asked again with the next tick
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
