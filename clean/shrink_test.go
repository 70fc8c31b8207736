package clean

import (
	"errors"
	"fmt"
	"reflect"
	"testing"
	"time"

	"newsclip/clean/article"
	"newsclip/clean/internal/learn"
	"newsclip/clean/internal/page"
)

// A Series whose drafts are shrunk while they wait writes the records that it writes
// otherwise, and holds no trees.
func TestShrunkDraftsWriteTheSame(t *testing.T) {
	c := New(Options{Explain: true, Markdown: true, HTML: true})
	records := func(shrinks bool) (out []*article.Article) {
		var waiting []*Draft
		s := NewSeries(func(d *Draft) {
			a, err := d.Article()
			if err != nil {
				t.Fatal(err)
			}
			d.Close()
			out = append(out, a)
		})
		if shrinks {
			s.ShrinkHeld()
		}
		add := func(in page.Input) {
			in.InPlace = true
			d, err := c.Draft(in)
			if err != nil {
				t.Fatal(err)
			}
			s.Add(d, d)
			waiting = append(waiting, d)
		}
		add(page.Input{URL: "https://other.example/", HTML: []byte("<title>The ferry</title><article><p>The ferry sails at noon again, the harbour master said on Friday, as it has for thirty years.")})
		for n := range learn.EnoughPages + 1 {
			add(repeatingPage(n))
		}
		for n, d := range waiting {
			if (d.d == nil) != shrinks {
				t.Errorf("draft %d has a tree while it waits: %v, want %v", n, d.d != nil, !shrinks)
			}
		}
		s.Flush()
		if n := s.held.bytes; n != 0 {
			t.Errorf("%d bytes are held by nothing", n)
		}
		return out
	}
	whole, shrunk := records(false), records(true)
	if !reflect.DeepEqual(whole, shrunk) {
		for n := range whole {
			t.Errorf("record %d\n%+v\nof a draft that was shrunk:\n%+v", n, whole[n], shrunk[n])
		}
	}
	if d, err := c.Draft(repeatingPage(0)); err != nil {
		t.Error(err)
	} else if d.Shrink(); d.d == nil {
		t.Error("a draft of a page that may change was shrunk")
	}
}

// What fails while a draft is shrunk is the error of its record, and the draft is left out
// of what is learnt no more than others.
func TestShrinkTakesTooLong(t *testing.T) {
	c := New(Options{Timeout: time.Nanosecond})
	l := learn.NewLearner()
	failed := 0
	for n := range 20 {
		in := repeatingPage(n)
		in.InPlace = true
		d, err := c.Draft(in)
		if err != nil {
			t.Fatal(err)
		}
		d.Teach(l)
		d.Shrink()
		changed := d.DropRepeated(l)
		_, err = d.Article()
		d.Close()
		var e *article.Error
		switch {
		case errors.As(err, &e) && e.Code == article.CodeTimeout && !changed && d.Host() == "harbour.example":
			failed++
		case err != nil:
			t.Error(fmt.Errorf("page %d: %w", n, err))
		}
	}
	if failed == 0 {
		t.Error("no page took too long")
	}
}
