package origins

import (
	"net/netip"
	"net/url"
	"strings"

	"golang.org/x/net/publicsuffix"

	"newsclip/scrape/internal/address"
	"newsclip/scrape/internal/fetch"
)

// Forms returns the other forms of u, those that sites have most often first.
func Forms(u *url.URL) []*url.URL {
	hosts := []string{u.Host}
	if bare, ok := strings.CutPrefix(u.Host, "www."); ok {
		hosts = append(hosts, bare)
	} else if isRegistered(u.Hostname()) {
		hosts = append(hosts, "www."+u.Host)
	}
	schemes := []string{"https", "http"}
	if u.Port() != "" {
		schemes = []string{u.Scheme} // the port is that of one scheme
	}
	var forms []*url.URL
	for _, host := range hosts {
		for _, scheme := range schemes {
			if form := At(u, scheme, host); address.Origin(form) != address.Origin(u) {
				forms = append(forms, form)
			}
		}
	}
	return forms
}

// isRegistered reports whether a host is a registered domain, which may have a "www."
// of its own.
func isRegistered(host string) bool {
	if _, err := netip.ParseAddr(host); err == nil {
		return false
	}
	d, err := publicsuffix.EffectiveTLDPlusOne(host)
	return err == nil && d == host
}

// At returns u at another origin.
func At(u *url.URL, scheme, host string) *url.URL {
	form := *u
	form.Scheme, form.Host = scheme, host
	return &form
}

// MeansDead reports whether an error of an origin's robots.txt means that
// another origin of the host may answer.
func MeansDead(err error) bool {
	switch cause := fetch.CauseOf(err); cause {
	case fetch.CauseDropped, fetch.CauseTimeout:
		return true
	case "500", "502", "503", "504", "520", "521", "522", "523", "524":
		return true
	default:
		return fetch.IsUnreachable(cause)
	}
}
