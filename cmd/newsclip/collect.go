package main

import (
	"context"
	"errors"

	"github.com/spf13/cobra"

	"newsclip/scrape"
	"newsclip/scrape/frontier"
)

func newCollectCommand(e *env) *cobra.Command {
	var p place
	var res results
	cmd := &cobra.Command{
		Use:   "collect",
		Short: "Write the records of a crawl that many machines share",
		Long: `collect writes the records of all workers that run "newsclip crawl --nats --collect"
with the same job, each record once, and ends when the crawl has ended. If it is
stopped or killed, the same command continues.`,
		Example: `  newsclip collect --nats nats://a:4222,nats://b:4222 --job press -o press.jsonl`,
		Args:    noArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := res.check(e); err != nil {
				return err
			}
			if err := p.check(false); err != nil {
				return err
			}
			if format := res.chosen(); !format.Appendable {
				return usagef("use --format jsonl", "collect adds to its output, and records cannot be added to %s files", format.Name)
			}
			return runCollect(cmd.Context(), e, &p, &res)
		},
	}
	p.register(cmd, false)
	res.register(cmd)
	return cmd
}

func runCollect(ctx context.Context, e *env, p *place, res *results) error {
	sink, err := res.openSink(ctx, e, false)
	if err != nil {
		return err
	}
	defer sink.Close()
	f, err := frontier.Open(ctx, frontier.Options{URL: p.nats, Job: p.job})
	if err != nil {
		return err
	}
	defer f.Close()
	err = scrape.Collect(ctx, f, sink)
	if errors.Is(err, context.Canceled) {
		e.infof("interrupted")
		e.hintf("the same command continues")
		return &reportedError{exitFailed}
	}
	return err
}
