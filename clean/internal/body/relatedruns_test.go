package body

import (
	"slices"
	"testing"
)

// The models leave out the links of a box of related pages, and keep the lines under them.
func TestRelatedBoxes(t *testing.T) {
	const teasers = `<h3><a href="/ferry">Die Fähre ist verkauft</a></h3><div>Der neue Eigentümer der alten Fähre will im Frühjahr ein Museum aus ihr machen.</div>` +
		`<h3><a href="/lock">Die Schleuse öffnet</a></h3><div>Nach drei Wochen lässt das Hafenamt wieder die ersten Boote durch die Schleuse.</div>`
	lines := []string{"Der neue Eigentümer der alten Fähre will im Frühjahr ein Museum aus ihr machen.", "Nach drei Wochen lässt das Hafenamt wieder die ersten Boote durch die Schleuse."}
	links := []string{"Die Fähre ist verkauft", "Die Schleuse öffnet"}
	all := []string{"Ähnliche Artikel", links[0], lines[0], links[1], lines[1]}
	for _, c := range []struct {
		name, page string
		want       []string
	}{
		{"before the text", `<div><h2>Ähnliche Artikel</h2><div>` + teasers + `</div></div>` + ownText, all},
		{"amid the text", ownText + `<div><h2>Ähnliche Artikel</h2>` + teasers + `</div>`, all},
		{"a heading of the text", ownText + `<h2>Ähnliche Artikel</h2>` + teasers, append([]string{"Ähnliche Artikel"}, links...)},
		{"another heading", ownText + `<div><h2>Im Hafen</h2>` + teasers + `</div>`, links},
		{"after a brief that is shorter", `<p>Auf dem Hut der Bürgermeisterin saß am Montag eine Möwe, und zwar während ihrer ganzen langen Rede am Kai.</p><div><h2>Ähnliche Artikel</h2>` + teasers + `<h3><a href="/crane">Der Kran</a></h3></div>`, append(all[:len(all):len(all)], "Der Kran")},
		{"two after a brief", `<p>Auf dem Hut der Bürgermeisterin saß am Montag eine Möwe, und zwar während ihrer ganzen langen Rede am Kai.</p><div><h2>Ähnliche Artikel</h2>` + teasers + `</div>`, append([]string{"Ähnliche Artikel"}, links...)},
		{"most of the text", `<div><h2>Ähnliche Artikel</h2>` + teasers + `</div>`, append([]string{"Ähnliche Artikel"}, links...)},
	} {
		t.Run(c.name, func(t *testing.T) {
			bd := bodyWith(t, `<article>`+c.page+`</article>`, append(links[:2:2], "Ähnliche Artikel")...)
			relatedBoxes(bd)
			got := bd.dropped()
			slices.Sort(got)
			want := slices.Sorted(slices.Values(c.want))
			if !slices.Equal(got, want) {
				t.Errorf("out are %q, want %q", got, want)
			}
		})
	}
}
