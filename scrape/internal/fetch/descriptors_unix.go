//go:build unix

package fetch

import (
	"math"
	"syscall"
)

// Descriptors returns the number of files and connections that the process may have
// open at once. Package os has raised the limit to the most that the system allows.
func Descriptors() int {
	var limit syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_NOFILE, &limit); err != nil {
		return leastDescriptors
	}
	if uint64(limit.Cur) > math.MaxInt32 {
		return math.MaxInt32
	}
	return int(limit.Cur)
}

// leastDescriptors is the least limit that POSIX systems set in practice.
const leastDescriptors = 256
