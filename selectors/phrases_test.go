package selectors

import (
	"testing"
)

func TestMatchPhrase(t *testing.T) {
	for _, c := range []struct {
		name, line   string
		line0, prefx Phrases
	}{
		{"heading", "Related Stories", PhraseRelated, 0},
		{"empty related box", "No stories found.", PhraseRelated, 0},
		{"capitals without accents", "A LIRE AUSSI", PhraseRelated, PhraseReadMore},
		{"Greek capitals", "ΔΙΑΒΑΣΤΕ ΕΠΙΣΗΣ", PhraseRelated, PhraseReadMore},
		{"Turkish dotted capital", "İLGİLİ HABERLER", PhraseRelated, 0},
		{"space before the colon", "Lire aussi : Un titre", 0, PhraseReadMore},
		{"full-width colon", "延伸閱讀：標題", 0, PhraseRelated | PhraseReadMore},
		{"script without spaces", "関連記事はこちら", 0, PhraseRelated},
		{"decomposed accent", "Lés mer", PhraseReadMore, PhraseReadMore},
		{"a lone X", "X", PhraseShare, 0},
		{"number", "1,234 shares", PhraseShare, 0},
		{"row of buttons", "Facebook X WhatsApp | Copy link", PhraseShare, 0},
		{"row that goes on in prose", "Facebook X and others were fined", 0, 0},
		{"prefix needs its colon", "Read the room", 0, 0},
		{"prefix needs the word's end", "Share thistles", 0, 0},
		{"rights, Hebrew", "כל הזכויות שמורות © 2025 קול הנמל", 0, PhraseCopyright},
		{"rights, Persian", "تمامی حقوق این سایت برای روزنامهٔ بندر محفوظ است", 0, PhraseCopyright},
		{"rights, Tamil", "அனைத்து உரிமைகளும் பாதுகாக்கப்பட்டவை 2025", 0, PhraseCopyright},
		{"rights, Croatian", "Sva prava pridržana, Lučki glasnik", 0, PhraseCopyright},
		{"all the wages, Persian", "تمامی حقوق کارگران پرداخت شد", 0, 0},
		{"another story, Marathi", "हेही वाचा – पावसाचा जोर वाढणार", 0, PhraseReadMore},
		{"another story, Armenian", "Կարդացեք նաև՝ Նոր այգի Երևանում", 0, PhraseReadMore},
		{"another story, Kannada", "ಇದನ್ನೂ ಓದಿ | ಮಳೆ ಹೆಚ್ಚಳ", 0, PhraseReadMore},
		{"another story, Uzbek", "SHUNINGDEK O‘QING: Yangi bog‘ ochildi", 0, PhraseReadMore},
		{"to read, Swahili", "Soma kitabu hiki kabla ya kulala", 0, 0},
		{"when it was out, Nepali", "प्रकाशित मिति: २ चैत २०८१", 0, PhraseDate},
		{"number, Arabic", "٣ دقائق للقراءة", PhraseReadTime, 0},
		{"number, Hindi", "४ मिनट पढ़ें", PhraseReadTime, 0},
		{"an agency's last line, Persian", "انتهای پیام/ ۲۰۱۲", PhraseUI, 0},
		{"a story's number, Persian", "کد خبر: ۸۸۰۱۲۳", PhraseUI, 0},
		{"where more stands, German", "Mehr Informationen finden Sie unter:", PhraseReadMore, 0},
		{"another story, German", "Mehr: Banken wachsen", 0, PhraseReadMore},
		{"sound by a machine, Dutch", "Deze audio is automatisch gegenereerd.", 0, PhraseListen},
		{"a sponsor's words, Portuguese", "Mensagem do patrocinador", PhraseAd, 0},
		{"a shop, German", "» Zum Angebot: Bundesliga im Abo", 0, PhraseAd},
		{"signs only", "▶ —", 0, 0},
		{"empty", "", 0, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := MatchPhrase(c.line)
			if m.Line != c.line0 || m.Prefix != c.prefx {
				t.Errorf("%q: line %v, prefix %v (%s); want %v, %v", c.line, m.Line, m.Prefix, m.Words, c.line0, c.prefx)
			}
		})
	}
}

func BenchmarkMatchPhrase(b *testing.B) {
	lines := []string{
		"Related Stories", "Facebook X WhatsApp Copy link", "Read more: a headline of some other article stands here",
		"The council met on Tuesday for the third time this month to settle the matter of the bridge and of its tolls, and it did not.",
		"Η συνεδρίαση του συμβουλίου ξεκίνησε το πρωί της Τρίτης και τελείωσε αργά το βράδυ.",
	}
	lines = append(lines, lines[3]+" "+lines[3]+" "+lines[3])
	b.ReportAllocs()
	for b.Loop() {
		for _, l := range lines {
			MatchPhrase(l)
		}
	}
}

// The kinds that hurt most when they are left in have to be known in many
// languages.
func TestPhraseLanguages(t *testing.T) {
	langs := make(map[string]map[string]bool)
	err := phrasesTable.each(func(r row) error {
		kind, lang := r.columns[0], r.columns[2]
		if langs[kind] == nil {
			langs[kind] = make(map[string]bool)
		}
		langs[kind][lang] = true
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, kind := range []string{"ad", "comments", "newsletter", "readmore", "related", "share", "tags"} {
		if n := len(langs[kind]); n < 25 {
			t.Errorf("%s is known in %d languages, want 25", kind, n)
		}
	}
	for _, name := range phraseNames {
		if len(langs[name]) == 0 {
			t.Errorf("%s has no row", name)
		}
	}
}

func TestMatchPhraseAllocatesNothing(t *testing.T) {
	MatchPhrase("Related")
	if n := testing.AllocsPerRun(100, func() {
		MatchPhrase("Facebook X WhatsApp Copy link")
		MatchPhrase("Lire aussi : un titre qui n'en dit pas trop")
	}); n != 0 {
		t.Errorf("%v allocations, want 0", n)
	}
}

func BenchmarkReadPhrases(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := readPhrases(*phrasesTable); err != nil {
			b.Fatal(err)
		}
	}
}

// Phrases are filed where the lines are looked for that begin with them, whether or not
// they are folded for it.
func TestPlainBeginIsThatOfTheFoldedPhrase(t *testing.T) {
	plain := 0
	for _, p := range phrases().written {
		begin, ok := plainBegin(p.text)
		if !ok {
			continue
		}
		plain++
		if folded, _ := appendFolded(nil, p.text, maxFolded); begin != beginOf(folded) {
			t.Errorf("%q: %d, folded %d", p.text, begin, beginOf(folded))
		}
	}
	if plain == 0 {
		t.Error("no phrase is plain")
	}
}

// TestHowLongAgo knows the lines that tell how long ago something was published.
func TestHowLongAgo(t *testing.T) {
	for _, s := range []string{
		"5 saat əvvəl", "৫ ঘণ্টা আগে", "fa 5 hores", "duela 5 egun", "5 päeva tagasi", "prieš 5 val.", "pirms 5 stundām",
		"пре 5 дана", "pre 5 dana", "prije 5 sati", "пред 5 часа", "5 ժամ առաջ", "5 საათის წინ", "5 сағат бұрын", "5 soat oldin",
		"saa 5 zilizopita", "5 மணி நேரம் முன்", "5 ชั่วโมงที่แล้ว", "5 گھنٹے قبل", "5 години тому", "منذ ساعتين", "5 órával ezelőtt",
	} {
		if MatchPhrase(s).Line&PhraseDate == 0 {
			t.Errorf("%q is no date", s)
		}
	}
	for _, s := range []string{"5 saat", "prieš 5 miestus", "fa 5 anàlisis", "Leo", "Jana"} {
		if MatchPhrase(s).Line&PhraseDate != 0 {
			t.Errorf("%q is a date", s)
		}
	}
}
