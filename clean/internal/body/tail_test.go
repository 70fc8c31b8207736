package body

import (
	"slices"
	"testing"

	"newsclip/clean/internal/judge"
)

func TestSweepKeepsWhatEndsTheText(t *testing.T) {
	const p = `<p>The harbour office counted the boats of each quay on the first day of every month, and wrote these numbers down for us.</p>`
	const long = p + `<p>At the second quay there lay only nine boats last winter, and none of them belonged to a fisherman from the old town by the river.</p>` +
		`<p>Nobody knows where the others went, but the keeper of the bridge has written down the name of each that passed under it at night.</p>`
	for _, c := range []struct {
		name, page string
		p          float32
		doubted    []string
		want       []string
	}{
		{"a list with its lead-in", long + `<p>Les horaires :</p><ul><li>lundi : 8 h</li><li>mardi : fermé</li></ul>`, 0.1, []string{"horaires", "lundi", "mardi"}, nil},
		{"a list under a heading", long + `<h3>Тарифы</h3><ul><li>взрослый — 30 рублей</li></ul>`, 0.1, []string{"Тарифы", "взрослый"}, nil},
		{"a table in a figure", long + `<figure><table><tr><th>Année</th><th>Prix</th></tr><tr><td>2023</td><td>4 €</td></tr></table></figure>`, 0.1, []string{"Année", "Prix", "2023", "4 €"}, nil},
		{"a box with a heading and a list", long + `<div class="box"><h4>Il ponte in cifre</h4><ul><li>campate: sette</li><li>lampioni: due</li></ul></div>`, 0.1, []string{"cifre", "campate", "lampioni"}, nil},
		{"facts behind labels", long + `<div class="info"><p><strong>Cuándo:</strong> el sábado a las ocho</p><p><strong>Dónde:</strong> en el muelle viejo</p></div>`, 0.03, []string{"Cuándo", "Dónde"}, nil},
		{"facts behind labels, Russian", long + `<div><p><b>Начало:</b> в девять утра.</p><p><b>Вход:</b> с пристани.</p><p><b>Билеты:</b> у кассира.</p></div>`, 0.03, []string{"Начало", "Вход", "Билеты"}, nil},
		{"one fact behind a label", long + `<div class="info"><p><strong>Cuándo:</strong> el sábado a las ocho</p></div>`, 0.03, []string{"Cuándo"}, []string{"Cuándo: el sábado a las ocho"}},
		{"lines in a box", long + `<div class="info"><p><strong>El muelle</strong> cierra hoy</p><p><strong>El puente</strong> sigue abierto</p></div>`, 0.03, []string{"muelle", "puente"}, []string{"El muelle cierra hoy", "El puente sigue abierto"}},
		{"items with their sources", long + `<p>Drei Zahlen:</p><ul><li>Elf Kähne liegen am oberen Kai (<a href="https://amt.example/k">Amt</a>)</li><li>Zwei sind verkauft (<a href="https://chronik.example/">Chronik</a>)</li></ul>`, 0.1, []string{"Drei", "Elf", "Zwei"}, nil},
		{"items with links to the site", long + `<ul><li>Read all that we know of the eleven boats in <a href="/boats">our list</a></li></ul>`, 0.1, []string{"Read all"}, []string{"Read all that we know of the eleven boats in our list"}},
		{"a lead-in with a word of bylines", long + `<p>De brug blijft:</p><ul><li>lundi : 8 h</li><li>mardi : fermé</li></ul>`, 0.1, []string{"De brug", "lundi", "mardi"}, nil},
		{"terms", long + `<dl><dt>kabestan</dt><dd>kołowrót do lin</dd><dt>cuma</dt><dd>lina</dd></dl>`, 0.03, []string{"kabestan", "kołowrót", "cuma", "lina"}, nil},
		{"terms, Greek, under a heading", long + `<h3>Λέξεις</h3><dl><dt>εργάτης</dt><dd>βαρούλκο για σχοινιά</dd></dl>`, 0.03, []string{"Λέξεις", "εργάτης", "βαρούλκο"}, nil},
		{"a list as unlikely", long + `<ul><li>kabestan</li><li>cuma</li></ul>`, 0.03, []string{"kabestan", "cuma"}, []string{"kabestan", "cuma"}},
		{"items with a word of bylines", long + `<ul><li>De pont vaart van zeven tot zeven.</li><li>By night nobody counts the boats.</li></ul>`, 0.1, []string{"De pont", "By night"}, nil},
		{"bylines", long + `<ul><li>By Ana Ferrer</li><li>By Jo Doe</li></ul>`, 0.1, []string{"Ana", "Jo"}, []string{"By Ana Ferrer", "By Jo Doe"}},
		{"a box with terms", long + `<div><h4>Słowniczek</h4><dl><dt>kabestan</dt><dd>kołowrót</dd></dl></div>`, 0.1, []string{"Słowniczek", "kabestan", "kołowrót"}, nil},
		{"a section with a heading and a list", long + `<section><h3>Broen i tal</h3><ul><li>syv fag</li><li>to lamper</li></ul></section>`, 0.1, []string{"i tal", "fag", "lamper"}, nil},
		{"a box with a list of links", long + `<div><h4>The bridge</h4><ul><li><a href="/a">Fares rise</a></li></ul></div>`, 0.1, []string{"The bridge", "Fares"}, []string{"The bridge", "Fares rise"}},
		{"whose a quotation is", long + `<blockquote><p>Un pont est une promesse.</p><footer>Luc Morel, pilote</footer></blockquote>`, 0.01, []string{"Luc Morel"}, nil},
		{"whose a quotation is, Japanese", long + `<blockquote>橋は約束だ。<footer>—山根進、船頭</footer></blockquote>`, 0.01, []string{"山根進"}, nil},
		{"code in a box", long + "<div class=\"highlight\"><pre tabindex=0><code>tide --harbour valdemar</code></pre></div>", 0.1, []string{"tide"}, nil},
		{"code in a figure", long + "<figure><pre>潮位 --港 塩見</pre></figure>", 0.1, []string{"潮位"}, nil},
		{"code", long + "<pre>lun 8-12\nmar chiuso</pre>", 0.1, []string{"chiuso"}, nil},
		{"a list of links", long + `<ul><li><a href="/a">Fares rise</a></li></ul>`, 0.1, []string{"Fares"}, []string{"Fares rise"}},
		{"comments", long + `<ul><li>piotr 22.12.2011, 11:21</li></ul>`, 0.1, []string{"piotr"}, []string{"piotr 22.12.2011, 11:21"}},
		{"what a box between parts from the text", long + `<div class="related-posts">Fares rise</div><ul><li>Choir stays</li></ul>`, 0.1, []string{"Fares", "Choir"}, []string{"Fares rise", "Choir stays"}},
		{"a list of sentences under a heading in a box", long + `<div><h3>Pe scurt</h3><ul><li>Podul se ridică la prânz.</li><li>Bicicliștii coboară.</li></ul></div>`, 0.03, []string{"scurt", "Podul", "Bicicliștii"}, nil},
		{"a list of names under a heading in a box", long + `<div><h3>Pe scurt</h3><ul><li>Podul</li><li>Malul</li></ul></div>`, 0.03, []string{"scurt", "Podul", "Malul"}, []string{"Pe scurt", "Podul", "Malul"}},
		{"a small table, Korean", long + `<div class="c"><div><table><tr><td>승객</td><td>열차</td></tr><tr><td>12</td><td>31</td></tr></table></div></div>`, 0.03, []string{"승객", "열차", "12", "31"}, nil},
		{"a table of links", long + `<table><tr><td>승객</td><td>열차</td></tr><tr><td><a href="/a">12</a></td><td>31</td></tr></table>`, 0.03, []string{"승객", "열차", "12", "31"}, []string{"승객", "열차", "12", "31"}},
		{"a list in a page laid out by a table", `<table><tr><td>Home</td><td>` + long + `<p><b>A híd:</b></p><ul><li>nyolckor nyílik</li><li>délben zár</li></ul></td></tr></table>`, 0.1, []string{"A híd", "nyolckor", "délben"}, nil},
		{"a list after short paragraphs", `<p>기차가 서지 않은 지 십 년이 된 역이 어제 책방으로 다시 열렸다.</p><p>대합실을 채운 책은 모두 주민과 옛 통학생들이 보내 온 것이다.</p>` +
			`<p>책방지기는 남편이 쓰던 모자를 아직도 옛 매표창구에 걸어 두고 있다고 한다.</p><ul><li>월요일은 쉰다</li><li>입장은 무료</li></ul>`, 0.1, []string{"월요일", "입장은"}, nil},
		{"paragraphs in a frame, Dutch", long + `<div class="scroll"><table><tr><td><p><b>Wat het kost</b></p><p>De oversteek kost vanaf januari twee euro, en wie een abonnement heeft, betaalt de helft van wat hij in de zomer betaalde.</p></td></tr></table></div>`, 0.4, []string{"Wat het", "oversteek"}, nil},
		{"paragraphs in a frame of which the models think little", long + `<table><tr><td><p>The crossing costs two pounds from January on, and whoever has a ticket for the year pays half of what the summer cost him.</p></td></tr></table>`, 0.1, []string{"crossing"}, []string{"The crossing costs two pounds from January on, and whoever has a ticket for the year pays half of what the summer cost him."}},
		{"too little text before", p + `<ul><li>Choir stays</li></ul>`, 0.1, []string{"Choir"}, []string{"Choir stays"}},
		{"the question over an answer", long + `<details><summary>Was kostet es?</summary><p>Nichts für Anwohner.</p></details>`, 0.1, []string{"kostet"}, nil},
		{"somebody's last words", long + `<p>「もう眠れる」</p>`, 0.1, []string{"眠れる"}, nil},
		{"a line of a verse", long + `<p>Het rad gaat rond,<br>de steen gaat rond,<br>en niemand slaapt.</p>`, 0.01, []string{"steen"}, nil},
		{"the button over an answer", long + `<div class="faq"><h2 class="header"><button aria-controls="a1">¿Cuándo abre?</button></h2><div id="a1"><div><p>De lunes a viernes, por la mañana.</p></div></div></div>`, 0.1, []string{"Cuándo"}, nil},
		{"the button over something else", long + `<div class="faq"><h2 class="header"><button aria-controls="menu">Más cosas</button></h2><div id="a1"><p>De lunes a viernes, por la mañana.</p></div></div>`, 0.1, []string{"Más"}, []string{"Más cosas"}},
		{"the last lines of a conversation", long + `<div><div class="turn"><b>Bo</b> När öppnar du?</div><div class="turn"><b>Ada</b> Klockan fyra.</div><div class="turn"><b>Bo</b> Klagar ingen?</div><div class="turn"><b>Ada</b> Bara änderna.</div></div>`, 0.1, []string{"Klagar", "änderna"}, nil},
		{"the last lines in boxes of another class", long + `<div><div class="turn"><b>Bo</b> När öppnar du?</div><div class="turn"><b>Ada</b> Klockan fyra.</div><div class="tool">Visa alla</div></div>`, 0.1, []string{"Visa"}, []string{"Visa alla"}},
		{"the next line of a paragraph", long + `<p>Wisła 3, Odra 1<br>Warta 2, Bug 2</p>`, 0.1, []string{"Warta"}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			bd := keepAll(t, `<article>`+c.page+`</article>`)
			for k := range bd.Probs {
				bd.Probs[k] = 0.9
			}
			bd.doubted(c.p, c.doubted...)
			sweepText(bd, &judge.Signals{})
			if got := bd.dropped(); !slices.Equal(got, c.want) {
				t.Errorf("out are %q, want %q", got, c.want)
			}
		})
	}
}
