package main

import (
	"fmt"

	"newsclip/clean"
	"newsclip/clean/saved"
)

// cleaned is the result of one input.
type cleaned struct {
	in      clean.Input
	name    string
	draft   *clean.Draft // nil once finish was called
	article *clean.Article
	err     error // nil where article holds an article; it names the input
}

// cleanOne reads one input and drafts its article. It calls take with the bytes that the
// page takes in memory, when they are known. With whole it makes the record too, which a
// draft that is compared with others must not have yet.
func cleanOne(cleaner *clean.Cleaner, it saved.Item, url string, take func(int64), whole bool) *cleaned {
	c, err := clean.Guarded(func() (*cleaned, error) { return readOne(cleaner, it, url, take, whole), nil })
	if err != nil {
		c = &cleaned{name: it.Name}
		c.fail(err)
	}
	return c
}

func readOne(cleaner *clean.Cleaner, it saved.Item, url string, take func(int64), whole bool) *cleaned {
	c := &cleaned{name: it.Name}
	c.in, c.err = it.Load()
	if url != "" {
		c.in.URL = url
	}
	if c.err != nil {
		c.article = clean.Failed(c.in, c.err)
		return c
	}
	take(clean.Cost(c.in.HTML))
	in := c.in
	c.in.HTML = nil
	in.InPlace = true // nobody else has it
	return c.within(cleaner, func(c *cleaned) {
		d, err := cleaner.Draft(in)
		if err != nil {
			c.fail(err)
			return
		}
		c.draft = d
		if whole {
			c.record(nil)
		}
	})
}

// within returns what work makes of c, or the error of a page that took too
// long: work has a result of its own, because it may go on after that.
func (c *cleaned) within(cleaner *clean.Cleaner, work func(*cleaned)) *cleaned {
	in, name, draft := c.in, c.name, c.draft
	done, err := clean.Within(cleaner, func() (*cleaned, error) {
		c := &cleaned{in: in, name: name, draft: draft}
		work(c)
		return c, nil
	})
	if err != nil {
		done = &cleaned{in: in, name: name}
		done.fail(err)
	}
	return done
}

// finish makes the record of the draft, and writes the report where there is one.
func (c *cleaned) finish(cleaner *clean.Cleaner, report *reportFile) {
	if c.draft != nil {
		*c = *c.within(cleaner, func(c *cleaned) { c.record(report) })
	}
}

// record is finish, without a limit on its time.
func (c *cleaned) record(report *reportFile) {
	d := c.draft
	c.draft = nil
	defer d.Close()
	var a *clean.Article
	var err error
	if report != nil {
		a, err = report.write(d)
	} else {
		a, err = d.Article()
	}
	if err != nil {
		c.fail(err)
		return
	}
	c.article = a
}

func (c *cleaned) fail(err error) {
	c.article, c.err = clean.Failed(c.in, err), fmt.Errorf("%s: %w", c.name, err)
}
