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
