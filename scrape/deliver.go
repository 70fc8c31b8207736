package scrape

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"newsclip/scrape/frontier"
)

// commitEvery is the time between two commits of the sink. The records since the
// last commit are cut off after a crash, and written again.
const commitEvery = time.Second

// A commit comes sooner after so many pages, or bytes of their records. A sink that
// sends batches then sends each with a commit of its own, and after an interruption
// none that has arrived is sent again.
const (
	commitPages = 100
	commitBytes = 2 << 20
)

// startDelivery begins to move the records from the frontier, where they are
// stored together with the mark that their page is finished, to the sink. The
// function that it returns waits until all are moved, or stops at once where
// whole is false.
func (c *crawler) startDelivery(fail context.CancelCauseFunc) (wait func(whole bool) error) {
	if c.o.Sink == nil {
		return func(bool) error { return nil }
	}
	if c.o.Direct {
		if err := c.o.Sink.Resume(nil); err != nil {
			fail(err)
			return func(bool) error { return err }
		}
		return func(bool) error {
			_, err := c.o.Sink.Commit()
			return err
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() {
		err := Collect(ctx, c.f, c.o.Sink)
		if err != nil && !errors.Is(err, context.Canceled) {
			fail(err)
		}
		done <- err
	}()
	return func(whole bool) error {
		defer cancel()
		if !whole {
			cancel()
			return ignoreCanceled(<-done)
		}
		// Collect waits for more while a job is not finished, as after an
		// interruption. Then the work is done when the frontier holds no record
		// any more, those of earlier runs included.
		drained := make(chan error, 1)
		go func() {
			ctx, cancel := context.WithTimeout(ctx, drainTime)
			defer cancel()
			drained <- c.f.Drain(ctx)
		}()
		select {
		case err := <-done: // the job is finished, or the sink failed
			return ignoreCanceled(err)
		case err := <-drained:
			cancel()
			err = errors.Join(err, ignoreCanceled(<-done))
			if err != nil {
				return fmt.Errorf("taking the records out of the frontier: %w", err)
			}
			return nil
		}
	}
}

// deliverRest moves the records that a process left in the frontier that was
// killed after the end of its job. Without any, the sink is not touched.
func (c *crawler) deliverRest() error {
	if c.o.Sink == nil || c.o.Direct {
		return nil
	}
	c.o.Sink = &lateSink{Sink: c.o.Sink}
	return c.startDelivery(func(error) {})(true)
}

// lateSink calls Resume of its sink only before the first record.
type lateSink struct {
	Sink
	note  []byte
	skip  bool // SkipWritten was called
	begun bool
}

func (s *lateSink) Resume(note []byte) error {
	s.note = note
	return nil
}

func (s *lateSink) SkipWritten() error {
	s.skip = true
	return nil
}

func (s *lateSink) Write(record []byte) error {
	if !s.begun {
		if err := s.Sink.Resume(s.note); err != nil {
			return err
		}
		if w, ok := s.Sink.(interface{ SkipWritten() error }); ok && s.skip {
			if err := w.SkipWritten(); err != nil {
				return err
			}
		}
		s.begun = true
	}
	return s.Sink.Write(record)
}

func (s *lateSink) Commit() ([]byte, error) {
	if !s.begun {
		return s.note, nil
	}
	return s.Sink.Commit()
}

func ignoreCanceled(err error) error {
	if errors.Is(err, context.Canceled) {
		return nil
	}
	return err
}

// Collect moves the records of a frontier's job to sink until the job is finished
// or ctx ends. Each is written once, over restarts too: what the sink holds
// beyond the last commit is cut off and written again.
func Collect(ctx context.Context, f *frontier.Frontier, sink Sink) error {
	at, err := f.Checkpoint(ctx)
	if err != nil {
		return err
	}
	if err := sink.Resume(at.Note); err != nil {
		return err
	}
	if err := skipWritten(ctx, f, sink); err != nil {
		return err
	}
	if at.Note == nil {
		// A commit before the first record: after a crash the output is cut to
		// where it began.
		if at.Note, err = sink.Commit(); err != nil {
			return err
		}
		if at.Note != nil {
			if err := f.Collected(ctx, at); err != nil {
				return err
			}
		}
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	d := &delivery{ctx: ctx, f: f, sink: sink, last: at.Seq, committed: at.Seq}
	byTime := make(chan error, 1)
	go func() {
		defer cancel()
		byTime <- d.commitByTime()
	}()
	err = f.Collect(ctx, d.write)
	cancel()
	if timeErr := <-byTime; timeErr != nil {
		return timeErr // err is only that the context has ended
	}
	if commitErr := d.commit(); commitErr != nil && ignoreCanceled(err) == nil {
		err = commitErr
	}
	return err
}

// delivery is the state of a Collect.
type delivery struct {
	ctx  context.Context
	f    *frontier.Frontier
	sink Sink

	mu              sync.Mutex // guards the sink, too
	last, committed uint64     // the pages whose records are written, and committed
	pages, bytes    int        // since the last commit
	torn            bool       // the record written last was not the last of its page
}

func (d *delivery) write(r frontier.Record) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if err := d.sink.Write(r.Data); err != nil {
		return err
	}
	d.bytes += len(r.Data)
	if d.torn = !r.Last; d.torn {
		return nil
	}
	d.last = r.Seq
	if d.pages++; d.pages >= commitPages || d.bytes >= commitBytes {
		return d.commitLocked()
	}
	return nil
}

func (d *delivery) commit() error {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.commitLocked()
}

// commitLocked commits what was written, unless a page is in the middle. mu is held.
func (d *delivery) commitLocked() error {
	if d.last == d.committed || d.torn {
		return nil
	}
	note, err := d.sink.Commit()
	if err != nil {
		return err
	}
	// The commit must be stored in the frontier even after ctx has ended.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(d.ctx), storeTime)
	defer cancel()
	if err := d.f.Collected(ctx, frontier.Checkpoint{Seq: d.last, Note: note}); err != nil {
		return err
	}
	d.committed, d.pages, d.bytes = d.last, 0, 0
	return nil
}

// commitByTime commits every commitEvery, also where no record comes any more, until
// the context ends or a commit fails.
func (d *delivery) commitByTime() error {
	ticker := time.NewTicker(commitEvery)
	defer ticker.Stop()
	for {
		select {
		case <-d.ctx.Done():
			return nil
		case <-ticker.C:
			if err := d.commit(); err != nil {
				return err
			}
		}
	}
}

// skipWritten makes a sink that can do so leave out the records that it holds, where
// the frontier was repaired: it delivers some of them again.
func skipWritten(ctx context.Context, f *frontier.Frontier, sink Sink) error {
	s, ok := sink.(interface{ SkipWritten() error })
	if !ok {
		return nil
	}
	repaired, err := f.Repaired(ctx)
	if err != nil || !repaired {
		return err
	}
	return s.SkipWritten()
}

// RepairState repairs the frontier in the directory dir, as [frontier.Repair] does.
// Where all pages are fetched again, what newsclip has concluded from several of them
// is concluded again.
func RepairState(ctx context.Context, dir string) (*frontier.Repaired, error) {
	return frontier.Repair(ctx, frontier.Options{Dir: dir}, func(it frontier.Item) bool {
		return it.Kind != kindTwin && it.Meta[metaForce] == ""
	})
}
