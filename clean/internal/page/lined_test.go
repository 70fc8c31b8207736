package page

import (
	"strings"
	"testing"
)

// TestLinedText: line feeds that an element's style shows part its lines, and others do not.
func TestLinedText(t *testing.T) {
	const sheet = `<style>@media screen{.a{color:red}} .vers, p.brief {margin:0;white-space : pre-wrap} .col .long{white-space:pre-line}.kode{white-space:pre}</style>`
	const text = "\n Elva stig.\nBrua står.\n\nIngen rodde. "
	for name, c := range map[string]struct{ in, want string }{
		"by its style":             {`<div style="color:red; white-space: pre-line">` + text + `</div>`, "Elva stig. / 1 Brua står. / 2 Ingen rodde."},
		"by a framework's class":   {`<p class="mt-2 whitespace-pre-wrap">` + text + `</p>`, "Elva stig. / 1 Brua står. / 2 Ingen rodde."},
		"by the page's rules":      {sheet + `<div class="x vers">` + text + `</div>`, "Elva stig. / 1 Brua står. / 2 Ingen rodde."},
		"by a rule of two":         {sheet + `<p class="brief">` + text + `</p>`, "Elva stig. / 1 Brua står. / 2 Ingen rodde."},
		"in a span":                {`<div style="white-space:break-spaces"><span>` + text + `</span></div>`, "Elva stig. / 1 Brua står. / 2 Ingen rodde."},
		"beside other words":       {"<div style=\"white-space:pre-wrap\">Elva stig.\n\n<b>Brua</b>\nstår.</div>", "Elva stig. / 2 Brua / 1 står."},
		"by a rule for some":       {sheet + `<div class="long">` + text + `</div>`, "Elva stig. Brua står. Ingen rodde."},
		"as code":                  {sheet + `<div class="kode">` + text + `</div>`, "Elva stig. Brua står. Ingen rodde."},
		"elsewhere":                {sheet + `<p>` + text + `</p>`, "Elva stig. Brua står. Ingen rodde."},
		"in boxes of its own":      {`<div style="white-space:pre-line"><p>` + text + `</p></div>`, "Elva stig. Brua står. Ingen rodde."},
		"between boxes":            {"<div style=\"white-space:pre-line\">\n<p>Elva stig.</p>\n\n<p>Brua står.</p>\n</div>", "Elva stig. / Brua står."},
		"in a pre":                 {"<pre style=\"white-space:pre-wrap\">elva\nbrua</pre>", "elva brua"},
		"more feeds than of a gap": {"<p style=\"white-space:pre-line\">Elva stig.\n \n\n\nBrua står.</p>", "Elva stig. / 2 Brua står."},
	} {
		p, err := Parse(Input{HTML: []byte("<!doctype html><body><main>" + c.in + "</main></body>")})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, b := range NewTree(p).Blocks() {
			s := b.Text
			if b.Brs > 0 {
				s = string('0'+rune(b.Brs)) + " " + s
			}
			got = append(got, s)
		}
		if s := strings.Join(got, " / "); s != c.want {
			t.Errorf("%s: got %q, want %q", name, s, c.want)
		}
	}
}
