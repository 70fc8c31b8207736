package page_test

import (
	"strings"
	"testing"

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
		{"display none", "", `La rivière <span style="display: none">définition</span> monte.`, "La rivière monte."},
		{"visibility hidden", "", `El río <b style="visibility:hidden !important">nota</b> sube.`, "El río sube."},
		{"for screen readers", "", `Läs mer i <a href="/x">rapporten<span class="visuallyHidden"> (öppnas i ny flik)</span></a>.`, "Läs mer i rapporten."},
		{"its name in a CSS module", "", `See <a href="/x">the map<span class="Link_srOnly__a81k">opens in a new window</span></a> now.`, "See the map now."},
		{"another of its names", "", `Zie <a href="/x">de kaart<span class="a11y-hidden">opent in een nieuw venster</span></a> hier.`, "Zie de kaart hier."},
		{"clipped", "", `川が<span style="position:absolute;clip:rect(0 0 0 0)">注</span>増えた。`, "川が増えた。"},
		{"clip path", "", `Река <span style="clip-path: inset(50%)">пояснение</span> поднялась.`, "Река поднялась."},
		{"off the page", "", `Rzeka <span style="position:absolute;left:-9999px">objaśnienie</span> wezbrała.`, "Rzeka wezbrała."},
		{"the page's rule", `.tip { display:none } .tip.open { display:block }`, `The <dfn class="x tip">a stream</dfn> river rose.`, "The river rose."},
		{"a rule for what is inside", `.gloss .tip, #q { VISIBILITY: hidden; }`, `The <span class="gloss">burn <i class="tip">a stream</i></span> rose.`, "The burn rose."},
		{"a rule for another place", `.menu .tip { display:none }`, `The <i class="tip">burn</i> rose.`, "The burn rose."},
		{"a rule for paper", `@media print { .tip { display:none } }`, `The <i class="tip">burn</i> rose.`, "The burn rose."},
		{"a rule in a state", `.tip:hover { display:none }`, `The <i class="tip">burn</i> rose.`, "The burn rose."},
		{"a rule taken back", `.tip { display:none } .tip { display:inline }`, `The <i class="tip">burn</i> rose.`, "The burn rose."},
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
