package fetch

import (
	"net/netip"
)

// isPublic reports whether an address is on the public internet (RFC 6890). Any
// other is reached only on a host that a seed names.
func isPublic(a netip.Addr) bool {
	a = a.Unmap().WithZone("") // no prefix contains an address with a zone
	if !a.IsValid() || a.IsLoopback() || a.IsPrivate() || a.IsUnspecified() || a.IsLinkLocalUnicast() ||
		a.IsMulticast() || a.IsInterfaceLocalMulticast() {
		return false
	}
	for _, p := range specialNets {
		if p.Contains(a) {
			return false
		}
	}
	return true
}

// specialNets are the blocks of the IANA special-purpose address registries
// that the methods of netip.Addr do not tell.
var specialNets = []netip.Prefix{
	netip.MustParsePrefix("0.0.0.0/8"),
	netip.MustParsePrefix("100.64.0.0/10"), // shared address space (RFC 6598)
	netip.MustParsePrefix("192.0.0.0/24"),
	netip.MustParsePrefix("198.18.0.0/15"), // benchmarking (RFC 2544)
	netip.MustParsePrefix("240.0.0.0/4"),
	netip.MustParsePrefix("::/96"),          // an IPv4 address inside (RFC 4291, deprecated)
	netip.MustParsePrefix("64:ff9b::/96"),   // NAT64: likewise
	netip.MustParsePrefix("64:ff9b:1::/48"), // NAT64 of a network of its own (RFC 8215)
	netip.MustParsePrefix("2001::/23"),      // protocols, as Teredo: likewise
	netip.MustParsePrefix("2002::/16"),      // 6to4: likewise
	netip.MustParsePrefix("fec0::/10"),      // site-local (RFC 3879, deprecated)
	netip.MustParsePrefix("100::/64"),       // discarded (RFC 6666)
}
