package judge

import (
	"testing"

	"newsclip/clean/internal/page"
	"newsclip/clean/internal/pagetest"
	"newsclip/selectors"
)

func TestConsentByItsWords(t *testing.T) {
	const article = `<div><h1>The lock opens</h1><p>The lock at the east harbour opens again on Monday, after divers have worked at its gates for three weeks and changed the chains.</p></div>`
	for _, c := range []struct {
		name, box string
		out       bool
	}{
		{"English", `<p>We and our 842 partners store information on a device, such as cookies, for personalised advertising.</p><button>Accept all</button><button>Reject all</button>`, true},
		{"German", `<p>Mit Ihrer Einwilligung setzen wir Cookies ein und verarbeiten personenbezogene Daten.</p><button>Alle akzeptieren</button>`, true},
		{"German, partners by number", `<p>Wir und unsere 214 Partner verarbeiten Ihre Daten, um Erkenntnisse über die Zielgruppe zu gewinnen.</p><a href="#">Alle akzeptieren</a>`, true},
		{"Dutch, partners by number", `<p>Wij en onze 97 partners verwerken uw gegevens om te meten wat u leest.</p><button>Alles accepteren</button>`, true},
		{"French, a link", `<p>Avec votre accord, nos partenaires utilisent des cookies pour vos publicités.</p><a href="#">Tout accepter</a>`, true},
		{"Japanese", `<p>当サイトでは広告の最適化のためにCookieを使用しています。閲覧を続けると同意したものとみなされます。</p><button>同意する</button>`, true},
		{"no button", `<p>The law on cookies and consent is changing, say the partners of the harbour.</p>`, false},
		{"other words around it", `<p>Bakers sell cookies with the consent of the harbour office.</p><p>A boat came in with flour on Monday, and another with sugar, and a third with nothing but old newspapers and a dog that nobody knew or wanted to keep.</p><button>Accept all</button>`, false},
	} {
		_, probs := withoutConsent(t, `<div class="x1">`+c.box+`</div>`+article)
		if got := probs[0] == 0; got != c.out {
			t.Errorf("%s: ruled out is %v, want %v", c.name, got, c.out)
		}
	}
}

// withoutConsent returns the blocks of a page, and their answers after ruleOutConsent: 0 of
// what it rules out.
func withoutConsent(t *testing.T, body string) ([]page.Block, []float32) {
	tree := pagetest.MustParse(t, body)
	bs := tree.Blocks()
	probs := make([]float32, len(bs))
	phrases := make([]selectors.PhraseMatch, len(bs))
	for k := range bs {
		probs[k], phrases[k] = 0.9, bs[k].Phrases()
	}
	ruleOutConsent(tree, bs, &Signals{}, aboutConsent(tree, bs, phrases), probs)
	return bs, probs
}
