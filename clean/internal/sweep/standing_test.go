package sweep

import (
	"strings"
	"testing"

	"newsclip/clean/internal/judge"
	"newsclip/clean/internal/text"
)

// TestStandingLines: what a page's program writes on each page goes, at unusual places too;
// what a writer says with the same words stays.
func TestStandingLines(t *testing.T) {
	const ferry = "The ferry that crossed the bay for forty years was sold on Monday, and its new owner wants to make a museum of it."
	for _, c := range []struct{ name, page, want string }{
		{"the line of a feed", "<p>" + ferry + `</p><p>The post <a href=/a>The ferry is sold</a> appeared first on <a href=/>The Quay</a>.</p>`, ferry},
		{"without links", "<div>" + ferry + `</div><div>The post The ferry is sold appeared first on The Quay.</div>`, ferry},
		{"German", "<p>" + ferry + `</p><p>Der Beitrag <a href=/a>Die Fähre</a> erschien zuerst auf <a href=/>Hafenblatt</a>.</p>`, ferry},
		{"Polish", "<p>" + ferry + `</p><p>Artykuł <a href=/a>Prom</a> pochodzi z serwisu <a href=/>Zatoka</a>.</p>`, ferry},
		{"Korean", "<p>" + ferry + `</p><p>게시물 <a href=/a>여객선 매각</a>이 <a href=/>만신문</a>에 처음 등장했습니다.</p>`, ferry},
		{"a player without scripts", "<p>" + ferry + "</p><div><p>To view this video, please enable JavaScript.</p></div><p>" + ferry + " It is old.</p>", ferry + "|" + ferry + " It is old."},
		{"a player without scripts, Dutch", "<p>" + ferry + "</p><div>Schakel JavaScript in om deze video te bekijken</div><p>" + ferry + " It is old.</p>", ferry + "|" + ferry + " It is old."},
		{"another post", "<p>" + ferry + `</p><p>The post about an old quay appeared first on a wall of the harbour.</p>`, ferry + "|The post about an old quay appeared first on a wall of the harbour."},
		{"a vote", "<p>5/5 - (1 vote)</p><p>" + ferry + "</p>", ferry},
		{"a vote, Russian", "<div>5/5 - (12 голосов)</div><div>" + ferry + "</div>", ferry},
		{"a question at the top", "<p>Was this article helpful?</p><p>" + ferry + "</p>", ferry},
		{"a question amid the text, Turkish", "<p>" + ferry + "</p><p>Bu yazı işinize yaradı mı?</p><p>" + ferry + " It is old.</p>", ferry + "|" + ferry + " It is old."},
		{"views", "<p>Visualizaciones</p><p>Visitas: 1234</p><p>" + ferry + "</p>", "Visualizaciones|" + ferry},
		{"minutes at the top", "<p>5 min read</p><p>" + ferry + "</p>", ferry},
		{"minutes in a recipe", "<p>" + ferry + "</p><p>30 minutes</p>", ferry + "|30 minutes"},
		{"minutes to read amid the text", "<p>" + ferry + "</p><p>3 MIN. READ</p><p>" + ferry + " It is old.</p>", ferry + "|" + ferry + " It is old."},
		{"the same, Polish", "<p>" + ferry + "</p><p>5 min czytania</p>", ferry},
		{"minutes in a recipe, Japanese", "<p>" + ferry + "</p><p>約10分</p>", ferry + "|約10分"},
		{"a label", "<p>" + ferry + "</p><p>Sources:</p><p>" + ferry + " It is old.</p>", ferry + "|Sources:|" + ferry + " It is old."},
		{"a heading that asks", "<p>" + ferry + "</p><h3>Sign up for our newsletter</h3><p>" + ferry + " It is old.</p>", ferry + "|" + ferry + " It is old."},
		{"a line of rights", "<p>" + ferry + "</p><div>© 2024 The Quay</div>", ferry},
		{"rights, German", "<p>" + ferry + "</p><div>Copyright © Hafenblatt GmbH 2024</div>", ferry},
		{"rights behind links, Czech", "<p>" + ferry + `</p><div><a href="/p">Podmínky užití</a> © 2026 Přístav</div>`, ferry},
		{"a sentence with the sign", "<p>" + ferry + "</p><p>The plate said so. © 2026, it went on.</p>", ferry + "|The plate said so. © 2026, it went on."},
		{"a sentence about rights", "<p>" + ferry + "</p><p>Copyright law says so.</p>", ferry + "|Copyright law says so."},
		{"an answer", "<p>" + ferry + "</p><p>– Yes.</p><p>Ja.</p><p>" + ferry + " It is old.</p>", ferry + "|– Yes.|Ja.|" + ferry + " It is old."},
		{"a button at the top", "<p>Print</p><p>" + ferry + "</p>", ferry},
		{"a heading", "<p>" + ferry + "</p><h2>Share</h2><p>" + ferry + " It is old.</p>", ferry + "|Share|" + ferry + " It is old."},
		{"in a layout", "<table><tr><td><p>" + ferry + "</p><div>¿Te ha resultado útil este artículo?</div></td></tr></table>", ferry},
		{"a label in a layout", "<table><tr><td>Speed</td></tr><tr><td><p>" + ferry + "</p></td></tr></table>", "Speed|" + ferry},
		{"in a table of data", "<p>" + ferry + "</p><table><tr><th>What</th><th>Answer</th></tr><tr><td>Was this article helpful?</td><td>No</td></tr></table>", ferry + "|What|Answer|Was this article helpful?|No"},
		{"what opens the rest, Dutch", "<p>" + ferry + "</p><details><summary>Lees verder</summary><p>" + ferry + " It is old.</p></details>", ferry + "|" + ferry + " It is old."},
		{"a question that opens", "<p>" + ferry + "</p><details><summary>Wanneer?</summary><p>" + ferry + " It is old.</p></details>", ferry + "|Wanneer?|" + ferry + " It is old."},
		{"an item", "<p>" + ferry + "</p><ul><li>Print</li><li>Save</li></ul>", ferry + "|Print|Save"},
	} {
		t.Run(c.name, func(t *testing.T) {
			bd := keepAll(t, "<article>"+c.page+"</article>")
			sig := &judge.Signals{}
			text.EachWord("the ferry is sold", func(h uint64) { sig.TitleSet.At(h) })
			standingLines(bd, sig)
			var got []string
			for k := range bd.Blocks {
				if bd.Verdicts[k].Keep {
					got = append(got, bd.Blocks[k].Text)
				}
			}
			if strings.Join(got, "|") != c.want {
				t.Errorf("text is %q, want %q", got, c.want)
			}
		})
	}
}
