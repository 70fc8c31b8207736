package seedlist

import (
	"errors"
	"fmt"
	"io"
	"reflect"
	"runtime"
	"strings"
	"testing"
	"time"

	"newsclip/scrape"
)

// read reads a list, and returns its warnings as lines.
func read(t *testing.T, text string) ([]scrape.Site, string) {
	t.Helper()
	var warnings strings.Builder
	sites, err := Read(strings.NewReader(text), func(line int, err error) { fmt.Fprintf(&warnings, "%d: %v\n", line, err) })
	if err != nil {
		t.Fatal(err)
	}
	return sites, warnings.String()
}

var quay = scrape.Site{
	URL: "https://quay.example/", Name: "The Quay, Post", Delay: 2500 * time.Millisecond, MaxPages: 40,
	Include: []string{"/news/"}, Exclude: []string{"/live/"}, Labels: map[string]string{"country": "fi", "tier": "1"},
}

func TestForms(t *testing.T) {
	other := scrape.Site{URL: "https://other.example/"}
	for _, tt := range []struct {
		name, list string
		want       []scrape.Site
		warnings   string
	}{
		{"lines", "# ours\nhttps://quay.example/ # first\n\nhttps://other.example/\n", []scrape.Site{{URL: quay.URL}, other}, ""},
		{
			"JSON Lines",
			`{"url":"https://quay.example/","name":"The Quay, Post","delay":"2.5s","max_pages":40,"include":"/news/","exclude":["/live/"],"labels":{"country":"fi","tier":1}}` + "\r\n" +
				`{"url":"https://other.example/","name":null}`,
			[]scrape.Site{quay, other}, "",
		},
		{
			"CSV", "labels.tier,exclude,max_pages,name,URL,delay,include,labels\n" + `1,/live/,40,"The Quay, Post",https://quay.example/,2.5,/news/,country=fi` + "\n,,,,https://other.example/,,,\n",
			[]scrape.Site{quay, other}, "",
		},
		{
			"CSV with semicolons", "url;name;delay;max_pages;include;exclude;labels\n" + `https://quay.example/;The Quay, Post;2500ms;40;/news/;/live/;"country=fi;tier=1"` + "\nhttps://other.example/\n",
			[]scrape.Site{quay, other}, "",
		},
		{
			"CSV with tabs", "name\turl\tlabels\nThe Quay\thttps://quay.example/\t{\"country\":\"fi\"}\n",
			[]scrape.Site{{URL: quay.URL, Name: "The Quay", Labels: map[string]string{"country": "fi"}}}, "",
		},
		{
			"OPML", `<?xml version="1.0" encoding="ISO-8859-1"?><OPML version="2.0"><head><title>Ours</title></head><body>
<outline text="Nordic"><outline type="rss" text="Caf` + "\xe9" + `" xmlUrl="https://quay.example/rss" htmlUrl="https://quay.example/"/>
<outline title="Other" xmlUrl="https://other.example/feed" category="/eu"></outline></outline>
<outline text="last" type="link" url="https://last.example/"/>
<outline text="wrong" xmlUrl="feed.xml"/></body></OPML>`,
			[]scrape.Site{
				{URL: "https://quay.example/rss", Name: "Café", Labels: map[string]string{"category": "Nordic"}},
				{URL: "https://quay.example/", Name: "Café", Labels: map[string]string{"category": "Nordic"}},
				{URL: "https://other.example/feed", Name: "Other", Labels: map[string]string{"category": "/eu"}},
				{URL: "https://last.example/", Name: "last"},
			},
			"5: it is left out: \"feed.xml\" is not a URL that can be crawled\n",
		},
		{
			"OPML that is broken", "<opml><body>\n<outline xmlUrl='https://quay.example/'/>\n<outline text=\"<",
			[]scrape.Site{{URL: quay.URL}}, "3: broken OPML: what follows is left out: XML syntax error on line 3: unescaped < inside quoted string\n",
		},
		{
			"an address in angle brackets is no OPML", "<https://quay.example/>\n", []scrape.Site{{URL: quay.URL}}, "",
		},
		{
			"JSON and lines", "https://other.example/\n{\"url\":\"https://quay.example/\"}\n", []scrape.Site{other, {URL: quay.URL}}, "",
		},
		{
			"wrong lines of JSON",
			"{\"url\":\"https://quay.example/\",\"lang\":\"fi\"}\n{\"url\":\"https://a.example/\"\n{\"name\":\"x\"}\n{\"url\":\"https://b.example/\",\"delay\":\"soon\"}\n" +
				"{\"url\":\"https://c.example/\",\"include\":\"(\"}\n{\"url\":\"https://d.example/\",\"max_pages\":-1}\n{\"url\":\"https://e.example/\",\"labels\":[1]}\n{\"url\":[],\"lang\":1}\n",
			[]scrape.Site{{URL: quay.URL}},
			`1: the member "lang" is left out, here and elsewhere
2: it is left out: broken JSON: unexpected end of JSON input
3: it is left out: it has no URL
4: it is left out: delay: "soon" is not a time as in 2s
5: it is left out: https://c.example/: error parsing regexp: missing closing ): ` + "`(`" + `
6: it is left out: max_pages: "-1" is not a number of pages
7: it is left out: labels: it takes an object, or a list of texts
8: it is left out: url: it takes a text or a number
`,
		},
		{
			"wrong lines of CSV", "url,tier,name\nhttps://quay.example/,1,a \"b\"\nhttps://quay.example/,1,x,more\nquay.example,1,x\nhttps://other.example/,1\n",
			[]scrape.Site{{URL: quay.URL, Name: `a "b"`}, other},
			`1: columns are left out: tier; name them as in labels.tier to have them in the records
3: it is left out: it has more cells than the header
4: it is left out: "quay.example" is not a URL that can be crawled
`,
		},
		{
			"labels that are words", "url,labels\nhttps://quay.example/,daily;country=fi\n" + `https://other.example/,"[""daily"", ""x=1""]"` + "\n",
			[]scrape.Site{
				{URL: quay.URL, Labels: map[string]string{"daily": "", "country": "fi"}},
				{URL: other.URL, Labels: map[string]string{"daily": "", "x": "1"}},
			}, "",
		},
		{
			"labels of JSON that are words", `{"url":"https://quay.example/","labels":["daily","x=1"]}` + "\n" + `{"url":"https://other.example/","labels":"daily"}` + "\n",
			[]scrape.Site{
				{URL: quay.URL, Labels: map[string]string{"daily": "", "x": "1"}}, {URL: other.URL, Labels: map[string]string{"daily": ""}},
			}, "",
		},
		{"nothing", "", nil, ""},
	} {
		got, warnings := read(t, tt.list)
		if !reflect.DeepEqual(got, tt.want) {
			t.Errorf("%s: %+v, want %+v", tt.name, got, tt.want)
		}
		if warnings != tt.warnings {
			t.Errorf("%s: warnings\n%swant\n%s", tt.name, warnings, tt.warnings)
		}
	}
}

// What is too long is left out, with what it would take, and the rest is read.
func TestLongEntries(t *testing.T) {
	long := strings.Repeat("a", maxEntry)
	for _, tt := range []struct {
		name, list, warnings string
		sites                int
	}{
		{"a line", "https://quay.example/\r\r\n\r\nhttp://" + long + "/\nhttps://other.example/", "4: it is left out: it is longer than 256 KiB\n", 2},
		{"a field of CSV", "url\nhttps://quay.example/\n\"" + strings.Repeat(long, 40), "3: it is left out: it is longer than 256 KiB\n", 1},
		{"a line of JSON", strings.Repeat("[", maxEntry+1) + "\n{\"url\":\"https://quay.example/\"}", "1: it is left out: it is longer than 256 KiB\n", 1},
		{
			"an element", "<opml><body><outline xmlUrl='https://quay.example/'/>\n<outline " + strings.Repeat("a='b' ", maxEntry/6) + "/><outline xmlUrl='https://other.example/'/>",
			"2: broken OPML: what follows is left out: an element is longer than 256 KiB\n", 1,
		},
		{
			"depth", "<opml><body><outline xmlUrl='https://quay.example/'/>" + strings.Repeat("<outline>", 3_000_000),
			"1: elements stand more than 1000 deep in each other: what follows is left out\n", 1,
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			sites, warnings := read(t, tt.list)
			runtime.ReadMemStats(&after)
			if len(sites) != tt.sites || warnings != tt.warnings {
				t.Errorf("%d sites, warnings\n%.500s", len(sites), warnings)
			}
			if n := after.TotalAlloc - before.TotalAlloc; n > 16<<20 {
				t.Errorf("a list of %d MB took %d MB", len(tt.list)>>20, n>>20)
			}
		})
	}
}

func TestLargeList(t *testing.T) {
	list := io.LimitReader(zeros{}, MaxSize+1)
	if _, err := Read(list, func(int, error) {}); err == nil || err.Error() != "the list is larger than 64 MiB" {
		t.Errorf("returned %v", err)
	}
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { return len(p), nil }

type brokenReader struct{}

func (brokenReader) Read([]byte) (int, error) { return 0, errors.New("unplugged") }

func TestReadFails(t *testing.T) {
	if _, err := Read(brokenReader{}, nil); err == nil || err.Error() != "unplugged" {
		t.Errorf("returned %v", err)
	}
}

// No list makes it panic, and every site that it returns can be crawled.
func FuzzRead(f *testing.F) {
	for _, seed := range []string{
		"https://a.example/\n", `{"url":"https://a.example/","labels":{"a":"b"}}`, "url,labels\nhttps://a.example/,a=b\n",
		`<opml><outline text="x" xmlUrl="https://a.example/"/></opml>`, "\xff\xfeh\x00", "{\"url\":\"\"}", "url;;\n;;\n",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		sites, err := Read(strings.NewReader(string(b)), func(int, error) {})
		if err != nil {
			t.Skip()
		}
		for _, s := range sites {
			if err := s.Check(); err != nil {
				t.Errorf("%+v: %v", s, err)
			}
		}
	})
}
