package natsjs

import (
	"context"
	"fmt"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"newsclip/output"
	"newsclip/output/remote"
)

func serve(t *testing.T, dir string, port int) *server.Server {
	t.Helper()
	s, err := server.NewServer(&server.Options{Host: "127.0.0.1", Port: port, JetStream: true, StoreDir: dir, NoLog: true, NoSigs: true})
	if err != nil {
		t.Fatal(err)
	}
	s.Start()
	if !s.ReadyForConnections(30 * time.Second) {
		t.Fatal("the server does not start")
	}
	return s
}

func stream(t *testing.T, s *server.Server) jetstream.Stream {
	t.Helper()
	conn, err := nats.Connect(s.ClientURL())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(conn.Close)
	js, err := jetstream.New(conn)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	st, err := js.CreateOrUpdateStream(ctx, jetstream.StreamConfig{Name: "news", Subjects: []string{"news.>"}, Storage: jetstream.FileStorage})
	if err != nil {
		t.Fatal(err)
	}
	return st
}

func write(t *testing.T, w output.Writer, from, to int) {
	t.Helper()
	for i := from; i < to; i++ {
		r := &output.Record{}
		r.ID = fmt.Sprint(i)
		if err := w.Write(r); err != nil {
			t.Fatal(err)
		}
	}
}

// The server goes away between two records and in the middle of a batch: each
// record is in the stream once.
func TestServerGoesAway(t *testing.T) {
	dir := t.TempDir()
	s := serve(t, dir, -1)
	stream(t, s)
	address := s.ClientURL() + "/news/press"
	w, err := Open(t.Context(), address, remote.Options{MaxRecords: 10, MaxAge: time.Hour, AttemptTime: 2 * time.Second, FirstWait: 50 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	write(t, w, 0, 15)
	port := s.Addr().(*net.TCPAddr).Port
	s.Shutdown()
	s.WaitForShutdown()
	back := make(chan *server.Server)
	go func() {
		time.Sleep(time.Second)
		back <- serve(t, dir, port)
	}()
	write(t, w, 15, 30) // waits for the server
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	s = <-back
	defer s.Shutdown()
	info, err := stream(t, s).Info(t.Context())
	if err != nil || info.State.Msgs != 30 {
		t.Errorf("%d messages, %v", info.State.Msgs, err)
	}
}

// A record that is sent again is in the stream once.
func TestSentTwice(t *testing.T) {
	s := serve(t, t.TempDir(), -1)
	defer s.Shutdown()
	st := stream(t, s)
	for range 2 {
		w, err := Open(t.Context(), s.ClientURL()+"/news.press", remote.Options{})
		if err != nil {
			t.Fatal(err)
		}
		write(t, w, 0, 5)
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
	}
	info, err := st.Info(t.Context())
	if err != nil || info.State.Msgs != 5 {
		t.Errorf("%d messages, %v", info.State.Msgs, err)
	}
	m, err := st.GetMsg(t.Context(), 1)
	if err != nil || m.Subject != "news.press" || string(m.Data) != `{"id":"0"}` {
		t.Errorf("%+v, %v", m, err)
	}
}

// That a server does not let anyone publish to the subject is in the error.
func TestNotPermitted(t *testing.T) {
	s, err := server.NewServer(&server.Options{
		Host: "127.0.0.1", Port: -1, JetStream: true, StoreDir: t.TempDir(), NoLog: true, NoSigs: true, NoAuthUser: "reader",
		Users: []*server.User{
			{Username: "reader", Permissions: &server.Permissions{Publish: &server.SubjectPermission{Deny: []string{"news.secret"}}}},
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	s.Start()
	defer s.Shutdown()
	if !s.ReadyForConnections(30 * time.Second) {
		t.Fatal("the server does not start")
	}
	stream(t, s)
	w, err := Open(t.Context(), s.ClientURL()+"/news/secret", remote.Options{AttemptTime: 200 * time.Millisecond, Patience: time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	write(t, w, 0, 1)
	if err := w.Close(); err == nil || !strings.Contains(strings.ToLower(err.Error()), "permissions violation") {
		t.Errorf("writing: %v", err)
	}
}

func TestRefuses(t *testing.T) {
	s := serve(t, t.TempDir(), -1)
	defer s.Shutdown()
	for address, want := range map[string]string{
		s.ClientURL():                      "nats://host:4222/subject",
		s.ClientURL() + "/news/*":          "nats://host:4222/subject",
		s.ClientURL() + "/other":           "no stream of the server takes this subject",
		"nats://mara:secret@127.0.0.1:1/x": "127.0.0.1:1",
	} {
		w, err := Open(t.Context(), address, remote.Options{})
		if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "secret") {
			t.Errorf("%s: %v", address, err)
		}
		if err == nil {
			w.Close()
		}
	}
}
