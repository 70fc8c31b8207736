package serve

import (
	"net"
	"net/http"
	"sync"

	"golang.org/x/net/netutil"
)

// Limit returns a listener that accepts at most so many connections of ln at once for
// srv. When there are so many, those that wait for another request give way. It sets the
// ConnState of srv.
func Limit(srv *http.Server, ln net.Listener, most int) net.Listener {
	c := &connections{most: most, idle: make(map[net.Conn]bool)}
	srv.ConnState = c.note
	return netutil.LimitListener(ln, most)
}

// connections are those of a server.
type connections struct {
	most int

	mu   sync.Mutex
	open int
	idle map[net.Conn]bool
}

// note takes down the state of a connection, and closes an idle one where there is room
// for no other.
func (c *connections) note(conn net.Conn, state http.ConnState) {
	c.mu.Lock()
	defer c.mu.Unlock()
	switch state {
	case http.StateNew:
		c.open++
	case http.StateIdle:
		c.idle[conn] = true
	case http.StateActive:
		delete(c.idle, conn)
	case http.StateClosed, http.StateHijacked:
		c.open--
		delete(c.idle, conn)
	}
	if c.open < c.most {
		return
	}
	for old := range c.idle { // whichever it is
		delete(c.idle, old)
		_ = old.Close()
		return
	}
}
