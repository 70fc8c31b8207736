package read

import (
	"bytes"
	"regexp"
	"sync"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

const (
	// refreshScript is the length in bytes of the longest script, and refreshBody of the
	// longest page, that is taken for one that does nothing but lead to another page.
	refreshScript = 500
	refreshBody   = 16 << 10
	// refreshLinks is the number of links that such a page may have, for readers whom the
	// script does not take on.
	refreshLinks = 2
)

// maybeLeads matches what makes a script lead on only at times, or only for some.
var maybeLeads = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)\b(?:if|else|switch|case|while|for|catch|addEventListener|onclick|confirm)\b|\?[^'"]*:|&&|\|\|`)
})

// scriptRefresh returns the address that a script leads to, of a page that has nothing
// else but two links, or "". A script that leads on under a condition is passed over.
func scriptRefresh(body []byte) string {
	if len(body) > refreshBody || !bytes.Contains(body, []byte("ocation")) {
		return ""
	}
	z := html.NewTokenizer(bytes.NewReader(body))
	target, links := "", 0
	for links <= refreshLinks {
		switch z.Next() {
		case html.ErrorToken:
			return target
		case html.StartTagToken:
			switch name, _ := z.TagName(); atom.Lookup(name) {
			case atom.A:
				links++
			case atom.Style, atom.Textarea, atom.Noscript, atom.Title:
				z.Next() // its text is no script
			case atom.Script:
				if z.Next() == html.TextToken && target == "" {
					target = leadsTo(z.Raw())
				}
			}
		}
	}
	return ""
}

// leadsTo returns the address that a script leads to whatever happens, or "".
func leadsTo(script []byte) string {
	if len(script) > refreshScript || !bytes.Contains(script, []byte("ocation")) || maybeLeads().Match(script) {
		return ""
	}
	return scriptTarget(string(script))
}
