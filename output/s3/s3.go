// Package s3 writes records as objects in a bucket of Amazon S3, or of a store
// with the same protocol.
package s3

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"strings"
	"sync"
	"time"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"
	"github.com/nats-io/nuid"

	"newsclip/output"
	"newsclip/output/remote"
)

// Format writes Parquet, and JSONL JSON Lines compressed with Zstandard. The path
// of Open is an address as in s3://bucket/prefix, whose query
// may have endpoint, the address of another store than Amazon's, and region.
var (
	Format = format("s3", kindParquet)
	JSONL  = format("s3-jsonl", kindJSONL)
)

func format(name string, k kind) output.Format {
	return output.Format{
		Name: name, Appendable: true, HoldsErrors: true,
		Open: func(ctx context.Context, address string) (output.Writer, error) {
			return open(ctx, address, k, remote.Options{}, limits{fullBytes, committedBytes})
		},
	}
}

// A part ends at so many bytes of JSON. One that was committed before it was full,
// as in a crawl, is written again with each further commit, and ends sooner.
const (
	fullBytes      = 64 << 20
	committedBytes = 8 << 20
)

type limits struct{ full, committed int }

// Writer writes parts: objects called PREFIX/part-RUN-00001.parquet, where RUN is
// of this Writer alone. The part that is not full is held in memory, and an object
// is whole whenever it is there. It may be used by several goroutines.
type Writer struct {
	ctx    context.Context
	client *minio.Client
	bucket string
	prefix string // with a slash at its end, or empty
	kind   kind
	retry  remote.Options
	limits limits

	mu        sync.Mutex
	run       string
	part      int      // from 1
	records   [][]byte // of the part
	bytes     int
	written   int // records of the part that its object has
	committed bool
}

// open returns a writer to the objects below an address, s3://bucket/prefix. Its
// query may have endpoint, the address of another store than Amazon's, and region
// (default us-east-1); without, the variables AWS_ENDPOINT_URL_S3 or
// AWS_ENDPOINT_URL, and AWS_REGION tell them. The keys are those of the variables
// AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, of the file ~/.aws/credentials, or
// of the machine's role.
func open(ctx context.Context, address string, k kind, o remote.Options, l limits) (*Writer, error) {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return nil, remote.BadAddress("write it as s3://bucket/prefix")
	}
	q := u.Query()
	for name := range q {
		if name != "endpoint" && name != "region" {
			return nil, remote.BadAddress("%s: unknown parameter %q; it takes endpoint and region", u.Redacted(), name)
		}
	}
	endpoint := cmp.Or(q.Get("endpoint"), os.Getenv("AWS_ENDPOINT_URL_S3"), os.Getenv("AWS_ENDPOINT_URL"), "https://s3.amazonaws.com")
	at, err := url.Parse(endpoint)
	if err != nil || at.Host == "" || at.Scheme != "http" && at.Scheme != "https" {
		return nil, remote.BadAddress("%q is not the address of a store", endpoint)
	}
	transport, err := minio.DefaultTransport(at.Scheme == "https")
	if err != nil {
		return nil, err
	}
	keys := &http.Client{Timeout: keysTime, Transport: boundedBodies{http.DefaultTransport, maxAnswer}}
	client, err := minio.New(at.Host, &minio.Options{
		Secure:    at.Scheme == "https",
		Transport: boundedBodies{transport, maxPart + 1},
		Region:    cmp.Or(q.Get("region"), os.Getenv("AWS_REGION"), "us-east-1"),
		Creds: credentials.NewChainCredentials([]credentials.Provider{
			&credentials.EnvAWS{}, &credentials.FileAWSCredentials{}, &credentials.IAM{Client: keys},
		}),
		MaxRetries: 1, // [remote.Retry] tries again
	})
	if err != nil {
		return nil, fmt.Errorf("%s: %w", u.Redacted(), err)
	}
	w := &Writer{ctx: ctx, client: client, bucket: u.Host, kind: k, retry: o, limits: l, run: newRun(), part: 1}
	if w.prefix = strings.Trim(u.Path, "/"); w.prefix != "" {
		w.prefix += "/"
	}
	there, err := client.BucketExists(ctx, w.bucket)
	switch {
	case minio.ToErrorResponse(err).StatusCode == http.StatusForbidden:
		// Keys may be for writing objects alone.
	case err != nil:
		return nil, fmt.Errorf("%s: %w", u.Redacted(), err)
	case !there:
		return nil, fmt.Errorf("%s: there is no bucket %s", u.Redacted(), w.bucket)
	}
	return w, nil
}

const (
	// maxAnswer is how many bytes an answer of a store has that holds no object: an error
	// takes some 1 KiB.
	maxAnswer = 1 << 20
	// keysTime is how long a machine's server may take to give its keys.
	keysTime = 5 * time.Second
)

// boundedBodies cuts the bodies of answers off, which the library reads to their end
// wherever that is: those of objects at object bytes, and all others at maxAnswer.
type boundedBodies struct {
	http.RoundTripper
	object int64
}

func (t boundedBodies) RoundTrip(r *http.Request) (*http.Response, error) {
	resp, err := t.RoundTripper.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	most := int64(maxAnswer)
	if resp.StatusCode < http.StatusMultipleChoices && r.Method == http.MethodGet {
		most = t.object
	}
	resp.Body = struct {
		io.Reader
		io.Closer
	}{io.LimitReader(resp.Body, most), resp.Body}
	return resp, nil
}

// newRun returns a name that no other Writer has, and that sorts by time.
func newRun() string {
	return time.Now().UTC().Format("20060102T150405") + "-" + nuid.Next()[14:]
}

// Write adds a record to the part, and writes the part where it is full.
func (w *Writer) Write(r *output.Record) error {
	var b bytes.Buffer
	if err := output.NewJSONL(&b).Write(r); err != nil {
		return err
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.records = append(w.records, b.Bytes())
	w.bytes += b.Len()
	if w.bytes < w.limits.full && (!w.committed || w.bytes < w.limits.committed) {
		return nil
	}
	if err := w.put(); err != nil {
		return err
	}
	w.part++
	w.records, w.bytes, w.written, w.committed = nil, 0, 0, false
	return nil
}

// Commit returns when the store has all records written so far.
func (w *Writer) Commit() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.committed = true
	return w.put()
}

// Close is Commit.
func (w *Writer) Close() error { return w.Commit() }

// put writes the object of the part, unless it is there. w.mu is held.
func (w *Writer) put() error {
	if len(w.records) == w.written {
		return nil
	}
	content, err := w.kind.encode(w.records)
	if err != nil {
		return err
	}
	name := w.name(w.part)
	err = remote.Retry(w.ctx, w.retry, func(ctx context.Context) error {
		info, err := w.client.PutObject(ctx, w.bucket, name, bytes.NewReader(content), int64(len(content)),
			minio.PutObjectOptions{ContentType: w.kind.contentType(), DisableMultipart: true})
		if err == nil && info.ETag == "" {
			return errNoETag
		}
		return lasting(err)
	})
	if err != nil {
		return fmt.Errorf("s3://%s/%s: %w", w.bucket, name, err)
	}
	w.written = len(w.records)
	return nil
}

// errNoETag is returned where the status says that an object was stored and the answer is
// not that of a store, which has the object's ETag: it may be of a proxy, or an error.
var errNoETag = errors.New("the store does not confirm the object: its answer has no ETag")

// lasting marks an error that trying again does not mend.
func lasting(err error) error {
	if err == nil {
		return nil
	}
	switch code := minio.ToErrorResponse(err).StatusCode; code {
	case http.StatusRequestTimeout, http.StatusTooManyRequests:
		return err
	default:
		if code >= 400 && code <= 499 {
			return remote.Permanent(err)
		}
	}
	return err
}

func (w *Writer) name(part int) string {
	return fmt.Sprintf("%spart-%s-%05d%s", w.prefix, w.run, part, w.kind.ending())
}

// note is what Resume needs.
type note struct {
	Run     string `json:"run"`
	Part    int    `json:"part"`
	Records int    `json:"records"`
}

// Note returns what [Writer.Resume] of another process needs to go on after the
// last Commit.
func (w *Writer) Note() []byte {
	w.mu.Lock()
	defer w.mu.Unlock()
	b, _ := json.Marshal(note{w.run, w.part, w.written}) // cannot fail
	return b
}

// Resume goes on with the parts of a Writer that was killed, and takes out what it
// wrote after the commit of the note. It is called before Write. Nil begins anew.
func (w *Writer) Resume(b []byte) error {
	if b == nil {
		return nil
	}
	var n note
	if err := json.Unmarshal(b, &n); err != nil || n.Run == "" || n.Part < 1 {
		return fmt.Errorf("the state of the crawl is of another output: %s", b)
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.run, w.part = n.Run, n.Part
	if n.Records > 0 {
		records, err := w.get(w.part, n.Records)
		if err != nil {
			return err
		}
		w.records, w.written, w.committed = records, -1, true
		for _, r := range records {
			w.bytes += len(r)
		}
		if err := w.put(); err != nil {
			return err
		}
	}
	return w.removeFrom(n.Part, n.Records == 0)
}

// get returns the first n records of a part.
func (w *Writer) get(part, n int) (records [][]byte, err error) {
	name := w.name(part)
	err = remote.Retry(w.ctx, w.retry, func(ctx context.Context) error {
		o, err := w.client.GetObject(ctx, w.bucket, name, minio.GetObjectOptions{})
		if err != nil {
			return lasting(err)
		}
		defer o.Close()
		records, err = w.kind.decode(o, n)
		return lasting(err)
	})
	if err == nil && len(records) < n {
		err = fmt.Errorf("%d records, instead of %d", len(records), n)
	}
	if err != nil {
		return nil, fmt.Errorf("s3://%s/%s: %w", w.bucket, name, err)
	}
	return records[:n], nil
}

// removeFrom removes the parts of the run after one, and that one where it is
// included.
func (w *Writer) removeFrom(part int, included bool) error {
	if !included {
		part++
	}
	// Parts are written in order, so that the first that is missing ends them.
	for ; ; part++ {
		missing := false
		err := remote.Retry(w.ctx, w.retry, func(ctx context.Context) error {
			_, err := w.client.StatObject(ctx, w.bucket, w.name(part), minio.StatObjectOptions{})
			if missing = minio.ToErrorResponse(err).StatusCode == http.StatusNotFound; missing {
				return nil
			}
			if err == nil {
				err = w.client.RemoveObject(ctx, w.bucket, w.name(part), minio.RemoveObjectOptions{})
			}
			return lasting(err)
		})
		if err != nil || missing {
			return err
		}
	}
}
