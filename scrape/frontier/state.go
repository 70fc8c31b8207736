package frontier

import (
	"context"
	"encoding/base64"
	"errors"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// Claim makes by the owner of key, for good, where key has no owner yet, and
// returns key's owner. An article's canonical URL is claimed by the page that
// writes it: who is not the owner does not write. As the owner stays the owner,
// a page that is fetched again after a crash still gets its own claim.
func (f *Frontier) Claim(ctx context.Context, key, by string) (owner string, err error) {
	subject := "c." + hashOf("claim", key).token()
	_, err = f.publish(ctx, subject, []byte(by), "")
	if err == nil {
		return by, nil
	}
	if !isRefused(err) {
		return "", f.wrap("claim", err)
	}
	err = f.e.again(ctx, func(ctx context.Context) error {
		m, err := f.urls.GetLastMsgForSubject(ctx, f.prefix+subject)
		if errors.Is(err, jetstream.ErrMsgNotFound) {
			return nats.ErrTimeout // a replica that lags behind: ask again
		}
		if err == nil {
			owner = string(m.Data)
		}
		return err
	})
	if err != nil {
		return "", f.wrap("claim", err)
	}
	return owner, nil
}

// userKey makes any string a key.
func userKey(key string) string {
	return "u." + base64.RawURLEncoding.EncodeToString([]byte(key))
}

// Put stores a small value under any key, for all workers, as durable as the
// frontier: a host's robots.txt, a crawl delay. It is not meant for one value a
// URL: Result.Memo costs far less.
func (f *Frontier) Put(ctx context.Context, key string, value []byte) error {
	err := f.e.again(ctx, func(ctx context.Context) error {
		_, err := f.kv.Put(ctx, userKey(key), value)
		return err
	})
	if err != nil {
		return f.wrap("put", err)
	}
	return nil
}

// Get returns the value stored under key, or ErrNotFound.
func (f *Frontier) Get(ctx context.Context, key string) ([]byte, error) {
	e, err := f.value(ctx, userKey(key))
	if errors.Is(err, jetstream.ErrKeyNotFound) {
		return nil, ErrNotFound
	}
	if err != nil {
		return nil, f.wrap("get", err)
	}
	return e.Value(), nil
}
