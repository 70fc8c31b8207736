package address

import (
	"net/url"
	"testing"
)

func TestReferer(t *testing.T) {
	for _, tt := range []struct{ from, to, want string }{
		{"https://n.example/list?p=2", "https://n.example/a", "https://n.example/list?p=2"},
		{"https://www.n.example/list", "https://n.example/a", "https://www.n.example/list"},
		{"https://n.example/list", "https://m.example/a", "https://n.example/"},
		{"http://n.example/list", "https://n.example/a", "http://n.example/"},
		{"https://n.example/list", "http://n.example/a", ""},
		{"", "http://n.example/a", ""},
	} {
		u, _ := url.Parse(tt.to)
		if got := Referer(tt.from, u); got != tt.want {
			t.Errorf("from %q to %s: %q, want %q", tt.from, tt.to, got, tt.want)
		}
	}
}
