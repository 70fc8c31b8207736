package body

import (
	"slices"
	"testing"

	"newsclip/clean/internal/judge"
)

// TestKeepBare: what the models leave out of a document without a template is
// kept where they keep most of it.
func TestKeepBare(t *testing.T) {
	const (
		text  = `<p>La marée monte deux fois par jour au quai, et deux fois par jour les bateaux attendent dans la vase.</p>`
		links = `<ul><li><a href="/a">Lire : les horaires du bac</a></li></ul>`
	)
	for _, c := range []struct {
		name, page string
		out, want  []string
	}{
		{"a fragment", text + text + links, []string{"Lire"}, nil},
		{"with a few names", `<h1 class="title">Marée</h1><p class="standfirst">Le bac.</p>` + text + text + links, []string{"Lire"}, nil},
		{"links at the head and foot of a page made by hand", `<p><a href="/">Le Quai</a> | <a href="/b">Bac</a></p>` + text + text + `<hr><p><a href="/c">Avant</a> <a href="/d">Après</a></p>`, []string{"Le Quai", "Avant"}, []string{"Le Quai | Bac", "Avant Après"}},
		{"a link home at the foot, Czech", text + text + links + `<p><a href="/">Domů</a></p>`, []string{"Lire"}, []string{"Domů"}},
		{"a link home that the models leave out, Greek", text + text + `<div><a href="https://quay.example/">Αρχική</a></div>`, []string{"Αρχική"}, []string{"Αρχική"}},
		{"a link to the folder at the foot, French", text + text + `<p><small><a href="../">Accueil</a></small></p>`, nil, []string{"Accueil"}},
		{"a link to the first page at the foot, Swedish", text + text + `<div><a href="../index.html">Hem</a></div>`, nil, []string{"Hem"}},
		{"a link to another page's folder at the foot", text + text + `<p><a href="../bac/">Le bac</a></p>`, nil, nil},
		{"a link to the first page of another folder at the foot", text + text + `<p><a href="bac/index.html">Le bac</a></p>`, nil, nil},
		{"a link into the page at the foot", text + text + `<p><a href="#quai">Le quai</a></p>`, nil, nil},
		{"a link to another page at the foot", text + text + `<p><a href="/a">Le bac</a></p>`, nil, nil},
		{"a page with a template", `<nav></nav>` + text + text + links, []string{"Lire"}, []string{"Lire : les horaires du bac"}},
		{"a page of names", `<div class="a"><div class="b"><div class="c"><div class="d">` + text + text + links + `</div></div></div></div>`, []string{"Lire"}, []string{"Lire : les horaires du bac"}},
		{"little of it", text + links + links + links + links + links + links, []string{"La marée"}, []string{"La marée monte deux fois par jour au quai, et deux fois par jour les bateaux attendent dans la vase."}},
	} {
		t.Run(c.name, func(t *testing.T) {
			bd := bodyWith(t, c.page, c.out...)
			KeepBare(bd, &judge.Signals{})
			if got := bd.dropped(); !slices.Equal(got, c.want) {
				t.Errorf("out are %q, want %q", got, c.want)
			}
		})
	}
}
