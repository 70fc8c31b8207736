package scrape

// Sink is where the records of a crawl go: a file, or standard output. It is used
// by one goroutine at a time.
type Sink interface {
	// Resume is called once, first, with the note of the last Commit of an
	// earlier run, or nil. A file is cut to the length in the note.
	Resume(note []byte) error
	// Write writes one whole record.
	Write(record []byte) error
	// Commit makes what was written durable, and returns what Resume needs to
	// drop what is written later.
	Commit() (note []byte, err error)
}
