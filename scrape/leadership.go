package scrape

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"sync"
	"time"

	"github.com/nats-io/nuid"

	"newsclip/scrape/frontier"
)

const (
	leaderKey = "watch leader"
	// leaderLapse is the time after which a leader that has not renewed its lead leads
	// no more, where Options.Frontier.Lapse is not set. Others wait for twice as long,
	// by their own clocks, before one of them takes the lead.
	leaderLapse = 5 * time.Second
	// leaderBeats is how often a leader renews its lead in that time.
	leaderBeats = 4
)

// errNotLeading is returned by a crawl that has lost the lead before it could begin a
// round.
var errNotLeading = errors.New("another worker leads the watch")

// leader is the value under leaderKey. Beat grows as long as the leader lives.
type leader struct {
	ID   string `json:"id"` // empty where the last one has ended
	Beat uint64 `json:"beat"`
}

// A leadership tries to lead a watch, until end is called.
type leadership struct {
	f     *frontier.Frontier
	id    string
	lapse time.Duration
	stop  context.CancelFunc
	ended sync.WaitGroup

	mu      sync.Mutex
	renewed time.Time // when the lead was renewed last; zero where another worker leads
}

func startLeading(f *frontier.Frontier, lapse time.Duration) *leadership {
	ctx, cancel := context.WithCancel(context.Background())
	l := &leadership{f: f, id: nuid.Next(), lapse: cmp.Or(lapse, leaderLapse), stop: cancel}
	l.ended.Go(func() { l.keep(ctx) })
	return l
}

// keep takes the lead where it is free, and renews it.
func (l *leadership) keep(ctx context.Context) {
	var last leader
	seen := time.Now() // when last was seen first
	tick := time.NewTicker(l.lapse / leaderBeats)
	defer tick.Stop()
	for {
		began := time.Now()
		now, err := l.renew(ctx, func(now leader) bool {
			return now.ID == l.id || now.ID == "" || now == last && began.Sub(seen) >= 2*l.lapse
		})
		if err == nil && now != last {
			last, seen = now, began
		}
		l.mu.Lock()
		switch {
		case err != nil: // the next beat tries again
		case now.ID == l.id:
			l.renewed = began
		default:
			l.renewed = time.Time{}
		}
		l.mu.Unlock()
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// renew stores this worker as the leader where may allows it, and returns the leader.
func (l *leadership) renew(ctx context.Context, may func(leader) bool) (now leader, err error) {
	err = l.f.Change(ctx, leaderKey, func(old []byte) ([]byte, error) {
		now = leader{}
		if old != nil {
			if err := json.Unmarshal(old, &now); err != nil {
				return nil, err
			}
		}
		if !may(now) {
			return nil, nil
		}
		now = leader{l.id, now.Beat + 1}
		return json.Marshal(now)
	})
	return now, err
}

// leads reports whether this worker leads.
func (l *leadership) leads() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return time.Since(l.renewed) < l.lapse
}

// whileLeading returns a context that ends with ctx or with the lead.
func (l *leadership) whileLeading(ctx context.Context) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancel(ctx)
	go func() {
		tick := time.NewTicker(l.lapse / leaderBeats)
		defer tick.Stop()
		for l.leads() {
			select {
			case <-ctx.Done():
				return
			case <-tick.C:
			}
		}
		cancel()
	}()
	return ctx, cancel
}

// end leaves the lead to another worker.
func (l *leadership) end() {
	l.stop()
	l.ended.Wait()
	l.mu.Lock()
	led := !l.renewed.IsZero()
	l.renewed = time.Time{}
	l.mu.Unlock()
	if !led {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), l.lapse)
	defer cancel()
	// After an error the others wait until the lead has lapsed.
	_ = l.f.Change(ctx, leaderKey, func(old []byte) ([]byte, error) {
		var now leader
		if old == nil || json.Unmarshal(old, &now) != nil || now.ID != l.id {
			return nil, nil
		}
		return json.Marshal(leader{Beat: now.Beat + 1})
	})
}
