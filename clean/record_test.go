package clean

import (
	"reflect"
	"strings"
	"testing"
	"unsafe"

	"newsclip/clean/article"
)

// No string of a record is a part of a page's, whatever field it stands in.
func TestRecordKeepsNoPage(t *testing.T) {
	page := strings.Repeat("page ", 100)
	inPage := func(s string) bool {
		at, from := uintptr(unsafe.Pointer(unsafe.StringData(s))), uintptr(unsafe.Pointer(unsafe.StringData(page)))
		return s != "" && at >= from && at < from+uintptr(len(page))
	}
	a := &article.Article{}
	fill(reflect.ValueOf(a).Elem(), page)
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
