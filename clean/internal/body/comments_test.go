package body

import (
	"slices"
	"testing"

	"newsclip/clean/internal/judge"
)

// The models keep what readers say where no class tells that it is theirs.
func TestAfterTheCommentsAnchor(t *testing.T) {
	const said = `<table><tr><td><b>Piter</b></td></tr></table><div><a href="#">ответить</a></div><div class="c4">Я двадцать лет ездил на этом пароме, и никто ни разу не спросил меня, нужен ли он мне.</div>`
	readers := []string{"Piter", "ответить", "Я двадцать лет ездил на этом пароме, и никто ни разу не спросил меня, нужен ли он мне."}
	for _, c := range []struct {
		name, page string
		want       []string
	}{
		{"by its name", ownText + `<div><a name="comments"></a>` + said + `</div>`, readers},
		{"by its id, German, beside the text", ownText + `<a id="kommentare"></a>` + said, readers},
		{"over the text", `<div><a name="comments"></a>` + ownText + `</div>`, nil},
		{"a link to them", ownText + `<div><a name="comments" href="#c">Comments</a>` + said + `</div>`, nil},
		{"another anchor", ownText + `<div><a name="part2"></a>` + said + `</div>`, nil},
		{"a part of a paper", ownText + `<div><a name="comments"></a><h2>Comments</h2><p>These numbers of boats are lower than those that the harbour office gave us in the spring of last year.</p></div>`, nil},
		{"what follows its element", ownText + `<div><a name="comments"></a></div>` + ownText, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			bd := keepAll(t, `<div>`+c.page+`</div>`)
			comments(bd)
			if got := bd.dropped(); !slices.Equal(got, c.want) {
				t.Errorf("out are %q, want %q", got, c.want)
			}
		})
	}
	bd := keepAll(t, `<div>`+ownText+`<div><a name="comments"></a>`+said+`</div></div>`)
	Mend(bd, &judge.Signals{})
	if got := bd.dropped(); !slices.Contains(got, readers[2]) {
		t.Errorf("out are %q", got)
	}
}
