package postgres

import (
	"encoding/binary"
	"io"
	"net"
	"strings"
	"sync/atomic"
	"testing"

	"newsclip/output/remote"
)

// A server that announces a message of a gigabyte is refused, before it is received.
func TestLongMessage(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	var sent atomic.Int64
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
				// AuthenticationOk, and a DataRow.
				conn.Write([]byte("R\x00\x00\x00\x08\x00\x00\x00\x00D\x3f\xff\xff\xff"))
				for b := make([]byte, 1<<20); ; {
					n, err := conn.Write(b)
					if sent.Add(int64(n)); err != nil {
						return
					}
				}
			}()
		}
	}()
	address := "postgres://a@" + l.Addr().String() + "/a?sslmode=disable"
	_, err = Open(t.Context(), address, remote.Options{})
	if err == nil || !strings.Contains(err.Error(), "invalid body length") {
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
