package clean

import (
	"bytes"
	"io"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
)

// decode returns b as UTF-8.
func decode(b []byte, contentType string) ([]byte, error) {
	if utf8.Valid(b) {
		return b, nil
	}
	r, err := charset.NewReader(bytes.NewReader(b), contentType)
	if err != nil {
		return nil, &Error{Code: "not_html", Message: err.Error()}
	}
	return io.ReadAll(r)
}
