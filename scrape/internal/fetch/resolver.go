package fetch

import (
	"context"
	"net"
	"net/netip"
	"sync"
	"time"
)

// A resolver caches the answers of DNS, so that a host which gets a request every
// second is not looked up each time its connection was closed.
type resolver struct {
	query func(ctx context.Context, network, host string) ([]netip.Addr, error)
	mu    sync.Mutex
	known map[string]resolved
}

type resolved struct {
	ips     []netip.Addr
	expires time.Time
}

const (
	// dnsLife is how long an address is used: the usual TTL of sites behind a
	// load balancer.
	dnsLife = 5 * time.Minute
	// maxDNSHosts bounds the cache; when it is full it is emptied.
	maxDNSHosts = 20_000
)

func newResolver() *resolver {
	return &resolver{query: net.DefaultResolver.LookupNetIP, known: make(map[string]resolved)}
}

func (r *resolver) lookup(ctx context.Context, host string) ([]netip.Addr, error) {
	now := time.Now()
	r.mu.Lock()
	e, ok := r.known[host]
	r.mu.Unlock()
	if ok && now.Before(e.expires) {
		return e.ips, nil
	}
	ips, err := r.query(ctx, "ip", host)
	if err != nil {
		return nil, err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.known) >= maxDNSHosts {
		clear(r.known)
	}
	r.known[host] = resolved{ips, now.Add(dnsLife)}
	return ips, nil
}
