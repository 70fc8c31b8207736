// Package natsjs publishes records to a JetStream stream of NATS.
package natsjs

import (
	"cmp"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"net/url"
	"strings"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"newsclip/output"
	"newsclip/output/natsconn"
	"newsclip/output/remote"
)

// Format publishes each record as a message of JSON. The path of Open is an
// address as in nats://host:4222/subject.
var Format = output.Format{
	Name: "nats", Appendable: true, HoldsErrors: true,
	Open: func(ctx context.Context, address string) (output.Writer, error) {
		return Open(ctx, address, remote.Options{})
	},
}

// Open connects to the server of address and returns a writer that publishes to
// the subject after its slash. A stream of the server must take the subject,
// since a message that no stream keeps is lost where nobody listens. Its
// messages have the header Nats-Msg-Id, by which the stream refuses one that is
// sent a second time within its duplicate window (two minutes, unless it was
// made with another).
func Open(ctx context.Context, address string, o remote.Options) (*remote.Writer, error) {
	u, err := url.Parse(address)
	if err != nil {
		return nil, remote.BadAddress("not an address of NATS: write it as nats://host:4222/subject")
	}
	subject := strings.ReplaceAll(strings.Trim(u.Path, "/"), "/", ".")
	if u.Host == "" || subject == "" || strings.ContainsAny(subject, " *>") {
		return nil, remote.BadAddress("%s: write it as nats://host:4222/subject", u.Redacted())
	}
	u.Path = ""
	conn, err := natsconn.Connect(u.String(), nats.Name("newsclip"), nats.MaxReconnects(-1))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", u.Redacted(), err)
	}
	js, err := jetstream.New(conn)
	if err == nil {
		_, err = js.StreamNameBySubject(ctx, subject)
		if errors.Is(err, jetstream.ErrStreamNotFound) {
			err = errors.New("no stream of the server takes this subject")
		}
	}
	if err != nil {
		conn.Close()
		return nil, fmt.Errorf("%s, subject %s: %w", u.Redacted(), subject, err)
	}
	return remote.New(ctx, &sender{conn, js, subject}, o), nil
}

type sender struct {
	conn    *nats.Conn
	js      jetstream.JetStream
	subject string
}

func (s *sender) Send(ctx context.Context, records [][]byte) error {
	// The client would keep messages for a server that is away, and send them when
	// it is back, beside those of the next attempt.
	if !s.conn.IsConnected() {
		return cmp.Or(s.conn.LastError(), nats.ErrDisconnected)
	}
	acks := make([]jetstream.PubAckFuture, len(records))
	for i, record := range records {
		m := nats.NewMsg(s.subject)
		m.Data = record
		m.Header.Set(jetstream.MsgIDHeader, fmt.Sprintf("%x", sha256.Sum256(record)))
		ack, err := s.js.PublishMsgAsync(m)
		if errors.Is(err, nats.ErrMaxPayload) {
			return remote.Permanent(fmt.Errorf("a record of %d bytes: %w", len(record), err))
		}
		if err != nil {
			return err
		}
		acks[i] = ack
	}
	for _, ack := range acks {
		select {
		case <-ack.Ok():
		case err := <-ack.Err():
			return err
		case <-ctx.Done():
			// What a server does not let pass it tells the connection alone.
			if err := s.conn.LastError(); err != nil {
				return fmt.Errorf("%w: %w", ctx.Err(), err)
			}
			return ctx.Err()
		}
	}
	return nil
}

func (s *sender) Close() error {
	s.conn.Close()
	return nil
}
