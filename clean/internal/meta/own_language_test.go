package meta

import (
	"strings"
	"testing"

	"newsclip/clean/internal/evidence"
)

// TestBylinesInTheirLanguage reads bylines whose words are words in the language of the
// text alone, or whose signs need it.
func TestBylinesInTheirLanguage(t *testing.T) {
	for _, c := range []struct{ lang, sentence, before, after, want string }{
		{"sv", "Stormen rev upp taket på den gamla hamnen under natten. ", `<p>Hamnen | 6 maj 2024 | Av Elsa Hjort</p>`, "", "Elsa Hjort"},
		{"sk", "Búrka v noci strhla strechu starého prístavu a prievoz nejazdí. ", `<p>6. mája 2024 — Jana Nováková</p>`, "", "Jana Nováková"},
		{"th", "พายุพัดหลังคาท่าเรือเก่าพังในคืนนี้และเรือหยุดวิ่ง ", `<p>เผยแพร่ ๖ พฤษภาคม ๒๕๖๗ เวลา ๑๐:๑๕ น. โดย วิภา แสงทอง</p>`, "", "วิภา แสงทอง"},
		{"hr", "Oluja je noću odnijela krov stare luke i trajekt ne vozi. ", `<p>Ana Horvat, 6. svibnja 2024</p>`, "", "Ana Horvat"},
		{"it", "La tempesta ha portato via il tetto del vecchio porto nella notte. ", `<p>Gianni Porta · <span>3 settimane fa</span></p>`, "", "Gianni Porta"},
		{"hu", "A vihar éjjel elvitte a régi kikötő tetejét, és a komp nem jár. ", "", `<p>Nagy Anna</p><p>Forrás: Kikötői Hírek</p>`, "Nagy Anna"},
		{"fa", "باد شب بام بندر کهنه را برد و کشتی نرفت. ", "", `<div class="PostFooter">+ نوشته شده در جمعه یکم تیر ۱۴۰۳ ساعت 9:05 توسط نسرین رضایی | <a href="/c">نظرات</a></div>`, "نسرین رضایی"},
		{"hy", "Քամին գիշերը տարավ հին նավահանգստի տանիքը։ ", `<p>Հեղինակ՝ Մարիամ Պետրոսյան</p>`, "", "Մարիամ Պետրոսյան"},
		{"he", "הרוח לקחה בלילה את גג הנמל הישן והמעבורת לא יצאה. ", `<div class="entry-meta"><span>ט"ו בסיוון התשע"ח</span> <span>מאת נועה פרץ</span></div>`, "", "נועה פרץ"},
		{"vi", "Gió đêm qua cuốn bay mái bến cảng cũ và phà không chạy. ", "", `<p><b>Tác giả bài viết:</b> Lê Thị Mai</p><p><b>Nguồn tin:</b> Báo Bến</p>`, "Lê Thị Mai"},
		{"zh", "海上起了风暴，港口整夜关闭。", "", `<p>（记者 李华）</p><p>责任编辑：王小明</p>`, "李华"},
	} {
		p := `<p>` + strings.Repeat(c.sentence, 6) + `</p>`
		md := metadataOf(t, `<html lang="`+c.lang+`"><head><title>QX 7 [FOTO]</title></head><body><main><article><h1>QX 7 [FOTO]</h1>`+c.before+p+p+p+c.after+`</article></main>`)
		if got := evidence.Names(md.Authors); got != c.want {
			t.Errorf("%s: got %q, want %q", c.lang, got, c.want)
		}
	}
}
