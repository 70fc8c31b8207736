package seedlist

import (
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

// readOPML reads the outlines of a list up to where it is broken.
func readOPML(b []byte, warn func(line int, err error)) (sites []scrape.Site) {
	d := xml.NewDecoder(bytes.NewReader(b))
	d.Strict, d.Entity, d.AutoClose = false, xml.HTMLEntity, nil
	d.CharsetReader = func(label string, input io.Reader) (io.Reader, error) {
		if strings.HasPrefix(strings.ToLower(label), "utf-16") {
			return input, nil // the byte order mark has told so
		}
		return charset.NewReaderLabel(label, input)
	}
	var folders []string // names of the open outlines
	for {
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
