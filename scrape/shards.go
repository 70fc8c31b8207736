package scrape

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"

	"golang.org/x/sync/errgroup"

	"newsclip/scrape/frontier"
)

// healthShards is the number of values in the frontier that hold the hosts'
// counts: few enough to be read at once, and so many that the value of one is
// small.
const healthShards = 64

func shardKey(name string, shard int) string { return fmt.Sprintf("%s.%d", name, shard) }

func shardOf(host string) int {
	h := fnv.New32a()
	h.Write([]byte(host))
	return int(h.Sum32() % healthShards)
}

// eachShard calls do with each value that is stored under a name and the number of a
// shard, with several at once.
func eachShard(ctx context.Context, f *frontier.Frontier, name string, do func(i int, b []byte) error) error {
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(8)
	for i := range healthShards {
		g.Go(func() error {
			b, err := f.Get(ctx, shardKey(name, i))
			if errors.Is(err, frontier.ErrNotFound) {
				return nil
			}
			if err != nil {
				return err
			}
			return do(i, b)
		})
	}
	return g.Wait()
}
