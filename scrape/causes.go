package scrape

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"strconv"
	"strings"
	"syscall"
)

// A SkipCause says why a URL was not fetched, or its page not written, although
// nothing failed. They are keys of [Summary.Skipped].
type SkipCause string

const (
	SkipBudget    SkipCause = "budget"     // --max-pages or --max-articles was spent
	SkipCalendar  SkipCause = "calendar"   // trap: a calendar's day or month
	SkipDate      SkipCause = "date"       // outside --since and --until
	SkipDepth     SkipCause = "depth"      // too many links from a seed, or too deep a path
	SkipDuplicate SkipCause = "duplicate"  // the same article is written from another URL
	SkipExcluded  SkipCause = "excluded"   // --include and --exclude
	SkipFacet     SkipCause = "facet"      // trap: another view of a page
	SkipInvalid   SkipCause = "invalid"    // no URL that can be fetched
	SkipLong      SkipCause = "long"       // trap: a URL over 2,000 characters
	SkipNofollow  SkipCause = "nofollow"   // rel=nofollow, meta robots or X-Robots-Tag
	SkipNotPage   SkipCause = "not_a_page" // an image, a PDF, a video
	SkipRepeated  SkipCause = "repeated"   // trap: a path segment three times
	SkipRights    SkipCause = "rights"     // --respect-tdm
	SkipRobots    SkipCause = "robots"     // robots.txt does not allow it
	SkipScope     SkipCause = "scope"      // outside --scope
	SkipUnchanged SkipCause = "unchanged"  // --recrawl: the page is as it was
)

// Error causes, keys of [Summary.Errors]. A status of 400 and above that stays
// is its number.
const (
	errCauseBody      = "body_encoding"
	errCauseConnect   = "connect"
	errCauseDNS       = "dns"
	errCauseDropped   = "dropped"
	errCauseHostDead  = "host_given_up"
	errCauseOther     = "other"
	errCausePanic     = "panic"
	errCauseParse     = "parse"
	errCausePrivate   = "private_address"
	errCauseRedirects = "redirect_chain"
	errCauseLoop      = "redirect_loop"
	errCauseRobots    = "robots_unreachable"
	errCauseShort     = "cut_short"
	errCauseSitemap   = "sitemap"
	errCauseTimeout   = "timeout"
	errCauseTLS       = "tls"
	errCauseTooLarge  = "too_large"
	errCauseRecord    = "record_too_large"
)

// causeOfError names what went wrong in a fetch.
func causeOfError(err error) string {
	var (
		status   statusError
		dns      *net.DNSError
		op       *net.OpError
		cert     *tls.CertificateVerificationError
		record   tls.RecordHeaderError
		alert    tls.AlertError
		unknown  x509.UnknownAuthorityError
		hostname x509.HostnameError
		netErr   net.Error
	)
	switch {
	case errors.As(err, &status):
		return strconv.Itoa(int(status))
	case errors.Is(err, errPrivateAddress):
		return errCausePrivate
	case errors.Is(err, errCut):
		return errCauseTooLarge
	case errors.Is(err, errIdle):
		return errCauseTimeout
	case errors.Is(err, errEncoding):
		return errCauseBody
	case errors.As(err, &dns):
		return errCauseDNS
	case errors.As(err, &cert), errors.As(err, &record), errors.As(err, &alert), errors.As(err, &unknown), errors.As(err, &hostname),
		strings.Contains(err.Error(), "tls: "):
		return errCauseTLS
	case errors.As(err, &op) && op.Op == "dial":
		return errCauseConnect
	case errors.Is(err, io.ErrUnexpectedEOF):
		return errCauseShort
	case errors.Is(err, io.EOF), errors.Is(err, syscall.ECONNRESET), errors.Is(err, syscall.EPIPE), errors.Is(err, net.ErrClosed),
		strings.Contains(err.Error(), "server closed"), strings.Contains(err.Error(), "connection reset"),
		strings.Contains(err.Error(), "malformed HTTP"), strings.Contains(err.Error(), "stream error"):
		return errCauseDropped
	case errors.As(err, &netErr) && netErr.Timeout(), errors.Is(err, context.DeadlineExceeded):
		return errCauseTimeout
	}
	return errCauseOther
}

// isPassing says whether a failure of this cause may be gone at the next try.
func isPassing(cause string) bool {
	switch cause {
	case errCauseConnect, errCauseDNS, errCauseDropped, errCauseShort, errCauseTimeout, errCauseBody, errCauseTLS, errCauseOther:
		return true
	case "408", "425", "429", "500", "502", "503", "504", "520", "521", "522", "523", "524": // 520 and up are Cloudflare's
		return true
	}
	return false
}

// noAnswer says whether a failure means that the host could not be reached at
// all.
func noAnswer(cause string) bool {
	return cause == errCauseConnect || cause == errCauseDNS || cause == errCauseTLS
}
