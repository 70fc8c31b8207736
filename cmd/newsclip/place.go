package main

import (
	"github.com/spf13/cobra"
)

// place is where a crawl that can be continued is kept.
type place struct {
	state, nats, job string
}

func (p *place) register(cmd *cobra.Command, withState bool) {
	fs := cmd.Flags()
	if withState {
		fs.StringVar(&p.state, "state", "", "the crawl whose state is in `DIR`")
	}
	fs.StringVar(&p.nats, "nats", "", "the crawl on the NATS servers at `URL`")
	fs.StringVar(&p.job, "job", "", "`NAME` of the crawl among those on the NATS servers")
}

func (p *place) check(withState bool) error {
	switch {
	case p.state != "" && p.nats != "":
		return usagef("use --state for a crawl on this machine, --nats for one on servers", "--state and --nats exclude each other")
	case p.state == "" && p.nats == "" && withState:
		return usagef("newsclip status --state DIR, or --nats URL --job NAME", "--state or --nats is missing")
	case p.nats == "" && !withState:
		return usagef("newsclip collect --nats URL --job NAME", "--nats is missing")
	case p.nats != "" && p.job == "":
		return usagef("add --job NAME, the name of the crawl", "--nats needs the name of the crawl")
	}
	return nil
}
