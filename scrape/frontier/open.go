package frontier

import (
	"context"
	"time"

	"github.com/nats-io/nuid"
)

// Open makes or reopens a job's frontier and is ready for Add and Next when it
// returns; reading a directory of a million URLs takes some seconds. The caller
// must Close it.
//
// In a cluster a process takes a share of the partitions from its first call of
// Next or Recrawl on. A process that only collects records, or reads how the job
// stands, takes none.
func Open(ctx context.Context, o Options) (*Frontier, error) {
	if err := o.check(); err != nil {
		return nil, err
	}
	e, err := startEngine(&o)
	if err != nil {
		return nil, err
	}
	f := &Frontier{
		o: o, e: e, prefix: "newsclip." + o.Job + ".", id: nuid.Next(), known: newRecent(recentItems),
		over: make(chan struct{}), bell: make(chan struct{}, 1), endBell: make(chan struct{}, 1),
		sleepers: heap[sleeper]{less: sleeper.before},
		delayed:  heap[delayed]{less: delayed.before},
		budgets:  map[string]*Budget{},
		opened:   time.Now(),
		marks:    map[string]chan struct{}{},
	}
	if e.found != nil {
		f.copies.Store(e.found.copies)
		f.sawURLs(e.found.urls.last)
		e.found = nil
	}
	f.ctx, f.cancel = context.WithCancel(context.Background())
	if err := f.openStreams(ctx); err != nil {
		f.cancel()
		if e.isDiskFull() || !e.shared && e.disk.hasNoRoom() {
			err = e.disk.full()
		}
		e.close()
		return nil, err
	}
	for i := range f.job.Partitions {
		f.parts = append(f.parts, &part{id: i})
	}
	if !f.job.Finished.IsZero() {
		f.setOver()
	}
	if !e.shared {
		f.mu.Lock()
		for _, p := range f.parts {
			p.take(time.Time{})
		}
		f.mu.Unlock()
		if err := f.load(ctx, f.parts); err != nil {
			f.Close()
			return nil, err
		}
		f.joinNow.Do(func() {})
		f.wg.Go(f.watchEnd)
		f.wg.Go(f.endWhenFull)
	}
	return f, nil
}

// Close ends this process's leases as Release does, waits for outcomes that are
// being stored, and stops the server in process. Nothing is lost that a method
// returned without an error.
func (f *Frontier) Close() error {
	f.mu.Lock()
	if f.closed {
		f.mu.Unlock()
		return nil
	}
	f.closed = true
	if !f.isOver {
		f.isOver = true
		close(f.over)
	}
	f.mu.Unlock()
	f.writes.Wait()
	f.cancel()
	f.wg.Wait()
	if f.e.shared {
		f.leave()
	}
	note := f.closedNote()
	f.e.close()
	if note != nil {
		// Without the note less can be told of damage.
		_ = note.write(f.o.Dir, f.bucketName())
	}
	return nil
}

// closedNote returns the note without the sizes of the files, which are not written
// yet; nil where there is no directory, or the server does not answer any more.
func (f *Frontier) closedNote() *closedNote {
	if f.o.Dir == "" || f.e.isDiskFull() || f.urls == nil || f.journal == nil {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), ackTimeout)
	defer cancel()
	urls, err := f.urls.Info(ctx)
	if err != nil {
		return nil
	}
	journal, err := f.journal.Info(ctx)
	if err != nil {
		return nil
	}
	values, err := f.kv.Status(ctx)
	if err != nil {
		return nil
	}
	return &closedNote{
		Files: map[string]int64{},
		Last:  map[string]uint64{urlsTitle: urls.State.LastSeq, journalTitle: journal.State.LastSeq},
		Keys:  int(values.Values()),
	}
}
