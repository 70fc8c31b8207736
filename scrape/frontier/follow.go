package frontier

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/nats-io/nats.go/jetstream"
)

const (
	// followAtOnce is how many messages are requested at a time.
	followAtOnce = 2048
	// followExpiry is how long such a request waits for messages before it is made
	// again. The server sends a heartbeat every followBeat meanwhile; the loss of a
	// server is noticed by two that are missing.
	followExpiry = 5 * time.Second
	followBeat   = time.Second
	// followPause is the wait before a stream is read again after an error.
	followPause = time.Second
)

// follow calls each with every message of a stream whose subject matches one of
// filters (nil matches all), from sequence start on, in order, each message once,
// until each returns false or ctx ends. In a cluster it goes on
// after any error but that of a damaged message.
func (f *Frontier) follow(ctx context.Context, s jetstream.Stream, filters []string, start uint64, each func(seq uint64, subject string, data []byte) bool) error {
	next := max(start, 1)
	for {
		from := next
		err := f.followOnce(ctx, s, filters, &next, each)
		if err == nil || ctx.Err() != nil {
			return err
		}
		if !f.e.shared && next == from || errors.Is(err, ErrDamaged) || errors.Is(err, ErrNewer) {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(followPause):
		}
	}
}

// dropConsumer deletes a consumer of the server in process, which would keep it in
// memory for five minutes more. A cluster may not answer, and forgets it by itself.
func (f *Frontier) dropConsumer(s jetstream.Stream, c jetstream.Consumer) {
	if f.e.shared {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), f.e.try)
	defer cancel()
	if info := c.CachedInfo(); info != nil {
		_ = s.DeleteConsumer(ctx, info.Name)
	}
}

// followOnce is follow until the first error. next is the sequence that it reads
// next.
func (f *Frontier) followOnce(ctx context.Context, s jetstream.Stream, filters []string, next *uint64, each func(seq uint64, subject string, data []byte) bool) error {
	cfg := jetstream.OrderedConsumerConfig{DeliverPolicy: jetstream.DeliverByStartSequencePolicy, OptStartSeq: *next}
	for _, s := range filters {
		cfg.FilterSubjects = append(cfg.FilterSubjects, f.prefix+s)
	}
	var c jetstream.Consumer
	err := f.e.retry(ctx, func(ctx context.Context) (err error) {
		c, err = s.OrderedConsumer(ctx, cfg)
		return err
	})
	if err != nil {
		return err
	}
	defer f.dropConsumer(s, c)
	it, err := c.Messages(jetstream.PullMaxMessages(followAtOnce), jetstream.PullExpiry(followExpiry), jetstream.PullHeartbeat(followBeat))
	if err != nil {
		return err
	}
	defer it.Stop()
	defer context.AfterFunc(ctx, it.Stop)()
	for {
		m, err := it.Next()
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil {
			return err
		}
		meta, err := m.Metadata()
		if err != nil {
			return err
		}
		seq := meta.Sequence.Stream
		if seq < *next {
			continue
		}
		subject := m.Subject()[len(f.prefix):]
		content, _, err := unseal(subject, m.Data())
		if err != nil {
			return fmt.Errorf("message %d (%s): %w", seq, m.Subject(), err)
		}
		*next = seq + 1
		if !each(seq, subject, content) {
			return nil
		}
	}
}
