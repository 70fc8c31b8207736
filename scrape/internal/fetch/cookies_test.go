package fetch

import (
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"testing"
)

func TestReadCookies(t *testing.T) {
	path := filepath.Join(t.TempDir(), "cookies.txt")
	text := "# Netscape HTTP Cookie File\n\n.news.example\tTRUE\t/\tFALSE\t0\tsub\tyes\n#HttpOnly_news.example\tFALSE\t/\tTRUE\t4102444800\tid\t42\nnews.example\tFALSE\t/\tFALSE\t1\told\tgone\n"
	if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	jar, err := ReadCookies(path)
	if err != nil {
		t.Fatal(err)
	}
	for addr, want := range map[string]string{
		"https://news.example/a": "[sub=yes id=42]", "http://news.example/a": "[sub=yes]", "https://www.news.example/": "[sub=yes]", "https://other.example/": "[]",
	} {
		u, _ := url.Parse(addr)
		if got := fmt.Sprint(jar.Cookies(u)); got != want {
			t.Errorf("%s gets %s, want %s", addr, got, want)
		}
	}
}
