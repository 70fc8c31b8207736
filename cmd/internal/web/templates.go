package web

import (
	"bytes"
	"cmp"
	"embed"
	"errors"
	"fmt"
	"html/template"
	"net/http"
	"strings"
	"sync"
	"time"

	"newsclip/clean"
	"newsclip/clean/article"
	"newsclip/cmd/internal/show"
)

//go:embed templates/*.html
var templateFiles embed.FS

//go:embed assets
var assetFiles embed.FS

var templates = sync.OnceValue(func() *template.Template {
	t := show.Templates().Funcs(template.FuncMap{"day": func(at time.Time) string { return at.Format("2 January 2006, 15:04") }})
	return template.Must(t.ParseFS(templateFiles, "templates/*.html"))
})

// A frame is what all pages have in common.
type frame struct {
	Title string
	// Here names the part of the site that the page belongs to.
	Here string
	// SignedIn is set where there is a token, and so a way to sign out.
	SignedIn bool
	// Refresh is after how many seconds a browser without scripts loads the page
	// again; 0 means never.
	Refresh int
	// Dir is the direction of the page, "ltr" or "rtl".
	Dir string
}

func (s *Site) frame(title, here string) frame {
	return frame{Title: title, Here: here, SignedIn: s.o.Token != "" && here != "", Dir: "ltr"}
}

// write answers with a page.
func (s *Site) write(w http.ResponseWriter, status int, name string, v any) {
	var b bytes.Buffer
	if err := templates().ExecuteTemplate(&b, name, v); err != nil {
		s.o.Log.Error("a page was not made", "template", name, "error", err)
		http.Error(w, "newsclip failed to make this page", http.StatusInternalServerError)
		return
	}
	secure(w.Header(), policy)
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write(b.Bytes()) // who has gone does not read it
}

// problemView is what the template "problem" shows.
type problemView struct {
	frame
	Status int
	Detail string
	Retry  string // seconds
}

// Problem answers with a page that tells what was wrong.
func (s *Site) Problem(w http.ResponseWriter, err error) {
	status := statusOf(err)
	v := problemView{frame: s.frame(http.StatusText(status), "problem"), Status: status, Detail: err.Error()}
	var with interface{ GetHeaders() http.Header }
	if errors.As(err, &with) {
		for name, values := range with.GetHeaders() {
			w.Header()[name] = values
		}
		v.Retry = w.Header().Get("Retry-After")
	}
	s.write(w, status, "problem", v)
}

// statusOf returns the HTTP status of an error.
func statusOf(err error) int {
	var known interface{ GetStatus() int }
	var large *http.MaxBytesError
	var page *clean.Error
	var slow interface{ Timeout() bool }
	switch {
	case errors.As(err, &known):
		return known.GetStatus()
	case errors.As(err, &large), errors.As(err, &page) && page.Code == article.CodeTooLarge:
		return http.StatusRequestEntityTooLarge
	case errors.As(err, &page) && page.Code == article.CodeNotHTML:
		return http.StatusUnsupportedMediaType
	case page != nil:
		return http.StatusUnprocessableEntity
	case errors.As(err, &slow) && slow.Timeout():
		return http.StatusRequestTimeout
	}
	return http.StatusBadRequest
}

// A fault is an error with the status that it is answered with.
type fault struct {
	status int
	text   string
}

func (f *fault) Error() string  { return f.text }
func (f *fault) GetStatus() int { return f.status }

func faultf(status int, format string, args ...any) error {
	return &fault{status, fmt.Sprintf(format, args...)}
}

// assetTypes are the media types of the files that pages load.
var assetTypes = map[string]string{".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8"}

// asset answers with a script or a style sheet.
func (s *Site) asset(w http.ResponseWriter, r *http.Request) {
	name := r.PathValue("name")
	b, err := assetFiles.ReadFile("assets/" + name)
	kind := assetTypes[name[max(strings.LastIndexByte(name, '.'), 0):]]
	if err != nil || kind == "" {
		s.Problem(w, faultf(http.StatusNotFound, "there is no file %q", name))
		return
	}
	if name == "style.css" {
		b = append([]byte(show.Style()), b...)
	}
	secure(w.Header(), "default-src 'none'")
	w.Header().Set("Cache-Control", "no-cache")
	w.Header().Set("Content-Type", kind)
	_, _ = w.Write(b)
}

// titled returns a title, or words for a page that has none.
func titled(title string) string { return cmp.Or(title, "A page without a title") }
