package sweep

import (
	"slices"
	"strings"
	"testing"

	"newsclip/clean/internal/judge"
)

const moreParagraphs = `<p>In spring the board bought two lamps for the pier, of which one was stolen within a week and the other has not been lit since.</p>` +
	`<p>The dredger came on a Sunday, when nobody had asked for it, and left on the same evening with its buckets as clean as before.</p>`

func TestSweepKeepsCallouts(t *testing.T) {
	for _, c := range []struct {
		name, page string
		doubted    []string
		want       []string
	}{
		{"an admonition", threeParagraphs + `<div class="admonition warning"><p>Warning</p><p>Never open both gates.</p></div>` + moreParagraphs, []string{"Warning", "Never"}, nil},
		{"a message in an aside", threeParagraphs + `<aside class="msg message"><span>!</span><div><p>橋の上に車を止めないこと。</p></div></aside>` + moreParagraphs, []string{"!", "橋"}, []string{"!"}},
		{"an alert", threeParagraphs + `<div class="alert alert-info"><b>Astuce</b> Graisser l’axe au printemps.</div>` + moreParagraphs, []string{"Astuce"}, nil},
		{"a note of documentation, in capitals", threeParagraphs + `<div class="NOTE"><p>Hinweis</p><p>Die Glocke zweimal läuten.</p></div>` + moreParagraphs, []string{"Hinweis", "Glocke"}, nil},
		{"a note of another kind", threeParagraphs + `<div class="note"><p>Die Glocke zweimal läuten.</p></div>` + moreParagraphs, []string{"Glocke"}, []string{"Die Glocke zweimal läuten."}},
		{"a warning of documentation", threeParagraphs + `<div class="alert is-warning"><p>注意</p><p>橋の上に車を止めないこと。</p></div>` + moreParagraphs, []string{"注意", "橋"}, nil},
		{"a note by its role, German", threeParagraphs + `<aside role="note"><h4>Hinweis</h4><p>Die Glocke zweimal läuten.</p></aside>` + moreParagraphs, []string{"Hinweis", "Glocke"}, nil},
		{"a note by its role, Korean", threeParagraphs + `<aside class="x1" role="note"><p>다리 위에 차를 세우지 마십시오.</p></aside>` + moreParagraphs, []string{"다리"}, nil},
		{"a tip in an aside, Portuguese", threeParagraphs + `<aside class="tip"><b>Dica:</b> tocar o sino duas vezes.</aside>` + moreParagraphs, []string{"Dica"}, nil},
		{"a note by its role that names another page", threeParagraphs + `<div role="note">Main article: <a href="/b">Bridge</a>.</div>` + moreParagraphs, []string{"Main"}, []string{"Main article: Bridge."}},
		{"one that asks", threeParagraphs + `<div class="callout"><p>Subscribe to our newsletter and read every tide.</p></div>` + moreParagraphs, []string{"Subscribe"}, []string{"Subscribe to our newsletter and read every tide."}},
		{"one of links", threeParagraphs + `<div class="callout"><p><a href="/x">The ferry is sold to a sailor from the north.</a></p></div>` + moreParagraphs, []string{"ferry is"}, []string{"The ferry is sold to a sailor from the north."}},
		{"one outside the text", `<div class="callout"><p>The ferry is out of service.</p></div>` + threeParagraphs, []string{"service"}, []string{"The ferry is out of service."}},
		{"a message box of a page builder, Polish", threeParagraphs + `<div class="vc_message_box"><i></i><p>Nigdy nie otwieraj obu wrót.</p></div>` + moreParagraphs, []string{"wrót"}, nil},
		{"one of which the kind is hidden, Spanish", threeParagraphs + `<aside class="starlight-aside"><p aria-hidden="true">Consejo</p><div><p>Toca la campana dos veces.</p></div></aside>` + moreParagraphs, []string{"Consejo", "campana"}, []string{"Consejo"}},
		{"a remark behind code in a box of its own, Chinese", threeParagraphs + `<div class="code"><pre>bell.ring(2)</pre></div><div class="custom-block tip"><p>钟声要响两次。</p></div>` + moreParagraphs, []string{"钟声"}, nil},
		{"a remark behind code and a button, Czech", threeParagraphs + `<div class="code"><pre>bell.ring(2)</pre><span>Kopírovat</span></div><div class="custom-block tip"><p>Zvoň dvakrát.</p></div>` + moreParagraphs, []string{"Zvoň", "Kopírovat"}, []string{"Kopírovat"}},
		{"a question that opens", threeParagraphs + `<details><summary>Et le bac ?</summary><p>Il passe tous les quarts d’heure.</p></details>` + moreParagraphs, []string{"bac", "quarts"}, nil},
		{"questions at the end", threeParagraphs + `<details><summary>Ile kosztuje prom?</summary><p>Nic.</p></details><details><summary>Czy most będzie szerszy?</summary><div><p>Nie, szerokość się nie zmieni.</p></div></details><footer><p>Prom</p></footer>`, []string{"Ile", "Nic", "Czy", "Nie,"}, nil},
		{"a toggle behind a card of links", threeParagraphs + `<figure class="card"><a href="/r">The report of the engineers</a></figure><div class="kg-toggle-card"><h4>And the ferry?</h4><p>It runs every quarter of an hour.</p></div>` + moreParagraphs, []string{"report", "ferry?", "runs"}, []string{"The report of the engineers"}},
		{"a table of contents that opens", threeParagraphs + `<details><summary>Table of contents</summary><p>Loading...</p></details>` + moreParagraphs, []string{"contents", "Loading"}, []string{"Table of contents", "Loading..."}},
		{"what opens a link", threeParagraphs + `<details><summary>fn turn <a href="/src">source</a></summary><p>Turns the wheel once.</p></details>` + moreParagraphs, []string{"fn", "Turns"}, []string{"fn turn source", "Turns the wheel once."}},
		{"one that opens on nothing", threeParagraphs + `<details><summary>Who pays?</summary><p>Show all</p></details>` + moreParagraphs, []string{"Who", "Show"}, []string{"Who pays?", "Show all"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			bd := keepAll(t, `<article>`+c.page+`</article>`, c.doubted...)
			Sweep(bd, &judge.Signals{})
			got := slices.DeleteFunc(dropped(bd), func(s string) bool { return strings.Contains(threeParagraphs+moreParagraphs, s) })
			if !slices.Equal(got, c.want) {
				t.Errorf("out are %q, want %q", got, c.want)
			}
		})
	}
}
