package frontier

import (
	"cmp"
	"slices"
)

// Stats counts a job's URLs. In a cluster Frontier.Stats counts those of the
// partitions that this worker holds, and Survey all of them.
type Stats struct {
	Found    int          // URLs that entered
	Done     int          // of Found: finished, as a failure or not
	Failed   int          // of Done: with Result.Failed
	Retried  int          // calls of Retry
	Pending  int          // Found - Done: waiting, delayed or leased
	Delayed  int          // of Pending: their retry is not due
	InFlight int          // of Pending: leased by this process
	Hosts    int          // hosts that have pending URLs
	ByClass  [classes]int // Pending, by Class
}

func (s *Stats) count(p *part) {
	s.Found += p.found
	s.Done += p.done
	s.Failed += p.failed
	s.Retried += p.retried
	s.Pending += p.pending()
	s.Delayed += p.retrying
	s.InFlight += p.inflight
	s.Hosts += len(p.hosts)
	for i, n := range p.byClass {
		s.ByClass[i] += n
	}
}

// add adds the counts of another worker.
func (s *Stats) add(other *Stats) {
	s.Found += other.Found
	s.Done += other.Done
	s.Failed += other.Failed
	s.Retried += other.Retried
	s.Pending += other.Pending
	s.Delayed += other.Delayed
	s.InFlight += other.InFlight
	s.Hosts += other.Hosts
	for i, n := range other.ByClass {
		s.ByClass[i] += n
	}
}

// Stats returns the counts.
func (f *Frontier) Stats() Stats {
	f.mu.Lock()
	defer f.mu.Unlock()
	var s Stats
	for _, p := range f.parts {
		s.count(p)
	}
	return s
}

// HostStats counts the URLs of a host.
type HostStats struct {
	Host     string
	Pending  int // waiting, delayed or leased
	InFlight int // of Pending: leased by this process
}

// HostStats returns up to n hosts: those with the most leases first, then those
// with the most pending URLs, then by name.
func (f *Frontier) HostStats(n int) []HostStats {
	f.mu.Lock()
	var all []HostStats
	for _, p := range f.parts {
		for _, h := range p.hosts {
			all = append(all, HostStats{h.name, h.pending(), h.inflight})
		}
	}
	f.mu.Unlock()
	slices.SortFunc(all, func(a, b HostStats) int {
		return cmp.Or(cmp.Compare(b.InFlight, a.InFlight), cmp.Compare(b.Pending, a.Pending), cmp.Compare(a.Host, b.Host))
	})
	return all[:min(n, len(all))]
}
