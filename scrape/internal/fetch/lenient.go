package fetch

import (
	"bufio"
	"bytes"
	"context"
	"crypto/tls"
	"encoding/base64"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/textproto"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"time"

	"golang.org/x/net/http/httpguts"
	"golang.org/x/net/proxy"
)

// Browsers pass over much that net/http refuses: a header line without a colon, a
// Transfer-Encoding said twice, chunks whose lines end otherwise. A host that sends
// such an answer is asked once more, and from then on, over connections on which the
// answer is repaired before net/http parses it. They carry one request each. HTTP/2 answers cannot be repaired, and
// neither can those behind an https proxy: their errors stay.

// malformedErrors are parts of the errors of net/http for an answer over HTTP/1 that
// it refuses.
var malformedErrors = []string{
	"malformed HTTP",
	"malformed MIME header",
	"bad Content-Length",
	"multiple Content-Length",
	"message cannot contain multiple",
	"too many transfer encodings",
	"unsupported transfer encoding",
	"invalid header",
	"invalid Content-Length",
	"invalid empty Content-Length",
}

func isMalformed(err error) bool {
	text := err.Error()
	for _, part := range malformedErrors {
		if strings.Contains(text, part) {
			return true
		}
	}
	return false
}

// A lenient is an http.RoundTripper that repairs the headers of answers.
type lenient struct {
	t    *transport
	base *http.Transport

	mu    sync.Mutex
	hosts map[string]bool // those that have sent a malformed answer
}

// maxLenientHosts bounds the hosts that are remembered; beyond it all are
// forgotten.
const maxLenientHosts = 10_000

func newLenient(t *transport) *lenient {
	l := &lenient{t: t, hosts: make(map[string]bool)}
	l.base = t.base.Clone()
	l.base.ForceAttemptHTTP2 = false
	l.base.DisableKeepAlives = true
	l.base.TLSClientConfig.NextProtos = []string{"http/1.1"}
	l.base.TLSNextProto = map[string]func(string, *tls.Conn) http.RoundTripper{}
	l.base.DialContext = l.dial
	l.base.DialTLSContext = l.dialTLS
	// All others are dealt with by dial and dialTLS.
	l.base.Proxy = func(r *http.Request) (*url.URL, error) {
		if p := chosenProxy(r.Context()); p != nil && p.Scheme == "http" && r.URL.Scheme == "http" {
			return p, nil
		}
		return nil, nil
	}
	return l
}

func (l *lenient) knows(host string) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.hosts[host]
}

func (l *lenient) remember(host string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.hosts) >= maxLenientHosts {
		clear(l.hosts)
	}
	l.hosts[host] = true
}

// reaches reports whether the answer to a request with a context can be repaired.
func (l *lenient) reaches(ctx context.Context) bool {
	p := chosenProxy(ctx)
	return p == nil || p.Scheme != "https"
}

// RoundTrip sends a request over a connection that repairs the header of the answer.
func (l *lenient) RoundTrip(r *http.Request) (*http.Response, error) {
	resp, err := l.base.RoundTrip(r)
	if err != nil && isMalformed(err) {
		err = fmt.Errorf("%w (and cannot be repaired)", err)
	}
	return resp, err
}

func (l *lenient) dial(ctx context.Context, network, addr string) (net.Conn, error) {
	p := chosenProxy(ctx)
	var conn net.Conn
	var err error
	if p == nil || p.Scheme == "http" { // then addr is that of the proxy
		conn, err = l.t.dial(ctx, network, addr)
	} else {
		conn, err = l.t.tunnel(ctx, p, addr)
	}
	if err != nil {
		return nil, err
	}
	return newRepairConn(conn), nil
}

func (l *lenient) dialTLS(ctx context.Context, network, addr string) (net.Conn, error) {
	conn, err := l.t.tunnel(ctx, chosenProxy(ctx), addr)
	if err != nil {
		return nil, err
	}
	config := l.base.TLSClientConfig.Clone()
	if config.ServerName, _, err = net.SplitHostPort(addr); err != nil {
		conn.Close()
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, l.t.idle)
	defer cancel()
	secure := tls.Client(conn, config)
	if err := secure.HandshakeContext(ctx); err != nil {
		conn.Close()
		return nil, err
	}
	return newRepairConn(secure), nil
}

// tunnel returns a connection to addr through a proxy, or a direct one where p is
// nil.
func (t *transport) tunnel(ctx context.Context, p *url.URL, addr string) (net.Conn, error) {
	switch {
	case p == nil:
		return t.dial(ctx, "tcp", addr)
	case p.Scheme == "socks5", p.Scheme == "socks5h":
		d, err := proxy.FromURL(p, dialerFunc(t.dial))
		if err != nil {
			return nil, err
		}
		return d.(proxy.ContextDialer).DialContext(ctx, "tcp", addr)
	case p.Scheme != "http":
		return nil, fmt.Errorf("no tunnel through a proxy of the scheme %q", p.Scheme)
	}
	conn, err := t.dial(ctx, "tcp", dialAddr(p))
	if err != nil {
		return nil, err
	}
	header := "CONNECT " + addr + " HTTP/1.1\r\nHost: " + addr + "\r\n"
	if p.User != nil {
		password, _ := p.User.Password()
		header += "Proxy-Authorization: Basic " + base64.StdEncoding.EncodeToString([]byte(p.User.Username()+":"+password)) + "\r\n"
	}
	conn.SetDeadline(time.Now().Add(t.idle))
	defer conn.SetDeadline(time.Time{})
	if _, err = io.WriteString(conn, header+"\r\n"); err != nil {
		conn.Close()
		return nil, err
	}
	// The server speaks after the client in TLS: nothing is read beyond the header.
	resp, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err == nil && resp.StatusCode != http.StatusOK {
		err = fmt.Errorf("%w: %s", errTunnel, resp.Status)
	}
	if err != nil {
		conn.Close()
		return nil, err
	}
	return conn, nil
}

// dialerFunc is a function as the dialer of package proxy.
type dialerFunc func(ctx context.Context, network, addr string) (net.Conn, error)

func (f dialerFunc) Dial(network, addr string) (net.Conn, error) {
	return f(context.Background(), network, addr)
}

func (f dialerFunc) DialContext(ctx context.Context, network, addr string) (net.Conn, error) {
	return f(ctx, network, addr)
}

// A repairConn is a connection for one request. It repairs the header of the answer,
// and undoes its chunks.
type repairConn struct {
	net.Conn
	br   *bufio.Reader
	out  []byte    // repaired, and not read yet
	body io.Reader // set when the header is over
}

func newRepairConn(c net.Conn) *repairConn {
	return &repairConn{Conn: c, br: bufio.NewReaderSize(c, 16<<10)}
}

func (c *repairConn) Read(p []byte) (int, error) {
	for len(c.out) == 0 {
		if c.body != nil {
			return c.body.Read(p)
		}
		block, err := c.readHeader()
		if err != nil {
			return 0, err
		}
		var final, chunked bool
		c.out, final, chunked = repairHeader(block)
		switch {
		case final && chunked:
			c.body = &chunkReader{br: c.br}
		case final:
			c.body = c.br
		}
	}
	n := copy(p, c.out)
	c.out = c.out[n:]
	return n, nil
}

// readHeader reads up to an empty line.
func (c *repairConn) readHeader() ([]byte, error) {
	var block []byte
	for {
		line, err := c.br.ReadSlice('\n')
		if block = append(block, line...); len(block) > maxHeader {
			return nil, fmt.Errorf("the header of the answer is longer than %d bytes", maxHeader)
		}
		switch {
		case err == bufio.ErrBufferFull:
			continue
		case err == io.EOF && len(block) > 0:
			return block, nil // what it says is all that there is
		case err != nil:
			return nil, err
		}
		if bytes.HasSuffix(block, []byte("\n\n")) || bytes.HasSuffix(block, []byte("\n\r\n")) {
			if len(bytes.TrimSpace(block)) == 0 {
				continue // before the first line
			}
			return block, nil
		}
	}
}

// statusLine matches the first line of an answer, also without a version, with
// the status stuck to the reason, or of Shoutcast.
var statusLine = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)^\s*(?:HTTP|ICY)(?:/([0-9](?:\.[0-9])?))?\s+([1-5][0-9][0-9])(?:[^0-9]|$)`)
})

// repairHeader returns a header block as net/http can parse it, and reports whether
// the body follows, which it does not after an interim answer, and whether that is
// chunked, which the block does not say any more. A block that does not begin as HTTP
// is left as it is.
func repairHeader(block []byte) (repaired []byte, final, chunked bool) {
	text := strings.TrimLeft(string(block), "\r\n")
	lines := strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n")
	m := statusLine().FindStringSubmatch(lines[0])
	if m == nil {
		return block, true, false
	}
	version := "1.1"
	if m[1] == "1.0" {
		version = m[1]
	}
	final = m[2][0] != '1' || m[2] == "101"
	var b bytes.Buffer
	fmt.Fprintf(&b, "HTTP/%s %s %s\r\n", version, m[2], http.StatusText(atoi(m[2])))
	var lengths []string
	for _, f := range headerFields(lines[1:]) {
		switch name, value := f[0], f[1]; textproto.CanonicalMIMEHeaderKey(name) {
		case "Connection", "Keep-Alive":
			// One request a connection.
		case "Transfer-Encoding":
			chunked = chunked || strings.Contains(strings.ToLower(value), "chunked")
		case "Content-Length":
			lengths = append(lengths, strings.Split(value, ",")...)
		default:
			b.WriteString(name + ": " + value + "\r\n")
		}
	}
	chunked = chunked && version == "1.1"
	if length, ok := oneLength(lengths); ok && !chunked {
		b.WriteString("Content-Length: " + length + "\r\n")
	}
	if final {
		b.WriteString("Connection: close\r\n")
	}
	b.WriteString("\r\n")
	return b.Bytes(), final, chunked
}

// headerFields returns the names and values of header lines. A line that begins with
// a space continues the one before; one without a colon, or with a name that is
// none, is left out.
func headerFields(lines []string) [][2]string {
	var fields [][2]string
	for _, line := range lines {
		value := withoutControls(line)
		if len(line) > 0 && (line[0] == ' ' || line[0] == '\t') && len(fields) > 0 {
			fields[len(fields)-1][1] += " " + strings.TrimSpace(value)
			continue
		}
		name, value, ok := strings.Cut(value, ":")
		if name = strings.TrimSpace(name); ok && httpguts.ValidHeaderFieldName(name) {
			fields = append(fields, [2]string{name, strings.TrimSpace(value)})
		}
	}
	return fields
}

// withoutControls puts spaces in the place of control characters. Bytes over 0x7f may
// be of any charset, and stay.
func withoutControls(line string) string {
	b := []byte(line)
	for i, c := range b {
		if c < ' ' && c != '\t' || c == 0x7f {
			b[i] = ' '
		}
	}
	return string(b)
}

// maxLength is how many digits a length of an answer may have.
const maxLength = 18

// oneLength returns the length that all values of Content-Length agree on. Without
// one the body ends with the connection.
func oneLength(values []string) (string, bool) {
	for _, v := range values {
		v = strings.TrimSpace(v)
		if v == "" || len(v) > maxLength || strings.Trim(v, "0123456789") != "" || v != strings.TrimSpace(values[0]) {
			return "", false
		}
	}
	return strings.TrimSpace(strings.Join(values[:min(1, len(values))], "")), len(values) > 0
}

func atoi(digits string) int {
	n := 0
	for _, d := range digits {
		n = 10*n + int(d-'0')
	}
	return n
}
