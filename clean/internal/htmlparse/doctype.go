package htmlparse

import (
	"strings"

	"golang.org/x/net/html"
)

// doctype returns the node of a doctype, and whether it puts the page in quirks
// mode (13.2.6.4.1).
func (p *parser) doctype(s string) (n *html.Node, quirks bool) {
	n = p.node()
	n.Type = html.DoctypeNode
	name, rest := s, ""
	if k := strings.IndexAny(s, whitespace); k >= 0 {
		name, rest = s[:k], strings.TrimLeft(s[k:], whitespace)
	}
	n.Data = strings.ToLower(name)
	// As x/net: the standard's name is in lower case.
	quirks = name != "html"
	if len(rest) < len("PUBLIC") {
		return n, quirks || rest != ""
	}
	key := strings.ToLower(rest[:len("PUBLIC")])
	rest = rest[len("PUBLIC"):]
	for key == "public" || key == "system" {
		rest = strings.TrimLeft(rest, whitespace)
		if rest == "" || rest[0] != '"' && rest[0] != '\'' {
			break
		}
		var id string
		id, rest, _ = strings.Cut(rest[1:], rest[:1])
		n.Attr = append(n.Attr, html.Attribute{Key: key, Val: id})
		if key == "system" {
			key = ""
			break
		}
		key = "system"
	}
	if key != "" || rest != "" {
		// As x/net: also where a public identifier stands alone.
		return n, true
	}
	return n, quirks || hasQuirks(n.Attr)
}

// hasQuirks reports whether the identifiers of a doctype, of which the last is the
// system identifier, are of the time before standards.
func hasQuirks(ids []html.Attribute) bool {
	if strings.EqualFold(ids[len(ids)-1].Val, "http://www.ibm.com/data/dtd/v11/ibmxhtml1-transitional.dtd") {
		return true
	}
	if ids[0].Key != "public" {
		return false
	}
	public := strings.ToLower(ids[0].Val)
	switch public {
	case "-//w3o//dtd w3 html strict 3.0//en//", "-/w3d/dtd html 4.0 transitional/en", "html":
		return true
	}
	for _, id := range quirkyIDs {
		if strings.HasPrefix(public, id) {
			return true
		}
	}
	return false
}

// quirkyIDs begin the public identifiers of pages in quirks mode.
var quirkyIDs = [...]string{
	"+//silmaril//dtd html pro v0r11 19970101//",
	"-//advasoft ltd//dtd html 3.0 aswedit + extensions//",
	"-//as//dtd html 3.0 aswedit + extensions//",
	"-//ietf//dtd html 2.0 level 1//",
	"-//ietf//dtd html 2.0 level 2//",
	"-//ietf//dtd html 2.0 strict level 1//",
	"-//ietf//dtd html 2.0 strict level 2//",
	"-//ietf//dtd html 2.0 strict//",
	"-//ietf//dtd html 2.0//",
	"-//ietf//dtd html 2.1e//",
	"-//ietf//dtd html 3.0//",
	"-//ietf//dtd html 3.2 final//",
	"-//ietf//dtd html 3.2//",
	"-//ietf//dtd html 3//",
	"-//ietf//dtd html level 0//",
	"-//ietf//dtd html level 1//",
	"-//ietf//dtd html level 2//",
	"-//ietf//dtd html level 3//",
	"-//ietf//dtd html strict level 0//",
	"-//ietf//dtd html strict level 1//",
	"-//ietf//dtd html strict level 2//",
	"-//ietf//dtd html strict level 3//",
	"-//ietf//dtd html strict//",
	"-//ietf//dtd html//",
	"-//metrius//dtd metrius presentational//",
	"-//microsoft//dtd internet explorer 2.0 html strict//",
	"-//microsoft//dtd internet explorer 2.0 html//",
	"-//microsoft//dtd internet explorer 2.0 tables//",
	"-//microsoft//dtd internet explorer 3.0 html strict//",
	"-//microsoft//dtd internet explorer 3.0 html//",
	"-//microsoft//dtd internet explorer 3.0 tables//",
	"-//netscape comm. corp.//dtd html//",
	"-//netscape comm. corp.//dtd strict html//",
	"-//o'reilly and associates//dtd html 2.0//",
	"-//o'reilly and associates//dtd html extended 1.0//",
	"-//o'reilly and associates//dtd html extended relaxed 1.0//",
	"-//softquad software//dtd hotmetal pro 6.0::19990601::extensions to html 4.0//",
	"-//softquad//dtd hotmetal pro 4.0::19971010::extensions to html 4.0//",
	"-//spyglass//dtd html 2.0 extended//",
	"-//sq//dtd html 2.0 hotmetal + extensions//",
	"-//sun microsystems corp.//dtd hotjava html//",
	"-//sun microsystems corp.//dtd hotjava strict html//",
	"-//w3c//dtd html 3 1995-03-24//",
	"-//w3c//dtd html 3.2 draft//",
	"-//w3c//dtd html 3.2 final//",
	"-//w3c//dtd html 3.2//",
	"-//w3c//dtd html 3.2s draft//",
	"-//w3c//dtd html 4.0 frameset//",
	"-//w3c//dtd html 4.0 transitional//",
	"-//w3c//dtd html experimental 19960712//",
	"-//w3c//dtd html experimental 970421//",
	"-//w3c//dtd w3 html//",
	"-//w3o//dtd w3 html 3.0//",
	"-//webtechs//dtd mozilla html 2.0//",
	"-//webtechs//dtd mozilla html//",
}
