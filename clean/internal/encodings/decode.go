package encodings

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"mime"
	"net/http"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/gogs/chardet"
	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"newsclip/clean/article"
)

// DefaultMaxBytes is the size of the largest page that [Decode] reads where its
// caller does not say otherwise: 50 MiB. The HTML standard on one
// page has 13 MiB; what is larger is a page saved with its pictures inside, and
// a tree takes about eight times the memory of its page.
const DefaultMaxBytes = 50 << 20

const (
	// declarationBytes bounds the search for a meta element that names the
	// encoding. Browsers look at 1 KiB; pages with inlined styles declare it
	// far later.
	declarationBytes = 256 << 10
	// sniffBytes is what decides between text and something else.
	sniffBytes = 4 << 10
	// sampleBytes of text with other than ASCII signs are enough for the
	// detector, which looks at 8 KiB.
	sampleBytes = 8 << 10
)

// Decode returns b as UTF-8; b itself where it is UTF-8 already and nothing in it was
// encoded twice. What the page, or the Content-Type header in contentType, says about
// its encoding is believed only as far as its bytes bear it out. More than maxBytes are
// refused; 0 or less stands for [DefaultMaxBytes]. The errors are [*article.Error]
// with the codes too_large, empty and not_html; a wrong label is none.
func Decode(b []byte, contentType string, maxBytes int) ([]byte, error) {
	if maxBytes <= 0 {
		maxBytes = DefaultMaxBytes
	}
	if len(b) > maxBytes {
		return nil, &article.Error{Code: article.CodeTooLarge, Message: fmt.Sprintf("the page has %d bytes; at most %d are read", len(b), maxBytes)}
	}
	if rest, ok := bytes.CutPrefix(b, []byte("\xef\xbb\xbf")); ok {
		b = rest
		return notEmpty(bytes.ToValidUTF8(b, replacement))
	}
	if big, ok := isUTF16(b); ok {
		endian := unicode.LittleEndian
		if big {
			endian = unicode.BigEndian
		}
		out, _ := transcode(unicode.UTF16(endian, unicode.UseBOM), b)
		return notEmpty(out)
	}
	if what := notText(b); what != "" {
		return nil, &article.Error{Code: article.CodeNotHTML, Message: "the input is " + what + ", not HTML"}
	}
	valid := utf8.Valid(b)
	if !(valid && hasHigh(b)) && bytes.IndexByte(b, '\x1b') >= 0 && (bytes.Contains(b, []byte("\x1b$B")) || bytes.Contains(b, []byte("\x1b$@"))) {
		// All its bytes are ASCII, so that nothing after this would see it.
		if out, bad := transcode(japanese.ISO2022JP, b); bad.few() {
			return out, nil
		}
	}
	if valid {
		return notEmpty(repairAmpersands(repairControls(repairTwice(b))))
	}
	labels := []string{headerCharset(contentType), metaCharset(b)}
	if isBrokenUTF8(b, labels) {
		return repairControls(repairTwice(readMixed(b, besideUTF8(b, labels), true))), nil
	}
	for _, label := range labels {
		if out, ok := decodeAs(label, b); ok {
			return out, nil
		}
	}
	for _, label := range detect(b) {
		if out, ok := decodeAs(label, b); ok {
			return out, nil
		}
	}
	out, _ := transcode(charmap.Windows1252, b)
	return out, nil
}

// hasHigh reports whether b has a byte that is none of ASCII. Most pages have one near their
// beginning.
func hasHigh(b []byte) bool {
	for len(b) >= 8 {
		if binary.LittleEndian.Uint64(b)&0x8080808080808080 != 0 {
			return true
		}
		b = b[8:]
	}
	return slices.ContainsFunc(b, func(c byte) bool { return c >= utf8.RuneSelf })
}

var replacement = []byte("\uFFFD")

func notEmpty(b []byte) ([]byte, error) {
	if len(bytes.TrimLeft(b, " \t\r\n\f\x00")) == 0 {
		return nil, &article.Error{Code: article.CodeEmpty, Message: "the input is empty"}
	}
	return b, nil
}

// isUTF16 goes by the byte order mark, or by the zeros that markup in UTF-16
// has in every second place.
func isUTF16(b []byte) (bigEndian, ok bool) {
	if len(b) < 2 {
		return false, false
	}
	switch {
	case b[0] == 0xfe && b[1] == 0xff:
		return true, true
	case b[0] == 0xff && b[1] == 0xfe:
		return false, true
	}
	head := b[:min(len(b), sniffBytes)]
	if len(head) < 8 || bytes.IndexByte(head, 0) < 0 {
		return false, false
	}
	var zeros [2]int
	for k, c := range head {
		if c == 0 {
			zeros[k&1]++
		}
	}
	half := len(head) / 2
	switch {
	case zeros[0] > half/3 && zeros[1] < half/20:
		return true, true
	case zeros[1] > half/3 && zeros[0] < half/20:
		return false, true
	}
	return false, false
}

// notText names what b is where it is no text, else returns "".
func notText(b []byte) string {
	head := b[:min(len(b), sniffBytes)]
	control := 0
	for _, c := range head {
		if c < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != 0x1b {
			control++
		}
	}
	what := http.DetectContentType(head)
	switch {
	case what == "application/pdf" || what == "application/postscript":
		return what
	case control == 0 || strings.HasPrefix(what, "text/"):
		return ""
	case what != "application/octet-stream":
		return what
	case control*50 > len(head):
		return "binary data"
	}
	return ""
}

// decodeAs decodes b by an encoding's label, and says whether the result can
// be what the page's author wrote.
func decodeAs(label string, b []byte) ([]byte, bool) {
	if label == "" {
		return nil, false
	}
	enc, name := charset.Lookup(label)
	single := singleByte(label)
	switch name {
	case "", "utf-8", "replacement", "x-user-defined", "utf-16le", "utf-16be":
		return nil, false
	case "gbk":
		enc = simplifiedchinese.GB18030 // which contains it
	case "windows-1252":
		if !looksWestern(b) {
			return nil, false
		}
		if other := notWestern(b); other != nil {
			enc, single = other, other
		}
	default:
		if other := otherCyrillic(b, name); other != nil {
			enc, single = other, other
		}
	}
	if single != nil && holdsParts(b, single) {
		return repairControls(readMixed(b, single, false)), true
	}
	out, bad := transcode(enc, b)
	if !bad.few() && single == nil {
		out, bad = transcodeParts(enc, b)
	}
	return out, bad.few()
}

// damage counts the signs beyond ASCII in a decoded page, and those of them
// that could not be decoded.
type damage struct{ signs, bad int }

func (d damage) few() bool { return d.bad*50 <= d.signs }

func transcode(enc encoding.Encoding, b []byte) ([]byte, damage) {
	// The decoders of x/text replace what they cannot read and do not fail.
	out, err := enc.NewDecoder().Bytes(b)
	if err != nil {
		return nil, damage{1, 1}
	}
	var d damage
	for k := 0; k < len(out); {
		if out[k] < utf8.RuneSelf {
			k++
			continue
		}
		r, size := utf8.DecodeRune(out[k:])
		k += size
		d.signs++
		if r == utf8.RuneError {
			d.bad++
		}
	}
	return out, d
}

// looksWestern reports whether b can be windows-1252, in which any bytes can be
// read. Its languages rarely set two letters beyond ASCII side by side, and the
// scripts that servers mislabel as Latin-1 do it all the time.
func looksWestern(b []byte) bool {
	high, side := 0, 0
	for k, c := range b {
		if c >= 0xc0 {
			high++
			if k > 0 && b[k-1] >= 0x80 {
				side++
			}
		}
	}
	return side*3 <= high
}

// isBrokenUTF8 reports whether b is UTF-8 in which some bytes are damaged. Text
// in another encoding hardly ever forms UTF-8's sequences by chance.
func isBrokenUTF8(b []byte, labels []string) bool {
	whole, bad := 0, 0
	for k := 0; k < len(b); {
		if b[k] < utf8.RuneSelf {
			k++
			continue
		}
		r, size := utf8.DecodeRune(b[k:])
		if r == utf8.RuneError && size == 1 {
			bad++
		} else {
			whole++
		}
		k += size
	}
	if whole >= 3*bad {
		return true
	}
	for _, label := range labels {
		if _, name := charset.Lookup(label); name == "utf-8" {
			return whole >= bad
		}
	}
	return false
}

func headerCharset(contentType string) string {
	if contentType == "" {
		return ""
	}
	if _, params, err := mime.ParseMediaType(contentType); err == nil {
		return params["charset"]
	}
	return charsetIn([]byte(contentType))
}

// metaCharset returns the encoding that a meta element or the XML declaration
// names.
func metaCharset(b []byte) string {
	b = b[:min(len(b), declarationBytes)]
	if rest, ok := bytes.CutPrefix(b, []byte("<?xml")); ok {
		if tag, _, ok := bytes.Cut(rest, []byte("?>")); ok {
			if _, v, ok := bytes.Cut(tag, []byte("encoding=")); ok {
				return labelAt(v)
			}
		}
	}
	for {
		k := bytes.IndexByte(b, '<')
		if k < 0 {
			return ""
		}
		b = b[k+1:]
		if len(b) < 5 || !bytes.EqualFold(b[:4], []byte("meta")) {
			continue
		}
		end := bytes.IndexByte(b, '>')
		if end < 0 {
			return ""
		}
		if label := charsetIn(b[:end]); label != "" {
			return label
		}
		b = b[end:]
	}
}

// charsetIn returns what follows "charset=" in s.
func charsetIn(s []byte) string {
	s = bytes.ToLower(s)
	for {
		_, rest, ok := bytes.Cut(s, []byte("charset"))
		if !ok {
			return ""
		}
		v, ok := bytes.CutPrefix(bytes.TrimLeft(rest, " \t\r\n"), []byte("="))
		if ok {
			return labelAt(v)
		}
		s = rest
	}
}

// labelAt reads a label, quoted or not, from the start of v.
func labelAt(v []byte) string {
	v = bytes.TrimLeft(v, " \t\r\n\"'")
	end := bytes.IndexAny(v, " \t\r\n\"';/>")
	if end >= 0 {
		v = v[:end]
	}
	return string(v)
}

// detect returns labels of the encodings that b may be in, the likeliest
// first.
func detect(b []byte) []string {
	b = sample(b)
	if looksThai(b) {
		return []string{"windows-874"}
	}
	results, err := chardet.NewTextDetector().DetectAll(b)
	if err != nil {
		return nil
	}
	// The detector asks its recognizers at once and leaves equals in the order
	// in which they answered.
	slices.SortFunc(results, func(a, b chardet.Result) int {
		if a.Confidence != b.Confidence {
			return b.Confidence - a.Confidence
		}
		return strings.Compare(a.Charset, b.Charset)
	})
	labels := make([]string, 0, len(results))
	for _, r := range results {
		label := r.Charset
		if label == "GB-18030" {
			label = "gb18030"
		}
		labels = append(labels, label)
	}
	return labels
}

// sample joins the runs of text that have something beyond ASCII in them, so
// that scripts and markup do not drown what tells encodings apart.
func sample(b []byte) []byte {
	out := make([]byte, 0, sampleBytes)
	for len(b) > 0 && len(out) < sampleBytes {
		end := bytes.IndexAny(b, "<>")
		if end < 0 {
			end = len(b)
		}
		run := b[:end]
		if slices.ContainsFunc(run, func(c byte) bool { return c >= utf8.RuneSelf }) {
			out = append(out, run...)
			out = append(out, '\n')
		}
		b = b[min(end+1, len(b)):]
	}
	return out[:min(len(out), sampleBytes)]
}
