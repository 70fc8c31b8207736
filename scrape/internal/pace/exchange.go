package pace

import "time"

// An Exchange is a request that is over. Times that are not known are zero.
type Exchange struct {
	// Begun is when the request was begun, and Wrote when its last byte was written
	// to the connection.
	Begun, Wrote time.Time
	// Took is the time from Begun to the first byte of the answer, 0 if there was
	// none.
	Took time.Duration
}

const (
	// margin is added to the time at which a request was at the server: the least
	// times of the way there, at the server and of the way back need not have come
	// together.
	margin = 20 * time.Millisecond
	// window is how many exchanges pass until the quickest of them may be forgotten,
	// because a server may become slower for good.
	window = 64
	// fewExchanges are too few to know how quick an answer may be.
	fewExchanges = 4
)

// quickest is the least time from a request to its answer, of the last window
// exchanges or up to twice as many.
type quickest struct {
	now, before time.Duration // of this window and the one before; 0 if there is none
	n           int           // exchanges, of both
}

func (q *quickest) add(took time.Duration) {
	if q.n == 2*window {
		q.n, q.before, q.now = window, q.now, 0
	} else if q.n == window && q.before == 0 {
		q.before, q.now = q.now, 0
	}
	q.n++
	if q.now == 0 || took < q.now {
		q.now = took
	}
}

// least returns 0 where it is not known yet.
func (q *quickest) least() time.Duration {
	switch {
	case q.n <= fewExchanges:
		return 0
	case q.before > 0:
		return min(q.now, q.before)
	}
	return q.now
}

// Wrote records that a request which Ready has let through was written at a time. It
// may be called more than once, as a request over a connection that the server has
// closed is repeated.
func (p *Hosts) Wrote(host string, at time.Time) {
	p.mu.Lock()
	h := p.of(host)
	waits := h.unwritten && h.delay > 0 && p.perHost > 1
	h.unwritten = false
	h.notBefore(at.Add(h.gap))
	p.mu.Unlock()
	if waits && p.share.wake != nil {
		p.share.wake(host)
	}
}

// Ended records that a request which Ready has let through is over.
func (p *Hosts) Ended(host string, e Exchange) {
	p.mu.Lock()
	defer p.unlockAndWake()
	h := p.of(host)
	h.running--
	p.share.give(h)
	if e.Wrote.IsZero() || h.running == 0 {
		h.unwritten = false
	}
	if e.Took > 0 {
		if h.latency == 0 {
			h.latency = e.Took
		}
		h.latency += (e.Took - h.latency) / 4
	}
	if h.delay == 0 {
		return
	}
	h.notBefore(p.arrived(h, &e).Add(h.gap))
	if p.perHost == 1 {
		h.notBefore(p.now().Add(h.rests()))
	}
}

// notBefore lets no request to the host begin before a time.
func (h *hostState) notBefore(at time.Time) {
	if at.After(h.next) {
		h.next = at
	}
}

// arrived returns a time at which the request had reached the server, so that the
// delay can count from it. That it was written does not tell: on the way it may wait
// for a lost packet to be sent again, and the next request may not. But a request
// that was late has a late answer. Where r is the least time of the way back and the
// server takes no less than for the quickest answer, the time written, and what the
// answer took longer than the quickest, and the least time of the way there, are
// together no earlier than the arrival; the next request needs that least time too.
// p.mu is held.
func (p *Hosts) arrived(h *hostState, e *Exchange) time.Time {
	if e.Wrote.IsZero() || e.Took == 0 {
		return p.now()
	}
	answer := e.Begun.Add(e.Took)
	took := answer.Sub(e.Wrote)
	if took <= 0 {
		return p.now() // answered before it was written to its end
	}
	h.quickest.add(took)
	least := h.quickest.least()
	at := e.Wrote.Add(took - least + margin)
	if least == 0 || at.After(answer) {
		return answer
	}
	return at
}
