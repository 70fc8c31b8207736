package main

import (
	"context"
	"errors"
	"fmt"
	"log"
	"net"
	"net/http"
	"os"
	"strings"
	"time"

	"github.com/dustin/go-humanize"
	"github.com/spf13/cobra"

	"newsclip/clean"
	"newsclip/cmd/internal/agents"
	"newsclip/cmd/internal/rulebook"
	"newsclip/cmd/internal/serve"
	"newsclip/output/leftover"
	"newsclip/scrape"
)

// serveFlags are the flags of "newsclip serve".
type serveFlags struct {
	rendering
	listen       string
	token        string
	origins      []string
	rules        string
	data         string
	search       string
	maxBody      string
	timeout      time.Duration
	workers      int
	crawls       int
	delay        time.Duration
	allowPrivate bool
	quiet        bool
}

// tokenVariable names the variable that the token is read from where there is no
// flag, since flags are seen by other users of the machine.
const tokenVariable = "NEWSCLIP_TOKEN"

func newServeCommand(e *env) *cobra.Command {
	var f serveFlags
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Clean pages and crawl sites over HTTP, for programs and in a browser",
		Long: `serve shows in a browser, at the address that it prints, what becomes of a page: what
is kept and what is removed, by which rule, and rules of the site that change it,
which are saved where --rules DIR is given.

For programs it answers HTTP requests: POST /v1/clean with a page gives its record, GET
/v1/clean?url= fetches the page first, POST /v1/batch cleans line by line, and
/v1/crawls begins crawls and hands out their records. /openapi.json describes it
all, /mcp is for agents that speak the Model Context Protocol.

It listens on this machine alone. On an address that others reach, --token or
` + tokenVariable + ` is required. Private addresses are never fetched, unless
--allow-private is given.

Ctrl-C ends it: requests are answered, and crawls go on from where they were at the
next start where --data DIR is given.`,
		Example: `  newsclip serve
  curl --data-binary @page.html 'localhost:7979/v1/clean?url=https://news.example/a'
  curl -H 'Accept: text/markdown' 'localhost:7979/v1/clean?url=https://news.example/a'
  NEWSCLIP_TOKEN=… newsclip serve --listen 0.0.0.0:7979 --data crawls`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, args []string) error { return runServe(cmd.Context(), e, &f) },
	}
	f.rendering.register(cmd)
	fs := cmd.Flags()
	fs.StringVar(&f.listen, "listen", "localhost:7979", "listen on this `ADDR`; port 0 takes a free one")
	fs.StringVar(&f.token, "token", "", "ask for this `TOKEN` (default: the variable "+tokenVariable+")")
	fs.StringSliceVar(&f.origins, "origin", nil, "let pages of this `ORIGIN` call the API from a browser, as in https://reader.example; may be repeated")
	fs.StringVar(&f.rules, "rules", "", "read rules for single sites from the files in `DIR`, and save those made in a browser there")
	fs.StringVar(&f.data, "data", "", "keep crawls in `DIR` (default: a temporary folder, removed at the end)")
	fs.StringVar(&f.search, "search", "", "let browsers and agents search the articles in this SQLite `FILE`")
	fs.StringVar(&f.maxBody, "max-body", "10MiB", "largest body of a request, as `SIZE`")
	fs.DurationVar(&f.timeout, "timeout", serve.DefaultTimeout, "give up a page that takes longer than `TIME` to arrive, or to clean")
	fs.IntVar(&f.workers, "workers", 0, "clean `N` pages at once (default: one a processor)")
	fs.IntVar(&f.crawls, "max-crawls", serve.DefaultMaxCrawls, "run no more than `N` crawls at once")
	fs.DurationVar(&f.delay, "delay", time.Second, "`TIME` between two requests to one host")
	fs.BoolVar(&f.allowPrivate, "allow-private", false, "fetch pages of private addresses too, where a request spells them out")
	fs.BoolVar(&f.quiet, "quiet", false, "do not print the address")
	return cmd
}

func runServe(ctx context.Context, e *env, f *serveFlags) error {
	o, end, err := f.options(e)
	if err != nil {
		return err
	}
	defer end()
	if f.data == "" {
		leftover.Remove(os.TempDir(), func(name string) bool { return strings.HasPrefix(name, serveTemp) })
		if o.Folder, err = os.MkdirTemp("", serveTemp); err != nil {
			return err
		}
		mark := leftover.MarkDir(o.Folder)
		defer func() {
			mark.Drop()
			_ = os.RemoveAll(o.Folder)
		}()
	} else if err := os.MkdirAll(f.data, 0o700); err != nil {
		return fmt.Errorf("--data: %w", err)
	}
	s, err := serve.New(*o)
	if err != nil {
		return err
	}
	defer keepMemoryBeside(s.LargePages)()
	ln, err := net.Listen("tcp", f.listen)
	if err != nil {
		return errors.Join(fmt.Errorf("--listen: %w", err), s.Close())
	}
	if !f.quiet {
		e.infof("listening on http://%s", ln.Addr())
	}
	return errors.Join(serveUntil(ctx, e, ln, s), s.Close())
}

// serveTemp begins the name of the folder of crawls without --data.
const serveTemp = "newsclip-serve-"

// The server's limits on connections. A body has a limit of its own.
const (
	headerTimeout   = 10 * time.Second
	idleTimeout     = 2 * time.Minute
	shutdownTimeout = 15 * time.Second
	// The fields of a header take four times its bytes. An address that is fetched has
	// 16 KiB at most.
	maxHeader      = 32 << 10
	maxConnections = 2000
)

// serveUntil serves until ctx ends, and then lets the requests at hand be answered.
func serveUntil(ctx context.Context, e *env, ln net.Listener, h http.Handler) error {
	// Streams of events end with the server.
	base, cancel := context.WithCancel(context.Background())
	defer cancel()
	srv := &http.Server{
		Handler: h, ReadHeaderTimeout: headerTimeout, IdleTimeout: idleTimeout, MaxHeaderBytes: maxHeader,
		ErrorLog: log.New(&logWriter{e: e}, "", 0), BaseContext: func(net.Listener) context.Context { return base },
	}
	ended := make(chan error, 1)
	go func() { ended <- srv.Serve(serve.Limit(srv, ln, maxConnections)) }()
	select {
	case err := <-ended:
		return err
	case <-ctx.Done():
	}
	stop, release := context.WithTimeout(context.Background(), shutdownTimeout)
	defer release()
	go func() {
		<-time.After(shutdownTimeout / 3)
		cancel()
	}()
	err := srv.Shutdown(stop)
	if errors.Is(err, context.DeadlineExceeded) {
		return srv.Close()
	}
	return err
}

// options checks the flags and returns the options of the server, and a function that
// ends what they hold.
func (f *serveFlags) options(e *env) (*serve.Options, func(), error) {
	token := f.token
	if token == "" {
		token = os.Getenv(tokenVariable)
	}
	host, _, err := net.SplitHostPort(f.listen)
	if err != nil {
		return nil, nil, usagef("write an address as in localhost:7979", "--listen: %v", err)
	}
	if token == "" && !isLoopback(host) {
		return nil, nil, usagef("set "+tokenVariable+" or --token, or listen on localhost", "--listen %s: others could use this server, so it needs a token", f.listen)
	}
	for _, origin := range f.origins {
		if !isURL(origin) || strings.Count(origin, "/") != 2 {
			return nil, nil, usagef("write an origin as in https://reader.example", "--origin: %q is not an origin", origin)
		}
	}
	if err := f.rendering.check(); err != nil {
		return nil, nil, err
	}
	size, err := humanize.ParseBytes(f.maxBody)
	if err != nil || size == 0 || size > clean.DefaultMaxBytes {
		return nil, nil, usagef("write a size as in 10MiB, at most 50MiB", "--max-body: %q is not a size for a page", f.maxBody)
	}
	for _, n := range []struct {
		flag  string
		wrong bool
	}{{"workers", f.workers < 0}, {"max-crawls", f.crawls < 1}, {"timeout", f.timeout <= 0}, {"delay", f.delay < 0}} {
		if n.wrong {
			return nil, nil, usagef("see newsclip serve --help", "--%s is too small", n.flag)
		}
	}
	if f.workers > maxWorkers {
		return nil, nil, usageTooMany("workers", f.workers)
	}
	var rules *rulebook.Book
	if f.rules != "" {
		if rules, err = rulebook.Open(f.rules); rules.Set() == nil {
			return nil, nil, fmt.Errorf("--rules: %w", err)
		}
		warnFaults(e, f.rules, err)
	}
	crawl := scrape.Options{
		UserAgent: userAgent(), Delay: f.delay, MaxBody: int64(size), Proxy: environmentProxy(), PublicOnly: !f.allowPrivate,
	}
	endBrowser, err := f.rendering.openBrowser(e, &crawl)
	if err != nil {
		return nil, nil, err
	}
	pages, endPages, err := newPageFetcher(crawl)
	if err != nil {
		endBrowser()
		return nil, nil, err
	}
	end, fetch := func() { endPages(); endBrowser() }, pages.page
	o := &serve.Options{
		Version: strings.TrimPrefix(versionString(), "v"), Token: token, Origins: f.origins, Rules: rules, Fetch: fetch, Crawl: crawl,
		Folder: f.data, MaxCrawls: f.crawls, MaxBody: int64(size), Timeout: f.timeout, Workers: f.workers, Search: f.search, Log: newLog(e, "text", f.quiet, false),
	}
	if crawl.Renderer != nil {
		o.Render = pages.rendered
	}
	o.Agents = agents.Handler(&agents.Options{
		Version: o.Version, Fetch: fetch, Crawl: crawl, Rules: rules.Set, Timeout: f.timeout, Search: f.search,
	})
	return o, end, nil
}

// isLoopback reports whether only programs of this machine reach a host.
func isLoopback(host string) bool {
	if host == "localhost" {
		return true
	}
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback()
}
