package scrape

import (
	"net/url"
	"slices"

	"newsclip/scrape/internal/address"
	"newsclip/scrape/internal/fetch"
	"newsclip/scrape/internal/origins"
	"newsclip/scrape/internal/read"
)

// takeForm makes the item's URL another form of it whose origin is not dead, that of
// the pages that came first. It reports false where there is none: then the URL is
// the first again, and no other form is tried for the item.
func (t *task) takeForm() bool {
	if t.formsTried {
		return false
	}
	if t.firstForm == nil {
		t.firstForm = t.u
	}
	forms := origins.Forms(t.firstForm)
	if living := t.c.origins.Living(t.firstForm); living != nil {
		forms = slices.Insert(forms, 0, living)
	}
	for _, form := range forms {
		if address.Origin(form) != address.Origin(t.u) && !t.c.origins.IsDead(form) && t.c.holds(form) {
			t.setURL(form)
			return true
		}
	}
	t.formsTried = true
	t.setURL(t.firstForm)
	return false
}

func (t *task) setURL(u *url.URL) { t.u, t.item.URL = u, u.String() }

// takeLiving makes the item's URL the form that pages of the host came from. It
// reports false where that is the item's already, or none came.
func (t *task) takeLiving() bool {
	living := t.c.origins.Living(t.u)
	if t.formsTried || living == nil || !t.c.holds(living) {
		return false
	}
	t.formsTried = true
	t.setURL(living)
	return true
}

// tryOtherForm fetches the item from another origin of its host, after a request
// failed with a cause or an HTTP status. It reports false where there is none.
func (t *task) tryOtherForm(cause string) (bool, error) {
	if t.item.Kind == kindTwin || t.item.Meta[metaProbe] != "" || len(readMemo(t.item.Memo).Hash) > 0 {
		return false, nil
	}
	was, taken := t.item.URL, false
	if fetch.IsUnreachable(cause) {
		t.c.origins.Failed(t.u)
		taken = t.takeForm()
	} else {
		taken = t.takeLiving()
	}
	if !taken {
		return false, nil
	}
	return true, t.fetchForm(was)
}

// fetchForm has the item fetched again, from the form of its URL that was taken in
// place of another one.
func (t *task) fetchForm(was string) error {
	if err := t.c.returnPage(t.store, t.item.Host, was); err != nil {
		return err
	}
	t.putDown()
	if !t.c.waitTurn(t.ctx, t.item.Host) {
		t.lease.Release()
		return nil
	}
	t.paceTold = false
	t.renew()
	t.fetchAgain = true
	return nil
}

// tryReferrersForm fetches the item from the origin of the page that links to it,
// where that is another form of the item's: a form that is not in use any more may
// answer each URL with one page, or lead to the front page. It reports false where
// there is none.
func (t *task) tryReferrersForm() (bool, error) {
	from, err := url.Parse(t.item.Referrer)
	if err != nil || t.formsTried || t.item.Kind != kindPage || address.Host(from) != address.Host(t.u) || address.Origin(from) == address.Origin(t.u) {
		return false, nil
	}
	t.formsTried = true
	was := t.item.URL
	t.setURL(origins.At(t.u, from.Scheme, from.Host))
	return true, t.fetchForm(was)
}

// leadsInto reports whether a page at u links to other pages of the crawl than the
// front page.
func (c *crawler) leadsInto(u, base *url.URL, links []read.Link) bool {
	return slices.ContainsFunc(links, func(ln read.Link) bool {
		to, err := address.Resolve(base, ln.Href)
		return err == nil && !address.IsFront(to) && c.holds(to) && address.Identity(to) != address.Identity(u)
	})
}
