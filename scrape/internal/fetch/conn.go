package fetch

import (
	"errors"
	"net"
	"sync/atomic"
)

const (
	// maxDials is how many connections are made for one exchange: net/http tries again
	// on a new one, without end, where a server of HTTP/2 takes no request on one.
	maxDials = 8
	// maxUnasked is how many bytes a server may send while no exchange uses the
	// connection. The rest of a body that was given up is less: see http2Stream.
	maxUnasked = 8 << 20
	// http2Stream is how many bytes of a body a server of HTTP/2 may send before they
	// are read; net/http's 4 MiB would be more than the budget of bodies is for.
	http2Stream = 1 << 20
)

var (
	errDials   = errors.New("the server has taken the request on none of 8 connections")
	errUnasked = errors.New("the server goes on sending though nothing is asked of it")
)

// A watchedConn ends where its server goes on sending when nothing is asked of it: by HTTP/2
// it may send frames without end that net/http reads and forgets, for as long as the
// connection is kept.
type watchedConn struct {
	net.Conn
	users   atomic.Int32
	unasked atomic.Int64
}

func (c *watchedConn) Read(p []byte) (int, error) {
	n, err := c.Conn.Read(p)
	if c.users.Load() == 0 && c.unasked.Add(int64(n)) > maxUnasked {
		return n, errUnasked
	}
	return n, err
}

// uses notes that the exchange is over a connection, and no longer over the one before.
func (x *exchange) uses(conn net.Conn) {
	for {
		secure, ok := conn.(interface{ NetConn() net.Conn })
		if !ok {
			break
		}
		conn = secure.NetConn()
	}
	w, _ := conn.(*watchedConn)
	if w != nil {
		w.users.Add(1)
		w.unasked.Store(0)
	}
	if was := x.conn.Swap(w); was != nil {
		was.users.Add(-1)
	}
}

// leaves notes that the exchange has ended.
func (x *exchange) leaves() {
	if was := x.conn.Swap(nil); was != nil {
		was.users.Add(-1)
	}
}
