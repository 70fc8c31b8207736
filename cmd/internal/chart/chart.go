// Package chart draws plots as SVG that stands in a web page: [Bars], a ranking,
// and [Columns], a series or a distribution.
//
// A plot is as wide as what it stands in, and its text is not scaled: positions
// across are percentages, those down are pixels. It has a title and a
// description for those who do not see it, and takes its colours from the page
// by classes: [CSS] has them, by the variables of package show. All text is
// escaped. A page should have the numbers as a table beside each plot.
package chart

import (
	_ "embed"
	"html/template"
	"math"
	"strconv"
	"strings"

	"github.com/rivo/uniseg"
)

// CSS is the style sheet of plots.
//
//go:embed chart.css
var CSS string

//go:embed chart.html
var source string

var templates = template.Must(template.New("chart").Parse(source))

// A Row is a value of a plot with its name.
type Row struct {
	Label string
	Value float64
	// Text is the value as it is shown; "" shows it as a number.
	Text string
}

func (r *Row) text() string {
	if r.Text != "" {
		return r.Text
	}
	return strconv.FormatFloat(r.Value, 'f', -1, 64)
}

// Bars is a ranking: a bar a row, from the first row down, its name and value
// above it.
type Bars struct {
	// ID is an id of the page, of which the plot makes its own.
	ID          string
	Title, Desc string
	Rows        []Row
	// Max is the value of a bar of full width; 0 takes the largest value.
	Max float64
}

const (
	barRow    = 34 // pixels from a bar to the next
	barText   = 13 // pixels down to the foot of the letters
	barTop    = 19 // pixels down to the bar
	barHeight = 8

	// labelColumns bounds a name: so many letters, half as many Chinese ones,
	// fit beside the value on a screen that is 400 pixels wide.
	labelColumns = 34
	// leastBar is the share, in percent, of a bar that is not 0, so that it can
	// be seen.
	leastBar = 0.6
)

type barsView struct {
	ID, Title, Desc string
	Height          int
	Rows            []barView
}

type barView struct {
	Label, Text, Full      string
	TextY, BarY, BarHeight int
	Width                  string
}

// SVG draws the plot.
func (b Bars) SVG() template.HTML {
	most := b.Max
	for _, r := range b.Rows {
		if b.Max == 0 {
			most = max(most, r.Value)
		}
	}
	v := barsView{ID: b.ID, Title: b.Title, Desc: b.Desc, Height: max(1, len(b.Rows)*barRow-(barRow-barTop-barHeight)+2)}
	for k, r := range b.Rows {
		width := 0.0
		if most > 0 && r.Value > 0 {
			width = min(100, max(leastBar, 100*r.Value/most))
		}
		v.Rows = append(v.Rows, barView{
			Label: fit(r.Label, labelColumns), Full: r.Label, Text: r.text(), Width: percent(width),
			TextY: k*barRow + barText, BarY: k*barRow + barTop, BarHeight: barHeight,
		})
	}
	return draw("bars", v)
}

// Columns is a series or a distribution: a column a row, from left to right.
type Columns struct {
	ID          string
	Title, Desc string
	Rows        []Row
}

const (
	plotTop    = 10 // pixels down to the upper line
	plotBottom = 150
	plotHeight = 174
	tickY      = 168
	// maxTicks is how many labels stand under a plot. Fewer do where they would
	// not fit on a narrow screen: into tickSpace pixels, of which a letter takes
	// letterWidth and the space between two labels tickGap.
	maxTicks    = 6
	tickSpace   = 300
	letterWidth = 6.6
	tickGap     = 14
)

type columnsView struct {
	ID, Title, Desc        string
	Height, Top, Mid, Base int
	MaxText, MidText       string
	Rows                   []columnView
	Ticks                  []tickView
}

type columnView struct {
	X, Width  string
	Y, Height string
	Full      string
}

type tickView struct {
	X, Anchor, Text string
	Y               int
}

// SVG draws the plot.
func (c Columns) SVG() template.HTML {
	most := 0.0
	for _, r := range c.Rows {
		most = max(most, r.Value)
	}
	top := niceAbove(most)
	v := columnsView{
		ID: c.ID, Title: c.Title, Desc: c.Desc, Height: plotHeight, Top: plotTop, Mid: (plotTop + plotBottom) / 2, Base: plotBottom,
		MaxText: short(top),
	}
	if top >= 2 {
		v.MidText = short(top / 2)
	}
	step := 100 / float64(max(1, len(c.Rows)))
	for k, r := range c.Rows {
		height := 0.0
		if r.Value > 0 {
			height = max(1, (plotBottom-plotTop)*r.Value/top)
		}
		v.Rows = append(v.Rows, columnView{
			X: percent(step * (float64(k) + .08)), Width: percent(step * .84), Y: decimal(plotBottom - height), Height: decimal(height),
			Full: r.Label + ": " + r.text(),
		})
	}
	for _, k := range c.ticks() {
		t := tickView{X: percent(step * (float64(k) + .5)), Anchor: "middle", Text: c.Rows[k].Label, Y: tickY}
		switch {
		case len(c.Rows) <= maxTicks/2:
		case k == 0:
			t.X, t.Anchor = "0%", "start"
		case k == len(c.Rows)-1:
			t.X, t.Anchor = "100%", "end"
		}
		v.Ticks = append(v.Ticks, t)
	}
	return draw("columns", v)
}

// ticks returns the rows whose labels stand under the plot.
func (c *Columns) ticks() []int {
	for most := maxTicks; most > 2; most-- {
		all := evenly(len(c.Rows), most)
		width := 0.0
		for _, k := range all {
			width += float64(uniseg.StringWidth(c.Rows[k].Label))*letterWidth + tickGap
		}
		if width <= tickSpace {
			return all
		}
	}
	return evenly(len(c.Rows), 2)
}

// evenly returns up to most of n indexes, with the first and the last.
func evenly(n, most int) []int {
	var out []int
	most = min(n, most)
	for k := range most {
		at := 0
		if most > 1 {
			at = k * (n - 1) / (most - 1)
		}
		out = append(out, at)
	}
	return out
}

func draw(name string, data any) template.HTML {
	var b strings.Builder
	if err := templates.ExecuteTemplate(&b, name, data); err != nil {
		panic(err) // a fault of the template: a builder takes all
	}
	return template.HTML(b.String())
}

// niceAbove returns the least of 1, 2, 4, 5, 6, 8 and 10 times a power of ten
// that is not below v; at least 1.
func niceAbove(v float64) float64 {
	if v <= 1 {
		return 1
	}
	power := math.Pow(10, math.Floor(math.Log10(v)))
	for _, m := range []float64{1, 2, 4, 5, 6, 8, 10} {
		if m*power >= v {
			return m * power
		}
	}
	return 10 * power
}

// short writes a number in few letters: 950, 1.2k, 30M.
func short(v float64) string {
	for _, u := range []struct {
		of   float64
		name string
	}{{1e9, "G"}, {1e6, "M"}, {1e3, "k"}} {
		if v >= u.of {
			return strconv.FormatFloat(math.Round(v/u.of*10)/10, 'f', -1, 64) + u.name
		}
	}
	return strconv.FormatFloat(math.Round(v*10)/10, 'f', -1, 64)
}

func percent(v float64) string { return decimal(v) + "%" }

func decimal(v float64) string { return strconv.FormatFloat(math.Round(v*100)/100, 'f', -1, 64) }

// fit cuts s to n columns, of which a Chinese, Japanese or Korean character takes
// two, with an ellipsis at its end.
func fit(s string, n int) string {
	if uniseg.StringWidth(s) <= n {
		return s
	}
	var b strings.Builder
	left := n - 1
	for g := uniseg.NewGraphemes(s); g.Next() && g.Width() <= left; {
		left -= g.Width()
		b.WriteString(g.Str())
	}
	return strings.TrimRight(b.String(), " ") + "…"
}
