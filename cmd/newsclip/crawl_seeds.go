package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"strings"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"newsclip/scrape"
)

// seeds returns the start URLs, from the arguments and standard input. A wrong
// argument is an error. A wrong line is warned of and left out, unless all are
// wrong.
func (f *crawlFlags) seeds(ctx context.Context, e *env, args []string) ([]string, error) {
	canContinue := f.state != "" || f.nats != ""
	if len(args) == 0 && !canContinue {
		if isTerminal(e.stdin) {
			return nil, usagef("newsclip crawl https://news.example/", "no URL to crawl")
		}
		args = []string{"-"}
	}
	var seeds []string
	var wrong error
	for _, arg := range args {
		if arg != "-" {
			if err := checkSeed(arg); err != nil {
				return nil, err
			}
			seeds = append(seeds, arg)
			continue
		}
		lines, err := readLines(ctx, e.stdin)
		if err != nil {
			return nil, err
		}
		for n, line := range lines {
			s := seedOf(line)
			if s == "" {
				continue
			}
			if err := checkSeed(s); err != nil {
				wrong = err
				e.warnf("line %d is left out: %v", n+1, err)
				continue
			}
			seeds = append(seeds, s)
		}
	}
	switch {
	case len(seeds) > 0:
		return seeds, nil
	case wrong != nil:
		return nil, wrong
	case !canContinue:
		return nil, usagef("newsclip crawl https://news.example/", "no URL to crawl")
	}
	return nil, nil
}

func checkSeed(s string) error {
	if !isURL(s) {
		if fi, err := os.Stat(s); err == nil && fi.Mode().IsRegular() {
			return usagef("newsclip clean "+s+" cleans a saved page; newsclip crawl - < "+s+" crawls the URLs in a file", "%q is a file, not a URL", s)
		}
		return usagef("write it as https://"+scrape.Redact(s), "%q is not a URL that can be crawled", scrape.Redact(s))
	}
	if _, err := scrape.Normalize(s); err != nil {
		return usagef("write a URL as in https://news.example/", "%v", err)
	}
	return nil
}

// maxLine bounds a line of a seed list, in bytes.
const maxLine = 1 << 20

// readLines reads all lines of r, in UTF-8 or in UTF-16 with a byte order mark. It
// returns when ctx ends, although a terminal is still being read.
func readLines(ctx context.Context, r io.Reader) ([]string, error) {
	type result struct {
		lines []string
		err   error
	}
	done := make(chan result, 1)
	go func() {
		var res result
		in := bufio.NewScanner(transform.NewReader(r, unicode.BOMOverride(encoding.Nop.NewDecoder())))
		in.Buffer(nil, maxLine)
		for in.Scan() {
			res.lines = append(res.lines, strings.Split(in.Text(), "\r")...)
		}
		if err := in.Err(); err != nil {
			res.err = fmt.Errorf("reading URLs from standard input: %w", err)
		}
		done <- res
	}()
	select {
	case res := <-done:
		return res.lines, res.err
	case <-ctx.Done():
		return nil, fmt.Errorf("reading URLs from standard input: %w", ctx.Err())
	}
}

// seedOf returns the URL of a line, which may be followed by a comment or by other
// columns, or stand in one of them. A line without any is returned as it is; one of
// white space or a comment is "".
func seedOf(line string) string {
	line = strings.TrimSpace(strings.ReplaceAll(line, "\x00", ""))
	if line == "" || line[0] == '#' {
		return ""
	}
	first := ""
	for i, field := range strings.FieldsFunc(line, func(r rune) bool { return r == ' ' || r == '\t' || r == '|' }) {
		if field[0] == '#' {
			break
		}
		if i == 0 {
			first = field
		}
		if s := inField(field); s != "" {
			return s
		}
	}
	return strings.Trim(first, `"'<>,;`)
}

// inField returns the URL in a field that may hold several columns. Commas and
// semicolons are part of URLs: they end one only behind a quotation mark, and where
// they stand behind the host, or at the end.
func inField(field string) string {
	for i := range field {
		if i > 0 && strings.IndexByte(`,;"'<`, field[i-1]) < 0 || !isURL(field[i:]) {
			continue
		}
		s := field[i:]
		if i > 0 && strings.IndexByte(`"'<`, field[i-1]) >= 0 {
			s, _, _ = strings.Cut(s, map[byte]string{'"': `"`, '\'': `'`, '<': `>`}[field[i-1]])
		}
		authority := strings.Index(s, "://") + len("://")
		if end := strings.IndexAny(s[authority:], "/?#,;"); end >= 0 {
			end += authority
			if s[end] == '/' && end+1 < len(s) {
				end++
			}
			if s[end] == ',' || s[end] == ';' {
				s = s[:end]
			}
		}
		return strings.TrimRight(s, `,;"'>`)
	}
	return ""
}
