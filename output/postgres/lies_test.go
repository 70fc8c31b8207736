package postgres

import (
	"context"
	"encoding/binary"
	"fmt"
	"io"
	"net"
	"strings"
	"sync/atomic"
	"testing"
	"testing/iotest"
	"time"

	"newsclip/output/remote"
)

// liar starts a server that sends what serve writes to each client that has sent its first
// message, and returns its address.
func liar(t *testing.T, serve func(conn net.Conn)) (address string) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			go func() {
				defer conn.Close()
				var size [4]byte
				io.ReadFull(conn, size[:])
				io.CopyN(io.Discard, conn, int64(binary.BigEndian.Uint32(size[:]))-4)
				serve(conn)
			}()
		}
	}()
	return "postgres://a@" + l.Addr().String() + "/a?sslmode=disable"
}

// A server that announces a message of a gigabyte is refused, before it is received.
func TestLongMessage(t *testing.T) {
	var sent atomic.Int64
	address := liar(t, func(conn net.Conn) {
		// AuthenticationOk, and a DataRow.
		conn.Write([]byte("R\x00\x00\x00\x08\x00\x00\x00\x00D\x3f\xff\xff\xff"))
		for b := make([]byte, 1<<20); ; {
			n, err := conn.Write(b)
			if sent.Add(int64(n)); err != nil {
				return
			}
		}
	})
	_, err := Open(t.Context(), address, remote.Options{})
	if err == nil || !strings.Contains(err.Error(), "beside rows") {
		t.Errorf("opening: %v", err)
	}
	for _, err = range ReadAll(address) {
		break
	}
	if err == nil || !strings.Contains(err.Error(), "invalid body length") {
		t.Errorf("reading: %v", err)
	}
	if n := sent.Load(); n > 64<<20 { // what the system takes of it
		t.Errorf("%d bytes were received", n)
	}
}

// A server that reports parameters without end is refused.
func TestEndlessParameters(t *testing.T) {
	var sent atomic.Int64
	address := liar(t, func(conn net.Conn) {
		conn.Write([]byte("R\x00\x00\x00\x08\x00\x00\x00\x00")) // AuthenticationOk
		for i := 0; sent.Load() < 100<<20; i++ {
			body := fmt.Sprintf("p%d\x00%s\x00", i, strings.Repeat("v", 1000))
			n, err := conn.Write(append(binary.BigEndian.AppendUint32([]byte{'S'}, uint32(len(body)+4)), body...))
			if sent.Add(int64(n)); err != nil {
				return
			}
		}
	})
	if _, err := Open(t.Context(), address, remote.Options{}); err == nil || !strings.Contains(err.Error(), "a megabyte of parameters") {
		t.Errorf("opening: %v", err)
	}
	if n := sent.Load(); n > 64<<20 { // what the system takes of it
		t.Errorf("%d bytes were received", n)
	}
}

// Servers that answer with messages that nobody has asked for, without end, are refused,
// and what they send is not kept.
func TestEndlessAnswer(t *testing.T) {
	message := func(kind byte, body string) string {
		return string(binary.BigEndian.AppendUint32([]byte{kind}, uint32(len(body)+4))) + body
	}
	ready := message('Z', "I")
	words := strings.Repeat("w", 1000)
	for name, tt := range map[string]struct {
		first, rest string
		reads       bool // it is an error of reading as well
	}{
		"notices at first":       {"", message('N', "M"+words+"\x00\x00"), true},
		"notices":                {ready, message('N', "M"+words+"\x00\x00"), true},
		"notifications":          {ready, message('A', "\x00\x00\x00\x01a\x00"+words+"\x00"), true},
		"ends of commands":       {ready, message('C', "SELECT 1\x00"), true},
		"rows that nobody reads": {ready, message('D', "\x00\x01\x00\x00\x03\xe8"+words), false},
	} {
		t.Run(name, func(t *testing.T) {
			var sent atomic.Int64
			address := liar(t, func(conn net.Conn) {
				fmt.Fprint(conn, "R\x00\x00\x00\x08\x00\x00\x00\x00"+tt.first)
				for block := []byte(strings.Repeat(tt.rest, 64<<10/len(tt.rest))); ; {
					n, err := conn.Write(block)
					if sent.Add(int64(n)); err != nil || t.Context().Err() != nil {
						return
					}
				}
			})
			ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
			defer cancel()
			if _, err := Open(ctx, address, remote.Options{}); err == nil || !strings.Contains(err.Error(), "beside rows") {
				t.Fatalf("opening: %v", err)
			}
			if n := sent.Load(); n > 150<<20 { // with what the library takes while it closes a connection
				t.Errorf("%d bytes were received", n)
			}
			if !tt.reads {
				return
			}
			var err error
			for _, err = range ReadAll(address) {
				break
			}
			if err == nil || !strings.Contains(err.Error(), "beside rows") {
				t.Errorf("reading: %v", err)
			}
		})
	}
	config, _, err := configOf("postgres://a@localhost/a", true)
	if err != nil || config.OnNotification == nil {
		t.Errorf("notifications are kept: %v", err)
	}
}

// Parameters are told from other messages however these are cut up.
func TestParametersAreCounted(t *testing.T) {
	message := func(kind byte, size int) string {
		return string(binary.BigEndian.AppendUint32([]byte{kind}, uint32(size+4))) + strings.Repeat("S", size)
	}
	for _, tt := range []struct {
		text string
		ok   bool
	}{
		{message('S', maxParameters), true},
		{message('S', maxParameters) + message('D', maxParameters) + message('Z', 0), true},
		{message('S', maxParameters) + message('Z', 1) + message('S', 1), false},
		{strings.Repeat(message('S', 1000), maxParameters/1000+1), false},
	} {
		for _, r := range []io.Reader{strings.NewReader(tt.text), iotest.OneByteReader(strings.NewReader(tt.text))} {
			if _, err := io.Copy(io.Discard, &parameterReader{r: r}); (err == nil) != tt.ok {
				t.Errorf("%d bytes: %v", len(tt.text), err)
			}
		}
	}
}
