package page_test

import (
	"fmt"
	"strings"
	"testing"

	"newsclip/clean/internal/page"
	"newsclip/clean/internal/pagetest"
	"newsclip/selectors"
)

func TestAnswersTellComments(t *testing.T) {
	const story = `<h1>Bridge</h1><div class="x1"><p>The council voted on Tuesday to rebuild the old bridge.</p></div>`
	comments := func(form string) string {
		var b strings.Builder
		for k := range 4 {
			fmt.Fprintf(&b, form, k)
		}
		return b.String()
	}
	for name, c := range map[string]struct {
		page string
		want bool
	}{
		"boxes":           {story + `<div class="x2">` + comments(`<div class="x3"><b>Ana %d</b><div><p>Nobody asked us about the bridge.</p><p><a href="#">Odpowiedz</a></p></div></div>`) + `</div>`, true},
		"list":            {story + `<ul>` + comments(`<li>Piter %d<p>Nobody asked us.</p><button>Ответить</button></li>`) + `</ul>`, true},
		"among buttons":   {story + `<div>` + comments(`<div class="x3">Lena %d<p>Nobody asked us.</p><div><a href="#">Gefällt mir</a> · <a href="#">Antworten</a> · 2 Std.</div></div>`) + `</div>`, true},
		"Chinese":         {story + `<div>` + comments(`<div class="x3">用户 %d<p>没有人问过我们。</p><a href="#">回复</a></div>`) + `</div>`, true},
		"answers within":  {story + `<div>` + comments(`<div class="x3">Ana %d<p>Nobody asked.</p><a href="#">Reply</a><div class="x3">Bo<p>True.</p><a href="#">Reply</a></div></div>`) + `</div>`, true},
		"answers":         {story + `<dl>` + comments(`<dd class="x3"><h3>Question %d?</h3><p>Svar</p><p>Nobody asked us.</p></dd>`) + `</dl>`, false},
		"two boxes":       {story + `<div><div class="x3"><p>One.</p><a href="#">Reply</a></div><div class="x3"><p>Two.</p><a href="#">Reply</a></div></div>`, false},
		"unlike boxes":    {story + `<div><div class="x3"><p>One.</p><a href="#">Reply</a></div><div class="x4"><p>Two.</p><a href="#">Reply</a></div><ul><li>Three.</li><li><a href="#">Reply</a></li></ul></div>`, false},
		"words of a text": {story + `<ul>` + comments(`<li class="x3"><b>Question %d</b><p>No reply came.</p><p>The answer is long, and nobody gave it to the council.</p></li>`) + `</ul>`, false},
		"headline within": {`<div>` + comments(`<div class="x3"><h1>Post %d</h1><p>A post of a forum.</p><a href="#">Reply</a></div>`) + `</div>`, false},
	} {
		tree := pagetest.MustParse(t, "<body>"+c.page)
		role := page.RoleIndex(selectors.Comment)
		for _, b := range tree.Blocks() {
			inStory := strings.HasPrefix(b.Text, "The council") || b.Text == "Bridge"
			if got := b.RoleDepth[role] > 0; got != (c.want && !inStory) {
				t.Errorf("%s: %q is a comment: %v", name, b.Text, got)
			}
		}
	}
}
