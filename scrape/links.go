package scrape

import (
	"context"
	"mime"
	"net/url"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"

	"newsclip/clean"
	"newsclip/scrape/frontier"
	"newsclip/scrape/internal/address"
	"newsclip/scrape/internal/read"
)

// onPage notes where references stand, and returns them in the form in which a
// browser would request them; none for a page whose links are not followed.
func (t *task) onPage(p *clean.Page, l *read.PageLinks, pages []found) []found {
	if t.item.Class != frontier.ClassSeed && !t.c.scope.Follows(t.item.URL) {
		return nil
	}
	far, _ := strconv.Atoi(t.item.Meta[metaFar])
	var enc encoding.Encoding
	for i := range pages {
		f := &pages[i]
		f.on, f.far = t.u, far
		at := strings.IndexByte(f.ref, '?')
		if at < 0 || strings.IndexFunc(f.ref[at:], func(r rune) bool { return r >= utf8.RuneSelf }) < 0 {
			continue
		}
		if enc == nil {
			enc = encodingOf(p, l)
		}
		query, fragment, hasFragment := strings.Cut(f.ref[at:], "#")
		f.ref = f.ref[:at] + address.EscapeIn(query, enc)
		if hasFragment {
			f.ref += "#" + fragment
		}
	}
	return pages
}

// encodingOf returns the encoding that a page has by its Content-Type or else by a meta
// element, in which browsers write what is outside ASCII in the query of a link. It is
// Nop for UTF-8, and for pages that do not say.
func encodingOf(p *clean.Page, l *read.PageLinks) encoding.Encoding {
	_, params, _ := mime.ParseMediaType(p.ContentType)
	for _, label := range []string{params["charset"], l.Charset} {
		if enc, name := charset.Lookup(label); enc != nil {
			if name == "utf-8" || strings.HasPrefix(name, "utf-16") {
				return encoding.Nop
			}
			return enc
		}
	}
	return encoding.Nop
}

// views returns what tells which of the references are views of others, and nil
// where none can be.
func views(pages []found) *address.Views {
	may := len(pages) > 0 && pages[0].on != nil && pages[0].on.RawQuery != ""
	var us []*url.URL
	for i := range pages {
		if may {
			break
		}
		if strings.IndexByte(pages[i].ref, '?') >= 0 {
			u, err := address.Resolve(pages[i].base, pages[i].ref)
			may = err == nil && address.HasViewParam(u)
		}
	}
	if !may {
		return nil
	}
	for i := range pages {
		if u, err := address.Resolve(pages[i].base, pages[i].ref); err == nil {
			us = append(us, u)
		}
	}
	return address.NewViews(pages[0].on, us)
}

// How many pages in a row may be fetched whose address ends in a far date
// ([address.IsFar]), as long as they lead to nothing else that is new: an archive's
// year leads to months, a month to days, and some have nothing.
const (
	maxFar   = 4
	maxAhead = 1
)

// isAhead reports whether a URL ends in a date that is still to come.
func isAhead(itemURL string, now time.Time) bool {
	u, err := url.Parse(itemURL)
	if err != nil {
		return false
	}
	_, ahead := address.IsFar(u, now)
	return ahead
}

// addFar adds those of the items that may be fetched: all are of far dates, and of
// the references in of. Where fresh is set, the same page leads to something new.
func (c *crawler) addFar(ctx context.Context, far []frontier.Item, of []*found, fresh bool) error {
	now := time.Now()
	var items []frontier.Item
	for i, it := range far {
		n, most := of[i].far+1, maxFar
		if fresh {
			n = 1
		}
		if isAhead(it.URL, now) {
			most = maxAhead
		}
		if n > most {
			c.tally.skip(SkipCalendar, 1)
			continue
		}
		if it.Meta == nil {
			it.Meta = make(map[string]string, 1)
		}
		it.Meta[metaFar] = strconv.Itoa(n)
		items = append(items, it)
	}
	if len(items) == 0 {
		return nil
	}
	_, err := c.f.Add(ctx, items...)
	return err
}
