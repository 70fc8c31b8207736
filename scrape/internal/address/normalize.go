package address

import (
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	whatwg "github.com/nlnwa/whatwg-url/url"
	"golang.org/x/net/idna"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/unicode"

	"newsclip/selectors"
)

// isTracking reports whether a query parameter identifies the visit or where the
// reader came from, and not the page.
func isTracking(name string) bool {
	for i := 0; i < len(name); i++ {
		if name[i] >= 'A' && name[i] <= 'Z' {
			name = strings.ToLower(name)
			break
		}
	}
	tracking := selectors.Tracking()
	return tracking.Names[name] || slices.ContainsFunc(tracking.Prefixes, func(p string) bool { return strings.HasPrefix(name, p) })
}

// isSession reports whether a parameter named sid holds a session id: 16 or more
// letters and digits, with both among them. On some sites sid is the number of a
// story.
func isSession(name, value string) bool {
	if len(value) < 16 || !strings.EqualFold(name, "sid") && !strings.EqualFold(name, "s_id") {
		return false
	}
	var letter, digit bool
	for i := 0; i < len(value); i++ {
		switch c := value[i] | 0x20; {
		case c >= '0' && c <= '9':
			digit = true
		case c >= 'a' && c <= 'z':
			letter = true
		default:
			return false
		}
	}
	return letter && digit
}

// sessionPath matches a visit's id inside a path: Java's ;jsessionid=, PHP's
// ;PHPSESSID= and the cookieless sessions of ASP.NET, /(S(…))/.
var sessionPath = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i);(?:jsessionid|phpsessid|sid)=[^/?#;]*|/\([a-z]\([a-z0-9]{16,}\)\)`)
})

// lenient reads what browsers read and net/url refuses: a bare %, a space in
// the host's neighbourhood, a backslash.
var lenient = whatwg.NewParser(whatwg.WithPercentEncodeSinglePercentSign())

var errScheme = errors.New("only http and https are fetched")

// maxAddress is how many bytes an address, or a reference to one, has at most: servers take
// 8 to 16 KiB. The parser of the standard takes time that grows with the square of the
// number of segments, which is seconds for a path of 100 kB.
const maxAddress = 16 << 10

var errLong = fmt.Errorf("an address of more than %d bytes is not fetched", maxAddress)

// Normalize returns the form of rawURL under which a crawl knows a page: as the
// WHATWG URL standard writes it (lower-case scheme and host, punycode, no
// default port, dot segments resolved, %-escapes in capitals and only where
// they are needed), without fragment, user, tracking parameters and session
// ids. The order of the other parameters is kept, because some servers answer
// by it. A URL that is not http or https is an error.
func Normalize(rawURL string) (string, error) {
	u, err := Resolve(nil, rawURL)
	if err != nil {
		return "", err
	}
	return u.String(), nil
}

// Resolve returns the normalised URL of a reference found on a page whose base
// is base; a nil base means that ref is absolute. A URL that is not http or https
// is an error.
func Resolve(base *url.URL, ref string) (*url.URL, error) {
	u, err := Parse(base, ref)
	if err != nil {
		return nil, err
	}
	if err := normalize(u); err != nil {
		return nil, err
	}
	// A byte takes nine where it is no UTF-8.
	if len(u.Host)+len(u.Path)+len(u.RawQuery) > maxAddress/16 && len(u.String()) > maxAddress {
		return nil, errLong
	}
	return u, nil
}

// Parse resolves ref against base, which may be nil, as a browser would, and
// does not normalise it. net/url does the common case, because it is several
// times as fast as a parser that follows the standard's states.
func Parse(base *url.URL, ref string) (*url.URL, error) {
	if len(ref) > maxAddress || base != nil && len(base.Path)+len(base.RawQuery) > maxAddress {
		return nil, errLong
	}
	ref = strings.TrimFunc(ref, func(r rune) bool { return r <= ' ' })
	if strings.ContainsAny(ref, "\t\n\r") {
		ref = strings.NewReplacer("\t", "", "\n", "", "\r", "").Replace(ref)
	}
	if !strings.ContainsAny(ref, "\\ ") {
		u, err := url.Parse(ref)
		// A reference http:/x or ///x is a slip, which browsers read otherwise.
		slip := err == nil && base != nil && u.Host == "" && (u.Scheme == "http" || u.Scheme == "https" || strings.HasPrefix(ref, "//"))
		// url.Parse takes "::" for a host and an empty port.
		colons := err == nil && !strings.HasPrefix(u.Host, "[") && strings.Count(u.Host, ":") > 1
		if err == nil && u.Opaque == "" && u.Port() == port(u) && !slip && !colons {
			if base != nil {
				u = base.ResolveReference(u)
			}
			return u, nil
		}
	}
	var href *whatwg.Url
	var err error
	if base != nil {
		href, err = lenient.ParseRef(base.String(), ref)
	} else {
		href, err = lenient.Parse(ref)
	}
	if err != nil {
		return nil, fmt.Errorf("%q is not a URL: %w", ref, err)
	}
	return url.Parse(href.Href(true))
}

// port returns what stands after the host's colon, digits or not, so that a
// URL whose port net/url only half reads goes to the other parser.
func port(u *url.URL) string {
	i := strings.LastIndexByte(u.Host, ':')
	if i < 0 || strings.HasSuffix(u.Host, "]") {
		return ""
	}
	return u.Host[i+1:]
}

func normalize(u *url.URL) error {
	u.Scheme = strings.ToLower(u.Scheme)
	if u.Scheme != "http" && u.Scheme != "https" {
		return fmt.Errorf("%s: %w", u.Redacted(), errScheme)
	}
	if err := normalizeHost(u); err != nil {
		return err
	}
	u.User, u.Fragment, u.RawFragment, u.ForceQuery = nil, "", "", false

	p := u.EscapedPath()
	if strings.ContainsAny(p, ";(") {
		p = sessionPath().ReplaceAllString(p, "")
	}
	p = removeDots(normalizeEscapes(p))
	if p == "" {
		p = "/"
	}
	unescaped, err := url.PathUnescape(p)
	if err != nil {
		return err
	}
	u.Path, u.RawPath = unescaped, p
	u.RawQuery = normalizeQuery(u.RawQuery)
	return nil
}

func normalizeHost(u *url.URL) error {
	host := u.Hostname()
	for i := 0; i < len(host); i++ {
		if host[i] >= 0x80 {
			ascii, err := idna.Lookup.ToASCII(host)
			if err != nil {
				return fmt.Errorf("the host of %s: %w", u.Redacted(), err)
			}
			host = ascii
			break
		}
	}
	host = strings.ToLower(host)
	if strings.Contains(host, ":") {
		host = "[" + host + "]"
	}
	host = strings.TrimRight(host, ".")
	if host == "" {
		return fmt.Errorf("%s has no host", u.Redacted())
	}
	port := strings.TrimLeft(u.Port(), "0")
	if port == "" || port == "80" && u.Scheme == "http" || port == "443" && u.Scheme == "https" {
		u.Host = host
	} else {
		u.Host = host + ":" + port
	}
	return nil
}

// removeDots resolves . and .. (RFC 3986, 5.2.4). path.Clean would also merge
// //, which can be another page.
func removeDots(p string) string {
	if !strings.Contains(p, "/.") {
		return p
	}
	in := strings.Split(p, "/")
	out := in[:0:0]
	for i, s := range in {
		last := i == len(in)-1
		switch s {
		case ".", "..":
			if s == ".." && len(out) > 1 {
				out = out[:len(out)-1]
			}
			if last {
				out = append(out, "")
			}
		default:
			out = append(out, s)
		}
	}
	return strings.Join(out, "/")
}

// normalizeEscapes writes escapes in capitals, and undoes those of characters
// that never need one (RFC 3986, 6.2.2.2).
func normalizeEscapes(s string) string {
	if !strings.Contains(s, "%") {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c != '%' {
			b.WriteByte(c)
			continue
		}
		if i+2 >= len(s) || !isHex(s[i+1]) || !isHex(s[i+2]) {
			b.WriteString("%25")
			continue
		}
		v := unhex(s[i+1])<<4 | unhex(s[i+2])
		if isUnreserved(v) {
			b.WriteByte(v)
		} else {
			b.WriteByte('%')
			b.WriteString(strings.ToUpper(s[i+1 : i+3]))
		}
		i += 2
	}
	return b.String()
}

func isHex(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F'
}

func unhex(c byte) byte {
	switch {
	case c <= '9':
		return c - '0'
	case c >= 'a':
		return c - 'a' + 10
	}
	return c - 'A' + 10
}

func isUnreserved(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' ||
		c == '-' || c == '.' || c == '_' || c == '~'
}

// normalizeQuery drops what tracks the reader, and empty parameters.
func normalizeQuery(q string) string {
	if q == "" {
		return ""
	}
	var b strings.Builder
	for part := range strings.SplitSeq(q, "&") {
		name, value, _ := strings.Cut(part, "=")
		if strings.ContainsAny(name, "%+") {
			if n, err := url.QueryUnescape(name); err == nil {
				name = n
			}
		}
		if part == "" || isTracking(name) || isSession(name, value) {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte('&')
		}
		escapeQuery(&b, part)
	}
	return b.String()
}

// EscapeIn returns a query in which characters outside ASCII are escaped by their
// bytes in an encoding, as browsers write those of links on a page in it. A character
// that the encoding has not becomes a reference (WHATWG URL standard, percent-encode
// after encoding; UTF-16 is taken for UTF-8).
func EscapeIn(query string, enc encoding.Encoding) string {
	utf := enc == encoding.Nop || enc == encoding.Replacement || enc == unicode.UTF8
	const hex = "0123456789ABCDEF"
	var b strings.Builder
	for _, r := range query {
		if r < utf8.RuneSelf {
			b.WriteRune(r)
			continue
		}
		s := string(r)
		if !utf {
			in, err := enc.NewEncoder().String(s)
			if err != nil {
				in = fmt.Sprintf("&#%d;", r)
			}
			s = in
		}
		for i := 0; i < len(s); i++ {
			b.WriteByte('%')
			b.WriteByte(hex[s[i]>>4])
			b.WriteByte(hex[s[i]&15])
		}
	}
	return b.String()
}

// escapeQuery writes one parameter with the escapes that the standard asks for
// in a query, and those that stand there in capitals.
func escapeQuery(b *strings.Builder, s string) {
	const hex = "0123456789ABCDEF"
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case c == '%' && i+2 < len(s) && isHex(s[i+1]) && isHex(s[i+2]):
			v := unhex(s[i+1])<<4 | unhex(s[i+2])
			if isUnreserved(v) {
				b.WriteByte(v)
			} else {
				b.WriteByte('%')
				b.WriteString(strings.ToUpper(s[i+1 : i+3]))
			}
			i += 2
		case c <= ' ' || c >= 0x7f || c == '"' || c == '#' || c == '<' || c == '>' || c == '\'':
			b.WriteByte('%')
			b.WriteByte(hex[c>>4])
			b.WriteByte(hex[c&15])
		default:
			b.WriteByte(c)
		}
	}
}
