package scrape

import (
	"errors"
	"regexp"
	"strings"
	"sync"
)

// userInfo matches a user and a password in a URL, well formed or not.
var userInfo = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`(?i)^(\s*[a-z][a-z0-9+.-]*:[/\\]*)[^/\\?#]*@`) })

// Redact returns rawURL without the user and the password that it may have, for
// messages.
func Redact(rawURL string) string {
	if !strings.Contains(rawURL, "@") {
		return rawURL
	}
	return userInfo().ReplaceAllString(rawURL, "$1")
}

// hidePassword returns err with rawURL redacted where its message has it.
func hidePassword(err error, rawURL string) error {
	redacted := Redact(rawURL)
	if redacted == rawURL || err == nil {
		return err
	}
	m := userInfo().FindString(rawURL)
	secret := m[len(userInfo().FindStringSubmatch(rawURL)[1]) : len(m)-1]
	return errors.New(strings.ReplaceAll(strings.ReplaceAll(err.Error(), rawURL, redacted), secret, "…"))
}
