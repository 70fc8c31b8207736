package seedlist

import (
	"bufio"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"

	"golang.org/x/net/html/charset"

	"newsclip/scrape"
)

// opmlHead is how many bytes at the start of a list are searched for the root element
// of OPML (opml.org/spec2.opml).
const opmlHead = 4096

func isOPML(b []byte) bool {
	head := bytes.ToLower(bytes.TrimSpace(b[:min(len(b), opmlHead)]))
	return bytes.HasPrefix(head, []byte("<")) && bytes.Contains(head, []byte("<opml"))
}

// maxDepth is how deep elements may stand within each other: each that is open takes
// memory.
const maxDepth = 1000

// entryReader fails once left bytes were read.
type entryReader struct {
	br   *bufio.Reader
	left int
}

var errLongElement = fmt.Errorf("an element is longer than %d KiB", maxEntry>>10)

func (r *entryReader) Read(p []byte) (int, error) {
	if r.left <= 0 {
		return 0, errLongElement
	}
	n, err := r.br.Read(p[:min(len(p), r.left)])
	r.left -= n
	return n, err
}

func (r *entryReader) ReadByte() (byte, error) {
	if r.left--; r.left < 0 {
		return 0, errLongElement
	}
	return r.br.ReadByte()
}

// readOPML reads the outlines of a list up to where it is broken.
func readOPML(br *bufio.Reader, warn func(line int, err error)) (sites []scrape.Site) {
	in := &entryReader{br: br}
	d := xml.NewDecoder(in)
	d.Strict, d.Entity, d.AutoClose = false, xml.HTMLEntity, nil
	d.CharsetReader = func(label string, input io.Reader) (io.Reader, error) {
		if strings.HasPrefix(strings.ToLower(label), "utf-16") {
			return input, nil // the byte order mark has told so
		}
		return charset.NewReaderLabel(label, input)
	}
	var folders []string // names of the open outlines
	for depth := 0; ; {
		in.left = maxEntry
		token, err := d.Token()
		line, _ := d.InputPos()
		if errors.Is(err, io.EOF) {
			return sites
		}
		if err != nil {
			warn(line, fmt.Errorf("broken OPML: what follows is left out: %w", err))
			return sites
		}
		switch e := token.(type) {
		case xml.StartElement:
			if depth++; depth > maxDepth {
				warn(line, fmt.Errorf("elements stand more than %d deep in each other: what follows is left out", maxDepth))
				return sites
			}
			if !strings.EqualFold(e.Name.Local, "outline") {
				continue
			}
			o := readOutline(e.Attr)
			folder := ""
			if len(folders) > 0 {
				folder = folders[len(folders)-1]
			}
			for _, s := range o.sites(folder) {
				if err := check(&s); err != nil {
					warn(line, leftOut(err))
					continue
				}
				sites = append(sites, s)
			}
			if o.isFeed() {
				folders = append(folders, folder)
			} else {
				folders = append(folders, o.name)
			}
		case xml.EndElement:
			depth--
			if strings.EqualFold(e.Name.Local, "outline") && len(folders) > 0 {
				folders = folders[:len(folders)-1]
			}
		}
	}
}

// outline has the attributes of an outline that matter.
type outline struct{ name, category, feed, front, link string }

func readOutline(attrs []xml.Attr) (o outline) {
	var title string
	for _, a := range attrs {
		value := strings.TrimSpace(a.Value)
		switch strings.ToLower(a.Name.Local) {
		case "text":
			o.name = value
		case "title":
			title = value
		case "category":
			o.category = value
		case "xmlurl":
			o.feed = value
		case "htmlurl":
			o.front = value
		case "url":
			o.link = value
		}
	}
	if o.name == "" {
		o.name = title
	}
	return o
}

func (o *outline) isFeed() bool { return o.feed != "" || o.front != "" || o.link != "" }

// sites returns the seeds that an outline names.
func (o *outline) sites(folder string) (sites []scrape.Site) {
	category := o.category
	if category == "" {
		category = folder
	}
	for _, u := range []string{o.feed, o.front, o.link} {
		if u == "" {
			continue
		}
		s := scrape.Site{URL: u, Name: o.name}
		if category != "" {
			addLabel(&s, "category", category)
		}
		sites = append(sites, s)
	}
	return sites
}
