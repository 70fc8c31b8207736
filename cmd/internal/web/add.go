package web

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"
	"time"

	"newsclip/clean"
	"newsclip/cmd/internal/rulebook"
)

// addedAtOnce is how many pages are taken of one request; an archive may hold more.
const addedAtOnce = 50

// homeView is what the template "home" shows.
type homeView struct {
	frame
	Pages   []*stored
	Added   []*stored
	Faults  []string
	MaxBody string
	Search  bool
}

func (s *Site) home(w http.ResponseWriter, r *http.Request) {
	s.write(w, http.StatusOK, "home", s.homeView())
}

func (s *Site) homeView() *homeView {
	return &homeView{
		frame: s.frame("newsclip", "pages"), Pages: s.pages.list(), Search: s.o.Search != "",
		MaxBody: fmt.Sprintf("%d MB", max(1, s.o.MaxBody>>20)),
	}
}

// upload is what a form sends.
type upload struct {
	url   string
	html  []byte // of the bookmarklet
	files []file
}

type file struct {
	name string
	raw  []byte
}

// addPages takes the pages of a form: files, the page that a reader sees, or one to
// be fetched.
func (s *Site) addPages(w http.ResponseWriter, r *http.Request) {
	n := r.ContentLength
	if n < 0 {
		n = s.o.MaxBody
	}
	release, err := s.o.Server.Hold(r.Context(), n)
	if err != nil {
		// Otherwise the server reads the body before it answers, however slowly it comes.
		w.Header().Set("Connection", "close")
		s.Problem(w, err)
		return
	}
	defer release()
	// A connection that cannot have a deadline is bounded by the server's own.
	_ = http.NewResponseController(w).SetReadDeadline(time.Now().Add(s.o.Timeout))
	r.Body = http.MaxBytesReader(w, r.Body, s.o.MaxBody)
	up, err := readUpload(r)
	if err != nil {
		s.Problem(w, err)
		return
	}
	added, faults := s.take(r.Context(), up)
	switch {
	case len(added) == 1 && len(faults) == 0:
		http.Redirect(w, r, "/pages/"+added[0].ID, http.StatusSeeOther)
	case len(added) == 0 && len(faults) == 1:
		s.Problem(w, faults[0])
	default:
		v := s.homeView()
		v.Added = added
		for _, err := range faults {
			v.Faults = append(v.Faults, err.Error())
		}
		s.write(w, http.StatusOK, "home", v)
	}
}

// readUpload reads a form of either encoding.
func readUpload(r *http.Request) (*upload, error) {
	up := new(upload)
	mediaType, params, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	switch mediaType {
	case "multipart/form-data":
		form := multipart.NewReader(r.Body, params["boundary"])
		for {
			part, err := form.NextPart()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				return nil, err
			}
			value, err := io.ReadAll(part)
			if err != nil {
				return nil, err
			}
			up.set(part.FormName(), part.FileName(), value)
		}
	case "application/x-www-form-urlencoded":
		raw, err := io.ReadAll(r.Body)
		if err != nil {
			return nil, err
		}
		values, err := url.ParseQuery(string(raw))
		if err != nil {
			return nil, err
		}
		up.set("url", "", []byte(values.Get("url")))
		up.set("html", "", []byte(values.Get("html")))
	default:
		return nil, faultf(http.StatusUnsupportedMediaType, "a form is needed, and this is %q", mediaType)
	}
	if up.url == "" && len(up.html) == 0 && len(up.files) == 0 {
		return nil, errors.New("there is nothing to clean: give the address of a page, or choose a saved page")
	}
	return up, nil
}

func (u *upload) set(field, name string, value []byte) {
	switch {
	case field == "url":
		u.url = strings.TrimSpace(string(value))
		if u.url != "" && !strings.Contains(u.url, "://") {
			u.url = "https://" + u.url
		}
	case field == "html":
		u.html = value
	case field == "page" && len(value) > 0: // an empty choice of files is sent too
		u.files = append(u.files, file{name, value})
	}
}

// take keeps the pages of a form, and returns what was wrong with the others.
func (s *Site) take(ctx context.Context, up *upload) (added []*stored, faults []error) {
	keep := func(in clean.Input, err error) {
		var p *stored
		if err == nil {
			p, err = s.keep(ctx, in)
		}
		if err != nil {
			if name := cmp.Or(in.File, in.URL); name != "" && len(up.files) > 0 {
				err = fmt.Errorf("%s: %w", name, err)
			}
			faults = append(faults, err)
			return
		}
		added = append(added, p)
	}
	switch {
	case len(up.files) > 0:
		for _, f := range up.files {
			for in, err := range s.pagesIn(ctx, f) {
				if len(added)+len(faults) == addedAtOnce {
					faults = append(faults, fmt.Errorf("only the first %d pages were read: newsclip clean reads all of them", addedAtOnce))
					return added, faults
				}
				if up.url != "" && len(up.files) == 1 {
					in.URL = up.url
				}
				keep(in, err)
			}
		}
	case len(up.html) > 0:
		keep(clean.Input{URL: up.url, HTML: up.html, ContentType: "text/html; charset=utf-8"}, nil)
	default:
		keep(s.o.Server.Fetch(ctx, up.url))
	}
	return added, faults
}

// pagesIn returns the pages in a file of any form that saved pages have.
func (s *Site) pagesIn(ctx context.Context, f file) func(yield func(clean.Input, error) bool) {
	return func(yield func(clean.Input, error) bool) {
		found := false
		for in, err := range s.o.Server.SavedPages(ctx, f.raw) {
			found = true
			if in.File = f.name; !yield(in, err) {
				return
			}
		}
		if !found {
			yield(clean.Input{File: f.name}, errors.New("the file holds no page"))
		}
	}
}

// keep keeps a page that can be read, whether or not it has an article.
func (s *Site) keep(ctx context.Context, in clean.Input) (*stored, error) {
	p := &stored{In: in, Host: hostOf(in.URL)}
	err := s.o.Server.Draft(ctx, in, s.o.Rules.Set(), func(d *clean.Draft) { p.Title = strings.Clone(d.Title()) })
	if err != nil {
		return nil, err
	}
	p.Title = titled(p.Title)
	s.pages.add(p)
	return p, nil
}

// hostOf returns the host that the rules for an address are filed under, or "".
func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return rulebook.Host(u.Host)
}

// find returns the page of a request, and answers where there is none.
func (s *Site) find(w http.ResponseWriter, r *http.Request) *stored {
	p := s.pages.get(r.PathValue("id"))
	if p == nil {
		s.Problem(w, faultf(http.StatusNotFound, "this page is not at hand any more: pages are kept in memory, and the oldest of them are given up"))
	}
	return p
}

// parseForm reads a form of most bytes at most, for which it has as long as a page has.
func (s *Site) parseForm(w http.ResponseWriter, r *http.Request, most int64) error {
	control := http.NewResponseController(w)
	_ = control.SetReadDeadline(time.Now().Add(s.o.Timeout))
	r.Body = http.MaxBytesReader(w, r.Body, most)
	if err := r.ParseForm(); err != nil {
		w.Header().Set("Connection", "close") // the rest of the body is not read
		return err
	}
	_ = control.SetReadDeadline(time.Time{}) // what follows has another limit
	return nil
}

// setAddress tells where a page is from.
func (s *Site) setAddress(w http.ResponseWriter, r *http.Request) {
	p := s.find(w, r)
	if p == nil {
		return
	}
	if err := s.parseForm(w, r, 16<<10); err != nil {
		s.Problem(w, err)
		return
	}
	var up upload
	up.set("url", "", []byte(r.PostFormValue("url")))
	if hostOf(up.url) == "" {
		s.Problem(w, fmt.Errorf("%q is not the address of a page", up.url))
		return
	}
	changed := *p
	changed.In.URL, changed.Host = up.url, hostOf(up.url)
	s.pages.replace(&changed)
	http.Redirect(w, r, "/pages/"+p.ID, http.StatusSeeOther)
}

func (s *Site) removePage(w http.ResponseWriter, r *http.Request) {
	s.pages.remove(r.PathValue("id"))
	http.Redirect(w, r, "/", http.StatusSeeOther)
}
