package seedlist

import (
	"encoding/csv"
	"errors"
	"slices"
	"strings"

	"newsclip/scrape"
)

// header is the first line of a list in CSV.
type header struct {
	comma   rune
	names   []string
	unknown []string // those of columns that are left out
}

// readHeader returns the header that a line is, or nil: one that names a column url.
func readHeader(line string) *header {
	for _, comma := range []rune{',', ';', '\t'} {
		h := &header{comma: comma}
		cells, err := h.cells(line)
		if err != nil {
			continue
		}
		for _, c := range cells {
			h.names = append(h.names, strings.ToLower(strings.TrimSpace(c)))
		}
		if !slices.Contains(h.names, "url") {
			continue
		}
		for _, name := range h.names {
			if known, _ := set(&scrape.Site{}, name, ""); !known && name != "" {
				h.unknown = append(h.unknown, name)
			}
		}
		return h
	}
	return nil
}

// cells splits a line.
func (h *header) cells(line string) ([]string, error) {
	r := csv.NewReader(strings.NewReader(line))
	r.Comma, r.FieldsPerRecord, r.LazyQuotes = h.comma, -1, true
	cells, err := r.Read()
	var broken *csv.ParseError
	if errors.As(err, &broken) {
		err = broken.Err // the line is told by the caller
	}
	return cells, err
}

// site returns that of a line after the header.
func (h *header) site(line string) (s scrape.Site, err error) {
	cells, err := h.cells(line)
	if err != nil {
		return s, err
	}
	if len(cells) > len(h.names) {
		return s, errors.New("it has more cells than the header")
	}
	for i, cell := range cells {
		if _, err := set(&s, h.names[i], cell); err != nil {
			return s, err
		}
	}
	return s, nil
}
