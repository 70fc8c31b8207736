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
	t.weight.Free()
	if t.isInHand {
		t.isInHand = false
		t.c.inHand.give()
	}
}
