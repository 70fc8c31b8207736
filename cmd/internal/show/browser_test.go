package show

import (
	"context"
	"fmt"
	"image"
	"image/png"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"newsclip/cmd/internal/browsertest"
)

// TestReportInBrowser shows reports on narrow and wide screens, light and dark:
// the first words that are kept are in sight, nothing is wider than the screen,
// and axe-core finds nothing serious.
func TestReportInBrowser(t *testing.T) {
	ctx := browsertest.Start(t)
	dir := t.TempDir()
	for _, name := range []string{"latin", "japanese", "arabic"} {
		source := stories[name].page()
		var b strings.Builder
		if _, err := Report(&b, draftOf(t, source, "https://quay.example/tides"), ReportOptions{}); err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(dir, name+".html")
		if err := os.WriteFile(path, []byte(b.String()), 0o666); err != nil {
			t.Fatal(err)
		}
		for _, width := range []int64{400, 1400} {
			for _, dark := range []bool{false, true} {
				shown := fmt.Sprintf("report-%s-%d-%s", name, width, map[bool]string{false: "light", true: "dark"}[dark])
				browsertest.Emulate(t, ctx, width, 800, dark)
				browsertest.Do(t, ctx, chromedp.Navigate("file://"+filepath.ToSlash(path)))
				if over := browsertest.Eval[int](t, ctx, `document.documentElement.scrollWidth - innerWidth`); over > 0 {
					t.Errorf("%s: the page is %d pixels wider than the screen", shown, over)
				}
				// On a narrow screen the record goes first, and its text begins with
				// the block that is kept first.
				first := "#first-kept"
				if width == 400 {
					first = ".record .body p"
				}
				if !inSight(t, browsertest.Eval[[]float64](t, ctx, rectOf(first))) {
					t.Errorf("%s: the first kept block is not in sight", shown)
				}
				if begins := browsertest.Eval[string](t, ctx, `document.querySelector("`+first+`").textContent`); !strings.HasPrefix(strings.TrimSpace(begins), stories[name].paragraphs[0][:30]) {
					t.Errorf("%s: the first kept block is %q", shown, begins)
				}
				if name == "latin" || width == 1400 && dark {
					browsertest.Axe(t, ctx)
				}
				browsertest.Screenshot(t, ctx, shown)
			}
		}
		mirrored := browsertest.Eval[bool](t, ctx, `document.querySelector(".record").getBoundingClientRect().left > document.querySelector("#page").getBoundingClientRect().left`)
		if mirrored != (name == "arabic") {
			t.Errorf("%s: the record stands at the right: %v", name, mirrored)
		}
	}
}

// rectOf is a script that returns the top, the bottom and the width of an
// element's first line of text, and the height of the screen.
func rectOf(selector string) string {
	return `(() => { const e = document.querySelector("` + selector + `"), r = document.createRange();
		const w = document.createTreeWalker(e, NodeFilter.SHOW_TEXT); while (w.nextNode() && !w.currentNode.data.trim()) {}
		r.selectNodeContents(w.currentNode);
		const l = r.getClientRects()[0]; return [l.top, l.bottom, innerHeight, l.width]; })()`
}

func inSight(t *testing.T, r []float64) bool {
	t.Helper()
	return len(r) == 4 && r[0] >= 0 && r[1] <= r[2] && r[3] > 0
}

// openReport shows the report on the made-up Latin page.
func openReport(t *testing.T, ctx context.Context, dark bool) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "report.html")
	if err := os.WriteFile(path, []byte(reportText(t, stories["latin"].page(), ReportOptions{})), 0o666); err != nil {
		t.Fatal(err)
	}
	browsertest.Emulate(t, ctx, 1400, 800, dark)
	browsertest.Do(t, ctx, chromedp.Navigate("file://"+filepath.ToSlash(path)))
}

// TestPicturesInBrowser looks that a report loads pictures where that was asked
// for, shows them small, and asks for nothing else.
func TestPicturesInBrowser(t *testing.T) {
	ctx := browsertest.Start(t)
	var asked atomic.Int32
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/pics/quay.jpg" && r.Referer() == "" {
			asked.Add(1)
		}
		if err := png.Encode(w, image.NewRGBA(image.Rect(0, 0, 1200, 800))); err != nil {
			t.Error(err)
		}
	}))
	defer srv.Close()
	source := strings.Replace(stories["arabic"].page(), "/pics/quay.jpg", srv.URL+"/pics/quay.jpg", 1)
	for _, load := range []bool{false, true} {
		asked.Store(0)
		path := filepath.Join(t.TempDir(), "report.html")
		if err := os.WriteFile(path, []byte(reportText(t, source, ReportOptions{Pictures: load})), 0o666); err != nil {
			t.Fatal(err)
		}
		browsertest.Emulate(t, ctx, 400, 800, false)
		browsertest.Do(t, ctx, chromedp.Navigate("file://"+filepath.ToSlash(path)))
		widths := browsertest.Eval[[]int](t, ctx, `(async () => {
			const all = [...document.images];
			for (const i of all) { i.scrollIntoView(); await i.decode(); }
			return all.flatMap(i => [i.naturalWidth, i.width]);
		})()`)
		if want := map[bool]string{false: "[]", true: "[1200 88]"}[load]; fmt.Sprint(widths) != want || asked.Load() != int32(len(widths)/2) {
			t.Errorf("pictures loaded, %v: widths %v, want %s; asked for %d times", load, widths, want, asked.Load())
		}
		browsertest.Axe(t, ctx)
	}
}

// TestReportInPrint looks that paper gets black on white, whatever the screen has,
// in one column and without what only a screen can do.
func TestReportInPrint(t *testing.T) {
	ctx := browsertest.Start(t)
	openReport(t, ctx, true)
	if _, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Media: "print", Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: "dark"}},
	}); err != nil {
		t.Fatal(err)
	}
	for script, want := range map[string]string{
		`getComputedStyle(document.body).backgroundColor`:             "rgb(255, 255, 255)",
		`getComputedStyle(document.body).color`:                       "rgb(0, 0, 0)",
		`String(document.querySelector(".toggle").checkVisibility())`: "false",
		`String(document.querySelector("#record").getBoundingClientRect().bottom < document.querySelector("#page").getBoundingClientRect().top)`: "true",
	} {
		if got := browsertest.Eval[string](t, ctx, script); got != want {
			t.Errorf("%s is %s, want %s", script, got, want)
		}
	}
	browsertest.Screenshot(t, ctx, "report-print")
}

// TestReportByKeyboard unfolds a run of removed blocks by the keyboard alone.
func TestReportByKeyboard(t *testing.T) {
	ctx := browsertest.Start(t)
	openReport(t, ctx, false)
	for range 20 {
		browsertest.Do(t, ctx, chromedp.KeyEvent("\t"))
		if browsertest.Eval[string](t, ctx, `document.activeElement.tagName`) == "SUMMARY" {
			break
		}
	}
	if shown := browsertest.Eval[bool](t, ctx, `document.querySelector(".run .block").checkVisibility()`); shown {
		t.Error("removed blocks are shown before their run is unfolded")
	}
	browsertest.Do(t, ctx, chromedp.KeyEvent("\r"))
	if shown := browsertest.Eval[bool](t, ctx, `document.querySelector(".run .why").checkVisibility()`); !shown {
		t.Error("the run is not unfolded by the key Enter")
	}
	browsertest.Screenshot(t, ctx, "report-unfolded")

	// The box at the top, before the runs, hides all that is not kept.
	browsertest.Do(t, ctx, chromedp.Focus("#kept"), chromedp.KeyEvent(" "))
	if shown := browsertest.Eval[string](t, ctx, `[...document.querySelectorAll(".block")].filter(b => b.checkVisibility()).map(b => b.className).join()`); shown != strings.Repeat(",block kept", len(stories["latin"].paragraphs))[1:] {
		t.Errorf("shown as kept: %s", shown)
	}
}
