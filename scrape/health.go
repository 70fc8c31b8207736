package scrape

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/nats-io/nuid"

	"newsclip/scrape/frontier"
	"newsclip/scrape/internal/pace"
)

const (
	// maxShardHosts bounds the hosts of a shard: a quarter of a megabyte.
	maxShardHosts = 1000
	// keepHealthEvery is the time between two writes of what was counted.
	keepHealthEvery = 10 * time.Second
	// maxAppliers bounds the runs whose last batch a shard remembers.
	maxAppliers = 128
	// maxLastError bounds HostHealth.LastError, in bytes.
	maxLastError = 200
)

// health counts by host. The counts of all runs are in the frontier, in shards, to
// which each run adds its own in numbered batches. It may be used by any number of
// goroutines.
type health struct {
	run     string // names the batches of this run
	durable bool
	pace    *pace.Hosts
	nameOf  func(host string) string

	mu     sync.Mutex // guards shards
	shards [healthShards]healthShard
	keepMu sync.Mutex // held by keep
}

type healthShard struct {
	// total has all that is known, and fresh what no batch has yet.
	total, fresh map[string]*HostHealth
	// batch is one that may not be stored yet, and n its number.
	batch map[string]*HostHealth
	n     uint64
}

// keptHealth is a shard as it is stored.
type keptHealth struct {
	Hosts map[string]*HostHealth `json:"hosts"`
	// Applied are the last batches of runs, the latest last, so that none is added
	// twice.
	Applied []appliedBatch `json:"applied"`
}

type appliedBatch struct {
	Run string `json:"run"`
	N   uint64 `json:"n"`
}

func newHealth() *health {
	h := &health{run: nuid.Next()}
	for i := range h.shards {
		h.shards[i].total, h.shards[i].fresh = make(map[string]*HostHealth), make(map[string]*HostHealth)
	}
	return h
}

// count changes the counts of a host.
func (h *health) count(host string, change func(*HostHealth)) {
	h.mu.Lock()
	defer h.mu.Unlock()
	s := &h.shards[shardOf(host)]
	change(entryOf(s.total, host))
	if h.durable {
		change(entryOf(s.fresh, host))
	}
}

// entryOf returns the entry of a host, or that of all hosts beyond the bound.
func entryOf(m map[string]*HostHealth, host string) *HostHealth {
	e := m[host]
	if e == nil {
		if len(m) >= maxShardHosts {
			host = ""
		}
		if e = m[host]; e == nil {
			e = &HostHealth{Host: host}
			m[host] = e
		}
	}
	return e
}

func (h *health) entered(host string) { h.count(host, func(e *HostHealth) { e.Found++ }) }

// wrote counts an article that was found at a time. isNew is set where it was not
// written before.
func (h *health) wrote(host string, isNew bool, at time.Time) {
	at = at.UTC().Truncate(time.Second)
	h.count(host, func(e *HostHealth) {
		e.Articles++
		if isNew {
			e.learnRhythm(at, 1)
			e.fresh++
		}
	})
}

func (h *health) fetched(host string) { h.count(host, func(e *HostHealth) { e.Fetched++ }) }

// answered records that an answer of a host could be used.
func (h *health) answered(host string) {
	now := time.Now().UTC().Truncate(time.Second)
	h.count(host, func(e *HostHealth) { e.LastSuccess = now })
}

func (h *health) skipped(host string, cause SkipCause) {
	h.count(host, func(e *HostHealth) { e.Skipped = addCounts(e.Skipped, map[SkipCause]int{cause: 1}) })
}

func (h *health) failed(host, cause string, err error) {
	text := err.Error()
	if len(text) > maxLastError {
		text = strings.ToValidUTF8(text[:maxLastError], "")
	}
	h.count(host, func(e *HostHealth) {
		e.Failed = addCounts(e.Failed, map[string]int{cause: 1})
		e.LastError = text
	})
}

// open reads what earlier runs and other workers have counted. durable tells whether
// the frontier outlives this process.
func (h *health) open(ctx context.Context, f *frontier.Frontier, durable bool, p *pace.Hosts, nameOf func(host string) string) error {
	h.mu.Lock()
	h.durable, h.pace, h.nameOf = durable, p, nameOf
	h.mu.Unlock()
	if !durable {
		return nil
	}
	return h.reread(ctx, f)
}

// reread reads all shards.
func (h *health) reread(ctx context.Context, f *frontier.Frontier) error {
	return eachShard(ctx, f, "health", func(i int, b []byte) error {
		kept, err := readHealth(b)
		if err != nil {
			return err
		}
		h.mu.Lock()
		defer h.mu.Unlock()
		h.shards[i].rebase(kept)
		return nil
	})
}

// rebase makes total what is stored and what is not stored yet.
func (s *healthShard) rebase(kept *keptHealth) {
	s.total = kept.Hosts
	for _, m := range []map[string]*HostHealth{s.batch, s.fresh} {
		for host, d := range m {
			entryOf(s.total, host).add(d)
		}
	}
}

func readHealth(b []byte) (*keptHealth, error) {
	kept := &keptHealth{}
	if b != nil {
		if err := json.Unmarshal(b, kept); err != nil {
			return nil, fmt.Errorf("the counts of hosts: %w", err)
		}
	}
	if kept.Hosts == nil {
		kept.Hosts = make(map[string]*HostHealth)
	}
	return kept, nil
}

// startKeeping stores the counts now and then, until the function that it returns is
// called, which stores the rest and reads what other workers have counted.
func (h *health) startKeeping(f *frontier.Frontier) (end func() error) {
	if !h.durable {
		return func() error { return nil }
	}
	stop, stopped := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(stopped)
		tick := time.NewTicker(keepHealthEvery)
		defer tick.Stop()
		for {
			select {
			case <-stop:
				return
			case <-tick.C:
				ctx, cancel := context.WithTimeout(context.Background(), keepHealthEvery)
				_ = h.keep(ctx, f) // what was not stored is stored with the next
				cancel()
			}
		}
	}()
	return func() error {
		close(stop)
		<-stopped
		ctx, cancel := context.WithTimeout(context.Background(), drainTime)
		defer cancel()
		if err := h.keep(ctx, f); err != nil {
			return err
		}
		return h.reread(ctx, f)
	}
}

// keep stores what was counted since it was called last.
func (h *health) keep(ctx context.Context, f *frontier.Frontier) error {
	h.keepMu.Lock()
	defer h.keepMu.Unlock()
	for i := range h.shards {
		s := &h.shards[i]
		h.mu.Lock()
		if s.batch == nil && len(s.fresh) > 0 {
			s.batch, s.fresh = s.fresh, make(map[string]*HostHealth)
			s.n++
			h.notePace(s.batch)
		}
		batch, n := s.batch, s.n
		h.mu.Unlock()
		if batch == nil {
			continue
		}
		var kept *keptHealth
		err := f.Change(ctx, shardKey("health", i), func(old []byte) (_ []byte, err error) {
			if kept, err = readHealth(old); err != nil {
				return nil, err
			}
			if !kept.apply(appliedBatch{h.run, n}, batch) {
				return nil, nil
			}
			return json.Marshal(kept)
		})
		if err != nil {
			return err
		}
		h.mu.Lock()
		s.batch = nil
		s.rebase(kept)
		h.mu.Unlock()
	}
	return nil
}

// apply adds a batch, and reports false where it was added before.
func (k *keptHealth) apply(b appliedBatch, batch map[string]*HostHealth) bool {
	at := slices.IndexFunc(k.Applied, func(a appliedBatch) bool { return a.Run == b.Run })
	if at >= 0 {
		if k.Applied[at].N >= b.N {
			return false
		}
		k.Applied = slices.Delete(k.Applied, at, at+1)
	}
	k.Applied = append(k.Applied, b)
	k.Applied = k.Applied[max(0, len(k.Applied)-maxAppliers):]
	for _, host := range slices.Sorted(maps.Keys(batch)) {
		entryOf(k.Hosts, host).add(batch[host])
	}
	return true
}

// notePace fills in the names of hosts, and the pace of those that have got requests.
func (h *health) notePace(hosts map[string]*HostHealth) {
	if h.pace == nil {
		return
	}
	for host, e := range hosts {
		if every, givenUp, ok := h.pace.Of(host); ok {
			e.Pace, e.GivenUp = every.Seconds(), givenUp
		}
		if name := h.nameOf(host); name != "" {
			e.Name = name
		}
	}
}

// list returns the hosts, the worst first.
func (h *health) list() []HostHealth {
	h.mu.Lock()
	var all []HostHealth
	for i := range h.shards {
		h.notePace(h.shards[i].total)
		for _, e := range h.shards[i].total {
			c := *e
			c.Skipped, c.Failed = maps.Clone(c.Skipped), maps.Clone(c.Failed)
			all = append(all, c)
		}
	}
	h.mu.Unlock()
	slices.SortFunc(all, CompareHealth)
	return all
}

// Health returns how the crawl of each host of a job goes, the worst first, as far
// as its workers have stored it: what they counted in the last ten seconds is
// missing.
func Health(ctx context.Context, f *frontier.Frontier) ([]HostHealth, error) {
	h := newHealth()
	if err := h.reread(ctx, f); err != nil {
		return nil, err
	}
	return h.list(), nil
}

// byHost returns the entries of hosts by their names. They must not be changed.
func (h *health) byHost() map[string]*HostHealth {
	h.mu.Lock()
	defer h.mu.Unlock()
	all := make(map[string]*HostHealth)
	for i := range h.shards {
		maps.Copy(all, h.shards[i].total)
	}
	return all
}
