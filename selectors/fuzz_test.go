package selectors

import (
	"bytes"
	"strings"
	"testing"
	"time"
)

// FuzzParseRules: whatever a file of rules says, it is read in time or refused with an
// error that names the file, and rewriting a page by it ends and leaves its input alone.
func FuzzParseRules(f *testing.F) {
	for _, s := range []string{
		"body: //div[@class='a']\ntitle: h1\nstrip: .b > c\nstrip_id_or_class: d\nfind_string: e\nreplace_string: f\nreplace_string(g:)): h\nprune: no\nauthor: css:a[rel~=b]\ndate: string(//time/@datetime)\n",
		"\ufeffbody: //div[contains(concat(' ',normalize-space(@class),' '),' x ')]/following-sibling::*[position()<3]\nsubtitle: substring-before(//a, 'b')\n",
		"body: :has(a):not(:nth-child(2n+1)):contains('x')\nstrip: //*[count(preceding::*) mod 2]\n", "body: //a[", "body: (((((((((", "title: //*[//*[//*[//*]]]", "find_string:\nreplace_string: x", "find_string: e\n", "body: a,,b",
		"next_page_link: //a[@rel='next']\nsingle_page_link: concat('a', //b/@href)\nhttp_header(cookie): a\x00b\n", "test_url: javascript:x\n",
	} {
		f.Add([]byte(s))
	}
	page := []byte("<p>e g e</p>")
	f.Fuzz(func(t *testing.T, b []byte) {
		if len(b) > 8<<10 {
			return
		}
		begun := time.Now()
		r, err := ParseRules("a.example.txt", b)
		if err == nil {
			r.Rewrite(page)
			if string(page) != "<p>e g e</p>" {
				t.Fatalf("the page was changed: %q", page)
			}
		} else if !bytes.Contains([]byte(err.Error()), []byte("a.example.txt")) {
			t.Errorf("%v does not name the file", err)
		}
		if took := time.Since(begun); took > 10*time.Second {
			t.Errorf("%d bytes took %v", len(b), took)
		}
	})
}

// Replacements that find what others wrote do not multiply without end.
func TestReplacementsMultiplyNoFurther(t *testing.T) {
	rules := strings.Repeat("find_string: a\nreplace_string: "+strings.Repeat("a", 2000)+"\n", 4)
	r, err := ParseRules("a.txt", []byte(rules))
	if err != nil {
		t.Fatal(err)
	}
	if got := len(r.Rewrite([]byte("<p>a</p>"))); got < 2000 || got > maxRewritten {
		t.Errorf("%d bytes", got)
	}
}
