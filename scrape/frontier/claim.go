package frontier

import (
	"context"
	"errors"
	"time"

	"github.com/nats-io/nats.go/jetstream"
)

// Claim returns the owner of key, and makes by its owner where it has none. The
// owner never changes. For example, a page that is to write an article claims the
// article's canonical URL, and writes it if it is the owner. Fetched again after a
// crash, it still is.
func (f *Frontier) Claim(ctx context.Context, key, by string) (owner string, err error) {
	_, owner, err = f.enter(ctx, "c."+hashOf("claim", key).token(), []byte(by))
	if err != nil {
		return "", f.wrap("claim", err)
	}
	return owner, nil
}

// enter stores the first message of a subject of the URL stream. It returns the
// sequence and content of that message, or of the one that the subject has.
func (f *Frontier) enter(ctx context.Context, subject string, data []byte) (seq uint64, content string, err error) {
	for wait := retryFirst; ; wait = min(2*wait, retryMost) {
		seq, err = f.publish(ctx, subject, data, "")
		if err == nil {
			return seq, string(data), nil
		}
		if !isRefused(err) {
			return 0, "", err
		}
		m, err := f.entered(ctx, subject)
		if err == nil {
			return m.Sequence, string(m.Data), nil
		}
		if !errors.Is(err, jetstream.ErrMsgNotFound) {
			return 0, "", err
		}
		// It was refused because of a message that was not committed yet, and may
		// be lost by now.
		select {
		case <-ctx.Done():
			return 0, "", ctx.Err()
		case <-time.After(wait):
		}
	}
}

// entered reads the message of a subject of the URL stream. As a subject's message
// never changes, a message that is found is certain; jetstream.ErrMsgNotFound is
// not.
func (f *Frontier) entered(ctx context.Context, subject string) (m *jetstream.RawStreamMsg, err error) {
	err = f.e.retry(ctx, func(ctx context.Context) error {
		m, err = f.urls.GetLastMsgForSubject(ctx, f.prefix+subject)
		return err
	})
	if err == nil {
		err = f.unsealMsg(m)
	}
	return m, err
}

// acknowledged reads a message that is certainly in a stream. In a cluster,
// jetstream.ErrMsgNotFound is then the answer of a server that has fallen behind.
func (f *Frontier) acknowledged(ctx context.Context, s jetstream.Stream, seq uint64) (m *jetstream.RawStreamMsg, err error) {
	err = f.e.retry(ctx, func(ctx context.Context) error {
		m, err = s.GetMsg(ctx, seq)
		if f.e.shared && errors.Is(err, jetstream.ErrMsgNotFound) {
			return errUncertain
		}
		return err
	})
	if err == nil {
		err = f.unsealMsg(m)
	}
	return m, err
}
