package frontier

import (
	"context"
	"errors"
	"time"

	"github.com/nats-io/nats.go/jetstream"
)

// Claim makes by the owner of key, for good, where key has no owner yet, and
// returns key's owner. An article's canonical URL is claimed by the page that
// writes it: a page that is not the owner does not write. As the owner stays the
// owner, a page that is fetched again after a crash still gets its own claim.
func (f *Frontier) Claim(ctx context.Context, key, by string) (owner string, err error) {
	_, owner, err = f.enter(ctx, "c."+hashOf("claim", key).token(), []byte(by))
	if err != nil {
		return "", f.wrap("claim", err)
	}
	return owner, nil
}

// enter stores the first message of a subject of the URL stream, or finds the
// one that is there, and returns its place and content.
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
		// It was refused because of a message that was under way, and may have
		// been lost with its leader: once more.
		select {
		case <-ctx.Done():
			return 0, "", ctx.Err()
		case <-time.After(wait):
		}
	}
}

// entered reads the message of a subject of the URL stream. A subject has one
// for good, so that what is found is certain; that nothing is
// (jetstream.ErrMsgNotFound) is not.
func (f *Frontier) entered(ctx context.Context, subject string) (m *jetstream.RawStreamMsg, err error) {
	err = f.e.retry(ctx, func(ctx context.Context) error {
		m, err = f.urls.GetLastMsgForSubject(ctx, f.prefix+subject)
		return err
	})
	return m, err
}

// acknowledged reads a message of a stream that is known to be stored for good.
// In a cluster "not found" is then the answer of a server that has fallen
// behind.
func (f *Frontier) acknowledged(ctx context.Context, s jetstream.Stream, seq uint64) (m *jetstream.RawStreamMsg, err error) {
	err = f.e.retry(ctx, func(ctx context.Context) error {
		m, err = s.GetMsg(ctx, seq)
		if f.e.shared && errors.Is(err, jetstream.ErrMsgNotFound) {
			return errUncertain
		}
		return err
	})
	return m, err
}
