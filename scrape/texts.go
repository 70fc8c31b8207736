package scrape

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"

	"newsclip/clean/article"
	"newsclip/scrape/frontier"
	"newsclip/scrape/internal/address"
	"newsclip/scrape/internal/texts"
)

// textKey is the key of the texts of an item's article.
func (t *task) textKey() string {
	h := sha256.Sum256([]byte(t.item.Host + "\x00" + address.Identity(t.u)))
	return "text." + hex.EncodeToString(h[:12])
}

// keepText keeps an article's text, and returns how it differs from the one with the
// hash before, if that is kept. A text that is too long to be kept has no difference.
func (t *task) keepText(ctx context.Context, before string, out *Outcome) (*article.Diff, error) {
	if len(out.Text) > texts.MaxLength || out.ContentHash == "" {
		return nil, nil
	}
	key := t.textKey()
	stored, err := t.c.f.Get(ctx, key)
	if err != nil && !errors.Is(err, frontier.ErrNotFound) {
		return nil, err
	}
	next, diff, err := texts.Add(stored, before, out.ContentHash, out.Text)
	if err != nil {
		return nil, err
	}
	return diff, t.c.f.Change(ctx, key, func(old []byte) ([]byte, error) {
		if string(old) == string(next) {
			return nil, nil
		}
		return next, nil
	})
}
