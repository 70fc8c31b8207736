package output

import (
	"bytes"
	"errors"
	"io"
	"newsclip/testdata"
	"reflect"
	"runtime"
	"strings"
	"testing"
)

// A record that is longer than may be is an error, of which nothing is kept, and the
// records after it in a file of lines are read.
func TestLongRecordIsBounded(t *testing.T) {
	if testdata.RaceDetector {
		t.Skip("takes far longer with the race detector")
	}
	long := func() io.Reader {
		return io.MultiReader(strings.NewReader(`{"id":"a","text":"`), io.LimitReader(signs{}, 4*maxObject), strings.NewReader("\"}\n{\"id\":\"b\"}\n"))
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	var got []string
	for r, err := range ReadJSONL(long()) {
		if err != nil {
			got = append(got, err.Error())
		} else {
			got = append(got, r.ID)
		}
	}
	for _, err := range ReadJSON(long()) {
		got = append(got, err.Error())
	}
	runtime.ReadMemStats(&after)
	want := "line 1: " + errLongObject.Error() + ", b, record 1: " + errLongObject.Error()
	if s := strings.Join(got, ", "); s != want {
		t.Errorf("%s, not %s", s, want)
	}
	if n := after.TotalAlloc - before.TotalAlloc; n > 11*maxObject {
		t.Errorf("%d MB were allocated for lines of %d MB", n>>20, 4*maxObject>>20)
	}
}

// signs is a text without an end.
type signs struct{}

func (signs) Read(b []byte) (int, error) {
	for i := range b {
		b[i] = 'a'
	}
	return len(b), nil
}

// Objects of three bytes take a hundred times that in memory, so they are counted; those
// in strings are none.
func TestManyObjects(t *testing.T) {
	for list, want := range map[string]string{
		strings.Repeat("{},", maxObjects-1) + "{}":            "",
		strings.Repeat("{},", maxObjects) + "{}":              `"images" holds more than 250000 objects`,
		`{"alt":"` + strings.Repeat("{", maxObjects+1) + `"}`: "",
	} {
		_, err := Decode([]byte(`{"images":[` + list + `]}`))
		got := ""
		if err != nil {
			got = err.Error()
		}
		if got != want {
			t.Errorf("%q, not %q", got, want)
		}
	}
}

// A row of CSV without an end is an error before it takes much memory, in quotation marks and
// without, and as the row of names.
func TestLongRow(t *testing.T) {
	for _, head := range []string{"id,text\na,b\nc,", "id,text\na,b\nc,\"", ""} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		var got []string
		for r, err := range ReadCSV(io.MultiReader(strings.NewReader(head), io.LimitReader(signs{}, 8*maxRow))) {
			if err != nil {
				got = append(got, err.Error())
			} else {
				got = append(got, r.ID)
			}
		}
		runtime.ReadMemStats(&after)
		want := errLongRow.Error()
		if head != "" {
			want = "a, " + want
		}
		if s := strings.Join(got, ", "); s != want {
			t.Errorf("%q: %s, not %s", head, s, want)
		}
		if n := after.TotalAlloc - before.TotalAlloc; n > 12*maxRow {
			t.Errorf("%q: %d MB were allocated", head, n>>20)
		}
	}
}

// A record that is nested deep is written in proportion also where others have indents, and
// loses nothing.
func TestDeepRecord(t *testing.T) {
	deep := strings.Repeat("[", 5000) + `"]\""` + strings.Repeat("]", 5000)
	for _, object := range []string{`{"id":"a","measures":` + deep + `}`, `{"id":"a","measures":{"list":[{"a":"[[{"}]}}`} {
		r, err := Decode([]byte(object))
		if err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		w := JSON.New(&b)
		if err := errors.Join(w.Write(r), w.Close()); err != nil {
			t.Fatal(err)
		}
		if b.Len() > 3*len(object)+100 {
			t.Errorf("%.40s: %d bytes became %d", object, len(object), b.Len())
		}
		if indented := strings.Contains(b.String(), "\n  "); indented != (len(object) < 1000) {
			t.Errorf("%.40s: indents: %v", object, indented)
		}
		back, err := Decode(bytes.TrimSpace(b.Bytes()))
		if err != nil || !reflect.DeepEqual(back, r) {
			t.Errorf("%.40s is another: %v", object, err)
		}
	}
}
