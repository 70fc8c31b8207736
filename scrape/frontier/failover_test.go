package frontier

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// What a cluster answers while one of its servers is away is made up here, by
// wrappers around the client; real servers are killed in cmd/newsclip.

// laggingValues answers the first reads of a key as a replica that has fallen
// behind: with an earlier entry, or with none.
type laggingValues struct {
	jetstream.KeyValue
	key     string
	earlier jetstream.KeyValueEntry
	left    atomic.Int32
}

func (v *laggingValues) Get(ctx context.Context, key string) (jetstream.KeyValueEntry, error) {
	if key != v.key || v.left.Add(-1) < 0 {
		return v.KeyValue.Get(ctx, key)
	}
	if v.earlier == nil {
		return nil, jetstream.ErrKeyNotFound
	}
	return v.earlier, nil
}

// lag lets f's next reads of key be answered as they would be now, n times.
func lag(t *testing.T, f *Frontier, key string, n int32) {
	t.Helper()
	v := &laggingValues{KeyValue: f.kv, key: key}
	v.left.Store(n)
	e, err := f.kv.Get(t.Context(), key)
	if err == nil {
		v.earlier = e
	} else if !errors.Is(err, jetstream.ErrKeyNotFound) {
		t.Fatal(err)
	}
	f.kv = v
}

// laggingStream answers the first reads of a stream as a replica that does not
// have the message.
type laggingStream struct {
	jetstream.Stream
	left atomic.Int32
}

func (s *laggingStream) GetMsg(ctx context.Context, seq uint64, o ...jetstream.GetMsgOpt) (*jetstream.RawStreamMsg, error) {
	if s.left.Add(-1) >= 0 {
		return nil, jetstream.ErrMsgNotFound
	}
	return s.Stream.GetMsg(ctx, seq, o...)
}

func (s *laggingStream) GetLastMsgForSubject(ctx context.Context, subject string) (*jetstream.RawStreamMsg, error) {
	if s.left.Add(-1) >= 0 {
		return nil, jetstream.ErrMsgNotFound
	}
	return s.Stream.GetLastMsgForSubject(ctx, subject)
}

// hookedJetStream lets a test stand between the frontier and the servers when a
// message is published.
type hookedJetStream struct {
	jetstream.JetStream
	publish func(subject string, send func() (*jetstream.PubAck, error)) (*jetstream.PubAck, error)
}

func (h *hookedJetStream) Publish(ctx context.Context, subject string, data []byte, o ...jetstream.PublishOpt) (*jetstream.PubAck, error) {
	return h.publish(subject, func() (*jetstream.PubAck, error) { return h.JetStream.Publish(ctx, subject, data, o...) })
}

var errAPI = errors.New("made up")

func apiError(code int, errorCode jetstream.ErrorCode, description string) error {
	return fmt.Errorf("publishing: %w", &jetstream.APIError{Code: code, ErrorCode: errorCode, Description: description})
}

// Only what no repetition mends ends a request early.
func TestTransientErrors(t *testing.T) {
	for _, c := range []struct {
		err  error
		want bool
	}{
		{nats.ErrNoResponders, true},
		{nats.ErrTimeout, true},
		{context.DeadlineExceeded, true},
		{jetstream.ErrNoStreamResponse, true},
		{jetstream.ErrTooManyStalledMsgs, true},
		{jetstream.ErrStreamNotFound, true},
		{apiError(409, 10158, "duplicate message id is in process"), true},
		{apiError(500, 10118, "stream is offline"), true},
		{apiError(500, 10009, "JetStream cluster can not handle request"), true},
		{apiError(503, 10008, "JetStream system temporarily unavailable"), true},
		{apiError(503, 10163, "expected last sequence per subject temporarily unavailable"), true},
		{apiError(400, 10005, "no suitable peers for placement, peer offline"), true},
		{apiError(404, 10059, "stream not found"), true},
		{apiError(503, 10077, "maximum messages per subject exceeded"), false},
		{apiError(400, 10071, "wrong last sequence: 3"), false},
		{apiError(400, 10164, "wrong last sequence"), false},
		{apiError(500, 10074, "replicas > 1 not supported in non-clustered mode"), false},
		{apiError(400, 10054, "message size exceeds maximum allowed"), false},
		{nats.ErrConnectionClosed, false},
		{nats.ErrAuthorization, false},
		{errAPI, false},
	} {
		if got := isTransient(c.err); got != c.want {
			t.Errorf("%v: transient %v, want %v", c.err, got, c.want)
		}
	}
}

// The streams of a cluster are read from their leaders, also those that an
// earlier version has made.
func TestReadsGoToLeader(t *testing.T) {
	_, url := startCluster(t, 1)
	f := open(t, Options{URL: url, Job: "press"})
	direct := func() (names []string) {
		for name := range f.e.js.StreamNames(t.Context()).Name() {
			s, err := f.e.js.Stream(t.Context(), name)
			if err != nil {
				t.Fatal(err)
			}
			if s.CachedInfo().Config.AllowDirect {
				names = append(names, name)
			}
		}
		return names
	}
	if names := direct(); len(names) > 0 {
		t.Errorf("a new job: any replica answers for %v", names)
	}
	for _, name := range []string{"KV_newsclip-press", "newsclip-press-urls", "newsclip-press-journal"} {
		s, err := f.e.js.Stream(t.Context(), name)
		if err != nil {
			t.Fatal(err)
		}
		cfg := s.CachedInfo().Config
		cfg.AllowDirect, cfg.Duplicates = true, 2*time.Minute
		if _, err := f.e.js.UpdateStream(t.Context(), cfg); err != nil {
			t.Fatal(err)
		}
	}
	g := open(t, Options{URL: url, Job: "press"})
	if names := direct(); len(names) > 0 {
		t.Errorf("an earlier version's job: any replica answers for %v", names)
	}
	if info := g.journal.CachedInfo(); info.Config.Duplicates != duplicateWindow {
		t.Errorf("duplicates are known for %v, want %v", info.Config.Duplicates, duplicateWindow)
	}
	if err := put(t, g, "k", []byte("v")); err != nil {
		t.Fatal(err)
	}
	if b, err := g.Get(t.Context(), "k"); err != nil || string(b) != "v" {
		t.Errorf("Get: %q, %v", b, err)
	}
}

// A value is neither missed nor undone where a replica does not know of it.
func TestOutdatedValues(t *testing.T) {
	_, url := startCluster(t, 1)
	a := open(t, Options{URL: url, Job: "press"})
	b := open(t, Options{URL: url, Job: "press"})
	key := userKey("scope")
	lag(t, b, key, 3)
	if err := put(t, a, "scope", []byte("a")); err != nil {
		t.Fatal(err)
	}
	if v, err := b.Get(t.Context(), "scope"); err != nil || string(v) != "a" {
		t.Errorf("Get after Put: %q, %v", v, err)
	}
	lag(t, b, key, 3)
	if err := put(t, a, "scope", []byte("a2")); err != nil {
		t.Fatal(err)
	}
	v, revision, err := b.GetSince(t.Context(), "scope", 1)
	if err != nil || string(v) != "a2" || revision <= 1 {
		t.Errorf("GetSince after the second Put: %q, %d, %v", v, revision, err)
	}
	if v, again, err := b.GetSince(t.Context(), "scope", revision); err != nil || v != nil || again != revision {
		t.Errorf("GetSince without a change: %q, %d instead of %d, %v", v, again, revision, err)
	}
	lag(t, b, key, 3)
	if err := put(t, a, "scope", []byte("a3")); err != nil {
		t.Fatal(err)
	}
	err = b.Change(t.Context(), "scope", func(old []byte) ([]byte, error) {
		if strings.HasSuffix(string(old), "b") {
			return nil, nil
		}
		return append(old, 'b'), nil
	})
	if v, gerr := b.Get(t.Context(), "scope"); err != nil || gerr != nil || string(v) != "a3b" {
		t.Errorf("Change: %q, %v, %v", v, err, gerr)
	}
	lag(t, b, key, 3)
	if err := put(t, a, "scope", []byte("a4")); err != nil {
		t.Fatal(err)
	}
	// The outdated value would need no change.
	err = b.Change(t.Context(), "scope", func(old []byte) ([]byte, error) {
		if strings.HasSuffix(string(old), "b") {
			return nil, nil
		}
		return append(old, 'b'), nil
	})
	if v, gerr := b.Get(t.Context(), "scope"); err != nil || gerr != nil || string(v) != "a4b" {
		t.Errorf("Change that an outdated value does not need: %q, %v, %v", v, err, gerr)
	}
	if _, err := b.Get(t.Context(), "never put"); !errors.Is(err, ErrNotFound) {
		t.Errorf("Get of no value: %v", err)
	}
}

// An output is not cut to what an outdated checkpoint says.
func TestOutdatedCheckpoint(t *testing.T) {
	_, url := startCluster(t, 1)
	a := open(t, Options{URL: url, Job: "press"})
	b := open(t, Options{URL: url, Job: "press"})
	for seq := range uint64(2) {
		lag(t, b, "checkpoint", 3)
		want := Checkpoint{Seq: seq + 1, Note: []byte("length")}
		if err := a.Collected(t.Context(), want); err != nil {
			t.Fatal(err)
		}
		if c, err := b.Checkpoint(t.Context()); err != nil || c.Seq != want.Seq {
			t.Errorf("checkpoint %+v, %v; want %+v", c, err, want)
		}
	}
}

// noOwners is a table of workers, as it was before one of them had a partition.
type noOwners struct{ jetstream.KeyValueEntry }

func (noOwners) Value() []byte    { return []byte(`{"Beats":{},"Parts":["",""],"Used":[false,false]}`) }
func (noOwners) Revision() uint64 { return 1 }

// A worker keeps its partitions where it reads an outdated table of workers.
func TestOutdatedTable(t *testing.T) {
	_, url := startCluster(t, 1)
	f := open(t, Options{URL: url, Job: "press", Partitions: 2})
	lag(t, f, "workers", 0)
	v := f.kv.(*laggingValues)
	v.earlier = noOwners{}
	add(t, f, page("a.example", 1))
	l := next(t, f)
	v.left.Store(3)
	for end := time.Now().Add(time.Minute); v.left.Load() >= 0; time.Sleep(20 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("no beat has read the table")
		}
	}
	if err := l.Done(t.Context(), Result{}); err != nil {
		t.Errorf("Done: %v", err)
	}
}

// The job's marker is changed where a replica does not know of it.
func TestOutdatedMarker(t *testing.T) {
	_, url := startCluster(t, 1)
	f := open(t, Options{URL: url, Job: "press"})
	lag(t, f, "job", 0)
	v := f.kv.(*laggingValues)
	v.earlier = nil
	v.left.Store(3)
	if err := f.Finish(t.Context()); err != nil {
		t.Error(err)
	}
	if info, err := f.Job(t.Context()); err != nil || info.Finished.IsZero() {
		t.Errorf("finished at %v, %v", info.Finished, err)
	}
}

// What is there is found where a replica does not know of it.
func TestOutdatedStream(t *testing.T) {
	_, url := startCluster(t, 1)
	a := open(t, Options{URL: url, Job: "press", Partitions: 1})
	b := open(t, Options{URL: url, Job: "press", Partitions: 1})
	s := &laggingStream{Stream: b.urls}
	b.urls = s
	if owner, err := a.Claim(t.Context(), "article", "a"); err != nil || owner != "a" {
		t.Fatalf("Claim: %q, %v", owner, err)
	}
	s.left.Store(3)
	if owner, err := b.Claim(t.Context(), "article", "b"); err != nil || owner != "a" {
		t.Errorf("Claim of what is another's: %q, %v", owner, err)
	}
	it := page("a.example", 1)
	add(t, a, it)
	s.left.Store(3)
	if got := add(t, b, it); got[0] {
		t.Error("an item entered twice")
	}
	if s.left.Load() >= 0 {
		t.Error("Add has not read what an item was refused for")
	}
	// Messages that are not held in memory are fetched.
	var items []Item
	for n := range 3 * rawHost {
		items = append(items, page("b.example", n))
	}
	add(t, b, items...)
	s.left.Store(12)
	for range len(items) + 1 {
		done(t, next(t, b))
	}
	wantDone(t, b)
}

// An addition without a lease, made while another worker finds the job at its
// end, keeps the job running.
func TestAddWhileEnding(t *testing.T) {
	_, url := startCluster(t, 1)
	a := open(t, Options{URL: url, Job: "press", Partitions: 1})
	b := open(t, Options{URL: url, Job: "press", Partitions: 1})
	add(t, a, page("a.example", 1))
	e, err := b.value(t.Context(), "job")
	if err != nil {
		t.Fatal(err)
	}
	job, err := decodeJob(e)
	if err != nil {
		t.Fatal(err)
	}
	add(t, a, page("a.example", 2))
	job.Finished = time.Now()
	if err := b.end(t.Context(), e.Revision(), job); err != nil {
		t.Fatal(err)
	}
	if info, err := a.Job(t.Context()); err != nil || !info.Finished.IsZero() {
		t.Errorf("the job was finished at %v with a page to come (%v)", info.Finished, err)
	}
}

// A mark that was stored twice does not cut short the reading of the journal:
// what Collected has copied stands before the second mark.
func TestMarkStoredTwice(t *testing.T) {
	_, url := startCluster(t, 1)
	f := open(t, Options{URL: url, Job: "press", Partitions: 1})
	marks := 0
	f.e.js = &hookedJetStream{f.e.js, func(subject string, send func() (*jetstream.PubAck, error)) (*jetstream.PubAck, error) {
		if strings.HasSuffix(subject, ".x") {
			if marks++; marks == 2 {
				o := outcome{kind: outDone, seq: 42}
				if _, err := f.publish(t.Context(), "s.0", o.append(nil), ""); err != nil {
					return nil, err
				}
			}
			if _, err := send(); err != nil {
				return nil, err
			}
		}
		return send()
	}}
	past, err := f.readJournal(t.Context(), nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	if marks != 2 || !past.done.Exists(42) {
		t.Errorf("%d marks were set, and the outcome before the second is known: %v", marks, past.done.Exists(42))
	}
}

// A page whose outcome may be stored is not given out again before that is
// known.
func TestOutcomeOfUnknownFate(t *testing.T) {
	_, url := startCluster(t, 1)
	f := open(t, Options{URL: url, Job: "press", Partitions: 1, Lapse: time.Second, Rest: time.Millisecond})
	var failed atomic.Bool
	f.e.js = &hookedJetStream{f.e.js, func(subject string, send func() (*jetstream.PubAck, error)) (*jetstream.PubAck, error) {
		ack, err := send()
		if strings.HasSuffix(subject, ".j.0") && !failed.Swap(true) {
			return nil, errAPI
		}
		return ack, err
	}}
	add(t, f, page("a.example", 1))
	l := next(t, f)
	if err := l.Done(t.Context(), Result{Records: [][]byte{[]byte("record")}}); !errors.Is(err, errAPI) {
		t.Errorf("Done: %v", err)
	}
	wantDone(t, f)
	var got []string
	if err := f.Collect(t.Context(), func(r Record) error { got = append(got, string(r.Data)); return nil }); err != nil {
		t.Fatal(err)
	}
	if len(got) != 1 {
		t.Errorf("records %q", got)
	}
}

// A message of a URL that cannot be decoded is an error, not a URL less.
func TestDamagedURL(t *testing.T) {
	for name, c := range map[string]struct {
		data string
		want error
	}{
		"damaged": {"\x01\xff\x00", errWire},
		"empty":   {"", errWire},
		"newer":   {"\x02\x01\x00", ErrNewer},
	} {
		t.Run(name, func(t *testing.T) {
			o := Options{Dir: t.TempDir()}
			f, err := Open(t.Context(), o)
			if err != nil {
				t.Fatal(err)
			}
			add(t, f, page("a.example", 1))
			if _, err := f.publish(t.Context(), "u.0.x", []byte(c.data), ""); err != nil {
				t.Fatal(err)
			}
			if _, err := f.Survey(t.Context()); !errors.Is(err, c.want) {
				t.Errorf("Survey: %v, want %v", err, c.want)
			}
			f.Close()
			if f, err = Open(t.Context(), o); !errors.Is(err, c.want) {
				t.Errorf("Open: %v, want %v", err, c.want)
			}
			if err == nil {
				f.Close()
			}
		})
	}
}

// A URL that is missing from a state in files is an error, and no wait without
// end.
func TestMissingURL(t *testing.T) {
	f := open(t, Options{Dir: t.TempDir()})
	var items []Item
	for n := range 2 * rawHost {
		items = append(items, page("a.example", n))
	}
	add(t, f, items...)
	awaitPending(t, f, len(items))
	if err := f.urls.DeleteMsg(t.Context(), uint64(len(items))); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	for range len(items) {
		l, err := f.Next(ctx, nil)
		if err != nil {
			if !strings.Contains(err.Error(), "damaged") {
				t.Errorf("Next: %v", err)
			}
			return
		}
		done(t, l)
	}
	t.Error("every page was given out, the missing one included")
}
