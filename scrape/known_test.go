package scrape

import (
	"fmt"
	"net/url"
	"testing"
)

func TestKnownRefs(t *testing.T) {
	at := func(base, ref string) *found {
		u, err := url.Parse(base)
		if err != nil {
			t.Fatal(err)
		}
		return &found{base: u, on: u, ref: ref}
	}
	var k knownRefs
	k.add([]*found{at("https://a.example/x/1", "/about"), at("https://a.example/x/1", "2"), at("https://a.example/x/1", "https://b.example/")})
	for _, tt := range []struct {
		base, ref string
		want      bool
	}{
		{"https://a.example/x/1", "/about", true}, {"https://a.example/y/9?q", "/about", true},
		{"https://a.example/x/1", "2", true}, {"https://a.example/y/1", "2", false},
		{"https://a.example/", "https://b.example/", true}, {"https://c.example/", "https://b.example/", false}, {"https://b.example/", "/about", false},
		{"http://a.example/", "/about", false}, {"https://a.example/", "/about#us", false},
	} {
		if got, outside := k.has(at(tt.base, tt.ref)); got != tt.want || outside {
			t.Errorf("%s on %s: %v, outside: %v", tt.ref, tt.base, got, outside)
		}
	}
	listed := at("https://a.example/x/1", "/about")
	known := func(f *found) bool {
		ok, _ := k.has(f)
		return ok
	}
	if listed.on = nil; known(listed) {
		t.Error("an entry of a sitemap is known")
	}
	fragment := at("https://a.example/x/1", "#top")
	if k.add([]*found{fragment}); known(fragment) {
		t.Error("a fragment is known")
	}
	// What is used is remembered, and what is not is forgotten.
	for i := range 3 * maxKnownRefs {
		k.add([]*found{at("https://a.example/", fmt.Sprint("/", i))})
		if i%maxKnownRefs == 0 && !known(at("https://a.example/", "/about")) {
			t.Fatal("a link of every page is forgotten")
		}
	}
	if known(at("https://a.example/x/1", "2")) || len(k.now)+len(k.was) > 2*maxKnownRefs {
		t.Errorf("%d are remembered", len(k.now)+len(k.was))
	}
}

// What leads out of the scope is known until the scope is widened.
func TestKnownOutside(t *testing.T) {
	base, err := url.Parse("https://a.example/")
	if err != nil {
		t.Fatal(err)
	}
	f := &found{base: base, on: base, ref: "https://b.example/"}
	var k knownRefs
	k.addOutside(k.scope(), []*found{f})
	if ok, outside := k.has(f); !ok || !outside {
		t.Errorf("known: %v, outside: %v", ok, outside)
	}
	before := k.scope()
	k.widened()
	if ok, _ := k.has(f); ok {
		t.Error("known after the scope was widened")
	}
	if k.addOutside(before, []*found{f}); len(k.now) > 0 {
		t.Error("what was outside of an earlier scope is remembered")
	}
}
