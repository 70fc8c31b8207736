package scrape

import "newsclip/clean"

// takeUp puts the task in hand. It must not be called while another task's place is
// waited for.
func (t *task) takeUp() {
	if !t.isInHand {
		t.c.inHand.take()
		t.isInHand = true
	}
}

// putDown gives the task's place to others. Call it before anything that waits for a
// host, for another task, or for the outcome to be stored.
func (t *task) putDown() {
	t.weight.Free()
	t.stepBack()
}

// stepBack gives the task's place to others, and keeps what its page takes.
func (t *task) stepBack() {
	if t.isInHand {
		t.isInHand = false
		t.c.inHand.give()
	}
}

// weigh waits until the pages fit in hand. putDown gives back what they take. It must be
// called before takeUp, and while the task holds no other page: those that wait
// must have nothing that others wait for.
func (t *task) weigh(pages ...clean.Input) error {
	t.cost = 0
	for _, in := range pages {
		t.cost += clean.Cost(in.HTML)
	}
	b := t.c.hands.small
	if t.cost > smallPage {
		b = t.c.hands.large
	}
	t.weight = b.NewShare()
	return t.weight.Grow(t.ctx, t.cost)
}

// holdMemory keeps what the page in hand and the pages before it in its article take until
// the function that it returns is called.
func (t *task) holdMemory() (release func()) {
	page, joined := t.weight.Hold(), t.joined.Hold()
	return func() {
		page()
		joined()
	}
}

// joins takes what the page in hand takes, to keep it while the next page of its article
// is fetched. It reports false where the article would take too much. The task must not
// be in hand.
func (t *task) joins() (bool, error) {
	if t.joined == nil {
		t.joined = t.c.hands.joins.NewShare()
	}
	if t.joinedBytes += t.cost; t.joinedBytes > mostJoined {
		t.c.o.Log.Warn("an article has more pages than fit in memory: the later ones are left out", "url", t.item.URL)
		return false, nil
	}
	if t.joined.Grow(t.ctx, t.cost) != nil {
		return false, errInterrupted
	}
	return true, nil
}

// releasePage gives the memory of the page's trees to later pages, where its last outcome
// allows it. Call it before the outcome is stored: a page that waits for that is counted
// nowhere.
func (t *task) releasePage() {
	p, out := t.judged, t.outcome
	t.judged, t.outcome = nil, nil
	if p == nil || out == nil || !out.PageDone || out.Kept != nil {
		return
	}
	p.Page.Release()
	for _, part := range p.Parts {
		part.Release()
	}
}
