package saved

import (
	"encoding/base64"
	"strings"
	"testing"
)

// message is one of mail: a header and a body, with the line ends of mail.
func message(lines ...string) string { return strings.Join(lines, "\r\n") }

// The page of a message is found however browsers and mail programs nest it.
func TestMHTMLForms(t *testing.T) {
	const head = "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://quay.example/a\r\nMIME-Version: 1.0\r\n"
	part := func(kind, location, body string) string {
		return message("Content-Type: "+kind, "Content-Location: "+location, "", body)
	}
	multipart := func(kind, boundary string, parts ...string) string {
		return message("Content-Type: multipart/"+kind+"; boundary=\""+boundary+"\"", "", "--"+boundary, "") +
			strings.Join(parts, "\r\n--"+boundary+"\r\n") + "\r\n--" + boundary + "--\r\n"
	}
	plain := part("text/plain", "", "Words of a mail.")
	framesetOf := func(rest ...string) string {
		return multipart("related", "b", append([]string{part("text/html", "https://quay.example/", `<html><title>F</title><FRAMESET cols="20%,*"><frame src="a">`)}, rest...)...)
	}
	for _, tt := range []struct{ name, data, want string }{
		{"alternative in related", head + multipart("related", "b", multipart("alternative", "c", plain, part("text/html", "", page("A")))), "A | https://quay.example/a"},
		{"related in alternative in mixed", message("MIME-Version: 1.0", "Subject: x", "") +
			multipart("mixed", "b", multipart("alternative", "c", plain, multipart("related", "d", part("text/html", "https://quay.example/b", page("A"))))), "A | https://quay.example/b"},
		{"one part, as Internet Explorer saves it", message("From: <Saved by Windows Internet Explorer 8>", "MIME-Version: 1.0", "Content-Type: text/html;",
			"\tcharset=\"utf-8\"", "Content-Transfer-Encoding: base64", "Content-Location: https://quay.example/a", "", base64.StdEncoding.EncodeToString([]byte(page("A")))), "A | https://quay.example/a"},
		{"frames", head + framesetOf(part("text/html", "https://quay.example/nav", "<a>x</a>"), part("text/html", "https://quay.example/b", page("A")),
			part("text/html", "https://quay.example/c", "<p>less</p>")), "A | https://quay.example/b"},
		{"frames that are missing", head + framesetOf(), "F | https://quay.example/a"},
		{"a page and a frame", head + multipart("related", "b", part("text/html", "", page("A")), part("text/html", "https://quay.example/b", page("a longer frame"))), "A | https://quay.example/a"},
		{"no HTML", head + multipart("mixed", "b", plain), "not_html | a.mht: MHTML: no part of it is HTML"},
		{"text alone", message("Subject: x", "MIME-Version: 1.0", "Content-Type: text/plain", "", "Words of a mail."), "not_html | a.mht: the input is plain text, not HTML"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			check(t, results(t, new(Reader), nil, write(t, "a.mht", []byte(tt.data))), "a.mht | "+tt.want)
		})
	}
	deep := part("text/html", "", page("A"))
	for _, boundary := range []string{"f", "e", "d", "c", "b"} {
		deep = multipart("mixed", boundary, deep)
	}
	check(t, results(t, new(Reader), nil, write(t, "a.mht", []byte(head+deep))), "a.mht | not_html | a.mht: MHTML: no part of it is HTML")
}
