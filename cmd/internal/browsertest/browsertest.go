// Package browsertest runs tests in headless Chromium. Start returns a context for
// Do and Eval, Emulate sets how wide and how bright the page is, Axe looks for
// faults that shut people out, and Screenshot keeps a picture for those who want to
// look at it.
//
// A test skips, and says so, where the machine has no Chromium. Axe does where it
// has no axe-core.
package browsertest

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// names are those of Chromium's program, the likeliest first.
var names = []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable"}

// most is how long all that a test does in a browser may take.
const most = 3 * time.Minute

// Start starts a browser with a new profile, which ends with the test, and returns
// the context of its first tab.
func Start(t testing.TB) context.Context {
	t.Helper()
	program := find()
	if program == "" {
		t.Skip("there is no Chromium here")
	}
	flags := []chromedp.ExecAllocatorOption{
		chromedp.ExecPath(program), chromedp.UserDataDir(profile(t)), chromedp.NoFirstRun, chromedp.NoDefaultBrowserCheck,
		chromedp.WSURLReadTimeout(time.Minute), // where many tests run at once
	}
	for _, name := range []string{
		"headless", "disable-gpu", "disable-quic", "disable-background-networking", "disable-component-update", "disable-sync",
		"disable-dev-shm-usage", "hide-scrollbars",
	} {
		flags = append(flags, chromedp.Flag(name, true))
	}
	if os.Geteuid() == 0 {
		flags = append(flags, chromedp.NoSandbox) // Chromium refuses to run as root with one
	}
	ctx, cancel := context.WithTimeout(context.Background(), most)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewExecAllocator(ctx, flags...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	Do(t, ctx, chromedp.Navigate("about:blank"))
	return ctx
}

// find returns the path of Chromium's program, or "".
func find() string {
	for _, name := range names {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	return ""
}

// profile returns a folder for a profile. The browser may write to it for a moment
// after it has ended, so that it is removed with patience.
func profile(t testing.TB) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "newsclip-browser-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		for range 20 {
			if err = os.RemoveAll(dir); err == nil {
				return
			}
			time.Sleep(50 * time.Millisecond)
		}
		t.Log(err)
	})
	return dir
}

// Do takes steps, each of which must succeed.
func Do(t testing.TB, ctx context.Context, steps ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	if err := chromedp.Do(ctx, steps...); err != nil {
		t.Fatalf("in the browser: %v", err)
	}
}

// Eval returns the value of an expression in the page, after it has settled where it
// is a promise.
func Eval[T any](t testing.TB, ctx context.Context, expression string) T {
	t.Helper()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatalf("in the browser: %s: %v", expression, err)
	}
	return v
}

// settles is how long Within waits.
const settles = 30 * time.Second

// Within waits until an expression is true in the page, or in the one that follows it.
func Within(t testing.TB, ctx context.Context, expression string) {
	t.Helper()
	for end := time.Now().Add(settles); time.Now().Before(end) && ctx.Err() == nil; time.Sleep(20 * time.Millisecond) {
		// While a page gives way to the next there is nothing to ask.
		if ok, err := chromedp.Run(ctx, chromedp.Evaluate[bool]("!!("+expression+")")); err == nil && ok {
			return
		}
	}
	t.Fatalf("%s does not come true:\n%s", expression, Eval[string](t, ctx, "document.body.innerText"))
}

// Emulate shows pages in a window of the given size in CSS pixels, to a reader who
// prefers dark colours where dark is set.
func Emulate(t testing.TB, ctx context.Context, width, height int64, dark bool) {
	t.Helper()
	scheme := "light"
	if dark {
		scheme = "dark"
	}
	Do(t, ctx, chromedp.EmulateViewport(width, height))
	_, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}},
	})
	if err != nil {
		t.Fatal(err)
	}
}

// Screenshot writes the page in its whole length to NAME.png in the folder that the
// variable NEWSCLIP_SCREENSHOTS names; without it, nothing.
func Screenshot(t testing.TB, ctx context.Context, name string) {
	t.Helper()
	dir := os.Getenv("NEWSCLIP_SCREENSHOTS")
	if dir == "" {
		return
	}
	png, err := chromedp.Run(ctx, chromedp.FullScreenshot(100))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, name+".png"), png, 0o666); err != nil {
		t.Error(err)
	}
}

// violation is a fault that axe-core has found.
type violation struct {
	ID     string `json:"id"`
	Impact string `json:"impact"`
	Help   string `json:"help"`
	Nodes  []struct {
		HTML    string `json:"html"`
		Summary string `json:"failureSummary"`
	} `json:"nodes"`
}

// Axe fails the test where axe-core finds a fault in the page that is serious or
// critical. It looks for axe-core in the folders of NODE_PATH.
func Axe(t testing.TB, ctx context.Context) {
	t.Helper()
	script := axeScript()
	if script == "" {
		t.Log("axe-core is not installed here: accessibility is not checked")
		return
	}
	Do(t, ctx, chromedp.Evaluate[chromedp.Void](script+";undefined"))
	// Frames hold pages of others, which are shown as they are.
	found := Eval[[]violation](t, ctx, `axe.run(document, {iframes: false, resultTypes: ["violations"]}).then(r => r.violations)`)
	where := Eval[string](t, ctx, "location.href")
	for _, v := range found {
		if v.Impact != "serious" && v.Impact != "critical" {
			continue
		}
		var b strings.Builder
		for _, n := range v.Nodes[:min(3, len(v.Nodes))] {
			fmt.Fprintf(&b, "\n  %s\n  %s", n.HTML, n.Summary)
		}
		t.Errorf("%s: axe-core: %s (%s): %s, %d times%s", where, v.ID, v.Impact, v.Help, len(v.Nodes), &b)
	}
}

// axeScript returns the source of axe-core, or "".
func axeScript() string {
	for _, dir := range filepath.SplitList(os.Getenv("NODE_PATH")) {
		if b, err := os.ReadFile(filepath.Join(dir, "axe-core", "axe.min.js")); err == nil {
			return string(bytes.TrimSpace(b))
		}
	}
	return ""
}
