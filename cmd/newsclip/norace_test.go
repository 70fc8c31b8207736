//go:build !race

package main

import "os/exec"

// plainBinary returns the path of newsclip.
func plainBinary() (string, error) { return exec.LookPath("newsclip") }
