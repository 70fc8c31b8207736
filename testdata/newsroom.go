// Package testdata holds a made-up publisher's site and hostile input.
//
// [Newsroom] serves the site, with everything that real ones put in a
// crawler's and a cleaner's way; newsroom/README.md says which page has which
// hazard. [Expected] gives the record that each of its article pages must
// become. Everything on the pages is invented.
package testdata

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"net/http"
	"net/url"
	"path"
	"sort"
	"strconv"
	"strings"
	"sync"
	"time"
)

//go:embed newsroom
var files embed.FS

// Placeholders in the site's files. They are ASCII, so that they can be
// replaced in the bytes of every encoding the site is served in.
const (
	originMark   = "{{origin}}"         // scheme, host and port of the request
	hostMark     = "{{host}}"           // its host without the port
	sessionMark  = "{{session}}"        // an identifier that no other answer had
	monthMark    = "{{month}}"          // the calendar's month, as in 2025-05
	previousMark = "{{previous-month}}" // the one before
	nextMark     = "{{next-month}}"     // the one after
)

// monthLayout is how the calendar writes a month in its paths.
const monthLayout = "2006-01"

// A route is one line of routes.txt.
type route struct {
	path   string     // without query; of a prefix route without its star
	query  url.Values // what the request's query must have
	prefix bool
	file   string // in newsroom/, or "-"
	status int
	ctype  string

	to      string // where a redirect goes
	fails   int    // how often the answer is 503 first
	gzip    bool   // send with Content-Encoding: gzip to who accepts it
	gz      bool   // the body is a gzip file
	month   bool   // the path ends in the calendar's month
	soft404 bool   // says that there is no page, with status 200
	header  http.Header
}

// site serves the newsroom. Its state is what a publisher's server remembers
// of earlier requests.
type site struct {
	routes []route

	mu       sync.Mutex
	failed   map[string]int // 503s given so far, by path
	sessions uint64         // minted so far
}

// Newsroom returns a handler that serves the made-up site. Each handler has
// its own state: the page that fails twice fails twice for each. The error
// says which line of routes.txt does not read.
func Newsroom() (http.Handler, error) {
	routes, err := readRoutes()
	if err != nil {
		return nil, err
	}
	return &site{routes: routes, failed: make(map[string]int)}, nil
}

// A Record is what one article page must become.
type Record struct {
	// Path is the article's canonical path, with its query where it has one.
	Path string
	// File is the page that tells it, in newsroom/.
	File string
	// JSON is the record without the fields that are computed: id,
	// word_count, content_hash, confidence, fetched_at, status, removed.
	JSON json.RawMessage
}

// Expected returns the expected records of a newsroom that is served at origin
// ("http://127.0.0.1:8080", no slash at the end), sorted by path. An article
// has one, whatever the number of addresses that lead to it.
func Expected(origin string) ([]Record, error) {
	u, err := url.Parse(origin)
	if err != nil {
		return nil, fmt.Errorf("newsroom: origin: %w", err)
	}
	const ending = ".expected.json"
	var records []Record
	err = fs.WalkDir(files, "newsroom", func(name string, d fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(name, ending) {
			return err
		}
		b, err := files.ReadFile(name)
		if err != nil {
			return err
		}
		var says struct {
			Canonical string `json:"canonical_url"`
		}
		if err := json.Unmarshal(b, &says); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		records = append(records, Record{
			Path: strings.TrimPrefix(says.Canonical, originMark),
			File: strings.TrimSuffix(strings.TrimPrefix(name, "newsroom/"), ending) + ".html",
			JSON: fill(b, originMark, origin, hostMark, u.Hostname()),
		})
		return nil
	})
	sort.Slice(records, func(i, j int) bool { return records[i].Path < records[j].Path })
	return records, err
}

func readRoutes() ([]route, error) {
	b, err := files.ReadFile("newsroom/routes.txt")
	if err != nil {
		return nil, err
	}
	var routes []route
	for n, line := range strings.Split(string(b), "\n") {
		if line == "" || line[0] == '#' {
			continue
		}
		r, err := readRoute(strings.Fields(line))
		if err != nil {
			return nil, fmt.Errorf("newsroom/routes.txt:%d: %w", n+1, err)
		}
		routes = append(routes, r)
	}
	// The most particular route comes first: whole paths before prefixes,
	// longer before shorter, more of a query before less.
	sort.SliceStable(routes, func(i, j int) bool {
		a, b := &routes[i], &routes[j]
		if a.prefix != b.prefix {
			return b.prefix
		}
		if len(a.path) != len(b.path) {
			return len(a.path) > len(b.path)
		}
		return len(a.query) > len(b.query)
	})
	return routes, nil
}

func readRoute(f []string) (route, error) {
	if len(f) < 4 {
		return route{}, fmt.Errorf("%d columns, want path, file, status and type", len(f))
	}
	u, err := url.Parse(f[0])
	if err != nil {
		return route{}, err
	}
	r := route{path: u.Path, query: u.Query(), file: f[1], ctype: f[3], header: make(http.Header)}
	r.path, r.prefix = strings.CutSuffix(r.path, "*")
	if r.status, err = strconv.Atoi(f[2]); err != nil {
		return route{}, fmt.Errorf("status: %w", err)
	}
	for _, word := range f[4:] {
		key, value, _ := strings.Cut(word, "=")
		switch key {
		case "to":
			r.to = value
		case "fail":
			if r.fails, err = strconv.Atoi(value); err != nil {
				return route{}, fmt.Errorf("fail: %w", err)
			}
		case "gzip":
			r.gzip = true
		case "gz":
			r.gz = true
		case "month":
			r.month = true
		case "soft404":
			r.soft404 = true
		case "header":
			name, v, ok := strings.Cut(value, ":")
			if !ok {
				return route{}, fmt.Errorf("header %q has no value", value)
			}
			r.header.Set(name, v)
		default:
			return route{}, fmt.Errorf("no behaviour is called %q", key)
		}
	}
	return r, nil
}

// find returns the route of a path and query, or nil. Like a servlet engine,
// it ignores what follows a semicolon in the path; like most servers, it
// ignores what it does not know in the query.
func (s *site) find(p string, query url.Values) *route {
	p, _, _ = strings.Cut(p, ";")
	for i := range s.routes {
		r := &s.routes[i]
		if r.path != p && !(r.prefix && strings.HasPrefix(p, r.path)) {
			continue
		}
		if has(query, r.query) {
			return r
		}
	}
	return nil
}

func has(query, want url.Values) bool {
	for k := range want {
		if query.Get(k) != want.Get(k) {
			return false
		}
	}
	return true
}

func (s *site) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	r := s.find(req.URL.Path, req.URL.Query())
	switch {
	case r == nil:
		http.NotFound(w, req)
		return
	case r.to != "":
		http.Redirect(w, req, r.to, r.status)
		return
	case s.failing(r):
		w.Header().Set("Retry-After", "1")
		http.Error(w, "the newsroom is busy", http.StatusServiceUnavailable)
		return
	}
	body, err := s.body(r, req)
	if err != nil {
		http.Error(w, err.Error(), http.StatusNotFound)
		return
	}
	h := w.Header()
	for k, v := range r.header {
		h[k] = v
	}
	h.Set("Content-Type", r.ctype)
	if r.gz || r.gzip && strings.Contains(req.Header.Get("Accept-Encoding"), "gzip") {
		body = compress(body)
		if r.gzip {
			h.Set("Content-Encoding", "gzip")
			h.Set("Vary", "Accept-Encoding")
		}
	}
	if r.status != http.StatusOK {
		w.WriteHeader(r.status)
		w.Write(body)
		return
	}
	sum := sha256.Sum256(body)
	h.Set("ETag", fmt.Sprintf("%q", fmt.Sprintf("%x", sum[:8])))
	http.ServeContent(w, req, "", time.Time{}, bytes.NewReader(body))
}

// failing says whether the answer is a failure this time.
func (s *site) failing(r *route) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.failed[r.path] >= r.fails {
		return false
	}
	s.failed[r.path]++
	return true
}

func (s *site) body(r *route, req *http.Request) ([]byte, error) {
	b, err := files.ReadFile("newsroom/" + r.file)
	if err != nil {
		return nil, err
	}
	scheme := "http://"
	if req.TLS != nil {
		scheme = "https://"
	}
	host := (&url.URL{Host: req.Host}).Hostname()
	marks := []string{originMark, scheme + req.Host, hostMark, host, sessionMark, s.session()}
	if r.month {
		m, err := time.Parse(monthLayout, path.Base(req.URL.Path))
		if err != nil {
			return nil, err
		}
		marks = append(marks, monthMark, m.Format(monthLayout),
			previousMark, m.AddDate(0, -1, 0).Format(monthLayout),
			nextMark, m.AddDate(0, 1, 0).Format(monthLayout))
	}
	return fill(b, marks...), nil
}

// session mints an identifier.
func (s *site) session() string {
	s.mu.Lock()
	s.sessions++
	n := s.sessions
	s.mu.Unlock()
	sum := sha256.Sum256([]byte(strconv.FormatUint(n, 10)))
	return fmt.Sprintf("%x", sum[:16])
}

// fill replaces placeholders, given as old and new in turn. What has none is
// returned as it is.
func fill(b []byte, marks ...string) []byte {
	for i := 0; i < len(marks); i += 2 {
		if bytes.Contains(b, []byte(marks[i])) {
			b = bytes.ReplaceAll(b, []byte(marks[i]), []byte(marks[i+1]))
		}
	}
	return b
}

func compress(b []byte) []byte {
	var out bytes.Buffer
	z := gzip.NewWriter(&out)
	z.Write(b) // into memory: neither call can fail
	z.Close()
	return out.Bytes()
}
