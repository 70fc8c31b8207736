package scrape

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"newsclip/clean"
	"newsclip/scrape/frontier"
)

const (
	// maxParts is how many pages one article is split over at most. Longer
	// ones were never seen; lists that page for ever were.
	maxParts = 40
	// partAttempts is how often a part is asked for, within its article's
	// own attempt.
	partAttempts = 3
)

// pageParams are the parameters in which sites number the pages of an article.
var pageParams = map[string]bool{
	"artpage": true, "blatt": true, "p": true, "pag": true, "page": true, "pagina": true, "paged": true,
	"pagenum": true, "part": true, "seite": true, "sida": true,
}

// pageWords stand before the number in a path: /page/2, /seite-2.
var pageWords = map[string]bool{
	"page": true, "pagina": true, "part": true, "seite": true, "teil": true,
}

// partNumber returns n where u is the nth page, 2 or later, of the article
// whose first page is first, as sites write that: /story/2/, /story/page/2,
// /story?page=2, /story-2.html, /story,2.html. Otherwise it returns 0.
func partNumber(first, u *url.URL) int {
	if sameHost(first) != sameHost(u) {
		return 0
	}
	a, b := first.EscapedPath(), u.EscapedPath()
	if a == b {
		return partOfQuery(first.RawQuery, u.RawQuery)
	}
	if first.RawQuery != u.RawQuery {
		return 0
	}
	a, extA := cutExtension(strings.TrimSuffix(a, "/"))
	b, extB := cutExtension(strings.TrimSuffix(b, "/"))
	rest, ok := strings.CutPrefix(b, a)
	if !ok || rest == "" || a == "" || extB != extA && extA != "" {
		return 0
	}
	if strings.IndexByte("/-_,.", rest[0]) < 0 {
		return 0
	}
	rest = rest[1:]
	if i := strings.IndexAny(rest, "/-_"); i > 0 && pageWords[strings.ToLower(rest[:i])] {
		rest = rest[i+1:]
	}
	return smallNumber(rest)
}

// partOfQuery compares the queries of two URLs of one path.
func partOfQuery(first, query string) int {
	var base []string
	n := 0
	for p := range strings.SplitSeq(query, "&") {
		name, value, _ := strings.Cut(p, "=")
		if pageParams[strings.ToLower(name)] && n == 0 {
			if n = smallNumber(value); n > 0 {
				continue
			}
		}
		base = append(base, p)
	}
	if strings.Join(base, "&") != first {
		return 0
	}
	return n
}

// looksLikePart says whether a URL may be a later page of some article.
func looksLikePart(u *url.URL) bool {
	path, _ := cutExtension(strings.TrimSuffix(u.EscapedPath(), "/"))
	if i := strings.LastIndexAny(path, "/-_,."); i >= 0 && smallNumber(path[i+1:]) > 0 {
		return true
	}
	for name, values := range u.Query() {
		if pageParams[strings.ToLower(name)] && smallNumber(values[0]) > 0 {
			return true
		}
	}
	return false
}

func cutExtension(path string) (string, string) {
	dot := strings.LastIndexByte(path, '.')
	if dot < 0 || len(path)-dot > 6 || strings.IndexByte(path[dot:], '/') >= 0 {
		return path, ""
	}
	return path[:dot], path[dot:]
}

// smallNumber reads the number of a part, 0 for anything else.
func smallNumber(s string) int {
	if len(s) == 0 || len(s) > 2 {
		return 0
	}
	n, err := strconv.Atoi(s)
	if err != nil || n < 2 || n > maxParts {
		return 0
	}
	return n
}

// nextPart returns the address of an article's nth page where the links of the
// page before lead there as to the next one, or nil.
func nextPart(first *url.URL, base *url.URL, l *pageLinks, n int) *url.URL {
	for _, ln := range l.links {
		if !ln.next && ln.number != n {
			continue
		}
		u, err := resolve(base, ln.href)
		if err != nil {
			continue
		}
		if partNumber(first, u) == n {
			return u
		}
	}
	return nil
}

// isLaterPart says whether a page is the second or a later one of an article
// whose first it links to as such.
func isLaterPart(u *url.URL, base *url.URL, l *pageLinks) bool {
	for _, ln := range l.links {
		if !ln.prev && ln.number != 1 {
			continue
		}
		first, err := resolve(base, ln.href)
		if err != nil {
			continue
		}
		n := partNumber(first, u)
		if n == 2 || n > 2 && ln.number == 1 {
			return true
		}
		// The third page's rel=prev is the second, which says as much.
		if ln.prev && n == 0 && sameStem(first, u) {
			return true
		}
	}
	return false
}

// sameStem says whether two URLs differ in a small number alone, the first
// having the one before the second's.
func sameStem(prev, u *url.URL) bool {
	a, b := prev.RequestURI(), u.RequestURI()
	i := 0
	for i < len(a) && i < len(b) && a[i] == b[i] {
		i++
	}
	for i > 0 && isDigit(a[i-1]) {
		i--
	}
	j := 0
	for j < len(a)-i && j < len(b)-i && a[len(a)-1-j] == b[len(b)-1-j] && !isDigit(a[len(a)-1-j]) {
		j++
	}
	m, n := smallNumber(a[i:len(a)-j]), smallNumber(b[i:len(b)-j])
	return m > 0 && n == m+1
}

// joinParts fetches the pages that follow an article's first, in order.
func (t *task) joinParts(page *Page, l *pageLinks) error {
	c := t.c
	base := page.Base
	for n := 2; n <= maxParts; n++ {
		u := nextPart(t.u, base, l, n)
		// What --include wants of an article it wants of all its pages.
		if u == nil || !c.holds(u) || c.ground.excluded(u.String()) || !c.o.IgnoreRobots && !t.rules.allows(u) {
			return nil
		}
		// Who comes to the part's own URL later finds that it is taken.
		first, err := c.f.Claim(t.store, partClaim(u), t.item.URL)
		if err != nil {
			return err
		}
		if first != t.item.URL {
			return nil
		}
		part, err := t.fetchPart(u)
		if err != nil || part == nil {
			return err
		}
		l = readLinks(part)
		if err := t.follow(part, l); err != nil {
			return err
		}
		page.Parts = append(page.Parts, part)
		base = part.Base
	}
	return nil
}

// fetchPart fetches one following page. Nil without an error means that the
// article ends here.
func (t *task) fetchPart(u *url.URL) (*clean.Page, error) {
	c, host := t.c, t.item.Host
	if c.o.MaxPages > 0 {
		ok, err := c.pages.Take(t.store, u.String())
		if err != nil || !ok {
			return nil, err
		}
	}
	for attempt := 1; ; attempt++ {
		if !c.waitTurn(t.ctx, host) {
			return nil, errInterrupted
		}
		c.requests.Add(1)
		resp, err := c.client.get(t.ctx, &request{url: u, limit: c.o.MaxBody, accepts: acceptsPage})
		took := time.Duration(0)
		if resp != nil {
			took = resp.headersIn
		}
		c.pace.ended(host, took)
		t.renew() // the host's pace may have taken its time
		if err == nil && (resp.status == http.StatusTooManyRequests || resp.status >= 500) {
			if resp.status == http.StatusTooManyRequests || resp.status == http.StatusServiceUnavailable {
				c.pace.refused(host, resp.header)
			}
			err = statusError(resp.status)
		}
		switch {
		case t.ctx.Err() != nil:
			return nil, errInterrupted
		case err != nil && isPassing(causeOfError(err)) && attempt < partAttempts:
			c.tally.add(func(s *Summary) { s.Retries++ })
			if !sleep(t.ctx, jitter(c.retryDelay(attempt))) {
				return nil, errInterrupted
			}
			continue
		case err != nil || resp.status != http.StatusOK || resp.cut:
			if err == nil {
				err = statusError(resp.status)
			}
			c.tally.fail(u.String(), causeOfError(err), fmt.Errorf("page of an article: %w", err))
			if c.o.MaxPages > 0 {
				return nil, c.pages.Return(t.store, u.String())
			}
			return nil, nil
		}
		c.pace.answered(host)
		if c.o.MaxPages > 0 {
			c.pages.Settle(u.String())
		}
		c.tally.add(func(s *Summary) { s.Pages++; s.Bytes += int64(len(resp.body)) })
		p, err := clean.Parse(inputOf(u.String(), resp))
		if err != nil {
			c.tally.fail(u.String(), parseCause(err), err)
			return nil, nil
		}
		t.partBodies = append(t.partBodies, resp.body)
		return p, nil
	}
}

// errInterrupted ends an item that the crawl's end found half done: it is
// given back.
var errInterrupted = errors.New("interrupted")

// waitTurn waits until the host may be asked, besides what the frontier gives
// out. It reports false where ctx ended first.
func (c *crawler) waitTurn(ctx context.Context, host string) bool {
	for {
		wait := c.pace.ready(host)
		if wait == 0 {
			return true
		}
		if wait < 0 {
			wait = 20 * time.Millisecond
		}
		if !sleep(ctx, wait) {
			return false
		}
	}
}

// passFirst enters the first page of an article of which this is a later one.
func (t *task) passFirst(p *clean.Page, l *pageLinks) error {
	var pages []found
	for _, ln := range l.links {
		if ln.prev || ln.number == 1 {
			pages = append(pages, found{base: p.Base, ref: ln.href, class: frontier.ClassDated, depth: t.item.Depth, referrer: t.item.URL})
		}
	}
	return t.c.addPages(t.store, pages)
}
