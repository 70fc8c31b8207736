package frontier

import (
	"context"
	"encoding/base64"
	"errors"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// Values: small state under a key, in the job's bucket. Keys of the frontier's
// own have plain names ("job", "workers", "checkpoint"), budgets begin with
// "b.", those of callers with "u.".

// userKey makes any string a key.
func userKey(key string) string {
	return "u." + base64.RawURLEncoding.EncodeToString([]byte(key))
}

// Put stores a small value under any key, for all workers, as durable as the
// frontier: a host's robots.txt, a crawl delay. It is not meant for one value a
// URL: Result.Memo costs far less. Where the new value depends on the old one,
// use Change.
func (f *Frontier) Put(ctx context.Context, key string, value []byte) error {
	// A plain write that was repeated could arrive after a later one of another
	// worker.
	err := f.change(ctx, userKey(key), func([]byte) ([]byte, error) { return value, nil })
	if err != nil {
		return f.wrap("put", err)
	}
	return nil
}

// Get returns the value stored under key, or ErrNotFound. It sees every Put and
// Change, of any worker, that returned before the call.
func (f *Frontier) Get(ctx context.Context, key string) ([]byte, error) {
	e, err := f.latest(ctx, userKey(key))
	if errors.Is(err, jetstream.ErrKeyNotFound) {
		return nil, ErrNotFound
	}
	if err != nil {
		return nil, f.wrap("get", err)
	}
	return e.Value(), nil
}

// Change replaces the value stored under key by what next makes of it, so that
// of two workers that change a value at the same time neither undoes what the
// other did. old is nil where there is no value; next returns nil to leave the
// value as it is, and may be called more than once.
func (f *Frontier) Change(ctx context.Context, key string, next func(old []byte) ([]byte, error)) error {
	err := f.change(ctx, userKey(key), func(old []byte) ([]byte, error) {
		b, err := next(old)
		if err == nil && b == nil {
			err = errSame
		}
		return b, err
	})
	if err != nil {
		return f.wrap("change", err)
	}
	return nil
}

// value reads a key from the bucket's leader. A value may be replaced already
// where that leader was just deposed; that there is none is certain.
func (f *Frontier) value(ctx context.Context, key string) (jetstream.KeyValueEntry, error) {
	e, err := f.read(ctx, key)
	if errors.Is(err, jetstream.ErrKeyNotFound) {
		return f.latest(ctx, key)
	}
	return e, err
}

// latest is value where an outdated value would do harm, too: it sees every
// write that was acknowledged before the call. In a cluster it costs a write.
func (f *Frontier) latest(ctx context.Context, key string) (jetstream.KeyValueEntry, error) {
	for wait := retryFirst; ; wait = min(2*wait, retryMost) {
		e, err := f.read(ctx, key)
		if err != nil && !errors.Is(err, jetstream.ErrKeyNotFound) {
			return nil, err
		}
		revision := uint64(0)
		if err == nil {
			revision = e.Revision()
		}
		current, verr := f.isLatest(ctx, key, revision)
		if verr != nil {
			return nil, verr
		}
		if current {
			return e, err
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(wait):
		}
	}
}

// read asks the bucket's leader for a key.
func (f *Frontier) read(ctx context.Context, key string) (e jetstream.KeyValueEntry, err error) {
	err = f.e.retry(ctx, func(ctx context.Context) error {
		e, err = f.kv.Get(ctx, key)
		return err
	})
	return e, err
}

// probeKey is written by isLatest and never read.
const probeKey = "probe"

// isLatest reports whether key's last revision is this one; 0 stands for no
// value. It writes a message that the bucket takes under that condition only: a
// leader that has lost its followers cannot commit it.
func (f *Frontier) isLatest(ctx context.Context, key string, revision uint64) (bool, error) {
	if !f.e.shared {
		return true, nil
	}
	bucket := "$KV." + f.kv.Bucket() + "."
	err := f.e.retry(ctx, func(ctx context.Context) error {
		_, err := f.e.js.PublishMsg(ctx, &nats.Msg{Subject: bucket + probeKey},
			jetstream.WithExpectLastSequenceForSubject(revision, bucket+key))
		return err
	})
	if isWrongSequence(err) {
		return false, nil
	}
	return err == nil, err
}

// errSame is returned by a change that changes nothing.
var errSame = errors.New("no change")

// change reads, changes and writes a key until nobody else wrote in between.
// old is nil where the key has no value. next may be called again after its
// result was stored, where that was not acknowledged, and must then come to the
// same end.
func (f *Frontier) change(ctx context.Context, key string, next func(old []byte) ([]byte, error)) error {
	const waitFirst, waitMost = time.Millisecond, 100 * time.Millisecond
	for wait := waitFirst; ; wait = min(2*wait, waitMost) {
		var old []byte
		var revision uint64
		e, err := f.value(ctx, key)
		switch {
		case err == nil:
			old, revision = e.Value(), e.Revision()
		case !errors.Is(err, jetstream.ErrKeyNotFound):
			return err
		}
		b, err := next(old)
		stored := false
		switch {
		case errors.Is(err, errSame):
			// Nothing is written that would fail if old were outdated.
			stored, err = f.isLatest(ctx, key, revision)
		case err == nil:
			stored, err = f.replace(ctx, key, revision, b)
		}
		if stored || err != nil {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(wait):
		}
	}
}

// replace stores a key's value where its last revision is this one, 0 for none,
// and reports whether it was.
func (f *Frontier) replace(ctx context.Context, key string, revision uint64, b []byte) (bool, error) {
	err := f.e.retry(ctx, func(ctx context.Context) error {
		if revision == 0 {
			_, err := f.kv.Create(ctx, key, b)
			return err
		}
		_, err := f.kv.Update(ctx, key, b, revision)
		return err
	})
	if errors.Is(err, jetstream.ErrKeyExists) || isWrongSequence(err) {
		return false, nil
	}
	return err == nil, err
}
