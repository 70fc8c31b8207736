//go:build !race

package main

import "os/exec"

// raceDetector is set where the race detector, which takes several times the
// memory, is part of the test's binary.
const raceDetector = false

// plainBinary returns the path of newsclip.
func plainBinary() (string, error) { return exec.LookPath("newsclip") }
