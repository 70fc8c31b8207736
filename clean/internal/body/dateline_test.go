package body

import (
	"testing"

	"newsclip/clean/internal/judge"
)

// TestLeadingDay: the day in an element of its own at the head of the first paragraph is cut off it.
func TestLeadingDay(t *testing.T) {
	const text = "Комп, що сорок років ходив через затоку, продали в понеділок, і новий власник хоче зробити з нього музей, як він написав місту."
	for _, c := range []struct{ name, page, want string }{
		{"with a class", `<div><span class="post-date">14.04.2009</span> ` + text + `<br><br>` + text + ` Так і буде.</div>`, text},
		{"without one", `<div><span>14.04.2009</span> ` + text + `</div>`, "14.04.2009 " + text},
		{"more than a day", `<div><span class="post-date">14.04.2009 комп нарешті продав новий господар</span> ` + text + `</div>`, "14.04.2009 комп нарешті продав новий господар " + text},
		{"no day", `<div><span class="post-date">Понеділок</span> ` + text + `</div>`, "Понеділок " + text},
	} {
		bd := keepAll(t, c.page)
		sweepText(bd, &judge.Signals{})
		if got := bd.Blocks[0].Text; got != c.want {
			t.Errorf("%s: the first paragraph is %q", c.name, got)
		}
	}
}
