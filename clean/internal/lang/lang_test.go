package lang

import (
	"testing"
)

func TestLanguageTag(t *testing.T) {
	for in, want := range map[string]string{
		"en": "en", "EN-us": "en-US", "de_DE": "de-DE", "de-DE, en": "de-DE", "zh-hant-tw": "zh-Hant-TW", "en-EN": "en",
		"English": "", "": "", "x": "", "no": "no", "pt-br": "pt-BR", "und": "", "en_US.UTF-8": "en-US",
	} {
		if got := Tag(in); got != want {
			t.Errorf("Tag(%q) = %q, want %q", in, got, want)
		}
	}
}

// TestScriptsHaveRoom: Detect counts in an array of fixed size.
func TestScriptsHaveRoom(t *testing.T) {
	if len(scriptLanguages) > maxScripts {
		t.Errorf("%d scripts, room for %d", len(scriptLanguages), maxScripts)
	}
}

// samples are made for this test: a few sentences of the same small story.
var samples = map[string]string{
	"en": "The wind rose in the night and by the morning no ferry had left the harbour. The people who had waited there went home.",
	"de": "Der Wind nahm in der Nacht zu und am Morgen hatte keine Fähre den Hafen verlassen. Die Leute, die dort gewartet hatten, gingen nach Hause und es war nicht der erste Tag.",
	"fr": "Le vent s'est levé dans la nuit et au matin aucun bateau n'avait quitté le port. Les gens qui attendaient sont rentrés chez eux, et ce n'est pas la première fois que cela arrive.",
	"es": "El viento subió en la noche y por la mañana ningún barco había salido del puerto. Las personas que esperaban se fueron a su casa, y no es la primera vez que esto pasa en el lugar.",
	"it": "Il vento è aumentato nella notte e al mattino nessun traghetto aveva lasciato il porto. Le persone che aspettavano sono tornate a casa, e non è la prima volta che succede.",
	"pt": "O vento aumentou durante a noite e de manhã nenhum barco tinha saído do porto. As pessoas que esperavam foram para casa, e não é a primeira vez que isso acontece na cidade.",
	"nl": "De wind nam in de nacht toe en in de ochtend had geen veerboot de haven verlaten. De mensen die daar wachtten gingen naar huis, en het is niet de eerste keer dat dit gebeurt.",
	"sv": "Vinden ökade under natten och på morgonen hade ingen färja lämnat hamnen. De som väntade där gick hem, och det är inte första gången som det har hänt i år.",
	"fi": "Tuuli voimistui yöllä ja aamulla yksikään lautta ei ollut lähtenyt satamasta. Ihmiset, jotka olivat odottaneet, lähtivät kotiin, mutta se ei ole ensimmäinen kerta, kun niin on käynyt.",
	"pl": "Wiatr wzmógł się w nocy i do rana żaden prom nie opuścił portu. Ludzie, którzy na niego czekali, poszli do domu, a to nie jest po raz pierwszy, że tak się dzieje.",
	"cs": "Vítr v noci zesílil a do rána žádný trajekt neopustil přístav. Lidé, kteří na něj čekali, se vrátili domů a není to poprvé, co se to na ostrově stalo, ale je to tak.",
	"tr": "Rüzgar gece arttı ve sabah olduğunda hiçbir feribot limandan ayrılmamıştı. Bekleyenler için bu bir ilk değil, daha önce de böyle olmuştu ve çok kişi evine döndü.",
	"ru": "Ветер усилился ночью, и к утру ни один паром не вышел из порта. Люди, которые ждали там, ушли домой, и это не первый раз, как такое было на острове.",
	"uk": "Вітер посилився вночі, і до ранку жоден пором не вийшов з порту. Люди, які чекали там, пішли додому, і це не вперше, як таке було на острові.",
	"el": "Ο άνεμος δυνάμωσε τη νύχτα και ως το πρωί κανένα πλοίο δεν είχε φύγει από το λιμάνι. Ο κόσμος γύρισε στο σπίτι.",
	"ar": "اشتدت الرياح في الليل ولم تغادر أي عبارة الميناء حتى الصباح. عاد الناس الذين كانوا ينتظرون إلى بيوتهم، وقال القبطان إن هذا لم يحدث من قبل في هذه المدينة.",
	"fa": "باد در شب شدت گرفت و تا صبح هیچ کشتی بندر را ترک نکرد. مردمی که منتظر بودند به خانه رفتند و این اولین بار نیست که این اتفاق در شهر می افتد.",
	"he": "הרוח התחזקה בלילה ועד הבוקר אף מעבורת לא יצאה מהנמל. האנשים שחיכו שם חזרו הביתה.",
	"hi": "रात में हवा तेज हो गई और सुबह तक कोई नाव बंदरगाह से नहीं निकली। जो लोग इंतजार कर रहे थे वे घर लौट गए और यह पहली बार नहीं है कि ऐसा हुआ है।",
	"ja": "夜に風が強まり、朝までに港を出た船は一隻もなかった。待っていた人々は家に帰った。これが初めてのことではない。",
	"zh": "夜里风势加大，到早上没有一艘渡轮离开港口。在那里等候的人们回家了，这不是第一次发生这样的事情，也不会是最后一次发生。",
	"ko": "밤사이 바람이 거세져 아침까지 항구를 떠난 배는 한 척도 없었다. 기다리던 사람들은 집으로 돌아갔다. 처음 있는 일은 아니다.",
	"id": "Angin menguat pada malam hari dan hingga pagi tidak ada kapal yang meninggalkan pelabuhan. Orang yang menunggu pulang ke rumah dan ini bukan pertama kali hal itu terjadi di kota ini.",
	"vi": "Gió mạnh lên trong đêm và đến sáng không có chiếc phà nào rời cảng. Những người chờ ở đó đã về nhà và đây không phải là lần đầu của thành phố.",
	"zu": "Umoya uvunguze ebusuku futhi akukho sikebhe esiphume ethekwini. Umphathi uthe abantu abebelindile babuyele emakhaya ngoba bekunzima, kodwa uthe lokhu akuqali ukuthi kwenzeke, futhi ukuthi bazobuya.",
}

func TestDetectLanguage(t *testing.T) {
	for lang, text := range samples {
		if d := Detect(text); d.Lang != lang {
			t.Errorf("a text in %s is taken for %q", lang, d.Lang)
		}
	}
	for _, s := range []string{"", "Yes.", "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28"} {
		if d := Detect(s); d.Lang != "" {
			t.Errorf("%q is taken for %q", s, d.Lang)
		}
	}
}
