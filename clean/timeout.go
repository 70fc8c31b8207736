package clean

import (
	"fmt"
	"runtime"
	"strings"
	"time"

	"newsclip/clean/article"
)

// maxAbandoned is how many pages that took too long may still be worked on, of
// all cleaners. Over it, a page is waited for.
const maxAbandoned = 8

var abandoned = make(chan struct{}, maxAbandoned)

// Within returns what work returns, or an error with the code timeout where it
// takes longer than [Options.Timeout]. Work cannot be stopped: it goes on by
// itself until it is done, and what it returns then is lost. A panic of work is an
// error, as that of [Guarded].
func Within[T any](c *Cleaner, work func() (T, error)) (T, error) {
	if c.opts.Timeout <= 0 {
		return Guarded(work)
	}
	type result struct {
		value T
		err   error
	}
	done := make(chan result, 1)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		v, err := Guarded(work)
		done <- result{v, err}
	}()
	timer := time.NewTimer(c.opts.Timeout)
	defer timer.Stop()
	var r result
	select {
	case r = <-done:
	case <-timer.C:
		select {
		case abandoned <- struct{}{}:
			go func() {
				<-ended
				<-abandoned
			}()
			r.err = &article.Error{Code: article.CodeTimeout, Message: fmt.Sprintf("cleaning the page took longer than %v", c.opts.Timeout)}
		case r = <-done:
		}
	}
	return r.value, r.err
}

// Guarded returns what work returns. Where work panics, which is a bug in newsclip, it
// returns an error with the code internal instead, which names the function and the
// line: so that one page does not cost the others.
func Guarded[T any](work func() (T, error)) (value T, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = &article.Error{Code: article.CodeInternal, Message: fmt.Sprintf("newsclip failed on this page: %v (%s)", p, panicSite())}
		}
	}()
	return work()
}

// panicSite returns the function and line that panicked. It must be called by
// the function that recovers.
func panicSite() string {
	var pcs [32]uintptr
	frames := runtime.CallersFrames(pcs[:runtime.Callers(3, pcs[:])])
	for {
		f, more := frames.Next()
		if f.Function != "" && !strings.HasPrefix(f.Function, "runtime.") {
			return fmt.Sprintf("%s, line %d", f.Function, f.Line)
		}
		if !more {
			return "unknown place"
		}
	}
}
