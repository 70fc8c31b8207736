package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"newsclip/clean"
)

// buildCommand builds newsclip into dir and returns its path.
func buildCommand(dir string) (string, error) {
	list := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "newsclip")
	list.Stderr = os.Stderr
	root, err := list.Output()
	if err != nil {
		return "", fmt.Errorf("finding newsclip (bench runs in its own folder): %w", err)
	}
	bin := filepath.Join(dir, "newsclip")
	build := exec.Command("go", "build", "-o", bin, "./cmd/newsclip")
	build.Dir = strings.TrimSpace(string(root))
	build.Stderr = os.Stderr
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	return bin, build.Run()
}

// binary returns the path of the newsclip to measure, which it builds into dir where
// none is given.
func (o *options) binary(dir string) (string, error) {
	if o.command != "" {
		return filepath.Abs(o.command)
	}
	return buildCommand(dir)
}

// withCommand calls f with the newsclip to measure, a folder that is removed afterwards,
// and the pages to read.
func withCommand(o options, f func(bin, dir string, pages []clean.Input) error) (err error) {
	dir, err := os.MkdirTemp("", "bench")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	bin, err := o.binary(dir)
	if err != nil {
		return err
	}
	pages, _, err := loadPages(o)
	if err != nil {
		return err
	}
	return f(bin, dir, pages)
}

// start prints how long newsclip takes from its start to the first byte of a
// page's record.
func start(o options) error {
	return withCommand(o, func(bin, dir string, pages []clean.Input) error {
		page := filepath.Join(dir, "page.html")
		if err := os.WriteFile(page, pages[len(pages)/2].HTML, 0o644); err != nil {
			return err
		}
		var took []time.Duration
		for range 5 * o.rounds {
			cmd := exec.Command(bin, "clean", page)
			out, err := cmd.StdoutPipe()
			if err != nil {
				return err
			}
			from := time.Now()
			if err := cmd.Start(); err != nil {
				return err
			}
			if _, err := bufio.NewReader(out).ReadByte(); err != nil {
				return fmt.Errorf("newsclip clean: no record: %w", err)
			}
			took = append(took, time.Since(from))
			io.Copy(io.Discard, out)
			if err := cmd.Wait(); err != nil {
				return fmt.Errorf("newsclip clean: %w", err)
			}
		}
		slices.Sort(took)
		fmt.Fprintf(o.out, "start to first byte of newsclip clean: %.0f ms, the median of %d; the fastest %.0f, nine of ten within %.0f\n",
			ms(took[len(took)/2]), len(took), ms(took[0]), ms(took[len(took)*9/10]))
		return nil
	})
}
