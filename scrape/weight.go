package scrape

import (
	"bytes"
	"context"

	"golang.org/x/sync/semaphore"
)

// tagsInHand bounds the tags of all pages whose trees are in memory at once: a tag
// becomes some 300 bytes, whatever the page weighs. News pages have some thousands of
// tags, so that none of them waits; of pages that are nothing but tags, one is in
// hand at a time.
const tagsInHand = 600_000

// tagWeights bounds the tags in hand.
type tagWeights struct{ left *semaphore.Weighted }

func newTagWeights() tagWeights { return tagWeights{semaphore.NewWeighted(tagsInHand)} }

// take waits until a page may be parsed. The caller gives back what it returns.
func (w tagWeights) take(ctx context.Context, body []byte) (int64, error) {
	n := min(int64(bytes.Count(body, []byte{'<'})), tagsInHand)
	return n, w.left.Acquire(ctx, n)
}

func (w tagWeights) give(n int64) { w.left.Release(n) }
