package clean

import (
	"slices"

	"newsclip/clean/internal/learn"
)

// Shrink has a draft that is to wait for others of its site make its record and give its
// tree back, which is three times the page and more. It keeps its HTML, of which
// [Draft.DropRepeated] makes it again where what was learnt changes it. A draft that was
// not made of an [Input] read in place stays as it is.
//
// Of a draft that was shrunk Article, DropRepeated, Host and Close may be called, and
// nothing else. The record is made within the limit of [Within], and its error is
// Article's.
func (x *Draft) Shrink() {
	if x.small != nil || x.in.HTML == nil {
		return
	}
	host, of := x.Host(), *x // which goes on alone where it takes too long
	small, err := Within(x.c, func() (*shrunk, error) {
		defer of.Close()
		done := &shrunk{host: host}
		// The record may keep more blocks. The footprint is of what was kept before, and is
		// made last: of a large page it takes as much as rendering does.
		before := *of.d.body
		before.Verdicts = slices.Clone(before.Verdicts)
		done.article, done.err = of.Article()
		done.print = learn.FootprintOf(&before, of.d.meta)
		return done, nil
	})
	if err != nil {
		small = &shrunk{host: host, err: err}
	}
	x.small, x.p, x.d = small, nil, nil
}

// changed reports whether l changes a draft that was shrunk. The draft is whole again then.
func (x *Draft) changed(l *Learner) bool {
	if x.small.print == nil || x.small.print.Stands(l, x.small.host) {
		return false
	}
	again, err := x.c.Draft(x.in)
	if err != nil {
		return false // as it was parsed before, it cannot fail
	}
	*x = *again
	return true
}

// held is how many bytes of memory the draft takes while it waits, about.
func (x *Draft) held() int64 {
	if x.small == nil {
		return x.p.Cost()
	}
	n := int64(len(x.in.HTML))
	if a := x.small.article; a != nil {
		n += int64(len(a.Text) + len(a.Markdown) + len(a.HTML))
	}
	return n
}
