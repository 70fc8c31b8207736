package articles

import (
	"hash/fnv"
	"sync"

	"newsclip/clean"
)

// repeats holds the blocks that the articles of each host of a crawl repeat.
// Only articles are learnt from: lists of articles repeat what articles say.
//
// A host's articles come in any order, so which of them were learnt from before
// one is written may differ from run to run. A block on a fifth of them or more
// is taken out of all, except those among the first fifth of a host with many.
type repeats struct{ shards [learners]shard }

// learners is the number of learners that the hosts are spread over. Each is
// bounded in how many hosts it remembers, and is used by one goroutine at a time.
const learners = 4

type shard struct {
	mu sync.Mutex
	l  *clean.Learner
}

func newRepeats() *repeats {
	r := &repeats{}
	for i := range r.shards {
		r.shards[i].l = clean.NewLearner()
	}
	return r
}

// drop takes what their host repeats out of an article's drafts, and reports
// whether that was anything. Where too few articles of the host were learnt from
// it changes nothing and reports early, unless last is set. With teach, the first
// draft is learnt from.
func (r *repeats) drop(drafts []*clean.Draft, teach, last bool) (dropped, early bool) {
	host := drafts[0].Host()
	sum := fnv.New32a()
	sum.Write([]byte(host))
	s := &r.shards[sum.Sum32()%learners]
	s.mu.Lock()
	defer s.mu.Unlock()
	if teach {
		drafts[0].Teach(s.l)
	}
	if !last && s.l.Pages(host) < clean.EnoughPages {
		return false, true
	}
	for _, d := range drafts {
		dropped = d.DropRepeated(s.l) || dropped
	}
	return dropped, false
}
