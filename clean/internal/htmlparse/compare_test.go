package htmlparse

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"newsclip/clean/internal/corpus/corpustest"
)

// compare parses src with this package and with html.Parse, and reports how the
// trees differ. limited is whether only one of them could, and listed whether
// differences.go has why they may differ.
func compare(src string) (limited, listed bool, err error) {
	p := newParser([]byte(src), false)
	ours := p.parse()
	want, theirs := html.Parse(strings.NewReader(src))
	if p.met != 0 {
		if ours == nil {
			err = consistent(p.doc)
		}
		return ours != nil, true, err
	}
	if (ours != nil) != (theirs != nil) {
		// The limits that html.Parse has not.
		if errors.Is(ours, ErrTooManyTags) || errors.Is(ours, ErrReopened) || errors.Is(ours, ErrTooDeep) && p.tooManyActive() {
			return true, false, nil
		}
		return true, false, fmt.Errorf("the error is %v, want %v", ours, theirs)
	}
	if ours != nil {
		return true, false, nil
	}
	return false, false, equal(p.doc, want, "")
}

func (p *parser) tooManyActive() bool { return len(p.active) >= maxFormatting }

// equal reports how two trees differ, and whether the links of got are right.
func equal(got, want *html.Node, path string) error {
	path += "/" + want.Data
	switch {
	case got.Type != want.Type, got.Data != want.Data, got.DataAtom != want.DataAtom, got.Namespace != want.Namespace:
		return fmt.Errorf("%.300s: got %v %q %q, want %v %q %q", path, got.Type, got.Namespace, got.Data, want.Type, want.Namespace, want.Data)
	case !slices.Equal(got.Attr, want.Attr):
		return fmt.Errorf("%.300s: got attributes %q, want %q", path, got.Attr, want.Attr)
	}
	g, w := got.FirstChild, want.FirstChild
	var prev *html.Node
	for g != nil && w != nil {
		if g.Parent != got || g.PrevSibling != prev {
			return fmt.Errorf("%.300s: a link is wrong", path)
		}
		if err := equal(g, w, path); err != nil {
			return err
		}
		prev, g, w = g, g.NextSibling, w.NextSibling
	}
	switch {
	case g != nil:
		return fmt.Errorf("%.300s: a child too many: %v %q", path, g.Type, g.Data)
	case w != nil:
		return fmt.Errorf("%.300s: a child is missing: %v %q", path, w.Type, w.Data)
	case got.LastChild != prev:
		return fmt.Errorf("%.300s: the link to the last child is wrong", path)
	}
	return nil
}

// consistent reports whether the links of a tree are right.
func consistent(n *html.Node) error { return equal(n, n, "") }

// cases are made-up markup for what is hard: each begins the fuzzer's corpus.
var cases = []string{
	"", "a", "<", "</", "<!", "<!-", "<!--", "<!-->", "<!--->", "<!---->x", "<!--a--!>b", "<!--a--!-->b", "<!x>", "<!>x", "<?x?>y", "</>x", "</ x>y",
	"<p", "<p a", "<p a=", "<p a='", "<p a='b", "<p a='b'", "<p a=b/>c", "<p/ a=/>c", "<br/>x<br / >", "<p =a==b>", "<p a a=1 A=2>", "<p a=x\ty=z\n/>",
	"<!doctype html>", "<!DOCTYPE HTML PUBLIC \"-//W3C//DTD HTML 4.01//EN\" \"http://www.w3.org/TR/html4/strict.dtd\"><p><table>", "<!doctype>", "<!doctype html public 'a' 'b' >x", "<!doctype html system \"about:legacy-compat\"><p><table>x",
	"a\r\nb\rc<p title='d\r\ne\r'>", "a\x00b<p a\x00b='\x00'>\x00<table>\x00a</table><svg>\x00", "<textarea>\n\x00a&amp;</textarea>", "<pre>\n\na</pre><listing>&#13;\nb",
	"&amp;&lt&gt;&notit;&notin;&#65;&#x41;&#0;&#x80;&#xD800;&#1114112;&#;&#x;&fjlig;&nLt;&NotEqualTilde;&amp", "<a href='?a&copy=1&copy;&notit;&lt&amp=b&ampx'>",
	"<title>a<b>c</title>d", "<style><!--</style>--></style>", "<script>a</SCRIPT >b", "<script><!--<script>a</script>b--></script>c", "<script><!--x</script>y", "<script><!--<script></script>", "<script><!--<script>--></script>x", "<plaintext>a</plaintext>",
	"<noscript><p>a</noscript>b", "<head><noscript><link></noscript><p>x", "<iframe><p></iframe><xmp><b></xmp><noembed></noembed><noframes>a</noframes>",
	"<p>a<b>b<p>c</b>d", "<b>1<p>2</b>3</p>4", "<a>1<div>2<a>3</a>4</div>5</a>", "<b><i><u><s><p>x</b>y</i>z", "<b><b><b><b><p>x", "<i class=a id=b><i id=b class=a><i class=a id=b><i id=b class=a></p>x<p>y",
	"<table>a<tr>b<td>c</table>d", "<table><tr><td><table><td></table><th>a<caption>b<col><colgroup><tfoot>", "<table><form><input type=hidden><input></form><select><tr>", "<p><table><b>x<td>y</b>", "<table><caption><p>x<td>y", "<table> a <b> c</b> <tr> d", "<table><colgroup> a<col>b</colgroup>",
	"<ul><li>a<li>b<ul><li>c</ul></ul><dl><dt>a<dd>b<dt>c", "<h1>a<h2>b</h3>c", "<form>a<div></form>b", "<button>a<button>b", "<nobr>a<nobr>b", "<object>a<b></object>c", "<ruby>a<rb>b<rt>c<rtc>d<rp>e", "<select><option>a<optgroup><option>b<hr><select>c<input>", "<image>", "</br></p></x>", "<body a=1><body a=2 b=3><html c=4>",
	"<svg><g viewbox=1 xlink:href=a><foreignobject><p>a</p></foreignobject><path/></g><title>b<b>c</title><p>d", "<math><mi>a<b>c</mi><annotation-xml encoding=text/html><p>x</annotation-xml><mglyph>", "<svg><![CDATA[a<b&amp;]]>c<font>d<font color=1>e", "<svg></p><desc></svg>x", "<math><annotation-xml><svg><b>",
	"<template><td>a</td></template><table><template><tr><td>b", "<template><template>a</template><col><p></template>b", "<frameset><frame><noframes>a</noframes></frameset> x</html> ", "<p>a<frameset>", "<br><frameset>", "</html><!--a--> b", "<html><!--a--><head><!--b--></head><!--c--><body></body><!--d--></html><!--e-->x",
	"<math><template><mo><template>a</template>b", "<svg><desc><template>a</svg>b", "<script><!-- < <script></script> --></script>x", "<table><tr><td><b>" + strings.Repeat("<td><applet></td>", 20) + "</b>x",
}

func TestCases(t *testing.T) {
	for _, src := range cases {
		for _, in := range []string{src, "<!doctype html><body>" + src, "<p><b><table><tr><td>" + src, "<svg><desc>" + src} {
			if _, _, err := compare(in); err != nil {
				t.Errorf("%q: %v", in, err)
			}
		}
	}
}

// Where the tree is not that of html.Parse, it is the standard's.
func TestDifferences(t *testing.T) {
	for src, want := range map[string]string{
		`<svg><desc><template>a</template>b</desc></svg>c`:              `<html><head></head><body><svg><desc><template>a</template>b</desc></svg>c</body></html>`,
		`<script><!-- a < 1; write("<script></script>"); --></script>b`: `<html><head><script><!-- a < 1; write("<script></script>"); --></script></head><body>b</body></html>`,
	} {
		p := newParser([]byte(src), false)
		if err := p.parse(); err != nil {
			t.Fatal(err)
		}
		var b strings.Builder
		html.Render(&b, p.doc)
		if b.String() != want || p.met == 0 {
			t.Errorf("got %s, want %s", b.String(), want)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, src := range cases {
		f.Add(src)
	}
	f.Fuzz(func(t *testing.T, src string) {
		if _, _, err := compare(src); err != nil {
			t.Errorf("%q: %v", src, err)
		}
	})
}

// Every page of the corpora, whole, cut at a hundred places, and mangled.
func TestCorpora(t *testing.T) {
	counts := map[string]int{}
	check := func(id, src string) {
		limited, listed, err := compare(src)
		counts["trees"]++
		if limited {
			counts["over a limit"]++
		}
		if listed {
			counts["listed differences"]++
		}
		if err != nil {
			t.Errorf("%s: %v", id, err)
		}
	}
	for n, p := range corpustest.Pages(t, "dev-fundus", "dev-wcxb", "dev-kinds") {
		src := string(corpustest.HTML(t, p))
		check(p.ID, src)
		if testing.Short() || n%25 != 0 || len(src) > 300_000 {
			continue
		}
		for k := range 100 {
			check(p.ID+", cut", src[:len(src)*k/100])
		}
		for k := range 10 {
			check(p.ID+", mangled", mangle(src, k))
		}
	}
	t.Log(counts)
}

// mangle drops or doubles every so manieth tag of a page.
func mangle(src string, seed int) string {
	var b strings.Builder
	state := uint32(seed)*2654435761 + 1
	for part := range strings.SplitAfterSeq(src, ">") {
		state = state*1664525 + 1013904223
		switch state >> 28 {
		case 0:
		case 1:
			b.WriteString(part)
			b.WriteString(part)
		case 2:
			b.WriteString(part[:len(part)/2])
		default:
			b.WriteString(part)
		}
	}
	return b.String()
}
