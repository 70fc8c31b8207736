package fetch

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

// The causes of [CauseOf], beside the number of an HTTP status.
const (
	CauseBody     = "body_encoding"   // the body cannot be decoded
	CauseConnect  = "connect"         // no connection to the host
	CauseDNS      = "dns"             // no address for the host
	CauseDropped  = "dropped"         // the connection was closed, or the answer is not HTTP
	CauseOther    = "other"           // anything else
	CausePrivate  = "private_address" // a private address of a host without a seed
	CauseShort    = "cut_short"       // the body ended before its length
	CauseTimeout  = "timeout"         // no data for the time of --timeout
	CauseTLS      = "tls"             // no secure connection
	CauseTooLarge = "too_large"       // longer than --max-body
)

// CauseOf returns the cause of an error of [Client.Get], or of a [StatusError]: one
// of the Cause constants, or the number of an HTTP status.
func CauseOf(err error) string {
	var (
		status   StatusError
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
		return CausePrivate
	case errors.Is(err, ErrCut):
		return CauseTooLarge
	case errors.Is(err, errIdle):
		return CauseTimeout
	case isBrokenHTTP2(err):
		return CauseDropped
	case errors.Is(err, ErrEncoding):
		return CauseBody
	case errors.As(err, &dns):
		return CauseDNS
	case errors.As(err, &cert), errors.As(err, &record), errors.As(err, &alert), errors.As(err, &unknown), errors.As(err, &hostname),
		strings.Contains(err.Error(), "tls: "):
		return CauseTLS
	case errors.As(err, &op) && op.Op == "dial", errors.Is(err, errTunnel):
		return CauseConnect
	case errors.Is(err, io.ErrUnexpectedEOF):
		return CauseShort
	case errors.Is(err, io.EOF), errors.Is(err, syscall.ECONNRESET), errors.Is(err, syscall.EPIPE), errors.Is(err, net.ErrClosed), errors.Is(err, errDials), errors.Is(err, errUnasked),
		strings.Contains(err.Error(), "server closed"), strings.Contains(err.Error(), "connection reset"),
		strings.Contains(err.Error(), "malformed HTTP"):
		return CauseDropped
	case errors.As(err, &netErr) && netErr.Timeout(), errors.Is(err, context.DeadlineExceeded):
		return CauseTimeout
	}
	return CauseOther
}

// isBrokenHTTP2 reports whether an error is of net/http's HTTP/2, whose types have no names
// outside it: what the server has sent is not HTTP/2, or it has given the stream up.
func isBrokenHTTP2(err error) bool {
	text := err.Error()
	return strings.Contains(text, "stream error:") || strings.Contains(text, "connection error:") || strings.Contains(text, "http2: ") && !strings.Contains(text, "timeout")
}

// IsTransient reports whether a failure of this cause may not happen again at the
// next attempt.
func IsTransient(cause string) bool {
	switch cause {
	case CauseConnect, CauseDNS, CauseDropped, CauseShort, CauseTimeout, CauseBody, CauseTLS, CauseOther:
		return true
	case "408", "425", "429", "500", "502", "503", "504", "520", "521", "522", "523", "524": // from 520 on: Cloudflare's
		return true
	}
	return false
}

// IsUnreachable reports whether a failure of this cause means that the host could
// not be reached at all.
func IsUnreachable(cause string) bool {
	return cause == CauseConnect || cause == CauseDNS || cause == CauseTLS
}
