package main

import (
	"bytes"
	"fmt"
	"net"
	"net/http"
	"strconv"
	"strings"

	"newsclip/clean"
)

// A localSite serves pages at several hosts on loopback, each page under many
// addresses until there are enough of them.
type localSite struct {
	seeds   []string
	pages   int
	servers []*http.Server
}

// serveSite serves n pages at about that many hosts.
func serveSite(pages []clean.Input, n, hosts int) (*localSite, error) {
	s := &localSite{pages: n}
	bodies := make([][]byte, len(pages))
	for k, in := range pages {
		bodies[k] = ownPage(in.HTML)
	}
	for h := range hosts {
		l, err := net.Listen("tcp", fmt.Sprintf("127.0.0.%d:0", h+1))
		if err != nil {
			if h > 0 {
				break // some systems have 127.0.0.1 alone
			}
			return nil, err
		}
		s.seeds = append(s.seeds, "http://"+l.Addr().String()+"/")
		srv := &http.Server{Handler: &hostHandler{bodies: bodies}}
		s.servers = append(s.servers, srv)
		go srv.Serve(l)
	}
	for h, srv := range s.servers {
		hh := srv.Handler.(*hostHandler)
		hh.first, hh.last = n*h/len(s.servers), n*(h+1)/len(s.servers)
		hh.index = hh.list()
	}
	return s, nil
}

func (s *localSite) close() {
	for _, srv := range s.servers {
		srv.Close()
	}
}

// ownPage takes from a page what says that it belongs elsewhere, so that each
// address of the site has an article of its own.
func ownPage(html []byte) []byte {
	for _, s := range []string{"canonical", "og:url", "amphtml", "alternate"} {
		for _, quote := range []string{`"`, `'`} {
			html = bytes.ReplaceAll(html, []byte(quote+s+quote), []byte(quote+"x-"+s+quote))
		}
	}
	// Links to the publisher's other pages, which are not here.
	for _, quote := range []string{`"`, `'`} {
		html = bytes.ReplaceAll(html, []byte("href="+quote+"/"), []byte("href="+quote+"https://elsewhere.example/"))
	}
	return html
}

type hostHandler struct {
	bodies      [][]byte
	first, last int
	index       []byte
}

// list is the host's front page: a link to every page.
func (h *hostHandler) list() []byte {
	var b bytes.Buffer
	b.WriteString("<!doctype html><title>All</title><p>Everything that there is.</p>")
	for k := h.first; k < h.last; k++ {
		fmt.Fprintf(&b, "<a href=\"/news/%d\">Story %d</a>\n", k, k)
	}
	return b.Bytes()
}

func (h *hostHandler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.URL.RawQuery != "" {
		http.NotFound(w, r)
		return
	}
	if r.URL.Path == "/" {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Write(h.index)
		return
	}
	name, ok := strings.CutPrefix(r.URL.Path, "/news/")
	k, err := strconv.Atoi(name)
	if !ok || err != nil || k < h.first || k >= h.last {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", "text/html")
	body := h.bodies[k%len(h.bodies)]
	// The number makes it another article than the one with the same body.
	mark := []byte("<h1>" + name + " ")
	if at := bytes.Index(body, []byte("<h1")); at >= 0 {
		if end := bytes.IndexByte(body[at:], '>'); end >= 0 {
			w.Write(body[:at+end+1])
			w.Write([]byte(name + " "))
			w.Write(body[at+end+1:])
			return
		}
	}
	w.Write(body)
	w.Write(mark)
}
