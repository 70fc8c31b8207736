package fetch

import (
	"bytes"
	"net/http"
	"slices"
	"strings"
)

// sniffLength is how much of a body is looked at to find whether it is HTML, in
// bytes: further than the comments of caches and the scripts that stand before it.
const sniffLength = 4 << 10

// htmlElements are elements that a page may begin with, whose tags XML formats do not
// have: those of the WHATWG MIME Sniffing standard, 7.1, and sectioning ones.
var htmlElements = []string{
	"a", "article", "aside", "b", "base", "body", "br", "center", "div", "font", "footer", "h1", "h2", "h3", "head", "header", "html",
	"iframe", "img", "link", "main", "meta", "nav", "p", "script", "section", "span", "style", "table", "title", "ul",
}

// IsHTML reports whether a body is HTML by its first element, whatever its
// Content-Type. Comments, processing instructions and a byte order mark may come
// before it, and a doctype other than html means that it is not.
func IsHTML(body []byte) bool {
	head := body[:min(len(body), sniffLength)]
	for {
		head = bytes.TrimLeft(head, " \t\r\n\f\ufeff")
		var end string
		switch {
		case bytes.HasPrefix(head, []byte("<!--")):
			end = "-->"
		case bytes.HasPrefix(head, []byte("<?")):
			end = ">"
		case len(head) > 9 && strings.EqualFold(string(head[:9]), "<!doctype"):
			name := bytes.TrimLeft(head[9:], " \t\r\n\f")
			return len(name) >= 4 && strings.EqualFold(string(name[:4]), "html")
		case len(head) > 1 && head[0] == '<':
			return isHTMLTag(head[1:])
		default:
			return false
		}
		_, rest, ok := bytes.Cut(head, []byte(end))
		if !ok {
			return false
		}
		head = rest
	}
}

// isHTMLTag reports whether text begins with the name of one of htmlElements.
func isHTMLTag(text []byte) bool {
	i := bytes.IndexAny(text, " \t\r\n\f/>")
	if i < 0 {
		return false
	}
	_, found := slices.BinarySearch(htmlElements, strings.ToLower(string(text[:i])))
	return found
}

// MayBePage reports whether the body of an answer with a media type may be a page, a
// sitemap, a feed or a list of pages in JSON: whatever is not known to be something else, because servers send
// pages under types such as */*, unknown/unknown and application/x-httpd-php.
func MayBePage(mediaType string) bool {
	kind, sub, _ := strings.Cut(mediaType, "/")
	switch kind {
	case "audio", "font", "image", "model", "video":
		return false
	case "application":
		return !strings.HasPrefix(sub, "vnd.") && !slices.Contains(otherTypes, sub) || strings.HasSuffix(sub, "+xml") || strings.HasSuffix(sub, "html")
	case "text":
		return sub != "css" && sub != "javascript" && sub != "calendar" && sub != "csv"
	}
	return true
}

// otherTypes are the subtypes of application that are no pages.
var otherTypes = []string{
	"epub+zip", "font-woff", "gzip", "java-archive", "javascript", "ld+json", "manifest+json", "msword", "ogg", "pdf", "pgp-signature", "postscript",
	"rtf", "wasm", "x-7z-compressed", "x-apple-diskimage", "x-bittorrent", "x-bzip2", "x-debian-package", "x-gzip", "x-javascript", "x-mpegurl",
	"x-msdownload", "x-rar-compressed", "x-shockwave-flash", "x-tar", "x-xpinstall", "x-zip-compressed", "zip",
}

// DetectsHTML reports whether an answer is a page: by its Content-Type where that is
// one of HTML, else by its bytes.
func DetectsHTML(contentType string, body []byte) bool {
	switch MediaType(contentType) {
	case "text/html", "application/xhtml+xml":
		return true
	}
	return IsHTML(body) || strings.HasPrefix(http.DetectContentType(body), "text/html")
}
