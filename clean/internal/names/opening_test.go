package names

import (
	"strings"
	"testing"
)

func TestNamesInBrackets(t *testing.T) {
	for _, c := range []struct{ lang, opening, closing, want string }{
		{"zh", "【记者王小明／盐港报道】港务委员会决定", "", "王小明"},
		{"zh", "【記者王小明、李華／台北報導】港務委員會", "", "王小明|李華"},
		{"zh", "（本报记者 王小明）港务委员会决定", "", "王小明"},
		{"ko", "[염항=김바다 기자] 항만위원회는", "", "김바다"},
		{"ja", "【山田太郎記者】港湾委員会は", "", "山田太郎"},
		{"zh", "【编者按】港务委员会决定", "", ""},
		{"zh", "【盐港讯】港务委员会决定", "", ""},
		{"ko", "[사진] 항만위원회는", "", ""},
		{"en", "[Correction] The board", "", ""},
		{"ja", "", "【山田太郎】", "山田太郎"},
		{"ja", "", "【ロンドン＝山田太郎】", "山田太郎"},
		{"ko", "", "[김바다 기자 bada@example.org]", "김바다"},
		{"zh", "", "（记者 王小明）", "王小明"},
		{"zh", "", "（编辑：王小明）", ""},
		{"ko", "", "[김바다 기자] 항만위원회는", ""},
		{"ja", "", "【関連記事】", ""},
		{"ja", "", "【写真】", ""},
		{"ja", "", "【山田太郎】が話した。", ""},
		{"zh", "", "【山田太郎】", ""},
	} {
		n := NameReader{Lang: c.lang}
		got := strings.Join(append(n.OfOpening(c.opening), n.OfClosing(c.closing)...), "|")
		if got != c.want {
			t.Errorf("%s: of %q and %q come %q, want %q", c.lang, c.opening, c.closing, got, c.want)
		}
	}
}
