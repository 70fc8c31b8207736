package clean

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"newsclip/clean/internal/page"
)

// A tongue is what made-up articles are written with.
type tongue struct {
	code, words, stop string
	spaced            bool
}

var tongues = []tongue{
	{"en", "the harbour council opened a ferry bridge after long winter market river keeper lantern station repaired across village garden letter window teacher engine valley between", ".", true},
	{"pl", "rada portu otworzyła most dla promu po długiej zimie targ rzeka latarnia stacja naprawiona przez wioskę ogród list okno nauczyciel silnik dolina między", ".", true},
	{"ru", "совет порта открыл мост для парома после долгой зимы рынок река маяк станция отремонтирована через деревню сад письмо окно учитель мотор долина между", ".", true},
	{"el", "το συμβούλιο του λιμανιού άνοιξε γέφυρα για το πλοίο μετά από μακρύ χειμώνα αγορά ποτάμι φάρος σταθμός επισκευή χωριό κήπος γράμμα παράθυρο δάσκαλος κοιλάδα", ".", true},
	{"zh", "港口 议会 开放 渡轮 大桥 漫长 冬季 市场 河流 灯塔 车站 修复 穿过 村庄 花园 信件 窗户 教师 引擎 山谷 之间 我们 他们 表示", "。", false},
}

// write returns a sentence of n words.
func (g tongue) write(r *rand.Rand, n int) string {
	vocabulary := strings.Fields(g.words)
	words := make([]string, n)
	for k := range words {
		words[k] = vocabulary[r.IntN(len(vocabulary))]
	}
	if !g.spaced {
		return strings.Join(words, "") + g.stop
	}
	s := []rune(strings.Join(words, " ") + g.stop)
	return strings.ToUpper(string(s[:1])) + string(s[1:])
}

// A storyPage is a made-up article: what it says, and what the site says beside
// it.
type storyPage struct {
	title   string
	own     []string
	notice  []string // on every page of the site
	teasers []string // of a few that take turns
	remark  string   // in a box that no other article has, or ""
	lang    string
	links   func() string // a run of links to other sections
}

func paragraphs(ps []string) string { return "<p>" + strings.Join(ps, "</p>\n<p>") + "</p>" }

func links(titles []string, open, shut string) string {
	var b strings.Builder
	for k, s := range titles {
		fmt.Fprintf(&b, `%s<a href="/s/%d.html">%s</a>%s`, open, k+1000, s, shut)
	}
	return b.String()
}

func (s storyPage) box(open, shut string) string {
	if s.remark == "" {
		return ""
	}
	return open + s.remark + shut
}

// templates write a story in the markup of five kinds of content system. The
// furniture has names that say nothing.
var templates = map[string]func(storyPage) string{
	"posts": func(s storyPage) string {
		return `<div class="site-main"><article class="post type-post hentry"><header class="entry-header"><h1 class="entry-title">` + s.title + `</h1></header>
<div class="entry-content">` + paragraphs(s.own[:2]) + `<div class="qx-1">` + links(s.teasers, "<p>", "</p>") + `</div>` + paragraphs(s.own[2:]) + s.box(`<div class="wq-7"><p>`, `</p></div>`) + `<div class="qx-2">` + paragraphs(s.notice) + `</div></div></article></div>`
	},
	"nodes": func(s storyPage) string {
		return `<div class="node node--type-page"><h1>` + s.title + `</h1><div class="field field--name-body"><div class="field__item">` + paragraphs(s.own) + s.box(`<div class="xk"><p>`, `</p></div>`) + `</div></div>
<div class="view view-display-id-block_3">` + links(s.teasers, `<div class="views-row"><div class="zz">`, `</div></div>`) + `</div><div class="block-14">` + paragraphs(s.notice) + `</div></div>`
	},
	"sections": func(s storyPage) string {
		return `<main><section class="a1"><h1>` + s.title + `</h1><section class="a2">` + paragraphs(s.own) + s.box("<section class=a9><p>", "</p></section>") + `</section><section class="a3">` + links(s.teasers, `<p class="t">`, `</p>`) + paragraphs(s.notice) + `</section></section></main>`
	},
	"tables": func(s storyPage) string {
		return `<table width="760"><tr><td width="160" valign="top">` + s.links() + `</td><td valign="top"><font size="4"><b>` + s.title + `</b></font><br><br>
<font size="2">` + strings.Join(s.own, "<br><br>\n") + `</font>` + s.box("<table><tr><td>", "</td></tr></table>") + `<table><tr>` + links(s.teasers, "<td>", "</td>") + `</tr></table></td></tr><tr><td colspan="2"><font size="1">` + strings.Join(s.notice, "<br><br>") + `</font></td></tr></table>`
	},
	"divs": func(s storyPage) string {
		return `<div id="c"><div id="c1"><h1>` + s.title + `</h1><div class="d1">` + "<div>" + strings.Join(s.own, "</div><div>") + "</div>" + s.box(`<div class="u5"><div>`, `</div></div>`) + `</div><div class="d2">` + links(s.teasers, `<div class="d3">`, `</div>`) + `</div></div><div id="c2"><div class="d4">` + paragraphs(s.notice) + `</div></div></div>`
	},
}

// site returns the made-up pages of a site. Every fifth article is shorter than
// what the site says on each page.
func site(g tongue, r *rand.Rand) []storyPage {
	sentences := func(n int) string {
		var s []string
		for range n {
			s = append(s, g.write(r, 12+r.IntN(8)))
		}
		if g.spaced {
			return strings.Join(s, " ")
		}
		return strings.Join(s, "")
	}
	notice := []string{sentences(6), sentences(5), sentences(7), sentences(4)}
	var turns []string
	for range 8 {
		turns = append(turns, strings.TrimSuffix(g.write(r, 7), g.stop))
	}
	section := strings.TrimSuffix(g.write(r, 2), g.stop)
	pages := make([]storyPage, 30)
	for n := range pages {
		s := storyPage{title: strings.TrimSuffix(g.write(r, 8), g.stop), notice: notice, lang: g.code}
		paragraphs := 6 + r.IntN(5)
		long := 2
		if n%5 == 3 {
			paragraphs, long = 3, 1
		}
		for range paragraphs {
			s.own = append(s.own, sentences(long))
		}
		for k := range 3 {
			s.teasers = append(s.teasers, turns[(n+k*3)%len(turns)])
		}
		if n%7 == 2 {
			s.remark = sentences(2)
		}
		s.links = func() string { return links(slices.Repeat([]string{section}, 9), "", "<br>") }
		pages[n] = s
	}
	return pages
}

// TestLearningOnMadeUpSites cleans thirty pages of sites in five markups and
// five languages. What a site says on each page goes, and what only one article
// says stays where it stayed without learning.
func TestLearningOnMadeUpSites(t *testing.T) {
	for _, system := range sortedKeys(templates) {
		for k, g := range tongues {
			t.Run(system+" "+g.code, func(t *testing.T) {
				r := rand.New(rand.NewPCG(uint64(k), 7))
				learnSite(t, site(g, r), templates[system])
			})
		}
	}
}

func learnSite(t *testing.T, pages []storyPage, write func(storyPage) string) {
	c := New(Options{})
	alone, learnt, shrunk := make([]string, len(pages)), make([]string, len(pages)), make([]string, len(pages))
	text := func(d *Draft) string {
		a, err := d.Article()
		if err != nil {
			return ""
		}
		return a.Subtitle + "\n" + a.Text
	}
	var drafts, small []*Draft
	series := NewSeries(func(n int) { learnt[n] = text(drafts[n]) })
	shrinking := NewSeries(func(n int) { shrunk[n] = text(small[n]) })
	shrinking.ShrinkHeld()
	for n, s := range pages {
		html := `<!doctype html><html lang="` + s.lang + `"><head><meta charset="utf-8"><title>` + s.title + `</title></head><body>` + write(s) + `</body></html>`
		in := page.Input{URL: fmt.Sprintf("https://quay.example/s/%d.html", n), HTML: []byte(html), InPlace: true}
		for _, to := range []*[]*Draft{&drafts, &small} {
			d, err := c.Draft(in)
			if err != nil {
				t.Fatal(err)
			}
			*to = append(*to, d)
		}
		alone[n] = text(drafts[n])
	}
	for n := range pages {
		series.Add(n, drafts[n])
		shrinking.Add(n, small[n])
	}
	series.Flush()
	shrinking.Flush()
	if !slices.Equal(learnt, shrunk) {
		t.Error("drafts that are shrunk while they wait have other texts")
	}
	left, lost, found := 0, 0, 0
	for n, s := range pages {
		for _, line := range slices.Concat(s.notice, s.teasers) {
			if strings.Contains(learnt[n], line) {
				left++
			}
		}
		for _, line := range append(slices.Clone(s.own), s.remark) {
			was, is := strings.Contains(alone[n], line), strings.Contains(learnt[n], line)
			if was && !is {
				lost++
				t.Errorf("page %d lost %q", n, line)
			}
			if is && line != "" {
				found++
			}
		}
	}
	if left > 0 {
		t.Errorf("%d lines of the site are left", left)
	}
	own := 0
	for _, s := range pages {
		own += len(s.own)
	}
	if found*100 < own*99 {
		t.Errorf("%d of %d paragraphs are there, want 99 of 100", found, own)
	}
}
