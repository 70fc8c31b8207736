package main

import (
	"fmt"
	"path/filepath"
	"time"

	"github.com/dustin/go-humanize"

	"newsclip/clean/saved"
)

// manyInputs is how many inputs "newsclip clean" reads before it shows its
// progress on a terminal, and counts them at the end although all went well.
const manyInputs = 20

// showCleanProgress shows a line on standard error while pages are cleaned, if
// that is a terminal and the records go elsewhere. The function that it returns
// removes the line.
func showCleanProgress(e *env, f *cleanFlags, t *saved.Tally) (done func()) {
	if !isTerminal(e.stderr) || f.path == "" && isTerminal(e.stdout) {
		return func() {}
	}
	stop, stopped := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(stopped)
		tick := time.NewTicker(200 * time.Millisecond)
		defer tick.Stop()
		for start := time.Now(); ; {
			select {
			case <-tick.C:
				if c := t.Counts(); c.Read > manyInputs {
					e.showLine(visible(cleanProgressLine(t, c, time.Since(start))))
				}
			case <-stop:
				e.setLine("")
				return
			}
		}
	}()
	return func() { close(stop); <-stopped }
}

func cleanProgressLine(t *saved.Tally, c saved.Counts, elapsed time.Duration) string {
	skipped := 0
	for _, n := range c.Skipped {
		skipped += n
	}
	n := func(k int) string { return humanize.Comma(int64(k)) }
	line := fmt.Sprintf("%s read  %s written  %s failed  %s skipped  %.0f/s  %v",
		n(c.Read), n(c.Written), n(c.Read-c.Written), n(skipped), float64(c.Read)/elapsed.Seconds(), elapsed.Truncate(time.Second))
	if file, read, size := t.Reading(); size > 0 && read > 0 {
		line += fmt.Sprintf("  %s %d%% of %s", filepath.Base(file), 100*read/size, humanize.IBytes(uint64(size)))
	}
	return line
}
