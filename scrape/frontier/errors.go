package frontier

import "errors"

// Errors that a caller branches on.
var (
	// ErrDone is returned by Next when nothing is pending anywhere in the job:
	// nothing waiting, nothing leased by any worker, no retry to come.
	ErrDone = errors.New("frontier: nothing left to fetch")
	// ErrLost is returned by Lease.Done and Lease.Retry when this worker no longer
	// holds the item's partition: another worker gives the item out again, and
	// nothing of this attempt is stored.
	ErrLost = errors.New("frontier: another worker has taken this host over")
	// ErrInUse is returned by Open when another process has opened Dir.
	ErrInUse = errors.New("frontier: the state directory is in use by another process")
	// ErrNotFound is returned by Get for a key that has no value.
	ErrNotFound = errors.New("frontier: no such key")
	// ErrNoJob is returned by Open with Options.Existing where there is no such job.
	ErrNoJob = errors.New("frontier: no such job")
	// ErrTooLarge is returned by Lease.Done for records that do not fit in a
	// message. The lease goes on: end it without them.
	ErrTooLarge = errors.New("frontier: the record is too large")
	// ErrFull is returned by every method that stores something where the server
	// has no room for it. In a process of its own that is
	// the disk, of the directory or of temporary files.
	ErrFull = errors.New("frontier: the store is full")
	// ErrClosed is returned by every method after Close.
	ErrClosed = errors.New("frontier: closed")
)

var (
	// ErrDamaged is returned where a stored message is not as it was written, or
	// is missing. Repair mends a directory.
	ErrDamaged = errors.New("the state is damaged")
	// ErrNewer is returned for a state that a newer version of newsclip has written.
	ErrNewer = errors.New("the state was written by a newer version of newsclip")
)
