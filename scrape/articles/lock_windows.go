package articles

import "os"

// lockPath returns the file that is locked for the output at path. On Windows no one
// can read or write a locked part of a file, and so it is one beside it.
func lockPath(path string) string { return path + ".lock" }

func dropLock(path string) { _ = os.Remove(lockPath(path)) }
