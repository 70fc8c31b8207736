package siterules

import (
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"newsclip/clean/internal/page"
	"newsclip/selectors"
)

func loadRules(t *testing.T, rules string) *selectors.Rules {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "example.com.txt"), []byte(rules), 0o644); err != nil {
		t.Fatal(err)
	}
	set, err := selectors.LoadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	return set.For("example.com")
}

const ruledPage = `<!DOCTYPE html><html><head><meta name="dek" content="A  short
 summary"><script type="application/ld+json">{"headline":"From data"}</script></head>
<body class="promo-on">
<h1>The <em>harbour</em> opens</h1>
<p class="by"><a>Ida Berg</a> <a>Jon Vik</a> <a>Ida Berg</a></p>
<time datetime="2031-05-04T10:00:00+02:00">yesterday</time>
<div id="part1" class="part"><p>First.</p><div class="part"><p>Inner.</p></div><div class="promo-box"><p>Buy.</p></div></div>
<aside><p>Beside.</p></aside>
<div id="part2" class="part"><p>Second.<img src="https://cdn.example.com/pixel.gif"></p></div>
</body></html>`

func TestFind(t *testing.T) {
	for _, c := range []struct {
		name, rules string
		body, strip []string // texts of the boxes
		want        Result
	}{
		{
			name:  "fields",
			rules: "title: h1\nsubtitle: meta[name=dek]\nauthor: .by a\ndate: time\nprune: no\nskip_json_ld: yes",
			want: Result{
				title: "The harbour opens", subtitle: "A short summary", date: "2031-05-04T10:00:00+02:00",
				authors: []string{"Ida Berg", "Jon Vik"}, keepAll: true, skipJSONLD: true,
			},
		},
		{
			name:  "values of an XPath",
			rules: "title: substring-before(//h1, ' opens')\nauthor: 'The Gazette'\nsubtitle: //meta[@name='dek']/@content\ndate: //script/text()",
			want: Result{
				title: "The harbour", authors: []string{"The Gazette"}, subtitle: "A short summary", date: `{"headline":"From data"}`,
			},
		},
		{
			name:  "the second selector where the first finds nothing",
			rules: "title: .none\ntitle: h1\nauthor: .none\nauthor: .by a:first-child",
			want:  Result{title: "The harbour opens", authors: []string{"Ida Berg"}},
		},
		{
			name:  "a split body, in document order, nothing twice",
			rules: "body: //article\nbody: //div[@id='part2'] | //div[@class='part']",
			body:  []string{"First. Inner. Buy.", "Second."},
		},
		{
			name:  "no body fits",
			rules: "body: article\nbody: //main",
		},
		{
			name:  "strip by selector, by name and never the page",
			rules: "strip: aside\nstrip: //body\nstrip_id_or_class: promo\nstrip_id_or_class: rt2",
			strip: []string{"Buy. <example.com.txt:3>", "Beside. <example.com.txt:1>", "Second. <example.com.txt:4>"},
		},
		{
			name:  "strip by image",
			rules: "strip_image_src: pixel.",
			strip: []string{" <example.com.txt:1>"},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			src, err := page.Parse(page.Input{URL: "https://example.com/a", HTML: []byte(ruledPage)})
			if err != nil {
				t.Fatal(err)
			}
			tr := page.NewTree(src)
			got := Find(tr, loadRules(t, c.rules))
			var body, strip []string
			for _, i := range got.body {
				body = append(body, tr.Text(i))
			}
			for _, s := range got.stripped {
				strip = append(strip, tr.Text(s.node)+" <"+s.rule[strings.LastIndexByte(s.rule, '/')+1:]+">")
			}
			if !slices.Equal(body, c.body) {
				t.Errorf("body %q, want %q", body, c.body)
			}
			if !slices.Equal(strip, c.strip) {
				t.Errorf("stripped %q, want %q", strip, c.strip)
			}
			got.body, got.stripped = nil, nil
			if !reflect.DeepEqual(*got, c.want) {
				t.Errorf("got  %+v\nwant %+v", got, c.want)
			}
		})
	}
}

func TestNoSiteRules(t *testing.T) {
	src, err := page.Parse(page.Input{HTML: []byte(ruledPage)})
	if err != nil {
		t.Fatal(err)
	}
	if got := Find(page.NewTree(src), nil); got != nil {
		t.Errorf("got %+v", got)
	}
}
