// Package s3test has a small object store with the protocol of Amazon S3, for
// tests.
package s3test

import (
	"bufio"
	"crypto/md5"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// A Store is a handler that keeps the objects of one bucket in memory. It checks
// no signatures.
type Store struct {
	// Bucket is the name of the bucket that exists.
	Bucket string

	mu      sync.Mutex
	objects map[string][]byte
	away    []int // answers to the next writes
	puts    int
}

// Lie is an answer for Away.
const Lie = -1

// Away makes the store answer the next writes of objects so, and then well. 0
// breaks the connection after the object was taken, and Lie takes none and answers with
// the status of one that was taken.
func (s *Store) Away(answers ...int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.away = answers
}

// Puts returns how many objects were written, each time counted.
func (s *Store) Puts() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.puts
}

// Names returns the names of the objects, sorted.
func (s *Store) Names() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	var names []string
	for name := range s.objects {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// Object returns the content of an object.
func (s *Store) Object(name string) []byte {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.objects[name]
}

func (s *Store) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	bucket, name, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
	if bucket != s.Bucket {
		fail(w, http.StatusNotFound, "NoSuchBucket")
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	object, there := s.objects[name]
	switch {
	case name == "": // the bucket itself
	case r.Method == http.MethodPut:
		s.put(w, r, name)
	case !there:
		fail(w, http.StatusNotFound, "NoSuchKey")
	case r.Method == http.MethodDelete:
		delete(s.objects, name)
		w.WriteHeader(http.StatusNoContent)
	default:
		w.Header().Set("Etag", etag(object))
		w.Header().Set("Last-Modified", time.Now().UTC().Format(http.TimeFormat))
		w.Header().Set("Content-Length", strconv.Itoa(len(object)))
		if r.Method == http.MethodGet {
			w.Write(object)
		}
	}
}

// put takes an object. s.mu is held.
func (s *Store) put(w http.ResponseWriter, r *http.Request, name string) {
	answer := http.StatusOK
	if len(s.away) > 0 {
		answer, s.away = s.away[0], s.away[1:]
	}
	switch answer {
	case http.StatusOK, 0:
	case Lie:
		io.Copy(io.Discard, r.Body)
		fail(w, http.StatusOK, "InternalError")
		return
	default:
		fail(w, answer, "SlowDown")
		return
	}
	body, err := io.ReadAll(r.Body)
	if err == nil && strings.HasPrefix(r.Header.Get("X-Amz-Content-Sha256"), "STREAMING-") {
		body, err = unchunk(string(body))
	}
	if err != nil {
		fail(w, http.StatusBadRequest, "IncompleteBody")
		return
	}
	if s.objects == nil {
		s.objects = make(map[string][]byte)
	}
	s.objects[name] = body
	s.puts++
	if answer == 0 {
		panic(http.ErrAbortHandler)
	}
	w.Header().Set("Etag", etag(body))
}

func etag(b []byte) string {
	sum := md5.Sum(b)
	return `"` + hex.EncodeToString(sum[:]) + `"`
}

// unchunk undoes aws-chunked: chunks, each after its length and its signature.
func unchunk(s string) (out []byte, err error) {
	r := bufio.NewReader(strings.NewReader(s))
	for {
		line, err := r.ReadString('\n')
		if err != nil {
			return nil, err
		}
		size, _, _ := strings.Cut(strings.TrimSpace(line), ";")
		n, err := strconv.ParseInt(size, 16, 64)
		if err != nil || n == 0 {
			return out, err
		}
		chunk := make([]byte, n+2) // with the line's end
		if _, err := io.ReadFull(r, chunk); err != nil {
			return nil, err
		}
		out = append(out, chunk[:n]...)
	}
}

func fail(w http.ResponseWriter, status int, code string) {
	w.Header().Set("Content-Type", "application/xml")
	w.WriteHeader(status)
	fmt.Fprintf(w, "<Error><Code>%s</Code><Message>no</Message></Error>", code)
}
