package scrape

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
	if t.tags > 0 {
		t.c.tags.give(t.tags)
		t.tags = 0
	}
	if t.isInHand {
		t.isInHand = false
		t.c.inHand.give()
	}
}

// weigh waits until the tags of a page fit in hand. putDown gives them back.
func (t *task) weigh(body []byte) error {
	n, err := t.c.tags.take(t.ctx, body)
	if err == nil {
		t.tags += n
	}
	return err
}
