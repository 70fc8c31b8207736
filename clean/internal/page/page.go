package page

import (
	"net/url"
	"strings"
	"time"
	"unicode"

	"github.com/PuerkitoBio/goquery"

	"newsclip/clean/internal/encodings"
	"newsclip/clean/internal/htmlparse"
)

// DefaultMaxBytes is the size of the largest page that [Parse] reads where
// [Input.MaxBytes] is 0: 50 MiB.
const DefaultMaxBytes = encodings.DefaultMaxBytes

// Input is one page as it was fetched or saved.
type Input struct {
	// ID is passed through to [Article.ID]; empty means that one is made.
	ID string
	// URL is where the page came from; empty where that is not known.
	URL string
	// File and Source are passed through to the record: the file that the page was
	// read from, and the line of a file of pages. Both may be empty.
	File, Source string
	// ContentType is the Content-Type header's value; empty means unknown.
	ContentType string
	// HTML is the page's bytes in whatever encoding. Clean does not keep it.
	HTML []byte
	// InPlace has HTML read where it is, which saves a copy of it. It must not be changed
	// then as long as a [Page] or a draft that was made of it is in use; a record holds
	// no part of it.
	InPlace bool
	// MaxBytes is the size over which a page is refused with the error code
	// too_large; 0 means [DefaultMaxBytes].
	MaxBytes int
	// Header fields of the fetch that carry rights, such as X-Robots-Tag and
	// tdm-reservation, by lower-case name. May be nil.
	Header map[string]string
	// Status and FetchedAt are of the fetch; zero where there was none.
	Status    int
	FetchedAt time.Time
	// Truncated is set where less came than the server has announced.
	Truncated bool
	// Rendered is set where HTML is the page after its scripts have run.
	Rendered bool
}

// Page is a decoded, parsed page. Cleaning reads the tree and does not change
// it, so links and article can be read from one Page, in any order.
type Page struct {
	Input
	// Address is URL, or, of a page from a web archive, the address that it was archived
	// from: what an address tells is told by that.
	Address string
	own     *url.URL // Address, or nil where it is none
	// Doc is the tree. Its strings are parts of the page: one that is kept for
	// longer than the tree keeps the whole page in memory, unless it is cloned
	// (strings.Clone).
	Doc *goquery.Document
	// Base is what relative URLs on the page resolve against: URL, or the
	// page's base element. Nil where the page has neither.
	Base *url.URL
	// mostTakenOver is how many bytes of Base a relative address may take over; 0 means
	// no limit.
	mostTakenOver int
	cost          int64 // see [Page.Cost]

	tree *htmlparse.Tree // nil for a page that was not parsed here
}

// Release gives the memory of the page's tree to pages that are parsed later. The tree
// cannot be used after. A page that is not released costs memory for as long as the
// collector leaves it, and nothing else.
func (p *Page) Release() {
	if p.tree != nil {
		p.tree.Release()
		p.tree, p.Doc = nil, nil
	}
}

// maxAddress is the length in bytes over which an address is taken for a
// mistake: browsers and servers refuse most that are longer.
const maxAddress = 4096

// resolve parses an address of the page and makes it absolute. It is nil where
// ref is empty, over maxAddress, or no address.
func (p *Page) resolve(ref string) *url.URL {
	ref = strings.TrimSpace(ref)
	if ref == "" || len(ref) > maxAddress {
		return nil
	}
	u, err := url.Parse(ref)
	if err != nil {
		return nil
	}
	if p.Base != nil {
		if p.mostTakenOver > 0 && takesOver(p.Base, u) > p.mostTakenOver {
			return nil
		}
		u = p.Base.ResolveReference(u)
	}
	return u
}

// maxTakenOver is how many bytes all relative addresses of a page may take over from its own
// address or that of its base element: each link is written with them.
const maxTakenOver = 16 << 20

// leastTakenOver is what each may at least.
const leastTakenOver = 100

// takesOver returns how many bytes ref takes over from base.
func takesOver(base, ref *url.URL) int {
	if ref.Scheme != "" || ref.Host != "" {
		return 0
	}
	n := len(base.Host)
	switch path := base.EscapedPath(); {
	case ref.Path == "":
		n += len(path) + len(base.RawQuery)
	case ref.Path[0] != '/':
		n += strings.LastIndexByte(path, '/') + 1
	}
	return n
}

// WebURL returns the absolute http address that ref stands for, or "".
func (p *Page) WebURL(ref string) string {
	u := p.resolve(ref)
	if u == nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return ""
	}
	return u.String()
}

// ImageURL returns the absolute http address of an image, or "" where it has
// another scheme. Where the page has no address, a relative one stays as it is
// written: it may be all that is known of the image.
func (p *Page) ImageURL(ref string) string {
	ref = EscapeControls(strings.TrimSpace(ref))
	switch {
	case strings.HasPrefix(ref, "https://") || strings.HasPrefix(ref, "http://"):
		return ref
	case p.Base != nil && strings.HasPrefix(ref, "//"):
		ref = p.Base.Scheme + ":" + ref
	case p.Base != nil:
		u := p.resolve(ref)
		if u == nil {
			u = p.resolve(escapePercent(ref))
		}
		if u == nil {
			return ""
		}
		ref = u.String()
	}
	// What stands before a colon is a scheme, unless a path has begun before it.
	k := strings.IndexAny(ref, ":/?#")
	if k < 0 || ref[k] != ':' || (strings.EqualFold(ref[:k], "http") || strings.EqualFold(ref[:k], "https")) && strings.HasPrefix(ref[k+1:], "//") {
		return ref
	}
	return ""
}

// escapePercent escapes the percent signs that escape nothing, which browsers leave as
// they are and url.Parse refuses.
func escapePercent(ref string) string {
	isHex := func(k int) bool {
		return k < len(ref) && strings.IndexByte("0123456789abcdefABCDEF", ref[k]) >= 0
	}
	var b strings.Builder
	for k := range len(ref) {
		b.WriteByte(ref[k])
		if ref[k] == '%' && !(isHex(k+1) && isHex(k+2)) {
			b.WriteString("25")
		}
	}
	return b.String()
}

// Link makes an address of the page absolute, and empty where a reader must
// not follow it: it is kept for http, https and mailto.
func (p *Page) Link(ref string) string {
	u := p.resolve(ref)
	switch {
	case u == nil:
		return ""
	case u.Scheme == "mailto" && u.Opaque != "":
	case u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || strings.ContainsAny(u.Host, "<>\"'`{}|^\\ *()"):
		return ""
	case u.Host[0] != '[' && strings.Count(u.Host, ":") > 1: // url.Parse refuses it in a whole address alone
		return ""
	}
	// String leaves the query as it was written. A host may have brackets.
	s := u.String()
	if strings.ContainsFunc(s, unicode.IsControl) {
		return ""
	}
	host := strings.Index(s, "://")
	if host < 0 {
		return linkEscaper.Replace(s) // mailto
	}
	host += len("://")
	if n := strings.IndexAny(s[host:], "/?#"); n >= 0 {
		return s[:host+n] + linkEscaper.Replace(s[host+n:])
	}
	return s
}

// linkEscaper escapes what ends an address in Markdown or HTML.
var linkEscaper = strings.NewReplacer(
	" ", "%20", `"`, "%22", "'", "%27", "(", "%28", ")", "%29", "<", "%3C", ">", "%3E", `\`, "%5C", "`", "%60",
	"[", "%5B", "]", "%5D", "*", "%2A", "|", "%7C",
)

// HostOf returns the host of a URL, or "".
func HostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return u.Hostname()
}
