package fetch

import (
	"encoding/base64"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"sync"

	"newsclip/scrape/internal/address"
)

// publicFields are the header fields of the user that every host gets, because they
// do not identify the client. All others, such as Authorization, Cookie and
// X-Api-Key, go to the hosts of seeds alone.
var publicFields = map[string]bool{
	"Accept":                    true,
	"Accept-Charset":            true,
	"Accept-Encoding":           true,
	"Accept-Language":           true,
	"Cache-Control":             true,
	"Dnt":                       true,
	"From":                      true,
	"Pragma":                    true,
	"Priority":                  true,
	"Referer":                   true,
	"Save-Data":                 true,
	"Upgrade-Insecure-Requests": true,
	"User-Agent":                true,
}

func isPublicField(name string) bool {
	return publicFields[name] || strings.HasPrefix(name, "Sec-")
}

// seedHosts are what the seeds allow: which hosts get the user's header fields and
// credentials, and which private addresses are reached.
type seedHosts struct {
	mu sync.RWMutex
	// own holds the hosts of seeds, without "www.".
	own map[string]*ownHost
	// spelled are the addresses, host:port, of seeds that spell out an IP address
	// or localhost.
	spelled map[string]bool
	// publicOnly leaves spelled empty.
	publicOnly bool
}

type ownHost struct {
	// secure is set where all seeds of the host are https: then nothing that is
	// secret goes to it over http.
	secure bool
	login  string // the value of Authorization; empty for none
}

func newSeedHosts(seeds, logins []*url.URL, publicOnly bool) *seedHosts {
	h := &seedHosts{own: make(map[string]*ownHost), spelled: make(map[string]bool), publicOnly: publicOnly}
	for _, u := range seeds {
		h.add(u)
	}
	for _, u := range logins {
		h.add(u).login = basicAuth(u.User)
	}
	return h
}

// basicAuth returns the value of an Authorization field (RFC 7617).
func basicAuth(user *url.Userinfo) string {
	password, _ := user.Password()
	return "Basic " + base64.StdEncoding.EncodeToString([]byte(user.Username()+":"+password))
}

func (h *seedHosts) add(seed *url.URL) *ownHost {
	h.mu.Lock()
	defer h.mu.Unlock()
	own := h.own[address.Host(seed)]
	if own == nil {
		own = &ownHost{secure: true}
		h.own[address.Host(seed)] = own
	}
	own.secure = own.secure && seed.Scheme == "https"
	if host := seed.Hostname(); spellsAddress(host) && !h.publicOnly {
		h.spelled[dialAddr(seed)] = true
		// A site may redirect from http to https.
		if seed.Port() == "" {
			h.spelled[net.JoinHostPort(host, "80")], h.spelled[net.JoinHostPort(host, "443")] = true, true
		}
	}
	return own
}

// spellsAddress reports whether a host says itself where it is, and not DNS.
func spellsAddress(host string) bool {
	_, err := netip.ParseAddr(host)
	return err == nil || host == "localhost" || strings.HasSuffix(host, ".localhost") // RFC 6761, 6.3
}

// isSpelled reports whether a seed spells out an address, host:port.
func (h *seedHosts) isSpelled(addr string) bool {
	h.mu.RLock()
	defer h.mu.RUnlock()
	return h.spelled[addr]
}

// allows reports whether a connection to ip may be made for addr, host:port.
func (h *seedHosts) allows(addr, host string, ip netip.Addr) bool {
	if isPublic(ip) {
		return true
	}
	if !h.isSpelled(addr) {
		return false
	}
	_, err := netip.ParseAddr(host)
	return err == nil || ip.Unmap().IsLoopback() // localhost
}

// allowsProxied reports whether a request for u may be made through a proxy, as far as
// the text of u tells.
func (h *seedHosts) allowsProxied(u *url.URL) bool {
	host := u.Hostname()
	ip, err := netip.ParseAddr(host)
	switch {
	case err == nil:
		return h.allows(dialAddr(u), host, ip)
	case endsInNumber(host):
		return false // 127.1 and 2130706433 are loopback to many resolvers
	}
	return !spellsAddress(host) || h.isSpelled(dialAddr(u))
}

// endsInNumber reports whether the last label of a host is a number, so that it is no
// name (WHATWG URL, 3.5).
func endsInNumber(host string) bool {
	label := strings.TrimSuffix(host, ".")
	label = label[strings.LastIndexByte(label, '.')+1:]
	if hex, ok := strings.CutPrefix(strings.ToLower(label), "0x"); ok {
		return strings.Trim(hex, "0123456789abcdef") == ""
	}
	return label != "" && strings.Trim(label, "0123456789") == ""
}

// ownHost returns the host of u where it is that of a seed and may get what is secret,
// or nil.
func (h *seedHosts) ownHost(u *url.URL) *ownHost {
	h.mu.RLock()
	defer h.mu.RUnlock()
	own := h.own[address.Host(u)]
	if own == nil || own.secure && u.Scheme != "https" {
		return nil
	}
	return own
}

// headers returns the header of a request.
func (f *Client) headers(req *Request) http.Header {
	h := http.Header{
		"User-Agent":      {f.userAgent},
		"Accept":          {"text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.5"},
		"Accept-Encoding": {acceptEncoding},
	}
	for k, v := range req.Header {
		h[http.CanonicalHeaderKey(k)] = v
	}
	own := f.transport.seeds.ownHost(req.URL)
	for k, v := range f.header {
		if k = http.CanonicalHeaderKey(k); own != nil || isPublicField(k) {
			h[k] = v
		}
	}
	if own != nil && own.login != "" && h.Get("Authorization") == "" {
		h.Set("Authorization", own.login)
	}
	return h
}
