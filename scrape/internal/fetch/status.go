package fetch

import (
	"fmt"
	"net/http"
	"strconv"
)

// StatusError is an HTTP status that was not expected.
type StatusError int

func (e StatusError) Error() string {
	if text := http.StatusText(int(e)); text != "" {
		return fmt.Sprintf("%d %s", int(e), text)
	}
	return strconv.Itoa(int(e))
}

// IsRedirect reports whether an answer of this status names another URL to fetch.
func IsRedirect(status int) bool {
	switch status {
	case http.StatusMovedPermanently, http.StatusFound, http.StatusSeeOther,
		http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
		return true
	}
	return false
}

// Location returns the address that an answer leads on to, as written: by a status
// of 300 to 399, whatever it means. It is empty for others.
func (r *Response) Location() string {
	if r.Status < 300 || r.Status > 399 || r.Status == http.StatusNotModified {
		return ""
	}
	return r.Header.Get("Location")
}

// IsUnled reports whether an answer is a redirect that names no address: browsers
// show its body.
func (r *Response) IsUnled() bool {
	return r.Status >= 300 && r.Status <= 399 && r.Status != http.StatusNotModified && r.Location() == ""
}
