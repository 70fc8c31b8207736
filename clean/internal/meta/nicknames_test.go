package meta

import (
	"strings"
	"testing"

	"newsclip/clean/internal/evidence"
)

// TestNicknames reads pen names behind the labels that blogs write, in lines that have the
// day or the time, and the day in such a line.
func TestNicknames(t *testing.T) {
	texts := map[string]string{"fr": "Le vent a soufflé toute la nuit sur le port. ", "es": "El viento sopló toda la noche sobre el puerto. ", "de": "Der Wind nahm in der Nacht immer weiter zu. ", "ja": "風は一晩中吹き続け、港の灯は朝まで消えなかった。", "en": "The wind rose all night. "}
	for _, c := range []struct{ name, lang, title, before, after, authors, day string }{
		{"the time alone, German", "de", "", "", `<p class="serendipity_entryFooter">Geschrieben von <a href="/authors/2">Jette</a> in <a href="/k/3">Inseln</a> um <a href="#">10:15</a></p>`, "Jette", ""},
		{"the time alone, French", "fr", "", "", `<div>Posté par marin29 à 10:15 - <a href="/iles/" rel="tag">Îles</a></div><div class="commentbody"><p>Posté par Greta, 15 mai 2024 à 09:00</p></div>`, "marin29", ""},
		{"before the day, French", "fr", "", `<p>Par Loïc, samedi 4 mai 2024 &agrave; 10:15 <span>::</span> <a href="/iles">Îles</a></p>`, "", "Loïc", "2024-05-04"},
		{"a link and the day, Japanese", "ja", "", "", `<div>by <a href="/profile">umikaze</a> | <a href="#">2024-05-06 10:15</a></div>`, "umikaze", ""},
		{"the label without a colon, Japanese", "ja", "", "", `<p>投稿者 みなと <span>時刻 10時15分</span></p>`, "みなと", ""},
		{"contributed by", "en", "", `<ul><li>Monday, May 6 2024 @ 10:15 AM</li><li>Contributed by: <a href="/users/2">Ana Ferrer</a></li></ul>`, "", "Ana Ferrer", "2024-05-06"},
		{"behind the weekday, Spanish", "es", "Náutica Libre - A storm at sea", "", `<p>Enviado por marinero el Lunes, 6 mayo a las 10:15:22</p>`, "marinero", ""},
		{"the day behind who wrote", "en", "Sea Club: A storm at sea", "", `<div>Posted by <a href="/u/1">gull</a> on Monday 6 May 2024 - 10:15:22 | <a href="/c/7">Comments: 3</a></div>`, "gull", "2024-05-06"},
		{"the site before the headline", "en", "Port Portal - A storm at sea - News", `<div>Posted by <a href="/u/3">skipper</a> on 2024/5/6 10:20:00 (312 reads)</div>`, "", "skipper", "2024-05-06"},
		{"a sentence with the year", "en", "", "", `<p>By 2024, the harbour had been closed.</p>`, "", ""},
	} {
		meta, text := "", `<p>`+strings.Repeat(texts[c.lang], 12)+`</p>`
		if c.title != "" {
			site, _, _ := strings.Cut(c.title, " - ")
			meta = `<title>` + c.title + `</title><meta name="author" content="` + site + `">`
		}
		if strings.HasPrefix(c.title, "Sea Club") {
			meta = `<title>` + c.title + `</title>`
		}
		m := metadataOf(t, `<html lang="`+c.lang+`"><head>`+meta+`</head><body><div><h1>A storm at sea</h1>`+c.before+text+text+c.after+`</div></body></html>`)
		if got := evidence.Names(m.Authors); got != c.authors {
			t.Errorf("%s: authors %q, want %q", c.name, got, c.authors)
		}
		if got := m.Published; c.day != "" && !strings.HasPrefix(got, c.day) {
			t.Errorf("%s: published %q, want %q", c.name, got, c.day)
		}
	}
}
