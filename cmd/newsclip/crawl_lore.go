package main

import (
	"hash/fnv"
	"sync"

	"newsclip/clean"
)

// siteLore is what a crawl has learnt of its hosts: the blocks that their
// articles repeat. Only articles teach, because lists of articles repeat what
// the articles say.
//
// A host's articles come in any order, so that which of them were learnt from
// before one is written may differ from run to run; what stands on a fifth of
// them or more goes from all, but for those before the fifth of a host that
// has many.
type siteLore struct{ parts [loreParts]lorePart }

// loreParts learners know of four times as many hosts as one does, and hold
// each other up less.
const loreParts = 4

type lorePart struct {
	mu sync.Mutex
	l  *clean.Learner
}

func newSiteLore() *siteLore {
	s := &siteLore{}
	for i := range s.parts {
		s.parts[i].l = clean.NewLearner()
	}
	return s
}

// correct takes out of an article's drafts what its host repeats, and says
// whether there was any. Where the host is not known well enough it leaves them
// as they are and says that it is too early, but not the last time. With teach
// the first of the drafts is learnt from.
func (s *siteLore) correct(drafts []*clean.Draft, teach, last bool) (dropped, early bool) {
	host := drafts[0].Host()
	sum := fnv.New32a()
	sum.Write([]byte(host))
	p := &s.parts[sum.Sum32()%loreParts]
	p.mu.Lock()
	defer p.mu.Unlock()
	if teach {
		drafts[0].Teach(p.l)
	}
	if !last && p.l.Pages(host) < clean.EnoughPages {
		return false, true
	}
	for _, d := range drafts {
		dropped = d.DropRepeated(p.l) || dropped
	}
	return dropped, false
}
