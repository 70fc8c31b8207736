package scrape

import (
	"context"
	"encoding/binary"
	"fmt"

	"newsclip/scrape/internal/neardup"
)

// NearDuplicates finds articles whose text is nearly that of an earlier one, as a
// crawl does. The zero value is ready to use.
type NearDuplicates = neardup.Index

// The fingerprints of a job that outlives this process are in the frontier: an article
// has an entry in the value of each part of its fingerprint. There are 65,536 values
// for each of the parts, each bounded by maxNear, so that all take 65 MB of a server's
// memory at most, however many articles there are.

// maxNear bounds the entries of a value. The oldest go first: the copies of a story
// appear soon after it.
const maxNear = 64

func nearKey(k int, print uint64) string {
	return fmt.Sprintf("near.%d.%04x", k, neardup.Part(print, k))
}

// fingerprint returns that of the text, and false for one that is too short. It is
// worked out once.
func (out *Outcome) fingerprint() (uint64, bool) {
	if !out.hasPrint {
		out.print, out.isLong = neardup.Print(out.Text)
		out.hasPrint = true
	}
	return out.print, out.isLong
}

// nearest returns the URL of an earlier article of the job with nearly the text of out,
// or "" if there is none. The article is remembered then.
func (c *crawler) nearest(ctx context.Context, out *Outcome, url string) (string, error) {
	print, ok := out.fingerprint()
	if !ok {
		return "", nil
	}
	if !c.durable {
		return c.nearDups.NearestTo(print, url), nil
	}
	for k := range neardup.Parts {
		near, own := "", false
		err := c.f.Change(ctx, nearKey(k, print), func(old []byte) ([]byte, error) {
			near, own = "", false
			entries, ends := 0, 0
			for b := old; len(b) > 0; entries++ {
				other, at, rest, err := cutNear(b)
				if err != nil {
					return nil, err
				}
				own = own || at == url
				if near == "" && at != url && neardup.Near(print, other) {
					near = at
				}
				if b = rest; entries == 0 {
					ends = len(old) - len(rest)
				}
			}
			if own || near != "" {
				return nil, nil
			}
			if entries >= maxNear {
				old = old[ends:]
			}
			return appendNear(old, print, url), nil
		})
		if err != nil || near != "" {
			return near, err
		}
	}
	return "", nil
}

// appendNear appends an entry to a copy of b.
func appendNear(b []byte, print uint64, url string) []byte {
	b = binary.LittleEndian.AppendUint64(b[:len(b):len(b)], print)
	b = binary.AppendUvarint(b, uint64(len(url)))
	return append(b, url...)
}

// cutNear splits an entry off b.
func cutNear(b []byte) (print uint64, url string, rest []byte, err error) {
	if len(b) > 8 {
		n, k := binary.Uvarint(b[8:])
		if at := 8 + k; k > 0 && n <= uint64(len(b)-at) {
			return binary.LittleEndian.Uint64(b), string(b[at : at+int(n)]), b[at+int(n):], nil
		}
	}
	return 0, "", nil, fmt.Errorf("the fingerprints of articles are damaged")
}
