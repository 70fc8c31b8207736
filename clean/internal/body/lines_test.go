package body

import (
	"slices"
	"testing"

	"newsclip/clean/internal/judge"
)

func TestSweepOfLeadsAndHeadings(t *testing.T) {
	const para = `<p>The harbour office counted the boats of each quay on the first day of every month, and wrote these numbers down for us.</p>`
	const more = `<p>Read more: <a href="/lock">The lock opens again after three weeks</a></p>`
	for _, c := range []struct {
		name, page string
		news       bool
		sure       float32 // of the heading "What to see"
		want       []string
	}{
		{"read more in a news story", para + more + para[:len(para)-5] + ` too.</p>`, true, 0, []string{"Read more: The lock opens again after three weeks"}},
		{"read more in a layout", `<table width="600"><tr><td>` + para + `<div>Weiterlesen: <a href="https://else.example/lock">Die Schleuse öffnet wieder</a></div>` + para[:len(para)-5] + ` too.</p></td></tr></table>`, true, 0, []string{"Weiterlesen: Die Schleuse öffnet wieder"}},
		{"read more in a guide", para + more, false, 0, nil},
		{"a label with a bar, Dutch", para + `<p><b>LEES OOK | </b><b>De sluis gaat na drie weken weer open</b></p>` + para[:len(para)-5] + ` too.</p>`, false, 0, []string{"LEES OOK | De sluis gaat na drie weken weer open"}},
		{"a heading with a bar", para + `<p>Quay 3 | The lock opens again</p>` + para[:len(para)-5] + ` too.</p>`, false, 0, nil},
		{"a note to editors", para + `<p>(Updates with the harbour office in second paragraph.)</p>` + para[:len(para)-5] + ` too.</p>`, true, 0, []string{"(Updates with the harbour office in second paragraph.)"}},
		{"one that is quoted", para + `<blockquote><p>(Updates with the harbour office in second paragraph.)</p></blockquote>`, true, 0, nil},
		{"a heading over nothing", para + `<h2>What to see</h2><div>Newsletter</div>`, true, 0.5, []string{"What to see", "Newsletter"}},
		{"a heading over an advertisement", para + `<h2>Advertisement</h2>` + para[:len(para)-5] + ` too.</p>`, true, 0, []string{"Advertisement"}},
		{"one that the models are sure of", para + `<h2>What to see</h2><div>Newsletter</div>`, true, 0.9, []string{"Newsletter"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			bd := bodyWith(t, `<article>`+c.page+`</article>`, "Newsletter")
			for k := range bd.Blocks {
				if bd.Blocks[k].Text == "What to see" {
					bd.Probs[k] = c.sure
				}
			}
			sweepText(bd, &judge.Signals{News: c.news})
			if got := bd.dropped(); !slices.Equal(got, c.want) {
				t.Errorf("out are %q, want %q", got, c.want)
			}
		})
	}
}

func TestSweepDropsLoneDashes(t *testing.T) {
	const para = `<p>The harbour office counted the boats of each quay on the first day of every month, and wrote these numbers down for us.</p>`
	bd := keepAll(t, `<article>`+para+`<p>—</p><div>--</div><p>* * *</p><p>.......................</p><p>▬▬▬▬▬▬</p><p>…</p><ul><li>–</li><li>Neuf bateaux</li></ul><table><tr><th>Kai</th><th>Boote</th></tr><tr><td>Nord</td><td>—</td></tr></table><pre>-</pre><p>– Ja.</p>`+para+`</article>`)
	sweepText(bd, &judge.Signals{})
	if got, want := bd.dropped(), []string{"—", "--", ".......................", "▬▬▬▬▬▬", "–"}; !slices.Equal(got, want) {
		t.Errorf("out are %q, want %q", got, want)
	}
}

// TestSweepDropsTheLinesOfEmbeds: of a post of another site the address goes and the
// words stay, and an address in the text is the writer's.
func TestSweepDropsTheLinesOfEmbeds(t *testing.T) {
	const para = `<p>The harbour office counted the boats of each quay on the first day of every month, and wrote these numbers down for us.</p>`
	const address = "https://video.example/watch/84"
	for _, c := range []struct {
		name, page string
		want       []string
	}{
		{"an address", `<figure class="wp-block-embed is-provider-youtube"><div class="wp-block-embed__wrapper">` + address + `</div></figure>`, []string{address}},
		{"a link", `<figure class="wp-block-embed"><p><a href="/84">Se filmen om bryggan</a></p></figure>`, []string{"Se filmen om bryggan"}},
		{"the words of a post", `<figure class="wp-block-embed"><blockquote><p>Neuf bateaux au quai ce matin.</p></blockquote></figure>`, nil},
		{"an address in the text", `<p>` + address + `</p>`, nil},
		{"a figure of the text", `<figure class="chart"><p><a href="/84">Zahlen des Hafenamts</a></p></figure>`, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			bd := keepAll(t, `<article>`+para+c.page+para[:len(para)-5]+` again.</p></article>`)
			sweepText(bd, &judge.Signals{})
			if got := bd.dropped(); !slices.Equal(got, c.want) {
				t.Errorf("out are %q, want %q", got, c.want)
			}
		})
	}
}

// A line of what is told of the text stands before it in a box for that, and may be as long
// as a paragraph.
func TestMetaLines(t *testing.T) {
	const zh = `<p>上个月我把家里的旧笔记本改成了一台小服务器，最先出问题的是系统时间。</p>`
	const de = `<p>Als wir den alten Laptop zum kleinen Server gemacht haben, ging als Erstes die Uhr falsch, und im Protokoll stand zwei Tage lang nichts.</p>`
	for _, c := range []struct {
		name, page string
		want       []string
	}{
		{"spans", `<div class="post-meta"><span>发表于 2024-03-05</span><span>更新于 2024-04-01</span><span>分类于 技术与生活</span><span>本文字数：一千二百 阅读时长大约四分钟</span></div>` + zh, []string{"发表于 2024-03-05更新于 2024-04-01分类于 技术与生活本文字数：一千二百 阅读时长大约四分钟"}},
		{"a paragraph", `<p class="entry-meta">Geschrieben am 5. März 2024, zuletzt geändert am 1. April 2024, in der Rubrik Kleine Server, 1200 Wörter, vier Minuten Lesezeit</p>` + de, []string{"Geschrieben am 5. März 2024, zuletzt geändert am 1. April 2024, in der Rubrik Kleine Server, 1200 Wörter, vier Minuten Lesezeit"}},
		{"a sentence", `<p class="entry-meta">Am 5. März 2024 haben wir den alten Laptop zum kleinen Server gemacht, und am Tag darauf stand die Uhr still.</p>` + de, nil},
		{"a date alone", `<p class="entry-meta">5. März 2024</p>` + de, nil},
		{"no date", `<p class="entry-meta">Kleine Server</p>` + de, nil},
		{"no box for it", `<p>5. März 2024, Kleine Server</p>` + de, nil},
	} {
		bd := keepAll(t, `<article>`+c.page+`</article>`)
		Mend(bd, &judge.Signals{})
		if got := bd.dropped(); !slices.Equal(got, c.want) {
			t.Errorf("%s: out are %q, want %q", c.name, got, c.want)
		}
	}
}
