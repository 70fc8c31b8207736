package meta

import (
	"strings"
	"testing"
)

// samples are made for this test.
var samples = map[string]string{
	"de": "Der Wind nahm in der Nacht zu und am Morgen hatte keine Fähre den Hafen verlassen. Die Leute, die dort gewartet hatten, gingen nach Hause und es war nicht der erste Tag.",
	"it": "Il vento è aumentato nella notte e al mattino nessun traghetto aveva lasciato il porto. Le persone che aspettavano sono tornate a casa, e non è la prima volta che succede.",
	"ru": "Ветер усилился ночью, и к утру ни один паром не вышел из порта. Люди, которые ждали там, ушли домой, и это не первый раз, как такое было на острове.",
	"zu": "Umoya uvunguze ebusuku futhi akukho sikebhe esiphume ethekwini. Umphathi uthe abantu abebelindile babuyele emakhaya ngoba bekunzima, kodwa uthe lokhu akuqali ukuthi kwenzeke, futhi ukuthi bazobuya.",
	"fr": "Le vent s'est levé dans la nuit et au matin aucun bateau n'avait quitté le port. Les gens qui attendaient sont rentrés chez eux, et ce n'est pas la première fois que cela arrive.",
}

func TestLanguageOfPage(t *testing.T) {
	page := func(lang, text string) string {
		return `<html ` + lang + `><body><h1>x</h1><p>` + text + `</p><p>` + text + `</p></body></html>`
	}
	for _, c := range []struct{ name, page, want, from string }{
		{"declared", page(`lang="de-AT"`, samples["de"]), "de-AT", "html lang"},
		{"not declared", page(``, samples["it"]), "it", "text"},
		{"plainly another", page(`lang="en-US"`, samples["de"]), "de", "text against html lang"},
		{"another script", page(`lang="en"`, samples["ru"]), "ru", "text against html lang"},
		{"another, of long words", page(`lang="en-ZA"`, samples["zu"]), "zu", "text against html lang"},
		{"a neighbour is no contradiction", page(`lang="no"`, "Vinden økte i natt og om morgenen hadde ingen ferge forlatt havnen. De som ventet gikk hjem, og det er ikke første gang at det har skjedd for dem som bor her."), "no", "html lang"},
		{"Serbian in the Latin script", page(`lang="sr-RS"`, "Vetar je ojačao tokom noći i do jutra nijedan trajekt nije isplovio iz luke. Ljudi koji su čekali vratili su se kući, a to nije prvi put da se desi na ostrvu."), "sr-RS", "html lang"},
		{"og:locale", `<head><meta property="og:locale" content="fr_FR"></head><body>` + samples["fr"], "fr-FR", "og:locale"},
	} {
		t.Run(c.name, func(t *testing.T) {
			md := metadataOf(t, c.page)
			if md.Language != c.want || md.From.Language.String() != c.from {
				t.Errorf("language = %q from %q, want %q from %q", md.Language, md.From.Language, c.want, c.from)
			}
		})
	}
}

// TestLanguageOfProse detects the language of the article and not that of the interface
// around it, and reads the attribute of XHTML.
func TestLanguageOfProse(t *testing.T) {
	const prose = `<p>Der Gemeinderat hat am Montagabend beschlossen, dass die alte Brücke den ganzen Winter über offen bleibt, und das ist eine gute Nachricht für die Fischer, die sich über den Umweg beschwert hatten, der sie jedes Mal eine Stunde kostet.</p><p>Die Ingenieure hatten im Frühjahr gewarnt, dass zwei der acht Lager nicht mehr gut sind, und sie sagen nun, dass eine Stütze aus Holz den Verkehr am Abend tragen wird, bis das Eis im März wieder geht.</p>`
	const interfaceText = `<div>Sign in to see what your friends have said of this and who they are with today.</div><div>We use the data that you have given to us so that it is of use to you and to all.</div><div>You can be the first of your friends to say what you think of it, and it is free.</div>`
	for src, want := range map[string]string{
		`<html lang="en"><title>Brücke</title><body>` + strings.Repeat(interfaceText, 5) + `<main><h1>Die Brücke</h1>` + prose + `</main>`: "de",
		`<html><title>Brücke</title><body>` + strings.Repeat(interfaceText, 5) + `<main><h1>Die Brücke</h1>` + prose + `</main>`:           "de",
		`<html xmlns="http://www.w3.org/1999/xhtml" xml:lang="sl"><title>Most</title><body><h1>Stari most</h1><p>Most je odprt.</p>`:       "sl",
	} {
		if md := metadataOf(t, src); md.Language != want {
			t.Errorf("%.60s: got %q, want %q", src, md.Language, want)
		}
	}
}

// TestLanguageConfirmed reads no short texts where long ones have words enough in the
// language that the page declares.
func TestLanguageConfirmed(t *testing.T) {
	const german = `<div>Der Hafen bleibt auch morgen geschlossen, und der Sturm ist noch nicht vorbei.</div><div>Wir nutzen deine Daten nicht für andere Zwecke und geben sie auch nicht weiter.</div><div>Du kannst dich hier anmelden und lesen, wer noch über den Sturm geschrieben hat.</div>`
	const english = `The council decided on Monday that the old bridge is to stay open for all of the winter, and that was good news for those of the village who had said that the way around it takes them an hour.`
	for _, c := range []struct{ name, lang, text, want string }{
		{"words enough", "en", english + " " + english, "en"},
		{"too few words", "en", english[:161], "de"},
		{"words enough, in French", "fr-CA", samples["fr"] + " " + samples["fr"], "fr-CA"},
		{"words enough, in Russian", "ru", samples["ru"] + " " + samples["ru"], "ru"},
	} {
		src := `<html lang="` + c.lang + `"><title>x</title><body>` + strings.Repeat(german, 5) + `<main><p>` + c.text + `</p></main>`
		if md := metadataOf(t, src); md.Language != c.want {
			t.Errorf("%s: got %q, want %q", c.name, md.Language, c.want)
		}
	}
}
