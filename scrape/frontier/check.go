package frontier

// Check reads every message in the directory o.Dir, which no process may have
// open, and compares it with its checksum and its number. It changes nothing.
// Errors are ErrNoJob, ErrInUse, ErrNewer, and those of the files.
func Check(o Options) (*Report, error) {
	in, unlock, err := inspectLocked(&o, false)
	if err != nil {
		return nil, err
	}
	unlock()
	return &in.report, nil
}

// inspectLocked inspects the state in o.Dir, which stays locked until unlock is called.
// keep is that of inspect.
func inspectLocked(o *Options, keep bool) (in *inspection, unlock func(), err error) {
	o.Existing = true
	if err := o.check(); err != nil {
		return nil, nil, err
	}
	e := &engine{full: make(chan struct{}), closing: make(chan struct{})}
	if _, err = e.lockDir(o); err == nil {
		in, err = inspect(o.Dir, o.Job, keep)
	}
	if err != nil {
		e.close()
		return nil, nil, err
	}
	return in, e.close, nil
}
