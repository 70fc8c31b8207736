package picture

import (
	"strings"
	"testing"

	"newsclip/clean/internal/pagetest"
)

// TestCaptionSaidAgain: a text after an image that says what the image's attributes say is
// its caption, whatever box it stands in.
func TestCaptionSaidAgain(t *testing.T) {
	body := "<p>" + strings.Repeat("The harbour was closed for a day. ", 10) + "</p>"
	for _, c := range []struct{ name, box, caption, credit string }{
		{"alt", `<div><span class="pic"><b>Ann Doe/Open Archive</b><img src="/a.jpg" alt="The harbour lies empty after the storm"></span><span class="image-description">The harbour lies empty after the storm</span></div>`,
			"The harbour lies empty after the storm", ""},
		{"title with a credit, German", `<div><a href="/a.jpg"><img src="/a.jpg" title="Der Hafen liegt nach dem Sturm leer (c) Hafenamt/Doe"></a><div class="sub">Der Hafen liegt nach dem Sturm leer</div></div>`,
			"Der Hafen liegt nach dem Sturm leer", ""},
		{"credit behind the text, French", `<section><div><img src="/a.jpg" alt="Le port est vide après la tempête."></div><p><em>Le port est vide après la tempête.</em> Photo : Ann Doe</p></section>`,
			"Le port est vide après la tempête.", "Ann Doe"},
		{"Russian, two boxes further", `<div><div><img src="/a.jpg" alt="Порт опустел после шторма"></div><div><div>Порт опустел после шторма</div></div></div>`,
			"Порт опустел после шторма", ""},
		{"the name of a product", `<div><img src="/a.jpg" alt="Tide Master Pocket Barometer 200"><p>Tide Master Pocket Barometer 200</p></div>`, "", ""},
		{"a link to what it shows", `<div><img src="/a.jpg" alt="The harbour lies empty after the storm"><p><a href="/b">The harbour lies empty after the storm</a></p></div>`, "", ""},
		{"the page's title", `<div><img src="/a.jpg" alt="The night after the storm"><div>The night after the storm</div></div>`, "", ""},
		{"a drawing", `<div><img src="/a.svg" alt="Works with the old charts"><p>Works with the old charts</p></div>`, "", ""},
		{"under a heading", `<div><img src="/a.jpg" alt="The harbour lies empty after the storm"><h3>Weather</h3><p>The harbour lies empty after the storm</p></div>`, "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			tr := pagetest.MustParse(t, "<head><title>The night after the storm - Harbour Post</title></head><body><h1>The night after the storm</h1>"+c.box+body+"</body>")
			pics := Read(tr)
			if len(pics) != 1 {
				t.Fatalf("%d pictures", len(pics))
			}
			if p := pics[0]; p.Caption != c.caption || c.credit != "" && p.Credit != c.credit {
				t.Errorf("got %q by %q, want %q by %q", p.Caption, p.Credit, c.caption, c.credit)
			}
			if left := textWithout(tr, pics); c.caption != "" && strings.Contains(left, c.caption) {
				t.Errorf("the caption stays: %.200s", left)
			}
		})
	}
}

// TestCaptionOfAnotherPicture: a caption that has its picture is not given to one before it
// whose attributes say the same.
func TestCaptionOfAnotherPicture(t *testing.T) {
	tr := pagetest.MustParse(t, `<body><h1>Storm</h1><div><img src="/one.jpg" alt="The harbour lies empty after the storm"></div>
		<figure><img src="/two.jpg"><figcaption>The harbour lies empty after the storm</figcaption></figure><p>Words.</p></body>`)
	if pics := Read(tr); len(pics) != 2 || pics[0].Caption != "" || pics[1].Caption == "" {
		t.Errorf("got %+v", pics)
	}
}
