package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"time"

	"newsclip/clean"
)

// commandName is newsclip clean in the table command.
const commandName = "newsclip clean --from jsonl --workers 1"

// cleanCommand prints what newsclip clean takes with one worker for all pages, its start
// and the reading of their lines included, beside the bare parse and go-readability on
// the same pages in memory: processor time, the collector's included, in turn.
func cleanCommand(o options) error {
	return withCommand(o, func(bin, dir string, pages []clean.Input) error {
		lines := filepath.Join(dir, "pages.jsonl")
		if err := writeLines(lines, pages); err != nil {
			return err
		}
		defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
		all := []measured{{name: commandName}}
		var rs []runner
		for _, r := range runners() {
			if r.name == parseName || r.name == shioriName {
				rs, all = append(rs, r), append(all, measured{name: r.name})
			}
		}
		for range o.rounds {
			cmd := exec.Command(bin, "clean", "--from", "jsonl", "--workers", "1", lines)
			cmd.Dir = dir // of the files that the lines name
			if err := cmd.Run(); cmd.ProcessState == nil || !cmd.ProcessState.Exited() {
				return fmt.Errorf("newsclip clean: %w", err) // a page without an article is no failure here
			}
			all[0].rounds = append(all[0].rounds, cmd.ProcessState.UserTime()+cmd.ProcessState.SystemTime())
			for k, r := range rs {
				all[k+1].rounds = append(all[k+1].rounds, busyWith(r, pages))
			}
		}
		fmt.Fprintf(o.out, "%d pages, processor time, medians of %d rounds in turn, the least and most in brackets\n\n", len(pages), o.rounds)
		var t table
		t.add("", "ms a page", "newsclip's time divided by its")
		for k := range all {
			t.add(all[k].name, num("%.2f", ms(all[k].median())/float64(len(pages))), spread(against(&all[0], &all[k])))
		}
		return t.print(o.out)
	})
}

// busyWith returns the processor time that a runner takes for all pages.
func busyWith(r runner, pages []clean.Input) time.Duration {
	runtime.GC() // what was left by others is theirs
	from := busy()
	for _, in := range pages {
		r.guarded(in)
	}
	return busy() - from
}

// writeLines writes pages as files, and beside them the lines that name them, as newsclip
// clean --from jsonl reads them.
func writeLines(path string, pages []clean.Input) error {
	var lines bytes.Buffer
	enc := json.NewEncoder(&lines)
	for k, in := range pages {
		name := strconv.Itoa(k) + ".html"
		if err := os.WriteFile(filepath.Join(filepath.Dir(path), name), in.HTML, 0o644); err != nil {
			return err
		}
		if err := enc.Encode(map[string]string{"id": strconv.Itoa(k), "url": in.URL, "file": name}); err != nil {
			return err
		}
	}
	return os.WriteFile(path, lines.Bytes(), 0o644)
}
