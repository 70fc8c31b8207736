package scrape

import (
	"context"
	"errors"

	"newsclip/scrape/frontier"
)

// Values keep what a [Handler] needs in other workers of the job and in later runs. A value should have no more than some ten kilobytes.
type Values struct{ f *frontier.Frontier }

// Get returns the value of a name, or nil where there is none.
func (v *Values) Get(ctx context.Context, name string) ([]byte, error) {
	b, err := v.f.Get(ctx, valueKey(name))
	if errors.Is(err, frontier.ErrNotFound) {
		return nil, nil
	}
	return b, err
}

// Change replaces the value of a name by the result of next, to which it passes the
// present one, nil if there is none. next returns nil to leave it as it is. It may be
// called several times, also after its result was stored.
func (v *Values) Change(ctx context.Context, name string, next func(old []byte) ([]byte, error)) error {
	return v.f.Change(ctx, valueKey(name), next)
}

func valueKey(name string) string { return "handler." + name }
