package main

import (
	"fmt"
	"regexp"
	"strings"
	"sync"
	"time"
	"unicode"
	"unicode/utf8"
)

// password is that of an address; the last @ before the path ends it.
var password = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`(://[^\s/?#:@]*):[^\s/?#]*@`) })

// visible makes s safe to print on a terminal, whoever wrote it: control
// characters but tab and line end, signs that turn the order of text around and
// bytes that are no UTF-8 are written as in \u001b, which JSON reads too.
// Passwords in addresses are left out.
func visible(s string) string {
	s = password().ReplaceAllString(s, "$1:xxxxx@")
	if strings.IndexFunc(s, isUnsafe) < 0 {
		return s
	}
	var b strings.Builder
	for k, r := range s {
		switch {
		case !isUnsafe(r):
			b.WriteRune(r)
		case r == utf8.RuneError && strings.HasPrefix(s[k:], "\uFFFD"):
			b.WriteRune(r)
		case r == utf8.RuneError:
			fmt.Fprintf(&b, `\u%04x`, s[k])
		default:
			fmt.Fprintf(&b, `\u%04x`, r)
		}
	}
	return b.String()
}

func isUnsafe(r rune) bool {
	return r == utf8.RuneError || unicode.IsControl(r) && r != '\n' && r != '\t' || unicode.Is(unicode.Bidi_Control, r)
}

// logLines is how many lines a logWriter writes in a minute.
const logLines = 20

// logWriter takes what libraries write to the standard log, such as net/http on
// a server that breaks the protocol, as a line of the command's own. A server that breaks
// it without end would have thousands of lines written in a second: of those beyond
// logLines only the number is told, with the next line that is written.
type logWriter struct {
	e *env

	mu      sync.Mutex
	since   time.Time // when the minute began
	lines   int       // in this minute
	dropped int
}

func (w *logWriter) Write(b []byte) (int, error) {
	w.mu.Lock()
	now := time.Now()
	if now.Sub(w.since) > time.Minute {
		w.since, w.lines = now, 0
	}
	w.lines++
	write, dropped := w.lines <= logLines, w.dropped
	if w.dropped++; write {
		w.dropped = 0
	}
	w.mu.Unlock()
	if write && dropped > 0 {
		w.e.warnf("%d messages like this were left out:", dropped)
	}
	if write {
		w.e.warnf("%s", b)
	}
	return len(b), nil
}
