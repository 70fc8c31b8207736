package body

import (
	"slices"
	"testing"

	"newsclip/clean/internal/judge"
)

// The models leave out what is no sentence: the list of ingredients, wherever it stands.
func TestIngredientsAreKeptWhole(t *testing.T) {
	const steps = `<p>Mettre le beurre et le sucre dans une casserole, puis remuer à feu doux pendant dix minutes environ.</p>`
	const list = `<h2>Ingrédients</h2><div>250 g</div><div>Farine</div><ul><li>3 œufs</li><li><a href="/sel">sel</a></li></ul>`
	const extra = `<form><div>6 personnes</div></form><div><a href="/liste">Ajouter à la liste</a></div>`
	lines := []string{"Ingrédients", "250 g", "Farine", "3 œufs", "sel"}
	none := []string{"6 personnes", "Ajouter à la liste"}
	for _, c := range []struct {
		name, page string
		sig        judge.Signals
		want       []string
	}{
		{"beside the steps", `<aside class="recette__ingredients">` + list + extra + `</aside>` + steps, judge.Signals{Recipe: true}, none},
		{"by microdata", `<div itemprop="recipeIngredient">` + list + extra + `</div>` + steps, judge.Signals{Recipe: true}, none},
		{"each by microdata", `<section><p itemprop="recipeIngredient">Ingrédients</p><p itemprop="recipeIngredient">250 g</p><p itemprop="recipeIngredient">Farine</p><ul><li itemprop="recipeIngredient">3 œufs</li><li itemprop="recipeIngredient"><a href="/sel">sel</a></li></ul>` + extra + `</section>` + steps, judge.Signals{Recipe: true}, none},
		{"of a cream in a shop", `<div class="ingredients">` + list + extra + `</div>` + steps, judge.Signals{}, append(lines[:5:5], none...)},
		{"in the element of the text, at its end", steps + steps + steps + `<div class="tasty-recipes-instructions">` + list + extra + `</div>`, judge.Signals{Recipe: true}, none},
		{"outside of the text's element", `<div>` + steps + steps + steps + `</div><div class="recipe-steps">` + list + extra + `</div>`, judge.Signals{Recipe: true}, append(lines[:5:5], none...)},
		{"of a recipe that follows the text", steps + `<div class="recipe-ingredients">` + list + extra + `</div>`, judge.Signals{Recipe: true}, append(lines[:5:5], none...)},
	} {
		t.Run(c.name, func(t *testing.T) {
			bd := bodyWith(t, `<article>`+c.page+`</article>`, append(lines[:5:5], none...)...)
			ingredients(bd, &c.sig)
			if got := bd.dropped(); !slices.Equal(got, c.want) {
				t.Errorf("out are %q, want %q", got, c.want)
			}
		})
	}
}
