package saved

import (
	"bytes"
	"strings"
)

// savedFrom returns the address that a browser or an extension wrote into a
// page when it saved it, or "". The marks stand at the top of the file:
//
//	<!-- saved from url=(0028)https://news.example/a.html -->   Mark of the Web: Internet Explorer, Chrome, Edge
//	<!-- Page saved with SingleFile  url: https://… -->         SingleFile
func savedFrom(page []byte) string {
	head := page[:min(len(page), peekSize)]
	for {
		_, rest, ok := bytes.Cut(head, []byte("<!--"))
		if !ok {
			return ""
		}
		comment, after, ok := bytes.Cut(rest, []byte("-->"))
		if !ok {
			return ""
		}
		if u := addressOf(string(comment)); u != "" {
			return u
		}
		head = after
	}
}

func addressOf(comment string) string {
	words := strings.Fields(comment)
	for i, w := range words {
		if rest, ok := strings.CutPrefix(w, "url=("); ok && i >= 2 && words[i-2] == "saved" && words[i-1] == "from" {
			if _, u, ok := strings.Cut(rest, ")"); ok {
				return httpOnly(u)
			}
		}
		if w == "url:" && i+1 < len(words) && strings.Contains(comment, "SingleFile") {
			return httpOnly(words[i+1])
		}
	}
	return ""
}

// httpOnly returns u where it is an address of the web, and "" where it is
// another, such as about:internet or file:.
func httpOnly(u string) string {
	if strings.HasPrefix(u, "http://") || strings.HasPrefix(u, "https://") {
		return u
	}
	return ""
}
