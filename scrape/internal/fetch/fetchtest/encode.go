// Package fetchtest compresses bodies for the tests of the packages that read
// them.
package fetchtest

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"fmt"
	"io"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"
)

// Encode returns body in a content coding: gzip, br, zstd, deflate, or "deflate,
// bare", which is deflate without its zlib wrapping. It panics for any other.
func Encode(coding, body string) []byte {
	var b bytes.Buffer
	var w io.WriteCloser
	switch coding {
	case "gzip":
		w = gzip.NewWriter(&b)
	case "br":
		w = brotli.NewWriter(&b)
	case "deflate":
		w = zlib.NewWriter(&b)
	case "deflate, bare":
		w, _ = flate.NewWriter(&b, flate.BestSpeed) // the level is a valid one
	case "zstd":
		w, _ = zstd.NewWriter(&b) // without options it does not fail
	default:
		panic(fmt.Sprintf("fetchtest: unknown coding %q", coding))
	}
	io.WriteString(w, body) // a bytes.Buffer takes everything
	w.Close()
	return b.Bytes()
}
