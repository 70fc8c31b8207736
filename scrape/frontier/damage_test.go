package frontier

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// stateForDamage leaves a stopped job: 40 pages of 4 hosts, 24 of them finished with
// a record each, of which the first 12 are in the output (the result). Every page
// leads to the next, so that a lost URL is found again from another page only.
func stateForDamage(t *testing.T, dir string) (written []string) {
	f := open(t, Options{Dir: dir})
	defer f.Close()
	add(t, f, damagePage(0))
	awaitPending(t, f, 1)
	crawlDamaged(t, f, 24)
	stopped := errors.New("stopped")
	err := f.Collect(t.Context(), func(r Record) error {
		written = append(written, string(r.Data))
		if len(written) < 12 {
			return nil
		}
		if err := f.Collected(t.Context(), Checkpoint{r.Seq, []byte("12 records")}); err != nil {
			return err
		}
		return stopped
	})
	if err != stopped {
		t.Fatal(err)
	}
	return written
}

const damagePages = 40

// flips is how many bits are flipped in each file.
const flips = 6

func damagePage(i int) Item { return page(fmt.Sprintf("h%d.example", i%4), i) }

// crawlDamaged finishes up to n pages, or all with n < 0. Each leads to the two
// behind it.
func crawlDamaged(t *testing.T, f *Frontier, n int) {
	t.Helper()
	for ; n != 0; n-- {
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
		l, err := f.Next(ctx, nil)
		cancel()
		if errors.Is(err, ErrDone) {
			return
		}
		if err != nil {
			t.Fatalf("Next: %v", err)
		}
		var links []Item
		for i := range damagePages {
			if damagePage(i).URL == l.Item.URL {
				for k := i + 1; k <= min(i+2, damagePages-1); k++ {
					links = append(links, damagePage(k))
				}
			}
		}
		add(t, f, links...)
		if err := l.Done(t.Context(), Result{Records: [][]byte{[]byte(l.Item.URL)}}); err != nil {
			t.Fatal(err)
		}
	}
}

// finishDamaged continues a job to its end and returns the records in its output,
// where a record is left out that the output of a repaired job has.
func finishDamaged(t *testing.T, dir string, written []string) []string {
	t.Helper()
	f, err := Open(t.Context(), Options{Dir: dir})
	if err != nil {
		t.Fatalf("Open: %v", err)
	}
	defer f.Close()
	repaired, err := f.Repaired(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	c, err := f.Checkpoint(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if !repaired && string(c.Note) != "12 records" {
		t.Fatalf("the note is %q", c.Note)
	}
	if string(c.Note) == "12 records" {
		written = slices.Clone(written[:12])
	}
	crawlDamaged(t, f, -1)
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	if err := f.Collect(ctx, func(r Record) error {
		if !repaired || !slices.Contains(written, string(r.Data)) {
			written = append(written, string(r.Data))
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return written
}

// TestDamageIsToldAndRepaired flips single bytes of the files at many places, of a
// state that was closed and of one whose process was killed. Either nothing is lost
// by the flip and the job goes on as if nothing had been; or it does not go on, the
// check names the damage, and after the repair every article is written once.
func TestDamageIsToldAndRepaired(t *testing.T) {
	for _, closed := range []bool{true, false} {
		t.Run(fmt.Sprintf("closed=%v", closed), func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "state")
			written := stateForDamage(t, dir)
			if !closed { // what a killed process leaves
				if err := os.Remove(filepath.Join(dir, closedFile)); err != nil {
					t.Fatal(err)
				}
			}
			files, err := filepath.Glob(filepath.Join(streamDir(dir, "*"), "msgs", "*.blk"))
			if err != nil || len(files) < 3 {
				t.Fatal(files, err)
			}
			rnd := rand.New(rand.NewPCG(5, 5))
			told := 0
			for _, file := range files {
				for range flips {
					at := 0
					broken := copyState(t, dir, file, func(b []byte) []byte {
						at = rnd.IntN(len(b))
						b[at] ^= 1 << rnd.IntN(8)
						return b
					})
					if survives(t, broken, written, closed) {
						told++
					} else if closed {
						t.Errorf("%s, byte %d: the damage is not noticed", filepath.Base(filepath.Dir(filepath.Dir(file))), at)
					}
				}
			}
			if told < 2*flips {
				t.Errorf("%d flips were noticed", told)
			}
		})
	}
}

// TestLostFilesAreToldAndRepaired is TestDamageIsToldAndRepaired for files that were
// cut, emptied or removed.
func TestLostFilesAreToldAndRepaired(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "state")
	written := stateForDamage(t, dir)
	files, err := filepath.Glob(filepath.Join(streamDir(dir, "*"), "msgs", "*.blk"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		for _, part := range []int{50, 0, -1} {
			broken := copyState(t, dir, file, func(b []byte) []byte {
				if part < 0 {
					return nil
				}
				return b[:len(b)*part/100]
			})
			if !survives(t, broken, written, true) {
				t.Errorf("%s cut to %d%%: the damage is not noticed", file, part)
			}
		}
	}
}

// TestZerosAreToldAndRepaired overwrites all files of a state with zeros, and of one whose
// process was killed all files of messages.
func TestZerosAreToldAndRepaired(t *testing.T) {
	for _, closed := range []bool{true, false} {
		dir := filepath.Join(t.TempDir(), "state")
		written := stateForDamage(t, dir)
		err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
			if err != nil || e.IsDir() {
				return err
			}
			if !closed && e.Name() == closedFile {
				return os.Remove(path)
			}
			fi, err := e.Info()
			if err != nil || !closed && filepath.Ext(path) != blockEnding {
				return err
			}
			return os.WriteFile(path, make([]byte, fi.Size()), 0o600)
		})
		if err != nil {
			t.Fatal(err)
		}
		if !survives(t, dir, written, closed) {
			t.Errorf("closed=%v: the damage is not noticed", closed)
		}
	}
}

// survives continues a job whose files were damaged, after a repair where Open
// refuses it, and reports whether it was refused.
func survives(t *testing.T, dir string, written []string, closed bool) (told bool) {
	t.Helper()
	f, err := Open(t.Context(), Options{Dir: dir})
	if err == nil {
		f.Close()
	} else if !errors.Is(err, ErrDamaged) {
		t.Fatalf("Open: %v", err)
	}
	if err != nil {
		told = true
		report, err := Check(Options{Dir: dir})
		if err != nil || !report.Damaged() {
			t.Fatalf("Check: %v, %+v", err, report)
		}
		repaired, err := Repair(t.Context(), Options{Dir: dir}, nil)
		if err != nil || repaired.Old == "" {
			t.Fatalf("Repair: %v, %+v", err, repaired)
		}
		if report, err := Check(Options{Dir: dir}); err != nil || report.Damaged() {
			t.Fatalf("Check after the repair: %v, %+v", err, report)
		}
	}
	// A start URL is given again with each start.
	f = open(t, Options{Dir: dir})
	add(t, f, damagePage(0))
	f.Close()
	got := finishDamaged(t, dir, written)
	slices.Sort(got)
	if n := len(slices.Compact(slices.Clone(got))); n != damagePages || len(got) != damagePages {
		t.Errorf("%s: %d records of %d pages, want one of each of %d", strings.TrimPrefix(dir, os.TempDir()), len(got), n, damagePages)
	}
	return told
}

// copyState copies a state, with one file changed or, by nil, left out.
func copyState(t *testing.T, dir, file string, change func([]byte) []byte) string {
	t.Helper()
	to := filepath.Join(t.TempDir(), "state")
	if err := os.CopyFS(to, os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	rel, err := filepath.Rel(dir, file)
	if err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(to, rel)
	if b = change(b); b == nil {
		err = os.Remove(path)
	} else {
		err = os.WriteFile(path, b, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	return to
}

// A process that dies while it makes a stream leaves its settings without their hash.
// What later ones store there is found again.
func TestHalfSettingsAreWrittenAgain(t *testing.T) {
	made, dir := t.TempDir(), t.TempDir()
	f := open(t, Options{Dir: made})
	f.Close()
	names, err := os.ReadDir(streamDir(made, ""))
	if err != nil || len(names) != 3 {
		t.Fatal(names, err)
	}
	for _, e := range names {
		b, err := os.ReadFile(filepath.Join(streamDir(made, e.Name()), streamSettings))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.MkdirAll(streamDir(dir, e.Name()), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(streamDir(dir, e.Name()), streamSettings), b, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	written := stateForDamage(t, dir)
	if got := finishDamaged(t, dir, written); len(got) != 40 {
		t.Errorf("%d records, want 40", len(got))
	}
}
