// Package natsconn connects to NATS servers, and bounds what these send.
//
// The client library makes a buffer of the size that a message claims, and panics where
// there is no such size; and it keeps a line of the protocol however long that grows.
// Both are read here before they reach it. So TLS is spoken here as well: from the
// options of the connection, as the library would.
package natsconn

import (
	"bytes"
	"context"
	"crypto/tls"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"strconv"
	"strings"
	"sync"

	"github.com/nats-io/nats.go"
)

const (
	// MaxMessage is how many bytes a message of a server has at most, with its headers.
	// Servers take 64 MiB at most (max_payload), and by default 1 MiB.
	MaxMessage = 65 << 20
	// maxLine is how many bytes a line of the protocol has at most. The longest is that
	// of INFO, which lists the servers of a cluster.
	maxLine = 1 << 20
)

var (
	errMessage = fmt.Errorf("a message of the server has more than %d MiB", MaxMessage>>20)
	errLine    = fmt.Errorf("a line of the server has more than %d bytes, or is not of the NATS protocol", maxLine)
)

// Connect is [nats.Connect] with bounds on what the servers send. What is over one ends
// the connection. Errors that the server reports are not printed, as the library does, but
// in LastError. The bounds do not hold for WebSockets (ws:// and wss://), nor where the
// options have a dialer of their own.
func Connect(url string, options ...nats.Option) (*nats.Conn, error) {
	bound := func(o *nats.Options) error {
		if o.AsyncErrorCB == nil {
			// The library would print what the server says. LastError has it as well.
			o.AsyncErrorCB = func(*nats.Conn, *nats.Subscription, error) {}
		}
		if o.CustomDialer != nil || o.InProcessServer != nil || isWebSocket(url) {
			return nil
		}
		// The library looks names up itself by default, and dials their addresses: then
		// the name that the certificate must have is not known here.
		o.SkipHostLookup = true
		o.CustomDialer = &dialer{o: o, secure: strings.Contains(url, "tls://")}
		return nil
	}
	return nats.Connect(url, append(options, bound)...)
}

func isWebSocket(url string) bool {
	return len(url) > 2 && (url[0] == 'w' || url[0] == 'W') && (url[1] == 's' || url[1] == 'S')
}

// A dialer opens connections whose bytes are checked.
type dialer struct {
	o *nats.Options
	// secure is set where an address asks for TLS, which servers may offer without
	// requiring it.
	secure bool

	mu sync.Mutex
	// name is the last host that was dialed by a name. The servers of a cluster tell
	// each other's addresses without names, and have a certificate for this one.
	name string
}

// SkipTLSHandshake tells the library that the connection speaks TLS itself.
func (d *dialer) SkipTLSHandshake() bool { return true }

// Dial opens a connection. It is called by the library.
func (d *dialer) Dial(network, address string) (net.Conn, error) {
	dial := net.Dialer{Timeout: d.o.Timeout}
	raw, err := dial.Dial(network, address)
	if err != nil {
		return nil, err
	}
	c := &conn{Conn: raw, d: d, name: d.certificateName(address)}
	if d.o.TLSHandshakeFirst {
		if err := c.startTLS(); err != nil {
			raw.Close()
			return nil, err
		}
	}
	return c, nil
}

func (d *dialer) certificateName(address string) string {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		host = address
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if net.ParseIP(host) == nil {
		d.name = host
	} else if d.name != "" {
		return d.name
	}
	return host
}

// A conn is a connection to a server. What it reads is checked before the library gets
// it.
type conn struct {
	net.Conn // of TLS once that has begun
	d        *dialer
	name     string // that the server's certificate must have
	scanner  scanner
	// isTLS is set once TLS has begun, and wantsTLS where the server has asked for it.
	isTLS, wantsTLS bool
}

// Read reads what the server has sent, up to what is over a bound.
func (c *conn) Read(b []byte) (int, error) {
	n, err := c.Conn.Read(b)
	first := c.scanner.lines == 0
	if scanErr := c.scanner.scan(b[:n]); scanErr != nil {
		return 0, scanErr
	}
	if first && c.scanner.lines > 0 && !c.isTLS {
		// Where TLS is wanted and not offered, the library ends the connection first.
		c.wantsTLS = c.scanner.requiresTLS || c.d.secure || c.d.o.Secure
		if c.wantsTLS && c.scanner.isAhead {
			return 0, errAhead
		}
	}
	return n, err
}

// errAhead is returned where a server that asks for TLS has gone on without it.
var errAhead = errors.New("the server asks for TLS and sends more before it has begun")

// Write writes to the server. The first write follows the server's INFO, which says
// whether TLS begins there.
func (c *conn) Write(b []byte) (int, error) {
	if len(b) == 0 {
		return 0, nil // the library does that where it ends a connection
	}
	if c.wantsTLS && !c.isTLS {
		if err := c.startTLS(); err != nil {
			return 0, err
		}
	}
	return c.Conn.Write(b)
}

// startTLS begins TLS, with the options that the library would use.
func (c *conn) startTLS() error {
	o, config := c.d.o, &tls.Config{}
	if o.TLSConfig != nil {
		config = o.TLSConfig.Clone()
	}
	if o.TLSCertCB != nil {
		cert, err := o.TLSCertCB()
		if err != nil {
			return err
		}
		config.Certificates = []tls.Certificate{cert}
	}
	if o.RootCAsCB != nil {
		roots, err := o.RootCAsCB()
		if err != nil {
			return err
		}
		config.RootCAs = roots
	}
	if config.ServerName == "" {
		config.ServerName = c.name
	}
	secured := tls.Client(c.Conn, config)
	ctx, cancel := context.WithTimeout(context.Background(), o.Timeout)
	defer cancel()
	if err := secured.HandshakeContext(ctx); err != nil {
		return fmt.Errorf("%w: %w", nats.ErrTLS, err)
	}
	c.Conn, c.isTLS = secured, true
	return nil
}

// A scanner follows the protocol of a server, which is lines, of which those of messages
// say how many bytes follow:
// https://docs.nats.io/reference/reference-protocols/nats-protocol.
type scanner struct {
	line  []byte // what there is of a line
	lines int
	// requiresTLS is set where the first line, which is INFO, says so.
	requiresTLS bool
	// isAhead is set where bytes came with the first line that are after it.
	isAhead bool
	// payload is how many bytes are left of a message, with the first of its end, and
	// atEnd is set from there on until the line ends.
	payload int
	atEnd   bool
}

func (s *scanner) scan(b []byte) error {
	for len(b) > 0 {
		if s.payload > 0 {
			n := min(s.payload, len(b))
			s.payload -= n
			b = b[n:]
			continue
		}
		line, rest, isWhole := bytes.Cut(b, []byte{'\n'})
		b = rest
		switch {
		case s.atEnd:
			s.atEnd = !isWhole
		case len(s.line)+len(line) > maxLine:
			return errLine
		case !isWhole:
			s.line = append(s.line, line...)
		default:
			if len(s.line) > 0 {
				s.line = append(s.line, line...)
				line = s.line
			}
			if err := s.take(line); err != nil {
				return err
			}
			s.line = s.line[:0]
			if s.lines == 1 {
				s.isAhead = len(b) > 0
			}
		}
	}
	return nil
}

// take reads a line, without its end.
func (s *scanner) take(line []byte) error {
	line = bytes.TrimSuffix(line, []byte{'\r'})
	if bytes.IndexByte(line, '\r') >= 0 {
		return errLine // the library would take other bytes for the size
	}
	if s.lines++; s.lines == 1 {
		var info struct {
			TLSRequired bool `json:"tls_required"`
		}
		// What is no INFO is refused by the library.
		_ = json.Unmarshal(line[max(0, bytes.IndexByte(line, '{')):], &info)
		s.requiresTLS = info.TLSRequired
	}
	if len(line) == 0 || !bytes.ContainsRune([]byte("MmHh"), rune(line[0])) {
		return nil
	}
	fields := bytes.FieldsFunc(line, func(r rune) bool { return r == ' ' || r == '\t' })
	size, err := strconv.ParseUint(string(fields[len(fields)-1]), 10, 64)
	switch {
	case err != nil && !errors.Is(err, strconv.ErrRange):
		return errLine
	case err != nil || size > MaxMessage:
		return errMessage
	}
	s.payload, s.atEnd = int(size)+1, true
	return nil
}
