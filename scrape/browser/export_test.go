package browser

import (
	"os"

	"github.com/chromedp/chromedp"
)

// Process returns the browser that runs, or nil.
func (b *Browser) Process() *os.Process {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.now == nil {
		return nil
	}
	return chromedp.FromContext(b.now.ctx).Browser.Process()
}

// UnderWay returns how many requests a new tab takes for under way after an event.
func UnderWay(ev any) int {
	t := &tab{}
	t.event(ev)
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.under
}
