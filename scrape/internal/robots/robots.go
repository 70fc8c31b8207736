package robots

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/jimsmart/grobotstxt"
	"golang.org/x/text/encoding/unicode"

	"newsclip/scrape/internal/address"
	"newsclip/scrape/internal/fetch"
	"newsclip/scrape/internal/pace"
	"newsclip/selectors"
)

const (
	// MaxSize is how much of a robots.txt is read, in bytes: the least that RFC
	// 9309, 2.5, requires.
	MaxSize = 500 << 10
	// maxRedirects is the number of RFC 9309, 2.3.1.2.
	maxRedirects = 5
	// life is how long a robots.txt is used. RFC 9309, 2.4, allows 24 hours;
	// crawlers in wide use take 6.
	life = 6 * time.Hour
	// errorLife is how long a host stays closed after the last attempt to read
	// its robots.txt.
	errorLife = time.Hour
	// Patience is how often a robots.txt that cannot be read is fetched again
	// while the URLs of the host wait: after Retry-After, or after pauses that
	// double from 2 seconds to a minute and are five times as long where it could
	// be read before. For a host that was never reached it is unheardPatience.
	Patience        = 6
	unheardPatience = 2
	// maxCrawlDelay bounds the Crawl-delay that is kept.
	maxCrawlDelay = 60 * time.Second
)

// Rules are the rules of one host's robots.txt for newsclip.
type Rules struct {
	// rules are those of the group for newsclip, each once.
	rules []rule
	// Closed is the reason why nothing may be fetched; nil if the file could be
	// read, or if there is none.
	Closed error
	// Again is when the robots.txt of a closed host is fetched again, while its
	// URLs wait; zero if they do not wait.
	Again time.Time
	// after is the Retry-After of a closed host; negative if there was none.
	after time.Duration
	// Delay is the Crawl-delay, 0 if there is none.
	Delay time.Duration
	// Sitemaps are the addresses in the Sitemap lines, as written.
	Sitemaps []string
	// NoAI is set where a crawler that gathers pages for the training of models
	// (selectors, crawl.txt) may fetch nothing.
	NoAI bool
}

// Allows reports whether u may be fetched.
func (r *Rules) Allows(u *url.URL) bool {
	if r.Closed != nil {
		return false
	}
	// RFC 9309, 2.2.2: robots.txt itself is always open.
	if len(r.rules) == 0 || u.Path == "/robots.txt" {
		return true
	}
	path := u.EscapedPath()
	if u.RawQuery != "" {
		path += "?" + u.RawQuery
	}
	return allowed(r.rules, escape(path))
}

// Parse reads a robots.txt by RFC 9309, with Google's parser: the rules are those of
// the group for the product token, and of the group for all where there is none.
func Parse(body, token string) *Rules {
	if strings.HasPrefix(body, "\xff\xfe") || strings.HasPrefix(body, "\xfe\xff") {
		// RFC 9309 asks for UTF-8. Its rules are the publisher's will in any encoding.
		if s, err := unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewDecoder().String(body); err == nil {
			body = s
		}
	}
	// A byte order mark, or the beginning of one, as Google reads it.
	for _, b := range []byte("\ufeff") {
		if body == "" || body[0] != b {
			break
		}
		body = body[1:]
	}
	body = upperEscapes(strings.ToValidUTF8(body, "\ufffd"))
	g := &groups{token: token}
	grobotstxt.Parse(body, g)
	r := &Rules{Sitemaps: g.sitemaps}
	own, ok := &g.specific, g.everSpecific
	if !ok {
		own = &g.global
	}
	r.rules = own.rules
	r.Delay = own.delay
	named := make(map[string]bool, len(g.agents))
	for _, agent := range g.agents {
		named[strings.ToLower(agent)] = true
	}
	for _, ai := range selectors.Crawl().AIAgents {
		// The file is read once more for each of them, however many groups it has.
		if named[ai] && !grobotstxt.AgentAllowed(body, ai, "http://h/") {
			r.NoAI = true
			break
		}
	}
	return r
}

// smallEscape matches an escape with a small letter in it.
var smallEscape = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`%(?:[a-f][0-9A-Fa-f]|[0-9A-F][a-f])`) })

// upperEscapes writes escapes in capitals. grobotstxt does so as well, but turns
// a digit beside a small letter into a control character on the way (v1.0.3).
func upperEscapes(body string) string {
	return smallEscape().ReplaceAllStringFunc(body, strings.ToUpper)
}

// groups collects the rules of the groups that newsclip obeys.
// grobotstxt's own matcher keeps the rules of one URL only.
type groups struct {
	token            string
	specific, global group
	everSpecific     bool
	inSpecific       bool
	inGlobal         bool
	ruled            bool // a rule was seen since the last user-agent line
	agents           []string
	sitemaps         []string
}

// pattern writes the path of a rule so that it can be compared with what escape
// returns: a star, and a dollar sign at the end, stand for themselves.
func pattern(value string) string {
	end := ""
	if rest, ok := strings.CutSuffix(value, "$"); ok {
		value, end = rest, "$"
	}
	parts := strings.Split(value, "*")
	query := false
	for i, part := range parts {
		parts[i] = escapeFrom(part, query)
		query = query || strings.Contains(part, "?")
	}
	return strings.Join(parts, "*") + end
}

// escape writes a path with its query in the form in which it is compared with rules
// (RFC 9309, 2.2.2 and 2.2.3): what is reserved and what is not ASCII is escaped,
// what need not be is not. The separators of a path and of a query stay, and are not
// the same as their escaped forms, but for a slash in a query.
func escape(path string) string { return escapeFrom(path, false) }

// escapeFrom is escape for a part of a path, which stands in the query if query is
// set.
func escapeFrom(s string, query bool) string {
	const hex = "0123456789ABCDEF"
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		c, escaped := s[i], false
		if c == '%' && i+2 < len(s) {
			if v, err := strconv.ParseUint(s[i+1:i+3], 16, 8); err == nil {
				c, escaped = byte(v), true
				i += 2
			}
		}
		plain := isTokenChar(c) || c >= '0' && c <= '9' || c == '.' || c == '~' || c == '/' && query
		if !escaped && strings.IndexByte("/?=&", c) >= 0 {
			plain = true
			query = query || c == '?'
		}
		if plain {
			b.WriteByte(c)
			continue
		}
		b.WriteByte('%')
		b.WriteByte(hex[c>>4])
		b.WriteByte(hex[c&15])
	}
	return b.String()
}

type group struct {
	rules []rule
	has   map[rule]bool
	delay time.Duration
}

func (g *group) add(x rule) {
	if g.has == nil {
		g.has = make(map[rule]bool)
	}
	if !g.has[x] {
		g.has[x] = true
		g.rules = append(g.rules, x)
	}
}

func (g *groups) HandleRobotsStart() {}
func (g *groups) HandleRobotsEnd()   {}

func (g *groups) HandleUserAgent(_ int, value string) {
	if g.ruled {
		g.ruled, g.inSpecific, g.inGlobal = false, false, false
	}
	// RFC 9309, 2.2.1: a product token is of letters, - and _; what follows
	// it is not compared. A star followed by words is a star, as Google reads it.
	if value == "*" || strings.HasPrefix(value, "* ") || strings.HasPrefix(value, "*\t") {
		g.inGlobal = true
		return
	}
	end := 0
	for end < len(value) && isTokenChar(value[end]) {
		end++
	}
	token := value[:end]
	g.agents = append(g.agents, token)
	if strings.EqualFold(token, g.token) {
		g.inSpecific, g.everSpecific = true, true
	}
}

func isTokenChar(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '-' || c == '_'
}

func (g *groups) HandleAllow(_ int, value string)    { g.rule(true, value) }
func (g *groups) HandleDisallow(_ int, value string) { g.rule(false, value) }

func (g *groups) rule(allow bool, value string) {
	g.ruled = true
	for _, own := range g.current() {
		own.add(rule{allow, pattern(value)})
	}
}

func (g *groups) current() []*group {
	var in []*group
	if g.inSpecific {
		in = append(in, &g.specific)
	}
	if g.inGlobal {
		in = append(in, &g.global)
	}
	return in
}

func (g *groups) HandleSitemap(_ int, value string) {
	// Some lines name several, or put them into quotes or brackets.
	for field := range strings.FieldsSeq(value) {
		if field = strings.Trim(field, `<>"',;`); field != "" {
			g.sitemaps = append(g.sitemaps, field)
		}
	}
}

func (g *groups) HandleUnknownAction(_ int, action, value string) {
	if !strings.EqualFold(action, "crawl-delay") {
		return
	}
	// A value that is not a number is ignored.
	s, err := strconv.ParseFloat(strings.Replace(value, ",", ".", 1), 64)
	if err != nil || !(s > 0) {
		return
	}
	d := maxCrawlDelay
	if s < maxCrawlDelay.Seconds() {
		d = time.Duration(s * float64(time.Second))
	}
	for _, own := range g.current() {
		own.delay = max(own.delay, d)
	}
}

// Cache fetches and keeps the rules of each host. While one caller fetches those of
// a host, the others wait for them. It may be used by any number of goroutines.
type Cache struct {
	// Token is the product token whose group is obeyed; empty means newsclip's. It
	// is set before the first use.
	Token string

	fetch func(ctx context.Context, u *url.URL) (*fetch.Response, error)
	now   func() time.Time
	// scaled shortens pauses where hosts have no delay; nil means that URLs do
	// not wait for a host that is closed.
	scaled func(time.Duration) time.Duration

	mu    sync.Mutex
	hosts map[string]*entry
	bytes int // of the rules of all hosts
}

// NewCache returns an empty cache that fetches with fetch. scaled shortens
// the pauses after which the robots.txt of a closed host is fetched again; nil
// means that it is not.
func NewCache(fetch func(ctx context.Context, u *url.URL) (*fetch.Response, error), scaled func(time.Duration) time.Duration) *Cache {
	return &Cache{fetch: fetch, scaled: scaled, now: time.Now, hosts: make(map[string]*entry)}
}

func (c *Cache) token() string {
	if c.Token == "" {
		return fetch.ProductToken
	}
	return c.Token
}

type entry struct {
	ready   chan struct{} // closed when rules is set
	rules   *Rules
	expires time.Time
	heard   bool          // the file could be read before
	closed  int           // attempts in a row in which it could not
	waited  time.Duration // after them, for Retry-After
}

// maxHosts and maxBytes bound the cache. When it is full, rules that have expired
// are dropped first, and then any others.
const (
	maxHosts = 20_000
	maxBytes = 64 << 20
)

// Get returns the rules for u's host, and reports whether this call has fetched
// them. Its only error is that of ctx: a robots.txt that cannot be read closes the
// host.
func (c *Cache) Get(ctx context.Context, u *url.URL) (rules *Rules, fetched bool, err error) {
	key := address.Origin(u)
	for {
		c.mu.Lock()
		e := c.hosts[key]
		if e == nil || !e.expires.IsZero() && c.now().After(e.expires) {
			was := e
			e = &entry{ready: make(chan struct{})}
			if was != nil {
				e.heard, e.closed, e.waited = was.heard, was.closed, was.waited
				c.bytes -= was.rules.size()
				delete(c.hosts, key)
			}
			c.evict()
			c.hosts[key] = e
			c.mu.Unlock()
			rules, err = c.fill(ctx, key, e, u)
			return rules, true, err
		}
		c.mu.Unlock()
		select {
		case <-e.ready:
			if e.rules != nil {
				return e.rules, false, nil
			}
			// The caller that fetched was cancelled: another one must.
		case <-ctx.Done():
			return nil, false, ctx.Err()
		}
		if err := ctx.Err(); err != nil {
			return nil, false, err
		}
	}
}

func (c *Cache) fill(ctx context.Context, key string, e *entry, u *url.URL) (*Rules, error) {
	rules, err := c.ask(ctx, u)
	c.mu.Lock()
	defer c.mu.Unlock()
	defer close(e.ready)
	if err != nil {
		delete(c.hosts, key)
		return nil, err
	}
	life := life
	if rules.Closed == nil {
		e.heard, e.closed, e.waited = true, 0, 0
	} else {
		e.closed++
		var ok bool
		if life, ok = c.patience(e, rules); ok {
			rules.Again = c.now().Add(life)
		} else {
			life = errorLife
		}
	}
	e.rules, e.expires = rules, c.now().Add(life)
	c.bytes += rules.size()
	return rules, nil
}

// patience returns how long the URLs of a closed host wait until its robots.txt is
// fetched again. It reports false where they do not wait any more.
func (c *Cache) patience(e *entry, rules *Rules) (time.Duration, bool) {
	cause := fetch.CauseOf(rules.Closed)
	most := Patience
	if fetch.IsUnreachable(cause) && !e.heard {
		most = unheardPatience
	}
	if c.scaled == nil || e.closed > most || !fetch.IsTransient(cause) {
		return 0, false
	}
	if rules.after >= 0 {
		patient := e.waited < pace.MaxRest
		e.waited += rules.after
		return rules.after, patient
	}
	wait := c.scaled(pace.Backoff(e.closed))
	if e.heard {
		wait *= 5
	}
	return wait, true
}

// evict makes room; c.mu is held.
func (c *Cache) evict() {
	if len(c.hosts) < maxHosts && c.bytes < maxBytes {
		return
	}
	now := c.now()
	for _, expired := range []bool{true, false} {
		for key, e := range c.hosts {
			if !expired && len(c.hosts) < maxHosts*9/10 && c.bytes < maxBytes*9/10 {
				break
			}
			if !e.expires.IsZero() && (!expired || now.After(e.expires)) {
				c.bytes -= e.rules.size()
				delete(c.hosts, key)
			}
		}
	}
}

// size is about how many bytes the rules take.
func (r *Rules) size() int {
	const perRule = 24 // a bool and the string's header
	n := len(r.rules) * perRule
	for _, x := range r.rules {
		n += len(x.pattern)
	}
	for _, s := range r.Sitemaps {
		n += len(s)
	}
	return n
}

// ask fetches the robots.txt of a host and follows its redirects, which may lead to
// other hosts: the rules are those of the first one (RFC 9309, 2.3.1.2).
func (c *Cache) ask(ctx context.Context, u *url.URL) (*Rules, error) {
	at := &url.URL{Scheme: u.Scheme, Host: u.Host, Path: "/robots.txt"}
	for hop := 0; ; hop++ {
		resp, err := c.fetch(ctx, at)
		if err != nil {
			if ctx.Err() != nil {
				return nil, ctx.Err()
			}
			return &Rules{Closed: fmt.Errorf("%s cannot be read: %w", at, err), after: -1}, nil
		}
		body := string(resp.Body)
		resp.Release()
		switch s := resp.Status; {
		case s >= 200 && s < 300:
			return Parse(body, c.token()), nil
		case fetch.IsRedirect(s):
			next, err := address.Parse(at, resp.Header.Get("Location"))
			if err != nil || hop == maxRedirects {
				// More than five redirects may be taken for "unavailable".
				return &Rules{}, nil
			}
			at = next
		case s == http.StatusTooManyRequests || s >= 500:
			after, ok := pace.RetryAfter(resp.Header.Get("Retry-After"), c.now())
			if !ok {
				after = -1
			}
			return &Rules{Closed: fmt.Errorf("%s cannot be read: %w", at, fetch.StatusError(s)), after: after}, nil
		default:
			return &Rules{}, nil
		}
	}
}
