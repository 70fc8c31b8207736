package frontier

import (
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/dustin/go-humanize"
)

// Report is what Check has found in a directory.
type Report struct {
	// Messages is how many messages and values could be read.
	Messages int
	// URLs, Outcomes and Values are how many messages of each kind are lost, as
	// far as the numbers of those around them tell.
	URLs, Outcomes, Values int
	// Found describes each place that is damaged, one sentence each. It is empty
	// where the state is whole.
	Found []string
}

// Damaged reports whether anything in the state is not as it was written.
func (r *Report) Damaged() bool { return len(r.Found) > 0 }

// Lost describes what is lost, in the form "3 URLs, 1 outcome of a page".
func (r *Report) Lost() string {
	var parts []string
	add := func(n int, one, many string) {
		switch {
		case n == 1:
			parts = append(parts, "1 "+one)
		case n > 1:
			parts = append(parts, humanize.Comma(int64(n))+" "+many)
		}
	}
	add(r.URLs, "URL", "URLs")
	add(r.Outcomes, "message of what became of pages", "messages of what became of pages")
	add(r.Values, "value", "values")
	if parts == nil {
		return "nothing that can be counted"
	}
	return strings.Join(parts, ", ")
}

// inspection is what the files of a job hold.
type inspection struct {
	report                Report
	urls, journal, values streamRead
	newer                 bool
	through               uint64 // of the last note of Collected
	copies                int64  // messages of copies in the journal
	urlsSeen              uint64 // how many URL messages there must be, by the other messages
	records               bool   // the journal holds records
	latest                map[string]record
	closed                *closedNote
}

// streamRead is what was read of a stream.
type streamRead struct {
	blockScan
	title    string
	count    int
	prev     uint64 // the sequence read last
	badSeen  int    // how many bad places were before it
	plain    bool   // a message without an envelope was read
	sealed   uint64 // the sequence of the first message in an envelope
	gaps     []gap
	broken   int      // messages whose envelope is damaged
	messages []record // where they are kept
}

// gap are sequences that are missing, both included.
type gap struct{ from, to uint64 }

// missing counts the missing sequences above through.
func (s *streamRead) missing(through uint64) (n uint64) {
	for _, g := range s.gaps {
		if g.to > through {
			n += g.to - max(g.from, through+1) + 1
		}
	}
	return n
}

// inspect reads the files of a job. keep keeps the content of all messages.
func inspect(dir, job string, keep bool) (*inspection, error) {
	in := &inspection{latest: map[string]record{}}
	var err error
	if in.closed, err = readClosed(dir); errors.Is(err, errBrokenNote) {
		in.report.Found = append(in.report.Found, err.Error())
	} else if err != nil {
		return nil, err
	}
	bucket := "newsclip-" + job
	prefix := "newsclip." + job + "."
	for _, s := range []struct {
		read         *streamRead
		title        string
		name, prefix string
		visit        func(r *record)
	}{
		{&in.values, valuesTitle, "KV_" + bucket, "$KV." + bucket + ".", func(r *record) { in.latest[r.subject] = cloneRecord(r) }},
		{&in.urls, urlsTitle, bucket + "-urls", prefix, func(*record) {}},
		{&in.journal, journalTitle, bucket + "-journal", prefix, in.onJournal},
	} {
		s.read.title = s.title
		err := s.read.scanStream(dir, s.name, func(r *record) {
			if in.take(s.read, r, s.prefix) {
				s.visit(r)
				if keep && s.read != &in.values {
					s.read.messages = append(s.read.messages, cloneRecord(r))
				}
			}
		})
		if err != nil {
			return nil, fmt.Errorf("frontier: reading the state: %w", err)
		}
		in.report.Messages += s.read.count
	}
	if in.newer {
		return nil, fmt.Errorf("%s: %w", dir, ErrNewer)
	}
	in.judge()
	return in, nil
}

func cloneRecord(r *record) record {
	c := *r
	c.data = append([]byte(nil), r.data...)
	return c
}

// take notes the number of a record, and opens its envelope. It returns false for a
// record without content.
func (in *inspection) take(s *streamRead, r *record, prefix string) bool {
	if r.mark {
		return false
	}
	// Versions without envelopes have left gaps themselves.
	near, numbered := len(s.bad) > s.badSeen, s.sealed > 0 || !s.plain && isSealed(r.data)
	if r.seq > s.prev+1 && (near || numbered) {
		s.gaps = append(s.gaps, gap{s.prev + 1, r.seq - 1})
	}
	s.prev, s.badSeen = r.seq, len(s.bad)
	if r.gone {
		return false
	}
	subject, ok := strings.CutPrefix(r.subject, prefix)
	sealed := isSealed(r.data)
	content, urls, err := unseal(subject, r.data)
	switch {
	case errors.Is(err, ErrNewer):
		in.newer = true
		return false
	case err != nil, !ok, !sealed && s.sealed > 0 && len(r.data) > 0:
		s.broken++
		return false
	case sealed && s.sealed == 0:
		s.sealed = r.seq
	case !sealed:
		s.plain = true
	}
	in.urlsSeen = max(in.urlsSeen, urls)
	r.subject, r.data = subject, content
	s.count++
	return true
}

// onJournal reads a message of the journal.
func (in *inspection) onJournal(r *record) {
	kind, part, _ := strings.Cut(r.subject, ".")
	_, err := strconv.Atoi(part)
	switch {
	case r.subject == droppedSubject:
		var d dropped
		if json.Unmarshal(r.data, &d) == nil {
			in.through = max(in.through, d.Through)
			if lost := d.Copies - in.copies; lost > 0 {
				in.report.Outcomes += int(lost)
				in.copies = d.Copies
			}
		}
		return
	case err != nil || kind != "j" && kind != "s":
		return
	case kind == "s":
		in.copies++
	}
	err = decodeOutcomes(r.data, func(o *outcome) error {
		in.urlsSeen = max(in.urlsSeen, o.seq)
		in.records = in.records || len(o.records) > 0
		return nil
	})
	if err != nil {
		in.journal.broken++
	}
}

// judge writes the report.
func (in *inspection) judge() {
	r := &in.report
	_, hasJob := in.latest["job"]
	find := func(format string, args ...any) { r.Found = append(r.Found, fmt.Sprintf(format, args...)) }
	for _, s := range []*streamRead{&in.urls, &in.journal, &in.values} {
		for _, b := range s.bad {
			find("%s, file %s: the %s bytes from byte %s on are not as they were written", s.title, b.file, humanize.Comma(int64(b.size)), humanize.Comma(int64(b.at)))
		}
		if s.torn > 0 && s.last == 0 {
			find("%s: the files hold no message", s.title)
		}
		if s.broken > 0 {
			find("%s: %s messages do not agree with their checksums", s.title, humanize.Comma(int64(s.broken)))
		}
		// Before the mark of the crawl is stored, a process may have died that was
		// making the streams.
		if hasJob && s.exists && s.settings != nil {
			find("%s: the settings of the store: %v", s.title, s.settings)
		}
	}
	in.judgeClosed(find)
	checkpoint, checkpointErr := in.checkpoint()
	switch {
	case !hasJob && in.urls.count+in.journal.count > 0:
		find("values: the mark of the crawl is missing")
		r.Values++
	case hasJob && !(in.urls.exists && in.journal.exists):
		find("the folders of the URLs or of the outcomes are missing")
	}
	switch {
	case checkpointErr != nil && (in.through > 0 || in.values.torn > 0 && in.records),
		checkpointErr == nil && checkpoint.Seq < in.through:
		find("values: the note of how far the output was written is missing or outdated")
		r.Values++
	}
	if n := int(in.urls.missing(0)); n > 0 {
		r.URLs += n
	}
	if in.urlsSeen > in.urls.last {
		r.URLs += int(in.urlsSeen - in.urls.last)
	}
	r.Outcomes += int(in.journal.missing(in.through))
	if checkpointErr == nil && checkpoint.Seq > in.journal.last {
		r.Outcomes += int(checkpoint.Seq - in.journal.last)
	}
	r.URLs += in.urls.broken
	r.Outcomes += in.journal.broken
	r.Values += in.values.broken + len(in.values.bad)
	if r.URLs > 0 {
		find("URLs: %s of the messages are missing", humanize.Comma(int64(r.URLs)))
	}
	if r.Outcomes > 0 {
		find("outcomes: %s of the messages are missing", humanize.Comma(int64(r.Outcomes)))
	}
}

// judgeClosed compares the files with the note of the process that closed them.
func (in *inspection) judgeClosed(find func(string, ...any)) {
	if in.closed == nil {
		return
	}
	for _, s := range []*streamRead{&in.urls, &in.journal, &in.values} {
		if s.torn > 0 {
			find("%s: the last file ends within a message", s.title)
		}
		for file, size := range in.closed.Files {
			title, name, _ := strings.Cut(file, "/")
			switch got, ok := s.sizes[name]; {
			case title != s.title:
			case !ok:
				find("%s, file %s: it is missing", s.title, name)
			case got < size:
				find("%s, file %s: it has %s bytes of %s", s.title, name, humanize.Comma(got), humanize.Comma(size))
			}
		}
	}
	in.urlsSeen = max(in.urlsSeen, in.closed.Last[urlsTitle])
	if n := in.closed.Last[journalTitle]; n > in.journal.last {
		in.report.Outcomes += int(n - in.journal.last)
	}
	if n := in.closed.Keys - len(in.latest); n > 0 {
		in.report.Values += n
	}
}

var errNoCheckpoint = errors.New("no checkpoint")

// checkpoint returns the checkpoint in the files.
func (in *inspection) checkpoint() (c Checkpoint, err error) {
	v, ok := in.latest["checkpoint"]
	if !ok {
		return c, errNoCheckpoint
	}
	return c, json.Unmarshal(v.data, &c)
}
