package fetch

import (
	"fmt"
	"net/http"
	"strconv"
)

// StatusError is an answer that is no page.
type StatusError int

func (e StatusError) Error() string {
	if text := http.StatusText(int(e)); text != "" {
		return fmt.Sprintf("%d %s", int(e), text)
	}
	return strconv.Itoa(int(e))
}

func IsRedirect(status int) bool {
	switch status {
	case http.StatusMovedPermanently, http.StatusFound, http.StatusSeeOther,
		http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
		return true
	}
	return false
}
