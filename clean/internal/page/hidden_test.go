package page_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"newsclip/clean/internal/page"
)

// linesOf are the texts of the blocks of a page.
func linesOf(t *testing.T, html string) []string {
	t.Helper()
	p, err := page.Parse(page.Input{HTML: []byte(html)})
	if err != nil {
		t.Fatal(err)
	}
	tree := page.NewTree(p)
	defer tree.Release()
	var lines []string
	for _, b := range tree.Blocks() {
		lines = append(lines, b.Text)
	}
	return lines
}

func TestUnseenInALine(t *testing.T) {
	for _, c := range []struct{ name, style, line, want string }{
		{"attribute hidden", "", `Der Fluss <span hidden>(Begriff)</span> stieg.`, "Der Fluss stieg."},
		{"a popover", "", `Der Fluss <span popover>(Begriff)</span> stieg.`, "Der Fluss stieg."},
		{"display none", "", `La rivière <span style="display: none">définition</span> monte.`, "La rivière monte."},
		{"visibility hidden", "", `El río <b style="visibility:hidden !important">nota</b> sube.`, "El río sube."},
		{"for screen readers", "", `Läs mer i <a href="/x">rapporten<span class="visuallyHidden"> (öppnas i ny flik)</span></a>.`, "Läs mer i rapporten."},
		{"its name in a CSS module", "", `See <a href="/x">the map<span class="Link_srOnly__a81k">opens in a new window</span></a> now.`, "See the map now."},
		{"another of its names", "", `Zie <a href="/x">de kaart<span class="a11y-hidden">opent in een nieuw venster</span></a> hier.`, "Zie de kaart hier."},
		{"clipped", "", `川が<span style="position:absolute;clip:rect(0 0 0 0)">注</span>増えた。`, "川が増えた。"},
		{"no size", "", `Älven <span style="display:inline-block;width:0;height:0px;overflow:hidden">(ordet)</span> steg.`, "Älven steg."},
		{"no size, by a rule", ".nil{display:block;overflow:hidden;width:0;height:0}", `नदी <span class="nil">टिप्पणी</span>बढ़ी।`, "नदी बढ़ी।"},
		{"no height alone", ".low{display:inline-block;overflow:hidden;width:9em;height:0}", `Älven <span class="low">(ordet)</span> steg.`, "Älven (ordet) steg."},
		{"clip path", "", `Река <span style="clip-path: inset(50%)">пояснение</span> поднялась.`, "Река поднялась."},
		{"an arrow back to a footnote's mark", "", `Bygget 1871. <a href="#r1" aria-label="Tilbake">↩︎</a>`, "Bygget 1871."},
		{"an arrow to another page", "", `Bygget 1871 <a href="/x">↑</a>`, "Bygget 1871 ↑"},
		{"transparent", "", `Der Fluss <span style="opacity: 0">Notiz</span> stieg.`, "Der Fluss stieg."},
		{"half transparent", "", `Der Fluss <span style="opacity:.05">Notiz</span> stieg.`, "Der Fluss Notiz stieg."},
		{"of no height", "", `La rivière <span style="max-height:0;overflow:hidden">note</span> monte.`, "La rivière monte."},
		{"scaled to nothing", "", `El río <b style="transform:scale(0)">nota</b> sube.`, "El río sube."},
		{"in no colour", "", `Rzeka <span style="color:transparent">uwaga</span> wezbrała.`, "Rzeka wezbrała."},
		{"all of a line", "", `<span style="opacity:0">Der Fluss stieg.</span>`, "Der Fluss stieg."},
		{"off the page", "", `Rzeka <span style="position:absolute;left:-9999px">objaśnienie</span> wezbrała.`, "Rzeka wezbrała."},
		{"the page's rule", `.tip { display:none } .tip.open { display:block }`, `The <dfn class="x tip">a stream</dfn> river rose.`, "The river rose."},
		{"a rule for what is inside", `.gloss .tip, #q { VISIBILITY: hidden; }`, `The <span class="gloss">burn <i class="tip">a stream</i></span> rose.`, "The burn rose."},
		{"a rule for another place", `.menu .tip { display:none }`, `The <i class="tip">burn</i> rose.`, "The burn rose."},
		{"a rule for paper", `@media print { .tip { display:none } }`, `The <i class="tip">burn</i> rose.`, "The burn rose."},
		{"a rule in a state", `.tip:hover { display:none }`, `The <i class="tip">burn</i> rose.`, "The burn rose."},
		{"a rule taken back", `.tip { display:none } .tip { display:inline }`, `The <i class="tip">burn</i> rose.`, "The burn rose."},
		{"a rule taken back for one of two classes", `.tip { display:none } .tip.open { display:inline }`, `The <i class="tip open">burn</i> rose.`, "The burn rose."},
		{"a rule taken back for one with an id", `#eau .mot { visibility:hidden } #eau span.mot.montre { visibility:visible }`, `Le <b id="eau">grand <span class="montre mot">ruisseau</span></b> monte.`, "Le grand ruisseau monte."},
		{"a rule of more classes", `.box .tip.now { display:none } .tip.now { display:inline }`, `The <b class="box">burn <i class="tip now">a stream</i></b> rose.`, "The burn rose."},
		{"a rule for a tag in a class", `.gloss span { display:none }`, `The <i class="gloss">burn<span> (a stream)</span></i> rose.`, "The burn rose."},
		{"a rule for a child", `.gloss > i.tip { display:none }`, `The <b class="gloss">burn <i class="tip">a stream</i></b> rose.`, "The burn rose."},
		{"a rule for another's child", `.gloss > i.tip { display:none }`, `The <b class="gloss"><u>burn <i class="tip">a stream</i></u></b> rose.`, "The burn a stream rose."},
		{"a rule for narrow screens", `@media (max-width: 600px) { .tip { display:none } }`, `The <i class="tip">burn</i> rose.`, "The burn rose."},
		{"shown on wide screens", `.day { display:none } @media (min-width: 600px) { .day { display:inline } }`, `The burn rose on <i class="day">Monday</i>.`, "The burn rose on Monday."},
		{"another class shown on wide screens", `.weg { display:none !important } @media (min-width: 600px) { .da\:inline { display:inline !important } }`, `Der Bach stieg am <i class="weg da:inline">Montag</i>.`, "Der Bach stieg am Montag."},
		{"another class shown on lines of its own", `.weg { display:none } .da { display:block }`, `Der Bach stieg<i class="weg da"> Montag</i>.`, "Der Bach stieg."},
		{"in capitals", "", `Der Bach <i style="DISPLAY : NONE">Notiz</i> stieg.`, "Der Bach stieg."},
		{"collapsed", "", `Le ru <i style="visibility:collapse">note</i> monte.`, "Le ru monte."},
		{"moved off the page", "", `El río <b style="transform: translate(-9999px, 0)">nota</b> sube.`, "El río sube."},
		{"moved a little", "", `El río <b style="transform: translateY(-1px)">grande</b> sube.`, "El río grande sube."},
		{"in a colour that shows nothing", "", `Rzeka <b style="color: rgba(0, 0, 0, 0)">uwaga</b> wezbrała.`, "Rzeka wezbrała."},
		{"in a pale colour", "", `Rzeka <b style="color: rgba(0, 0, 0, .5)">Wisła</b> wezbrała.`, "Rzeka Wisła wezbrała."},
		{"the box of a glossary", "", `Rivière : <span><dfn aria-labelledby="g7">la crue</dfn><span id="g7"><b>Crue</b> Montée des eaux.</span></span> monte.`, "Rivière : la crue monte."},
		{"the same, by another attribute", "", `Älven <abbr aria-describedby="n1">SMHI</abbr> <i id="n1">vädertjänsten</i> steg.`, "Älven SMHI steg."},
		{"what a link names beside it", "", `Der <a href="/b" aria-describedby="n1">Bericht</a> <span id="n1">(PDF)</span> kam.`, "Der Bericht (PDF) kam."},
		{"a Canadian name", "", `Le ru <span class="wb-inv">lien externe</span> monte.`, "Le ru monte."},
		{"hidden on some screens alone", `@media (min-width: 600px) { .day { display:none } }`, `The burn rose on <i class="day">Monday</i>.`, "The burn rose on Monday."},
		{"a framework's name", "", `Reka <span class="d-none">pojasnilo</span> je narasla.`, "Reka je narasla."},
		{"hidden on narrow screens", "", `Der Bach stieg am <span class="d-none d-md-inline">Montag</span><span class="d-md-none">Mo</span>.`, "Der Bach stieg am Montag."},
		{"utility classes", "", `El arroyo subió el <span class="hidden md:inline">lunes</span><span class="md:hidden">lun</span>.`, "El arroyo subió el lunes."},
		{"a Korean name", "", `냇물이 <span class="blind">새 창에서 열림</span> 불었다.`, "냇물이 불었다."},
		{"a Korean name of an icon's words", "", `냇물이 <em class="screen_out">설명</em> 불었다.`, "냇물이 불었다."},
		{"a German name", "", `Der Bach <span class="unsichtbar">Erklärung</span> stieg.`, "Der Bach stieg."},
		{"a tooltip", "", `The <span class="term">burn<span class="tooltiptext">A stream in Scotland.</span></span> rose.`, "The burn rose."},
		{"a tooltip by role", "", `Le <span>gave<span role="tooltip">Un torrent des Pyrénées.</span></span> monta.`, "Le gave monta."},
		{"further off the page", "", `Het <span style="position:absolute;left:-10000px">uitleg</span> water steeg.`, "Het water steeg."},
		{"of no size", "", `Vattnet <span style="font-size: 0">förklaring</span> steg.`, "Vattnet steg."},
		{"a small shift", "", `H<sub style="margin-left:-1px">2</sub>O rose.`, "H2O rose."},
		{"a button", "", `O rio <button>Copiar link</button> subiu.`, "O rio subiu."},
		{"kept from screen readers", "", `The <span aria-hidden="true">burn</span> rose.`, "The burn rose."},
		{"a glyph", "", `The burn rose <span aria-hidden="true">→</span>`, "The burn rose"},
		{"an icon's name", "", `The burn rose <i class="material-icons" aria-hidden="true">arrow_forward</i>`, "The burn rose"},
		{"a heading's link to itself", "", `The burn rose <a href="#burn" aria-hidden="true">Permalink</a>`, "The burn rose"},
		{"nothing else in the line", "", `<span class="sr-only">The burn rose.</span>`, "The burn rose."},
		{"a question that opens its answer", "", `<button>Did the burn rise?</button>`, "Did the burn rise?"},
	} {
		t.Run(c.name, func(t *testing.T) {
			prose := strings.Repeat("<p>The water stood at the second step of the mill on Monday, and at the third on Tuesday.</p>", 4)
			lines := linesOf(t, "<style>"+c.style+"</style><body>"+prose+"<p>"+c.line+"</p></body>")
			if got := lines[len(lines)-1]; got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// A page whose words are all under a name that hides keeps them.
func TestUnseenSparesTheArticle(t *testing.T) {
	long := strings.Repeat("The water stood at the second step of the mill on Monday. ", 20)
	lines := linesOf(t, `<body><div>Short. <span hidden>`+long+`</span></div></body>`)
	if len(lines) != 1 || len(lines[0]) < len(long) {
		t.Errorf("got %d lines, want one with the whole text", len(lines))
	}
}

func TestStyleSheetIsReadInLinearTime(t *testing.T) {
	css := strings.Repeat("@media screen{.a{display:none", 20000)
	linesOf(t, "<style>"+css+"</style><body><p>The <i class=a>burn</i> rose.</p></body>")
}

// TestLinesByStyle: an inline element that the page's rules set on lines of its
// own is a line, and a large first letter is none.
func TestLinesByStyle(t *testing.T) {
	const style = `<style>.verse{display:block}.big{display:block;float:left}#poem > b { Display : block; margin:0 }</style>`
	for line, want := range map[string]string{
		`<span class="verse">The burn rose,</span><span class="verse">the mill stood still.</span>`: "The burn rose,|the mill stood still.",
		`<span class="big">T</span>he burn rose.`:                                                   "The burn rose.",
		`<span id="poem"><b>Der Bach</b><b>stieg.</b></span>`:                                       "Der Bach|stieg.",
		`<span class="verses">The burn</span><span> rose.</span>`:                                   "The burn rose.",
	} {
		if got := strings.Join(linesOf(t, style+"<body><p>"+line+"</p></body>"), "|"); got != want {
			t.Errorf("%s: got %q, want %q", line, got, want)
		}
	}
}

// TestSelfLinks: a heading's link to itself is no word of it, and one to another place is.
func TestSelfLinks(t *testing.T) {
	for line, want := range map[string]string{
		`<h3 id="damm">Der Damm<a class="anker" href="#damm">#damm</a></h3>`: "Der Damm",
		`<h2 id="rio">El río <a href="#rio">¶</a></h2>`:                      "El río",
		`<h2>Tag <a href="/tag/flood">#flood</a></h2>`:                       "Tag #flood",
	} {
		if got := strings.Join(linesOf(t, "<body>"+line), "|"); got != want {
			t.Errorf("%s: got %q, want %q", line, got, want)
		}
	}
}

// TestLinesByClass: so are those to which a framework's class does it.
func TestLinesByClass(t *testing.T) {
	for line, want := range map[string]string{
		`<p>Der Bach<span class="d-block small">stieg am Montag.</span></p>`:                          "Der Bach|stieg am Montag.",
		`<p>El río<strong class="mt-2 block">sube.</strong>Llueve.</p>`:                               "El río|sube.|Llueve.",
		`<p><span class="float-left block text-xl">T</span>he burn rose.</p>`:                         "The burn rose.",
		`<p>The <a class="d-block" href="/b">burn</a> rose <span class="d-md-block">high.</span></p>`: "The burn rose high.",
	} {
		if got := strings.Join(linesOf(t, "<body>"+line), "|"); got != want {
			t.Errorf("%s: got %q, want %q", line, got, want)
		}
	}
}

// TestStyleRulesAreBounded compares 2,000 rules with 100,000 elements that they are all of,
// and with a class attribute of a megabyte: without a bound that takes a minute.
func TestStyleRulesAreBounded(t *testing.T) {
	rules := func(rule string) string {
		var b strings.Builder
		for k := range 1990 {
			fmt.Fprintf(&b, rule, k)
		}
		return "<style>" + b.String() + "</style>"
	}
	for name, html := range map[string]string{
		"elements": rules(".q%d span{display:none}") + strings.Repeat("<div>", 60) + strings.Repeat("<span>ash</span> ", 95_000),
		"classes":  rules(".a.q%d{display:none}") + `<p>` + strings.Repeat(`<span class="`+strings.Repeat("xa", 500_000)+` a">ash</span>`, 3),
	} {
		p, err := page.Parse(page.Input{HTML: []byte(html)})
		if err != nil {
			t.Fatal(err)
		}
		begun := time.Now()
		page.NewTree(p)
		// It takes half a second on a machine that does nothing else.
		if took := time.Since(begun); took > 20*time.Second {
			t.Errorf("%s: it took %v", name, took)
		}
	}
}

// TestTermsInButtons: buttons that are words of a sentence stay in it, and others do not; a
// link that posts a quotation to a network is such a button.
func TestTermsInButtons(t *testing.T) {
	for name, c := range map[string]struct{ in, want string }{
		"a term":                {`<p>Met de <button type="button">sluiskolk</button> gaat het goed.</p>`, "Met de sluiskolk gaat het goed."},
		"with its box":          {`<p>Met de <button popovertarget="g">sluiskolk</button><span popover id="g">De bak met twee deuren.</span> gaat het goed.</p>`, "Met de sluiskolk gaat het goed."},
		"by its role":           {`<p>Wij maken de <span role="button">kolk</span>, en dan de deur.</p>`, "Wij maken de kolk, en dan de deur."},
		"after a comma":         {`<p>Eerst, <button>de kolk</button> dan, en later de rest.</p>`, "Eerst, de kolk dan, en later de rest."},
		"without a space":       {`<p>Zo heet volgens<button>Mara Holt,</button> de sluismeester, de bak.</p>`, "Zo heet volgens Mara Holt, de sluismeester, de bak."},
		"in Hebrew":             {`<p>הם בונים את <button>הסכר</button> ליד הנהר.</p>`, "הם בונים את הסכר ליד הנהר."},
		"after a sentence":      {`<p>Het water zakt. <button>Luister</button> de rest volgt.</p>`, "Het water zakt. de rest volgt."},
		"before a sentence":     {`<p>Het water zakt <button>kaart</button> De rest volgt.</p>`, "Het water zakt De rest volgt."},
		"at the end":            {`<p>Het water zakt nu <button>kaart</button></p>`, "Het water zakt nu"},
		"the number of a note":  {`<p>Het water zakt<button>1</button> en de brug is open.</p>`, "Het water zakt en de brug is open."},
		"words of a share bar":  {`<p>Het water zakt <button>Delen</button> en de brug is open.</p>`, "Het water zakt en de brug is open."},
		"a button that posts":   {`<blockquote><p>De brug blijft open.</p><footer><cite>Bo Smit</cite> <a href="https://x.com/intent/post?text=a">Plaatsen</a></footer></blockquote>`, "De brug blijft open. / Bo Smit"},
		"a link that posts":     {`<p>U kunt dit <a href="https://x.com/intent/post?text=a">zelf plaatsen</a> en later wissen.</p>`, "U kunt dit zelf plaatsen en later wissen."},
		"words that post":       {`<p>Kort: <a href="https://www.facebook.com/sharer.php?u=a">de brug van Veen is nu open</a></p>`, "Kort: de brug van Veen is nu open"},
		"more words than terms": {`<p>Het water <button>dat in de winter over de kade liep</button> zakt.</p>`, "Het water zakt."},
	} {
		got := linesOf(t, "<!doctype html><body><main>"+c.in+"</main></body>")
		if s := strings.Join(got, " / "); s != c.want {
			t.Errorf("%s: got %q, want %q", name, s, c.want)
		}
	}
}

// TestLabelsThatOpenBoxes: the label of a check box whose state shows the box after it is the
// head of that box; the label of a field is none.
func TestLabelsThatOpenBoxes(t *testing.T) {
	for name, c := range map[string]struct{ in, want string }{
		"a question":        {`<div><input type="checkbox" id="q1"><label for="q1">Kdo most platí?</label><div>Město a kraj.</div></div>`, "Kdo most platí? / Město a kraj."},
		"one of several":    {`<li><input type="radio" name="q" id="q2"> <label for="q2">Kdy se otevře?</label> <p>Na jaře.</p></li>`, "Kdy se otevře? / Na jaře."},
		"of another box":    {`<div><input type="checkbox" id="q1"><label for="q9">Kdo most platí?</label><div>Město a kraj.</div></div>`, "Město a kraj."},
		"of a field":        {`<div><input type="text" id="q1"><label for="q1">Jméno</label><div>Město a kraj.</div></div>`, "Město a kraj."},
		"in a form":         {`<form><input type="checkbox" id="q1"><label for="q1">Souhlasím</label><div>Město a kraj.</div></form>`, "Město a kraj."},
		"without a box":     {`<div><input type="checkbox" id="q1"><label for="q1">Nabídka</label></div><div>Město a kraj.</div>`, "Město a kraj."},
		"tabs side by side": {`<div><input type="radio" id="a"><label for="a">První</label><input type="radio" id="b"><label for="b">Druhá</label></div><p>Město a kraj.</p>`, "Město a kraj."},
	} {
		got := linesOf(t, "<!doctype html><body><main>"+c.in+"</main></body>")
		if s := strings.Join(got, " / "); s != c.want {
			t.Errorf("%s: got %q, want %q", name, s, c.want)
		}
	}
}

// TestRemarks: what somebody remarks on a document in an office program is no part of it; its
// footnotes are.
func TestRemarks(t *testing.T) {
	const prose = `<p>Mosten har varit stängd sedan våren, och ingen vet när den öppnas igen för byns folk.</p>`
	for name, c := range map[string]struct{ in, want string }{
		"Google Docs": {`<p>Bron är öppen.<sup><a href="#cmnt1" id="cmnt_ref1">[a]</a></sup></p><div><p><a href="#cmnt_ref1" id="cmnt1">[a]</a><span>Stämmer det?</span></p></div>`, "Bron är öppen."},
		"Word":        {`<p>Bron är öppen.<span><a class="msocomanchor" id="_anchor_1" href="#_msocom_1">[BS1]</a></span></p><div><p><span><a href="#_msoanchor_1" class="msocomoff">[BS1]</a></span>Stämmer det?</p></div>`, "Bron är öppen."},
		"a footnote":  {`<p>Bron är öppen.<sup><a href="#ftnt1" id="ftnt_ref1">[1]</a></sup></p><div><p><a href="#ftnt_ref1" id="ftnt1">[1]</a> Sedan 1911.</p></div>`, "Bron är öppen.[1] / [1] Sedan 1911."},
	} {
		got := slices.DeleteFunc(linesOf(t, "<!doctype html><body>"+c.in+strings.Repeat(prose, 3)+"</body>"), func(line string) bool { return strings.HasPrefix(line, "Mosten") })
		if s := strings.Join(got, " / "); s != c.want {
			t.Errorf("%s: got %q, want %q", name, s, c.want)
		}
	}
}
