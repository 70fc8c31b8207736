package address

import (
	"net/netip"
	"net/url"
	"strings"

	"golang.org/x/net/publicsuffix"
)

// SameOwner reports whether two hosts are of one registered domain.
func SameOwner(a, b *url.URL) bool { return Domain(a) == Domain(b) }

// IsSameByName reports whether two hosts are of one site by their names: those of one
// registered domain, or of domains that differ in the public suffix alone, such as
// news.example.com and example.co.uk.
func IsSameByName(a, b *url.URL) bool {
	nameA, nameB := siteName(a), siteName(b)
	return nameA != "" && nameA == nameB
}

// siteName returns the registered domain of a host without its public suffix, or ""
// where there is none.
func siteName(u *url.URL) string {
	host := u.Hostname()
	if _, err := netip.ParseAddr(host); err == nil {
		return ""
	}
	domain, err := publicsuffix.EffectiveTLDPlusOne(host)
	if err != nil {
		return ""
	}
	name, _, _ := strings.Cut(domain, ".")
	return name
}
