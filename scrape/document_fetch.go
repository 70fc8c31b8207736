package scrape

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"

	"newsclip/scrape/frontier"
	"newsclip/scrape/internal/fetch"
	"newsclip/scrape/internal/read"
)

// sitemap fetches a sitemap and reads it as it comes in.
func (t *task) sitemap() error {
	d := t.newDocument("")
	var docErr error
	resp, err := t.get(&fetch.Request{URL: t.u, Limit: read.MaxSitemap, Header: t.documentHeader(), Sink: func(r io.Reader) error {
		from := &sourceReader{r: r}
		docErr = d.read(from)
		// The request is repeated where the connection has failed, not where the
		// document is broken.
		return cmp.Or(d.err, from.err)
	}})
	switch {
	case d.err != nil && err == nil && resp == nil && t.ctx.Err() == nil:
		return d.err
	case resp == nil:
		return err
	case resp.Status == http.StatusNotModified:
		return t.sameDocument()
	case resp.Cut:
		docErr = fmt.Errorf("the sitemap is longer than %d bytes: %w", read.MaxSitemap, fetch.ErrCut)
	}
	if docErr == nil {
		t.keepValidators(resp)
	}
	return t.endDocument(d, resp, docErr)
}

// feed fetches what is announced as a feed.
func (t *task) feed() error {
	resp, err := t.get(&fetch.Request{URL: t.u, Limit: t.c.o.MaxBody, Header: t.documentHeader()})
	if resp == nil {
		return err
	}
	defer resp.Release()
	if resp.Status == http.StatusNotModified {
		return t.sameDocument()
	}
	return t.document(resp)
}

// document adds what a sitemap or feed lists that was fetched as a whole.
func (t *task) document(resp *fetch.Response) error {
	d := t.newDocument(resp.ContentType)
	d.next = read.NextPages(headerOf(resp.Header)["link"])
	err := d.read(bytes.NewReader(resp.Body))
	if d.err != nil {
		if t.ctx.Err() != nil {
			t.lease.Release()
			return nil
		}
		return d.err
	}
	if err == nil && t.item.Kind == kindFeed && !resp.Cut && !resp.Truncated {
		t.keepValidators(resp)
	}
	if resp.Cut && (err == nil || !errors.Is(err, read.ErrNoSitemap)) {
		err = fmt.Errorf("the document is %w (%d bytes)", fetch.ErrCut, t.c.o.MaxBody)
	}
	return t.endDocument(d, resp, err)
}

// endDocument finishes the item of a document. err is set where it could not be
// read, or not to its end.
func (t *task) endDocument(d *document, resp *fetch.Response, err error) error {
	if err != nil && errors.Is(err, read.ErrNoSitemap) {
		if err := t.readAsPage(resp); err != nil {
			return err
		}
		cause := errCauseSitemap
		if t.item.Kind == kindFeed {
			cause = kindFeed
		}
		return t.fail(cause, err)
	}
	t.settled = true
	t.c.tally.add(func(s *Summary) {
		if d.doc.Kind == read.KindFeed {
			s.Feeds++
		} else {
			s.Sitemaps++
		}
	})
	if err == nil {
		return t.finish(frontier.Result{})
	}
	cause := fetch.CauseOf(err)
	if cause == fetch.CauseOther {
		cause = string(d.doc.Kind)
	}
	return t.fail(cause, fmt.Errorf("the %s was not read to its end: %w", d.doc.Kind, err))
}

// readAsPage adds a URL that was named as a sitemap or feed and is a page: indexes name
// pages, and sites name the page that lists their sections or feeds.
func (t *task) readAsPage(resp *fetch.Response) error {
	if t.item.Kind == kindPage || t.item.Meta[metaProbe] != "" || !strings.Contains(fetch.MediaType(resp.ContentType), "html") {
		return nil
	}
	f := found{
		base: t.u, ref: t.u.String(), class: frontier.ClassOther, depth: t.item.Depth + 1,
		referrer: cmp.Or(t.item.Referrer, t.item.URL), lastMod: t.item.LastMod, by: string(read.KindSitemap),
	}
	return t.c.addPages(t.store, []found{f})
}

// sameDocument finishes a sitemap or a feed that answered 304: what it lists is in the
// frontier.
func (t *task) sameDocument() error {
	t.settled = true
	t.countSkip(SkipUnchanged)
	return t.finish(frontier.Result{})
}

// A sourceReader remembers the error of what it reads from.
type sourceReader struct {
	r   io.Reader
	err error
}

func (s *sourceReader) Read(p []byte) (int, error) {
	n, err := s.r.Read(p)
	if err != nil && err != io.EOF {
		s.err = err
	}
	return n, err
}
