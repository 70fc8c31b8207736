package scrape

import "sync"

// hopMap remembers where redirects led, so that a circle is noticed even where
// each of its URLs was found by a link.
type hopMap struct {
	mu sync.Mutex
	to map[string]string
}

// maxHops bounds the redirects that are remembered; beyond it all are forgotten.
const maxHops = 100_000

// add records that from redirects to to, and reports whether that closes a circle.
func (h *hopMap) add(from, to string) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.to == nil || len(h.to) >= maxHops {
		h.to = make(map[string]string)
	}
	h.to[from] = to
	for at, n := to, 0; n < DefaultMaxRedirects+2; n++ {
		if at == from {
			return true
		}
		next, ok := h.to[at]
		if !ok {
			return false
		}
		at = next
	}
	return false
}

// outwardTold is the number of redirects to a host outside of the scope after which
// the log names it.
const outwardTold = 3

// maxOutward bounds the hosts that are counted.
const maxOutward = 1000

// outwardHosts counts the redirects to hosts outside of the scope. The zero value is
// ready to use.
type outwardHosts struct {
	mu sync.Mutex
	n  map[string]int
}

// count adds a redirect to host, and returns how many there were.
func (o *outwardHosts) count(host string) int {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.n == nil {
		o.n = make(map[string]int)
	}
	if _, known := o.n[host]; !known && len(o.n) >= maxOutward {
		return 0
	}
	o.n[host]++
	return o.n[host]
}

// leadHosts counts where the leads of each host have led.
type leadHosts struct {
	mu    sync.Mutex
	hosts map[string]*leadCount
}

type leadCount struct{ back, astray int }

func (l *leadHosts) count(host string, back bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.hosts == nil {
		l.hosts = make(map[string]*leadCount)
	}
	n := l.hosts[host]
	if n == nil {
		n = new(leadCount)
		l.hosts[host] = n
	}
	if back {
		n.back++
	} else {
		n.astray++
	}
}

// maxAstray is how many leads of a host may lead to no page of the site before
// the others are left out, where none has led to one.
const maxAstray = 3

// hopeless reports whether leads of a host lead elsewhere.
func (l *leadHosts) hopeless(host string) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	n := l.hosts[host]
	return n != nil && n.back == 0 && n.astray >= maxAstray
}
