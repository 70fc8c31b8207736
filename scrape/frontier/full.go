package frontier

// On a full disk the server in process leaves requests without an answer. So the
// disk is watched: what waits for an answer must fail at once, and what is stored is
// whole when there is room again.

// Full returns the error, which is [ErrFull], of a frontier that has ended because the
// disk of its directory is full, and nil otherwise. What else fails then, fails because
// of it.
func (f *Frontier) Full() error {
	if f.e.isDiskFull() {
		return f.e.disk.full()
	}
	return nil
}

// endWhenFull ends the work of this process when the disk is full.
func (f *Frontier) endWhenFull() {
	select {
	case <-f.e.full:
		f.fail(f.e.disk.full())
	case <-f.ctx.Done():
	}
}
