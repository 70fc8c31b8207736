package embedded

import (
	"encoding/json"
	"fmt"
	"html"
	"runtime"
	"strings"
	"testing"

	"newsclip/clean/internal/page"
	"newsclip/testdata"
)

func find(t *testing.T, body string, known Known) []Body {
	t.Helper()
	p, err := page.Parse(page.Input{URL: "https://quay.example/a", HTML: []byte("<html><body>" + body + "</body></html>")})
	if err != nil {
		t.Fatal(err)
	}
	return Find(page.NewTree(p), known)
}

func prose(about string) string {
	var b strings.Builder
	for k := range 6 {
		fmt.Fprintf(&b, "<p>Paragraph %d tells of the %s and of the people who came to see it, as they do each year at about this time.</p>", k, about)
	}
	return b.String()
}

func dataScript(json string) string {
	return `<script type="application/json" id="data">` + json + `</script>`
}

// TestFindFrame: the document of a frame is shown, so that its words need not be the title's.
func TestFindFrame(t *testing.T) {
	for _, title := range []string{"Liman pazarı açıldı", "Vásár nyílt a kikötőben"} {
		got := find(t, `<iframe srcdoc="`+html.EscapeString(prose("fair"))+`"></iframe>`, Known{Title: title})
		if len(got) != 1 || got[0].From != "iframe srcdoc" {
			t.Errorf("beside %q, found %v", title, got)
		}
	}
}

// TestFindNoframes: a set of frames has its text in noframes, for browsers without them.
func TestFindNoframes(t *testing.T) {
	p, err := page.Parse(page.Input{HTML: []byte(`<HTML><TITLE>Liman pazarı</TITLE><FRAMESET COLS="150,*"><FRAME SRC="menu.htm"><FRAME SRC="text.htm"><NOFRAMES><BODY>` + prose("fair") + `</BODY></NOFRAMES></FRAMESET></HTML>`)})
	if err != nil {
		t.Fatal(err)
	}
	tree := page.NewTree(p)
	if blocks := tree.Blocks(); len(blocks) > 0 {
		t.Errorf("the page shows %q", blocks[0].Text)
	}
	if got := Find(tree, Known{Title: "Liman pazarı"}); len(got) != 1 || got[0].From != "noframes" {
		t.Errorf("found %v", got)
	}
}

// TestReadLiteral: what scripts write is read, but for what they compute.
func TestReadLiteral(t *testing.T) {
	for s, want := range map[string]string{
		`{a:1,'b':"x",` + "c:`y`" + `,}`:                            `{"a":1,"b":"x","c":"y"}`,
		`[1,,"a",[void 0,!0,null,-2.5]] + 3`:                        `[1,"a",[null,null,null,-2.5]]`,
		`{f(x){return {a:"]"}}, g, h: () => [1, "}"], a: "b" + c}`:  `{"a":null,"h":null}`,
		`{/* } */ a: "it\'s", // ]` + "\n" + ` $b: new Date(1, 2)}`: `{"$b":null,"a":"it's"}`,
		`{"a": {b: [`: "", `{a)`: "", `{a]`: "", `["a`: "",
	} {
		v, n, ok := readLiteral(s)
		got := ""
		if b, err := json.Marshal(v); ok && err == nil {
			got = string(b)
		}
		if got != want || n > len(s) {
			t.Errorf("%s is %s and takes %d bytes, want %s", s, got, n, want)
		}
	}
}

// TestFindTakesThePagesOwn: of several bodies, the one is the page's that stands
// beside its title; where none does and they are as long, none is.
func TestFindTakesThePagesOwn(t *testing.T) {
	const own = `{"title":"The harbour fair opens","url":"/fair","body":%q}`
	const other = `{"title":"Three boats for %s","url":"/boats","body":%q}`
	otherOf := func(s string) string { return fmt.Sprintf(other, s, prose(s)) }
	for _, c := range []struct {
		name, json, title string
		want              string // a word of the first body, or "" for none
	}{
		{"beside its title", `{"stories":[` + otherOf("gulls") + `,` + fmt.Sprintf(own, prose("fair")) + `]}`, "The harbour fair opens", "fair"},
		{"another's alone", otherOf("gulls"), "The harbour fair opens", ""},
		{"a list of others", `{"stories":[` + otherOf("gulls") + `,` + otherOf("terns") + `,` + otherOf("crows") + `]}`, "Stories about gulls, terns, crows", ""},
		{"related ones", `{"relatedArticles":[{"body":` + fmt.Sprintf("%q", prose("fair")) + `}]}`, "The harbour fair opens", ""},
		{"a site's title around it", `{"title":"The Quay Post Online","url":"/","page":{"content":` + fmt.Sprintf("%q", prose("harbour fair that opens")) + `}}`, "The harbour fair opens", "fair"},
		{"no title known", `{"content":` + fmt.Sprintf("%q", prose("fair")) + `}`, "", "fair"},
		{"terms of use", `{"content":` + fmt.Sprintf("%q", prose("cookies")) + `}`, "Ferry fares go up", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := find(t, dataScript(c.json), Known{Title: c.title})
			switch {
			case c.want == "" && len(got) > 0:
				t.Errorf("found %q", got[0].HTML)
			case c.want != "" && (len(got) == 0 || !strings.Contains(got[0].HTML, c.want)):
				t.Errorf("found %v, want one of the %s", got, c.want)
			}
		})
	}
}

// TestFindAgreesWithJSONLD: a form of the body with its markup is better than the
// plain one of JSON-LD, and what is another text is none.
func TestFindAgreesWithJSONLD(t *testing.T) {
	ld := Known{Title: "The harbour fair opens", LDBody: strings.ReplaceAll(plain(prose("harbour fair")), "  ", "\n")}
	got := find(t, dataScript(`{"content":`+fmt.Sprintf("%q", "<h2>Saturday</h2>"+prose("harbour fair"))+`}`), ld)
	if len(got) != 2 || got[0].From != "script data" {
		t.Errorf("found %v", got)
	}
	got = find(t, dataScript(`{"content":`+fmt.Sprintf("%q", "<p>"+strings.Repeat("The harbour fair opens when gulls sleep on masts. ", 12)+"</p>")+`}`), ld)
	if len(got) != 1 || got[0].From != "json-ld articleBody" {
		t.Errorf("found %v", got)
	}
}

// TestPieces: what the pieces of a body become.
func TestPieces(t *testing.T) {
	long := strings.Repeat("a long line of the text with many words in it, ", 12)
	for _, c := range []struct{ name, json, want string }{
		{"headings and quotes", `[{"type":"heading","level":3,"text":"Up"},{"type":"paragraph","text":"L"},{"type":"blockquote","text":"Said"}]`,
			"<h3>Up</h3>\n<p>L</p>\n<blockquote>Said</blockquote>\n"},
		{"lists", `[{"type":"paragraph","text":"L"},{"type":"list","items":["one of them","two of them"]},{"type":"bulletList","content":[{"type":"listItem","content":[{"type":"paragraph","content":[{"type":"text","text":"three"}]}]}]}]`,
			"<p>L</p>\n<ul><li>one of them</li><li>two of them</li></ul>\n<ul><li><p>three</p>\n</li></ul>\n"},
		{"spans and a line break", `[{"type":"p","children":[{"text":"One "},{"text":"two","bold":true},{"type":"br"},{"text":"three & four"}]},{"type":"p","children":[{"text":"L"}]}]`,
			"<p>One two three &amp; four</p>\n<p>L</p>\n"},
		{"what is no text", `[{"type":"image","caption":"A boat"},{"type":"paragraph","text":"L"},{"type":"newsletter","text":"Sign up"},{"type":"paragraph","html":"<em>E</em>"}]`,
			"<p>L</p>\n<p><em>E</em></p>\n"},
		{"styles of a console's lines", `["L","color: red; font-size: 40px;","One: two, and three"]`, "<p>L</p>\n<p>One: two, and three</p>\n"},
		{"sections", `[{"title":"First part","paragraphs":["L"]},{"title":"Second part","paragraphs":["And more of it."]}]`,
			"<h2>First part</h2><p>L</p>\n\n<h2>Second part</h2><p>And more of it.</p>\n\n"},
		{"words in an object of a node", `[{"type":"PARAGRAPH","nodes":[{"type":"TEXT","nodes":[],"textData":{"text":"One ","decorations":[]}},{"type":"TEXT","nodes":[],"textData":{"text":"two"}}],"paragraphData":{}},{"type":"PARAGRAPH","nodes":[{"type":"TEXT","textData":{"text":"L"}}]}]`,
			"<p>One two</p>\n<p>L</p>\n"},
		{"options of a component", `[{"id":"b1","component":{"name":"Text","options":{"text":"L"}}},{"component":{"name":"Image","options":{"image":"/a.jpg"}}},{"component":{"name":"Text","options":{"text":"<h2>Up</h2>"}}}]`,
			"<p>L</p>\n<h2>Up</h2>\n"},
		{"keys that name the kind", `[{"h3":"Up"},{"p":"L"},{"ul":["one of them","two of them"]},{"blockquote":"Said & done"},{"img":"/boat.jpg"},{"P":"<em>E</em>"}]`,
			"<h3>Up</h3>\n<p>L</p>\n<ul><li>one of them</li><li>two of them</li></ul>\n<blockquote>Said &amp; done</blockquote>\n<p><em>E</em></p>\n"},
		{"kinds that set no element", `[{"type":"li","tag":"odd","text":"one"},{"type":"paragraph","text":"L"}]`, "<li>one</li>\n<p>L</p>\n"},
		{"medium", `[{"type":"H3","text":"Up"},{"type":"P","text":"L"},{"type":"ULI","text":"one"}]`, "<h3>Up</h3>\n<p>L</p>\n<li>one</li>\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			src := strings.ReplaceAll(c.json, `"L"`, `"`+long+`"`)
			got := find(t, dataScript(`{"content":`+src+`}`), Known{})
			want := strings.ReplaceAll(c.want, "L", long)
			if len(got) != 1 || got[0].HTML != want {
				t.Errorf("found %v, want %q", got, want)
			}
		})
	}
}

// TestFindIsBounded: pages made to keep a program busy are read in no time that
// grows faster than they.
func TestFindIsBounded(t *testing.T) {
	for name, body := range map[string]string{
		"deep":                 dataScript(strings.Repeat(`{"body":[`, 20_000) + strings.Repeat(`]}`, 20_000)),
		"deep, cut off":        dataScript(strings.Repeat(`[`, 500_000)),
		"refs in a ring":       "<script>window.S = " + `{"A:1":{"blocks":[{"__ref":"B:1"},{"__ref":"B:1"}]},"B:1":{"blocks":[{"__ref":"A:1"},{"__ref":"A:1"}]},"x":"` + strings.Repeat("y", 400) + `"};</script>`,
		"rows in a ring":       `<script>self.__next_f.push([1,"0:[\"$\",\"p\",null,{\"children\":[\"$0\",\"$0\",\"$0\"]}]\n"])</script>`,
		"flat ring":            dataScript(`[{"a":1,"b":1},{"a":2,"b":2},{"a":0,"b":1},"` + strings.Repeat("z ", 300) + `"]`),
		"values that are none": "<script>" + strings.Repeat("a={b:1};", 50_000) + "</script>",
		"literals":             "<script>" + strings.Repeat("a={b:[c,", 60_000) + "</script>",
		"literals, closed":     "<script>" + strings.Repeat("a={b:[c],d(){}};f(", 30_000) + "</script>",
		"comments":             strings.Repeat("<!--<p>"+strings.Repeat("x ", 200)+"-->", 2000),
		"open quotes":          "<script>" + strings.Repeat(`"a`, 100_001) + "</script>",
		"json in json":         dataScript(strings.Repeat(`"[`, 1000)),
		"escapes":              "<script>x=\"" + strings.Repeat(`\ud83d\ude00\u{1F600}\x41\`+"\\", 20_000) + "\";</script>",
	} {
		t.Run(name, func(t *testing.T) {
			if got := find(t, body, Known{}); len(got) > maxBodies {
				t.Errorf("found %d", len(got))
			}
		})
	}
}

func TestUnescape(t *testing.T) {
	for in, want := range map[string]string{
		`a\u003cp\u003E`: "a<p>", `\x41\xe4`: "Aä", `\ud83d\ude00!`: "😀!", `\u{1F600}`: "😀", `\"\'\/\\`: `"'/\`, `a\nb`: "a\nb", `\ud83d`: "\uFFFD", `\u12`: "\uFFFD12",
	} {
		if got := unescape(in); got != want {
			t.Errorf("%s: %q, want %q", in, got, want)
		}
	}
}

// TestNamedValuesAreBounded reads data of which each value is named by many others:
// written out it is thousands of times as long, and would take hours.
func TestNamedValuesAreBounded(t *testing.T) {
	if testdata.RaceDetector {
		t.Skip("takes far longer with the race detector")
	}
	repeated := func(s string, n int) string { return strings.TrimSuffix(strings.Repeat(s+",", n), ",") }
	long := strings.Repeat("The council voted to rebuild the old bridge. ", 16_000)
	var pairs, rows strings.Builder
	for k := range 90 {
		fmt.Fprintf(&pairs, "[%d,%[1]d],", k+2)
	}
	fmt.Fprintf(&rows, `<script>self.__next_f.push([1,%q])</script>`, fmt.Sprintf("1:T%x,%s\n", len(long), long))
	for k := range 1500 {
		fmt.Fprintf(&rows, `<script>self.__next_f.push([1,%q])</script>`, fmt.Sprintf("%x:[\"$\",\"p\",null,{\"children\":[\"$1\",\"$1\"]}]\n", k+2))
	}
	for name, body := range map[string]string{
		"objects of a long text":   dataScript(`{"p:1":{"type":"text","text":"` + long + `"},"b":[{"type":"paragraph","content":[` + repeated(`{"__ref":"p:1"}`, 4000) + `]}]}`),
		"objects of many keys":     dataScript(`{"p:1":{"type":"text","text":"Some words"` + manyKeys(100_000) + `},"b":[{"type":"paragraph","content":[` + repeated(`{"__ref":"p:1"}`, 100_000) + `]}]}`),
		"lists in lists":           dataScript(`[{"a":1},` + pairs.String() + `"` + long[:40_000] + `"]`),
		"long lists in long lists": dataScript(`[{"a":1},[` + repeated("2", 20_000) + `],[` + repeated("3", 20_000) + `],[` + repeated("4", 20_000) + `],"` + long[:40_000] + `"]`),
		"a text of a stream":       rows.String(),
		"quotes nobody closed":     "<script>" + strings.Repeat(`\"`, 1_000_000) + "</script>",
	} {
		t.Run(name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			find(t, body, Known{})
			runtime.ReadMemStats(&after)
			if mb := (after.TotalAlloc - before.TotalAlloc) >> 20; mb > 1500 {
				t.Errorf("%d MB were allocated", mb)
			}
		})
	}
}

func manyKeys(n int) string {
	var b strings.Builder
	for k := range n {
		fmt.Fprintf(&b, `,"k%d":1`, k)
	}
	return b.String()
}
