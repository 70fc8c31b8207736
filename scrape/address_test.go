package scrape

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
)

// The query of a link is asked for in the encoding of the page that it stands on.
func TestQueriesInThePagesCharset(t *testing.T) {
	for _, tt := range []struct{ charset, query, want string }{
		{"windows-1251", "q=\xed\xee\xe2\xee\xf1\xf2\xe8", "q=%ED%EE%E2%EE%F1%F2%E8"},
		{"iso-8859-1", "q=f\xe4hre&x=%20", "q=f%E4hre&x=%20"},
		{"shift_jis", "q=\x83\x6a", "q=%83j"},
		{"iso-8859-1", "q=&#1085;", "q=%26%231085%3B"},
		{"utf-8", "q=f\u00e4hre#\u00e4", "q=f%C3%A4hre"},
	} {
		for _, by := range []string{"header", "meta", "old meta"} {
			var asked []string
			s := newSite(t, nil)
			s.other["/"] = func(w http.ResponseWriter, r *http.Request) {
				if r.URL.RawQuery != "" {
					asked = append(asked, r.URL.RawQuery)
				}
				contentType, meta := "text/html", ""
				switch by {
				case "header":
					contentType += "; charset=" + tt.charset
				case "meta":
					meta = `<meta charset="` + tt.charset + `">`
				case "old meta":
					meta = `<META HTTP-EQUIV=Content-Type CONTENT="text/html; charset=` + tt.charset + `">`
				}
				w.Header().Set("Content-Type", contentType)
				fmt.Fprint(w, "<!doctype html><html><head>"+meta+"</head><body><a href=\"/?"+tt.query+"\">x</a></body></html>")
			}
			for uri := range strings.FieldsSeq("/?q=%ED%EE%E2%EE%F1%F2%E8 /?q=f%E4hre&x=%20 /?q=%83j /?q=%26%231085%3B /?q=f%C3%A4hre") {
				s.other[uri] = s.other["/"]
			}
			crawlSite(t, s, Options{NoDiscovery: true, Workers: 1})
			if !slices.Contains(asked, tt.want) {
				t.Errorf("%s by %s: asked for %q, want %q", tt.charset, by, asked, tt.want)
			}
		}
	}
}

// An archive of years before the web is read, and a calendar that goes back and
// ahead for ever ends soon.
func TestFarDates(t *testing.T) {
	s := newSite(t, map[string]string{
		"/":                   indexHTML("/archive/1962", "/cal/1989/12/", "/cal/2090/01/", "/issues/1850/11", "/issues/2150/12"),
		"/archive/1962":       indexHTML("/archive/1962/05"),
		"/archive/1962/05":    indexHTML("/archive/1962/05/04", "/archive/1962/04"),
		"/archive/1962/05/04": indexHTML("/archive/1962/05/04/ferry", "/archive/1962/05/03"),
		"/archive/1962/05/03": indexHTML("/archive/1962/05/03/orchard"),
		"/archive/1962/04":    indexHTML("/archive/1961/01"),
		"/archive/1961/01":    indexHTML("/archive/1961/01/03/library"),
		"/issues/1850/11":     articleHTML("terns"),
		"/issues/2150/12":     articleHTML("barges"),
	})
	for path, name := range map[string]string{"/archive/1962/05/04/ferry": "ferry", "/archive/1962/05/03/orchard": "orchard", "/archive/1961/01/03/library": "library"} {
		s.pages[path] = articleHTML(name)
	}
	for y := 1600; y < 2200; y++ {
		for m := 1; m <= 12; m++ {
			s.pages[fmt.Sprintf("/cal/%d/%02d/", y, m)] = indexHTML("/", fmt.Sprintf("/cal/%d/%02d/", y+m/12, m%12+1), fmt.Sprintf("/cal/%d/%02d/", y-(13-m)/12, (m+10)%12+1))
		}
	}
	_, got := crawlSite(t, s, Options{NoDiscovery: true})
	expectPaths(t, got, "/archive/1962/05/04/ferry", "/archive/1962/05/03/orchard", "/archive/1961/01/03/library", "/issues/1850/11", "/issues/2150/12")
	if n := len(s.asked); n > 30 {
		t.Errorf("%d requests: %q", n, s.asked)
	}
}

// A listing of Apache's is read once, and parameters that name articles on one site
// and views on the next are told apart.
func TestViewsOfASite(t *testing.T) {
	s := newSite(t, map[string]string{
		"/":                        indexHTML("/pub/", "/?view=4101", "/?view=4102", "/a?layout=story&id=7", "/b?share=x", "/b", "/list?sort=asc"),
		"/pub/":                    indexHTML("/pub/?C=N;O=D", "/pub/?C=M;O=A", "/pub/?C=S;O=A", "/pub/d?S=A", "/pub/e"),
		"/pub/e":                   articleHTML("e"),
		"/?view=4101":              articleHTML("one", "/?view=4101&share=mail", "/?view=4101&layout=print"),
		"/?view=4102":              articleHTML("two"),
		"/a?layout=story&id=7":     articleHTML("seven", "/a?layout=print&id=7"),
		"/b":                       articleHTML("b", "/b?mode=dark", "/b?view=gallery"),
		"/list?sort=asc":           indexHTML("/list?sort=desc", "/list?sort=desc&layout=grid", "/c"),
		"/c":                       articleHTML("c"),
		"/2026/03/what-is-node.js": articleHTML("js"),
	})
	s.pages["/c"] = articleHTML("c", "/2026/03/what-is-node.js")
	sum, got := crawlSite(t, s, Options{NoDiscovery: true})
	expectPaths(t, got, "/pub/e", "/?view=4101", "/?view=4102", "/a?layout=story&id=7", "/b", "/c", "/2026/03/what-is-node.js")
	if len(s.asked) != len(s.pages)+1 {
		t.Errorf("asked for %q, skipped %v", s.asked, sum.Skipped)
	}
}
