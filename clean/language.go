package clean

import "strings"

// readLanguage sets language and dateLang.
func (r *metaReader) readLanguage() {
	set := func(s, from string) bool {
		s = languageTag(s)
		if s == "" {
			return false
		}
		r.md.language, r.md.from.language = s, from
		return true
	}
	_ = set(r.lang, "html lang") ||
		set(r.metas.first("content-language", "language", "dc.language", "dcterms.language", "inlanguage"), "meta language") ||
		set(r.ld.first(ldInLanguage), "json-ld inLanguage") ||
		set(r.metas.first("og:locale"), "og:locale")
	r.dateLang = r.md.language
}

// languageTag returns a BCP 47 tag, or "" where s is none.
func languageTag(s string) string {
	s = strings.TrimSpace(s)
	if i := strings.IndexAny(s, ",; "); i >= 0 {
		s = s[:i]
	}
	s = strings.ReplaceAll(s, "_", "-")
	if i := strings.IndexByte(s, '.'); i >= 0 {
		s = s[:i]
	}
	return s
}
