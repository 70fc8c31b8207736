package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/dustin/go-humanize"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"newsclip/scrape"
	"newsclip/scrape/frontier"
)

// crawlFlags are the flags of "newsclip crawl".
type crawlFlags struct {
	results
	cleaning
	discovery
	rendering

	maxPages, maxArticles int
	maxDepth              int
	maxTime               time.Duration
	workers, perHost      int
	delay                 time.Duration
	since, until          string
	include, exclude      []string
	follow                []string
	maxPerHost            int
	maxFoundPerHost       int
	maxArticlesPerHost    int
	scope                 string

	add     bool
	state   string
	nats    string
	job     string
	collect bool
	recrawl bool
	every   time.Duration

	ignoreCanonical bool

	ignoreRobots bool
	respectTDM   bool
	userAgent    string
	robotsToken  string
	fetching
	proxies []string
	timeout time.Duration
	maxBody string
	warc    string
	noLearn bool

	seedFiles []string
	quiet     bool
	progress  string
	logFormat string
	summary   string
	metrics   string
}

// otherNames are the names that flags of a crawl have in curl, wget and other crawlers.
// They are understood, and not shown.
var otherNames = map[string]string{
	"cacert":               "ca-cert",
	"list-only":            "list",
	"max-redirect":         "max-redirects",
	"max-redirs":           "max-redirects",
	"no-check-certificate": "insecure",
	"random-wait":          "random-delay",
	"urls-only":            "list",
}

func (f *crawlFlags) register(cmd *cobra.Command) {
	cmd.Flags().SetNormalizeFunc(func(_ *pflag.FlagSet, name string) pflag.NormalizedName {
		if ours, ok := otherNames[name]; ok {
			name = ours
		}
		return pflag.NormalizedName(name)
	})
	f.results.register(cmd)
	f.cleaning.register(cmd)
	f.discovery.register(cmd)
	f.rendering.register(cmd)
	fs := cmd.Flags()
	fs.IntVar(&f.maxPages, "max-pages", 0, "stop after `N` pages (0: no limit)")
	fs.IntVar(&f.maxArticles, "max-articles", 0, "stop after `N` records (0: no limit)")
	fs.IntVar(&f.maxFoundPerHost, "max-found-per-host", scrape.DefaultMaxFoundPerHost, "take no more than `N` URLs of one host from links, sitemaps and feeds (0: no limit)")
	fs.IntVar(&f.maxPerHost, "max-per-host", 0, "fetch no more than `N` pages of one host (0: no limit)")
	fs.IntVar(&f.maxArticlesPerHost, "max-articles-per-host", 0, "write no more than `N` records of one host (0: no limit)")
	fs.IntVar(&f.maxDepth, "max-depth", -1, "follow links `N` deep; 0 fetches only the URLs named (default: no limit)")
	fs.DurationVar(&f.maxTime, "max-time", 0, "stop after this `TIME`, as in 90s or 2h (0: no limit)")
	fs.IntVar(&f.workers, "workers", scrape.DefaultWorkers(), "make `N` requests at once, over all hosts; pages are cleaned two a processor, or 16, at once")
	fs.IntVar(&f.perHost, "per-host", 1, "open `N` connections to one host")
	fs.DurationVar(&f.delay, "delay", time.Second, "`TIME` between two requests to one host; a longer Crawl-delay is obeyed")
	fs.StringVar(&f.since, "since", "", "leave out articles published before `DATE`, as in 2026-01-31")
	fs.StringVar(&f.until, "until", "", "leave out articles published after `DATE`")
	fs.StringArrayVar(&f.include, "include", nil, "write only articles whose URLs match `REGEXP`; links are followed everywhere, unless --follow is given; may be repeated")
	fs.StringArrayVar(&f.follow, "follow", nil, "follow only the links of start URLs and of pages whose URLs match `REGEXP`, and fetch only those and what --include matches; may be repeated")
	fs.StringArrayVar(&f.exclude, "exclude", nil, "do not fetch URLs that match `REGEXP`; may be repeated")
	fs.StringVar(&f.scope, "scope", string(scrape.ScopeHost), "follow links within this `SCOPE` of the start URLs: "+strings.Join(scrape.Scopes(), ", "))
	fs.BoolVar(&f.add, "append", false, "add to the FILE of -o, as --state and --nats do by themselves; without them the first record replaces what FILE has")
	fs.StringVar(&f.state, "state", "", "keep the state of the crawl in `DIR`, to continue after an interruption")
	fs.StringVar(&f.nats, "nats", "", "share the crawl through the NATS servers at `URL`")
	fs.StringVar(&f.job, "job", "", "`NAME` of the crawl among those on the NATS servers")
	fs.BoolVar(&f.collect, "collect", false, "with --nats: leave the records to \"newsclip collect\"")
	fs.BoolVar(&f.recrawl, "recrawl", false, "with --state or --nats: fetch the pages of a finished crawl again, and write what changed")
	fs.DurationVar(&f.every, "every", 0, "with --state or --nats: watch the sites, with a round every `TIME`, as in 15m, and write what is new and what changed")
	fs.BoolVar(&f.ignoreCanonical, "ignore-canonical", false, "write every article from its own URL, whatever canonical URL it names")
	fs.BoolVar(&f.ignoreRobots, "ignore-robots", false, "fetch URLs that robots.txt disallows")
	fs.BoolVar(&f.respectTDM, "respect-tdm", false, "leave out pages that reserve text and data mining, or have the directive noai")
	fs.StringVar(&f.userAgent, "user-agent", "", "`TEXT` of the User-Agent header (default newsclip and its version)")
	fs.StringVar(&f.robotsToken, "robots-token", "", "obey the group of robots.txt for the product token `NAME` (default newsclip)")
	f.fetching.register(cmd)
	fs.StringArrayVar(&f.proxies, "proxy", nil, "send requests through the proxy at `URL` (http, https, socks5); several take turns (default: those of HTTP_PROXY, HTTPS_PROXY, ALL_PROXY and NO_PROXY)")
	fs.DurationVar(&f.timeout, "timeout", scrape.DefaultTimeout, "end a request when no data was received for this `TIME`")
	fs.StringVar(&f.maxBody, "max-body", "10MiB", "largest page, decoded, as `SIZE`")
	fs.StringVar(&f.warc, "warc", "", "store every answer in `FILE` (WARC 1.1; .gz compresses)")
	fs.BoolVar(&f.noLearn, "no-learn", false, "clean every page by itself, without learning what the pages of a site repeat")
	fs.BoolVar(&f.quiet, "quiet", false, "print neither progress nor summary on standard error")
	fs.StringArrayVar(&f.seedFiles, "seeds", nil, "start from the list in `FILE` too: lines, JSON Lines, CSV or OPML, with options for each site; - as a URL reads such a list from standard input; may be repeated")
	fs.StringVar(&f.progress, "progress", progressAuto, "`FORM` of the progress on standard error: auto, a line on a terminal that shows nothing else; plain, a line a minute; none")
	fs.StringVar(&f.logFormat, "log-format", "text", "`FORMAT` of the log: text, json")
	fs.StringVar(&f.summary, "summary", "", "write the summary as JSON to `FILE`")
	fs.StringVar(&f.metrics, "metrics", "", "serve Prometheus metrics on `ADDR`, as in localhost:9090; /metrics?hosts=all has every host")
	completeWith(cmd, "scope", scrape.Scopes()...)
	completeWith(cmd, "log-format", "text", "json")
	completeWith(cmd, "progress", progressForms...)
}

// options checks the flags and returns what they come to, but for the log. Nothing
// is opened or fetched, apart from the file of --cookie-file and standard input.
func (f *crawlFlags) options(ctx context.Context, e *env, args []string) (scrape.Options, error) {
	var o scrape.Options
	if err := f.results.check(e); err != nil {
		return o, err
	}
	if err := f.cleaning.check(); err != nil {
		return o, err
	}
	if err := f.rendering.checkUsed(); err != nil {
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
	if err = f.setSeeds(ctx, e, args, &o); err != nil {
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
	if o.Follow, err = compileAll("follow", f.follow); err != nil {
		return o, err
	}
	if o.Exclude, err = compileAll("exclude", f.exclude); err != nil {
		return o, err
	}
	o.Scope = scrape.Scope(f.scope)
	if !slices.Contains(scrape.Scopes(), f.scope) {
		return o, usagef("--scope takes "+strings.Join(scrape.Scopes(), ", "), "--scope: unknown scope %q", f.scope)
	}
	o.IgnoreCanonical, o.RobotsToken = f.ignoreCanonical, f.robotsToken
	o.MaxPerHost, o.MaxArticlesPerHost = f.maxPerHost, f.maxArticlesPerHost
	if o.MaxFoundPerHost = f.maxFoundPerHost; o.MaxFoundPerHost == 0 {
		o.MaxFoundPerHost = -1
	}
	o.IgnoreRobots, o.RespectTDM, o.Recrawl = f.ignoreRobots, f.respectTDM, f.recrawl
	if o.Proxies, err = parseProxies(f.proxies); err != nil {
		return o, err
	}
	if err := f.fetching.options(&o); err != nil {
		return o, err
	}
	o.Timeout = f.timeout
	size, err := humanize.ParseBytes(f.maxBody)
	const hint = "write a size as in 10MiB, 500kB or 2000000"
	switch {
	case err != nil, size > 1<<40:
		return o, usagef(hint, "--max-body: %q is not a size", f.maxBody)
	case size < 1<<10:
		return o, usagef(hint, "--max-body: %s is %d bytes, which no page fits into", f.maxBody, size)
	}
	o.MaxBody = int64(size)
	return o, nil
}

// maxWorkers is how many pages or requests may be worked on at once. Each takes some
// kilobytes before there is anything to do.
const maxWorkers = 10_000

func usageTooMany(flag string, n int) error {
	return usagef(fmt.Sprintf("--%s takes %d at most", flag, maxWorkers), "--%s: %d is too large", flag, n)
}

func (f *crawlFlags) checkCounts() error {
	for _, n := range []struct {
		flag  string
		n     int
		least int
	}{
		{"max-pages", f.maxPages, 0}, {"max-articles", f.maxArticles, 0}, {"max-depth", f.maxDepth, -1},
		{"max-per-host", f.maxPerHost, 0}, {"max-found-per-host", f.maxFoundPerHost, 0}, {"max-articles-per-host", f.maxArticlesPerHost, 0},
		{"workers", f.workers, 1}, {"per-host", f.perHost, 1},
	} {
		if n.n < n.least {
			return usagef(fmt.Sprintf("--%s takes %d or more", n.flag, max(n.least, 0)), "--%s: %d is too small", n.flag, n.n)
		}
	}
	for flag, n := range map[string]int{"workers": f.workers, "per-host": f.perHost} {
		if n > maxWorkers {
			return usageTooMany(flag, n)
		}
	}
	for _, d := range []struct {
		flag string
		d    time.Duration
		zero bool
	}{{"every", f.every, true}, {"delay", f.delay, true}, {"max-time", f.maxTime, true}, {"timeout", f.timeout, false}} {
		if d.d < 0 || d.d == 0 && !d.zero {
			return usagef("write a time as in 1s, 500ms or 2m", "--%s: %v is too short", d.flag, d.d)
		}
	}
	return nil
}

// checkPlace checks the flags that say where the crawl and its records are kept.
func (f *crawlFlags) checkPlace() error {
	format := f.results.chosen()
	switch {
	case f.state != "" && f.nats != "":
		return usagef("--state keeps the crawl on this machine, --nats on the servers: use one of them", "--state and --nats exclude each other")
	case f.nats != "" && f.job == "":
		return usagef("add --job NAME, the same for all workers of one crawl", "--nats needs a name for the crawl")
	case f.nats == "" && f.job != "":
		return usagef("add --nats URL, where the job is", "--job is for crawls on NATS servers")
	case f.collect && f.nats == "":
		return usagef("leave it out: a crawl on one machine writes its own records", "--collect is for crawls on NATS servers")
	case f.collect && f.results.path != "":
		return usagef("use -o with newsclip collect", "--collect leaves the records to newsclip collect: nothing would be written to -o")
	case f.recrawl && f.state == "" && f.nats == "":
		return usagef("add --state DIR, the folder of the crawl to repeat", "--recrawl needs the state of a finished crawl")
	case f.every > 0 && f.state == "" && f.nats == "":
		return usagef("add --state DIR, where the watch keeps what it has seen, or --nats URL", "--every needs a state")
	case f.every > 0 && f.recrawl:
		return usagef("leave --recrawl out: each round of a watch is one", "--every and --recrawl exclude each other")
	case f.every > 0 && f.list:
		return usagef("leave one of them out", "--every writes articles, and --list lists URLs")
	case strings.Trim(f.robotsToken, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_") != "":
		return usagef("a product token has letters, - and _ alone (RFC 9309)", "--robots-token: %q is not a product token", f.robotsToken)
	case !slices.Contains(progressForms, f.progress):
		return usagef("--progress takes "+strings.Join(progressForms, ", "), "--progress: unknown form %q", f.progress)
	case f.logFormat != "text" && f.logFormat != "json":
		return usagef("--log-format takes text or json", "--log-format: unknown format %q", f.logFormat)
	case (f.state != "" || f.nats != "") && !format.Appendable:
		return usagef("use --format jsonl, or newsclip crawl … | newsclip convert --format "+format.Name+" -", "a crawl that can be continued adds to its output, and records cannot be added to %s files", format.Name)
	case slices.Contains(append(foreignEndings, ".zst"), strings.ToLower(filepath.Ext(f.warc))):
		return usagef("name it FILE.warc.gz", "--warc: %s files are not written", filepath.Ext(f.warc))
	case f.add && f.results.path == "":
		return usagef("add -o FILE, or use >> FILE", "--append is for the file of -o")
	case f.add && !format.Appendable && fileExists(f.results.path):
		return usagef("use another -o, or --format jsonl", "-o: %s exists, and records cannot be added to %s files", f.results.path, format.Name)
	}
	return nil
}

func fileExists(path string) bool {
	fi, err := os.Stat(path)
	return err == nil && fi.Mode().IsRegular() && fi.Size() > 0
}
