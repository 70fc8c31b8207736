// Package suspects notes the pages with which a process has died.
//
// A page may end the whole process: one whose tree takes all memory, or on which a
// library overflows the stack. With a state directory, a page that is worked on for
// long is noted in a file there while the work goes on. What a process finds in the
// file when it starts was worked on when the one before it died. A page with which two
// processes have died is not tried again.
package suspects

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"time"
)

const (
	// longWork is far longer than a page takes, so that most are never noted,
	// and a process that is killed by chance leaves none behind. A page that takes
	// all memory needs seconds for it.
	longWork = 300 * time.Millisecond
	// maxDeaths is how many processes may die with a page before it is given up.
	maxDeaths = 2
	fileName  = "suspects.json"
)

// A List holds the pages with which a process has died, or may die now. A nil *List
// notes nothing. It may be used by any number of goroutines.
type List struct {
	path string

	mu     sync.Mutex
	deaths map[string]int  // processes that have died, by URL
	now    map[string]bool // URLs that are worked on for long
}

// file is what the file holds.
type file struct {
	Deaths map[string]int `json:"deaths,omitempty"`
	Now    []string       `json:"now,omitempty"`
}

// Open reads the list in the directory of a state, or begins one there.
func Open(dir string) (*List, error) {
	_ = os.Remove(filepath.Join(dir, fileName+".new")) // of a process that was killed
	s := &List{path: filepath.Join(dir, fileName), deaths: map[string]int{}, now: map[string]bool{}}
	b, err := os.ReadFile(s.path)
	if errors.Is(err, fs.ErrNotExist) {
		return s, nil
	}
	if err != nil {
		return nil, fmt.Errorf("reading which pages were at work: %w", err)
	}
	var was file
	if json.Unmarshal(b, &was) != nil {
		return s, nil // a process died while it wrote it, or a disk was full
	}
	for u, n := range was.Deaths {
		s.deaths[u] = n
	}
	for _, u := range was.Now {
		s.deaths[u]++
	}
	return s, s.store()
}

// store writes the file; mu is held.
func (s *List) store() error {
	st := file{Deaths: s.deaths}
	for u := range s.now {
		st.Now = append(st.Now, u)
	}
	b, err := json.Marshal(st)
	if err != nil {
		return err
	}
	if err := os.WriteFile(s.path+".new", b, 0o666); err != nil {
		return err
	}
	return os.Rename(s.path+".new", s.path)
}

// IsGivenUp reports whether a page is not tried again.
func (s *List) IsGivenUp(url string) bool {
	if s == nil {
		return false
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.deaths[url] >= maxDeaths
}

// Begin notes that a page is worked on, once that has taken a while. The caller calls the
// function that it returns when the work has ended.
func (s *List) Begin(url string) (done func()) {
	if s == nil {
		return func() {}
	}
	ended := false
	timer := time.AfterFunc(longWork, func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		if !ended {
			s.now[url] = true
			_ = s.store() // a full disk is told where records are written
		}
	})
	return func() {
		timer.Stop()
		s.mu.Lock()
		defer s.mu.Unlock()
		ended = true
		if s.now[url] {
			delete(s.now, url)
			_ = s.store()
		}
	}
}

// ErrDeadly is the failure of a page that is not tried again.
var ErrDeadly = fmt.Errorf("newsclip died %d times while it worked on this page: it is not tried again", maxDeaths)
