package frontier

import (
	"context"
	"encoding/base64"
	"errors"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// Values are small pieces of state under keys, in the job's bucket. The frontier's
// own keys are "job", "workers", "checkpoint" and "probe"; those of budgets begin
// with "b.", and those of callers with "u.".

// userKey encodes a caller's key, which may be any string.
func userKey(key string) string {
	return "u." + base64.RawURLEncoding.EncodeToString([]byte(key))
}

// Get returns the value stored under key, or ErrNotFound. The value is at least as
// new as that of every Change, of any worker, that returned before the
// call. In a cluster a call costs a write.
func (f *Frontier) Get(ctx context.Context, key string) ([]byte, error) {
	b, _, err := f.GetSince(ctx, key, 0)
	return b, err
}

// GetSince is Get with the revision of the value, and returns no value where that is
// since, as far as it costs less to know that than to read the value. No value has the
// revision 0.
func (f *Frontier) GetSince(ctx context.Context, key string, since uint64) (b []byte, revision uint64, err error) {
	if f.e.shared && since != 0 {
		same, err := f.isLatest(ctx, userKey(key), since)
		if err != nil {
			return nil, 0, f.wrap("get", err)
		}
		if same {
			return nil, since, nil
		}
	}
	e, err := f.latest(ctx, userKey(key))
	if errors.Is(err, jetstream.ErrKeyNotFound) {
		return nil, 0, ErrNotFound
	}
	if err != nil {
		return nil, 0, f.wrap("get", err)
	}
	return e.Value(), e.Revision(), nil
}

// Change replaces the small value stored under key, such as a host's robots.txt, by
// the result of next, to which it passes the present value, nil if there is none.
// The value is as durable as the frontier; for one of each URL, Result.Memo costs
// far less. Changes of several workers at the
// same time are made one after the other. next returns nil to leave the value as it
// is. It may be called several times, also after its result was stored: applied to
// a value that it has changed, it must leave it as it is, or the change is made
// twice.
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

// value reads a key from the bucket's leader. The value may be outdated, where that
// leader was just replaced; jetstream.ErrKeyNotFound is certain.
func (f *Frontier) value(ctx context.Context, key string) (jetstream.KeyValueEntry, error) {
	e, err := f.read(ctx, key)
	if errors.Is(err, jetstream.ErrKeyNotFound) {
		return f.latest(ctx, key)
	}
	return e, err
}

// latest reads a key. Its result is at least as new as every write that was
// acknowledged before the call. In a cluster it costs a write.
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

// read is value where jetstream.ErrKeyNotFound is not certain either.
func (f *Frontier) read(ctx context.Context, key string) (e jetstream.KeyValueEntry, err error) {
	err = f.e.retry(ctx, func(ctx context.Context) error {
		e, err = f.kv.Get(ctx, key)
		return err
	})
	if err != nil {
		return e, err
	}
	return unsealEntry(key, e)
}

// probeKey is the key that isLatest writes. It is never read.
const probeKey = "probe"

// isLatest reports whether a key's last revision is this one; 0 means no value. It
// writes a message that the bucket takes under this condition only. A leader that
// was replaced cannot commit it.
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

// errSame is returned by a change's next that leaves the value as it is.
var errSame = errors.New("no change")

// change is Change for any key of the bucket. next returns errSame to leave the
// value as it is.
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
			// No write follows that would fail if old were outdated.
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

// replace stores a key's value if its last revision is this one, 0 for none, and
// reports whether it was. The result may be false of a value that was stored.
func (f *Frontier) replace(ctx context.Context, key string, revision uint64, b []byte) (bool, error) {
	b = seal(key, f.urlsSeen.Load(), b)
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
