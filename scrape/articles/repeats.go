package articles

import (
	"bytes"
	"context"
	"hash/fnv"
	"sync"

	"newsclip/clean"
	"newsclip/scrape"
)

// repeats holds the blocks that the articles of each host of a crawl repeat.
// Only articles are learnt from: lists of articles repeat what articles say.
//
// A host's articles come in any order, so which of them were learnt from before
// one is written may differ from run to run. A block on a fifth of them or more
// is taken out of all, except those among the first fifth of a host with many.
//
// Where the crawl outlives this process, what was learnt of a host is kept with it, for
// a later run and for the worker that takes the host over. Where that fails nothing
// is lost but what was learnt: the frontier itself fails then, and ends the crawl.
type repeats struct{ shards [learners]shard }

// learners is the number of learners that the hosts are spread over. Each is
// bounded in how many hosts it remembers, and is used by one goroutine at a time.
const learners = 4

type shard struct {
	mu sync.Mutex
	l  *clean.Learner
	// kept is the number of pages of a host whose knowledge was kept last.
	kept map[string]int
}

// maxKept bounds shard.kept. Beyond it all are forgotten, and kept again.
const maxKept = 10_000

func newRepeats() *repeats {
	r := &repeats{}
	for i := range r.shards {
		r.shards[i].l, r.shards[i].kept = clean.NewLearner(), make(map[string]int)
	}
	return r
}

// drop takes what their host repeats out of an article's drafts, and reports
// whether that was anything. Where too few articles of the host were learnt from
// it changes nothing and reports early, unless last is set. With teach, the first
// draft is learnt from.
func (r *repeats) drop(ctx context.Context, drafts []*clean.Draft, v *scrape.Values, teach, last bool) (dropped, early bool) {
	host := drafts[0].Host()
	s := r.shardOf(host)
	s.recall(ctx, host, v)
	dropped, early, due := s.drop(host, drafts, teach, last)
	if due && v != nil {
		s.keep(ctx, host, v)
	}
	return dropped, early
}

// stand reports whether drop would leave the drafts with these footprints as they are.
func (r *repeats) stand(ctx context.Context, prints []*clean.Footprint, v *scrape.Values) bool {
	s := r.shardOf(prints[0].Host())
	s.recall(ctx, prints[0].Host(), v)
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, f := range prints {
		if !f.Stands(s.l) {
			return false
		}
	}
	return true
}

func (r *repeats) shardOf(host string) *shard {
	sum := fnv.New32a()
	sum.Write([]byte(host))
	return &r.shards[sum.Sum32()%learners]
}

// drop is that of repeats. due reports whether what is known now should be stored.
func (s *shard) drop(host string, drafts []*clean.Draft, teach, last bool) (dropped, early, due bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if teach {
		drafts[0].Teach(s.l)
	}
	// With the first pages each one tells much, and later a quarter more of them.
	kept := s.kept[host]
	due = s.l.Pages(host) >= max(kept+1, kept*5/4)
	if !last && s.l.Pages(host) < clean.EnoughPages {
		return false, true, due
	}
	for _, d := range drafts {
		dropped = d.DropRepeated(s.l) || dropped
	}
	return dropped, false, due
}

// repeatsName is the name of the value that has what was learnt of a host.
func repeatsName(host string) string { return "repeats " + host }

// recall learns of a host that is not known here what was kept of it.
func (s *shard) recall(ctx context.Context, host string, v *scrape.Values) {
	s.mu.Lock()
	known := s.l.Pages(host) > 0
	s.mu.Unlock()
	if known || v == nil {
		return
	}
	if b, err := v.Get(ctx, repeatsName(host)); err == nil {
		s.restore(host, b)
	}
}

// restore makes the shard know what was kept, unless it knows more.
func (s *shard) restore(host string, b []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.l.Restore(host, b) == nil {
		s.note(host)
	}
}

// note notes that what is known of a host is kept. mu is held.
func (s *shard) note(host string) {
	if len(s.kept) >= maxKept {
		clear(s.kept)
	}
	s.kept[host] = s.l.Pages(host)
}

// keep keeps what is known of a host, unless another worker has kept more meanwhile:
// that is learnt instead.
func (s *shard) keep(ctx context.Context, host string, v *scrape.Values) {
	_ = v.Change(ctx, repeatsName(host), func(old []byte) ([]byte, error) {
		s.restore(host, old)
		s.mu.Lock()
		defer s.mu.Unlock()
		s.note(host)
		b := s.l.Snapshot(host)
		if bytes.Equal(b, old) {
			return nil, nil
		}
		return b, nil
	})
}
