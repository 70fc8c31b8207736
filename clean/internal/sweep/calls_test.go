package sweep

import (
	"strings"
	"testing"
)

// TestCalls: a box with the class of a call to action and a button goes; a part of the
// text that opens by a button, and a table of offers, stay.
func TestCalls(t *testing.T) {
	const ferry = "<p>The ferry that crossed the bay for forty years was sold on Monday, and its new owner wants to make a museum of it.</p>"
	for _, c := range []struct {
		name, box string
		stays     bool
	}{
		{"a heading, a sentence and a button", `<div class="et_pb_cta_0"><h2>Walk with a guide</h2><div><p>We leave every Saturday from the old lifeboat house.</p></div><a href="/book">Book now</a></div>`, false},
		{"German, a button element", `<section class="call-to-action"><h3>Mit uns gehen</h3><p>Samstags um neun.</p><button>Jetzt buchen</button></section>`, false},
		{"Spanish, in an aside", `<aside class="box cta"><p>Ven con nosotros a la isla.</p><p><a href="/r">Reservar</a></p></aside>`, false},
		{"no button", `<div class="cta"><h2>Walk with a guide</h2><p>We leave every Saturday.</p></div>`, true},
		{"a question that opens on a click", `<div class="btn"><button>Is it safe?</button></div>`, true},
		{"a table of offers", `<div class="cta"><table><tr><td>Guide</td><td>Price</td></tr><tr><td><a href="/a">Ana Ferrer</a></td><td>9</td></tr></table></div>`, true},
		{"a part of the text", `<div class="cta"><p>` + strings.Repeat("The tide was low and the sand was dry. ", 10) + `</p><p><a href="/b">Book now</a></p></div>`, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			bd := keepAll(t, "<article>"+ferry+c.box+ferry+"</article>")
			calls(bd)
			kept := 0
			for k := range bd.Blocks {
				if bd.Verdicts[k].Keep {
					kept++
				}
			}
			if stays := kept > 2; stays != c.stays {
				t.Errorf("%d blocks are kept", kept)
			}
		})
	}
}
