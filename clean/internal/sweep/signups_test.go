package sweep

import (
	"strings"
	"testing"
)

// TestSignUps: what a box says over a field for an address goes with it.
func TestSignUps(t *testing.T) {
	const ferry = "<p>The ferry that crossed the bay for forty years was sold on Monday, and its new owner wants to make a museum of it.</p>"
	for _, c := range []struct {
		name, box string
		stays     bool
	}{
		{"a name and a sentence, Portuguese", `<div class="k"><h4>A carta da manhã</h4><p>As notícias da serra, todas as manhãs.</p><form><input type="email"><button>Assinar</button></form></div>`, false},
		{"in two boxes, Chinese", `<section><div><div>早间快报</div><p>每天早上六点送到您的邮箱。</p></div><form><input type="email"><button>立即订阅</button></form></section>`, false},
		{"a form in a box of its own", `<div><strong>The morning ferry</strong><p>All boats, every day.</p><div><form><input type="email"><button>Send</button></form></div></div>`, false},
		{"a poll, Turkish", `<div class="k"><h3>Liman taşınmalı mı?</h3><form><label><input type="radio" name="o">Evet</label><label><input type="radio" name="o">Hayır</label><button>Oyla</button></form><p>1.243 oy</p></div>`, false},
		{"a form around the text", `<form><h4>All timetables</h4><p>Boats leave at nine.</p><input type="email"></form>`, true},
		{"a search", `<div class="k"><h4>All timetables</h4><p>Boats leave at nine.</p><form><input type="search"><button>Find</button></form></div>`, true},
		{"beside the text", strings.Repeat(ferry, 3) + `<form><input type="email"><button>Send</button></form>`, true},
	} {
		bd := keepAll(t, "<article><div>"+ferry+c.box+ferry+"</div></article>", "Assinar", "立即", "Send", "Find")
		signUps(bd)
		if stays := len(dropped(bd)) <= 1; stays != c.stays {
			t.Errorf("%s: out are %q", c.name, dropped(bd))
		}
	}
}

// TestSubscribes: what a box says over the button of a newsletter goes with it.
func TestSubscribes(t *testing.T) {
	const ferry = "<p>Le bac qui a traversé la baie pendant quarante ans a été vendu lundi, et son nouveau patron veut en faire un musée.</p>"
	for _, c := range []struct {
		name, box string
		stays     bool
	}{
		{"a button", `<div class="k"><h4>La lettre du matin</h4><p>Les nouvelles de la baie, chaque matin à six heures.</p><button>S'inscrire</button></div>`, false},
		{"a link, in two boxes", `<section><div><div>La lettre du matin</div><p>Chaque matin à six heures.</p></div><div><a href="/l">Je m'inscris</a></div></section>`, false},
		{"another button", `<div class="k"><h4>Les horaires</h4><p>Le bac part à neuf heures.</p><button>Fermer</button></div>`, true},
		{"beside the text", `<button>S'inscrire</button>`, true},
		{"after a paragraph", `<div><p>` + strings.Repeat("Le bac part à neuf heures et revient à dix. ", 4) + `</p><button>S'inscrire</button></div>`, true},
	} {
		bd := keepAll(t, "<article><div>"+ferry+ferry+c.box+ferry+"</div></article>", "inscri", "Fermer")
		subscribes(bd)
		if stays := len(dropped(bd)) == 1; stays != c.stays {
			t.Errorf("%s: out are %q", c.name, dropped(bd))
		}
	}
}
