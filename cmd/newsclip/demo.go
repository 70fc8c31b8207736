package main

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"net"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"newsclip/clean"
	"newsclip/output"
	"newsclip/scrape"
	"newsclip/scrape/articles"
	"newsclip/testdata"
)

// demoConnections is the number of connections to the made-up site.
const demoConnections = 16

// demoFlags are the flags of "newsclip demo".
type demoFlags struct {
	results
	explain bool
	serve   string
}

func newDemoCommand(e *env) *cobra.Command {
	var f demoFlags
	cmd := &cobra.Command{
		Use:   "demo [flags]",
		Short: "Crawl the made-up site that ships inside newsclip",
		Long: `demo starts the site of a made-up publisher on this machine, crawls it, and writes
its articles. What was stripped from them is listed on standard error. It needs
no network.

Exit codes: 0 the site was crawled; 1 something failed; 2 wrong usage.`,
		Example: `  newsclip demo > articles.jsonl
  newsclip demo | jq -r .title
  newsclip demo --explain | jq .removed
  newsclip demo --serve 127.0.0.1:8080`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := f.check(e); err != nil {
				return err
			}
			if f.serve != "" {
				return serveNewsroom(cmd.Context(), e, f.serve)
			}
			return runDemo(cmd.Context(), e, &f)
		},
	}
	f.results.register(cmd)
	fs := cmd.Flags()
	fs.BoolVar(&f.explain, "explain", false, "list in each record what was removed, and the rule that did it, and where its fields were read")
	fs.StringVar(&f.serve, "serve", "", "only serve the site, at `ADDRESS` as in 127.0.0.1:8080, until interrupted")
	return cmd
}

func (f *demoFlags) check(e *env) error {
	if err := f.results.check(e); err != nil {
		return err
	}
	if f.serve == "" {
		return nil
	}
	if f.path != "" || f.format != "" || f.explain {
		return usagef("run newsclip crawl in another terminal to write records", "--serve writes no records, and cannot be combined with other flags")
	}
	if _, _, err := net.SplitHostPort(f.serve); err != nil {
		return usagef("write an address as in 127.0.0.1:8080", "--serve: %q is not an address", f.serve)
	}
	return nil
}

// openNewsroom serves the made-up site until it is closed.
func openNewsroom(address string) (origin string, site io.Closer, err error) {
	handler, err := testdata.Newsroom()
	if err != nil {
		return "", nil, err
	}
	l, err := net.Listen("tcp", address)
	if err != nil {
		return "", nil, fmt.Errorf("serving the made-up site: %w", err)
	}
	server := &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: 10 * time.Second,
		ErrorLog:          slog.NewLogLogger(slog.DiscardHandler, slog.LevelError),
	}
	go server.Serve(l) // returns when the server is closed
	return "http://" + l.Addr().String(), server, nil
}

func serveNewsroom(ctx context.Context, e *env, address string) error {
	origin, site, err := openNewsroom(address)
	if err != nil {
		return err
	}
	defer site.Close()
	e.infof("the made-up site is at %s/ until this is interrupted", origin)
	e.hintf("newsclip crawl --delay 0 %s/", origin)
	<-ctx.Done()
	return nil
}

func runDemo(ctx context.Context, e *env, f *demoFlags) error {
	origin, site, err := openNewsroom("127.0.0.1:0")
	if err != nil {
		return err
	}
	defer site.Close()
	cl := cleaning{explain: true}
	format := f.form(e, false)
	opts, err := cl.options(e, format, f.chunk > 0)
	if err != nil {
		return err
	}
	w, err := f.open(ctx, e, false)
	if err != nil {
		return err
	}
	defer w.Abort()
	e.infof("crawling the made-up site at %s/", origin)
	sink := &demoSink{to: w, keep: f.explain, stripped: make(map[string]*strippedRule)}
	s, err := scrape.Crawl(ctx, scrape.Options{
		Seeds:     []string{origin + "/"},
		Sink:      sink,
		UserAgent: userAgent(),
		// The site is in this process: no other server bears the load.
		PerHost: demoConnections,
	}, articles.New(articles.Options{Cleaner: clean.New(opts)}).Handle)
	if err != nil {
		return err
	}
	if s.Stopped == "interrupted" {
		return errors.New("interrupted")
	}
	if err := w.Close(); err != nil {
		return err
	}
	printSummary(e, s, true)
	sink.print(e)
	return nil
}

// demoSink counts what was removed from each record, and passes the records on.
type demoSink struct {
	to       recordsTo
	keep     bool // leave Removed in the records
	articles int
	stripped map[string]*strippedRule
}

// recordsTo takes records.
type recordsTo interface{ Write(*output.Record) error }

// strippedRule counts what one rule removed.
type strippedRule struct {
	name  string
	count int
	// example is from the article whose URL sorts first, so that it does not
	// depend on the order in which the pages were fetched.
	example, url string
}

func (s *demoSink) Resume([]byte) error     { return nil }
func (s *demoSink) Commit() ([]byte, error) { return nil, nil }

func (s *demoSink) Write(record []byte) error {
	var a clean.Article
	if err := json.NewDecoder(bytes.NewReader(record)).Decode(&a); err != nil {
		return fmt.Errorf("reading a record back: %w", err)
	}
	s.articles++
	for _, r := range a.Removed {
		s.count(a.URL, r)
	}
	if !s.keep {
		a.Removed, a.Evidence = nil, nil
	}
	return s.to.Write(&output.Record{Article: a})
}

func (s *demoSink) count(url string, r clean.Removed) {
	name := r.Stage + ": " + r.Rule
	rule := s.stripped[name]
	if rule == nil {
		rule = &strippedRule{name: name}
		s.stripped[name] = rule
	}
	rule.count++
	if r.Text != "" && (rule.example == "" || url < rule.url) {
		rule.example, rule.url = r.Text, url
	}
}

const (
	// maxRules is the number of rules that are listed.
	maxRules = 12
	// maxExample is the length to which an example is cut, in characters.
	maxExample = 60
)

// print lists what was stripped on standard error, the rule that removed most first.
func (s *demoSink) print(e *env) {
	rules := slices.SortedFunc(maps.Values(s.stripped), func(a, b *strippedRule) int {
		return cmp.Or(cmp.Compare(b.count, a.count), strings.Compare(a.name, b.name))
	})
	blocks := 0
	for _, r := range rules {
		blocks += r.count
	}
	e.infof("%d blocks that are not the articles were stripped from %d pages, by these rules:", blocks, s.articles)
	for i, r := range rules {
		if i == maxRules {
			e.infof("%d by %d other rules; --explain lists them in the records", blocks, len(rules)-maxRules)
			break
		}
		e.infof("%d by %s, as in %q", r.count, r.name, shorten(r.example, maxExample))
		blocks -= r.count
	}
}

// shorten cuts s to n characters.
func shorten(s string, n int) string {
	if rs := []rune(s); len(rs) > n {
		return strings.TrimSpace(string(rs[:n-1])) + "…"
	}
	return s
}
