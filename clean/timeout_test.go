package clean

import (
	"errors"
	"strings"
	"testing"
	"time"

	"newsclip/clean/article"
)

func TestWithin(t *testing.T) {
	c := New(Options{Timeout: time.Minute})
	if got, err := Within(c, func() (int, error) { return 7, nil }); got != 7 || err != nil {
		t.Errorf("got %d, %v", got, err)
	}
	for _, c := range []*Cleaner{c, New(Options{})} {
		_, err := Within(c, func() (int, error) { panic("fault") })
		var e *article.Error
		if !errors.As(err, &e) || e.Code != article.CodeInternal || !strings.Contains(e.Message, "fault (") || !strings.Contains(e.Message, "TestWithin") {
			t.Errorf("a panic is the error %v", err)
		}
	}

	c = New(Options{Timeout: time.Millisecond})
	hold := make(chan struct{})
	for range maxAbandoned {
		_, err := Within(c, func() (int, error) { <-hold; return 1, nil })
		var e *article.Error
		if !errors.As(err, &e) || e.Code != article.CodeTimeout {
			t.Fatalf("the error is %v", err)
		}
	}
	// Where as many are abandoned as may be, the next is waited for.
	time.AfterFunc(50*time.Millisecond, func() { close(hold) })
	if _, err := Within(c, func() (int, error) { <-hold; time.Sleep(5 * time.Millisecond); return 2, nil }); err != nil {
		var e *article.Error
		if !errors.As(err, &e) || e.Code != article.CodeTimeout {
			t.Errorf("the error is %v", err)
		}
	}
	select {
	case <-hold:
	default:
		t.Error("more pages are abandoned than may be")
	}
}
