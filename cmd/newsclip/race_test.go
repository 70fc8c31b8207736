//go:build race

package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
)

// plainBinary returns the path of a newsclip without the race detector: this test's
// binary, built again. Tests that run the command in processes of its own take several
// times as long with the detector, which watches the same code in the tests of the
// packages. It is built without C, as releases are. It stands in the folder that
// testscript removes at the end.
var plainBinary = sync.OnceValues(func() (string, error) {
	newsclip, err := exec.LookPath("newsclip")
	if err != nil {
		return "", err
	}
	path := filepath.Join(filepath.Dir(newsclip), "plain", filepath.Base(newsclip))
	build := exec.Command("go", "test", "-c", "-o", path, ".")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	out, err := build.CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("go test -c: %w\n%s", err, out)
	}
	return path, nil
})
