package pace

import "time"

// slowAnswer is the time to the first byte from which on a host counts as slow.
const slowAnswer = 5 * time.Second

// A share bounds the requests to hosts in doubt: one that cannot be reached takes as
// long as the timeout to say so, and a crawl of many such hosts would be left with
// requests to no other. The lock of Hosts guards it.
type share struct {
	most  int // 0 means no limit
	taken int
	wake  func(host string)
	// denied are the hosts that wait, the first one longest; those that have got a
	// request meanwhile are not removed.
	denied []string
	freed  int // places that were given back, for which none was woken yet
}

// isDoubtful reports whether a request to the host may take long.
func (h *hostState) isDoubtful() bool {
	return !h.heard || h.failures > 0 || h.latency > slowAnswer
}

// take reports whether a request to the host may begin now, and counts it.
func (s *share) take(host string, h *hostState) bool {
	if s.most == 0 || !h.isDoubtful() {
		h.denied = false
		return true
	}
	if s.taken >= s.most {
		if !h.denied {
			h.denied = true
			s.denied = append(s.denied, host)
		}
		return false
	}
	h.denied = false
	s.taken++
	h.inDoubt++
	return true
}

// give tells that a request to the host is over.
func (s *share) give(h *hostState) {
	if h.inDoubt > 0 {
		h.inDoubt--
		s.taken--
		s.freed++
	}
}

// unlockAndWake unlocks p, and wakes a host for each place that is free again.
func (p *Hosts) unlockAndWake() {
	s := &p.share
	var woken []string
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
	p.mu.Unlock()
	if s.wake != nil {
		for _, host := range woken {
			s.wake(host)
		}
	}
}
