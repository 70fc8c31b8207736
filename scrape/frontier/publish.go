package frontier

import (
	"context"
	"errors"
	"fmt"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// publish stores one message and returns its sequence. In a cluster it may be
// stored twice, unless it has an id.
func (f *Frontier) publish(ctx context.Context, subject string, data []byte, id string, opts ...jetstream.PublishOpt) (seq uint64, err error) {
	if id != "" {
		opts = append(opts, jetstream.WithMsgID(id))
	}
	ofURLs := isOfURLs(subject)
	urls := f.urlsSeen.Load()
	if ofURLs {
		urls = 0
	}
	data = seal(subject, urls, data)
	err = f.e.retry(ctx, func(ctx context.Context) error {
		ack, err := f.e.js.Publish(ctx, f.prefix+subject, data, opts...)
		if err == nil {
			seq = ack.Sequence
		}
		return err
	})
	if err == nil && ofURLs {
		f.sawURLs(seq)
	}
	return seq, err
}

// wrap names what failed; of a connection that Close has ended it returns
// ErrClosed.
func (f *Frontier) wrap(what string, err error) error {
	switch {
	case f.e.isDiskFull():
		return f.e.disk.full()
	case errors.Is(err, nats.ErrConnectionClosed) || f.ctx.Err() != nil:
		return ErrClosed
	case isFull(err):
		return fmt.Errorf("%w: %s: %w", ErrFull, what, err)
	}
	return fmt.Errorf("frontier: %s: %w", what, err)
}

func (f *Frontier) partitions() int { return len(f.parts) }

// unsealMsg replaces the data of a message that was read by its content.
func (f *Frontier) unsealMsg(m *jetstream.RawStreamMsg) error {
	content, _, err := unseal(m.Subject[len(f.prefix):], m.Data)
	if err != nil {
		return fmt.Errorf("frontier: message %d (%s): %w", m.Sequence, m.Subject, err)
	}
	m.Data = content
	return nil
}

// sawURLs notes that the URL stream has a message of this sequence. Only a
// directory's numbers are checked.
func (f *Frontier) sawURLs(seq uint64) {
	if f.o.Dir == "" {
		return
	}
	for {
		n := f.urlsSeen.Load()
		if seq <= n || f.urlsSeen.CompareAndSwap(n, seq) {
			return
		}
	}
}
