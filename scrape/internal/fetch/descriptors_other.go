//go:build !unix

package fetch

import "math"

// Descriptors returns the number of files and connections that the process may have
// open at once: there is no limit.
func Descriptors() int { return math.MaxInt32 }
