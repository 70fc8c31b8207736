package read

// A jsonPart is an object or array that is open, and what its reader notes of it.
type jsonPart[T any] struct {
	object bool
	key    string // of the member that is being read; "" before it
	noted  T
}

// A jsonReader has what is called while JSON is read. end and text return whether there
// is to be more.
type jsonReader[T any] struct {
	// begin is called where a part begins in another, and returns what is noted of it.
	begin func(in *jsonPart[T]) T
	end   func(part *jsonPart[T]) bool
	// text is called for a string that is no key, as it is written; it stands in the
	// last of the open parts.
	text func(open []jsonPart[T], raw string) bool
}

// read takes JSON, or a script that assigns some, apart by its brackets and strings
// alone, in one pass: what publishers write has line ends in strings and commas too many.
func (r jsonReader[T]) read(s string) {
	open := make([]jsonPart[T], 1, 8)
	for i := 0; i < len(s); i++ {
		top := &open[len(open)-1]
		switch c := s[i]; c {
		case '{', '[':
			if len(open) > ldMaxDepth {
				return
			}
			open = append(open, jsonPart[T]{object: c == '{', noted: r.begin(top)})
		case '}', ']':
			if len(open) == 1 {
				continue
			}
			more := r.end(top)
			open = open[:len(open)-1]
			open[len(open)-1].key = ""
			if !more {
				return
			}
		case ',':
			top.key = ""
		case '"':
			end := stringEnd(s, i)
			if end < 0 {
				return
			}
			raw := s[i : end+1]
			i = end
			if top.object && top.key == "" && follows(s, end+1, ':') {
				top.key = raw[1 : len(raw)-1]
			} else if !r.text(open, raw) {
				return
			}
		}
	}
}
