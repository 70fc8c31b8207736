package main

import "newsclip/scrape"

func (f *crawlFlags) serveMetrics(o *scrape.Options) (stop func(), err error) {
	return func() {}, nil
}
