package testdata

import (
	"bytes"
	"io/fs"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"
)

// page is what a hazard's check sees.
type page struct {
	source string // decoded
	words  string // that are shown
	bytes  []byte // as stored
	record record
	route  *route
	file   string
}

func (p *page) has(parts ...string) bool {
	for _, part := range parts {
		if !strings.Contains(p.source, part) {
			return false
		}
	}
	return true
}

func (p *page) hasAny(parts ...string) bool {
	for _, part := range parts {
		if strings.Contains(p.source, part) {
			return true
		}
	}
	return false
}

func (p *page) matches(re string) bool { return regexp.MustCompile(re).MatchString(p.source) }

// checks say for each hazard of README.md whether a page has it.
var checks = map[string]func(*page) bool{
	"agency":          func(p *page) bool { return p.has(`"@type":"Organization","name":"` + p.record.Authors[0].Name) },
	"also-read":       func(p *page) bool { return p.matches(`(Also read|Lesen Sie auch|Lea también|Lire aussi ?):`) },
	"amp-twin":        func(p *page) bool { return p.has(`rel="amphtml"`) },
	"article-body-ld": func(p *page) bool { return p.has(`"articleBody":`) },
	"author-bio":      func(p *page) bool { return p.hasAny("author-bio", "author-box") },
	"br-body":         func(p *page) bool { return p.has(`class="artikeltext"`, "<br><br>") && !p.has("<p>") },
	"caption-twice": func(p *page) bool {
		return strings.Count(p.words, p.record.Images[0].Caption) >= 2 && !strings.Contains(p.record.Text, p.record.Images[0].Caption)
	},
	"comments":          func(p *page) bool { return p.has(`id="comments"`) },
	"contents-box":      func(p *page) bool { return p.has(`class="ez-toc`) },
	"correction":        func(p *page) bool { return strings.Contains(p.record.Text, "Correction: ") },
	"credit-in-caption": creditInCaption,
	"dateline":          func(p *page) bool { return regexp.MustCompile(`^[A-Z]+ \(\w+\) — `).MatchString(p.record.Text) },
	"div-body":          func(p *page) bool { return p.has(`<div class="absatz">`) && !p.has("<p>") },
	"domain-at-foot":    func(p *page) bool { return strings.Contains(p.words, " www.ostmereledger.example ") },
	"drop-cap":          func(p *page) bool { return p.matches(`<span class="dropcap">.</span>\p{L}`) },
	"embed-consent":     func(p *page) bool { return p.has("External content", "Accept and continue") },
	"fact-box":          func(p *page) bool { return p.has(`data-component="factbox"`) },
	"fails-twice":       func(p *page) bool { return p.route.fails == 2 },
	"feed-only":         func(p *page) bool { return inFile("feed.xml", p) && !inFile("sitemap-articles.xml", p) },
	"font-headline":     func(p *page) bool { return p.has(`<font size="5"`) && !p.has("<h1") },
	"gallery":           func(p *page) bool { return p.record.Kind == "gallery" && len(p.record.Images) >= 5 },
	"gzip-coding":       func(p *page) bool { return p.route.gzip },
	"late-charset": func(p *page) bool {
		return bytes.Index(p.bytes, []byte("charset=")) > 1024 && p.route.ctype == "text/html"
	},
	"latin1-label":   func(p *page) bool { return p.has("charset=iso-8859-1") && !utf8.Valid(p.bytes) && hasC1(p.bytes) },
	"lazy-images":    func(p *page) bool { return p.has("data-lazy-src", `src="data:image/svg+xml`) },
	"license":        func(p *page) bool { return p.record.Rights != nil && p.has(p.record.Rights.License) },
	"list":           func(p *page) bool { return strings.Contains(p.record.Text, "\n- ") },
	"liveblog":       func(p *page) bool { return p.record.Kind == "liveblog" && p.has(`"LiveBlogPosting"`) },
	"mobile-desktop": func(p *page) bool { return p.has("u-hide-mobile\">", "u-only-mobile\">") },
	"newsletter": func(p *page) bool {
		return p.matches(`data-component="article-body"[^$]*newsletter-signup`) || p.has("newsletter-box")
	},
	"no-author":     func(p *page) bool { return len(p.record.Authors) == 0 && !p.has(`name="author"`) },
	"no-image":      func(p *page) bool { return len(p.record.Images) == 0 && !p.has("og:image") },
	"no-language":   func(p *page) bool { return !p.hasAny("<html lang", "Content-Language") },
	"no-standfirst": func(p *page) bool { return p.record.Subtitle == "" && p.record.Description != "" },
	"ordered-list":  func(p *page) bool { return p.has("<ol") && strings.Contains(p.record.Text, "\n- ") },
	"paywall": func(p *page) bool {
		return p.has(`"isAccessibleForFree":false`) && p.record.FreeAccess != nil && !*p.record.FreeAccess
	},
	"print-twin": func(p *page) bool { return fileExists(strings.TrimSuffix(p.file, ".html") + ".print.html") },
	"pull-quote": func(p *page) bool { return p.has(`data-component="pullquote"`) },
	"quote":      func(p *page) bool { return p.has("<blockquote") },
	"redirected": func(p *page) bool { return redirectTo(p) != "" },
	"related-empty": func(p *page) bool {
		return strings.Contains(p.words, "Related Stories No stories found. X The Ostmere Ledger www.")
	},
	"right-to-left": func(p *page) bool { return p.has(`<html dir="rtl"`) },
	"rights-header": func(p *page) bool { return p.route.header.Get("X-Robots-Tag") == "noai" && p.record.Rights.NoAI },
	"rights-meta":   func(p *page) bool { return p.has("noai", `name="tdm-reservation" content="1"`) },
	"session-ids": func(p *page) bool {
		b, _ := files.ReadFile("newsroom/gazette/home.html")
		c, _ := files.ReadFile("newsroom/gazette/home-2.html")
		return bytes.Contains(append(b, c...), []byte("PHPSESSID="+sessionMark+"&amp;"+p.route.query.Encode()))
	},
	"share-x":      func(p *page) bool { return p.matches(`<div class="StoryShare[^>]*><a [^>]*>X</a></div>`) },
	"shift-jis":    func(p *page) bool { return p.has("charset=Shift_JIS") && !utf8.Valid(p.bytes) },
	"sitemap-only": func(p *page) bool { return inFile("sitemap-articles.xml", p) && !inFile("feed.xml", p) },
	"split-body": func(p *page) bool {
		return strings.Count(p.source, `data-component="article-body"`) == 2 || strings.Count(p.source, `class="artikeltext"`) == 2
	},
	"standfirst-first": func(p *page) bool {
		return strings.Count(p.words, p.record.Subtitle) == 2 && !strings.Contains(p.record.Text, p.record.Subtitle)
	},
	"standfirst-in-body": func(p *page) bool {
		return strings.Count(p.words, p.record.Subtitle) == 2 && strings.Index(p.record.Text, "\n\n"+p.record.Subtitle+"\n\n") > 0
	},
	"streamed":            func(p *page) bool { return p.has(`<div hidden id="S:0">`) },
	"sub-headings":        func(p *page) bool { return p.has(`data-component="subheadline-block"`) },
	"table":               func(p *page) bool { return strings.Contains(p.record.Text, " | ") && p.has("<th") },
	"title-in-body":       func(p *page) bool { return p.has(`">` + p.record.Title + "</h2>") },
	"tracking-parameters": func(p *page) bool { return strings.Contains(redirectTo(p), "utm_source=") },
	"two-pages":           func(p *page) bool { return p.has(`rel="next"`) && secondPages[p.file] != "" },
	"unclosed-paragraphs": func(p *page) bool { return p.has("<p>") && !p.has("</p>") },
	"video":               func(p *page) bool { return p.record.Kind == "video" && p.has(`"VideoObject"`, "<video") },
	"wrong-header":        func(p *page) bool { return utf8.Valid(p.bytes) && strings.Contains(p.route.ctype, "ISO-8859-1") },
}

func creditInCaption(p *page) bool {
	for _, im := range p.record.Images {
		re := regexp.QuoteMeta(im.Caption) + ` (\(?\w+: |\(Photo \| |© |写真: )` + regexp.QuoteMeta(im.Credit)
		re = strings.ReplaceAll(re, `\w+: `, `[\p{L}]+: `)
		if regexp.MustCompile(re).MatchString(p.words) {
			return true
		}
	}
	return false
}

// hasC1 says that b uses bytes which ISO 8859-1 gives no sign and
// windows-1252 does.
func hasC1(b []byte) bool {
	for _, c := range b {
		if c >= 0x80 && c <= 0x9f {
			return true
		}
	}
	return false
}

func fileExists(name string) bool {
	_, err := fs.Stat(files, "newsroom/"+name)
	return err == nil
}

func inFile(name string, p *page) bool {
	b, err := files.ReadFile("newsroom/" + name)
	return err == nil && bytes.Contains(b, []byte(p.record.CanonicalURL))
}

// redirectTo returns where some redirect to the page leads.
func redirectTo(p *page) string {
	routes, _ := readRoutes()
	for _, r := range routes {
		if to, _, _ := strings.Cut(r.to, "?"); to == p.route.path {
			return r.to
		}
	}
	return ""
}

var hazardRow = regexp.MustCompile(`(?m)^\| ([a-z]+/[-a-z0-9]+) \| ([-a-z0-9, ]+) \|$`)

// hazardsOf reads README.md's table: page file to hazards.
func hazardsOf(t *testing.T) map[string]map[string]bool {
	t.Helper()
	b, err := files.ReadFile("newsroom/README.md")
	if err != nil {
		t.Fatal(err)
	}
	out := make(map[string]map[string]bool)
	for _, m := range hazardRow.FindAllSubmatch(b, -1) {
		set := make(map[string]bool)
		for _, h := range strings.Split(string(m[2]), ", ") {
			set[h] = true
		}
		out[string(m[1])+".html"] = set
	}
	return out
}

func TestHazards(t *testing.T) {
	table := hazardsOf(t)
	records := expectedRecords(t, originMark)
	for file := range records {
		if table[file] == nil {
			t.Errorf("README.md has no row for %s", file)
		}
	}
	used := make(map[string]bool)
	s := &site{routes: routesOf(t)}
	for file, hazards := range table {
		r, ok := records[file]
		if !ok {
			t.Errorf("README.md has a row for %s, which has no record", file)
			continue
		}
		u, _ := url.Parse(strings.TrimPrefix(r.CanonicalURL, originMark))
		b, _ := files.ReadFile("newsroom/" + file)
		source := decoded(t, file)
		p := &page{source: source, words: shown(t, source), bytes: b, record: r, route: s.find(u.Path, u.Query()), file: file}
		for h := range hazards {
			used[h] = true
			check, ok := checks[h]
			if !ok {
				t.Errorf("%s: nothing checks for %q", file, h)
			} else if !check(p) {
				t.Errorf("%s: has no %s", file, h)
			}
		}
	}
	for h := range checks {
		if !used[h] {
			t.Errorf("no page is said to have %s", h)
		}
	}
}
