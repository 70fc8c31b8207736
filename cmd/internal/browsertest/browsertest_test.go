package browsertest

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/chromedp/chromedp"
)

// recorder keeps what a check has to say.
type recorder struct {
	testing.TB
	failed bool
}

func (r *recorder) Errorf(string, ...any) { r.failed = true }
func (r *recorder) Helper()               {}

func TestBrowser(t *testing.T) {
	ctx := Start(t)
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
		image := "<img src=x>" // without an alt
		if r.URL.Path == "/good" {
			image = "<img src=x alt=Ferry>"
		}
		_, _ = w.Write([]byte("<!doctype html><html lang=en><title>A page</title><style>body{color:#000}@media (prefers-color-scheme:dark){body{color:#fff}}</style><main><h1>A page</h1>" + image + "</main>"))
	}))
	t.Cleanup(srv.Close)
	Emulate(t, ctx, 400, 700, true)
	Do(t, ctx, chromedp.Navigate(srv.URL+"/good"))
	if w := Eval[int](t, ctx, "innerWidth"); w != 400 {
		t.Errorf("the window is %d wide", w)
	}
	if c := Eval[string](t, ctx, "getComputedStyle(document.body).color"); c != "rgb(255, 255, 255)" {
		t.Errorf("the dark colour is %s", c)
	}
	Axe(t, ctx)
	Do(t, ctx, chromedp.Navigate(srv.URL+"/bad"))
	if r := (&recorder{TB: t}); axeScript() != "" {
		if Axe(r, ctx); !r.failed {
			t.Error("axe-core does not find a picture without a text")
		}
	}
}
