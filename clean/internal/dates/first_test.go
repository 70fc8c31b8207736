package dates

import "testing"

func TestFirstPublished(t *testing.T) {
	for _, c := range []struct{ lang, line, published, modified string }{
		{"nl", "Dit artikel werd oorspronkelijk gepubliceerd op 6 mei 2019 om 10.15 uur en is sindsdien bijgewerkt.", "2019-05-06", ""},
		{"sv", "Artikeln publicerades först den 6 maj 2019.", "2019-05-06", ""},
		{"fr", "(Cet article a été initialement publié le 6 mai 2019, puis mis à jour le 7 juin 2021.)", "2019-05-06", "2021-06-07"},
		{"ru", "Эта статья впервые опубликована 6 мая 2019 года.", "2019-05-06", ""},
		{"de", "Der Beitrag wurde erstmals am 6. Mai 2019 veröffentlicht.", "2019-05-06", ""},
		{"en", "Note: this post was first published on May 6, 2019. The prices were right then.", "2019-05-06", ""},
		{"en", "This article was first published on May 6, 2019 in Harbour Letters.", "", ""},
		{"en", "This article was originally published by Harbour Letters on May 6, 2019.", "", ""},
		{"en", "This page was originally published on Monday, May 6, 2019.", "2019-05-06", ""},
		{"pt", "Este post foi publicado originalmente em 6 de maio de 2019 e revisto em 7 de junho de 2021.", "2019-05-06", "2021-06-07"},
		{"en", "This article was first published on May 6, 2019 and won the Harbour Prize in 2020.", "", ""},
		{"en", "The anthem was first published on 6 May 1943.", "", ""},
		{"en", "This article first told readers about the ferry and the harbour board, until on 6 May 2019 it sank.", "", ""},
		{"es", "Este artículo se publicó el 6 de mayo de 2019.", "", ""},
	} {
		pub, mod, ok := FirstPublished(c.line, c.lang)
		p, m := "", ""
		if ok {
			p = pub.String()
			if mod.Ok() {
				m = mod.String()
			}
		}
		if p != c.published || m != c.modified {
			t.Errorf("%s: %q, %q, want %q, %q", c.line, p, m, c.published, c.modified)
		}
	}
}
