package browser

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"time"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/css"
	"github.com/chromedp/cdproto/dom"
	"github.com/chromedp/cdproto/fetch"
	"github.com/chromedp/cdproto/inspector"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/cdproto/target"
	"github.com/chromedp/chromedp"

	"newsclip/scrape"
)

const (
	// width and height are those of the window, in CSS pixels.
	width, height = 1280, 1600
	// quietTime is how long nothing must be under way before a page is taken for done.
	quietTime = 500 * time.Millisecond
	tick      = 50 * time.Millisecond
	// noServer is the proxy of all requests that are not answered here; names under
	// .invalid are no hosts (RFC 6761, 6.4).
	noServer = "http://newsclip.invalid:9"
	// loopbackToo sends requests to this machine to the proxy as well.
	loopbackToo = "<-loopback>"
)

// A tab is a page that is being rendered.
type tab struct {
	u    *scrape.Unrendered
	load scrape.LoadFunc
	ctx  context.Context // of chromedp
	main cdp.FrameID

	mu       sync.Mutex
	served   int       // times that the page itself was asked for
	under    int       // requests under way
	last     time.Time // when the last one ended, or something else has happened
	loaded   bool      // the document and its first scripts have loaded
	location string    // where scripts lead to
	crashed  bool
	stopped  bool   // nothing is loaded any more
	asked    int    // requests that were made
	bytes    int    // of them
	flooded  bool   // they were too many
	end      func() // ends the work on the page
}

var (
	errTime    = errors.New("the page took too long")
	errFlooded = errors.New("the page makes requests without end")
	errCrashed = errors.New("the page has crashed the browser's tab: it may need too much memory")
)

// render renders a page in a tab of its own, and reports whether that was closed in time.
func (b *Browser) render(ctx context.Context, p *process, u *scrape.Unrendered, load scrape.LoadFunc) (r *scrape.Rendered, closed bool, err error) {
	t := &tab{u: u, load: load, last: time.Now()}
	tabCtx, _ := chromedp.NewContext(p.ctx, chromedp.WithListener(t.event),
		chromedp.WithNewBrowserContext(func(o *target.CreateBrowserContextParams) {
			o.ProxyServer, o.ProxyBypassList = noServer, loopbackToo
		}))
	defer func() {
		t.detach(b.o.Time)
		late := within(context.Background(), b.o.Time, errTime, func() error { return chromedp.Cancel(tabCtx) })
		closed = late != errTime && !errors.Is(late, context.DeadlineExceeded)
	}()
	t.ctx = tabCtx
	r, err = b.renderIn(ctx, t)
	return r, closed, err
}

func (b *Browser) renderIn(ctx context.Context, t *tab) (*scrape.Rendered, error) {
	// The first command opens the tab; a context that ended with it would end the tab.
	if err := within(ctx, b.o.Time, errTime, t.open); err != nil {
		return nil, err
	}
	work, cancel := context.WithTimeoutCause(t.ctx, wholeTime*b.o.Time, errTime)
	defer cancel()
	t.mu.Lock()
	t.end = cancel
	t.mu.Unlock()
	stop := context.AfterFunc(ctx, cancel)
	defer stop()
	var r *scrape.Rendered
	shown := make(chan *scrape.Rendered, 1)
	err := within(context.Background(), (wholeTime+1)*b.o.Time, errTime, func() error {
		r, err := t.show(work, b.o.Time)
		shown <- r
		return err
	})
	if err == nil {
		r = <-shown
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.stopped = true
	switch {
	case t.crashed:
		return nil, errCrashed
	case t.flooded:
		return nil, errFlooded
	case t.location != "":
		return &scrape.Rendered{Location: t.location}, nil
	case err != nil && errors.Is(context.Cause(work), errTime):
		return nil, errTime
	}
	return r, err
}

// open opens the tab, and sets what holds for it.
func (t *tab) open() error {
	if err := chromedp.Do(t.ctx); err != nil {
		return fmt.Errorf("opening a tab: %w", err)
	}
	c := chromedp.FromContext(t.ctx)
	t.main = cdp.FrameID(c.Target.TargetID)
	_, err := cdp.Call(t.ctx, c.Browser, browser.SetDownloadBehavior, browser.SetDownloadBehaviorParams{
		Behavior: browser.SetDownloadBehaviorBehaviorDeny, BrowserContextID: c.BrowserContextID,
	})
	if err != nil {
		return fmt.Errorf("refusing downloads: %w", err)
	}
	for _, call := range []func() error{
		command(t.ctx, network.SetBypassServiceWorker, network.SetBypassServiceWorkerParams{Bypass: true}),
		command(t.ctx, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: guardScript}),
		command(t.ctx, fetch.Enable, fetch.EnableParams{Patterns: []*fetch.RequestPattern{{URLPattern: "*"}}}),
	} {
		if err := call(); err != nil {
			return fmt.Errorf("preparing a tab: %w", err)
		}
	}
	if err := chromedp.Do(t.ctx, chromedp.EmulateViewport(width, height)); err != nil {
		return err
	}
	// The library has asked for events that nobody looks at, of which a page can make
	// a gigabyte in a second.
	for _, call := range []func() error{
		command(t.ctx, log.Disable, cdp.Empty{}), command(t.ctx, runtime.Disable, cdp.Empty{}),
		command(t.ctx, css.Disable, cdp.Empty{}), command(t.ctx, dom.Disable, cdp.Empty{}), command(t.ctx, network.Disable, cdp.Empty{}),
	} {
		if err := call(); err != nil {
			return fmt.Errorf("preparing a tab: %w", err)
		}
	}
	return nil
}

// detach ends the events of the tab while they are still taken: the library reads nothing
// more of any tab where those of one that it has left are too many.
func (t *tab) detach(most time.Duration) {
	c := chromedp.FromContext(t.ctx)
	if c == nil || c.Target == nil || t.ctx.Err() != nil {
		return
	}
	ctx, cancel := context.WithTimeout(t.ctx, most)
	defer cancel()
	_ = within(ctx, most, errTime, func() error {
		_, err := cdp.Call(ctx, c.Browser, target.DetachFromTarget, target.DetachFromTargetParams{SessionID: c.Target.SessionID})
		return err
	})
}

// command returns a function that makes a call.
func command[P, R any](ctx context.Context, c cdp.Command[P, R], params P) func() error {
	return func() error { _, err := chromedp.Call(ctx, c, params); return err }
}

// show loads the page and returns its HTML when it is done.
func (t *tab) show(ctx context.Context, most time.Duration) (*scrape.Rendered, error) {
	clock := &clock{left: most}
	if _, err := chromedp.Call(ctx, page.Navigate, page.NavigateParams{URL: t.u.URL.String()}); err != nil {
		return nil, fmt.Errorf("loading the page: %w", err)
	}
	if err := t.settle(ctx, clock); err != nil {
		return nil, err
	}
	if err := t.scroll(ctx, clock); err != nil {
		return nil, err
	}
	t.mu.Lock()
	away := t.location != "" || t.crashed || t.flooded
	t.mu.Unlock()
	if away {
		return nil, nil
	}
	html, err := evaluate[string](ctx, t, clock, fmt.Sprintf(htmlScript, t.u.MaxBytes))
	if err != nil {
		return nil, fmt.Errorf("reading the page: %w", err)
	}
	if html == "" {
		return nil, fmt.Errorf("the page is larger than %d bytes after its scripts have run", t.u.MaxBytes)
	}
	return &scrape.Rendered{HTML: []byte(html)}, nil
}

// A clock holds the time that a page may still take.
type clock struct{ left time.Duration }

// settle waits until nothing is under way for a while, or the time is over: what the
// page shows then is taken. Where scripts lead to another page, it returns at once.
func (t *tab) settle(ctx context.Context, c *clock) error {
	for c.left > 0 {
		t.mu.Lock()
		idle := t.under == 0
		done := t.location != "" || t.crashed || t.flooded || t.loaded && idle && time.Since(t.last) >= quietTime
		t.mu.Unlock()
		if done {
			return nil
		}
		if idle {
			c.left -= tick
		}
		select {
		case <-time.After(tick):
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	}
	return nil
}

// scroll shows the parts of the page that its window does not, for the pictures and
// texts that are loaded late. Pictures make the page longer as they come; one that
// grows by more than half is not followed to its end.
func (t *tab) scroll(ctx context.Context, c *clock) error {
	most, k := maxScrolls, 0
	for ; k < most; k++ {
		if c.left <= 0 {
			return nil
		}
		// Smooth scrolling would take its time.
		steps, err := evaluate[int](ctx, t, c, fmt.Sprintf("(scrollTo({top: innerHeight * %d, behavior: 'instant'}), Math.ceil(document.documentElement.scrollHeight / innerHeight) - 1)", k+1))
		if err != nil {
			return nil // the page is taken as it is
		}
		if k == 0 {
			most = min(most, steps+steps/2)
		}
		if k >= steps {
			break
		}
		select {
		case <-time.After(scrollTime):
			c.left -= scrollTime
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	}
	if k == 0 {
		return nil
	}
	t.touch()
	return t.settle(ctx, c)
}

const (
	// maxScrolls is how many windows of a page are shown, and scrollTime how long each.
	maxScrolls = 20
	scrollTime = 60 * time.Millisecond
)

// evaluate returns the value of an expression, computed apart from the page's own
// scripts, which could have changed what it calls.
func evaluate[T any](ctx context.Context, t *tab, c *clock, expression string) (v T, err error) {
	begun := time.Now()
	ctx, cancel := context.WithTimeoutCause(ctx, max(c.left, time.Second), errTime)
	defer func() {
		cancel()
		c.left -= time.Since(begun)
	}()
	world, err := chromedp.Call(ctx, page.CreateIsolatedWorld, page.CreateIsolatedWorldParams{FrameID: t.main, WorldName: "newsclip"})
	if err == nil {
		v, err = chromedp.Run(ctx, chromedp.Evaluate[T](expression, func(p *runtime.EvaluateParams) { p.ContextID = world.ExecutionContextID }))
	}
	if err != nil && ctx.Err() != nil {
		err = context.Cause(ctx)
	}
	return v, err
}

// event takes an event of the tab. It must not wait.
func (t *tab) event(ev any) {
	switch ev := ev.(type) {
	case *fetch.EventRequestPaused:
		if ev.Request == nil {
			return // no browser sends that
		}
		if t.takes(ev) {
			go t.answer(ev)
		}
	case *page.EventLoadEventFired:
		t.mu.Lock()
		t.loaded, t.last = true, time.Now()
		t.mu.Unlock()
	case *page.EventJavascriptDialogOpening:
		go func() { _, _ = chromedp.Call(t.ctx, page.HandleJavaScriptDialog, page.HandleJavaScriptDialogParams{}) }()
	case *inspector.EventTargetCrashed:
		t.mu.Lock()
		t.crashed = true
		t.mu.Unlock()
	}
}

// A page may make as many requests, of as many bytes together, as no page needs that shows
// an article. Most of them are answered without the network.
const (
	maxAsked      = 5_000
	maxAskedBytes = 16 << 20
)

// takes notes that a request is made, and reports whether it is to be answered. The page
// ends where it makes too many.
func (t *tab) takes(ev *fetch.EventRequestPaused) bool {
	n := len(ev.Request.URL)
	for name, value := range ev.Request.Headers {
		n += len(name)
		if s, ok := value.(string); ok {
			n += len(s)
		}
	}
	for _, e := range ev.Request.PostDataEntries {
		n += len(e.Bytes)
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.asked++
	t.bytes += n
	if t.flooded = t.flooded || t.asked > maxAsked || t.bytes > maxAskedBytes; t.flooded {
		if t.end != nil {
			t.end()
		}
		return false
	}
	t.under++
	return true
}

// touch begins the time of quiet anew.
func (t *tab) touch() {
	t.mu.Lock()
	t.last = time.Now()
	t.mu.Unlock()
}

// ended notes that a request is answered.
func (t *tab) ended() {
	t.mu.Lock()
	t.under--
	t.last = time.Now()
	t.mu.Unlock()
}

// fieldsNotSent are header fields of an answer that are about its bytes on the way.
var fieldsNotSent = http.Header{
	"Connection": nil, "Content-Disposition": nil, "Content-Encoding": nil, "Content-Length": nil, "Keep-Alive": nil,
	"Link": nil, "Refresh": nil, "Transfer-Encoding": nil,
}
