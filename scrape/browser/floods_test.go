package browser_test

import (
	"fmt"
	"runtime"
	"runtime/metrics"
	"strings"
	"testing"
	"time"

	"newsclip/scrape"
	"newsclip/scrape/browser"
)

// highestHeap calls f and returns the most bytes of objects that the heap had meanwhile.
func highestHeap(f func()) (most uint64) {
	runtime.GC()
	end, ended := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		s := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
		for {
			metrics.Read(s)
			most = max(most, s[0].Value.Uint64())
			select {
			case <-end:
				return
			case <-time.After(5 * time.Millisecond):
			}
		}
	}()
	f()
	close(end)
	<-ended
	return most
}

// A page that makes messages for what it does without end takes little memory, one error
// at most, and nothing of the pages after it.
func TestFloodsOfAPage(t *testing.T) {
	b := start(t, browser.Options{Time: 3 * time.Second})
	next := html(shell(`<script>document.getElementById("root").innerHTML = ` + fmt.Sprintf("%q", story(1)) + `</script>`))
	patient := start(t, browser.Options{Time: time.Minute}) // on a busy machine the requests take their time
	// Without a want the page ends by its time or by its requests, whichever comes first.
	for _, c := range []struct{ name, script, want string }{
		{"lines of the console", `const x = "x".repeat(1e6); for (;;) console.log(x)`, "too long"},
		{"addresses with data", `const x = "data:text/plain," + "x".repeat(1e6); setInterval(() => { for (let i = 0; i < 50; i++) fetch(x) }, 1)`, ""},
		{"long fields", `const x = "x".repeat(2e5); setInterval(() => { for (let i = 0; i < 20; i++) fetch("/a?" + Math.random(), {headers: {a: x}}).catch(() => 0) }, 1)`, "requests without end"},
		{"long bodies", `const x = "x".repeat(5e6); setInterval(() => { for (let i = 0; i < 20; i++) fetch("/a?" + Math.random(), {method: "POST", body: x}).catch(() => 0) }, 1)`, ""},
		{"pictures", `setInterval(() => { for (let i = 0; i < 500; i++) new Image().src = "/i" + Math.random() }, 1)`, ""},
	} {
		s := newSite(t) // of its own: requests of the flood before may come still
		s.pages["/"] = html(shell(`<script>document.getElementById("root").innerHTML = ` + fmt.Sprintf("%q", story(0)) + "; " + c.script + `</script>`))
		s.pages["/next"] = next
		b := b
		if c.want == "requests without end" {
			b = patient
		}
		var err error
		if most := highestHeap(func() { _, err = s.render(t, b, scrape.Options{}, "/") }); most > 350<<20 {
			t.Errorf("%s: %d MB", c.name, most>>20)
		}
		if c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)) {
			t.Errorf("%s: error %v", c.name, err)
		}
		in, err := s.render(t, b, scrape.Options{}, "/next")
		for n := 0; err != nil && n < 5; n++ { // the browser may be busy with the flood still
			in, err = s.render(t, b, scrape.Options{}, "/next")
		}
		if err != nil || !strings.Contains(string(in.HTML), headline(1)) {
			t.Errorf("the page after %s: %v", c.name, err)
		}
	}
}
