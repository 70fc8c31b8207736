package frontier

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/nats-io/nats.go/jetstream"

	"newsclip/output/natsconn"
)

// TestSeal flips every bit of an envelope: none is read as another content.
func TestSeal(t *testing.T) {
	content := []byte("what became of a page")
	b := seal("j.3", 17, content)
	got, urls, err := unseal("j.3", b)
	if err != nil || urls != 17 || !bytes.Equal(got, content) {
		t.Fatalf("%q, %d, %v", got, urls, err)
	}
	if _, _, err := unseal("j.4", b); !errors.Is(err, ErrDamaged) {
		t.Errorf("under another subject: %v", err)
	}
	for i := range 8 * len(b) {
		flipped := bytes.Clone(b)
		flipped[i/8] ^= 1 << (i % 8)
		if i < 8 {
			continue // it is no envelope any more; the items and outcomes have marks of their own
		}
		if _, _, err := unseal("j.3", flipped); !errors.Is(err, ErrDamaged) && !errors.Is(err, ErrNewer) {
			t.Errorf("bit %d: %v", i, err)
		}
	}
	for n := 1; n < len(b); n++ {
		if _, _, err := unseal("j.3", b[:n]); !errors.Is(err, ErrDamaged) {
			t.Errorf("%d bytes: %v", n, err)
		}
	}
}

// TestSealCompresses seals contents that are large, of words that repeat and of noise.
func TestSealCompresses(t *testing.T) {
	words := []byte(strings.Repeat("The harbour was dredged. ", compressFrom/20))
	noise := make([]byte, 3*compressFrom)
	for i := range noise {
		noise[i] = byte(rand.Uint32())
	}
	for name, c := range map[string]struct {
		content []byte
		most    int
	}{
		"words": {words, len(words) / 100}, "noise": {noise, len(noise) + len(noise)/100},
	} {
		b := seal("j.3", 17, c.content)
		got, urls, err := unseal("j.3", b)
		if err != nil || urls != 17 || !bytes.Equal(got, c.content) || len(b) > c.most {
			t.Errorf("%s: %d bytes of %d, %d, %v", name, len(b), len(c.content), urls, err)
		}
	}
	// What no message could hold is not expanded.
	bomb := seal("j.3", 17, make([]byte, 2*natsconn.MaxMessage))
	if got, _, err := unseal("j.3", bomb); !errors.Is(err, ErrDamaged) {
		t.Errorf("%d bytes expand to %d, %v", len(bomb), len(got), err)
	}
}

// TestNewerState opens a state of a later version of the envelope, and checks that
// nothing in it is changed.
func TestNewerState(t *testing.T) {
	dir := t.TempDir()
	f := open(t, Options{Dir: dir})
	add(t, f, page("a.example", 1))
	b := seal("s.1", 0, nil)
	b[1] = sealCompressed + 1
	if _, err := f.e.js.Publish(t.Context(), f.prefix+"s.1", b); err != nil {
		t.Fatal(err)
	}
	f.Close()
	files, err := filepath.Glob(filepath.Join(streamDir(dir, "*"), "msgs", "*.blk"))
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	before := map[string][]byte{}
	for _, path := range files {
		before[path], _ = os.ReadFile(path)
	}
	for name, open := range map[string]func() error{
		"open":   func() error { _, err := Open(t.Context(), Options{Dir: dir}); return err },
		"check":  func() error { _, err := Check(Options{Dir: dir}); return err },
		"repair": func() error { _, err := Repair(t.Context(), Options{Dir: dir}, nil); return err },
	} {
		if err := open(); !errors.Is(err, ErrNewer) || !strings.Contains(err.Error(), "newer version") {
			t.Errorf("%s: %v", name, err)
		}
	}
	for path, b := range before {
		if now, err := os.ReadFile(path); err != nil || !bytes.Equal(now, b) {
			t.Errorf("%s has changed (%v)", path, err)
		}
	}
}

// TestStateWithoutEnvelopes opens a state as versions wrote it that had no envelopes
// and deleted their barriers, and goes on with it.
func TestStateWithoutEnvelopes(t *testing.T) {
	dir := t.TempDir()
	f := open(t, Options{Dir: dir})
	items := []Item{page("a.example", 1), page("a.example", 2), page("b.example", 3)}
	add(t, f, items...)
	awaitPending(t, f, 3)
	first := next(t, f)
	done(t, first, "a record")
	if err := f.Change(t.Context(), "scope", func([]byte) ([]byte, error) { return []byte(`{"a":1}`), nil }); err != nil {
		t.Fatal(err)
	}
	f.Close()
	in, err := inspect(dir, "crawl", true)
	if err != nil || in.report.Damaged() {
		t.Fatal(err, in.report)
	}
	// The same messages, without their envelopes, in another directory.
	old := filepath.Join(t.TempDir(), "old")
	o := Options{Dir: old, Job: "crawl"}
	e, err := startEngine(&o)
	if err != nil {
		t.Fatal(err)
	}
	const bucket, prefix = "newsclip-crawl", "newsclip.crawl."
	kv, err := e.js.CreateKeyValue(t.Context(), jetstream.KeyValueConfig{Bucket: bucket})
	if err != nil {
		t.Fatal(err)
	}
	for key, m := range in.latest {
		if _, err := kv.Put(t.Context(), key, m.data); err != nil {
			t.Fatal(err)
		}
	}
	put := func(name string, subjects []string, from *streamRead) {
		s, err := e.js.CreateStream(t.Context(), jetstream.StreamConfig{Name: bucket + name, Subjects: subjects, AllowDirect: true})
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range from.messages {
			ack, err := e.js.Publish(t.Context(), prefix+m.subject, m.data)
			if err == nil && strings.HasPrefix(m.subject, "b.") {
				err = s.DeleteMsg(t.Context(), ack.Sequence)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	put("-urls", []string{prefix + "u.*.*", prefix + "b.*", prefix + "c.*"}, &in.urls)
	put("-journal", []string{prefix + "j.>", prefix + "s.*", prefix + "f.*", prefix + "x"}, &in.journal)
	e.close()
	f = open(t, Options{Dir: old})
	if s := f.Stats(); s.Found != 3 || s.Done != 1 {
		t.Errorf("%+v", s)
	}
	if b, err := f.Get(t.Context(), "scope"); err != nil || string(b) != `{"a":1}` {
		t.Errorf("%s, %v", b, err)
	}
	for range 2 {
		if l := next(t, f); l.Item.URL == first.Item.URL {
			t.Error("a finished page is given out")
		} else {
			done(t, l, "a record")
		}
	}
	f.Close()
	if r, err := Check(Options{Dir: old}); err != nil || r.Damaged() {
		t.Errorf("%v, %+v", err, r)
	}
}
