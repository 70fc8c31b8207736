package output

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"reflect"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	jsonv2 "github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"newsclip/clean"
)

// Record is an article as it is written, with the members of the JSON object it was
// read from that Article has no place for.
type Record struct {
	clean.Article

	// Extra holds, by name, the members that no field has, and members whose
	// field does not hold all of their value, such as an author with a member
	// that [clean.Author] lacks. Where JSON is written, a member of Extra takes
	// the place of a field with that name. Nil holds none.
	Extra map[string]json.RawMessage `json:"-"`
}

// fieldIndex returns the fields of Record by their JSON names.
var fieldIndex = sync.OnceValue(func() map[string][]int {
	index := make(map[string][]int)
	for _, f := range reflect.VisibleFields(reflect.TypeFor[Record]()) {
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		if name != "" && name != "-" {
			index[name] = f.Index
		}
	}
	return index
})

// Decode reads a record from its JSON object. Nothing of the object is lost:
// what the fields do not hold is in Extra, so that encoding the record gives an
// equal object.
func Decode(object []byte) (*Record, error) {
	r := new(Record)
	return r, decodeMembers(object, func(name string, value jsontext.Value) error {
		if objects(value) > maxObjects {
			return fmt.Errorf("%q holds more than %d objects", name, maxObjects)
		}
		index, known := fieldIndex()[name]
		if !known || !decodeField(reflect.ValueOf(r).Elem().FieldByIndex(index), value) {
			value = value.Clone()
			if err := value.Compact(); err != nil {
				return err
			}
			r.SetExtra(name, json.RawMessage(value))
		}
		return nil
	})
}

// maxObjects is how many objects a member of a record may hold: a page of as many tags
// is not cleaned. An empty one of three bytes takes a hundred times that in memory.
const maxObjects = 250_000

// objects returns how many objects a value holds.
func objects(value jsontext.Value) int {
	if value.Kind() == jsontext.KindString {
		return 0
	}
	n := bytes.Count(value, []byte("{"))
	if n <= maxObjects {
		return n
	}
	// Some of them may stand in strings.
	n = 0
	dec := jsontext.NewDecoder(bytes.NewBuffer(value))
	for {
		switch tok, err := dec.ReadToken(); {
		case err != nil:
			return n
		case tok.Kind() == jsontext.KindBeginObject:
			n++
		}
	}
}

// SetExtra adds a member to Extra. The record owns value from then on.
func (r *Record) SetExtra(name string, value json.RawMessage) {
	if r.Extra == nil {
		r.Extra = make(map[string]json.RawMessage)
	}
	r.Extra[name] = value
}

// decodeField decodes value into field and reports whether encoding the field
// gives an equal value.
func decodeField(field reflect.Value, value jsontext.Value) bool {
	if err := jsonv2.Unmarshal(value, field.Addr().Interface()); err != nil {
		field.SetZero()
		return false
	}
	// An empty value would not be encoded at all.
	if k := field.Kind(); (k == reflect.Slice || k == reflect.Map) && field.Len() == 0 {
		field.SetZero()
	}
	if field.IsZero() {
		return false
	}
	if field.Kind() == reflect.String {
		return true
	}
	encoded, err := json.Marshal(field.Interface())
	return err == nil && equalJSON(encoded, value)
}

// equalJSON reports whether two values are equal but for the order of members
// and the way in which strings and numbers are written.
func equalJSON(a, b jsontext.Value) bool {
	a, b = a.Clone(), b.Clone()
	return a.Canonicalize() == nil && b.Canonicalize() == nil && bytes.Equal(a, b)
}

// decodeMembers calls member for each member of a JSON object, with a value
// that member may neither keep nor change.
func decodeMembers(object []byte, member func(name string, value jsontext.Value) error) error {
	dec := jsontext.NewDecoder(bytes.NewBuffer(object)) // which it does not copy
	if k := dec.PeekKind(); k != jsontext.KindBeginObject {
		if _, err := dec.ReadToken(); err != nil {
			return fmt.Errorf("no JSON object: %w", err)
		}
		return errors.New("no JSON object")
	}
	dec.ReadToken() // the brace that was peeked at
	for dec.PeekKind() != jsontext.KindEndObject {
		name, err := dec.ReadToken()
		if err != nil {
			return fmt.Errorf("broken JSON: %w", err)
		}
		key := name.String()
		value, err := dec.ReadValue()
		if err != nil {
			return fmt.Errorf("broken JSON: %w", err)
		}
		if err := member(key, value); err != nil {
			return err
		}
	}
	if _, err := dec.ReadToken(); err != nil {
		return fmt.Errorf("broken JSON: %w", err)
	}
	if _, err := dec.ReadToken(); err != io.EOF {
		return errors.New("broken JSON: more than one value")
	}
	return nil
}

// encode appends r and a line break to buf. Signs that a terminal obeys, or that
// turn text around, are written as in \u009b: a file's name may hold them.
func encode(buf *bytes.Buffer, r *Record, indent string) error {
	start := buf.Len()
	if err := encodeRaw(buf, r, indent); err != nil || !hasControl(buf.Bytes()[start:]) {
		return err
	}
	raw := bytes.Clone(buf.Bytes()[start:])
	buf.Truncate(start)
	for len(raw) > 0 {
		c, n := utf8.DecodeRune(raw)
		raw = raw[n:]
		if isControl(c) {
			fmt.Fprintf(buf, `\u%04x`, c)
		} else {
			buf.WriteRune(c)
		}
	}
	return nil
}

// hasControl reports whether b has a sign that [isControl] holds for. Most records have
// none, and few of the bytes that these begin with.
func hasControl(b []byte) bool {
	if bytes.IndexByte(b, 0x7f) >= 0 {
		return true
	}
	for _, first := range [...]byte{0xc2, 0xe2} {
		for from := 0; ; {
			k := bytes.IndexByte(b[from:], first)
			if k < 0 {
				break
			}
			from += k
			if c, _ := utf8.DecodeRune(b[from:]); isControl(c) {
				return true
			}
			from++
		}
	}
	return false
}

// isControl reports whether a sign is written escaped though JSON does not ask for
// it. JSON escapes those below the space.
func isControl(r rune) bool {
	return r >= '\u007f' && r <= '\u009f' || r == '\u202d' || r == '\u202e'
}

// encodeRaw is encode without that.
func encodeRaw(buf *bytes.Buffer, r *Record, indent string) error {
	enc := json.NewEncoder(buf)
	enc.SetEscapeHTML(false)
	if len(r.Extra) == 0 {
		enc.SetIndent("", indent)
		return enc.Encode(r)
	}
	start := buf.Len()
	if err := enc.Encode(r); err != nil {
		return err
	}
	fields := bytes.Clone(buf.Bytes()[start:])
	buf.Truncate(start)
	buf.WriteByte('{')
	add := func(name string, value []byte) error {
		if buf.Bytes()[buf.Len()-1] != '{' {
			buf.WriteByte(',')
		}
		key, err := jsontext.AppendQuote(nil, name)
		buf.Write(key)
		buf.WriteByte(':')
		buf.Write(value)
		return err
	}
	err := decodeMembers(fields, func(name string, value jsontext.Value) error {
		if _, replaced := r.Extra[name]; replaced {
			return nil
		}
		return add(name, value)
	})
	for _, name := range slices.Sorted(maps.Keys(r.Extra)) {
		if err == nil {
			err = add(name, r.Extra[name])
		}
	}
	if err != nil {
		return err
	}
	buf.WriteString("}\n")
	if indent == "" || depth(buf.Bytes()[start:]) > maxIndented {
		return nil
	}
	object := bytes.Clone(buf.Bytes()[start:])
	buf.Truncate(start)
	return json.Indent(buf, object, "", indent)
}

// maxIndented is how deep a record may be nested to be written with indents: those of
// deeper ones grow with the square of the depth.
const maxIndented = 100

// depth returns how deep an object is nested.
func depth(object []byte) int {
	now, most, inString := 0, 0, false
	for k := 0; k < len(object); k++ {
		switch c := object[k]; {
		case c == '"':
			inString = !inString
		case c == '\\':
			k++ // stands in strings alone
		case inString:
		case c == '{' || c == '[':
			now++
			most = max(most, now)
		case c == '}' || c == ']':
			now--
		}
	}
	return most
}
