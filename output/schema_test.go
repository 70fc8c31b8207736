package output

import (
	"bytes"
	"encoding/json"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"newsclip/clean"
)

func compiled(t *testing.T) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(Schema()))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource("record.json", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("record.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func validate(t *testing.T, s *jsonschema.Schema, record []byte) error {
	t.Helper()
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(record))
	if err != nil {
		t.Fatal(err)
	}
	return s.Validate(v)
}

func TestSchemaTakesRecords(t *testing.T) {
	s := compiled(t)
	for name, a := range map[string]*clean.Article{
		"full":     full(),
		"smallest": {Kind: clean.KindOther},
		"error":    clean.Failed(clean.Input{ID: "a", URL: "https://quay.example/"}, &clean.Error{Code: "not_html", Message: "no"}),
		"nameless": {Error: &clean.Error{Code: "read", Message: "no"}},
	} {
		if err := validate(t, s, []byte(write(t, JSONL, a))); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestSchemaRefuses(t *testing.T) {
	tests := []struct {
		name string
		edit func(r map[string]any)
	}{
		{"empty id", func(r map[string]any) { r["id"] = "" }},
		{"no kind", func(r map[string]any) { delete(r, "kind") }},
		{"unknown kind", func(r map[string]any) { r["kind"] = "page" }},
		{"unknown field", func(r map[string]any) { r["headline"] = "x" }},
		{"unknown field of an image", func(r map[string]any) { r["images"].([]any)[0].(map[string]any)["src"] = "x" }},
		{"empty title", func(r map[string]any) { r["title"] = "" }},
		{"empty tags", func(r map[string]any) { r["tags"] = []any{} }},
		{"date in words", func(r map[string]any) { r["published"] = "4 March 2026" }},
		{"date-time without offset", func(r map[string]any) { r["published"] = "2026-03-04T09:30:00" }},
		{"no such day", func(r map[string]any) { r["published"] = "2026-02-30" }},
		{"author as a string", func(r map[string]any) { r["authors"] = []any{"Mara Lindqvist"} }},
		{"confidence over one", func(r map[string]any) { r["confidence"] = 1.5 }},
		{"relative canonical", func(r map[string]any) { r["canonical_url"] = "/a" }},
		{"error and text", func(r map[string]any) { r["error"] = map[string]any{"code": "empty", "message": "x"} }},
		{"language in words", func(r map[string]any) { r["language"] = "british english" }},
	}
	s := compiled(t)
	line := []byte(write(t, JSONL, full()))
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var r map[string]any
			if err := json.Unmarshal(line, &r); err != nil {
				t.Fatal(err)
			}
			tt.edit(r)
			edited, err := json.Marshal(r)
			if err != nil {
				t.Fatal(err)
			}
			if validate(t, s, edited) == nil {
				t.Error("the schema takes it")
			}
		})
	}
}

// The schema and the record's Go type name the same fields.
func TestSchemaIsComplete(t *testing.T) {
	var doc map[string]any
	if err := json.Unmarshal(Schema(), &doc); err != nil {
		t.Fatal(err)
	}
	compareFields(t, "record", reflect.TypeFor[clean.Article](), doc)
}

func compareFields(t *testing.T, path string, typ reflect.Type, schema map[string]any) {
	t.Helper()
	properties, _ := schema["properties"].(map[string]any)
	fields := make(map[string]bool)
	for i := range typ.NumField() {
		f := typ.Field(i)
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		fields[name] = true
		p, ok := properties[name].(map[string]any)
		if !ok {
			t.Errorf("%s: the schema lacks %s", path, name)
			continue
		}
		inner := f.Type
		for inner.Kind() == reflect.Pointer || inner.Kind() == reflect.Slice {
			if inner.Kind() == reflect.Slice {
				p, _ = p["items"].(map[string]any)
			}
			inner = inner.Elem()
		}
		if inner.Kind() == reflect.Struct && inner.PkgPath() == typ.PkgPath() {
			compareFields(t, path+"."+name, inner, p)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(properties)) {
		if !fields[name] {
			t.Errorf("%s: the record lacks %s", path, name)
		}
	}
}
