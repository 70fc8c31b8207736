package page

import (
	"net/url"
	"strings"
	"testing"
	"unicode"
)

// FuzzLink: whatever a page names, the address that a record has of it is one of the
// web, and that of a link has no signs that end an attribute or a link of Markdown.
func FuzzLink(f *testing.F) {
	for _, s := range []string{
		"/a b", "javascript:alert(1)", "JaVa\tScript:alert(1)", "//user:pass@h/x", "mailto:a@b.example?subject=\"x\"", "http://[::1%25eth0]/", "data:text/html,<p>", "http:a", "http://a.example/\x00\n\"<>`\\|",
		"\x01http://a.example/", "https://\u202ea.example/", "tel:1", "http://%zz/", "?%", "#x", "blob:https://a/", "view-source:http://a/", "HTTP://A.example:80/../b", "//::", "//a.example:1:80/", "//[::1]:80/", "mailto:a\u009eb@c.example", "mailto:a@c.example?subject=\u009e", "/?\u009e#\u009e",
	} {
		f.Add(s, "")
		f.Add(s, s)
	}
	f.Fuzz(func(t *testing.T, ref, base string) {
		p, err := Parse(Input{URL: "https://news.example/a/b", HTML: []byte("<base href='" + strings.ReplaceAll(base, "'", "&#39;") + "'><p>x")})
		if err != nil {
			return
		}
		if s := p.Link(ref); s != "" {
			u, err := url.Parse(s)
			switch {
			case err != nil:
				t.Errorf("link %q of %q: %v", s, ref, err)
			case u.Scheme != "mailto" && (u.Scheme != "http" && u.Scheme != "https" || u.Host == ""):
				t.Errorf("link %q of %q", s, ref)
			case strings.ContainsAny(s, "\"<>` \\") || strings.ContainsFunc(s, unicode.IsControl):
				t.Errorf("link %q of %q has signs that end it", s, ref)
			}
		}
		// An image's address is what the page says, where url.Parse refuses it too.
		if s := p.ImageURL(ref); s != "" {
			scheme, _, _ := strings.Cut(strings.ToLower(s), "://")
			if scheme != "http" && scheme != "https" && (p.Base != nil || strings.HasPrefix(scheme, "data:") || strings.HasPrefix(scheme, "javascript:")) || strings.ContainsFunc(s, unicode.IsControl) {
				t.Errorf("image %q of %q", s, ref)
			}
		}
	})
}
