package encodings

import (
	"bytes"
	"compress/gzip"
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"

	"newsclip/clean/article"
)

const (
	german    = "Die Brücke über den Fluss wurde gestern früh für den Verkehr geöffnet. Fußgänger müssen künftig einen längeren Weg wählen, hieß es aus dem Rathaus. Die Bürger ärgern sich darüber."
	quoted    = "Le maire a déclaré que l’été serait chaud\u00a0– «\u00a0très chaud\u00a0» – et que les fêtes n’auraient pas lieu à l’hôtel de ville… Près de 400\u00a0€ de dégâts."
	russian   = "Мост через реку открыли для движения вчера утром. Пешеходам придётся выбирать более длинный путь, сообщили в мэрии. Жители города недовольны этим решением."
	japanText = "昨日の朝、川にかかる橋が開通した。歩行者は遠回りをしなければならないと市役所は発表した。住民はこの決定に不満を抱いている。"
	korean1   = "어제 아침 강을 가로지르는 다리가 개통되었다. 보행자들은 더 먼 길로 돌아가야 한다고 시청이 밝혔다. 주민들은 이 결정에 불만을 품고 있다."
	chinese   = "昨天上午，跨河大桥正式通车。市政府表示，行人今后需要绕行更远的路线。当地居民对这一决定表示不满，希望政府重新考虑。"
	thai      = "เมื่อเช้าวานนี้สะพานข้ามแม่น้ำเปิดให้รถวิ่งได้แล้ว เทศบาลแจ้งว่าคนเดินเท้าต้องใช้เส้นทางที่ยาวกว่าเดิม ชาวเมืองไม่พอใจกับเรื่องนี้"
	turkish   = "Nehrin üzerindeki köprü dün sabah trafiğe açıldı. Yayaların bundan böyle daha uzun bir yol seçmesi gerektiği belediyece bildirildi. Şehir halkı bu karara kızgın, başkan ise sabırlı."
	czech     = "Most přes řeku byl včera ráno otevřen pro dopravu. Chodci si budou muset zvolit delší cestu, řekli na radnici. Obyvatelé města se v pondělí sešli a jsou z toho rozčilení a žádají jiné řešení."
	taiwan    = "昨天上午，跨河大橋正式通車。市政府表示，行人今後需要繞行更遠的路線。當地居民對這一決定表示不滿，希望政府重新考慮。"
)

// page sets text between markup, with head inside the head.
func page(head, text string) string {
	return "<!doctype html><html><head>" + head + "<title>News</title></head><body><div class=\"story\"><p>" + text + "</p></div></body></html>"
}

func encode(t *testing.T, e encoding.Encoding, s string) []byte {
	t.Helper()
	b, err := e.NewEncoder().Bytes([]byte(s))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestDecode(t *testing.T) {
	late := strings.Repeat("<style>p{color:red}</style>\n", 800) // over 20 KiB
	meta := func(c string) string { return `<meta charset="` + c + `">` }
	httpEquiv := func(c string) string {
		return `<META content='text/html; charset=` + c + `' http-equiv=Content-Type>`
	}
	tests := []struct {
		name   string
		enc    encoding.Encoding
		head   string
		header string
		text   string
	}{
		{"utf-8 that calls itself latin1", encoding.Nop, meta("iso-8859-1"), "text/html; charset=iso-8859-1", german},
		{"windows-1252 called latin1 by its header", charmap.Windows1252, "", "text/html; charset=ISO-8859-1", quoted},
		{"windows-1252 called latin1 by its meta", charmap.Windows1252, meta("latin1"), "", quoted},
		{"windows-1252 called utf-8", charmap.Windows1252, meta("utf-8"), "text/html; charset=UTF-8", german},
		{"windows-1252 without a label", charmap.Windows1252, "", "", german},
		{"windows-1252 called something unknown", charmap.Windows1252, meta("x-none"), "text/html; charset=", german},
		{"windows-1252 called shift_jis", charmap.Windows1252, meta("shift_jis"), "", german},
		{"windows-1251 declared late", charmap.Windows1251, late + meta("windows-1251"), "", russian},
		{"windows-1251 with a latin1 header", charmap.Windows1251, httpEquiv("windows-1251"), "text/html; charset=iso-8859-1", russian},
		{"windows-1251 called latin1 by all", charmap.Windows1251, meta("iso-8859-1"), "text/html; charset=iso-8859-1", russian},
		{"windows-1251 without a label", charmap.Windows1251, "", "", russian},
		{"koi8-r by its header", charmap.KOI8R, "", "text/html;charset=koi8-r", russian},
		{"koi8-r without a label", charmap.KOI8R, "", "", russian},
		{"koi8-r called windows-1251", charmap.KOI8R, meta("windows-1251"), "", russian},
		{"windows-1251 called koi8-r", charmap.Windows1251, "", "text/html; charset=koi8-r", russian},
		{"windows-1251 in capitals", charmap.Windows1251, meta("windows-1251"), "", strings.ToUpper(russian)},
		{"windows-874 without a label", charmap.Windows874, "", "", thai},
		{"windows-874 called utf-8", charmap.Windows874, meta("utf-8"), "", thai},
		{"windows-874 called latin1", charmap.Windows874, "", "text/html; charset=iso-8859-1", thai},
		{"windows-1254 called latin1", charmap.Windows1254, meta("iso-8859-1"), "", turkish},
		{"windows-1250 called latin1", charmap.Windows1250, meta("iso-8859-1"), "", czech},
		{"iso-8859-2 called windows-1252", charmap.ISO8859_2, meta("windows-1252"), "", strings.NewReplacer("š", "c", "ž", "z").Replace(czech)},
		{"utf-16 little endian with a mark", unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), "", "", russian},
		{"utf-16 big endian with a mark", unicode.UTF16(unicode.BigEndian, unicode.UseBOM), "", "", quoted},
		{"utf-16 little endian without a mark", unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), meta("utf-16"), "", german},
		{"utf-16 big endian without a mark", unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), "", "", german},
		{"utf-8 with a mark", unicode.UTF8BOM, meta("windows-1252"), "", quoted},
		{"gbk called gb2312", simplifiedchinese.GBK, meta("gb2312"), "", chinese},
		{"gb18030", simplifiedchinese.GB18030, meta("gbk"), "", chinese + "😀"},
		{"gbk without a label", simplifiedchinese.GBK, "", "", chinese},
		{"gbk with a utf-8 header", simplifiedchinese.GBK, "", "text/html; charset=utf-8", chinese},
		{"big5", traditionalchinese.Big5, meta("big5"), "", taiwan},
		{"big5 without a label", traditionalchinese.Big5, "", "", taiwan},
		{"euc-kr", korean.EUCKR, httpEquiv("ks_c_5601-1987"), "", korean1},
		{"euc-kr without a label", korean.EUCKR, "", "", korean1},
		{"shift_jis", japanese.ShiftJIS, meta("x-sjis"), "", japanText},
		{"shift_jis without a label", japanese.ShiftJIS, "", "", japanText},
		{"euc-jp", japanese.EUCJP, late + httpEquiv("EUC-JP"), "", japanText},
		{"euc-jp without a label", japanese.EUCJP, "", "", japanText},
		{"iso-2022-jp", japanese.ISO2022JP, meta("iso-2022-jp"), "", japanText},
		{"iso-2022-jp called utf-8", japanese.ISO2022JP, meta("utf-8"), "", japanText},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			want := page(tt.head, tt.text)
			got, err := Decode(encode(t, tt.enc, want), tt.header, 0)
			if err != nil {
				t.Fatal(err)
			}
			if string(got) != want {
				k := bytes.Index(got, []byte("<p>"))
				t.Errorf("got %.120q", got[max(k, 0):])
			}
		})
	}
}

// TestDecodeMixed: a page has parts in two encodings, and signs that were cut off.
func TestDecodeMixed(t *testing.T) {
	in := func(enc *charmap.Charmap, s string) string {
		out, err := enc.NewEncoder().String(s)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	big5, err := traditionalchinese.Big5.NewEncoder().String("<p>" + taiwan + "</p>")
	if err != nil {
		t.Fatal(err)
	}
	utf := strings.Repeat("<p>Überblick über die Größe – “quoted”</p>", 3)
	for _, c := range []struct{ name, page, header, want string }{
		{"some bytes of Windows-1252", utf + in(charmap.Windows1252, "<p>Es wäre Flut – “it wasn’t”</p>"), "", utf + "<p>Es wäre Flut – “it wasn’t”</p>"},
		{"some words of Windows-1251", strings.Repeat("<p>Прилив и отлив</p>", 9) + in(charmap.Windows1251, "<p>Причал пустовал, и паром ждал до утра прилива</p>"), "", strings.Repeat("<p>Прилив и отлив</p>", 9) + "<p>Причал пустовал, и паром ждал до утра прилива</p>"},
		{"a template of Windows-1252 and a text of UTF-8", in(charmap.Windows1252, strings.Repeat("<li>Übersee, Müllabfuhr, Straße</li>", 5)) + "<p>Die Fähre über die Mündung fährt spät.</p>", "text/html; charset=iso-8859-1",
			strings.Repeat("<li>Übersee, Müllabfuhr, Straße</li>", 5) + "<p>Die Fähre über die Mündung fährt spät.</p>"},
		{"a template of Windows-1251 and a text of UTF-8", in(charmap.Windows1251, strings.Repeat("<li>Расписание паромов на завтра</li>", 9)) + "<p>Паром ждал утра.</p>", "text/html; charset=windows-1251",
			strings.Repeat("<li>Расписание паромов на завтра</li>", 9) + "<p>Паром ждал утра.</p>"},
		{"words of one letter in Windows-1251", in(charmap.Windows1251, "<p>В среду в порту её ждали, В тот день</p>") + strings.Repeat("<p>Прилив</p>", 4), "text/html; charset=windows-1251", "<p>В среду в порту её ждали, В тот день</p>" + strings.Repeat("<p>Прилив</p>", 4)},
		{"a text of Big5 and a box of UTF-8", big5 + strings.Repeat("<li>渡輪恢復營運，市民歡迎</li>", 9), "text/html; charset=big5", "<p>" + taiwan + "</p>" + strings.Repeat("<li>渡輪恢復營運，市民歡迎</li>", 9)},
		{"Ukrainian, whose words can be UTF-8 by chance", in(charmap.Windows1251, "<p>Ці човни, ті причали, Ві та Сі.</p><p>Ці, Ці, Ті, Рі.</p>"), "text/html; charset=windows-1251", "<p>Ці човни, ті причали, Ві та Сі.</p><p>Ці, Ці, Ті, Рі.</p>"},
		{"cut off", utf + "<p>Gr\xc3</p><p>quoted\xe2\x80</p><p>潮が\xe6\xba</p>", "", utf + "<p>Gr\uFFFD</p><p>quoted\uFFFD</p><p>潮が\uFFFD</p>"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := Decode([]byte(page("", c.page)), c.header, 0)
			if err != nil || string(got) != page("", c.want) {
				t.Errorf("got %q, %v; want %q", got, err, page("", c.want))
			}
		})
	}
}

func TestDecodeTakesNoCopyOfUTF8(t *testing.T) {
	in := []byte(page("", russian))
	got, err := Decode(in, "text/html; charset=windows-1251", 0)
	if err != nil || &got[0] != &in[0] {
		t.Errorf("copied, or %v", err)
	}
	if n := testing.AllocsPerRun(10, func() { _, _ = Decode(in, "", 0) }); n > 0 {
		t.Errorf("%v allocations", n)
	}
}

func TestDecodeRefuses(t *testing.T) {
	var gz bytes.Buffer
	w := gzip.NewWriter(&gz)
	_, _ = w.Write([]byte(page("", german)))
	_ = w.Close()
	tests := []struct {
		name, in, code string
	}{
		{"nothing", "", "empty"},
		{"white space", " \r\n\t ", "empty"},
		{"a mark alone", "\xef\xbb\xbf", "empty"},
		{"a utf-16 mark alone", "\xff\xfe", "empty"},
		{"pdf", "%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog >>", "not_html"},
		{"png", "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x10", "not_html"},
		{"jpeg", "\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01", "not_html"},
		{"zip", "PK\x03\x04\x14\x00\x00\x00\x08\x00", "not_html"},
		{"gzip", gz.String(), "not_html"},
		{"zeros", strings.Repeat("\x00", 600), "not_html"},
		{"unknown binary", strings.Repeat("\x01\x02\x80\xfe\x13<p", 100), "not_html"},
		{"too large", page("", strings.Repeat("word ", 1000)), "too_large"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			limit := 0
			if tt.code == "too_large" {
				limit = len(tt.in) - 1
			}
			_, err := Decode([]byte(tt.in), "text/html", limit)
			var e *article.Error
			if !errors.As(err, &e) || e.Code != tt.code || e.Message == "" {
				t.Errorf("got %v, want code %s", err, tt.code)
			}
		})
	}
}

// A stray control sign is no reason to refuse a page.
func TestDecodeKeepsStrayControls(t *testing.T) {
	in := page("", german+"\x00\x0b"+german)
	if got, err := Decode([]byte(in), "", 0); err != nil || string(got) != in {
		t.Errorf("%q %v", got, err)
	}
}

func FuzzDecode(f *testing.F) {
	for _, s := range []string{page("", russian), "\xff\xfe<\x00p\x00", "\x1b$B$3\x1b(B", "<meta charset=", "<?xml encoding='", "\x00\x00<", page(`<meta charset="big5">`, "\xa4\xa4\xa4\xe5\xff")} {
		f.Add([]byte(s), "text/html; charset=x")
	}
	f.Fuzz(func(t *testing.T, b []byte, header string) {
		out, err := Decode(b, header, 0)
		if err == nil && !utf8.Valid(out) {
			t.Errorf("not UTF-8: %q", out)
		}
	})
}
