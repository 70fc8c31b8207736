//go:build unix

// Package postgrestest starts a PostgreSQL server for tests.
package postgrestest

import (
	"context"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// Server is a PostgreSQL server of the test's own, on a socket in a folder.
type Server struct {
	dir  string
	user *syscall.Credential // not root, which PostgreSQL refuses
	bin  string
	cmd  *exec.Cmd
}

// Start starts a server that ends with the test. It skips the test where PostgreSQL
// is not installed.
func Start(t *testing.T) *Server {
	t.Helper()
	initdb, err := exec.LookPath("initdb")
	if err != nil {
		found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
		if len(found) == 0 {
			t.Skip("PostgreSQL is not installed here")
		}
		initdb = found[len(found)-1]
	}
	c := &Server{bin: filepath.Dir(initdb)}
	// Not t.TempDir, whose path another user cannot reach and is too long for a
	// socket.
	if c.dir, err = os.MkdirTemp("", "pg"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(c.dir) })
	if os.Getuid() == 0 {
		u, err := user.Lookup("postgres")
		if err != nil {
			t.Skip("PostgreSQL does not run as root, and there is no user postgres")
		}
		uid, _ := strconv.Atoi(u.Uid)
		gid, _ := strconv.Atoi(u.Gid)
		c.user = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
		if err := os.Chown(c.dir, uid, gid); err != nil {
			t.Fatal(err)
		}
	}
	if out, err := c.command("initdb", "-D", filepath.Join(c.dir, "data"), "-A", "trust", "-U", "postgres", "-N", "-E", "UTF8").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	c.Start(t)
	t.Cleanup(c.Stop)
	return c
}

func (c *Server) command(name string, args ...string) *exec.Cmd {
	cmd := exec.Command(filepath.Join(c.bin, name), args...)
	cmd.Dir = c.dir
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: c.user}
	return cmd
}

// Address returns the address of its database.
func (c *Server) Address() string { return "postgres://postgres@/postgres?host=" + c.dir }

// Start starts the server and waits until it answers.
func (c *Server) Start(t *testing.T) {
	t.Helper()
	c.cmd = c.command("postgres", "-D", filepath.Join(c.dir, "data"), "-k", c.dir, "-h", "", "-F")
	if err := c.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	for range 600 {
		if conn, err := pgx.Connect(context.Background(), c.Address()); err == nil {
			conn.Close(context.Background())
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatal("the server does not start")
}

// Stop stops the server at once, with what is going on in it.
func (c *Server) Stop() {
	c.cmd.Process.Signal(syscall.SIGQUIT)
	c.cmd.Wait()
}
