package serve

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	cdppage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/cdproto/target"
	"github.com/chromedp/chromedp"

	"newsclip/clean"
	"newsclip/cmd/internal/browsertest"
	"newsclip/scrape"
	"newsclip/testdata"
)

// reader serves a page of another origin, whose own script has written the article.
func reader(t *testing.T, header ...string) string {
	t.Helper()
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		for k := 0; k < len(header); k += 2 {
			w.Header().Set(header[k], header[k+1])
		}
		_, _ = fmt.Fprint(w, `<!doctype html><html lang=en><title>Ferry sails</title><body><main id=app></main><script>document.getElementById("app").innerHTML = "<article><h1>Ferry sails</h1>" + "<p>The ferry on the northern line left the harbour in the morning, and the crew said that the crossing was calm until the islands.</p>".repeat(3) + "</article>"</script>`)
	}))
	t.Cleanup(srv.Close)
	return strings.Replace(srv.URL, "127.0.0.1", "localhost", 1) + "/story"
}

// startAtRest starts a server that answers the first request for the bookmarklet's page
// with one that stays as it is, whose title is atRest. chromedp cannot take a tab that
// another has opened while its page changes: it has a data race there.
func startAtRest(t *testing.T, o Options) string {
	t.Helper()
	var first sync.Once
	return startBehind(t, o, func(s http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			rests := false
			if r.URL.Path == "/bookmarklet/receive" {
				first.Do(func() { rests = true })
			}
			if !rests {
				s.ServeHTTP(w, r)
				return
			}
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			_, _ = fmt.Fprintf(w, "<!doctype html><html lang=en><title>%s</title>", atRest)
		})
	})
}

const atRest = "At rest"

// choose chooses the bookmarklet on a page, and returns the tab that it opens, once the
// tab's title begins with the given one.
func choose(t *testing.T, ctx context.Context, base, address, title string) target.ID {
	t.Helper()
	browsertest.Do(t, ctx, chromedp.Navigate(base+"/bookmarklet"))
	code := browsertest.Eval[string](t, ctx, `document.querySelector("a.bookmarklet").href`)
	code, err := url.PathUnescape(strings.TrimPrefix(code, "javascript:"))
	if err != nil {
		t.Fatal(err)
	}
	browsertest.Do(t, ctx, chromedp.Navigate(address))
	gesture := true
	browsertest.Do(t, ctx, chromedp.Evaluate[chromedp.Void](code, func(p *runtime.EvaluateParams) { p.UserGesture = &gesture }))
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		tabs, err := chromedp.Targets(ctx)
		if err != nil {
			t.Fatal(err)
		}
		for _, tab := range tabs {
			if tab.OpenerID != "" && strings.HasPrefix(tab.URL, base) && strings.HasPrefix(tab.Title, title) {
				return tab.TargetID
			}
		}
	}
	t.Fatal("the bookmarklet opens nothing")
	return ""
}

// The bookmarklet sends what the reader sees, scripts' work included: at once from an
// origin that may call the server, and else once the reader agrees. It works where a
// token is asked for too.
func TestBookmarklet(t *testing.T) {
	address := reader(t, "Content-Security-Policy", "default-src 'self' 'unsafe-inline'; connect-src 'none'; form-action 'none'")
	origin := strings.TrimSuffix(address, "/story")
	for _, c := range []struct {
		name    string
		options Options
		agrees  bool
	}{
		{"an origin that may", Options{Origins: []string{origin}}, false},
		{"another, with a token", Options{Token: "s3cret"}, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			ctx := browsertest.Start(t)
			base := startAtRest(t, c.options)
			if c.options.Token != "" {
				browsertest.Do(t, ctx, chromedp.Navigate(base+"/login"), chromedp.SendKeys(chromedp.CSS("#token"), "s3cret\r"))
				browsertest.Within(t, ctx, `document.querySelector("#add")`)
			}
			tab, cancel := chromedp.NewContext(ctx, chromedp.WithTargetID(choose(t, ctx, base, address, atRest)))
			t.Cleanup(cancel)
			browsertest.Do(t, tab, chromedp.Reload())
			if c.agrees {
				browsertest.Within(t, tab, `document.querySelector("#receive button:not([hidden])")`)
				if said := browsertest.Eval[string](t, tab, `document.body.innerText`); !strings.Contains(said, origin+" sends the page "+address) {
					t.Errorf("the reader is asked:\n%s", said)
				}
				browsertest.Axe(t, tab)
				browsertest.Do(t, tab, chromedp.Click(chromedp.CSS("#receive button")))
			}
			browsertest.Within(t, tab, `document.querySelector("#first-kept")?.innerText.includes("northern line")`)
			if shown := browsertest.Eval[string](t, tab, `document.querySelector(".address").innerText`); shown != address {
				t.Errorf("the page is from %q", shown)
			}
		})
	}
}

// A page that cuts itself off from those that it opens sends a form, which the server
// takes from the origins that it lists.
func TestBookmarkletCutOff(t *testing.T) {
	ctx := browsertest.Start(t)
	address := reader(t, "Cross-Origin-Opener-Policy", "same-origin")
	origin := strings.TrimSuffix(address, "/story")
	base := start(t, Options{Origins: []string{origin}})
	choose(t, ctx, base, address, "")
	browsertest.Within(t, ctx, `location.origin === "`+base+`" && document.querySelector("#first-kept")`)
}

// A crawl's page follows the crawl by itself, and search and bookmarklet can be used by
// all. So can the text of a record.
func TestPagesInBrowser(t *testing.T) {
	ctx := browsertest.Start(t)
	newsroom, err := testdata.Newsroom()
	if err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewServer(newsroom)
	t.Cleanup(srv.Close)
	base := start(t, Options{Crawl: scrape.Options{Delay: 400 * time.Millisecond}, Search: searchable(t, "Ferry"), Fetch: func(context.Context, string) (clean.Input, error) { return clean.Input{}, nil }})
	browsertest.Emulate(t, ctx, 1400, 900, true)
	browsertest.Do(t, ctx, chromedp.Navigate(base+"/crawls"), chromedp.SendKeys(chromedp.CSS("#seeds"), srv.URL), chromedp.Click(chromedp.CSS("main button")))
	browsertest.Within(t, ctx, `document.querySelector("[data-live]")`)
	browsertest.Do(t, ctx, chromedp.Evaluate[chromedp.Void](`window.stays = true`))
	browsertest.Within(t, ctx, `document.querySelector("tbody tr") && window.stays && +document.querySelector(".counts dd").innerText > 0`)
	browsertest.Axe(t, ctx)
	browsertest.Screenshot(t, ctx, "crawl")
	browsertest.Do(t, ctx, chromedp.Click(chromedp.CSS(`form[action$="/pause"] button`)))
	browsertest.Within(t, ctx, `document.querySelector(".state-paused") && document.querySelector("form[action$='/resume']")`)
	browsertest.Axe(t, ctx)
	for _, path := range []string{"/search?q=ferry", "/bookmarklet", "/bookmarklet/receive", "/pages/none", "/login"} {
		for _, width := range []int64{400, 1400} {
			browsertest.Emulate(t, ctx, width, 900, width == 400)
			browsertest.Do(t, ctx, chromedp.Navigate(base+path))
			browsertest.Axe(t, ctx)
			if n := browsertest.Eval[int](t, ctx, "document.documentElement.scrollWidth-innerWidth"); n > 0 {
				t.Errorf("%s at %d: %d px wider than the window", path, width, n)
			}
			browsertest.Screenshot(t, ctx, strings.NewReplacer("/", "-", "?", "-").Replace(path)+fmt.Sprint(width))
		}
	}
	path, _ := visit(t, base).drop("https://quay.example/a", offerPage("Ferry sails", offer))
	// Axe-core needs scripts, which the page's own sandbox forbids.
	if _, err := chromedp.Call(ctx, cdppage.SetBypassCSP, cdppage.SetBypassCSPParams{Enabled: true}); err != nil {
		t.Fatal(err)
	}
	browsertest.Do(t, ctx, chromedp.Navigate(base+path+"/article"))
	browsertest.Axe(t, ctx)
}

// What a page of strangers would run does not run, in the frames of a page and by
// themselves.
func TestScriptsOfStrangers(t *testing.T) {
	ctx := browsertest.Start(t)
	called := make(chan string, 10)
	spy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { called <- r.URL.Path }))
	t.Cleanup(spy.Close)
	evil := strings.ReplaceAll(`<script>fetch("SPY/script")</script><img src=SPY/picture onerror="fetch('SPY/onerror')"><iframe src=SPY/frame></iframe><link rel=stylesheet href=SPY/style><meta http-equiv=refresh content="0;url=SPY/refresh"><form action=SPY/form><button autofocus onfocus="this.form.submit()">x</button></form>`, "SPY", spy.URL)
	base := start(t, Options{})
	path, body := visit(t, base).drop("https://quay.example/a", strings.Replace(offerPage("Ferry sails", offer), "<article>", "<article>"+evil, 1))
	if path == "" {
		t.Fatal(body)
	}
	for _, p := range []string{path, path + "/article", path + "/original"} {
		browsertest.Do(t, ctx, chromedp.Navigate(base+p), chromedp.Sleep(500*time.Millisecond))
		if where := browsertest.Eval[string](t, ctx, "location.href"); where != base+p {
			t.Errorf("%s leads to %s", p, where)
		}
	}
	select {
	case what := <-called:
		t.Errorf("%s was asked for", what)
	default:
	}
}
