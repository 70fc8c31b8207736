package page

import (
	"fmt"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

func TestParseBase(t *testing.T) {
	tests := []struct{ name, url, head, want string }{
		{"none", "https://a.example/x/y", "", "https://a.example/x/y"},
		{"absolute", "https://a.example/x/y", `<base href="https://b.example/z/">`, "https://b.example/z/"},
		{"relative", "https://a.example/x/y", `<BASE href="/z/">`, "https://a.example/z/"},
		{"without a url", "", `<base href="https://b.example/">`, "https://b.example/"},
		{"relative without a url", "", `<base href="/z/">`, ""},
		{"target only", "https://a.example/x", `<base target="_blank">`, "https://a.example/x"},
		{"without a host", "https://a.example/x", `<base href="http://">`, "https://a.example/x"},
		{"only a scheme", "https://a.example/x", `<base href="https:///">`, "https://a.example/x"},
		{"script", "https://a.example/x", `<base href="javascript:void(0)">`, "https://a.example/x"},
		{"data", "https://a.example/x", `<base href="data:text/html,x">`, "https://a.example/x"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p, err := Parse(Input{URL: tt.url, HTML: []byte("<html><head>" + tt.head + "</head><body><p>x")})
			if err != nil {
				t.Fatal(err)
			}
			got := ""
			if p.Base != nil {
				got = p.Base.String()
			}
			if got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

// Pages nested deeper than the parser allows keep all their words, apart, in
// order, and what is not deep keeps its markup.
func TestParseDeep(t *testing.T) {
	nest := func(open, close string, n int) string {
		return strings.Repeat(open, n) + "<p>deep <a href=/x>link</a></p>" + strings.Repeat(close, n)
	}
	tests := map[string]string{
		"divs":            nest("<div>", "</div>", 600),
		"unclosed divs":   nest("<div>", "", 600),
		"spans":           nest("<span>", "</span>", 5000),
		"fonts":           nest("<font size=1>", "", 2000),
		"tables":          nest("<table><tr><td>", "</td></tr></table>", 400),
		"lists":           nest("<ul><li>", "</li></ul>", 600),
		"quotes":          nest("<blockquote>", "</blockquote>", 1100),
		"custom elements": nest("<x-box>", "</x-box>", 700),
		"links":           nest("<div><a href=/y>", "", 900),
		"mixed":           nest("<div><section><ul><li><b>", "</b></li></ul></section></div>", 200),
		"details":         nest("<details>", "", 600),
		"different fonts": func() string {
			var b strings.Builder
			for k := range 700 {
				fmt.Fprintf(&b, "<font size=%d>", k)
			}
			return b.String() + "<p>deep <a href=/x>link</a></p>"
		}(),
	}
	for name, deep := range tests {
		t.Run(name, func(t *testing.T) {
			src := "<html><head><title>T</title></head><body><h1 class=headline>Title</h1><p>first</p><div>one</div><div>two</div>" + deep + "<p>last</p></body></html>"
			p, err := Parse(Input{HTML: []byte(src)})
			if err != nil {
				t.Fatal(err)
			}
			tr := NewTree(p)
			if len(tr.Headings) != 1 || tr.Attr(tr.Headings[0], "class") != "headline" {
				t.Errorf("the heading is gone")
			}
			want := "Title first one two deep link last"
			if got := strings.Join(strings.Fields(tr.allText()), " "); got != want {
				t.Errorf("got %q, want %q", got, want)
			}
		})
	}
}

// allText joins every text node outside the head, opaque elements included.
func (t *Tree) allText() string {
	var b strings.Builder
	for i := t.Body; i < int32(len(t.Nodes)); i++ {
		if t.Nodes[i].Type == html.TextNode {
			b.WriteString(t.Nodes[i].Data)
		}
		b.WriteByte(' ')
	}
	return b.String()
}

func TestFlattenKeepsBlocksApart(t *testing.T) {
	got := string(unnest([]byte(strings.Repeat("<div>", 5)+"<div>a</div><div>b</div><em>c</em>d<script>if(a<b)x('<div>')</script>"), 5))
	want := strings.Repeat("<div>", 5) + "<br>a<br><br>b<br>cd<script>if(a<b)x('<div>')</script>"
	if got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte("<div><table><p>a<b>c</table></div><svg><title>x"))
	f.Add([]byte(strings.Repeat("<a><div></a>", 300)))
	f.Fuzz(func(t *testing.T, b []byte) {
		p, err := Parse(Input{HTML: b})
		if err != nil {
			return
		}
		NewTree(p)
	})
}
