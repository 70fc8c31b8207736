package picture

import (
	"strings"
	"testing"
)

// FuzzSrcset: whatever the attribute, each candidate is a part of it, without white
// space, there are no more of them than signs, and the largest can be fetched.
func FuzzSrcset(f *testing.F) {
	for _, s := range []string{
		"/a.jpg 1x, /b.jpg 2x", "data:image/gif;base64,AA== 1w,,,/c 99999999999w 1e9x", ",,,", "a,b 1w", "/a.jpg (1x, 2x) 3x", "a -1w, b NaNx, c +Infx", "\f/a\t640w\r,\n/b",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, srcset string) {
		n := 0
		eachCandidate(srcset, func(c candidate) {
			n++
			if !strings.Contains(srcset, c.url) || strings.ContainsAny(c.url, " \t\r\n\f") || strings.HasSuffix(c.url, ",") {
				t.Errorf("candidate %q of %q", c.url, srcset)
			}
			if c.width < 0 || !(c.density > 0) {
				t.Errorf("%d pixels, density %v in %q", c.width, c.density, srcset)
			}
		})
		if n > len(srcset) {
			t.Errorf("%d candidates of %q", n, srcset)
		}
		if best, ok := largest(srcset); ok && isPlaceholder(best.url) {
			t.Errorf("the largest of %q is %q", srcset, best.url)
		}
	})
}
