//go:build !race

package main

// raceDetector is set where the race detector, which takes several times the
// memory, is part of the test's binary.
const raceDetector = false
