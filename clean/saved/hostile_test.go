package saved

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"newsclip/clean"
	"newsclip/testdata"
)

const bomb = "decompresses to more than 250 times its size, and is not read further"

// Names of many folders take time that grows with the square of these.
func TestLongNames(t *testing.T) {
	for name, dir := range map[string]string{"folders": "a/", "parts": "a_files/", "long": strings.Repeat("a", 200) + "_files/"} {
		t.Run(name, func(t *testing.T) {
			long := strings.Repeat(dir, 60_000/len(dir)) + "x.html"
			asked := 0
			if cause := memberCause(long, func(string) bool { asked++; return false }); cause == "" || asked > 0 {
				t.Errorf("%q, and pages asked for %d times", cause, asked)
			}
			tally := &Tally{}
			members := []member{{long, page("L")}, {"b.html", page("B")}}
			check(t, results(t, &Reader{Tally: tally}, nil, write(t, "x.zip", makeZip(t, members...))), "x.zip!/b.html | B")
			check(t, results(t, &Reader{Tally: tally}, nil, write(t, "x.tar", makeTar(t, members...))), "x.tar!/b.html | B")
			if got, want := tally.Counts().Skipped, map[string]int{"a name that is too long": 2}; !maps.Equal(got, want) {
				t.Errorf("skipped %v", got)
			}
		})
	}
	if cause := memberCause(strings.Repeat("a/", maxFolders)+strings.Repeat("b", maxName-2*maxFolders), func(string) bool { return false }); cause != "" {
		t.Error(cause)
	}
}

// sparse is a member of a tar archive that is one hole of size bytes (GNU tar's format,
// "Storing Sparse Files").
func sparse(name string, size int) []byte {
	h := make([]byte, 512)
	copy(h, name)
	number := func(at, n int) { copy(h[at:], fmt.Sprintf("%011o\x00", n)) }
	copy(h[100:], "0000644\x000000000\x000000000\x00")
	number(124, 0)
	number(136, 0)
	h[156] = 'S'
	copy(h[257:], "ustar  \x00")
	number(386, size) // an entry at its end, of no bytes
	number(398, 0)
	number(483, size)
	copy(h[148:], "        ")
	sum := 0
	for _, c := range h {
		sum += int(c)
	}
	copy(h[148:], fmt.Sprintf("%06o\x00 ", sum))
	return h
}

// Sparse files of 512 bytes are read within what an input may decompress to.
func TestSparseMembersAreBounded(t *testing.T) {
	if testdata.RaceDetector {
		t.Skip("takes far longer with the race detector")
	}
	var b []byte
	for range budgetFloor/(40<<20) + 2 {
		b = append(b, sparse("a.html", 40<<20)...)
	}
	b = append(b, make([]byte, 1024)...)
	got := results(t, new(Reader), nil, write(t, "x.tar", b))
	if want := "x.tar!/a.html | not_html | x.tar!/a.html: the input is plain text, not HTML"; got[0] != want {
		t.Errorf("%q", got[0])
	}
	if want := "x.tar!/a.html | too_large | x.tar!/a.html: " + bomb; got[len(got)-1] != want {
		t.Errorf("%q", got[len(got)-1])
	}
}

// A book's navigation is read once, however many items name it.
func TestNavigationOfABook(t *testing.T) {
	nav := "<body>" + strings.Repeat(`<a epub:type="bodymatter" href="a.xhtml">x</a>`, memberFloor/50) + `<a epub:type="cover" href="b.xhtml">x</a>`
	var items strings.Builder
	for i := range 200 {
		fmt.Fprintf(&items, `<item id="n%d" href="n.xhtml" properties="nav" media-type="application/xhtml+xml"/>`, i)
	}
	check(t, results(t, new(Reader), nil, write(t, "b.epub", makeZip(t, member{"mimetype", "application/epub+zip"},
		member{"META-INF/container.xml", `<container><rootfiles><rootfile full-path="b.opf"/></rootfiles></container>`},
		member{"b.opf", "<package><manifest>" + items.String() + `<item id="a" href="a.xhtml" media-type="text/html"/><item id="b" href="b.xhtml" media-type="text/html"/></manifest>` +
			`<spine><itemref idref="b"/><itemref idref="a"/></spine></package>`},
		member{"n.xhtml", nav}, member{"a.xhtml", page("A")}, member{"b.xhtml", page("B")}))), "b.epub!/a.xhtml | A")
}

// The bodies of an archive of responses count together: each may come to a megabyte,
// however small it is.
func TestBodiesOutOfProportionAreBounded(t *testing.T) {
	if testdata.RaceDetector {
		t.Skip("takes far longer with the race detector")
	}
	body := string(gz(t, []byte(page("A")+strings.Repeat("\x00", memberFloor-100))))
	n := budgetFloor/memberFloor + 10
	var warc, arc strings.Builder
	for range n {
		warc.WriteString(response("https://quay.example/a", htmlHeader+"\r\nContent-Encoding: gzip", body))
		block := "HTTP/1.1 200 OK\r\n" + htmlHeader + "\r\nContent-Encoding: gzip\r\n\r\n" + body
		fmt.Fprintf(&arc, "http://quay.example/a 192.0.2.1 20260101000000 text/html %d\n%s\n", len(block), block)
	}
	filedesc := "filedesc://x.arc 0.0.0.0 20260101000000 text/plain 0\n\n"
	for name, data := range map[string]string{"x.warc": warc.String(), "x.arc": filedesc + arc.String()} {
		got := results(t, new(Reader), nil, write(t, name, []byte(data)))
		if len(got) != n || !strings.Contains(got[0], " | A | ") || !strings.HasSuffix(got[n-1], bomb) {
			t.Errorf("%s: %d pages: %q … %q", name, len(got), got[0], got[len(got)-1])
		}
	}
}

// Blank lines take no memory, of which there may be a hundred million.
func TestBlankLinesAreNotCopied(t *testing.T) {
	blank := []byte(strings.Repeat("\n", 100_000))
	allocs := testing.AllocsPerRun(1, func() {
		for range new(Reader).Lines(bytes.NewReader(blank)) {
			t.Fatal("a page")
		}
	})
	if allocs > 1000 {
		t.Errorf("%v allocations", allocs)
	}
}

func TestMHTMLWithoutItsEnd(t *testing.T) {
	data := "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nx\r\n"
	check(t, results(t, new(Reader), nil, write(t, "a.mhtml", []byte(data))), "a.mhtml | read | a.mhtml: the file ends too early")
}

// plistBuilder writes a binary property list, object by object.
type plistBuilder struct {
	b       []byte
	offsets []int
}

func (p *plistBuilder) add(object []byte) uint32 {
	p.offsets = append(p.offsets, len(p.b))
	p.b = append(p.b, object...)
	return uint32(len(p.offsets) - 1)
}

// sized returns an object of a kind with n members, which are b.
func sized(kind byte, n int, b []byte) []byte {
	return append(binary.BigEndian.AppendUint32([]byte{kind<<4 | 0xf, 0x12}, uint32(n)), b...)
}

func (p *plistBuilder) text(s string) uint32 { return p.add(sized(plistASCII, len(s), []byte(s))) }
func (p *plistBuilder) data(s string) uint32 { return p.add(sized(plistData, len(s), []byte(s))) }

func (p *plistBuilder) list(kind byte, refs ...uint32) uint32 {
	var b []byte
	for _, r := range refs {
		b = binary.BigEndian.AppendUint32(b, r)
	}
	n := len(refs)
	if kind == plistDict {
		n /= 2
	}
	return p.add(sized(kind, n, b))
}

func (p *plistBuilder) end(top uint32) []byte {
	b, at := slices.Clone(p.b), len(p.b)
	for _, o := range p.offsets {
		b = binary.BigEndian.AppendUint32(b, uint32(o))
	}
	b = append(b, 0, 0, 0, 0, 0, 0, 4, 4)
	for _, n := range []int{len(p.offsets), int(top), at} {
		b = binary.BigEndian.AppendUint64(b, uint64(n))
	}
	return b
}

// A small property list that stands for a huge one, is nested deep, or lies about its
// parts, is an error, or the page that it has.
func TestHostilePropertyLists(t *testing.T) {
	start := func() (p *plistBuilder, main, frames, resource uint32) {
		p = &plistBuilder{b: []byte("bplist00")}
		main, frames = p.text("WebMainResource"), p.text("WebSubframeArchives")
		data := p.data("<frameset>" + page("F"))
		resource = p.list(plistDict, p.text("WebResourceData"), data)
		return p, main, frames, resource
	}
	// Each page of frames has the one below it eight times.
	p, main, frames, resource := start()
	top := p.list(plistDict, main, resource)
	for range 6 {
		top = p.list(plistDict, main, frames, resource, p.list(plistArray, slices.Repeat([]uint32{top}, 8)...))
	}
	multiplied := p.end(top)
	// The same through 60,000 objects, one within the other, of which none is read.
	p, main, frames, resource = start()
	inner := resource
	for range 60_000 {
		inner = p.list(plistArray, inner)
	}
	deep := p.end(p.list(plistDict, main, frames, resource, inner))
	// Frames that hold each other.
	p, main, frames, resource = start()
	list := uint32(len(p.offsets) + 1)
	p.list(plistDict, main, frames, resource, list)
	p.list(plistArray, list-1)
	cycle := p.end(list - 1)
	// Many objects that are one long text.
	p, main, _, resource = start()
	text := p.add(sized(plistUTF16, 1<<20, make([]byte, 2<<20)))
	offset := p.offsets[text]
	refs := []uint32{main}
	for range 5000 {
		p.offsets = append(p.offsets, offset)
		refs = append(refs, uint32(len(p.offsets)-1))
	}
	texts := p.end(p.list(plistDict, append(refs, slices.Repeat([]uint32{resource}, len(refs))...)...))

	header := append([]byte("bplist00"), make([]byte, 1<<20)...)
	objects := append(header, 0, 0, 0, 0, 0, 0, 1, 8, 0, 0, 0, 0, 0, 0x0f, 0xff, 0xf8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 9)
	for name, c := range map[string]struct {
		data []byte
		ok   bool
	}{
		"multiplied":       {multiplied, false},
		"deep":             {deep, true},
		"cyclic":           {cycle, true},
		"texts":            {texts, true},
		"many objects":     {objects, false},
		"nested XML":       {[]byte("<?xml version=\"1.0\"?><plist>" + strings.Repeat("<array>", 1<<20)), false},
		"no table":         {append([]byte("bplist00"), make([]byte, 32)...), false},
		"table of nothing": {bytes.Replace(multiplied, []byte{4, 4, 0}, []byte{0, 0, 0}, 1), false},
	} {
		in, err := readWebArchive(bytes.NewReader(c.data))
		var ce *clean.Error
		switch {
		case c.ok && (err != nil || !bytes.HasPrefix(in.HTML, []byte("<frameset>"))):
			t.Errorf("%s: %q, %v", name, in.HTML, err)
		case !c.ok && err != errWebArchive && !errors.As(err, &ce):
			t.Errorf("%s: %v", name, err)
		}
	}
	// Nothing that is cut or overwritten makes it panic.
	p, main, frames, resource = start()
	small := p.end(p.list(plistDict, main, frames, resource, p.list(plistArray, p.list(plistDict, main, resource))))
	for i := range small {
		readWebArchive(bytes.NewReader(small[:i]))
		for _, c := range []byte{0, 0x7f, 0xff} {
			b := slices.Clone(small)
			b[i] = c
			readWebArchive(bytes.NewReader(b))
		}
	}
}
