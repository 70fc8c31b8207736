package browser

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"sync"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/remote"

	"newsclip/scrape"
)

// Options say which browser renders pages, and within which bounds.
type Options struct {
	// Path is the program of a browser, or the address of one that runs: ws://,
	// wss://, or http:// with the port of its debugging protocol. Empty means the
	// first of the known browsers that is installed.
	Path string
	// Tabs is the number of pages that are rendered at once; 0 means 2.
	Tabs int
	// Time is how long a page may take while nothing is requested for it; 0 means
	// DefaultTime. The waits for the paces of hosts do not count.
	Time time.Duration
}

// DefaultTime is how long a page may take.
const DefaultTime = 20 * time.Second

const (
	defaultTabs = 2
	// wholeTime is how many times Options.Time a page may take in all.
	wholeTime = 10
	// startTime is how long the start of a browser, and its end, may take.
	startTime = 30 * time.Second
	// pagesOfBrowser is after how many pages a browser is replaced: it keeps some of
	// their memory.
	pagesOfBrowser = 500
	// scriptMemory bounds what the scripts of a page keep, in MiB.
	scriptMemory = 512
)

// ErrNotFound is returned by New where no browser is installed.
var ErrNotFound = errors.New("no browser was found: install Chromium or Chrome, or name one")

// A Browser renders pages. It is a [scrape.Renderer].
type Browser struct {
	o    Options
	tabs chan struct{}

	mu     sync.Mutex
	now    *process // nil where none runs
	closed bool
}

var _ scrape.Renderer = (*Browser)(nil)

// New returns a Browser, which is to be closed. It checks that the program is there,
// and starts nothing. The error is ErrNotFound, or that of the program that was named.
func New(o Options) (*Browser, error) {
	if o.Tabs <= 0 {
		o.Tabs = defaultTabs
	}
	if o.Time <= 0 {
		o.Time = DefaultTime
	}
	if !isRemote(o.Path) {
		path, err := find(o.Path)
		if err != nil {
			return nil, err
		}
		o.Path = path
	}
	return &Browser{o: o, tabs: make(chan struct{}, o.Tabs)}, nil
}

func isRemote(path string) bool {
	scheme, _, ok := strings.Cut(path, "://")
	return ok && (scheme == "ws" || scheme == "wss" || scheme == "http")
}

// find returns the path of a browser's program.
func find(named string) (string, error) {
	if named != "" {
		path, err := exec.LookPath(named)
		if err != nil {
			return "", fmt.Errorf("no browser can be started: %w", err)
		}
		return path, nil
	}
	for _, name := range programs[runtime.GOOS] {
		if path, err := exec.LookPath(os.ExpandEnv(name)); err == nil {
			return path, nil
		}
	}
	for _, name := range programs[""] {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", ErrNotFound
}

// programs are the places where browsers are installed, by system, and their names on
// any.
var programs = map[string][]string{
	"": {
		"chromium", "chromium-browser", "chromium-headless-shell", "google-chrome", "google-chrome-stable", "chrome",
		"headless_shell", "headless-shell", "microsoft-edge", "microsoft-edge-stable", "msedge",
	},
	"darwin": {
		"/Applications/Chromium.app/Contents/MacOS/Chromium",
		"/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
		"/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
	},
	"windows": {
		`${ProgramFiles}\Google\Chrome\Application\chrome.exe`,
		`${ProgramFiles(x86)}\Google\Chrome\Application\chrome.exe`,
		`${LocalAppData}\Google\Chrome\Application\chrome.exe`,
		`${LocalAppData}\Chromium\Application\chrome.exe`,
		`${ProgramFiles(x86)}\Microsoft\Edge\Application\msedge.exe`,
		`${ProgramFiles}\Microsoft\Edge\Application\msedge.exe`,
	},
}

// A process is a browser that runs, or a connection to one.
type process struct {
	ctx    context.Context // of chromedp
	cancel func()          // ends it, and waits until it has ended
	lost   <-chan struct{} // closed when there is no connection to it any more
	pages  int             // that were begun
	tabs   int             // that are open
	stuck  bool            // it did not close a tab in time
}

// take returns a browser that runs, with a tab more.
func (b *Browser) take() (*process, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.closed {
		return nil, errors.New("the browser was closed")
	}
	if p := b.now; p != nil && (p.isLost() || p.pages >= pagesOfBrowser) {
		b.now = nil
		if p.tabs == 0 {
			p.cancel()
		}
	}
	if b.now == nil {
		p, err := b.start()
		if err != nil {
			return nil, err
		}
		b.now = p
	}
	b.now.pages++
	b.now.tabs++
	return b.now, nil
}

// give gives a tab back, and reports whether the browser is lost to other pages by now.
// The last one ends a browser that was replaced, and one that was not closed in time ends
// its browser at once: it answers to no other page any more.
func (b *Browser) give(p *process, closed bool) (lost bool) {
	b.mu.Lock()
	lost = p.isLost() || p.stuck
	p.tabs--
	p.stuck = p.stuck || !closed
	if p.stuck && p == b.now {
		b.now = nil
	}
	end := p.stuck || p.tabs == 0 && (p != b.now || b.closed)
	b.mu.Unlock()
	if end {
		p.cancel()
	}
	return lost
}

func (p *process) isLost() bool {
	select {
	case <-p.lost:
		return true
	default:
		return false
	}
}

// Close ends the browser, when the pages in it are done.
func (b *Browser) Close() error {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.closed = true
	if p := b.now; p != nil && p.tabs == 0 {
		p.cancel()
	}
	return nil
}

// start starts a browser, or connects to one.
func (b *Browser) start() (*process, error) {
	var alloc context.Context
	var cancelAlloc context.CancelFunc
	if isRemote(b.o.Path) {
		alloc, cancelAlloc = remote.NewAllocator(context.Background(), b.o.Path)
	} else {
		alloc, cancelAlloc = chromedp.NewExecAllocator(context.Background(), b.flags()...)
	}
	quiet := func(string, ...any) {}
	ctx, cancel := chromedp.NewContext(alloc, chromedp.WithLogf(quiet), chromedp.WithErrorf(quiet))
	stop := sync.OnceFunc(func() {
		_ = within(context.Background(), startTime, errSilent, func() error { cancel(); cancelAlloc(); return nil })
	})
	most := b.o.Time
	if !isRemote(b.o.Path) {
		most = max(most, startTime)
	}
	if err := within(context.Background(), most, errSilent, func() error { return chromedp.Do(ctx) }); err != nil {
		go stop()
		return nil, fmt.Errorf("no browser can be started: %w", err)
	}
	return &process{ctx: ctx, cancel: stop, lost: chromedp.FromContext(ctx).Browser.LostConnection}, nil
}

var errSilent = errors.New("it does not answer")

// within calls f. It returns late where that takes longer than most, the error of ctx where
// that ends before, and an error where f panics: the library that speaks with a browser trusts what is at the address.
func within(ctx context.Context, most time.Duration, late error, f func() error) error {
	done := make(chan error, 1)
	go func() {
		defer func() {
			if p := recover(); p != nil {
				done <- fmt.Errorf("the browser's answers make no sense: %v", p)
			}
		}()
		done <- f()
	}()
	timer := time.NewTimer(most)
	defer timer.Stop()
	select {
	case err := <-done:
		return err
	case <-timer.C:
		return late
	case <-ctx.Done():
		return ctx.Err()
	}
}

// flags are those that a browser is started with.
func (b *Browser) flags() []chromedp.ExecAllocatorOption {
	flags := []chromedp.ExecAllocatorOption{
		chromedp.ExecPath(b.o.Path), chromedp.Headless, chromedp.NoFirstRun, chromedp.NoDefaultBrowserCheck,
		// What passes by the protocol finds no server.
		chromedp.Flag("host-resolver-rules", "MAP * ~NOTFOUND"),
		chromedp.Flag("force-webrtc-ip-handling-policy", "disable_non_proxied_udp"),
		chromedp.Flag("webrtc-ip-handling-policy", "disable_non_proxied_udp"),
		// A page is loaded from the address that it has.
		chromedp.Flag("disable-features", "HttpsUpgrades,HttpsFirstBalancedModeAutoEnable,MediaRouter,OptimizationHints,Translate"),
		chromedp.Flag("js-flags", fmt.Sprintf("--max-old-space-size=%d", scriptMemory)),
	}
	for _, name := range []string{
		"block-new-web-contents", "disable-background-networking", "disable-background-timer-throttling",
		"disable-backgrounding-occluded-windows", "disable-breakpad", "disable-client-side-phishing-detection",
		"disable-component-update", "disable-default-apps", "disable-dev-shm-usage", "disable-domain-reliability",
		"disable-extensions", "disable-gpu", "disable-hang-monitor", "disable-notifications", "disable-prompt-on-repost", "disable-quic",
		"disable-renderer-backgrounding", "disable-speech-api", "disable-sync", "metrics-recording-only", "no-pings",
		"use-mock-keychain",
	} {
		flags = append(flags, chromedp.Flag(name, true))
	}
	if runtime.GOOS != "windows" {
		// The browser gets none of the secrets in the environment, and no proxies.
		flags = append(flags, chromedp.NoInheritEnv)
		for _, name := range []string{"HOME", "LANG", "LC_ALL", "PATH", "TMPDIR", "XDG_RUNTIME_DIR"} {
			if v := os.Getenv(name); v != "" {
				flags = append(flags, chromedp.Env(name+"="+v))
			}
		}
	}
	return flags
}

// Render returns the HTML of a page after its scripts have run. See the package's doc.
func (b *Browser) Render(ctx context.Context, u *scrape.Unrendered, load scrape.LoadFunc) (*scrape.Rendered, error) {
	select {
	case b.tabs <- struct{}{}:
		defer func() { <-b.tabs }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	for again := true; ; again = false {
		p, err := b.take()
		if err != nil {
			return nil, err
		}
		r, closed, err := b.render(ctx, p, u, load)
		lost := b.give(p, closed)
		switch {
		case err == nil || ctx.Err() != nil:
			return r, cmp.Or(ctx.Err(), err)
		case lost && again:
			// It may have been another page on which the browser has died.
		case lost:
			return nil, errors.New("the browser has died")
		default:
			return nil, err
		}
	}
}
