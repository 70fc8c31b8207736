package body

import (
	"slices"
	"strings"
	"testing"

	"newsclip/clean/internal/judge"
)

// doubted sets how likely the models find the blocks that hold one of the words,
// and leaves them out.
func (bd *Body) doubted(p float32, words ...string) {
	for k := range bd.Blocks {
		for _, w := range words {
			if strings.Contains(bd.Blocks[k].Text, w) {
				bd.Probs[k] = p
				bd.Drop(k, "pick", "")
			}
		}
	}
}

func TestSweepKeepsGroupsWhole(t *testing.T) {
	const long = `<p>The harbour office counted the boats of each quay on the first day of every month, and wrote these numbers down for us.</p>`
	for _, c := range []struct {
		name, page string
		p          float32
		doubted    []string
		want       []string
	}{
		{"a list at the end after a colon", long + `<p>Die Termine:</p><ul><li>3. März: Baubeginn</li><li>12. April: Sperrung</li></ul>`, 0.3, []string{"März", "April"}, nil},
		{"half a list", long + `<p>日程：</p><ol><li>三月三日</li><li>四月十二日</li></ol>`, 0.3, []string{"四月"}, nil},
		{"steps of which the last is a button's word", long + `<p>Gehen Sie so vor:</p><ol><li>Klicken Sie auf die Liste der Boote</li><li>Wählen Sie das Boot aus, das fährt</li><li>Fertig</li></ol>`, 0.3, []string{"Klicken", "Wählen", "Fertig"}, nil},
		{"a list in its own box", long + `<div><ul><li>Contrat jusqu’en 2028</li><li>Numéro 19</li></ul></div>`, 0.3, []string{"2028", "19"}, nil},
		{"a list under a heading", long + `<div class="k"><h4>Gut zu wissen</h4><ul><li>Das Schiff fährt zweimal</li><li>Räder fahren frei mit</li></ul></div>`, 0.4, []string{"Schiff", "Räder"}, nil},
		{"a list under a heading, Japanese", long + `<h3>利用の案内</h3><ol><li>火曜の朝七時から</li><li>予約は電話で</li></ol>`, 0.4, []string{"火曜", "予約"}, nil},
		{"one that the models doubt more", long + `<h3>Gut zu wissen</h3><ul><li>Das Schiff fährt zweimal</li><li>Räder fahren frei mit</li></ul>`, 0.25, []string{"Schiff", "Räder"}, []string{"Gut zu wissen", "Das Schiff fährt zweimal", "Räder fahren frei mit"}},
		{"definitions", long + `<p>Słowniczek:</p><dl><dt>kabestan</dt><dd>kołowrót</dd></dl>`, 0.3, []string{"kabestan", "kołowrót"}, nil},
		{"a quotation at the end", long + `<blockquote><p>Nous avons compté deux fois.</p></blockquote>`, 0.3, []string{"compté"}, nil},
		{"a table", long + `<table><tr><th>Kai</th><th>Boote</th></tr><tr><td>Ost</td><td>47</td></tr></table>`, 0.3, []string{"Kai", "Boote", "Ost", "47"}, nil},
		{"rows with bullets in boxes", long + `<p>The board wants:</p><div class="rows"><div>• new bearings</div><div>• a lamp</div></div>`, 0.1, []string{"bearings", "lamp"}, nil},
		{"rows with dashes and brs", long + `<p>Geplant ist:</p><p>– ein Rad<br>– ein Dach</p>`, 0.1, []string{"Rad", "Dach"}, nil},
		{"half of the rows with bullets", long + `<p>まとめ</p><p>・新しい軸受け</p><p>・橋脚の灯り</p>`, 0.1, []string{"灯り"}, nil},
		{"rows with bullets of a word processor", threeParagraphs + `<p class="MsoListParagraph"><span>·<span>&nbsp; </span></span>żyto w poniedziałki</p><p class="MsoListParagraph"><span>·<span>&nbsp; </span></span>pszenica od wtorku</p>`, 0.1, []string{"żyto", "pszenica"}, nil},
		{"rows with bullets of links", long + `<p>More:</p><div>• <a href="/a">Fares rise</a></div><div>• <a href="/b">Choir stays</a></div>`, 0.1, []string{"Fares", "Choir"}, []string{"• Fares rise", "• Choir stays"}},
		{"rows with bullets after nothing", long + `<div>• new bearings</div><div>• a lamp</div>`, 0.1, []string{"bearings", "lamp"}, []string{"• new bearings", "• a lamp"}},
		{"links", long + `<ul><li><a href="/a">Fares rise</a></li><li><a href="/b">Choir stays</a></li></ul>`, 0.3, []string{"Fares", "Choir"}, []string{"Fares rise", "Choir stays"}},
		{"links to which a sentence leads", long + `<p>Three other towns count their boats:</p><ul><li><a href="https://millport.example/">Millport</a></li><li><a href="https://easton.example/">Easton</a></li></ul>` + long, 0.02, []string{"Millport", "Easton"}, nil},
		{"links to which a sentence leads, Korean", long + `<p>배를 세는 마을이 두 곳 더 있다:</p><ol><li><a href="https://a.example/x">솔고개 마을</a></li><li><a href="//b.example/">갯벌 마을</a></li></ol>`, 0.02, []string{"솔고개", "갯벌"}, nil},
		{"links to the site's own pages after a sentence", long + `<p>Three other towns count their boats:</p><ul><li><a href="/a">Fares rise</a></li><li><a href="https://easton.example/">Choir stays</a></li></ul>`, 0.02, []string{"Fares", "Choir"}, []string{"Fares rise", "Choir stays"}},
		{"links after words of their own", long + `<ul><li>Millport, <a href="/m">where the office counts each boat by hand</a>.</li><li>Easton, <a href="/e">whose boats nobody counts</a>.</li></ul>` + long, 0.12, []string{"Millport", "Easton"}, nil},
		{"links after words of their own, Turkish", long + `<ol><li>Kursun yeri: <a href="/k">eski iskelenin yanındaki taş bina ile avlusu.</a></li><li>Kayıt: <a href="/l">her salı sabahı belediyenin giriş katında.</a></li></ol>` + long, 0.12, []string{"Kursun", "Kayıt"}, nil},
		{"links after days", long + `<ul><li>12 May: <a href="/m">The office counts each boat so.</a></li><li>13 May: <a href="/e">Nobody counts the boats of Easton.</a></li></ul>`, 0.2, []string{"boat so", "Nobody counts"}, []string{"12 May: The office counts each boat so.", "13 May: Nobody counts the boats of Easton."}},
		{"links before the text", `<p>Three other towns count their boats:</p><ul><li><a href="https://easton.example/">Choir stays</a></li></ul>` + long, 0.02, []string{"Choir"}, []string{"Choir stays"}},
		{"links after a label", long + `<p>Follow us on:</p><ul><li><a href="https://easton.example/">Choir stays</a></li></ul>`, 0.02, []string{"Choir"}, []string{"Choir stays"}},
		{"a list of furniture", long + `<ul><li>Share</li><li>Print</li></ul>`, 0.3, []string{"Share", "Print"}, []string{"Share", "Print"}},
		{"a box by its name", long + `<div class="related-articles"><ul><li>Fares rise</li></ul></div>`, 0.3, []string{"Fares"}, []string{"Fares rise"}},
		{"a list between short sentences", `<p>時計は一時間に四秒ほど遅れていました。</p><ul><li>起動を遅らせる</li><li>一度合わせる</li></ul><p>それからずれは一ミリ秒より下です。</p>`, 0.14, []string{"起動", "一度"}, nil},
		{"the same in boxes", `<div><div><p>시계가 한 시간에 사 초 정도 늦어지고 있다는 것을 알았다.</p></div></div><div><div><div><ul><li>나중에 시작한다</li><li>한 번 맞춘다</li></ul></div></div></div><div><div><p>그 뒤로 오차는 일 밀리초 아래에 머물러 있는 중이다.</p></div></div>`, 0.14, []string{"시작", "한 번"}, nil},
		{"a list between sentences of other boxes", `<p>時計は一時間に四秒ほど遅れていました。</p><ul><li>起動を遅らせる</li><li>一度合わせる</li></ul><div class="b"><p class="c">それからずれは一ミリ秒より下です。</p></div>`, 0.14, []string{"起動", "一度"}, []string{"起動を遅らせる", "一度合わせる"}},
		{"a quotation between short sentences", `<p>時計は一時間に四秒ほど遅れていました。</p><blockquote>朝に見た</blockquote><p>それからずれは一ミリ秒より下です。</p>`, 0.14, []string{"朝"}, []string{"朝に見た"}},
		{"a heading between sentences", `<p>时间同步服务比网络先启动，所以一直没有找到服务器。</p><h2>原因</h2><p>改完之后误差一直在一毫秒以内，早上不用再看。</p>`, 0.11, []string{"原因"}, nil},
		{"a heading of links between sentences", `<p>时间同步服务比网络先启动，所以一直没有找到服务器。</p><h2><a href="/a">原因</a></h2><p>改完之后误差一直在一毫秒以内，早上不用再看。</p>`, 0.11, []string{"原因"}, []string{"原因"}},
		{"a heading of furniture between sentences", `<p>The daemon was started before the network.</p><h3>Share</h3><p>Since then the drift has been small.</p>`, 0.11, []string{"Share"}, []string{"Share"}},
		{"a list behind a box that is out", `<p>Das Schiff fährt nun wieder zweimal am Tag über den See.</p><aside><p>Der Morgen am See</p></aside><ul><li>Montag um neun</li><li>Freitag um zehn</li></ul><p>Ob es weitergeht, hängt vom Kreistag und vom Wetter ab.</p>`, 0.11, []string{"Der Morgen", "Montag", "Freitag"}, []string{"Der Morgen am See"}},
		{"a list behind an advertisement's label", `<p>De pont vaart sinds maandag weer de hele dag.</p><p>Advertentie</p><ul><li>Van zeven tot zeven</li><li>Niet bij storm</li></ul><p>De raad beslist in juni over de winter.</p>`, 0.11, []string{"Advertentie", "zeven", "storm"}, []string{"Advertentie"}},
		{"a list behind a line that is out", `<p>De pont vaart sinds maandag weer de hele dag.</p><p>Vandaag</p><ul><li>Van zeven tot zeven</li><li>Niet bij storm</li></ul><p>De raad beslist in juni over de winter.</p>`, 0.11, []string{"Vandaag", "zeven", "storm"}, []string{"Vandaag", "Van zeven tot zeven", "Niet bij storm"}},
		{"a list with the name of related stories, of no links", `<div class="x"><div>Вагон вышел из депо в понедельник рано утром после ремонта.</div></div><div class="x"><ul class="article__list"><li>С шести утра</li><li>До десяти вечера</li></ul></div><div class="x"><div>Город потратил на его ремонт очень много денег и времени.</div></div>`, 0.11, []string{"С шести", "До десяти"}, nil},
		{"a list in a box of the text with a misleading name", `<div class="premium">` + long + `<ul><li>La clé se rend dimanche</li><li>Le chien reste au phare</li></ul>` + long + `</div>`, 0.3, []string{"clé", "chien"}, nil},
		{"a heading that begins a part of the text", `<div class="cmp-text"><p>Ils fabriquent eux-mêmes le pain qui est servi chaque midi.</p><p>Un boulanger à la retraite les aide depuis la rentrée.</p></div><div class="cmp-teaser"><p>Lire aussi</p></div><div class="cmp-text"><h2>Des briques</h2><p>Une classe les a nettoyées une à une pendant l’hiver.</p></div>`, 0.11, []string{"Lire", "Des briques"}, []string{"Lire aussi"}},
		{"a heading that begins another box", `<div class="cmp-text"><p>Hjulet väger fyra ton och tillverkas inte längre.</p></div><div class="fact"><h2>Hjulet</h2><p>Det är från kriget och har rullat i trettio år.</p></div>`, 0.11, []string{"Hjulet"}, []string{"Hjulet väger fyra ton och tillverkas inte längre.", "Hjulet"}},
		{"what the models rule out", long + `<ul><li>Fares rise</li></ul>`, 0.02, []string{"Fares"}, []string{"Fares rise"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			bd := keepAll(t, `<article>`+c.page+`</article>`)
			bd.doubted(c.p, c.doubted...)
			sweepText(bd, &judge.Signals{})
			if got := bd.dropped(); !slices.Equal(got, c.want) {
				t.Errorf("out are %q, want %q", got, c.want)
			}
		})
	}
}

func TestSweepKeepsTheOpening(t *testing.T) {
	const rest = `<p>The harbour office counted the boats of each quay on the first day of every month, and wrote these numbers down for us.</p>`
	const first = `Στο λιμάνι μετρήθηκαν την πρώτη μέρα του μήνα όλα τα σκάφη της ανατολικής προβλήτας, και κανείς δεν έλειπε από τη σειρά του.`
	for _, c := range []struct {
		name, page string
		p          float32
		kept       bool
	}{
		{"a paragraph of its own box", `<div><div>` + first + `</div>` + rest + `</div>`, 0.3, true},
		{"one that the models rule out", `<div><div>` + first + `</div>` + rest + `</div>`, 0.05, false},
		{"in a figure", `<div><figure>` + first + `</figure>` + rest + `</div>`, 0.3, false},
		{"no sentence", `<div><div>` + strings.TrimSuffix(first, ".") + `</div>` + rest + `</div>`, 0.3, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			bd := keepAll(t, c.page)
			bd.doubted(c.p, "λιμάνι")
			sweepText(bd, &judge.Signals{})
			if kept := len(bd.dropped()) == 0; kept != c.kept {
				t.Errorf("kept is %v, want %v", kept, c.kept)
			}
		})
	}
}
