package main

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"newsclip/clean"
	"newsclip/scrape"
	"newsclip/scrape/articles"
	"newsclip/scrape/browser"
)

// rendering are the flags that say which pages are rendered, and by which browser.
type rendering struct {
	mode    string
	browser string
}

func (f *rendering) register(cmd *cobra.Command) {
	fs := cmd.Flags()
	fs.StringVar(&f.mode, "render", string(scrape.RenderNever), "run the scripts of pages in a browser, by this `MODE`: never; auto, where a page has no article and plainly needs them; always")
	fs.StringVar(&f.browser, "browser", "", "render pages with this `PROGRAM`, or with the browser at a ws:// address (default: the first Chromium, Chrome or Edge that is installed)")
	completeWith(cmd, "render", scrape.RenderModes()...)
}

// check validates the flags before anything is opened.
func (f *rendering) check() error {
	if !slices.Contains(scrape.RenderModes(), f.mode) {
		return usagef("--render takes "+strings.Join(scrape.RenderModes(), ", "), "--render: unknown mode %q", f.mode)
	}
	return nil
}

// checkUsed is check where a browser is used by --render alone.
func (f *rendering) checkUsed() error {
	if f.browser != "" && f.mode == string(scrape.RenderNever) {
		return usagef("add --render auto, or --render always", "--browser is the browser of --render, and no page is rendered")
	}
	return f.check()
}

// openBrowser sets the options of rendering, and returns a function that ends the browser.
// With --render auto a machine may have no browser.
func (f *rendering) openBrowser(e *env, o *scrape.Options) (end func(), err error) {
	end = func() {}
	o.Render = scrape.RenderMode(f.mode)
	if f.browser == "" && o.Render == scrape.RenderNever {
		return end, nil
	}
	b, err := browser.New(browser.Options{Path: f.browser})
	switch {
	case errors.Is(err, browser.ErrNotFound) && o.Render == scrape.RenderAuto:
		e.warnf("--render auto: %v; pages that need one fail as needs_javascript", err)
		return end, nil
	case errors.Is(err, browser.ErrNotFound):
		return end, usagef("install Chromium, or name a browser with --browser", "--render: %v", err)
	case err != nil:
		return end, usagef("name the program of a Chromium, Chrome or Edge, or a ws:// address", "--browser: %v", err)
	}
	o.Renderer = b
	return func() { _ = b.Close() }, nil
}

// hintScripts tells how pages that need JavaScript are read.
func (f *rendering) hintScripts(e *env, failed int) {
	if failed > 0 && f.mode == string(scrape.RenderNever) {
		e.hintf("--render auto runs the scripts of pages that need it in a browser")
	}
}

// A pageFetcher fetches single pages as a crawl would, and renders them.
type pageFetcher struct {
	f *scrape.Fetcher
	o scrape.Options
	c *clean.Cleaner // judges by itself whether a page is to be rendered
}

// newPageFetcher returns a pageFetcher, and a function that ends it.
func newPageFetcher(o scrape.Options) (*pageFetcher, func(), error) {
	f, err := scrape.NewFetcher(o)
	if err != nil {
		return nil, nil, err
	}
	return &pageFetcher{f, o, clean.New(clean.Options{})}, f.Close, nil
}

// page fetches a page, and renders it by the mode of the options.
func (p *pageFetcher) page(ctx context.Context, pageURL string) (clean.Input, error) {
	return p.rendered(ctx, pageURL, p.o.Render)
}

// rendered fetches a page, and renders it by a mode.
func (p *pageFetcher) rendered(ctx context.Context, pageURL string, mode scrape.RenderMode) (in clean.Input, err error) {
	wants := articles.WantsRendering(p.c, mode)
	if wants == nil {
		in, err = p.f.Page(ctx, pageURL)
	} else {
		in, err = p.f.RenderedPage(ctx, pageURL, wants)
	}
	if err == nil || p.o.PublicOnly || scrape.CauseOf(err) != scrape.CausePrivate {
		return in, err
	}
	// The request spells the address out.
	if wants == nil {
		return scrape.FetchPage(ctx, pageURL, p.o)
	}
	o := p.o
	o.Seeds = []string{pageURL}
	f, err := scrape.NewFetcher(o)
	if err != nil {
		return in, err
	}
	defer f.Close()
	return f.RenderedPage(ctx, pageURL, wants)
}
