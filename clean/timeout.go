package clean

import (
	"fmt"
	"time"

	"newsclip/clean/article"
)

// maxAbandoned is how many pages that took too long may still be worked on, of
// all cleaners. Over it, a page is waited for: each may hold 300 MB.
const maxAbandoned = 2

var abandoned = make(chan struct{}, maxAbandoned)

// Within returns what work returns, or an error with the code timeout where it
// takes longer than [Options.Timeout]. Work cannot be stopped: it goes on by
// itself until it is done, and what it returns then is lost. A panic of work is
// one of Within.
func Within[T any](c *Cleaner, work func() (T, error)) (T, error) {
	if c.opts.Timeout <= 0 {
		return work()
	}
	type result struct {
		value    T
		err      error
		panicked any
	}
	done := make(chan result, 1)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		var r result
		defer func() {
			r.panicked = recover()
			done <- r
		}()
		r.value, r.err = work()
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
	if r.panicked != nil {
		panic(r.panicked)
	}
	return r.value, r.err
}
