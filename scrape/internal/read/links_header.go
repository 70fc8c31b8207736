package read

import (
	"iter"
	"regexp"
	"strings"
	"sync"

	"newsclip/selectors"
)

// linkValue and linkParam match the parts of a Link field (RFC 8288).
var (
	linkValue = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`<([^>]*)>([^<]*)`) })
	linkParam = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`;\s*([A-Za-z*]+)\s*=\s*(?:"([^"]*)"|([^\s;,"]+))`) })
)

// header adds what the Link fields of an answer name, other than its canonical URL,
// which package clean reads.
func (r *linkReader) header(fields string) {
	if fields == "" {
		return
	}
	for href, params := range linkFields(fields) {
		if rel := strings.ToLower(params["rel"]); !hasToken(rel, "canonical") {
			r.relation(rel, href, params["type"], params["hreflang"])
		}
	}
}

// NextPages returns the addresses that Link fields name as other parts of a feed, as
// written.
func NextPages(fields string) []string {
	var hrefs []string
	for href, params := range linkFields(fields) {
		for rel := range strings.FieldsSeq(strings.ToLower(params["rel"])) {
			if selectors.Feeds().PartRelations[rel] {
				hrefs = append(hrefs, href)
				break
			}
		}
	}
	return hrefs
}

// linkFields returns the addresses and parameters of Link fields.
func linkFields(fields string) iter.Seq2[string, map[string]string] {
	return func(yield func(string, map[string]string) bool) {
		for _, m := range linkValue().FindAllStringSubmatch(fields, maxLinkValues) {
			params := make(map[string]string)
			for _, p := range linkParam().FindAllStringSubmatch(m[2], -1) {
				params[strings.ToLower(p[1])] = p[2] + p[3]
			}
			if !yield(m[1], params) {
				return
			}
		}
	}
}

// maxLinkValues is the number of links that are read of one answer's Link fields.
const maxLinkValues = 200

// refreshValue matches the content of a refresh as browsers read it: the target may
// stand without "url=", in quotes or not.
var refreshValue = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?is)^\s*[0-9]*(?:\.[0-9]*)?\s*(?:[;,]|\s)\s*(?:url\s*=\s*)?(.*)$`)
})

// RefreshTarget returns the address that a meta refresh or a Refresh field leads
// to, as written, or "" where it only loads the page again.
func RefreshTarget(content string) string {
	m := refreshValue().FindStringSubmatch(content)
	if m == nil {
		return ""
	}
	target := strings.TrimSpace(m[1])
	if target != "" && (target[0] == '\'' || target[0] == '"') {
		quote := target[:1]
		target, _, _ = strings.Cut(target[1:], quote)
	}
	return strings.TrimSpace(target)
}
