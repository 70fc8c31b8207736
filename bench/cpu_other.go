//go:build !unix

package main

import "time"

var began = time.Now()

// busy returns the time since the program began, where the system's account of
// processor time is not read.
func busy() time.Duration { return time.Since(began) }
