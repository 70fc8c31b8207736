package saved

import (
	"bytes"
	"encoding/binary"
	"unicode/utf16"
)

// plistObjects is how many objects of a binary property list are looked at. A web archive
// has eight for each part of the page, of which those of the frames are read.
const plistObjects = 1 << 18

// binaryPlist is a binary property list (CFBinaryPList.c in CoreFoundation). Only what is
// asked for is read, and each time anew: its objects may name others any number of times,
// so that a list of a few objects can stand for one of any size.
type binaryPlist struct {
	objects    []byte // from the file's beginning, without the table
	table      []byte // where each object begins
	offsetSize int    // bytes of an entry of the table
	refSize    int    // bytes of a reference to an object
	top        uint64
	left       int // objects that may still be looked at
}

// The kinds of objects that are read: the upper half of the byte that begins one.
const (
	plistData  = 0x4
	plistASCII = 0x5
	plistUTF16 = 0x6
	plistArray = 0xa
	plistDict  = 0xd
)

// openPlist reads the trailer, by which a list ends: five bytes of nothing, the version
// and two sizes in a byte each, and the number of objects, the top one and the place of
// the table in eight each.
func openPlist(b []byte) (*binaryPlist, bool) {
	const header, trailer = 8, 32
	if len(b) < header+trailer {
		return nil, false
	}
	body, end := b[:len(b)-trailer], b[len(b)-trailer:]
	count, at := binary.BigEndian.Uint64(end[8:]), binary.BigEndian.Uint64(end[24:])
	p := &binaryPlist{offsetSize: int(end[6]), refSize: int(end[7]), top: binary.BigEndian.Uint64(end[16:]), left: plistObjects}
	if !isIntSize(p.offsetSize) || !isIntSize(p.refSize) || at > uint64(len(body)) {
		return nil, false
	}
	p.objects, p.table = body[:at], body[at:]
	return p, count <= uint64(len(p.table)/p.offsetSize)
}

func isIntSize(n int) bool { return n >= 1 && n <= 8 }

// bigEndian returns the number that all of b is.
func bigEndian(b []byte) (n uint64) {
	for _, c := range b {
		n = n<<8 | uint64(c)
	}
	return n
}

// object returns what an object is, and its bytes: the references of an array, and of a
// dictionary those of its keys and then of its values. The kind is 0 for one that is
// broken, or that is not read.
func (p *binaryPlist) object(ref uint64) (kind byte, b []byte) {
	if p.left--; p.left < 0 || ref >= uint64(len(p.table)/p.offsetSize) {
		return 0, nil
	}
	at := bigEndian(p.table[int(ref)*p.offsetSize:][:p.offsetSize])
	if at >= uint64(len(p.objects)) {
		return 0, nil
	}
	b = p.objects[at+1:]
	kind = p.objects[at] >> 4
	n := uint64(p.objects[at] & 0xf)
	if n == 0xf { // an integer with the number follows
		if len(b) == 0 || b[0]>>4 != 1 || b[0]&0xf > 3 {
			return 0, nil
		}
		size := 1 << (b[0] & 0xf)
		if len(b) < 1+size {
			return 0, nil
		}
		n, b = bigEndian(b[1:1+size]), b[1+size:]
	}
	size := uint64(1)
	switch kind {
	case plistData, plistASCII:
	case plistUTF16:
		size = 2
	case plistArray:
		size = uint64(p.refSize)
	case plistDict:
		size = 2 * uint64(p.refSize)
	default:
		return 0, nil
	}
	if n > uint64(len(b))/size {
		return 0, nil
	}
	return kind, b[:n*size]
}

// ref returns the reference with a number among those of an array or a dictionary.
func (p *binaryPlist) ref(refs []byte, i int) uint64 {
	return bigEndian(refs[i*p.refSize:][:p.refSize])
}

// member returns what a dictionary has under a key. False means that it has no such key,
// or is none.
func (p *binaryPlist) member(dict uint64, key string) (uint64, bool) {
	kind, refs := p.object(dict)
	if kind != plistDict {
		return 0, false
	}
	n := len(refs) / p.refSize / 2
	for i := range n {
		if kind, b := p.object(p.ref(refs, i)); kind == plistASCII && string(b) == key {
			return p.ref(refs, n+i), true
		}
	}
	return 0, false
}

// text returns the string that a dictionary has under a key, or "".
func (p *binaryPlist) text(dict uint64, key string) string {
	const most = 64 << 10 // bytes; addresses are the longest that are read
	value, ok := p.member(dict, key)
	if !ok {
		return ""
	}
	kind, b := p.object(value)
	switch {
	case len(b) > most:
	case kind == plistASCII:
		return string(b)
	case kind == plistUTF16:
		units := make([]uint16, len(b)/2)
		for i := range units {
			units[i] = binary.BigEndian.Uint16(b[2*i:])
		}
		return string(utf16.Decode(units))
	}
	return ""
}

// maxFrames is how many pages of frames deep frames are looked for.
const maxFrames = 8

// archive returns the web archive that a dictionary is, with its frames only where its page
// is one of frames.
func (p *binaryPlist) archive(dict uint64, depth int) (a webArchive) {
	main, ok := p.member(dict, "WebMainResource")
	if !ok {
		return a
	}
	if data, ok := p.member(main, "WebResourceData"); ok {
		if kind, b := p.object(data); kind == plistData {
			a.Main.Data = b
		}
	}
	a.Main.Type = p.text(main, "WebResourceMIMEType")
	a.Main.Encoding = p.text(main, "WebResourceTextEncodingName")
	a.Main.URL = p.text(main, "WebResourceURL")
	frames, ok := p.member(dict, "WebSubframeArchives")
	if !ok || depth == maxFrames || !isFrameset(a.Main.Data) {
		return a
	}
	if kind, refs := p.object(frames); kind == plistArray {
		for i := range len(refs) / p.refSize {
			if p.left > 0 {
				a.Frames = append(a.Frames, p.archive(p.ref(refs, i), depth+1))
			}
		}
	}
	return a
}

func isBinaryPlist(b []byte) bool { return bytes.HasPrefix(b, []byte("bplist")) }
