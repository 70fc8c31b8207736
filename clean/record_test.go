package clean

import (
	"bytes"
	"encoding/json"
	"reflect"
	"strings"
	"testing"
	"unsafe"

	"newsclip/clean/article"
	"newsclip/clean/internal/corpus/corpustest"
	"newsclip/clean/internal/page"
	"newsclip/testdata"
)

// No string of a record is a part of a page's, whatever field it stands in.
func TestRecordKeepsNoPage(t *testing.T) {
	source := strings.Repeat("page ", 100)
	inPage := func(s string) bool {
		at, from := uintptr(unsafe.Pointer(unsafe.StringData(s))), uintptr(unsafe.Pointer(unsafe.StringData(source)))
		return s != "" && at >= from && at < from+uintptr(len(source))
	}
	a := &article.Article{}
	fill(reflect.ValueOf(a).Elem(), source)
	if !inPage(a.Title) || !inPage(a.Images[0].Credit) {
		t.Fatal("the record is not of parts of the page")
	}
	before := *a
	ownStrings(a)
	if !reflect.DeepEqual(before, *a) {
		t.Error("the record was changed")
	}
	// Of these the caller has said what they are, or they are put together or
	// come from the program.
	made := map[string]bool{
		"ID": true, "URL": true, "File": true, "Source": true, "Kind": true, "ContentHash": true, "Error": true,
		"Text": true, "Markdown": true, "HTML": true, "Stage": true, "DuplicateOf": true, "PreviousHash": true, "Diff": true,
	}
	var walk func(name string, v reflect.Value)
	walk = func(name string, v reflect.Value) {
		switch v.Kind() {
		case reflect.String:
			if inPage(v.String()) {
				t.Errorf("%s keeps the page", name)
			}
		case reflect.Pointer:
			walk(name, v.Elem())
		case reflect.Slice:
			for k := range v.Len() {
				walk(name, v.Index(k))
			}
		case reflect.Struct:
			for k := range v.NumField() {
				if f := v.Type().Field(k); f.IsExported() && (name != "" || !made[f.Name]) && f.Name != "Stage" {
					walk(f.Name, v.Field(k))
				}
			}
		}
	}
	walk("", reflect.ValueOf(*a))
}

// A record is what it was after the bytes of its page were written over.
func TestRecordOutlivesPage(t *testing.T) {
	c := New(Options{Markdown: true, HTML: true, Explain: true})
	records := 0
	clean := func(t *testing.T, in page.Input) {
		a, err := c.Clean(in)
		if err != nil {
			return // a page without an article
		}
		records++
		before, err := json.Marshal(a)
		if err != nil {
			t.Fatal(err)
		}
		for k := range in.HTML {
			in.HTML[k] = '#'
		}
		if after, _ := json.Marshal(a); !bytes.Equal(before, after) {
			t.Errorf("%s: the record was\n%.2000s\nand is\n%.2000s", in.URL, before, after)
		}
	}
	t.Run("made up", func(t *testing.T) {
		clean(t, page.Input{HTML: []byte("<title>Bridge</title><article><p>" + strings.Repeat("The bridge was opened again on Monday. ", 9) + "</article>")})
		site, err := testdata.Newsroom()
		if err != nil {
			t.Fatal(err)
		}
		expected, err := testdata.Expected(newsroomOrigin)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range expected {
			clean(t, newsroomPage(t, site, r.Path))
		}
		if records < 40 {
			t.Errorf("%d records", records)
		}
	})
	t.Run("real", func(t *testing.T) {
		for k, p := range corpustest.Pages(t, "dev-fundus", "dev-wcxb", "dev-langs", "dev-kinds") {
			if k%4 == 0 {
				clean(t, page.Input{URL: p.URL, HTML: corpustest.HTML(t, p)})
			}
		}
	})
}

// fill sets every string in v to a part of page.
func fill(v reflect.Value, page string) {
	switch v.Kind() {
	case reflect.String:
		v.SetString(page[3:9])
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem(), page)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		fill(v.Index(0), page)
	case reflect.Struct:
		for k := range v.NumField() {
			if v.Type().Field(k).IsExported() {
				fill(v.Field(k), page)
			}
		}
	}
}

// The bytes of a page may be used for another as soon as its draft is made.
func TestDraftOutlivesBytes(t *testing.T) {
	in := page.Input{HTML: []byte("<title>Bridge</title><article><p>" + strings.Repeat("The bridge was opened again on Monday. ", 9) + "</article>")}
	d, err := New(Options{}).Draft(in)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	for k := range in.HTML {
		in.HTML[k] = '#'
	}
	a, err := d.Article()
	if err != nil || !strings.HasPrefix(a.Text, "The bridge was opened") {
		t.Errorf("got %+v, %v", a, err)
	}
}
