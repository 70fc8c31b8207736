package show

import (
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"strings"
	"sync"

	"newsclip/clean"
)

//go:embed report.css
var reportCSS string

var reportTemplates = sync.OnceValue(Templates)

// ReportOptions are the options of [Report]. The zero value is the default.
type ReportOptions struct {
	// Pictures has the page load the pictures of the record from where they are.
	// Without it boxes with their alternative text stand for them, and the page
	// loads nothing from anywhere.
	Pictures bool
}

// Report does what [clean.Draft.Article] does, and writes a web page to w that
// shows the record beside the original: what was kept, moved into a field and
// taken out, with the rule that did it, and where the metadata was found. There
// is a report on a page without an article as well; the error is then Article's.
// Any other error is of writing to w. The draft must not be closed yet.
func Report(w io.Writer, d *clean.Draft, opts ReportOptions) (*clean.Article, error) {
	a, err := d.Article()
	if werr := reportTemplates().ExecuteTemplate(w, "report", reportOf(d, a, err, opts)); werr != nil {
		return nil, fmt.Errorf("writing the report: %w", werr)
	}
	return a, err
}

// reportPage is what report.html shows.
type reportPage struct {
	CSS     template.CSS
	Policy  string // the page's Content-Security-Policy
	Title   string
	URL     string
	Error   string
	Dir     string // of the whole page
	Record  *clean.Article
	Authors string
	Fields  []clean.Field
	Images  []picture
	Body    template.HTML
	Page    BlockList
	Key     []Tally
}

// A Tally counts the blocks of one state or field.
type Tally struct {
	Name          string // "kept", a field's name, or "removed"
	Blocks, Words int
}

// A picture is an image of the record as it is shown.
type picture struct {
	clean.Image
	// Load is set where the page shows the picture itself.
	Load bool
}

func reportOf(d *clean.Draft, a *clean.Article, err error, opts ReportOptions) *reportPage {
	css := CSS + reportCSS
	blocks := Blocks(d.Passages())
	r := &reportPage{
		CSS: template.CSS(css), Policy: "default-src 'none'; base-uri 'none'; form-action 'none'; style-src " + StyleHash(css),
		Title: d.Title(), URL: d.URL(), Record: a, Page: BlockList{Runs: Fold(blocks), Language: d.Language()}, Key: tally(blocks),
	}
	r.Dir = Direction(textOf(blocks))
	if err != nil {
		r.Error = err.Error()
	}
	if a == nil {
		return r
	}
	r.Title = a.Title
	var authors []string
	for _, p := range a.Authors {
		authors = append(authors, p.Name)
	}
	r.Authors = strings.Join(authors, ", ")
	r.Fields = d.Fields(a)
	for _, i := range a.Images {
		load := opts.Pictures && (strings.HasPrefix(i.URL, "https://") || strings.HasPrefix(i.URL, "http://"))
		r.Images = append(r.Images, picture{i, load})
	}
	if opts.Pictures {
		r.Policy += "; img-src https: http:"
	}
	r.Body = Scrollable(d.HTML(nil))
	return r
}

// textOf is the text by which a page's direction is told: that of the kept
// blocks, or, where there is none, of all.
func textOf(blocks []Block) string {
	var kept, all strings.Builder
	for _, b := range blocks {
		if all.Len() < directionBytes {
			all.WriteString(b.Text)
		}
		if b.State == Kept && kept.Len() < directionBytes {
			kept.WriteString(b.Text)
		}
	}
	if kept.Len() > 0 {
		return kept.String()
	}
	return all.String()
}
