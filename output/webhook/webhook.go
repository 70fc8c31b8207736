// Package webhook posts records to a web server.
package webhook

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"io"
	"net/http"
	"net/url"

	"newsclip/output"
	"newsclip/output/remote"
)

// Format posts batches of JSON Lines to an address, each with the header
// Idempotency-Key, which is the same where a batch is sent again. The path of
// Open is the address.
var Format = output.Format{
	Name: "webhook", Appendable: true, HoldsErrors: true,
	Open: func(ctx context.Context, address string) (output.Writer, error) {
		return Open(ctx, address, remote.Options{})
	},
}

// Open returns a writer that posts to address. A user and a password in it are
// sent by basic authentication.
//
// Statuses of 200 to 299 tell that the batch was taken; 408, 425, 429 and those
// from 500 that it may be sent again; all others end the writing.
func Open(ctx context.Context, address string, o remote.Options) (*remote.Writer, error) {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return nil, remote.BadAddress("%q is not an address", address)
	}
	s := &sender{address: u, client: &http.Client{
		// A redirected POST would become a GET.
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
	return remote.New(ctx, s, o), nil
}

type sender struct {
	address *url.URL
	client  *http.Client
}

func (s *sender) Send(ctx context.Context, records [][]byte) error {
	body := append(bytes.Join(records, []byte("\n")), '\n')
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, s.address.String(), bytes.NewReader(body))
	if err != nil {
		return remote.Permanent(err)
	}
	req.Header.Set("Content-Type", "application/x-ndjson")
	req.Header.Set("Idempotency-Key", fmt.Sprintf("%x", sha256.Sum256(body)))
	resp, err := s.client.Do(req)
	if err != nil {
		return err // names the address, without the password
	}
	defer resp.Body.Close()
	io.Copy(io.Discard, io.LimitReader(resp.Body, 1<<20)) // so that the connection is used again
	if resp.StatusCode >= 200 && resp.StatusCode <= 299 {
		return nil
	}
	err = fmt.Errorf("%s answers %s", s.address.Redacted(), resp.Status)
	switch {
	case resp.StatusCode >= 500, resp.StatusCode == http.StatusRequestTimeout, resp.StatusCode == http.StatusTooEarly, resp.StatusCode == http.StatusTooManyRequests:
		return err
	}
	return remote.Permanent(err)
}

func (s *sender) Close() error {
	s.client.CloseIdleConnections()
	return nil
}
