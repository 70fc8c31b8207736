package folder

import (
	"errors"
	"fmt"
	"net/url"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"newsclip/output"
)

// placeholders are what a file's name can be made of, with what each stands for.
// A value has no slash, and is never empty. dirHolder is not among them.
var placeholders = []struct {
	name  string
	value func(*output.Record) string
}{
	{"date", dateOf},
	{"file", func(r *output.Record) string { _, name := sourceOf(r, nil); return name }},
	{"host", func(r *output.Record) string { return or(slug(hostOf(r)), "unknown") }},
	{"id", func(r *output.Record) string { return or(flat(r.ID), "noid") }},
	{"kind", func(r *output.Record) string { return or(slug(r.Kind), "unknown") }},
	{"language", func(r *output.Record) string { return or(slug(r.Language), "und") }},
	{"month", func(r *output.Record) string { return dateOf(r)[5:7] }},
	{"section", func(r *output.Record) string { return or(slug(r.Section), "none") }},
	{"site", func(r *output.Record) string { return or(slug(siteOf(r)), "unknown") }},
	{"slug", func(r *output.Record) string { return or(slug(r.Title), or(slug(r.ID), "untitled")) }},
	{"year", func(r *output.Record) string { return dateOf(r)[:4] }},
}

// dirHolder stands for the folders that the page was read from, and is a part of a
// pattern by itself.
const dirHolder = "{dir}"

// Placeholders returns the names that may stand in braces in the pattern of
// [Open].
func Placeholders() []string {
	names := []string{dirHolder}
	for _, p := range placeholders {
		names = append(names, "{"+p.name+"}")
	}
	slices.Sort(names)
	return names
}

var inBraces = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`\{[^{}]*\}`) })

// CheckName reports what is wrong with a pattern of [Open].
func CheckName(pattern string) error {
	for _, p := range inBraces().FindAllString(pattern, -1) {
		if !slices.Contains(Placeholders(), p) {
			return fmt.Errorf("%s stands for nothing", p)
		}
	}
	for part := range strings.SplitSeq(pattern, "/") {
		if strings.Contains(part, dirHolder) && part != dirHolder {
			return fmt.Errorf("%s has to stand between slashes", dirHolder)
		}
	}
	plain := inBraces().ReplaceAllString(pattern, "x")
	switch {
	case strings.ContainsAny(plain, "{}"):
		return errors.New("a brace without its other one")
	case strings.Contains(plain, `\`):
		return errors.New(`folders are parted by /, not by \`)
	case plain == "" || strings.HasSuffix(plain, "/"):
		return errors.New("it names a folder, not a file")
	case strings.Contains(plain, "//") || !filepath.IsLocal(plain) || slices.Contains(strings.Split(plain, "/"), "..") || slices.Contains(strings.Split(plain, "/"), "."):
		return errors.New("it has to be a path below the folder")
	}
	return nil
}

// nameOf returns the path of a record's file, with slashes: one that is allowed
// on Linux, macOS and Windows.
func nameOf(pattern string, r *output.Record, roots []string) string {
	var parts []string
	for part := range strings.SplitSeq(pattern, "/") {
		if part == dirHolder {
			dirs, _ := sourceOf(r, roots)
			for _, dir := range dirs {
				parts = append(parts, portable(dir))
			}
			continue
		}
		part = inBraces().ReplaceAllStringFunc(part, func(p string) string {
			for _, known := range placeholders {
				if p == "{"+known.name+"}" {
					return known.value(r)
				}
			}
			return p
		})
		parts = append(parts, portable(part))
	}
	return strings.Join(parts, "/")
}

// sourceOf returns the folders that a page was read from, below the one of roots
// that it is in, and the name of its file without its endings. An archive counts
// as a folder. Of a page that was fetched they are those of its address.
func sourceOf(r *output.Record, roots []string) (dirs []string, name string) {
	at := strings.ReplaceAll(filepath.ToSlash(r.File), "!/", "/")
	for _, root := range roots {
		if rest, ok := strings.CutPrefix(at, filepath.ToSlash(filepath.Clean(root))+"/"); ok {
			at = rest
			break
		}
	}
	if at == "" {
		if u, err := url.Parse(or(r.URL, r.CanonicalURL)); err == nil && u.Host != "" {
			at = u.Hostname() + u.Path
			if strings.HasSuffix(at, "/") || u.Path == "" {
				at = strings.TrimSuffix(at, "/") + "/index"
			}
		}
	}
	for part := range strings.SplitSeq(at, "/") {
		if part != "" && part != "." && part != ".." {
			dirs = append(dirs, part)
		}
	}
	if len(dirs) == 0 || at == "-" {
		return nil, "page"
	}
	name = dirs[len(dirs)-1]
	dirs = dirs[:len(dirs)-1]
	plain, _ := output.CutCompression(strings.TrimSuffix(name, ".br"))
	if without := strings.TrimSuffix(plain, path.Ext(plain)); without != "" {
		plain = without
	}
	return dirs, plain
}

// reserved are the names of devices, which Windows allows for no file, whatever
// its ending.
// https://learn.microsoft.com/windows/win32/fileio/naming-a-file
var reserved = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(\.|$)`)
})

// maxPart is the length of a file's name in bytes that leaves room for a number
// and the ending of a temporary file in the 255 bytes of most file systems.
const maxPart = 200

// portable makes a part of a path one that every system allows.
func portable(part string) string {
	part = strings.Map(func(r rune) rune {
		// Line separators and what overrides the direction show a name as another.
		if unicode.IsControl(r) || r >= '\u2028' && r <= '\u202e' || r >= '\u2066' && r <= '\u2069' || strings.ContainsRune(`<>:"/\|?*`, r) {
			return '_'
		}
		return r
	}, part)
	if len(part) > maxPart {
		ending := path.Ext(part)
		if len(ending) > 20 {
			ending = ""
		}
		part = cut(part[:len(part)-len(ending)], maxPart-len(ending)) + ending
	}
	// Windows drops dots and spaces at the end. A dot at the beginning would
	// hide the file.
	part = strings.TrimRight(part, ". ")
	part = strings.TrimLeft(part, ". ")
	if part == "" || reserved().MatchString(part) {
		part = "_" + part
	}
	return part
}

// cut returns the first n bytes of s, less those of a character that would be
// cut in two.
func cut(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}

// maxSlug is the length of a slug in bytes.
const maxSlug = 80

// slug returns the letters and digits of s in lower case, with a hyphen for
// what is between them, cut at a word.
func slug(s string) string {
	var b strings.Builder
	hyphen := false
	for _, r := range norm.NFC.String(strings.ToLower(s)) {
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r):
			if hyphen && b.Len() > 0 {
				b.WriteByte('-')
			}
			hyphen = false
			b.WriteRune(r)
		case r == '\'' || r == '’': // stands inside a word
		default:
			hyphen = true
		}
	}
	short := cut(b.String(), maxSlug)
	if len(short) < b.Len() && b.String()[len(short)] != '-' {
		if k := strings.LastIndexByte(short, '-'); k > maxSlug/2 {
			short = short[:k]
		}
	}
	return strings.Trim(short, "-")
}

// flat returns s without what has a meaning in a path.
func flat(s string) string {
	return strings.Trim(strings.NewReplacer("/", "-", `\`, "-").Replace(s), ". ")
}

func or(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}

// dateOf returns the day of publication, or of the fetch where that is not
// known.
func dateOf(r *output.Record) string {
	if _, _, ok := output.ParseDate(r.Published); ok {
		return r.Published[:10]
	}
	if r.FetchedAt != nil {
		return r.FetchedAt.UTC().Format("2006-01-02")
	}
	return "0000-00-00"
}

func hostOf(r *output.Record) string {
	for _, address := range []string{r.CanonicalURL, r.URL} {
		if u, err := url.Parse(address); err == nil && u.Host != "" {
			return u.Hostname()
		}
	}
	return ""
}

func siteOf(r *output.Record) string {
	if r.Site == nil {
		return ""
	}
	return or(r.Site.Name, r.Site.Domain)
}
