package clean

import (
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"strconv"
	"strings"
	"sync"

	"newsclip/clean/article"
	"newsclip/clean/internal/page"
	"newsclip/clean/internal/render"
	"newsclip/clean/internal/text"
)

//go:embed report.html
var reportHTML string

var reportTemplate = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("report").Parse(reportHTML))
})

// Report does what [Draft.Article] does, and writes an HTML page to w that
// shows the original's words beside the record: what was kept, what was taken
// out with the rule that did it, and where the metadata was found. The page
// loads nothing from anywhere. There is one for a page without an article as
// well; the error is then Article's. Any other error is of writing to w.
func (x *Draft) Report(w io.Writer) (*article.Article, error) {
	a, err := x.Article()
	if werr := reportTemplate().Execute(w, x.d.report(a, err)); werr != nil {
		return nil, fmt.Errorf("writing the report: %w", werr)
	}
	return a, err
}

// reportPage is what report.html shows.
type reportPage struct {
	Title, URL, Language, Error string
	Fields                      []reportField
	Images                      []article.Image
	Passages                    []reportPassage
	Kept, Gone                  int // words
	Stages                      []reportStage
	Body                        template.HTML
}

// A reportField is a field of the record and where it was read.
type reportField struct{ Name, Value, From string }

type reportPassage struct {
	Keep        bool
	Heading     bool
	Short       bool // short ones stand in a row
	Stage, Rule string
	Text        string
}

// A reportStage counts the blocks that a stage took out.
type reportStage struct {
	Name   string
	Blocks int
}

func (d *draft) report(a *article.Article, err error) *reportPage {
	r := &reportPage{Title: d.record.Title, URL: d.body.Tree.Page.URL, Language: d.record.Language}
	if err != nil {
		r.Error = err.Error()
	}
	for _, p := range d.explainer().passages() {
		x := reportPassage{Keep: p.Keep, Stage: p.Stage, Rule: p.Rule, Text: p.text, Short: len(p.text) < 80}
		if p.block >= 0 {
			x.Heading = page.IsHeading(d.body.Blocks[p.block].Tag)
			x.Text = d.body.LineText(p.block)
		}
		words := int(text.CountWords(p.text))
		if p.Keep {
			r.Kept += words
		} else {
			r.Gone += words
			r.count(p.Stage)
		}
		r.Passages = append(r.Passages, x)
	}
	if a != nil {
		r.Fields = d.fields(a)
		r.Images = a.Images
		// The pictures are listed and not shown: they would be fetched.
		r.Body = template.HTML(render.HTMLBody(d.body, d.pics, nil))
	}
	return r
}

func (r *reportPage) count(stage string) {
	for k := range r.Stages {
		if r.Stages[k].Name == stage {
			r.Stages[k].Blocks++
			return
		}
	}
	r.Stages = append(r.Stages, reportStage{stage, 1})
}

// fields lists the record's metadata, without the fields that have no value.
func (d *draft) fields(a *article.Article) []reportField {
	from := &d.record.From
	var out []reportField
	add := func(name, value, from string) {
		if value != "" {
			out = append(out, reportField{name, value, from})
		}
	}
	const page = "the page's text"
	add("title", a.Title, from.Title.String())
	add("subtitle", a.Subtitle, page)
	add("description", a.Description, from.Description.String())
	var authors []string
	for _, p := range a.Authors {
		authors = append(authors, p.Name)
	}
	add("authors", strings.Join(authors, ", "), from.Authors.String())
	add("published", a.Published, from.Published.String())
	add("modified", a.Modified, from.Modified.String())
	if a.Site != nil {
		site := a.Site.Name
		if site != "" && a.Site.Domain != "" {
			site += ", "
		}
		add("site", site+a.Site.Domain, from.Site.String())
	}
	add("language", a.Language, from.Language.String())
	add("section", a.Section, from.Section.String())
	add("tags", strings.Join(a.Tags, ", "), from.Tags.String())
	add("canonical_url", a.CanonicalURL, from.CanonicalURL.String())
	if a.FreeAccess != nil {
		add("free_access", strconv.FormatBool(*a.FreeAccess), from.FreeAccess.String())
	}
	if r := a.Rights; r != nil {
		var rights []string
		for _, x := range []struct {
			name string
			on   bool
		}{{"noai", r.NoAI}, {"noindex", r.NoIndex}, {"tdm_reservation", r.TDMReservation}, {r.License, r.License != ""}} {
			if x.on {
				rights = append(rights, x.name)
			}
		}
		add("rights", strings.Join(rights, ", "), "robots, TDM and license marks")
	}
	add("kind", a.Kind, "the page's form")
	add("word_count", strconv.Itoa(a.WordCount), page)
	add("confidence", strconv.FormatFloat(a.Confidence, 'f', -1, 64), "the models")
	return out
}
