package browser_test

import (
	"bufio"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"newsclip/clean"
	"newsclip/scrape"
	"newsclip/scrape/browser"
)

// TestEndlessPage: a page that grows with each scroll, asks again and again for what
// is new, and never comes to rest is taken as it is.
func TestEndlessPage(t *testing.T) {
	b := start(t, browser.Options{Time: 3 * time.Second})
	s := newSite(t)
	var n atomic.Int64
	s.pages["/more"] = func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, n.Add(1)) }
	s.pages["/"] = html(shell(`<script>
document.getElementById("root").innerHTML = ` + fmt.Sprintf("%q", story(0)+`<div style="height: 4000px"></div>`) + `;
let n = 0;
addEventListener("scroll", () => { document.body.insertAdjacentHTML("beforeend", "<div style='height: 4000px'>more " + (n++) + "</div>"); });
setInterval(() => fetch("/more"), 20);
setInterval(() => fetch("/more?" + n++), 20);
requestAnimationFrame(function again() { document.title = "frame " + n; requestAnimationFrame(again); });
</script>`))
	begun := time.Now()
	in, err := s.render(t, b, scrape.Options{}, "/")
	if err != nil {
		t.Fatal(err)
	}
	if a := articleOf(t, in); !strings.Contains(a.Text, "The harbour wall will be repaired") {
		t.Errorf("%q", a.Text)
	}
	if n := strings.Count(string(in.HTML), "more "); n > 20 {
		t.Errorf("the page was followed for %d screens", n)
	}
	if got := s.count("/more"); got > 2 || len(s.asked()) > 110 {
		t.Errorf("%d requests, %d for one address", len(s.asked()), got)
	}
	if d := time.Since(begun); d > time.Minute {
		t.Errorf("it took %v", d)
	}
}

// TestHangingPage: a page whose script never ends, and one that takes all memory, cost
// an error of their own, and no other page.
func TestHangingPage(t *testing.T) {
	b := start(t, browser.Options{Time: 3 * time.Second})
	s := newSite(t)
	s.pages["/hangs"] = html(shell(`<script>let n = 0; for (;;) { n++; }</script>`))
	s.pages["/eats"] = html(shell(`<script>const all = []; for (;;) all.push(new Array(1e6).fill({}).map(() => ({a: Math.random()})));</script>`))
	s.pages["/2026/wall"] = html(shell(`<script>document.getElementById("root").innerHTML = ` + fmt.Sprintf("%q", story(0)) + `</script>`))
	s.pages["/"] = html(`<!doctype html><title>News</title><p><a href="/hangs">One</a> <a href="/2026/wall">Two</a></p>`)
	for _, path := range []string{"/hangs", "/eats"} {
		in, err := s.render(t, b, scrape.Options{}, path)
		var ce *clean.Error
		if !errors.As(err, &ce) || ce.Code != "render" || in.HTML != nil {
			t.Errorf("%s: error %v", path, err)
		}
	}
	sum, records := crawl(t, scrape.Options{Renderer: b, Render: scrape.RenderAuto, NoDiscovery: true}, s.URL)
	if len(records) != 1 || sum.Errors["render"] != 1 || len(sum.Errors) != 1 {
		t.Errorf("%d records, %+v", len(records), sum)
	}
}

// TestBrowserIsKilled: a browser that dies in a crawl costs no page: it is started
// again.
func TestBrowserIsKilled(t *testing.T) {
	b := start(t, browser.Options{})
	s := newsroom(t)
	var killed atomic.Int64
	var always atomic.Bool
	api := s.pages["/api/4.json"]
	s.pages["/api/4.json"] = func(w http.ResponseWriter, r *http.Request) {
		if always.Load() {
			_ = b.Process().Kill()
			return
		}
		if killed.Add(1) == 1 {
			if err := b.Process().Kill(); err != nil {
				t.Error(err)
			}
		}
		api(w, r)
	}
	sum, records := crawl(t, scrape.Options{Renderer: b, Render: scrape.RenderAuto, NoDiscovery: true}, s.URL)
	if len(records) != apps+plains-2 || len(sum.Errors) != 0 || killed.Load() < 1 {
		t.Errorf("%d records, killed %d, %+v", len(records), killed.Load(), sum)
	}
	// One that always dies costs the page an error.
	always.Store(true)
	_, err := s.render(t, b, scrape.Options{}, "/app/4")
	var ce *clean.Error
	if !errors.As(err, &ce) || ce.Code != "render" || !strings.Contains(err.Error(), "died") {
		t.Errorf("error %v", err)
	}
	if in, err := s.render(t, b, scrape.Options{}, "/app/5"); err != nil || !strings.Contains(string(in.HTML), headline(5)) {
		t.Errorf("the next page: %v", err)
	}
}

// TestBrowserEndsWithProcess: a process that is killed leaves no browser behind, and
// one that closes its browser no folder.
func TestBrowserEndsWithProcess(t *testing.T) {
	if os.Getenv("NEWSCLIP_RENDER_AND_WAIT") != "" {
		renderAndWait(t)
		return
	}
	if runtime.GOOS == "windows" {
		t.Skip("looks for a process as Unix does")
	}
	start(t, browser.Options{})
	tmp, err := os.MkdirTemp("", "newsclip-test-")
	if err != nil {
		t.Fatal(err)
	}
	// Processes of the browser may write into it for a moment.
	defer func() {
		for range 100 {
			if os.RemoveAll(tmp) == nil {
				return
			}
			time.Sleep(50 * time.Millisecond)
		}
	}()
	cmd := exec.Command(os.Args[0], "-test.run", "^TestBrowserEndsWithProcess$")
	cmd.Env = append(os.Environ(), "NEWSCLIP_RENDER_AND_WAIT=1", "TMPDIR="+tmp)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	pid := 0
	for lines := bufio.NewScanner(out); pid == 0 && lines.Scan(); {
		if s, ok := strings.CutPrefix(lines.Text(), "browser "); ok {
			pid, _ = strconv.Atoi(s)
		}
	}
	if pid == 0 {
		t.Fatal("no browser was started")
	}
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait()
	proc, _ := os.FindProcess(pid)
	for end := time.Now().Add(20 * time.Second); proc.Signal(syscall.Signal(0)) == nil && !isZombie(pid); time.Sleep(50 * time.Millisecond) {
		if time.Now().After(end) {
			_ = proc.Kill()
			t.Fatal("the browser runs on")
		}
	}
}

// isZombie reports whether a process has ended and is only not waited for: in a
// container there may be nobody who does.
func isZombie(pid int) bool {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	return err == nil && strings.Contains(string(stat), ") Z ")
}

func renderAndWait(t *testing.T) {
	b := start(t, browser.Options{})
	s := newSite(t)
	s.pages["/"] = html(shell(`<script>document.title = "x"</script>`))
	if _, err := s.render(t, b, scrape.Options{}, "/"); err != nil {
		t.Fatal(err)
	}
	fmt.Printf("browser %d\n", b.Process().Pid)
	time.Sleep(time.Minute)
}

// TestProfileIsRemoved: nothing is left in the temporary folder.
func TestProfileIsRemoved(t *testing.T) {
	tmp := t.TempDir()
	t.Setenv("TMPDIR", tmp)
	b := start(t, browser.Options{})
	s := newSite(t)
	s.pages["/"] = html(shell(`<script>localStorage.x = 1; document.cookie = "a=1"; document.title = "x"</script>`))
	if _, err := s.render(t, b, scrape.Options{}, "/"); err != nil {
		t.Fatal(err)
	}
	b.Close()
	if left, _ := filepath.Glob(filepath.Join(tmp, "chromedp*")); len(left) > 0 {
		t.Errorf("%q are left", left)
	}
}

func TestRemoteBrowser(t *testing.T) {
	local := start(t, browser.Options{})
	_ = local
	path := ""
	for _, name := range []string{"chromium", "google-chrome", "chrome"} {
		if p, err := exec.LookPath(name); err == nil && path == "" {
			path = p
		}
	}
	if path == "" {
		t.Skip("needs Chromium or Chrome")
	}
	profile, err := os.MkdirTemp("", "profile")
	if err != nil {
		t.Fatal(err)
	}
	args := []string{"--headless", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--remote-debugging-port=0", "--user-data-dir=" + profile}
	if os.Getuid() == 0 {
		args = append(args, "--no-sandbox")
	}
	cmd := exec.Command(path, args...)
	out, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
		// The browser's other processes end a little later, and write until then.
		for k := 0; os.RemoveAll(profile) != nil && k < 100; k++ {
			time.Sleep(100 * time.Millisecond)
		}
	})
	address := ""
	for lines := bufio.NewScanner(out); address == "" && lines.Scan(); {
		if _, at, ok := strings.Cut(lines.Text(), "listening on "); ok {
			address = at
		}
	}
	b := start(t, browser.Options{Path: address})
	s, other := newSite(t), newSite(t)
	other.pages["/secret"] = answer("text/plain", "secret")
	s.pages["/"] = html(loads(0, "/own", other.URL+"/secret") + `<script>new WebSocket("ws` + strings.TrimPrefix(other.URL, "http") + `/socket")</script>`)
	s.pages["/own"] = answer("text/plain", "own")
	in, err := s.render(t, b, scrape.Options{}, "/")
	if err != nil {
		t.Fatal(err)
	}
	want(t, results(in.HTML), "200 own", "refused")
	if len(other.asked()) > 0 {
		t.Errorf("asked %q", other.asked())
	}
}

// TestLatePictures: pictures that a page loads when they come into sight have their
// addresses in the record.
func TestLatePictures(t *testing.T) {
	b := start(t, browser.Options{})
	s := newSite(t)
	pictures := ""
	for n := range 5 {
		pictures += fmt.Sprintf(`<figure style="margin-top: 2500px"><img data-late="/img/%d.jpg" width="800" height="500" alt="Crack %d"><figcaption>Crack number %d, as it was in May.</figcaption></figure><p>%s</p>`, n, n, n, paragraphs(n)[1])
	}
	s.pages["/2026/wall"] = html(shell(`<script>
document.getElementById("root").innerHTML = ` + fmt.Sprintf("%q", strings.Replace(story(0), "</article>", pictures+"</article>", 1)) + `;
const seen = new IntersectionObserver((list) => { for (const e of list) if (e.isIntersecting) { e.target.src = e.target.dataset.late; seen.unobserve(e.target); } });
for (const img of document.querySelectorAll("img")) { img.onerror = () => img.remove(); seen.observe(img); }
</script>`))
	in, err := s.render(t, b, scrape.Options{}, "/2026/wall")
	if err != nil {
		t.Fatal(err)
	}
	a := articleOf(t, in)
	if len(a.Images) != 5 || a.Images[4].URL != s.URL+"/img/4.jpg" || s.count("/img/4.jpg") != 0 {
		t.Errorf("%+v, asked %q", a.Images, s.asked())
	}
}

// TestShadowRoot: text in open shadow roots is a part of the page.
func TestShadowRoot(t *testing.T) {
	b := start(t, browser.Options{})
	s := newSite(t)
	s.pages["/2026/wall"] = html(`<!doctype html><html lang="en"><head><title>` + headline(0) + `</title></head><body><news-story></news-story><script>
customElements.define("news-story", class extends HTMLElement {
	connectedCallback() { this.attachShadow({mode: "open"}).innerHTML = ` + fmt.Sprintf("%q", story(0)) + `; }
});
</script></body></html>`)
	in, err := s.render(t, b, scrape.Options{}, "/2026/wall")
	if err != nil {
		t.Fatal(err)
	}
	if a := articleOf(t, in); !strings.Contains(a.Text, "We have waited eleven years") {
		t.Errorf("%q", a.Text)
	}
}

// TestNoBrowser: a program that is not there is told at once.
func TestNoBrowser(t *testing.T) {
	if _, err := browser.New(browser.Options{Path: filepath.Join(t.TempDir(), "chromium")}); err == nil || errors.Is(err, browser.ErrNotFound) {
		t.Errorf("error %v", err)
	}
	t.Setenv("PATH", t.TempDir())
	if runtime.GOOS == "linux" {
		if _, err := browser.New(browser.Options{}); !errors.Is(err, browser.ErrNotFound) {
			t.Errorf("error %v", err)
		}
	}
}
