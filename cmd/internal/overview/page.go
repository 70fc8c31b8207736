package overview

import (
	"bufio"
	_ "embed"
	"fmt"
	"html/template"
	"io"

	"newsclip/cmd/internal/chart"
	"newsclip/cmd/internal/show"
)

//go:embed overview.css
var overviewCSS string

//go:embed overview.html
var overviewHTML string

var pageTemplates = template.Must(show.Templates().Parse(overviewHTML))

// page is what overview.html shows.
type page struct {
	CSS      template.CSS
	Policy   string
	Title    string
	Sources  string
	Tiles    []tile
	Notes    []string
	Sections []*section
}

// A tile is a number that stands at the head of the page.
type tile struct{ Value, Name string }

// A section is a plot with its numbers as a table.
type section struct {
	ID, Title string
	// Note tells what the plot cannot: what is left out, a median.
	Note string
	Plot template.HTML
	// Wide has the section as wide as the page.
	Wide bool
	// Head names the columns of Rows. The first cell of a row names it.
	Head []string
	Rows [][]cell
	// Open shows the table without being asked for: where there is no plot.
	Open bool
	// Omitted is how many rows the table leaves out.
	Omitted int
}

// A cell is a value of a table, text of a page or a number.
type cell struct {
	Text   string
	Number bool
}

func text(s string) cell { return cell{Text: s} }
func count(n int) cell   { return cell{show.Number(n), true} }
func share(n, of int) cell {
	return cell{percentText(n, of), true}
}

func percentText(n, of int) string {
	switch {
	case of == 0 || n == 0:
		return "0%"
	case n == of:
		return "100%"
	case 1000*n < of:
		return "<0.1%"
	}
	return fmt.Sprintf("%.1f%%", 100*float64(n)/float64(of))
}

// Options are the options of [Overview.Write]. The zero value is the default.
type Options struct {
	// Title is that of the page; "" makes one of the number of articles.
	Title string
	// Sources names what the records were read from, for the head of the page.
	Sources string
	// Top is how many hosts, authors and so on a plot shows; 0 shows 12. A table
	// shows five times as many.
	Top int
}

// tableTimes is how many times as many rows a table shows as its plot.
const tableTimes = 5

// Write writes the page to w.
func (o *Overview) Write(w io.Writer, opts Options) error {
	if opts.Top <= 0 {
		opts.Top = 12
	}
	b := bufio.NewWriter(w)
	if err := pageTemplates.ExecuteTemplate(b, "overview", o.page(opts)); err != nil {
		return fmt.Errorf("writing the report: %w", err)
	}
	if err := b.Flush(); err != nil {
		return fmt.Errorf("writing the report: %w", err)
	}
	return nil
}

func (o *Overview) page(opts Options) *page {
	css := show.CSS + chart.CSS + overviewCSS
	p := &page{
		CSS: template.CSS(css), Policy: "default-src 'none'; base-uri 'none'; form-action 'none'; style-src " + show.StyleHash(css),
		Title: opts.Title, Sources: opts.Sources, Tiles: o.tiles(),
	}
	if p.Title == "" {
		p.Title = show.Count(o.articles, "article")
	}
	if o.unreadable > 0 {
		p.Notes = append(p.Notes, show.Count(o.unreadable, "record")+" could not be read, and are not in this report.")
	}
	for _, make := range []func(*Overview, int) *section{
		(*Overview).daySection, (*Overview).hostSection, (*Overview).sectionSection, (*Overview).authorSection, (*Overview).languageSection,
		(*Overview).lengthSection, (*Overview).confidenceSection, (*Overview).filledSection, (*Overview).kindSection,
		(*Overview).causeSection, (*Overview).failingSection, (*Overview).groupSection, (*Overview).ruleSection, (*Overview).copySection,
	} {
		if s := make(o, opts.Top); s != nil {
			p.Sections = append(p.Sections, s)
		}
	}
	for k := range o.crawls {
		p.Sections = append(p.Sections, o.crawlSection(k, opts.Top))
	}
	return p
}

func (o *Overview) tiles() []tile {
	var out []tile
	add := func(n int, one, many string) {
		name := many
		if n == 1 {
			name = one
		}
		out = append(out, tile{show.Number(n), name})
	}
	if o.articles > 0 || len(o.crawls) == 0 {
		add(o.articles, "article", "articles")
		add(int(o.words), "word", "words")
		if known := len(o.hosts.least); o.hosts.full {
			out = append(out, tile{"over " + show.Number(known), "hosts"})
		} else {
			add(known, "host", "hosts")
		}
	}
	if n := o.failures.total; n > 0 {
		add(n, "failure", "failures")
	}
	if o.articles > 0 {
		add(o.duplicates, "near-duplicate", "near-duplicates")
	}
	return out
}
