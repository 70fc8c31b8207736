package main

import (
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"newsclip/testdata"
)

// What a package sets up before main runs is paid by every command, "version" too.
// The bounds are some twice what is needed now. They are of bytes, which are the
// same in each run; time is bounded loosely, as tests may run on a busy machine.
const (
	mostOfPackage  = 16 << 10 // bytes of one package of newsclip
	mostOfNewsclip = 80 << 10 // bytes of all of them
	mostOfAll      = 8 << 20  // bytes, with the libraries
	mostClock      = 75.0     // milliseconds, with the libraries
	startTries     = 5        // of which one has to keep to mostClock
)

// Tables, models and regular expressions are made when they are first needed, and not
// at the start.
func TestStart(t *testing.T) {
	best := -1.0
	for range startTries {
		sum := 0.0
		own, all := 0, 0
		for _, i := range inits(t) {
			sum += i.clock
			all += i.bytes
			// The tests' own package holds theirs beside the command's.
			if !strings.HasPrefix(i.pkg, "newsclip/") || i.pkg == "newsclip/cmd/newsclip" {
				continue
			}
			own += i.bytes
			if i.bytes > mostOfPackage {
				t.Errorf("%s allocates %d bytes before main", i.pkg, i.bytes)
			}
		}
		if own == 0 || all == 0 {
			t.Fatal("no package is counted")
		}
		if own > mostOfNewsclip || all > mostOfAll {
			t.Errorf("%d bytes are allocated before main, %d of them by newsclip's packages", all, own)
		}
		if t.Failed() {
			return
		}
		if best < 0 || sum < best {
			best = sum
		}
		if best <= mostClock {
			t.Logf("%.1f ms, %d bytes, %d of them newsclip's", best, all, own)
			return
		}
	}
	if !testdata.RaceDetector {
		t.Errorf("%.1f ms pass before main", best)
	}
}

// packageInit is what the runtime tells of a package's initialization.
type packageInit struct {
	pkg   string
	clock float64 // milliseconds
	bytes int
}

var initLine = regexp.MustCompile(`(?m)^init (\S+) @\S+ ms, (\S+) ms clock, (\d+) bytes, \d+ allocs$`)

func inits(t *testing.T) (found []packageInit) {
	t.Helper()
	cmd := exec.Command("newsclip", "version")
	cmd.Env = append(os.Environ(), "GODEBUG=inittrace=1")
	var errs strings.Builder
	cmd.Stderr = &errs
	if err := cmd.Run(); err != nil {
		t.Fatal(err)
	}
	for _, m := range initLine.FindAllStringSubmatch(errs.String(), -1) {
		clock, clockErr := strconv.ParseFloat(m[2], 64)
		bytes, bytesErr := strconv.Atoi(m[3])
		if clockErr != nil || bytesErr != nil {
			t.Fatalf("%q", m[0])
		}
		found = append(found, packageInit{m[1], clock, bytes})
	}
	return found
}
