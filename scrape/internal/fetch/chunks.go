package fetch

import (
	"bufio"
	"bytes"
	"io"
	"strconv"
	"strings"
)

// malformedChunks are parts of the errors of net/http for a body whose chunks it
// refuses.
var malformedChunks = []string{"chunk length", "chunked encoding", "chunked line"}

func isMalformedChunk(err error) bool {
	text := err.Error()
	for _, part := range malformedChunks {
		if strings.Contains(text, part) {
			return true
		}
	}
	return false
}

// maxChunkLine bounds the line before a chunk, in bytes.
const maxChunkLine = 4 << 10

// A chunkReader reads a chunked body (RFC 9112, 7.1) as browsers do: its lines may
// end in a line feed alone, and a body that begins with no chunk is taken as it is.
// One that ends before its last chunk ends in io.ErrUnexpectedEOF.
type chunkReader struct {
	br    *bufio.Reader
	left  int64 // of the chunk
	begun bool  // a chunk was read
	plain bool  // the body is not chunked
	ended bool
}

func (c *chunkReader) Read(p []byte) (int, error) {
	switch {
	case c.plain:
		return c.br.Read(p)
	case c.ended:
		return 0, io.EOF
	case c.left == 0:
		if err := c.next(); err != nil || c.plain || c.ended {
			return 0, err
		}
	}
	n, err := c.br.Read(p[:min(int64(len(p)), c.left)])
	if c.left -= int64(n); err == io.EOF {
		err = io.ErrUnexpectedEOF
	}
	return n, err
}

// next reads up to the data of the next chunk.
func (c *chunkReader) next() error {
	for {
		head, err := c.br.Peek(maxChunkLine)
		line, _, found := bytes.Cut(head, []byte("\n"))
		size, valid := chunkSize(line)
		switch {
		case found && c.begun && len(bytes.TrimSpace(line)) == 0:
			c.br.Discard(len(line) + 1) // the end of the chunk before
			continue
		case found && valid:
			c.br.Discard(len(line) + 1)
			c.left, c.begun, c.ended = size, true, size == 0
			return nil
		case !c.begun && len(head) > 0:
			c.plain = true
			return nil
		case err != nil && err != io.EOF:
			return err
		}
		return io.ErrUnexpectedEOF
	}
}

// chunkSize returns the size in the line before a chunk, whose extensions are passed
// over.
func chunkSize(line []byte) (int64, bool) {
	digits, _, _ := strings.Cut(string(line), ";")
	size, err := strconv.ParseInt(strings.TrimSpace(digits), 16, 64)
	return size, err == nil && size >= 0
}
