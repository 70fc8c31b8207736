package overview

import (
	"net/http"
	"strconv"
)

// causeWords are the causes of failures as readers are told them, sorted by cause:
// the codes of records' errors, and what a crawl counts.
var causeWords = []struct{ cause, words string }{
	{"bad_input", "line is no page"},
	{"body_encoding", "body cannot be decoded"},
	{"connect", "no connection"},
	{"cut_short", "answer cut short"},
	{"dns", "no such host"},
	{"dropped", "connection dropped"},
	{"empty", "no bytes"},
	{"fetch", "address gave no page"},
	{"gone", "page is gone"},
	{"internal", "fault of newsclip"},
	{"needs_javascript", "needs JavaScript"},
	{"no_article", "no article found"},
	{"not_html", "not HTML"},
	{"other", "other failure"},
	{"private_address", "private address"},
	{"read", "cannot be read"},
	{"render", "browser failed"},
	{"timeout", "took too long"},
	{"tls", "no secure connection"},
	{"too_complex", "too many tags"},
	{"too_large", "too large"},
}

// causeText returns a cause in words, with the cause itself where that tells more.
func causeText(cause string) string {
	for _, c := range causeWords {
		if c.cause == cause {
			return c.words
		}
	}
	if status, err := strconv.Atoi(cause); err == nil {
		if text := http.StatusText(status); text != "" {
			return cause + " " + text
		}
	}
	return cause
}
