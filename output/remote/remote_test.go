package remote

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"newsclip/output"
)

// fake is a Sender whose other end is away for some attempts. As a real one, it
// may have delivered what it reports as failed.
type fake struct {
	mu       sync.Mutex
	away     int // attempts
	err      error
	got      map[string]bool
	batches  []int
	attempts int
	closed   int
}

func (f *fake) Send(_ context.Context, records [][]byte) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.attempts++
	for _, r := range records {
		f.got[string(r)] = true
	}
	if f.away > 0 {
		f.away--
		return f.err
	}
	f.batches = append(f.batches, len(records))
	return nil
}

func (f *fake) Close() error { f.closed++; return nil }

func (f *fake) count() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return len(f.batches)
}

var errAway = errors.New("connection refused")

func record(i int) *output.Record {
	r := &output.Record{}
	r.ID = fmt.Sprint(i)
	return r
}

func TestBatchesAndTriesAgain(t *testing.T) {
	f := &fake{away: 3, err: errAway, got: make(map[string]bool)}
	notices := 0
	ctx := WithNotice(t.Context(), func(err error) {
		if errors.Is(err, errAway) {
			notices++
		}
	})
	w := New(ctx, f, Options{MaxRecords: 10, MaxAge: time.Hour, FirstWait: time.Millisecond})
	for i := range 25 {
		if err := w.Write(record(i)); err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(w.Close(), w.Close()); err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(f.batches); got != "[10 10 5]" || len(f.got) != 25 || f.attempts != 6 || f.closed != 1 {
		t.Errorf("%s, %d records, %d attempts, closed %d times", got, len(f.got), f.attempts, f.closed)
	}
	if notices != 1 {
		t.Errorf("%d notices", notices)
	}
}

func TestSendsByAgeAndBytes(t *testing.T) {
	f := &fake{got: make(map[string]bool)}
	w := New(t.Context(), f, Options{MaxAge: time.Millisecond})
	defer w.Close()
	if err := w.Write(record(1)); err != nil {
		t.Fatal(err)
	}
	for range 2000 {
		if f.count() == 1 {
			break
		}
		time.Sleep(5 * time.Millisecond)
	}
	if f.count() != 1 {
		t.Fatal("a batch is not sent by its age")
	}
	w = New(t.Context(), f, Options{MaxAge: time.Hour, MaxBytes: 10})
	if err := w.Write(record(2)); err != nil || f.count() != 2 {
		t.Errorf("%d batches, %v", f.count(), err)
	}
}

// Who commits keeps account of what was delivered: nothing is sent beside that.
func TestSendsByCommit(t *testing.T) {
	f := &fake{got: make(map[string]bool)}
	w := New(t.Context(), f, Options{MaxRecords: 2, MaxAge: time.Millisecond, MaxBytes: 1000})
	if err := w.Commit(); err != nil || f.count() != 0 {
		t.Fatalf("%d batches, %v", f.count(), err)
	}
	for i := range 5 {
		if err := w.Write(record(i)); err != nil {
			t.Fatal(err)
		}
	}
	time.Sleep(20 * time.Millisecond)
	if f.count() != 0 {
		t.Error("a batch is sent by its age or the number of its records")
	}
	if err := w.Commit(); err != nil || f.count() != 1 || f.batches[0] != 5 {
		t.Errorf("%v, %v", f.batches, err)
	}
	r := record(6)
	r.Text = strings.Repeat("x", 1000)
	if err := w.Write(r); err != nil || f.count() != 2 {
		t.Errorf("a batch that is full is not sent: %v", err)
	}
	if err := w.Close(); err != nil {
		t.Error(err)
	}
}

func TestGivesUp(t *testing.T) {
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	for name, tt := range map[string]struct {
		ctx      context.Context
		err      error
		o        Options
		attempts int
	}{
		"for good":    {t.Context(), Permanent(errors.New("401 Unauthorized")), Options{}, 1},
		"interrupted": {ended, errAway, Options{}, 1},
		"patience":    {t.Context(), errAway, Options{Patience: time.Nanosecond}, 1},
	} {
		t.Run(name, func(t *testing.T) {
			f := &fake{away: 100, err: tt.err, got: make(map[string]bool)}
			tt.o.MaxAge = time.Hour
			w := New(tt.ctx, f, tt.o)
			if err := w.Write(record(1)); err != nil {
				t.Fatal(err)
			}
			err := w.Commit()
			if err == nil || !strings.Contains(err.Error(), tt.err.Error()) || f.attempts != tt.attempts {
				t.Errorf("%v after %d attempts", err, f.attempts)
			}
			// What was not delivered must not be overtaken by what comes after.
			if again := w.Write(record(2)); again == nil {
				t.Error("a record is taken after one was lost")
			}
			if w.Close() == nil {
				t.Error("Close hides the error")
			}
		})
	}
}
