package main

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// A table is printed as Markdown, its columns in line.
type table struct{ rows [][]string }

// add appends a row; the first is the header.
func (t *table) add(cells ...string) { t.rows = append(t.rows, cells) }

func (t *table) print(w io.Writer) error {
	widths := make([]int, len(t.rows[0]))
	for _, row := range t.rows {
		for k, c := range row {
			widths[k] = max(widths[k], utf8.RuneCountInString(c), 3)
		}
	}
	line := func(row []string) string {
		var b strings.Builder
		for k, c := range row {
			b.WriteString("| " + c + strings.Repeat(" ", widths[k]-utf8.RuneCountInString(c)+1))
		}
		return b.String() + "|\n"
	}
	rule := make([]string, len(widths))
	for k, n := range widths {
		rule[k] = strings.Repeat("-", n)
	}
	out := line(t.rows[0]) + line(rule)
	for _, row := range t.rows[1:] {
		out += line(row)
	}
	_, err := io.WriteString(w, out)
	return err
}

func num(format string, v any) string { return fmt.Sprintf(format, v) }

// spread writes a median with the least and the most.
func spread(median, least, most float64) string {
	return fmt.Sprintf("%.2f (%.2f–%.2f)", median, least, most)
}
