package chart

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"
)

// elements reads an SVG as XML and returns its elements of a class.
func elements(t *testing.T, svg, class string) []map[string]string {
	t.Helper()
	var out []map[string]string
	d := xml.NewDecoder(strings.NewReader(svg))
	for {
		tok, err := d.Token()
		if errors.Is(err, io.EOF) {
			return out
		}
		if err != nil {
			t.Fatalf("%v in\n%s", err, svg)
		}
		if s, ok := tok.(xml.StartElement); ok {
			attrs := map[string]string{"element": s.Name.Local}
			for _, a := range s.Attr {
				attrs[a.Name.Local] = a.Value
			}
			if attrs["class"] == class {
				out = append(out, attrs)
			}
		}
	}
}

func TestBars(t *testing.T) {
	svg := string(Bars{ID: "hosts", Title: "Articles by host", Desc: "quay.example has most.", Rows: []Row{
		{Label: "quay.example", Value: 200}, {Label: "b.example", Value: 50, Text: "50 (20%)"}, {Label: "c.example"}, {Label: "d.example", Value: 0.01},
	}}.SVG())
	var widths []string
	for _, e := range elements(t, svg, "bar") {
		widths = append(widths, e["width"])
	}
	if got := strings.Join(widths, " "); got != "100% 25% 0% 0.6%" {
		t.Errorf("the bars are %s wide", got)
	}
	for _, want := range []string{
		`role="img" aria-labelledby="hosts-title hosts-desc"`, `<title id="hosts-title">Articles by host</title>`,
		`<desc id="hosts-desc">quay.example has most.</desc>`, `>50 (20%)</text>`,
	} {
		if !strings.Contains(svg, want) {
			t.Errorf("the plot lacks %s", want)
		}
	}
}

func TestBarsMax(t *testing.T) {
	svg := string(Bars{ID: "x", Max: 10, Rows: []Row{{Value: 5}, {Value: 20}}}.SVG())
	if bars := elements(t, svg, "bar"); bars[0]["width"] != "50%" || bars[1]["width"] != "100%" {
		t.Errorf("%v", bars)
	}
}

func TestColumns(t *testing.T) {
	var rows []Row
	for _, v := range []float64{0, 7, 4, 0.01, 1} {
		rows = append(rows, Row{Label: "day", Value: v})
	}
	svg := string(Columns{ID: "days", Title: "Articles by day", Rows: rows}.SVG())
	bars := elements(t, svg, "bar")
	// The scale ends at 8, so that 4 is half as high as the plot.
	for k, want := range []string{"0", "122.5", "70", "1", "17.5"} {
		if bars[k]["height"] != want {
			t.Errorf("column %d is %s high, want %s", k, bars[k]["height"], want)
		}
	}
	if !strings.Contains(svg, ">8</text>") || !strings.Contains(svg, ">4</text>") {
		t.Error("the scale is not told")
	}
	if ticks := elements(t, svg, "tick"); len(ticks) != 5 || ticks[0]["text-anchor"] != "start" || ticks[4]["text-anchor"] != "end" || ticks[4]["x"] != "100%" {
		t.Errorf("labels: %v", ticks)
	}
}

// TestTicks looks that long labels are fewer than short ones.
func TestTicks(t *testing.T) {
	for label, want := range map[string]int{"1": 6, "1,000–1,499": 3, "18 Mar 2026": 3, "a very long name of a part of the year": 2} {
		c := Columns{ID: "x"}
		for range 40 {
			c.Rows = append(c.Rows, Row{Label: label})
		}
		if got := len(elements(t, string(c.SVG()), "tick")); got != want {
			t.Errorf("%q stands there %d times, want %d", label, got, want)
		}
	}
}

func TestEmpty(t *testing.T) {
	elements(t, string(Bars{ID: "a"}.SVG()), "bar")
	elements(t, string(Columns{ID: "a"}.SVG()), "bar")
	if svg := string(Columns{ID: "a", Rows: []Row{{Label: "one", Value: 1}}}.SVG()); len(elements(t, svg, "tick")) != 1 {
		t.Errorf("one column: %s", svg)
	}
}

// TestEscaping has labels with markup, and looks that they stay text.
func TestEscaping(t *testing.T) {
	const evil = `"></text></svg><script>alert(1)</script>&`
	rows := []Row{{Label: evil, Value: 1, Text: evil}}
	for _, svg := range []string{
		string(Bars{ID: "a", Title: evil, Desc: evil, Rows: rows}.SVG()), string(Columns{ID: "a", Title: evil, Desc: evil, Rows: rows}.SVG()),
	} {
		if strings.Contains(svg, "<script") || strings.Count(svg, "</svg>") != strings.Count(svg, "<svg") {
			t.Errorf("a label is markup in\n%s", svg)
		}
		if n := len(elements(t, svg, "bar")); n != 1 {
			t.Errorf("%d bars", n)
		}
	}
}

func TestFit(t *testing.T) {
	for s, want := range map[string]string{
		"short": "short", "0123456789": "0123456789", "0123456789a": "012345678…", "港町新聞社の": "港町新聞…", "the quay post": "the quay…", "": "",
	} {
		if got := fit(s, 10); got != want {
			t.Errorf("%q: %q, want %q", s, got, want)
		}
	}
}

func TestNumbers(t *testing.T) {
	for v, want := range map[float64]float64{0: 1, 0.3: 1, 1: 1, 1.5: 2, 3: 4, 11: 20, 99: 100, 401: 500, 1000: 1000, 7001: 8000} {
		if got := niceAbove(v); got != want {
			t.Errorf("above %v: %v, want %v", v, got, want)
		}
	}
	for v, want := range map[float64]string{0: "0", 2.5: "2.5", 950: "950", 1000: "1k", 1250: "1.3k", 3e7: "30M", 2e9: "2G"} {
		if got := short(v); got != want {
			t.Errorf("%v: %s, want %s", v, got, want)
		}
	}
}
