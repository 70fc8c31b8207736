package sweep

import (
	"strings"
	"testing"
)

// TestLedLinks: links that stand under a line which names related pages go with it.
func TestLedLinks(t *testing.T) {
	const ferry = "<p>The ferry that crossed the bay for forty years was sold on Monday, and its new owner wants to make a museum of it.</p>"
	const links = "<p><a href=/1>The harbour is empty</a></p><div><a href=/2>A new quay is wanted</a></div>"
	for _, c := range []struct{ name, html, out, want string }{
		{"under a label", ferry + "<p><b>You might also like</b></p>" + links + ferry, "also like", ""},
		{"German, of one link", ferry + "<div>Das könnte Sie auch interessieren</div><p><a href=/1>Der Hafen ist leer</a></p>" + ferry, "interessieren", ""},
		{"Japanese", ferry + "<p>関連記事</p><p><a href=/1>港に船がいない</a></p>" + ferry, "関連記事", ""},
		{"in a table that lays the page out", "<table width=600><tr><td>" + ferry + "<p>Bunu da okuyun</p><p><a href=/1>Liman boş</a></p>" + ferry + "</td></tr></table>", "okuyun", ""},
		{"in a table of data", ferry + "<table><tr><th>Related</th><th>Place</th></tr><tr><td>Related stories</td><td><a href=/1>The harbour is empty</a></td></tr></table>", "Related stories", "The harbour is empty"},
		{"under a label that stays", ferry + "<p>Related stories</p>" + links, "", "The harbour is empty|A new quay is wanted"},
		{"under another line", ferry + "<p>What we wrote</p>" + links, "wrote", "The harbour is empty|A new quay is wanted"},
		{"to other sites", ferry + "<p>Related stories</p><p><a href=https://other.example/1>A ferry elsewhere</a></p>", "Related", "A ferry elsewhere"},
		{"headings", ferry + "<p>Related stories</p><h2><a href=/1>The harbour is empty</a></h2>" + ferry, "Related", "The harbour is empty"},
	} {
		t.Run(c.name, func(t *testing.T) {
			out := []string{"the models drop nothing"}
			if c.out != "" {
				out[0] = c.out
			}
			bd := keepAll(t, "<article>"+c.html+"</article>", out...)
			ledLinks(bd)
			var got []string
			for k := range bd.Blocks {
				if bd.Verdicts[k].Keep && bd.Blocks[k].Links > 0 {
					got = append(got, bd.Blocks[k].Text)
				}
			}
			if strings.Join(got, "|") != c.want {
				t.Errorf("links kept are %q, want %q", got, c.want)
			}
		})
	}
}
