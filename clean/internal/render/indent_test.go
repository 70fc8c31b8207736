package render

import (
	"strings"
	"testing"
)

// TestIndentedLines: a line break and white space begin a paragraph on old pages, and a
// line of verse where the lines are short.
func TestIndentedLines(t *testing.T) {
	const a, b = "Мост через реку открыли для движения вчера утром, и пешеходам больше не придётся выбирать длинный путь вдоль берега до старого города.", "Жители города довольны этим решением, а мэрия обещает построить ещё один мост через год, как только найдутся деньги на него."
	for _, c := range []struct{ name, in, want string }{
		{"by two spaces that do not break", a + "<br>\n&nbsp;&nbsp;" + b, a + "\n\n" + b},
		{"by such and another", a + "<br>&nbsp; &nbsp;" + b, a + "\n\n" + b},
		{"by a wide space", strings.Repeat("昨日の朝、川にかかる橋が開通した。", 4) + "<br>　住民は喜んだ。", strings.Repeat("昨日の朝、川にかかる橋が開通した。", 4) + "\n\n住民は喜んだ。"},
		{"by nothing", a + "<br>" + b, a + "\n" + b},
		{"verse", "Река течёт,<br>&nbsp;&nbsp;мост стоит", "Река течёт,\nмост стоит"},
	} {
		if got := PlainBody(keepAll(t, "<div>"+c.in+"</div>")); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}
