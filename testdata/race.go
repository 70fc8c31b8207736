//go:build race

package testdata

// RaceDetector tells whether the program is built with the race detector. With it,
// copying memory takes many times as long: tests of large inputs, whose names end with
// Bounded, skip then.
const RaceDetector = true
