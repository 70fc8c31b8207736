//go:build !windows

package articles

// lockPath returns the file that is locked for the output at path: the output itself.
func lockPath(path string) string { return path }

func dropLock(string) {}
