package sweep

import (
	"slices"
	"testing"

	"newsclip/clean/internal/body"
	"newsclip/clean/internal/judge"
	"newsclip/clean/internal/page"
)

// TestLastSentence is about the short line after the last paragraph that the models leave out.
func TestLastSentence(t *testing.T) {
	const ferry = "<p>The ferry that crossed the bay for forty years was sold on Monday, and its new owner wants to make a museum of it, as he told the town in a letter.</p>"
	for _, c := range []struct {
		name, html string
		prob       float32
		kept       bool
	}{
		{"a sentence", "<p>Photo albums of the ferry fill two shelves.</p>", 0.3, true},
		{"Russian", "<p>Фото парома висит в ратуше.</p>", 0.2, true},
		{"before the sign that ends a text", "<p>Les albums de photos du bac remplissent deux étagères. <span>■</span></p>", 0.3, true},
		{"Japanese", "<p>写真は市役所に飾られている。</p>", 0.3, true},
		{"Hindi", "<p>नाव की तस्वीरें आज भी नगर भवन में टंगी हैं।</p>", 0.3, true},
		{"Arabic", "<p>ما زالت صور العبارة معلقة في دار البلدية.</p>", 0.3, true},
		{"a credit, Hebrew", "<p>צילום: רון גל.</p>", 0.3, false},
		{"as unlikely as furniture", "<p>Photo albums of the ferry fill two shelves.</p>", 0.1, false},
		{"a credit", "<p>Photo by Jane Roe.</p>", 0.3, false},
		{"a credit, Japanese", "<p>写真：港野花子、湾岸新聞社写真部。</p>", 0.3, false},
		{"no sentence", "<p>Photo albums of the ferry on two shelves</p>", 0.3, false},
		{"a link", "<p>Photo albums of the ferry are <a href=/1>on two shelves</a>.</p>", 0.3, false},
		{"in a box of its own", "<div><p>Photo albums of the ferry fill two shelves.</p></div>", 0.3, false},
		{"a paragraph about the author", "<p>Photo albums are what the captain of the old ferry has kept at home for all of the forty years in which he sailed it over the bay and back.</p>", 0.3, false},
		{"a paragraph of the text, Welsh", "<p>Bydd y llong olaf yn hwylio dros y bae ddydd Llun, ac wedi hynny bydd yn rhaid i bawb o'r pentref yrru o gwmpas yr aber i'r ysgol ac i'r farchnad.</p>", 0.45, true},
		{"a request", "<p>Share this post with friends and with the family.</p>", 0.3, false},
		{"a promotion", "<p>Sign up for our newsletter and never miss a ship.</p>", 0.3, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			bd := doubted(t, "<article><h1>The ferry</h1><div>"+ferry+ferry+ferry+c.html+"</div></article>", c.prob)
			k := len(bd.Blocks) - 1
			bd.Drop(k, "pick", "")
			bd.Probs[k] = c.prob
			if lastSentence(bd, &judge.Signals{}); bd.Verdicts[k].Keep != c.kept {
				t.Errorf("%q is kept: %t", bd.Blocks[k].Text, bd.Verdicts[k].Keep)
			}
		})
	}
	bd := doubted(t, "<article><h1>The ferry</h1><div>"+ferry+ferry+ferry+"<p>— Non.</p><p>— Pourquoi ?</p></div></article>", 0.3)
	bd.Verdicts[5] = body.Verdict{Keep: true}
	lastSentence(bd, &judge.Signals{})
	if i := slices.IndexFunc(bd.Verdicts[4:], func(v body.Verdict) bool { return !v.Keep }); i >= 0 {
		t.Errorf("%q is out", bd.Blocks[4+i].Text)
	}
}

// TestClosingSentence is about the sentence that ends the text behind links to other pages, or
// in a box around those of the paragraphs.
func TestClosingSentence(t *testing.T) {
	const ferry = "<div>Паром, который сорок лет ходил через залив, продали в понедельник, и новый хозяин хочет устроить в нём музей, как он написал городу в письме.</div>"
	const end = "<div>Решение совета вступит в силу осенью.</div>"
	for _, c := range []struct {
		name, html string
		kept       bool
	}{
		{"behind a link", "<div id=b>" + ferry + ferry + ferry + "<div>Читайте также: <a href=/1>Мост закроют на три недели</a></div>" + end + "</div>", true},
		{"a paragraph in a box like theirs", "<div class=e>" + ferry + "</div><div class=e>" + ferry + "</div><div class=e>" + ferry + "</div><div>Читайте также: <a href=/1>Мост закроют на три недели</a></div><div class=e><div>Решение совета о пароме вступит в силу осенью, и тогда все, кто живёт на том берегу реки, будут ездить на работу автобусом через мост.</div></div>", true},
		{"behind a list", "<div id=b>" + ferry + ferry + ferry + "<ul><li>Новая пристань</li><li>Старый мост</li></ul>" + end + "</div>", true},
		{"beside the box of paragraphs", "<div id=b><div>" + ferry + ferry + ferry + "</div>" + end + "</div>", true},
		{"behind a line of names", "<div id=b>" + ferry + ferry + ferry + "<div>Иван Лаптев</div>" + end + "</div>", false},
		{"in another box", "<div id=b>" + ferry + ferry + ferry + "</div><div class=c>" + end + "</div>", false},
		{"of another class", "<div id=b>" + ferry + ferry + ferry + "<div class=x>Решение совета вступит в силу осенью.</div></div>", false},
		{"after two paragraphs", "<div id=b>" + ferry + ferry + end + "</div>", false},
		{"a promotion", "<div id=b>" + ferry + ferry + ferry + "<div>Подписывайтесь на наш канал в Телеграме.</div></div>", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			bd := keepAll(t, "<article><h1>Паром</h1>"+c.html+"</article>")
			k := len(bd.Blocks) - 1
			for j := range bd.Blocks {
				if j > 0 && !page.IsLong(&bd.Blocks[j]) || j == k {
					bd.Drop(j, "pick", "")
				}
				bd.Probs[j] = 0.3
			}
			if closingSentence(bd, &judge.Signals{}); bd.Verdicts[k].Keep != c.kept {
				t.Errorf("%q is kept: %t", bd.Blocks[k].Text, bd.Verdicts[k].Keep)
			}
		})
	}
}

// TestAttributions is about the line under a quotation that says whose it is.
func TestAttributions(t *testing.T) {
	const ferry = "<p>The ferry that crossed the bay for forty years was sold on Monday, and its new owner wants to make a museum of it, as he told the town in a letter.</p>"
	for _, c := range []struct {
		name, html string
		kept       bool
	}{
		{"in italics", "<p><em>A ferry is a promise that somebody waits.</em></p><p>– Ole Brandt, pilot</p>", true},
		{"in a quotation, Russian", "<blockquote><p>Паром это обещание.</p><p>— Степан Лаптев, паромщик</p></blockquote>", true},
		{"in boxes, Chinese", "<div><div><i>渡轮是一个承诺。</i></div><div>——李秀兰，船长</div></div>", true},
		{"under a paragraph", "<p>A ferry is a promise that somebody waits.</p><p>– Ole Brandt, pilot</p>", false},
		{"without a dash", "<p><em>A ferry is a promise that somebody waits.</em></p><p>Ole Brandt, pilot</p>", false},
		{"a sentence", "<p><em>A ferry is a promise that somebody waits.</em></p><p>– Read it again, and then once more.</p>", false},
		{"a link", "<p><em>A ferry is a promise that somebody waits.</em></p><p>– <a href=/1>The harbour is empty</a></p>", false},
		{"of the furniture", "<p><em>A ferry is a promise that somebody waits.</em></p><p>– Advertisement –</p>", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			bd := keepAll(t, "<article><h1>The ferry</h1><div>"+ferry+ferry+c.html+"</div></article>")
			k := len(bd.Blocks) - 1
			bd.Drop(k, "pick", "")
			if attributions(bd, &judge.Signals{}); bd.Verdicts[k].Keep != c.kept {
				t.Errorf("%q is kept: %t", bd.Blocks[k].Text, bd.Verdicts[k].Keep)
			}
		})
	}
}
