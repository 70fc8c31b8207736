package names

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"newsclip/selectors"
)

// brackets are those in which papers of East Asia print bylines in the text itself.
var brackets = [...][2]string{{"【", "】"}, {"[", "]"}, {"［", "］"}, {"（", "）"}, {"(", ")"}, {"〔", "〕"}}

// OfOpening returns the names of the byline in brackets with which a paragraph begins:
// 【记者王小明／盐港报道】, [서울=홍길동 기자]. A job tells that it is one, or the word for a
// report behind the place: 【王小美／海港報導】.
func (n NameReader) OfOpening(s string) []string {
	if !MayHaveCJK(s[:min(len(s), maxAttached)]) {
		return nil
	}
	s = behindWire(s)
	for _, b := range brackets {
		rest, ok := strings.CutPrefix(s, b[0])
		if !ok {
			continue
		}
		inside, _, _ := strings.Cut(rest, b[1])
		inside = behindPlace(inside)
		who := beforeSlash(inside)
		attached := who != inside && endsWithReport(inside) && IsHanName(who) && utf8.RuneCountInString(who) >= minHanSignature
		for part := range strings.FieldsFuncSeq(who, func(c rune) bool { return c == '、' || c == '·' }) {
			_, ok := Attached(part)
			attached = attached || ok
		}
		if !attached || len(inside) > maxAttached {
			return nil
		}
		signed := n.Split(who, false)
		for _, name := range signed {
			if !IsCJKName(name) {
				return nil
			}
		}
		return signed
	}
	return nil
}

// wireEnds are the signs with which the place and day of an agency's or a paper's own report
// end before the brackets: 中新社北京5月6日电, 本报讯.
var wireEnds = [...]string{"日电", "日電", "讯", "訊"}

// behindWire returns what stands from the first brackets on where such a line is before them.
func behindWire(s string) string {
	k := strings.IndexAny(s[:min(len(s), maxAttached)], "（(")
	if k <= 0 {
		return s
	}
	before := strings.TrimRight(s[:k], " \u3000")
	for _, end := range wireEnds {
		if strings.HasSuffix(before, end) {
			return s[k:]
		}
	}
	return s
}

// minHanSignature is how many signs a name has at least that signs a text alone.
const minHanSignature = 3

// OfClosing returns the name in brackets that is all of a text's last line, or stands behind
// its last sentence: 【山田太郎】 and （山田太郎） as Japanese papers sign, or one with a job,
// [홍길동 기자 hong@example.org].
func (n NameReader) OfClosing(s string) []string {
	for _, b := range brackets {
		if rest, ok := strings.CutPrefix(s, b[0]); ok && strings.HasSuffix(rest, b[1]) && !strings.ContainsAny(rest, ":：") {
			if name, ok := Attached(strings.TrimSuffix(rest, b[1])); ok {
				return []string{name}
			}
		}
	}
	if n.Lang != "ja" {
		return nil
	}
	rest, ok := strings.CutPrefix(s, "【")
	if inside, closed := strings.CutSuffix(rest, "】"); ok && closed {
		return signedHan(inside)
	}
	if inside, closed := strings.CutSuffix(s, "）"); closed {
		if k := strings.LastIndex(inside, "（"); k >= 0 && (k == 0 || strings.HasSuffix(inside[:k], "。") || strings.HasSuffix(inside[:k], "」")) {
			first, _, _ := strings.Cut(inside[k+len("（"):], "、")
			if c, _ := utf8.DecodeLastRuneInString(first); !strings.ContainsRune(noNameEnds, c) {
				return signedHan(first)
			}
		}
	}
	return nil
}

// noNameEnds are the signs with which what else a text's last brackets hold ends: 敬称略,
// 毎週掲載, a paper's, a section's or a place's name.
const noNameEnds = "略載聞信社部局県市区町村都府道者員間様了照"

// signedHan returns the name that is all of a signature in Japanese, with the place of a
// dateline before it, or nil.
func signedHan(inside string) []string {
	inside = behindPlace(inside)
	m := selectors.MatchPhrase(inside)
	if !IsHanName(inside) || utf8.RuneCountInString(inside) < minHanSignature || m.Line|m.Prefix != 0 || selectors.BylineGroupsOf(inside) != 0 || !strings.ContainsFunc(inside, func(c rune) bool { return unicode.Is(unicode.Han, c) }) {
		return nil
	}
	return []string{inside}
}

// behindPlace returns what stands behind the place of a dateline: 那覇=山田太郎.
func behindPlace(s string) string {
	k := strings.LastIndexAny(s, "=＝")
	if k < 0 {
		return s
	}
	_, size := utf8.DecodeRuneInString(s[k:])
	return s[k+size:]
}
