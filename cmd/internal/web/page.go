package web

import (
	"bytes"
	"context"
	_ "embed"
	"fmt"
	"html/template"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"newsclip/clean"
	"newsclip/cmd/internal/show"
	"newsclip/output"
	"newsclip/selectors"
)

// pageView is what the template "page" shows.
type pageView struct {
	frame
	ID, URL, Host, Error, Notice string
	Language                     string
	Heading                      string
	Blocks                       show.BlockList
	Record                       *clean.Article
	Authors                      string
	Fields                       []clean.Field
	JSON                         string
	Canonical                    string // where the page does not tell its address
	Tried                        *triedView
}

// An action is what stands at the end of a block: a link to the panel, or the panel.
type action struct {
	Link, Words string
	Panel       *panelView
}

// showPage shows a page beside its record. With the parameter block there is the
// panel for that block, and the parameter as tells what it is to be.
func (s *Site) showPage(w http.ResponseWriter, r *http.Request) {
	p := s.find(w, r)
	if p == nil {
		return
	}
	v, err := s.look(r.Context(), p, s.o.Rules.Set(), r)
	if err != nil {
		s.Problem(w, err)
		return
	}
	if r.FormValue("saved") != "" {
		v.Notice = "The rules of " + p.Host + " are saved. The record is by them now."
	}
	s.write(w, http.StatusOK, "page", v)
}

// look cleans a page by some rules and returns how it is shown. The request may ask
// for the panel of a block.
func (s *Site) look(ctx context.Context, p *stored, rules *selectors.Set, r *http.Request) (*pageView, error) {
	v := &pageView{frame: s.frame("", "pages"), ID: p.ID, URL: p.In.URL, Host: p.Host}
	chosen := -1
	if k, err := strconv.Atoi(r.FormValue("block")); err == nil && r.Method == http.MethodGet {
		chosen = k
	}
	var asked error
	err := s.o.Server.Draft(ctx, p.In, rules, func(d *clean.Draft) {
		a, err := d.Article()
		if err != nil {
			v.Error = err.Error()
		}
		blocks := show.Blocks(d.Passages())
		for k := range blocks {
			blocks[k].Action = action{Link: fmt.Sprintf("/pages/%s?block=%d#rule", p.ID, k), Words: show.Cut(blocks[k].Text, 40)}
		}
		if chosen >= 0 && chosen < len(blocks) {
			var panel *panelView
			if panel, asked = s.panel(p, d, &blocks[chosen], r.FormValue("as")); panel != nil {
				blocks[chosen].Action = action{Panel: panel}
			}
		}
		v.fill(d, a, blocks, chosen)
	})
	if err == nil {
		err = asked
	}
	if err != nil {
		return nil, err
	}
	return v, nil
}

// fill sets what a page shows of a draft and its record, which is nil where there is
// no article.
func (v *pageView) fill(d *clean.Draft, a *clean.Article, blocks []show.Block, chosen int) {
	v.Heading, v.Language = titled(d.Title()), d.Language()
	v.Blocks = show.BlockList{Runs: unfold(show.Fold(blocks), chosen), Language: v.Language}
	v.Dir = show.Direction(textOf(blocks))
	if a != nil {
		v.Heading = titled(a.Title)
		v.Record, v.Fields, v.Authors = a, d.Fields(a), authors(a)
		v.JSON = string(jsonOf(a))
		if v.URL == "" {
			v.Canonical = a.CanonicalURL
		}
	}
	v.Title = v.Heading + " – newsclip"
}

// authors lists the names of a record's authors.
func authors(a *clean.Article) string {
	names := make([]string, len(a.Authors))
	for k, by := range a.Authors {
		names[k] = by.Name
	}
	return strings.Join(names, ", ")
}

// textOf is the text by which a page's direction is told.
func textOf(blocks []show.Block) string {
	var kept, all strings.Builder
	for _, b := range blocks {
		all.WriteString(b.Text)
		if b.State == show.Kept {
			kept.WriteString(b.Text)
		}
	}
	if kept.Len() > 0 {
		return kept.String()
	}
	return all.String()
}

// unfold parts the run that has a block, so that the block stands alone and in sight.
func unfold(runs []show.Run, chosen int) []show.Run {
	for k, run := range runs {
		at := slices.IndexFunc(run.Blocks, func(b show.Block) bool { return b.Index == chosen })
		if at < 0 || run.Summary == "" {
			continue
		}
		parts := slices.Concat(show.Fold(run.Blocks[:at]), []show.Run{{Blocks: run.Blocks[at : at+1]}}, show.Fold(run.Blocks[at+1:]))
		return slices.Replace(runs, k, k+1, parts...)
	}
	return runs
}

// jsonOf returns a record as the API and the command write it.
func jsonOf(a *clean.Article) []byte {
	plain := *a
	plain.Markdown, plain.HTML, plain.Removed, plain.Evidence = "", "", nil, nil
	return written(output.JSON, &plain)
}

// written returns a record in a format.
func written(f output.Format, a *clean.Article) []byte {
	var b bytes.Buffer
	w := f.New(&b)
	_ = w.Write(&output.Record{Article: *a}) // to memory
	_ = w.Close()
	return b.Bytes()
}

// article calls f with the record of a request's page, and answers where there is
// none.
func (s *Site) withRecord(w http.ResponseWriter, r *http.Request, f func(*clean.Article)) {
	p := s.find(w, r)
	if p == nil {
		return
	}
	var a *clean.Article
	var none error
	err := s.o.Server.Draft(r.Context(), p.In, s.o.Rules.Set(), func(d *clean.Draft) { a, none = d.Article() })
	switch {
	case err != nil:
		s.Problem(w, err)
	case none != nil:
		s.Problem(w, faultf(http.StatusUnprocessableEntity, "%v", none))
	default:
		f(a)
	}
}

// record answers with the record as JSON or Markdown.
func (s *Site) record(w http.ResponseWriter, r *http.Request) {
	s.withRecord(w, r, func(a *clean.Article) {
		body, kind := jsonOf(a), "application/json"
		if strings.HasSuffix(r.URL.Path, ".md") {
			body, kind = written(output.Markdown, a), "text/markdown; charset=utf-8"
		}
		secure(w.Header(), "sandbox; default-src 'none'")
		w.Header().Set("Content-Type", kind)
		_, _ = w.Write(body)
	})
}

// sandbox is what the pages of strangers may do: be read, and have their links opened
// in a tab of its own.
const sandbox = "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; "

// articleCSS is the style of the text of a record. It stands in the page, which allows
// just this one by its hash: browsers may refuse a page without an origin what a server
// of the reader's own machine has.
//
//go:embed templates/article.css
var articleCSS string

// articleView is what the template "article" shows.
type articleView struct {
	*clean.Article
	By, Dir string
	CSS     template.CSS
	Body    template.HTML
	Lead    *clean.Image
}

// article shows the text of a record by itself, with its pictures where they are
// asked for: they are loaded from the publisher then.
func (s *Site) article(w http.ResponseWriter, r *http.Request) {
	s.withRecord(w, r, func(a *clean.Article) {
		pictures := "img-src data:; "
		v := articleView{Article: a, By: authors(a), Dir: show.Direction(a.Text + a.Title), CSS: template.CSS(articleCSS), Body: show.Scrollable(a.HTML)}
		if r.FormValue("pictures") != "" {
			pictures = "img-src http: https: data:; "
			for k := range a.Images {
				if im := &a.Images[k]; im.Lead && !strings.Contains(a.HTML, template.HTMLEscapeString(im.URL)) {
					v.Lead = im
				}
			}
		}
		var b bytes.Buffer
		if err := templates().ExecuteTemplate(&b, "article", v); err != nil {
			s.Problem(w, err)
			return
		}
		secure(w.Header(), sandbox+pictures+"style-src "+show.StyleHash(articleCSS))
		w.Header().Set("Referrer-Policy", "no-referrer")
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = w.Write(b.Bytes())
	})
}

// original shows a page as it was saved, with the styles that it carries in itself.
// It loads nothing.
func (s *Site) original(w http.ResponseWriter, r *http.Request) {
	p := s.find(w, r)
	if p == nil {
		return
	}
	kind := p.In.ContentType
	if !strings.HasPrefix(kind, "text/html") {
		kind = "text/html" // browsers find the encoding in the page
	}
	secure(w.Header(), sandbox+"img-src data:; font-src data:; style-src 'unsafe-inline'")
	w.Header().Set("Referrer-Policy", "no-referrer")
	w.Header().Set("Content-Type", kind)
	_, _ = w.Write(p.In.HTML)
}
