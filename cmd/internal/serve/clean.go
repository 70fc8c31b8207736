package serve

import (
	"bytes"
	"context"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/negotiation"

	"newsclip/clean"
	"newsclip/clean/article"
	"newsclip/output"
	"newsclip/output/document"
	"newsclip/scrape"
)

// wanted are the fields of a record that are made on request only.
type wanted uint8

const (
	wantMarkdown wanted = 1 << iota
	wantHTML
	wantExplain
)

// CleanOptions are the options of a page, as in the command.
type CleanOptions struct {
	URL     string   `query:"url" doc:"Where the page is from: it makes links whole and chooses the site's rules"`
	Format  string   `query:"format" enum:"json,markdown,text,html" doc:"The form of the answer, in place of the Accept header"`
	With    []string `query:"with" enum:"markdown,html" doc:"Further fields of the record"`
	Explain bool     `query:"explain" doc:"List in the record the blocks that were removed, with the rule that removed them"`
	Accept  string   `header:"Accept" doc:"application/json, text/markdown, text/plain or text/html"`
}

// answerForm is a form that a record is answered in.
type answerForm struct {
	name, mediaType string
	format          output.Format
}

// answerForms are the forms of an answer; the first is that of a client that asks for
// none of them.
var answerForms = []answerForm{
	{"json", "application/json", output.JSON},
	{"markdown", "text/markdown", output.Markdown},
	{"text", "text/plain", output.Text},
	{"html", "text/html", document.HTML},
}

// form returns the form that the client asks for.
func (o *CleanOptions) form() answerForm {
	types := make([]string, len(answerForms))
	for k, f := range answerForms {
		if f.name == o.Format {
			return f
		}
		types[k] = f.mediaType
	}
	best := negotiation.SelectQValue(o.Accept, types)
	return answerForms[max(0, slices.Index(types, best))]
}

func (o *CleanOptions) wanted(format output.Format) wanted {
	var w wanted
	if format.Markdown || slices.Contains(o.With, "markdown") {
		w |= wantMarkdown
	}
	if format.HTML || slices.Contains(o.With, "html") {
		w |= wantHTML
	}
	if o.Explain {
		w |= wantExplain
	}
	return w
}

// answer is a record as it is sent.
type answer struct {
	ContentType           string `header:"Content-Type"`
	ContentSecurityPolicy string `header:"Content-Security-Policy"`
	Body                  []byte
}

// registerClean registers the operations on one page.
func (s *Server) registerClean() {
	huma.Register(s.api, s.cleanOperation(http.MethodPost, "clean-page", "Clean a page",
		"The body is a page in any form in which pages are saved (HTML, MHTML, SingleFile, web archive, …), an object with url and html, or a form with the file page."),
		func(ctx context.Context, in *struct {
			CleanOptions
			body
		}) (*answer, error) {
			release, err := s.hold(ctx, in.body.size(s.o.MaxBody))
			if err != nil {
				in.body.leave()
				return nil, err
			}
			in.body.releases = append(in.body.releases, release)
			defer in.body.end()
			page, err := s.page(ctx, &in.body, in.URL)
			if err != nil {
				return nil, problemOf(err)
			}
			return s.answer(ctx, page, &in.CleanOptions)
		})
	binary := &huma.MediaType{Schema: &huma.Schema{Type: huma.TypeString, Format: "binary"}}
	s.describeBody("/v1/clean", map[string]*huma.MediaType{
		"text/html": binary, "application/octet-stream": binary,
		"application/json": {Schema: pageSchema()},
		"multipart/form-data": {Schema: &huma.Schema{Type: huma.TypeObject, Required: []string{"page"}, Properties: map[string]*huma.Schema{
			"page": {Type: huma.TypeString, Format: "binary"}, "url": {Type: huma.TypeString},
		}}},
	})
	huma.Register(s.api, s.cleanOperation(http.MethodGet, "clean-url", "Fetch a page and clean it",
		"The page is fetched as a crawl would: by robots.txt, with a pause between two requests to a host, and never from a private address."),
		func(ctx context.Context, in *struct {
			CleanOptions
			Render string `query:"render" enum:"never,auto,always" doc:"Whether the page's scripts are run in a browser: auto where it has no article and plainly needs them; by default as the server was started"`
		}) (*answer, error) {
			if in.URL == "" {
				return nil, problem(http.StatusBadRequest, "", "the parameter url is missing")
			}
			fetch, times, err := s.fetcher(scrape.RenderMode(in.Render))
			if err != nil {
				return nil, err
			}
			release, err := s.takeFetch(ctx)
			if err != nil {
				return nil, err
			}
			defer release()
			fetchCtx, cancel := context.WithTimeout(ctx, times*s.o.Timeout)
			defer cancel()
			page, err := fetch(fetchCtx, in.URL)
			if err != nil {
				return nil, fetchProblem(err)
			}
			return s.answer(ctx, page, &in.CleanOptions)
		})
}

// renderTimes is how many times the timeout a page may take that is rendered: its
// scripts are requested in their turns.
const renderTimes = 3

// fetcher returns what fetches a page by a mode of rendering, or by that of the server
// where it is empty, and how many times the timeout that may take.
func (s *Server) fetcher(mode scrape.RenderMode) (fetch func(context.Context, string) (clean.Input, error), times time.Duration, err error) {
	switch {
	case s.o.Render == nil && mode != "" && mode != scrape.RenderNever:
		return nil, 0, problem(http.StatusBadRequest, "", "this server has no browser: see --render and --browser")
	case s.o.Render == nil:
		return s.o.Fetch, 1, nil
	case mode == "":
		return s.o.Fetch, renderTimes, nil
	}
	return func(ctx context.Context, u string) (clean.Input, error) { return s.o.Render(ctx, u, mode) }, renderTimes, nil
}

// answer cleans a page and writes its record in the form that the client asks for.
func (s *Server) answer(ctx context.Context, in clean.Input, o *CleanOptions) (*answer, error) {
	form := o.form()
	a, err := s.clean(ctx, in, o.wanted(form.format))
	if err != nil {
		return nil, problemOf(err)
	}
	var b bytes.Buffer
	w := form.format.New(&b)
	if err := w.Write(&output.Record{Article: *a}); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	mediaType := form.mediaType
	if strings.HasPrefix(mediaType, "text/") {
		mediaType += "; charset=utf-8"
	}
	return &answer{mediaType, "sandbox; default-src 'none'; img-src http: https: data:; style-src 'unsafe-inline'", b.Bytes()}, nil
}

// clean cleans a page by the rules in force.
func (s *Server) clean(ctx context.Context, in clean.Input, w wanted) (*clean.Article, error) {
	cleaner := clean.New(clean.Options{
		Rules: s.o.Rules.Set(), Timeout: s.o.Timeout,
		Markdown: w&wantMarkdown != 0, HTML: w&wantHTML != 0, Explain: w&wantExplain != 0,
	})
	return inPlace(ctx, s, cleaner, in, func() (*clean.Article, error) { return cleaner.Clean(in) })
}

// cleanOperation describes an operation that answers with a record.
func (s *Server) cleanOperation(method, id, summary, description string) huma.Operation {
	record := s.api.OpenAPI().Components.Schemas.Schema(reflect.TypeFor[article.Article](), true, "Article")
	content := map[string]*huma.MediaType{"application/json": {Schema: record}}
	for _, f := range answerForms[1:] {
		content[f.mediaType] = &huma.MediaType{Schema: &huma.Schema{Type: huma.TypeString}}
	}
	return huma.Operation{
		OperationID: id, Method: method, Path: "/v1/clean", Summary: summary, Description: description,
		Errors:    []int{400, 403, 408, 413, 415, 422, 429, 500, 502, 504},
		Responses: map[string]*huma.Response{"200": {Description: "The record", Content: content}},
	}
}

// describeBody describes the body of a POST operation. Where that is done before the
// operation is registered, the library reads the body itself.
func (s *Server) describeBody(path string, content map[string]*huma.MediaType) {
	s.api.OpenAPI().Paths[path].Post.RequestBody = &huma.RequestBody{Required: true, Content: content}
}

// pageSchema is the schema of the object that [saved.Object] reads.
func pageSchema() *huma.Schema {
	text := func(doc string) *huma.Schema { return &huma.Schema{Type: huma.TypeString, Description: doc} }
	return &huma.Schema{Type: huma.TypeObject, Required: []string{"html"}, Properties: map[string]*huma.Schema{
		"id": text("Comes back in the record"), "url": text("Where the page is from"), "html": text("The page"),
		"content_type": text("The Content-Type header that it came with"),
	}}
}
