package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/dustin/go-humanize"
	"github.com/spf13/cobra"

	"newsclip/clean"
	"newsclip/output"
	"newsclip/scrape"
	"newsclip/scrape/articles"
	"newsclip/scrape/frontier"
)

// crawlFlags are the flags of "newsclip crawl".
type crawlFlags struct {
	results
	cleaning
	discovery

	maxPages, maxArticles int
	maxDepth              int
	maxTime               time.Duration
	workers, perHost      int
	delay                 time.Duration
	since, until          string
	include, exclude      []string
	scope                 string

	state   string
	nats    string
	job     string
	collect bool
	recrawl bool

	ignoreRobots bool
	respectTDM   bool
	userAgent    string
	headers      []string
	cookieFile   string
	proxies      []string
	timeout      time.Duration
	maxBody      string
	warc         string
	noLearn      bool

	quiet     bool
	logFormat string
	summary   string
	metrics   string
}

func newCrawlCommand(e *env) *cobra.Command {
	var f crawlFlags
	cmd := &cobra.Command{
		Use:   "crawl [flags] [URL|-]...",
		Short: "Crawl a site and write its articles as it goes",
		Long: `crawl follows a site's links, sitemaps and feeds from the URLs that are named, or
read from standard input, and writes each article as a record the moment that it
is known to be one. It keeps to what robots.txt allows, and asks one host once a
second.

What the pages of a site repeat is learnt from its first articles, which are
written when five of them were read, or after half a minute.

With --state DIR the crawl can be stopped or killed at any moment, and the same
command goes on where it was: each article is in the output once. With --nats
several machines share one crawl.

Exit codes: 0 the crawl ended; 1 something failed, or it was interrupted; 2
wrong usage; 3 no article found.`,
		Example: `  newsclip crawl https://news.example/ > articles.jsonl
  newsclip crawl --max-articles 100 https://news.example/ | jq -r .title
  newsclip crawl --since 2026-01-01 -o january.jsonl https://news.example/
  newsclip crawl --state news.state -o news.jsonl https://news.example/
  newsclip crawl --state news.state -o news.jsonl --recrawl
  newsclip crawl --scope prefix https://news.example/politics/
  newsclip crawl --nats nats://a:4222,nats://b:4222 --job press --collect https://news.example/`,
		RunE: func(cmd *cobra.Command, args []string) error {
			logSet := cmd.Flags().Changed("log-format")
			o, err := f.options(e, args, logSet)
			if err != nil {
				return err
			}
			return runCrawl(cmd.Context(), e, &f, o)
		},
	}
	f.register(cmd)
	return cmd
}

func (f *crawlFlags) register(cmd *cobra.Command) {
	f.results.register(cmd)
	f.cleaning.register(cmd)
	f.discovery.register(cmd)
	fs := cmd.Flags()
	fs.IntVar(&f.maxPages, "max-pages", 0, "end after `N` pages (0: no limit)")
	fs.IntVar(&f.maxArticles, "max-articles", 0, "end after `N` records (0: no limit)")
	fs.IntVar(&f.maxDepth, "max-depth", -1, "follow links `N` deep; 0 fetches only the URLs named (default: no limit)")
	fs.DurationVar(&f.maxTime, "max-time", 0, "end after this `TIME`, as in 90s or 2h (0: no limit)")
	fs.IntVar(&f.workers, "workers", scrape.DefaultWorkers, "work on `N` pages at once")
	fs.IntVar(&f.perHost, "per-host", 1, "open `N` connections to one host")
	fs.DurationVar(&f.delay, "delay", time.Second, "`TIME` between two requests to one host; a longer Crawl-delay holds")
	fs.StringVar(&f.since, "since", "", "leave out what is older than `DATE`, as in 2026-01-31")
	fs.StringVar(&f.until, "until", "", "leave out what is younger than `DATE`")
	fs.StringArrayVar(&f.include, "include", nil, "fetch only URLs that match `REGEXP`, besides those named, sitemaps and feeds; may be repeated")
	fs.StringArrayVar(&f.exclude, "exclude", nil, "fetch no URL that matches `REGEXP`; may be repeated")
	fs.StringVar(&f.scope, "scope", string(scrape.ScopeHost), "follow links within the `GROUND` of the URLs named: "+strings.Join(scrape.Scopes(), ", "))
	fs.StringVar(&f.state, "state", "", "keep the crawl in `DIR`, to go on after any interruption")
	fs.StringVar(&f.nats, "nats", "", "share the crawl over the NATS servers at `URL`")
	fs.StringVar(&f.job, "job", "", "`NAME` of the crawl among those on the NATS servers")
	fs.BoolVar(&f.collect, "collect", false, "with --nats: leave the records to \"newsclip collect\"")
	fs.BoolVar(&f.recrawl, "recrawl", false, "with --state or --nats: ask a finished crawl's pages again, and write what changed")
	fs.BoolVar(&f.ignoreRobots, "ignore-robots", false, "fetch what robots.txt closes")
	fs.BoolVar(&f.respectTDM, "respect-tdm", false, "leave out pages that reserve text and data mining or say noai")
	fs.StringVar(&f.userAgent, "user-agent", "", "`TEXT` of the User-Agent header")
	fs.StringArrayVar(&f.headers, "header", nil, "send `\"NAME: VALUE\"` with every request; may be repeated")
	fs.StringVar(&f.cookieFile, "cookie-file", "", "send and keep cookies, beginning with those of `FILE` (cookies.txt)")
	fs.StringArrayVar(&f.proxies, "proxy", nil, "ask through the proxy at `URL` (http, https, socks5); several take turns")
	fs.DurationVar(&f.timeout, "timeout", scrape.DefaultTimeout, "give a request up when nothing came for this `TIME`")
	fs.StringVar(&f.maxBody, "max-body", "10MiB", "largest page, decoded, as `SIZE`")
	fs.StringVar(&f.warc, "warc", "", "keep every answer in `FILE` (WARC 1.1; .gz compresses)")
	fs.BoolVar(&f.noLearn, "no-learn", false, "judge every page by itself, and not by what its site's other pages repeat")
	fs.BoolVar(&f.quiet, "quiet", false, "no progress and no summary on standard error")
	fs.StringVar(&f.logFormat, "log-format", "text", "`FORM` of the log: text, json")
	fs.StringVar(&f.summary, "summary", "", "write the summary as JSON to `FILE`")
	fs.StringVar(&f.metrics, "metrics", "", "serve Prometheus metrics on `ADDR`, as in localhost:9090")
	completeWith(cmd, "scope", scrape.Scopes()...)
	completeWith(cmd, "log-format", "text", "json")
}

// options settles what the flags say, before anything is opened or fetched.
func (f *crawlFlags) options(e *env, args []string, logSet bool) (scrape.Options, error) {
	var o scrape.Options
	if err := f.results.check(); err != nil {
		return o, err
	}
	if err := f.cleaning.check(); err != nil {
		return o, err
	}
	if err := f.checkCounts(); err != nil {
		return o, err
	}
	if err := f.checkPlace(); err != nil {
		return o, err
	}
	if err := f.discovery.check(f); err != nil {
		return o, err
	}
	f.discovery.apply(&o)
	var err error
	if o.Seeds, err = f.seeds(e, args); err != nil {
		return o, err
	}
	o.Frontier = frontier.Options{Dir: f.state, URL: f.nats, Job: f.job}
	o.Direct = f.nats != "" && !f.collect
	o.UserAgent = f.userAgent
	if o.UserAgent == "" {
		o.UserAgent = userAgent()
	}
	o.Workers, o.PerHost, o.Delay = f.workers, f.perHost, f.delay
	o.MaxPages, o.MaxArticles, o.MaxTime = f.maxPages, f.maxArticles, f.maxTime
	switch {
	case f.maxDepth == 0:
		o.MaxDepth = -1
	case f.maxDepth > 0:
		o.MaxDepth = f.maxDepth
	}
	if o.Since, err = parseDate("since", f.since, false); err != nil {
		return o, err
	}
	if o.Until, err = parseDate("until", f.until, true); err != nil {
		return o, err
	}
	if !o.Since.IsZero() && !o.Until.IsZero() && o.Until.Before(o.Since) {
		return o, usagef("give --since the earlier date", "--until %s is before --since %s", f.until, f.since)
	}
	if o.Include, err = compileAll("include", f.include); err != nil {
		return o, err
	}
	if o.Exclude, err = compileAll("exclude", f.exclude); err != nil {
		return o, err
	}
	o.Scope = scrape.Scope(f.scope)
	if !slices.Contains(scrape.Scopes(), f.scope) {
		return o, usagef("--scope takes "+strings.Join(scrape.Scopes(), ", "), "--scope: there is no ground %q", f.scope)
	}
	o.IgnoreRobots, o.RespectTDM, o.Recrawl = f.ignoreRobots, f.respectTDM, f.recrawl
	if o.Header, err = parseHeaders(f.headers); err != nil {
		return o, err
	}
	if o.Proxies, err = parseProxies(f.proxies); err != nil {
		return o, err
	}
	if f.cookieFile != "" {
		if o.CookieJar, err = scrape.ReadCookies(f.cookieFile); err != nil {
			return o, usagef("export the browser's cookies as cookies.txt, in Netscape's form", "--cookie-file: %v", err)
		}
	}
	o.Timeout = f.timeout
	size, err := humanize.ParseBytes(f.maxBody)
	if err != nil || size == 0 || size > 1<<40 {
		return o, usagef("write a size as in 10MiB, 500kB or 2000000", "--max-body: %q is no size", f.maxBody)
	}
	o.MaxBody = int64(size)
	if o.Log, err = f.logger(e, logSet); err != nil {
		return o, err
	}
	return o, nil
}

func (f *crawlFlags) checkCounts() error {
	for _, n := range []struct {
		flag  string
		n     int
		least int
	}{
		{"max-pages", f.maxPages, 0}, {"max-articles", f.maxArticles, 0}, {"max-depth", f.maxDepth, -1},
		{"workers", f.workers, 1}, {"per-host", f.perHost, 1},
	} {
		if n.n < n.least {
			return usagef(fmt.Sprintf("--%s takes %d or more", n.flag, max(n.least, 0)), "--%s: %d makes no sense", n.flag, n.n)
		}
	}
	for _, d := range []struct {
		flag string
		d    time.Duration
		zero bool
	}{{"delay", f.delay, true}, {"max-time", f.maxTime, true}, {"timeout", f.timeout, false}} {
		if d.d < 0 || d.d == 0 && !d.zero {
			return usagef("write a time as in 1s, 500ms or 2m", "--%s: %v makes no sense", d.flag, d.d)
		}
	}
	return nil
}

// checkPlace settles where the crawl is kept and where its records go.
func (f *crawlFlags) checkPlace() error {
	format := f.results.format
	switch {
	case f.state != "" && f.nats != "":
		return usagef("--state keeps the crawl on this machine, --nats on the servers: give one", "--state and --nats exclude each other")
	case f.nats != "" && f.job == "":
		return usagef("--job NAME, the same for all workers of one crawl", "--nats needs a name for the crawl")
	case f.nats == "" && f.job != "":
		return usagef("--nats URL says where the job is", "--job is for crawls on NATS servers")
	case f.collect && f.nats == "":
		return usagef("leave it out: a crawl on one machine writes its own records", "--collect is for crawls on NATS servers")
	case f.collect && f.results.path != "":
		return usagef("newsclip collect takes the -o", "--collect leaves the records to newsclip collect, so there is nothing for -o")
	case f.recrawl && f.state == "" && f.nats == "":
		return usagef("--state DIR of the crawl that is to be asked again", "--recrawl needs a crawl that was kept")
	case f.logFormat != "text" && f.logFormat != "json":
		return usagef("--log-format takes text or json", "--log-format: there is no form %q", f.logFormat)
	case (f.state != "" || f.nats != "") && format != "" && format != output.FormatJSONL:
		return usagef("--format jsonl, and newsclip clean or jq for other forms afterwards",
			"a crawl that can go on writes lines, and --format %s is none", format)
	case f.results.path != "" && format != "" && format != output.FormatJSONL && fileExists(f.results.path):
		return usagef("another -o, or --format jsonl", "-o: %s exists, and %s is not a form that a file can be added to", f.results.path, format)
	}
	return nil
}

func fileExists(path string) bool {
	fi, err := os.Stat(path)
	return err == nil && fi.Mode().IsRegular() && fi.Size() > 0
}

// seeds reads the URLs to begin with from the arguments and standard input.
func (f *crawlFlags) seeds(e *env, args []string) ([]string, error) {
	var seeds []string
	add := func(s string) error {
		if !isURL(s) {
			return usagef("write it as https://"+s, "%q is no address that can be crawled", s)
		}
		if _, err := scrape.Normalize(s); err != nil {
			return usagef("an address is like https://news.example/", "%v", err)
		}
		seeds = append(seeds, s)
		return nil
	}
	goesOn := f.state != "" || f.nats != ""
	if len(args) == 0 && !goesOn {
		if isTerminal(e.stdin) {
			return nil, usagef("newsclip crawl https://news.example/", "no address to crawl")
		}
		args = []string{"-"}
	}
	for _, arg := range args {
		if arg != "-" {
			if err := add(arg); err != nil {
				return nil, err
			}
			continue
		}
		lines := bufio.NewScanner(e.stdin)
		for lines.Scan() {
			s := strings.TrimSpace(lines.Text())
			if s == "" || strings.HasPrefix(s, "#") {
				continue
			}
			if err := add(s); err != nil {
				return nil, err
			}
		}
		if err := lines.Err(); err != nil {
			return nil, fmt.Errorf("reading addresses from standard input: %w", err)
		}
	}
	if len(seeds) == 0 && !goesOn {
		return nil, usagef("newsclip crawl https://news.example/", "no address to crawl")
	}
	return seeds, nil
}

// parseDate reads --since and --until. A date without a time is its first
// moment, or with whole its last.
func parseDate(flag, s string, whole bool) (time.Time, error) {
	if s == "" {
		return time.Time{}, nil
	}
	if t, err := time.Parse(time.RFC3339, s); err == nil {
		return t, nil
	}
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return t, usagef("write a date as in 2026-01-31 or 2026-01-31T12:00:00Z", "--%s: %q is no date", flag, s)
	}
	if whole {
		t = t.AddDate(0, 0, 1).Add(-time.Nanosecond)
	}
	return t, nil
}

func compileAll(flag string, exprs []string) ([]*regexp.Regexp, error) {
	var res []*regexp.Regexp
	for _, x := range exprs {
		re, err := regexp.Compile(x)
		if err != nil {
			return nil, usagef("see https://pkg.go.dev/regexp/syntax", "--%s: %v", flag, err)
		}
		res = append(res, re)
	}
	return res, nil
}

func parseHeaders(lines []string) (http.Header, error) {
	h := make(http.Header)
	for _, l := range lines {
		name, value, ok := strings.Cut(l, ":")
		name = strings.TrimSpace(name)
		if !ok || name == "" || strings.ContainsAny(name, " \t") || strings.ContainsAny(value, "\r\n") {
			return nil, usagef(`write it as --header "Accept-Language: de"`, "--header: %q is no header field", l)
		}
		h.Add(name, strings.TrimSpace(value))
	}
	return h, nil
}

func parseProxies(proxies []string) ([]*url.URL, error) {
	var us []*url.URL
	for _, p := range proxies {
		u, err := url.Parse(p)
		if err != nil || u.Host == "" || !slices.Contains([]string{"http", "https", "socks5", "socks5h"}, u.Scheme) {
			return nil, usagef("write it as --proxy http://host:3128 or socks5://host:1080", "--proxy: %q is no proxy", p)
		}
		us = append(us, u)
	}
	return us, nil
}

// logger returns the log. By itself a crawl says what concerns a whole host,
// and the summary counts the rest; who sets --log-format wants each URL.
func (f *crawlFlags) logger(e *env, set bool) (*slog.Logger, error) {
	level := slog.LevelWarn
	if set {
		level = slog.LevelInfo
	}
	if f.quiet && !set {
		return slog.New(slog.DiscardHandler), nil
	}
	if f.logFormat == "json" {
		return slog.New(slog.NewJSONHandler(lockedStderr{e}, &slog.HandlerOptions{Level: level})), nil
	}
	return slog.New(&lineHandler{e: e, level: level}), nil
}

// runCrawl crawls and reports.
func runCrawl(ctx context.Context, e *env, f *crawlFlags, o scrape.Options) error {
	defer keepMemory()()
	format := f.form(e, false)
	if f.list {
		format = output.FormatJSONL
	}
	copts, err := f.cleaning.options(format)
	if err != nil {
		return err
	}
	if !f.collect {
		sink, err := articles.NewSink(f.results.path, e.stdout, format)
		if err != nil {
			return fmt.Errorf("--output: %w", err)
		}
		defer sink.Close()
		o.Sink = sink
	}
	if f.warc != "" {
		w, err := scrape.CreateWARC(f.warc, o.UserAgent)
		if err != nil {
			return fmt.Errorf("--warc: %w", err)
		}
		defer w.Close()
		o.WARC = w
	}
	stopMetrics, err := f.serveMetrics(e, &o)
	if err != nil {
		return err
	}
	defer stopMetrics()
	f.leaveProgress(&o)
	shown := f.showProgress(e, &o)
	h := articles.New(articles.Options{Cleaner: clean.New(copts), NoLearning: f.noLearn, Since: o.Since, Until: o.Until})
	s, err := scrape.Crawl(ctx, o, h.Handle)
	shown()
	if writeErr := f.writeSummary(s); err == nil {
		err = writeErr
	}
	switch {
	case errors.Is(err, scrape.ErrFinished):
		e.infof("this crawl is finished; nothing was fetched")
		e.hintf("--recrawl asks its pages again, another --state begins anew")
		return nil
	case errors.Is(err, frontier.ErrInUse):
		e.errorf("%s: another newsclip is at work on this crawl", f.state)
		e.hintf("wait for it, or stop it; newsclip status --state %s shows how it stands", f.state)
		return &reportedError{exitFailed}
	case errors.Is(err, scrape.ErrNoSeeds):
		return usagef("newsclip crawl --state "+f.state+" https://news.example/", "%s holds no crawl yet, and no address is named", f.state)
	}
	if !f.quiet && s.Stopped != "" {
		printSummary(e, s)
	}
	switch {
	case err != nil:
		return err
	case s.Stopped == "interrupted":
		if f.state != "" {
			e.hintf("the same command goes on where this one stopped")
		}
		return &reportedError{exitFailed}
	case f.list:
		if s.Listed == 0 && !o.Direct && !f.collect {
			return errNoURL
		}
	case s.Articles == 0 && !f.recrawl && !o.Direct && !f.collect:
		return errNoArticle
	}
	return nil
}

// writeSummary writes the summary's JSON to the file of --summary.
func (f *crawlFlags) writeSummary(s *scrape.Summary) error {
	if f.summary == "" {
		return nil
	}
	b, err := json.MarshalIndent(s, "", "  ")
	if err != nil {
		return err
	}
	out, err := output.Create(f.summary)
	if err != nil {
		return fmt.Errorf("--summary: %w", err)
	}
	defer out.Abort()
	if _, err := out.Write(append(b, '\n')); err != nil {
		return fmt.Errorf("--summary: %w", err)
	}
	return out.Close()
}

// lockedStderr writes whole lines to standard error among the others.
type lockedStderr struct{ e *env }

func (w lockedStderr) Write(b []byte) (int, error) {
	w.e.mu.Lock()
	defer w.e.mu.Unlock()
	return w.e.stderr.Write(b)
}

var _ io.Writer = lockedStderr{}

// lineHandler writes a log record as one of the command's own lines.
type lineHandler struct {
	e     *env
	level slog.Level
}

func (h *lineHandler) Enabled(_ context.Context, l slog.Level) bool { return l >= h.level }
func (h *lineHandler) WithAttrs([]slog.Attr) slog.Handler           { return h }
func (h *lineHandler) WithGroup(string) slog.Handler                { return h }

func (h *lineHandler) Handle(_ context.Context, r slog.Record) error {
	var b strings.Builder
	b.WriteString(r.Message)
	r.Attrs(func(a slog.Attr) bool {
		fmt.Fprintf(&b, " %s=%s", a.Key, a.Value)
		return true
	})
	if r.Level >= slog.LevelWarn {
		h.e.warnf("%s", b.String())
	} else {
		h.e.infof("%s", b.String())
	}
	return nil
}
