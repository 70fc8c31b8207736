package saved

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"howett.net/plist"

	"newsclip/clean"
)

// webArchive is what is read of a Safari web archive (WebArchive in WebKit's
// LegacyWebArchive.cpp). Its pictures are left where they are, and its frames as
// well, unless the page has nothing else.
type webArchive struct {
	Main struct {
		Data     []byte `plist:"WebResourceData"`
		Type     string `plist:"WebResourceMIMEType"`
		Encoding string `plist:"WebResourceTextEncodingName"`
		URL      string `plist:"WebResourceURL"`
	} `plist:"WebMainResource"`
	Frames []webArchive `plist:"WebSubframeArchives"`
}

// largestFrame returns the frame with the most HTML of a page of frames, which may
// have such pages in them, or nil.
func (a *webArchive) largestFrame() (largest *webArchive) {
	for i := range a.Frames {
		f := &a.Frames[i]
		if isFrameset(f.Main.Data) {
			f = f.largestFrame()
		}
		if f != nil && isHTMLType(f.Main.Type) && (largest == nil || len(f.Main.Data) > len(largest.Main.Data)) {
			largest = f
		}
	}
	return largest
}

// readWebArchive returns the page of a web archive.
func readWebArchive(r io.Reader) (in clean.Input, err error) {
	b, err := io.ReadAll(io.LimitReader(r, maxInMemory+1))
	if err != nil {
		return in, err
	}
	if len(b) > maxInMemory {
		return in, tooLarge(fmt.Sprintf("larger than %d MiB, the most that is read of a web archive", maxInMemory>>20))
	}
	a, err := decodeWebArchive(b)
	if err != nil {
		return in, err
	}
	if isFrameset(a.Main.Data) {
		if f := a.largestFrame(); f != nil {
			a.Main = f.Main
		}
	}
	in.URL = httpOnly(a.Main.URL)
	if a.Main.Data == nil && a.Main.URL == "" {
		return in, notHTML("property list")
	}
	if a.Main.Type != "" && !isHTMLType(a.Main.Type) {
		return in, notHTML(a.Main.Type)
	}
	if len(a.Main.Data) > MaxPage {
		return in, errTooLarge
	}
	in.HTML = a.Main.Data
	if a.Main.Type != "" {
		in.ContentType = a.Main.Type
		if a.Main.Encoding != "" {
			in.ContentType += "; charset=" + a.Main.Encoding
		}
	}
	return in, nil
}

var errWebArchive = errors.New("the web archive is broken, or cut short")

// decodeWebArchive reads a property list, in its binary form or as XML.
func decodeWebArchive(b []byte) (a webArchive, err error) {
	if isBinaryPlist(b) {
		p, ok := openPlist(b)
		if !ok {
			return a, errWebArchive
		}
		if kind, _ := p.object(p.top); kind != plistDict {
			return a, errWebArchive
		}
		if a = p.archive(p.top, 0); p.left < 0 {
			return a, errWebArchive
		}
		return a, nil
	}
	// The library recurses for each level of nesting.
	const maxTags = 1 << 18
	if bytes.Count(b, []byte("<")) > maxTags {
		return a, errWebArchive
	}
	// It panics on some files that are broken.
	defer func() {
		if recover() != nil {
			err = errWebArchive
		}
	}()
	if plist.NewDecoder(bytes.NewReader(b)).Decode(&a) != nil {
		err = errWebArchive
	}
	return a, err
}
