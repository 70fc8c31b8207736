package seedlist

import "testing"

func TestSeedLines(t *testing.T) {
	for line, want := range map[string]string{
		"":                                   "",
		"  # a comment":                      "",
		"https://a.example/":                 "https://a.example/",
		"  https://a.example/x  ":            "https://a.example/x",
		"HTTP://A.example/":                  "HTTP://A.example/",
		"https://a.example/ # ours":          "https://a.example/",
		"https://a.example/\tnews":           "https://a.example/",
		"https://a.example/,The News,de":     "https://a.example/",
		"https://a.example;news":             "https://a.example",
		"https://a.example/1,2345,a-b.html":  "https://a.example/1,2345,a-b.html",
		`"https://a.example/x","The News"`:   "https://a.example/x",
		"The News,https://a.example/":        "https://a.example/",
		"1\thttps://a.example/\tde":          "https://a.example/",
		"<https://a.example/x>":              "https://a.example/x",
		"https://a.example/x#part":           "https://a.example/x#part",
		"a.example":                          "a.example",
		"a.example # ours":                   "a.example",
		"https://a.example/?u=http://b.test": "https://a.example/?u=http://b.test",
		"https://a.example/x, ":              "https://a.example/x",
	} {
		if got := seedOf(line); got != want {
			t.Errorf("%q: %q, want %q", line, got, want)
		}
	}
}
