package selectors

import (
	"strings"
	"testing"
	"unicode"
)

func TestPicturesTable(t *testing.T) {
	var last string
	for n, line := range strings.Split(strings.TrimSuffix(picturesTxt, "\n"), "\n") {
		if strings.HasPrefix(line, "#") {
			continue
		}
		if line <= last {
			t.Errorf("line %d: %q is not sorted, or stands twice", n+1, line)
		}
		last = line
		if line != strings.ToLower(line) || line != strings.Join(strings.Fields(line), " ") {
			t.Errorf("line %d: %q can never match", n+1, line)
		}
		kind, entry, _ := strings.Cut(line, " ")
		switch kind {
		case "box", "class", "skip-class":
			if w := Words(entry); len(w) != 1 || w[0] != entry {
				t.Errorf("line %d: %q is not one word of a class", n+1, entry)
			}
		case "agency", "label", "note", "remark", "short", "tail":
			ok := func(r rune) bool {
				return unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsDigit(r) || strings.ContainsRune(" '’-", r)
			}
			if k := strings.IndexFunc(entry, func(r rune) bool { return !ok(r) }); k >= 0 || strings.Count(entry, " ") > 4 {
				t.Errorf("line %d: %q can never match: at most five words, and no signs", n+1, entry)
			}
		}
	}
}

func TestPicturesTableErrors(t *testing.T) {
	for _, txt := range []string{"label", "colour red"} {
		func() {
			defer func() {
				if r := recover(); r == nil || !strings.Contains(r.(string), "pictures.txt:1") {
					t.Errorf("%q: %v", txt, r)
				}
			}()
			mustPictures(txt)
		}()
	}
}
