package natsconn

import (
	"bufio"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"errors"
	"fmt"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
)

const info = `INFO {"server_id":"A","version":"2.14.0","proto":1,"headers":true,"max_payload":1048576}` + "\r\n"

// lie serves as a NATS server does that says first, and after the subscription of a
// client what answer writes.
func lie(t *testing.T, first string, answer func(c net.Conn)) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go func() {
				defer c.Close()
				fmt.Fprint(c, first)
				for lines := bufio.NewScanner(c); lines.Scan(); {
					switch {
					case strings.HasPrefix(lines.Text(), "PING"):
						fmt.Fprint(c, "PONG\r\n")
					case strings.HasPrefix(lines.Text(), "SUB"):
						answer(c)
					}
				}
			}()
		}
	}()
	return "nats://" + l.Addr().String()
}

// TestLies has servers send messages and lines without a bound: the connection ends with
// an error. The library by itself panics at the first, and has the others in memory.
func TestLies(t *testing.T) {
	write := func(s string) func(net.Conn) { return func(c net.Conn) { fmt.Fprint(c, s) } }
	endless := func(s string) func(net.Conn) {
		return func(c net.Conn) {
			for block := []byte(strings.Repeat(s, 64<<10/len(s))); ; {
				if _, err := c.Write(block); err != nil {
					return
				}
			}
		}
	}
	for name, tc := range map[string]struct {
		answer func(net.Conn)
		want   error
	}{
		"a message of 2^62 bytes":     {write("MSG a 1 4611686018427387904\r\nx"), errMessage},
		"a message of 100 GB":         {write("MSG a 1 100000000000\r\nx"), errMessage},
		"a size over 64 bits":         {write("MSG a 1 99999999999999999999999\r\nx"), errMessage},
		"a message with headers":      {write("HMSG a 1 10 100000000000\r\nx"), errMessage},
		"a size after a return":       {write("MSG a 1 5\r99999999999 1\r\nx"), errLine},
		"a size after others":         {write("MSG a 1 5\r\nhello\r\nMSG a 1 1\r\nx\r\nmsg a 1 b 100000000000\r\nx"), errMessage},
		"a line without an end":       {endless("MSG a"), errLine},
		"an error without an end":     {endless("-ERR 'a"), errLine},
		"a size that is no number":    {write("MSG a 1 b\r\nx"), errLine},
		"a message without its size":  {write("M\nx"), errLine},
		"a message that is a bit big": {write(fmt.Sprintf("MSG a 1 %d\r\nx", MaxMessage+1)), errMessage},
	} {
		t.Run(name, func(t *testing.T) {
			disconnected := make(chan error, 1)
			nc, err := Connect(lie(t, info, tc.answer), nats.NoReconnect(), nats.ClosedHandler(func(nc *nats.Conn) { disconnected <- nc.LastError() }))
			if err != nil {
				t.Fatal(err)
			}
			defer nc.Close()
			if _, err := nc.SubscribeSync("a"); err != nil {
				t.Fatal(err)
			}
			select {
			case err := <-disconnected:
				if !errors.Is(err, tc.want) {
					t.Errorf("ended with %v, not with %v", err, tc.want)
				}
			case <-time.After(10 * time.Second):
				t.Error("the connection goes on")
			}
		})
	}
	t.Run("a greeting without an end", func(t *testing.T) {
		if _, err := Connect(lie(t, "INFO "+strings.Repeat(" ", 2<<20), nil)); !errors.Is(err, errLine) {
			t.Errorf("connecting: %v", err)
		}
	})
	t.Run("more before TLS", func(t *testing.T) {
		first := `INFO {"tls_required":true}` + "\r\nMSG a 1 1\r\nx\r\n"
		if _, err := Connect(lie(t, first, nil)); !errors.Is(err, errAhead) {
			t.Errorf("connecting: %v", err)
		}
	})
}

// What a server says is not printed, but is in LastError.
func TestNothingIsPrinted(t *testing.T) {
	printed, err := os.Create(filepath.Join(t.TempDir(), "stderr"))
	if err != nil {
		t.Fatal(err)
	}
	defer printed.Close()
	stderr := os.Stderr
	os.Stderr = printed
	defer func() { os.Stderr = stderr }()
	const said = "-ERR 'Permissions Violation for Publish to \"\x1b[31m\"'\r\n"
	nc, err := Connect(lie(t, info, func(c net.Conn) { fmt.Fprint(c, strings.Repeat(said, 1000)+"MSG a 1 1\r\nx\r\n") }))
	if err != nil {
		t.Fatal(err)
	}
	sub, err := nc.SubscribeSync("a")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := sub.NextMsg(10 * time.Second); err != nil && !errors.Is(err, nats.ErrPermissionViolation) {
		t.Fatal(err)
	}
	if err := nc.LastError(); !errors.Is(err, nats.ErrPermissionViolation) {
		t.Errorf("the last error is %v", err)
	}
	closed := make(chan struct{})
	nc.SetClosedHandler(func(*nats.Conn) { close(closed) }) // called after all others
	nc.Close()
	<-closed
	if b, _ := os.ReadFile(printed.Name()); len(b) > 0 {
		t.Errorf("%d bytes were printed: %.100q", len(b), b)
	}
}

// TestMessagesPass sends messages of many sizes, in pieces of many sizes.
func TestMessagesPass(t *testing.T) {
	var stream strings.Builder
	stream.WriteString(info + "PONG\r\n+OK\r\n")
	for _, size := range []int{0, 1, 2, 500, 70_000} {
		payload := strings.Repeat("M\r\n", size)[:size]
		fmt.Fprintf(&stream, "MSG a 1 %d\r\n%s\r\nHMSG a 1 b 2 %d\r\n%s\r\nPING\r\n", size, payload, size, payload)
	}
	for piece := 1; piece < stream.Len(); piece = piece*3/2 + 1 {
		s := scanner{}
		for b := []byte(stream.String()); len(b) > 0; b = b[min(piece, len(b)):] {
			if err := s.scan(b[:min(piece, len(b))]); err != nil {
				t.Fatalf("in pieces of %d: %v", piece, err)
			}
		}
		if s.lines != 18 || s.payload != 0 || s.atEnd || len(s.line) > 0 {
			t.Errorf("in pieces of %d: %d lines, %d bytes left", piece, s.lines, s.payload)
		}
	}
}

// certificate returns one for a name, and the pool that it is checked against.
func certificate(t *testing.T, name string) (tls.Certificate, *x509.CertPool) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	c := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: name}, DNSNames: []string{name},
		NotAfter: time.Now().Add(time.Hour), IsCA: true, BasicConstraintsValid: true,
	}
	der, err := x509.CreateCertificate(rand.Reader, c, c, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	c, err = x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	pool := x509.NewCertPool()
	pool.AddCert(c)
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, pool
}

// TestTLS connects to servers that require TLS, that offer it and that begin with it.
func TestTLS(t *testing.T) {
	cert, pool := certificate(t, "localhost")
	for name, tc := range map[string]struct {
		options  server.Options
		scheme   string
		host     string
		client   []nats.Option
		isFailed bool
	}{
		"required":        {scheme: "nats", host: "localhost"},
		"asked for":       {scheme: "tls", host: "localhost"},
		"offered":         {options: server.Options{AllowNonTLS: true}, scheme: "tls", host: "localhost"},
		"at first":        {options: server.Options{TLSHandshakeFirst: true}, scheme: "tls", host: "localhost", client: []nats.Option{nats.TLSHandshakeFirst()}},
		"of another name": {scheme: "tls", host: "127.0.0.1", isFailed: true},
	} {
		t.Run(name, func(t *testing.T) {
			o := tc.options
			o.Host, o.Port, o.NoLog, o.NoSigs = "127.0.0.1", -1, true, true
			o.TLS, o.TLSTimeout, o.TLSConfig = true, 5, &tls.Config{Certificates: []tls.Certificate{cert}}
			s, err := server.NewServer(&o)
			if err != nil {
				t.Fatal(err)
			}
			s.Start()
			defer s.Shutdown()
			if !s.ReadyForConnections(30 * time.Second) {
				t.Fatal("the server does not start")
			}
			_, port, _ := net.SplitHostPort(s.Addr().String())
			options := append([]nats.Option{nats.Secure(&tls.Config{RootCAs: pool})}, tc.client...)
			if name == "required" {
				options = []nats.Option{func(o *nats.Options) error { o.TLSConfig = &tls.Config{RootCAs: pool}; return nil }}
			}
			nc, err := Connect(tc.scheme+"://"+tc.host+":"+port, options...)
			if tc.isFailed {
				if !errors.Is(err, nats.ErrTLS) {
					t.Errorf("connecting: %v", err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			defer nc.Close()
			sub, err := nc.SubscribeSync("a")
			if err != nil {
				t.Fatal(err)
			}
			if err := nc.Publish("a", make([]byte, 900_000)); err != nil {
				t.Fatal(err)
			}
			if m, err := sub.NextMsg(10 * time.Second); err != nil || len(m.Data) != 900_000 {
				t.Errorf("a message of %v, %v", m, err)
			}
			clients, _ := s.Connz(nil)
			if len(clients.Conns) != 1 || clients.Conns[0].TLSVersion == "" {
				t.Errorf("the server has the clients %+v", clients.Conns)
			}
		})
	}
	// Where the server offers no TLS and the address asks for it, nothing is sent.
	if _, err := Connect(strings.Replace(lie(t, info, nil), "nats:", "tls:", 1)); !errors.Is(err, nats.ErrSecureConnWanted) {
		t.Errorf("connecting without TLS: %v", err)
	}
}

// FuzzScanner reads what a server may send at once and byte by byte: what is refused is the
// same, and no size is over the bound.
func FuzzScanner(f *testing.F) {
	for _, s := range []string{info + "MSG a 1 5\r\nhello\r\nPING\r\n", "HMSG a 1 b 2 3\r\nabc\r\n+OK\r\n", "MSG a 1 99999999999\r\n", "-ERR 'a'\r\nMSG a 1 b\r\n", "MSG a 1 5\r1\r\n"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		whole, pieces := scanner{}, scanner{}
		wholeErr := whole.scan(b)
		var err error
		for i := 0; i < len(b) && err == nil; i++ {
			err = pieces.scan(b[i : i+1])
			if pieces.payload > MaxMessage+1 {
				t.Fatalf("a message of %d bytes", pieces.payload)
			}
		}
		if wholeErr != err {
			t.Fatalf("at once %v, byte by byte %v", wholeErr, err)
		}
		if err == nil && (whole.payload != pieces.payload || whole.atEnd != pieces.atEnd || whole.lines != pieces.lines) {
			t.Fatalf("at once %+v, byte by byte %+v", whole, pieces)
		}
	})
}
