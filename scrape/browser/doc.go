// Package browser renders pages in Chromium, Chrome or Edge, for a crawl:
//
//	b, err := browser.New(browser.Options{})
//	…
//	defer b.Close()
//	_, err = scrape.Crawl(ctx, scrape.Options{Seeds: seeds, Renderer: b, Render: scrape.RenderAuto, …}, handle)
//
// The browser is started with the first page that is rendered, and again after it has
// died. It is driven by the Chrome DevTools Protocol, over a pipe; one that runs
// elsewhere is reached by its WebSocket address.
//
// # The way of a page
//
// Each page has a profile of its own, in memory. Its HTML is what the crawl has
// fetched; of what it asks for, scripts and data are requested by the crawl, and
// handed to the browser. Pictures and stylesheets are answered with empty ones, since
// a page may wait for them; fonts, media, frames and all else are refused. When nothing
// is under way any more, the page is scrolled for the pictures that load late, and its
// tree is written as HTML, open shadow roots included.
//
// # Guarantees
//
//   - The browser itself reaches no server: every request is paused and answered, and
//     what could pass by that goes to a proxy that does not exist.
//   - Requests are GET requests. Nothing is downloaded, no window is opened, no dialog
//     waits, no service worker is registered.
//   - A page has Options.Time while nothing is requested for it, and ten times as long
//     in all; Options.Tabs are rendered at once; the memory of its scripts is bounded.
//   - A page on which the browser hangs or dies is an error of its own. Where the
//     browser has died, other pages that were in it are tried again.
//   - The profile folder is removed with the browser, and the browser ends with the
//     process, also where that is killed.
//
// # Limits
//
// Forms are not sent, and nothing is clicked. WebSockets and event streams are refused,
// and so are requests that are not GET requests. Closed shadow roots are not read. In a
// remote browser the start flags that close what passes by the protocol (WebRTC by
// address) are up to who starts it.
package browser
