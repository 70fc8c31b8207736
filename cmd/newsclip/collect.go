package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"newsclip/output"
	"newsclip/scrape"
	"newsclip/scrape/articles"
	"newsclip/scrape/frontier"
)

func newCollectCommand(e *env) *cobra.Command {
	var p place
	var res results
	cmd := &cobra.Command{
		Use:   "collect",
		Short: "Write the records of a crawl that many machines share",
		Long: `collect writes the records of all workers that run "newsclip crawl --nats --collect"
with the same job, each once, and ends when the crawl has ended. Where it is
stopped or killed, the same command goes on.`,
		Example: `  newsclip collect --nats nats://a:4222,nats://b:4222 --job press -o press.jsonl`,
		Args:    noArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := res.check(); err != nil {
				return err
			}
			if err := p.check(false); err != nil {
				return err
			}
			if res.format != "" && res.format != output.FormatJSONL {
				return usagef("--format jsonl", "what is collected can go on, and --format %s is no form that a file can be added to", res.format)
			}
			return runCollect(cmd.Context(), e, &p, &res)
		},
	}
	p.register(cmd, false)
	res.register(cmd)
	return cmd
}

func runCollect(ctx context.Context, e *env, p *place, res *results) error {
	sink, err := articles.NewSink(res.path, e.stdout, output.FormatJSONL)
	if err != nil {
		return fmt.Errorf("--output: %w", err)
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
		e.hintf("the same command goes on where this one stopped")
		return &reportedError{exitFailed}
	}
	return err
}
