package frontier

import "time"

// The index in memory: for each partition that this worker holds, the hosts
// that have pending items, and for each host the order of its items. An item
// takes 16 bytes here. Its message stays in the stream; only the messages of the
// next few items of each host are held in memory.

const (
	// rawTotal bounds the messages held in memory over all hosts: some 10 MB of
	// items of 300 bytes. rawHost bounds those of one host: enough that fetching
	// the next ones is not noticed. With many hosts each has its share of
	// rawTotal, but rawLeast at least: one to give out and one to follow it.
	rawTotal = 1 << 15
	rawHost  = 64
	rawLeast = 2
)

// hostOf returns the partition's host of that name, and makes it if it is new.
// mu is held.
func (f *Frontier) hostOf(p *part, name string) *hostQueue {
	h := p.hosts[name]
	if h == nil {
		h = &hostQueue{name: name, p: p, items: heap[entry]{less: entry.before}, raw: map[uint64][]byte{}}
		p.hosts[name] = h
		f.hosts++
	}
	return h
}

// dropIdle removes a host that has no pending items from the index. mu is held.
func (f *Frontier) dropIdle(h *hostQueue) {
	if !h.gone && h.pending() == 0 {
		h.gone = true
		f.rawCount -= len(h.raw)
		delete(h.p.hosts, h.name)
		f.hosts--
	}
}

// rawShare is how many messages of each host may be in memory. mu is held.
func (f *Frontier) rawShare() int {
	return min(rawHost, max(rawLeast, rawTotal/max(1, f.hosts)))
}

// push makes an item available. raw is its message, or nil where it is not in
// memory. mu is held.
func (f *Frontier) push(h *hostQueue, e entry, raw []byte) {
	h.items.push(e)
	if raw != nil && len(h.raw) < f.rawShare() {
		h.raw[e.seq] = raw
		f.rawCount++
	}
	if h.state == hostIdle {
		f.queue(h)
	}
}

// queue puts a host into the ring, or among the sleepers while its partition
// rests. mu is held.
func (f *Frontier) queue(h *hostQueue) {
	if h.gone || h.items.len() == 0 {
		h.state = hostIdle
		return
	}
	if time.Now().Before(h.p.rest) {
		f.sleep(h, h.p.rest)
		return
	}
	h.state = hostQueued
	f.ring.push(h)
	f.wakeOne()
}

// sleep lets a host return to the ring at a time. mu is held.
func (f *Frontier) sleep(h *hostQueue, at time.Time) {
	h.state, h.wake = hostAsleep, at
	f.sleepers.push(sleeper{at, h})
}

// wakeOne wakes one caller that waits in Next.
func (f *Frontier) wakeOne() {
	select {
	case f.bell <- struct{}{}:
	default:
	}
}

// promote makes available what has become due. mu is held.
func (f *Frontier) promote(now time.Time) {
	for f.delayed.len() > 0 && !f.delayed.top().at.After(now) {
		d := f.delayed.pop()
		if d.h.gone {
			continue
		}
		d.h.retrying--
		d.h.p.retrying--
		f.push(d.h, d.entry, nil)
	}
	for f.sleepers.len() > 0 && !f.sleepers.top().at.After(now) {
		s := f.sleepers.pop()
		if (s.h.state == hostAsleep || s.h.state == hostParked) && s.h.wake.Equal(s.at) {
			f.queue(s.h)
		}
	}
}
