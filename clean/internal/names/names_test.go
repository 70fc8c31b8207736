package names

import (
	"slices"
	"strings"
	"testing"
)

func TestSplitNames(t *testing.T) {
	for _, c := range []struct {
		in    string
		field bool
		want  string // names parted by |
	}{
		{"By Ana Ferrer", false, "Ana Ferrer"},
		{"Written by: Ana Ferrer", false, "Ana Ferrer"},
		{"Por Ana Ferrer / 11 de março de 2025, 08h42", false, "Ana Ferrer"},
		{"文・山田はるか / 2025年3月11日 8時42分", false, "山田はるか"},
		{"Von Jörg Ahlers", false, "Jörg Ahlers"},
		{"Ein Kommentar von Jörg Ahlers", false, "Jörg Ahlers"},
		{"Por Ana Ferrer", false, "Ana Ferrer"},
		{"Par Luc Morel et Ana Ferrer", false, "Luc Morel|Ana Ferrer"},
		{"Di Carla Neri e Ana Ferrer", false, "Carla Neri|Ana Ferrer"},
		{"Av Ola Moe og Kari Lie", false, "Ola Moe|Kari Lie"},
		{"Door Piet de Wit en Ana Ferrer", false, "Piet de Wit|Ana Ferrer"},
		{"Автор: Иван Петров", false, "Иван Петров"},
		{"By Ana Ferrer, Luc Morel and Jo Doe", false, "Ana Ferrer|Luc Morel|Jo Doe"},
		{"Ana Ferrer, Luc Morel, and Jo Doe", false, "Ana Ferrer|Luc Morel|Jo Doe"},
		{"Ana Ferrer & Luc Morel", false, "Ana Ferrer|Luc Morel"},
		{"Ana Ferrer, MD, Ph.D.", false, "Ana Ferrer, MD, Ph.D."},
		{"Ana Ferrer, E-RYT 500", false, "Ana Ferrer, E-RYT 500"},
		{"Ana Ferrer, RYT 200, and Jo Doe", false, "Ana Ferrer, RYT 200|Jo Doe"},
		{"Ana (Ferrer) Holt", true, "Ana (Ferrer) Holt"},
		{"Von Jörg (Jo) Ahlers", false, "Jörg (Jo) Ahlers"},
		{"Bruno (Neves Prado) Lima", true, "Bruno (Neves Prado) Lima"},
		{"By Jo (J.R.) Holt", false, "Jo (J.R.) Holt"},
		{"Anna (eigener Bericht) Holt", false, "Anna"},
		{"dpa (Anna Holt) Berlin", false, "dpa"},
		{"Ana Ferrer (Madrid) Jo Doe", false, "Ana Ferrer"},
		{"Ana (AFP) Ferrer", false, "Ana"},
		{"Hafen-Verlag GmbH, Bremen, Germany", true, "Hafen-Verlag GmbH"},
		{"Harbour Press, Inc.", true, "Harbour Press, Inc."},
		{"Puerto Medios S.R.L., Cádiz", true, "Puerto Medios S.R.L"},
		{"Hafen Web GmbH www.hafenweb.example", true, "Hafen Web GmbH"},
		{"Ana Ferrer Jr.", false, "Ana Ferrer Jr."},
		{"Ana Ferrer, Senior Reporter", false, "Ana Ferrer"},
		{"Ana Ferrer (Madrid)", false, "Ana Ferrer"},
		{"Ana Ferrer | Redakteurin", false, "Ana Ferrer"},
		{"By Ana Ferrer May 6, 2024", false, "Ana Ferrer"},
		{"Ana Ferrer on Tuesday", false, "Ana Ferrer"},
		{"Ana Ferrer 31 May", false, "Ana Ferrer"},
		{"By Ana Ferrer aferrer@post.example", false, "Ana Ferrer"},
		{"VON JÖRG AHLERS | ahlers@hafen.example", false, "JÖRG AHLERS"},
		{"5 min read", false, ""},
		{"Updated 6 May 2024", false, ""},
		{"ana@example.org", false, ""},
		{"https://example.org/ana", false, ""},
		{"admin", true, ""},
		{"Staff Writer", false, ""},
		{"Staff Writer", true, "Staff Writer"},
		{"Travel Expert", true, "Travel Expert"},
		{"Center for Food and Health", true, "Center for Food and Health"},
		{"Research and Development Team", true, "Research and Development Team"},
		{"dpa/AFP", true, "dpa|AFP"},
		{"Last, First", true, "First Last"},
		{"Wit, Piet de", true, "Piet de Wit"},
		{"Piet de Wit, Jo Doe", true, "Piet de Wit|Jo Doe"},
		{"Lindqvist, Mara E.", true, "Mara E. Lindqvist"},
		{"Lindqvist, J. R.", true, "J. R. Lindqvist"},
		{"Lindqvist, Mara Ferrer", true, "Lindqvist|Mara Ferrer"},
		{"Ferreira, Ana Lúcia; Wit, Piet de; Doe, Jo", true, "Ana Lúcia Ferreira|Piet de Wit|Jo Doe"},
		{"Ana Ferreira, Reuters; Jo Doe, AFP", true, "Ana Ferreira|Reuters|Jo Doe|AFP"},
		{"Last, First", false, "Last"},
		{"", true, ""},
	} {
		if got := strings.Join(NameReader{}.Split(c.in, c.field), "|"); got != c.want {
			t.Errorf("split(%q, %v) = %q, want %q", c.in, c.field, got, c.want)
		}
	}
}

// TestNamesByLanguage: a word is a "by", an "and" or the beginning of a place in its
// own language alone, and a part of a name elsewhere.
func TestNamesByLanguage(t *testing.T) {
	for _, c := range []struct {
		lang, in string
		stated   bool
		want     string
	}{
		// names that are words in another language, or in this one
		{"en", "Dan Lamotte", false, "Dan Lamotte"}, {"id", "Dan Lamotte", false, "Dan Lamotte"},
		{"en", "Ed Ferrer and Con Doyle", false, "Ed Ferrer|Con Doyle"}, {"it", "Ed Ferrer", false, "Ed Ferrer"},
		{"en", "Si Ferrer", false, "Si Ferrer"}, {"fi", "Ja Ferrer", false, "Ja Ferrer"}, {"da", "Og Mandel", false, "Og Mandel"},
		{"de", "Mit Romney", false, "Mit Romney"}, {"es", "Con Doyle", true, "Con Doyle"},
		{"en", "Von Miller", false, "Von Miller"}, {"de", "Von Miller", true, "Von Miller"},
		{"de", "Von Ana Ferrer, dpa", true, "Ana Ferrer|dpa"}, {"fr", "Par Ana Ferrer, AFP", true, "Ana Ferrer|AFP"}, {"en", "Von Miller, AP", true, "Von Miller|AP"},
		{"de", "Der „Sturm", false, ""}, {"fr", "Le «Phare", false, ""}, {"en", "Jo “Sea” Doe", false, "Jo “Sea” Doe"},
		{"en", "Par Holm", false, "Par Holm"}, {"fr", "Par Holm", true, "Par Holm"},
		{"en", "Di Rivers", false, "Di Rivers"}, {"it", "Di Rivers", true, "Di Rivers"},
		{"en", "Af Klint", false, "Af Klint"},
		{"es", "Ana dan Luc", false, "Ana dan Luc"},
		// the words themselves
		{"id", "Ana Ferrer dan Luc Morel", false, "Ana Ferrer|Luc Morel"},
		{"fi", "Ana Ferrer ja Luc Morel", false, "Ana Ferrer|Luc Morel"},
		{"de", "Von Ana Ferrer", false, "Ana Ferrer"}, {"en", "By Ana Ferrer", true, "Ana Ferrer"},
		{"it", "di Carla Neri ed Ana Ferrer", false, "Carla Neri|Ana Ferrer"},
		// places, newspapers, agencies
		{"en", "By Ana Ferrer in Port Meridian and Luc Morel in Norhaven", false, "Ana Ferrer|Luc Morel"},
		{"en", "Ana Ferrer and agencies", false, "Ana Ferrer"},
		{"de", "Ana Ferrer und Agenturen", false, "Ana Ferrer"},
		{"en", "By Ana Ferrer for the Harbour Post", false, "Ana Ferrer"},
		{"de", "Von Jörg Ahlers für die Hafenpost", false, "Jörg Ahlers"},
		{"es", "Por Ana Ferrer en Madrid", false, "Ana Ferrer"},
		{"de", "Von Jörg Ahlers, Berlin", false, "Jörg Ahlers"},
		{"de", "Von Jörg Ahlers, dpa", false, "Jörg Ahlers|dpa"},
		{"en", "By Ana Ferrer, Reuters", false, "Ana Ferrer|Reuters"},
		{"fr", "Par Luc Morel, à Bruxelles", false, "Luc Morel"},
		{"fr", "Par Luc Morel (à Bruxelles)", false, "Luc Morel"},
		{"en", "Reporting by Ana Ferrer; Editing by Luc Morel", false, "Ana Ferrer"},
		{"nl", "Sophie in 't Veld", false, "Sophie in 't Veld"},
		{"en", "This post was written by Ana Ferrer", false, "Ana Ferrer"},
		{"en", "Ana Ferrer, Head of Marketing", false, "Ana Ferrer"},
		{"en", "Ana Ferrer, 10+ years at sea", false, "Ana Ferrer"},
		// jobs before and behind
		{"de", "Von Anker-Redakteurin Ana Ferrer", true, "Ana Ferrer"},
		{"de", "Sportredakteur Jörg Ahlers", false, "Jörg Ahlers"},
		{"en", "Staff Reporter Ana Ferrer", false, "Ana Ferrer"},
		{"en", "Ana Ferrer Staff Writer", false, "Ana Ferrer"},
		{"en", "Harbour Post editors", true, "Harbour Post editors"},
		{"fr", "Journaliste Luc Morel", false, "Luc Morel"},
		{"ko", "홍길동 기자", false, "홍길동"}, {"ko", "홍길동기자", true, "홍길동"}, {"ko", "홍길동 특파원", false, "홍길동"},
		{"ja", "山田太郎記者", false, "山田太郎"}, {"ja", "記者 山田太郎", false, "山田太郎"}, {"ja", "山田 太郎 編集委員", false, "山田 太郎"},
		{"zh", "本报记者 张三", false, "张三"}, {"zh", "记者：张三", false, "张三"},
		// labels and jobs of more languages, and what follows a name
		{"no", "Tekst og foto: Ingrid Moe", false, "Ingrid Moe"}, {"nb", "Av Ingrid Moe", false, "Ingrid Moe"}, {"fil", "Ni Maricel Santos", false, "Maricel Santos"},
		{"pl", "Opublikowane przez Ewa Mazur w dniu 14 maja 2024", false, "Ewa Mazur"}, {"sw", "Imeandikwa na Asha Mushi", false, "Asha Mushi"},
		{"uk", "Авторка: Олена Коваль, кореспондентка", false, "Олена Коваль"}, {"ro", "De Ioana Popescu, corespondent la Bruxelles", false, "Ioana Popescu"},
		{"ar", "نشر بواسطة ليلى منصور في 14 نوفمبر 2023", false, "ليلى منصور"}, {"ar", "ليلى منصور مراسلة", false, "ليلى منصور"},
		{"ja", "投稿者：佐藤由美　投稿日：2023年11月14日", false, "佐藤由美"}, {"en", "Last updated: May 6, 2024", false, ""},
		{"fr", "Par Par Lindqvist", false, "Par Lindqvist"}, {"es", "Lucía Ortega es periodista", false, "Lucía Ortega"},
		{"de", "von HAFEN POST", true, "HAFEN POST"}, {"fr", "par LE QUAI", true, "LE QUAI"}, {"de", "von Arnim", true, "von Arnim"}, {"de", "von Arnim Holt", true, "von Arnim Holt"},
		{"de", "Von Jutta Krämer", true, "Jutta Krämer"}, {"fr", "Par Luc Morel", true, "Luc Morel"}, {"it", "Di Carla Neri", true, "Di Carla Neri"},
		// what is a button or a day
		{"de", "Eingetragen am", false, ""}, {"en", "Follow", true, ""}, {"en", "Sat", false, ""},
	} {
		if got := strings.Join((NameReader{Lang: c.lang, Stated: c.stated}).Split(c.in, c.stated), "|"); got != c.want {
			t.Errorf("%s: split(%q, stated %v) = %q, want %q", c.lang, c.in, c.stated, got, c.want)
		}
	}
}

// TestWhoDidNotWrite tells labels of photographers from labels of who wrote and took
// pictures, too.
func TestWhoDidNotWrite(t *testing.T) {
	for s, want := range map[string]string{
		"Tekst Femke Visser Fotografie Daan Bos":           "Tekst Femke Visser",
		"Femke Visser Fotografie":                          "Femke Visser Fotografie",
		"Tekst og foto: Ingrid Moe":                        "Tekst og foto: Ingrid Moe",
		"Текст: Ольга Белова, фото: Иван Громов":           "Текст: Ольга Белова",
		"Door Jan de Boer (tekst) en Femke Visser (foto)":  "Door Jan de Boer",
		"Ana Roca (fotos) y Leo Paz (texto)":               "Leo Paz",
		"Ewa Nowak, Jan Wilk (tekst), Piotr Lis (zdjęcia)": "Ewa Nowak, Jan Wilk",
		"Ana Roca (fotos)":                                 "Ana Roca (fotos)",
		"Jan Holm (Kiel) und Eva Muster (Fotos)":           "Jan Holm (Kiel) und Eva Muster (Fotos)",
		"Von Lea Roth. Aus dem Spanischen von Jan Holm":    "Von Lea Roth.",
		"Lea Roth (Text)":                                  "Lea Roth (Text)",
	} {
		if got := CutReview(s); got != want {
			t.Errorf("%q: got %q, want %q", s, got, want)
		}
	}
	for s, want := range map[string]bool{"글·사진 한겨울 기자": false, "사진 한겨울": true, "Tekst og foto: Ingrid Moe": false, "Foto: Ingrid Moe": true} {
		if got := IsReview(s); got != want {
			t.Errorf("IsReview(%q) = %v", s, got)
		}
	}
	for s, want := range map[string]bool{"Posted by ana at noon": true, "Eingestellt von ana": true, "By ana": false, "Posted on Monday": false} {
		if got := IsPostedBy(s); got != want {
			t.Errorf("IsPostedBy(%q) = %v", s, got)
		}
	}
}

// TestAttachedAnd parts names in Arabic and Hebrew at the "and" that is written at the next.
func TestAttachedAnd(t *testing.T) {
	for _, c := range []struct {
		lang, in string
		want     []string
	}{
		{"ar", "كتب: ليلى حداد وسعيد مراد وهدى ناصر", []string{"ليلى حداد", "سعيد مراد", "هدى ناصر"}},
		{"ar", "سعيد مراد وليد حداد", []string{"سعيد مراد وليد حداد"}},
		{"ar", "ليلى وسعيد", []string{"ليلى وسعيد"}},
		{"ar", "سعيد مراد وكالة الميناء", []string{"سعيد مراد وكالة الميناء"}},
		{"he", "מאת נועה פרץ וגיל אבני", []string{"נועה פרץ", "גיל אבני"}},
		{"he", "נועה פרץ ורד אבני", []string{"נועה פרץ ורד אבני"}},
		{"fa", "نسرین رضایی و سعید مرادی", []string{"نسرین رضایی", "سعید مرادی"}},
	} {
		if got := (NameReader{Lang: c.lang}).Split(c.in, false); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q gives %q", c.lang, c.in, got)
		}
	}
}

func TestTurned(t *testing.T) {
	for s, want := range map[string]string{"Roy, Ana": "Ana Roy", "Ana Roy": "Ana Roy", "Roy, Ana, Doe, Jo": "Roy, Ana, Doe, Jo", "van der Berg, Jo M.": "Jo M. van der Berg"} {
		if got := Turned(s); got != want {
			t.Errorf("%q: got %q, want %q", s, got, want)
		}
	}
}

func TestNamesBesideDays(t *testing.T) {
	for _, c := range []struct{ lang, in, want string }{
		{"pl", "Ewa Nowak, 4 marca 2025", "Ewa Nowak"},
		{"en", "Jo Doe, March 4, 2025", "Jo Doe"},
		{"en", "Jo Doe March 4, 2025", "Jo Doe"},
		{"en", "June Doe 4 June 2025", "June Doe"},
		{"it", "Gianna Rossi - 3 maggio 2024", "Gianna Rossi"},
		{"nl", "Jo Boer 3 mei 2024", "Jo Boer"},
		{"en", "Jo Doe and Ana Roe, March 4, 2025", "Jo Doe|Ana Roe"},
		{"de", "Jo Doe und Ana Roe | 4. März 2025", "Jo Doe|Ana Roe"},
		{"en", "Jo Doe", "Jo Doe"},
		{"en", "Jo Doe and Ana Roe", ""}, // without a day it may be anything
		{"en", "New York, 4 March 2025", ""},
		{"de", "Jo Doe, Redakteurin", ""},
		{"de", "Jo Doe, Redakteurin, Kiel | 4. März 2025", "Jo Doe"},
		{"pl", "Ewa Nowak, dziennikarka, Gdynia | 4 marca 2025", "Ewa Nowak"},
		{"pl", "Ewa Nowak, Dziennikarka | 4 marca 2025", "Ewa Nowak"},
		{"de", "Jo Doe, Kiel, Lübeck | 4. März 2025", ""},
		{"de", "Jo Doe (Kiel), dpa, 4. März 2025", "Jo Doe|dpa"},
		{"fr", "Jo Doe - le 4/03/2025 à 8h05", "Jo Doe"},
		{"es", "Ana Ferrer, el 4 de marzo de 2025", "Ana Ferrer"},
		{"es", "Ana Ferrer, 4 de marzo de 2025 - 08:05", "Ana Ferrer"},
		{"pt", "Ana Ferrer, 4 de março de 2025 às 8h05", "Ana Ferrer"},
		{"nl", "Jo Boer op 3 mei 2024", "Jo Boer"},
		{"en", "Jo Doe on March 4, 2025", "Jo Doe"},
		{"fr", "Le 4 mars 2025", ""},
		{"en", "Date Last Reviewed: 4 March 2025", ""},
		{"fr", "Jo Doe (à Lyon), avec AFP — 4 mars 2025", "Jo Doe|AFP"},
		{"pl", "Ewa Nowak, współpraca Piotr Wilk", "Ewa Nowak"},
		{"de", "Kiel, 4. März 2025", ""},
		{"en", "Jo Doe March 4, 2025 3:00 p.m. ET", "Jo Doe"},
		{"de", "Jo Doe, 4.3.2025, 10:15 Uhr", "Jo Doe"},
		{"en", "Jo Doe in Lisbon, Tue 4 March 2025", "Jo Doe"},
		{"es", "Ana Ferrer, 4 de marzo de 2025 a las 08:42", "Ana Ferrer"},
		{"es", "Ana Ferrer. Martes, 4 de marzo de 2025, 08:42 horas", "Ana Ferrer"},
		{"es", "Plácido Domingo, 4 de marzo de 2025", "Plácido Domingo"},
		{"de", "Jost Meier, Dienstag, den 4. März 2025 um 8:42 Uhr", "Jost Meier"},
		{"fr", "Léa Roy, le mardi 4 mars 2025 à 8 h 42", "Léa Roy"},
		{"vi", "Lê Thu Hà, Thứ Ba, ngày 4 tháng 3 năm 2025 lúc 08:42", "Lê Thu Hà"},
		{"cs", "Jan Novák, úterý 4. března 2025 v 8:42", "Jan Novák"},
		{"en", "Jo Doe, 4 March 2025 with pictures from nine harbours", ""},
		{"lt", "Nuotr. A. Petkus", ""},
	} {
		if got := (NameReader{Lang: c.lang}).BeforeDay(c.in); strings.Join(got, "|") != c.want {
			t.Errorf("BeforeDay(%q) = %q, want %q", c.in, got, c.want)
		}
	}
	for _, c := range []struct{ lang, in, want string }{
		{"cs", "Jan Novák, spolupráce Eva Malá", "Jan Novák"},
		{"pl", "Ewa Nowak, współpraca Piotr Wilk", "Ewa Nowak"},
		{"es", "Ana Ferrer. Traducción de Leo Paz", "Ana Ferrer"},
		{"ar", "ليلى حداد، ترجمة: سعيد مراد", "ليلى حداد"},
		{"ar", "ليلى حداد وسعيد مراد", "ليلى حداد|سعيد مراد"},
		{"ar", "ليلى حداد - بيروت", "ليلى حداد"},
		{"he", "נועה פרץ וגיל אבני", "נועה פרץ|גיל אבני"},
		{"bn", "করিম শেখ, চট্টগ্রাম", "করিম শেখ"},
		{"lv", "Jānis Ozols, krasts.example", "Jānis Ozols"},
		{"lv", "Jānis Ozols, Ilze Kalna, krasts.example", "Jānis Ozols|Ilze Kalna"},
		{"lt", "Rasa Jonaitė, Uosto žurnalistė", "Rasa Jonaitė"},
		{"nl", "Jan de Boer – Verslaggever", "Jan de Boer"},
		{"nl", "Jan de Boer – Rotterdam", ""},
		{"en", "Harbour Post, Editors", ""},
		{"en", "Photographs by Ana Ferrer", ""},
		{"fr", "Léa Roy (texte) et Paul Blanc (photos)", "Léa Roy"},
		{"en", "The Ferry - Season Two", ""},
	} {
		if got := (NameReader{Lang: c.lang}).People(c.in); strings.Join(got, "|") != c.want {
			t.Errorf("People(%q) = %q, want %q", c.in, got, c.want)
		}
	}
	for _, c := range []struct{ lang, in, want string }{
		{"en", "4 March 2025 | By Jo Doe", "Jo Doe"},
		{"en", "March 4th, 2025 by Jo Doe", "Jo Doe"},
		{"fr", "le mardi 4 mars 2025 à 9h15, par Ana Ferrer et Jo Roe", "Ana Ferrer|Jo Roe"},
		{"fr", "Le mardi 4 mars 2025 à 9 h 15 par Ana Ferrer dans", "Ana Ferrer"}, // the section's link
		{"nl", "Geplaatst op dinsdag 4 maart 2025 door Jan de Boer", "Jan de Boer"},
		{"pl", "Dodano: 4 marca 2025 r., autor: Ewa Nowak", "Ewa Nowak"},
		{"zh", "发布时间：2025年3月4日　来源：本站　作者：王小明　浏览次数：53", "王小明"},
		{"en", "3/4/2025 7:11 AM PST BY JO DOE", "JO DOE"},
		{"en", "3/4/2025 7:11 AM PST BY QUAY STAFF", "QUAY STAFF"},
		{"de", "Erstellt am Dienstag, 4. März 2025 10:15 | Geschrieben von Ana Ferrer | Zugriffe: 1234", "Ana Ferrer"},
		{"it", "Pubblicato Martedì, 4 Marzo 2025 10:15 - Scritto da Carla Neri - Visite: 1234", "Carla Neri"},
		{"ru", "Опубликовано 4.03.2025 10:15 Автор: Иван Петров Просмотров: 1234", "Иван Петров"},
		{"pl", "Wtorek, 4 marzec 2025 10:15 | Wpisany przez Ewa Nowak", "Ewa Nowak"},
		{"tr", "4 Mart 2025 Salı, 10:15 | Okunma: 1234 | Yazar: Ali Kaya", "Ali Kaya"},
		{"hr", "Izvor: Luka | Autor: Ana Horvat | 4. ožujka 2025. | 10:15", "Ana Horvat"},
		{"hr", "Izvor: Luka | Autor: Ana Horvat | 10 komentara", ""},
		{"en", "On 4 March 2025 by the old harbour", ""},
		{"en", "March 4, 2025 by JWU", ""},
		{"en", "2024 and 4 March 2025 by Jo Doe", ""},
		{"en", "Reviewed on March 4, 2025 by Jo Doe", ""},
		{"en", "Four boats by Jo Doe", ""},
		{"en", "The bridge that was mended on 4 March 2025, in the end not cheaply, by Jo Doe", ""},
	} {
		if got := (NameReader{Lang: c.lang}).AfterDay(c.in); strings.Join(got, "|") != c.want {
			t.Errorf("AfterDay(%q) = %q, want %q", c.in, got, c.want)
		}
	}
	for _, c := range []struct {
		lang, in string
		want     bool
	}{
		{"de", "04.03.2025 09:15 Uhr, von", true},
		{"fr", "4 mars 2025, par", true},
		{"de", "04.03.2025 09:15 Uhr", false},
		{"de", "Ein Bericht von", false},
		{"en", "The bridge that was mended on 4 March 2025, in the end not cheaply, by", false},
	} {
		if got := (NameReader{Lang: c.lang}).EndsWithBy(c.in); got != c.want {
			t.Errorf("EndsWithBy(%q) = %v", c.in, got)
		}
	}
}

// TestAddWithoutJobs: a word in small letters behind a name is no second author.
func TestAddWithoutJobs(t *testing.T) {
	for in, want := range map[string]string{
		"Ewa Nowak - fotoreporter": "Ewa Nowak",
		"Jo Doe, boekhoudster":     "Jo Doe",
		"Ewa Nowak, reuters":       "Ewa Nowak|reuters",
		"Ewa Nowak - Jan Wilk":     "Ewa Nowak|Jan Wilk",
		"bell hooks, Jo Doe":       "bell hooks|Jo Doe",
	} {
		got := ""
		for _, a := range (NameReader{Lang: "pl"}).Add(nil, in, "") {
			got += "|" + a.Name
		}
		if got != "|"+want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

// What asks for less than a list of words or a key answers as they do.
func TestCountsAndKeys(t *testing.T) {
	for _, s := range []string{"", "  ", "Ana Ferrer", "— Ana  Ferrer, L’Écho du Lac —", "ÎLE-DE-BRÉHAT: İstanbul", "नई दिल्ली 2026", "東京の図書館", "a\xffb c", strings.Repeat("word ", 2000)} {
		if got, want := CountWords(s), len(Words(s)); got != want {
			t.Errorf("%.40q: %d words, want %d", s, got, want)
		}
		for _, other := range []string{s, s + "x", strings.ToUpper(s), strings.TrimSuffix(s, "r"), "x" + s} {
			if got, want := HasKey(other, Key(s)), Key(other) == Key(s); got != want {
				t.Errorf("%.40q has the key of %.40q: %v", other, s, got)
			}
		}
	}
}
