package scrape

import (
	"context"

	"newsclip/scrape/frontier"
)

// open opens the frontier of a round, that of the one before where there was one.
func (w *watch) open(ctx context.Context, o frontier.Options, h *health) (*frontier.Frontier, error) {
	w.health.Store(h)
	if w.f != nil {
		return w.f, nil
	}
	o.Entered = func(host string) { w.health.Load().entered(host) }
	f, err := frontier.Open(ctx, o)
	if err == nil && w.leading == nil {
		w.f = f
	}
	return f, err
}

// closesRounds reports whether a round closes the frontier. w may be nil, for a crawl
// that is no watch.
func (w *watch) closesRounds() bool { return w == nil || w.leading != nil }

// close closes the frontier.
func (w *watch) close() {
	if w.f != nil {
		w.f.Close()
	}
}

// begin begins the next round of a finished job. In a cluster the leader does.
func (w *watch) begin(ctx context.Context, recrawl func(context.Context) error) error {
	if w == nil || w.leading == nil {
		return recrawl(ctx)
	}
	if !w.leading.leads() {
		return errNotLeading
	}
	led, cancel := w.leading.whileLeading(ctx)
	defer cancel()
	err := recrawl(led)
	if err != nil && led.Err() != nil && ctx.Err() == nil {
		return errNotLeading
	}
	return err
}
