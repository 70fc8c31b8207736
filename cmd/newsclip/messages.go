package main

import "github.com/dustin/go-humanize"

// mostMessages is how many messages about parts of one input are printed. An archive, or a
// list, may have millions of parts that are broken.
const mostMessages = 100

// messages prints messages about parts of inputs, which are read one after another.
type messages struct {
	say func(format string, args ...any)
	// list says where the messages that are not printed can be read; it may be empty.
	list string

	input string
	n     int // messages about input
}

// about prints a message about a part of an input, or counts it where there were many.
// A message about the input "" is about one as a whole: it is always printed.
func (m *messages) about(input, format string, args ...any) {
	if input != m.input {
		m.end()
		m.input = input
	}
	if m.n++; input == "" || m.n <= mostMessages {
		m.say(format, args...)
	}
}

// end prints how many messages about the last input were not printed.
func (m *messages) end() {
	if more := m.n - mostMessages; m.input != "" && more > 0 {
		m.say("%s: and %s more%s", m.input, humanize.Comma(int64(more)), m.list)
	}
	m.input, m.n = "", 0
}
