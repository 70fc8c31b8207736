package pace

import "time"

// slowAnswer is the time to the first byte from which on a host counts as slow.
const slowAnswer = 5 * time.Second

// A doubt is the reason why a request to a host may take long.
type doubt int

const (
	untried doubt = iota // it has not answered yet
	failing              // its last requests have failed
	slow                 // its answers take long
	doubts               // their number
	noDoubt = doubt(-1)
)

// Of each so many slots, what the hosts of each doubt may hold. A quarter is always
// left to those without. Hosts that do not answer hold a slot for the whole timeout,
// and once they have done so they must not keep those from their first answer that
// were not tried yet: so each has a share of its own. That of the untried is the largest,
// because at the beginning of a crawl nothing else is there.
var shareOf = [doubts]struct{ part, of int }{untried: {3, 8}, failing: {1, 8}, slow: {1, 4}}

// leastShare is what each may hold where there are as many slots.
const leastShare = 4

// shares bound the requests to hosts in doubt: one that cannot be reached takes as long
// as the timeout to say so, and a crawl of many such hosts would be left with requests
// to no other. The lock of Hosts guards them.
type shares struct {
	of   [doubts]share
	wake func(host string)
}

type share struct {
	most  int // 0 means no limit
	taken int
	// denied are the hosts that wait, the first one longest; those that have got a
	// request meanwhile are not removed.
	denied []string
	freed  int // places that were given back, for which none was woken yet
}

func newShares(slots int, wake func(host string)) shares {
	s := shares{wake: wake}
	for d, part := range shareOf {
		if slots > 0 {
			s.of[d].most = max(1, min(leastShare, slots/4), slots*part.part/part.of)
		}
	}
	return s
}

// doubt returns why a request to the host may take long.
func (h *hostState) doubt() doubt {
	switch {
	case h.failures > 0:
		return failing
	case !h.heard:
		return untried
	case h.latency > slowAnswer:
		return slow
	}
	return noDoubt
}

// take reports whether a request to the host may begin now, and counts it.
func (s *shares) take(host string, h *hostState) bool {
	d := h.doubt()
	if d == noDoubt || s.of[d].most == 0 {
		h.denied = false
		return true
	}
	own := &s.of[d]
	if own.taken >= own.most {
		if !h.denied {
			h.denied = true
			own.denied = append(own.denied, host)
		}
		return false
	}
	h.denied = false
	own.taken++
	h.inDoubt[d]++
	return true
}

// give records that a request to the host is over.
func (s *shares) give(h *hostState) {
	for d := range h.inDoubt {
		if h.inDoubt[d] > 0 {
			h.inDoubt[d]--
			s.of[d].taken--
			s.of[d].freed++
			return
		}
	}
}

// unlockAndWake unlocks p, and wakes a host for each place that is free again.
func (p *Hosts) unlockAndWake() {
	var woken []string
	for d := range p.share.of {
		s := &p.share.of[d]
		for ; s.freed > 0; s.freed-- {
			for len(s.denied) > 0 {
				host := s.denied[0]
				s.denied = s.denied[1:]
				if h := p.hosts[host]; h != nil && h.denied {
					h.denied = false
					woken = append(woken, host)
					break
				}
			}
		}
	}
	p.mu.Unlock()
	if p.share.wake != nil {
		for _, host := range woken {
			p.share.wake(host)
		}
	}
}
