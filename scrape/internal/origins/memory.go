package origins

import (
	"net/url"
	"sync"
	"time"

	"newsclip/scrape/internal/address"
)

// A Memory holds which origins of a host answer and which do not. The zero value
// is ready to use. It may be used by any number of goroutines.
type Memory struct {
	mu    sync.Mutex
	hosts map[string]*host // by address.Host
}

// host is what is known of one host.
type host struct {
	// living is the origin that the last page came from.
	living string
	// dead are the origins that could not be reached, with the time of that.
	dead map[string]time.Time
}

const (
	// deadTime is how long an origin counts as dead.
	deadTime = 10 * time.Minute
	// maxHosts bounds the hosts that are remembered; beyond it all are
	// forgotten.
	maxHosts = 50_000
)

// of returns what is known of u's host; o.mu is held.
func (o *Memory) of(u *url.URL) *host {
	name := address.Host(u)
	h := o.hosts[name]
	if h == nil {
		if o.hosts == nil || len(o.hosts) >= maxHosts {
			o.hosts = make(map[string]*host)
		}
		h = &host{dead: make(map[string]time.Time)}
		o.hosts[name] = h
	}
	return h
}

// Answered records that a page came from u.
func (o *Memory) Answered(u *url.URL) {
	o.mu.Lock()
	defer o.mu.Unlock()
	h := o.of(u)
	h.living = address.Origin(u)
	delete(h.dead, h.living)
}

// Failed records that the origin of u is dead.
func (o *Memory) Failed(u *url.URL) {
	o.mu.Lock()
	defer o.mu.Unlock()
	h := o.of(u)
	h.dead[address.Origin(u)] = time.Now()
	if h.living == address.Origin(u) {
		h.living = ""
	}
}

// IsDead reports whether the origin of u has failed within the last ten minutes, and
// not answered since.
func (o *Memory) IsDead(u *url.URL) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	at, ok := o.of(u).dead[address.Origin(u)]
	return ok && time.Since(at) < deadTime
}

// Living returns the form of u that pages came from, or nil where there is none or it
// is u itself.
func (o *Memory) Living(u *url.URL) *url.URL {
	o.mu.Lock()
	defer o.mu.Unlock()
	at, err := url.Parse(o.of(u).living)
	if err != nil || at.Host == "" || address.Origin(at) == address.Origin(u) {
		return nil
	}
	return At(u, at.Scheme, at.Host)
}
