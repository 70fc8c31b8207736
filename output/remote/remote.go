// Package remote writes records in batches to something that can go away for a
// while, such as a database server, and tries again until it is back.
package remote

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"newsclip/output"
)

type noticeKey struct{}

// WithNotice returns a context for [New], with which notice is called once for
// each batch whose first attempt failed and that is tried again.
func WithNotice(ctx context.Context, notice func(error)) context.Context {
	return context.WithValue(ctx, noticeKey{}, notice)
}

// Sender delivers records.
type Sender interface {
	// Send delivers records, each a JSON object without a line break. After an
	// error that is not [Permanent] it is called again with the same records,
	// of which some or all may have been delivered: a second delivery must
	// change nothing.
	Send(ctx context.Context, records [][]byte) error
	// Close ends the connection.
	Close() error
}

// Permanent returns an error that trying again does not mend.
func Permanent(err error) error { return &permanent{err} }

type permanent struct{ error }

func (p *permanent) Unwrap() error { return p.error }

// AddressError is the error of an address that is not written as it has to be. No
// server was asked.
type AddressError struct{ Message string }

func (e *AddressError) Error() string { return e.Message }

// BadAddress returns an [AddressError] with a formatted message.
func BadAddress(format string, args ...any) error {
	return &AddressError{fmt.Sprintf(format, args...)}
}

// Options are the limits of a [Writer]. A zero value means the default.
type Options struct {
	// A batch is sent when it has MaxRecords (default 200) or MaxBytes (default
	// 4 MiB), or is MaxAge old (default a second). After the first Commit only
	// MaxBytes counts: see [Writer.Commit].
	MaxRecords, MaxBytes int
	MaxAge               time.Duration
	// Patience is for how long a batch is tried (default 15 minutes). An
	// attempt ends after AttemptTime (default 30 seconds).
	Patience, AttemptTime time.Duration
	// FirstWait is the time between the first two attempts (default half a
	// second); it doubles with each further one, up to 15 seconds.
	FirstWait time.Duration
}

func (o Options) withDefaults() Options {
	set := func(v *time.Duration, d time.Duration) {
		if *v == 0 {
			*v = d
		}
	}
	if o.MaxRecords == 0 {
		o.MaxRecords = 200
	}
	if o.MaxBytes == 0 {
		o.MaxBytes = 4 << 20
	}
	set(&o.MaxAge, time.Second)
	set(&o.Patience, 15*time.Minute)
	set(&o.AttemptTime, 30*time.Second)
	set(&o.FirstWait, time.Second/2)
	return o
}

const maxWait = 15 * time.Second

// Writer is an [output.Committer] over a Sender. While the other end is away,
// Write waits, so that what makes the records does not run ahead.
type Writer struct {
	ctx context.Context
	s   Sender
	o   Options

	mu      sync.Mutex
	records [][]byte
	bytes   int
	timer   *time.Timer
	err     error // the first of a batch; nothing is sent after it
	closed  bool
	commits bool // Commit was called
}

// New returns a writer that sends to s and closes it. When ctx ends, a batch is
// tried once more and not again.
func New(ctx context.Context, s Sender, o Options) *Writer {
	return &Writer{ctx: ctx, s: s, o: o.withDefaults()}
}

// Write adds a record to the batch, and sends the batch where it is full.
func (w *Writer) Write(r *output.Record) error {
	var b bytes.Buffer
	if err := output.NewJSONL(&b).Write(r); err != nil {
		return err
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.err != nil {
		return w.err
	}
	if len(w.records) == 0 && !w.commits {
		w.timer = time.AfterFunc(w.o.MaxAge, w.age)
	}
	w.records = append(w.records, bytes.TrimSuffix(b.Bytes(), []byte("\n")))
	w.bytes += b.Len()
	if len(w.records) >= w.o.MaxRecords && !w.commits || w.bytes >= w.o.MaxBytes {
		return w.flush()
	}
	return nil
}

// Commit sends what was written. It returns when the other end has it.
//
// Who calls it keeps account of what was delivered, and writes again what was not.
// So that nothing is delivered beside that account, batches are then sent by Commit
// alone, unless they would grow over MaxBytes: call it often.
func (w *Writer) Commit() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.commits = true
	return w.flush()
}

// age sends a batch that is MaxAge old. Its error is that of the next call.
func (w *Writer) age() {
	w.mu.Lock()
	defer w.mu.Unlock()
	_ = w.flush()
}

// Close commits and closes the Sender.
func (w *Writer) Close() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.closed {
		return nil
	}
	w.closed = true
	return errors.Join(w.flush(), w.s.Close())
}

func (w *Writer) flush() error {
	if w.err != nil || len(w.records) == 0 {
		return w.err
	}
	if w.timer != nil {
		w.timer.Stop()
	}
	w.err = w.deliver()
	w.records, w.bytes = nil, 0
	return w.err
}

// deliver sends the batch until it succeeds, fails for good, or patience ends.
func (w *Writer) deliver() error {
	err := Retry(w.ctx, w.o, func(ctx context.Context) error { return w.s.Send(ctx, w.records) })
	var p *permanent
	if err != nil && !errors.As(err, &p) {
		err = fmt.Errorf("%d records were not delivered: %w", len(w.records), err)
	}
	return err
}

// Retry calls do until it succeeds, its error is [Permanent], or the patience of o
// ends, and returns its last error. After ctx has ended it calls do once more and
// not again.
func Retry(ctx context.Context, o Options, do func(ctx context.Context) error) error {
	o = o.withDefaults()
	end, noticed := time.Now().Add(o.Patience), false
	for wait := o.FirstWait; ; wait = min(2*wait, maxWait) {
		// Not the context itself, so that an interrupted run delivers what it
		// has.
		attempt, cancel := context.WithTimeout(context.WithoutCancel(ctx), o.AttemptTime)
		err := do(attempt)
		cancel()
		var p *permanent
		if err == nil || errors.As(err, &p) || ctx.Err() != nil || time.Now().Add(wait).After(end) {
			return err
		}
		if notice, ok := ctx.Value(noticeKey{}).(func(error)); ok && !noticed {
			noticed = true
			notice(err)
		}
		select {
		case <-time.After(wait):
		case <-ctx.Done():
		}
	}
}
