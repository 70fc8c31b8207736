//go:build unix && !race

package clean

import (
	"errors"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"testing"
	"time"

	"newsclip/testdata"
)

const (
	// attackTime is the processor time, and attackMemory the heap, that no page may
	// take more of.
	attackTime   = 5 * time.Second
	attackMemory = 400 << 20
)

// TestAttackPages cleans pages that were made to take all time or memory, with all that
// can be asked for: each gives a record or an error with a code.
func TestAttackPages(t *testing.T) {
	if testing.Short() {
		t.Skip("takes some 30 seconds")
	}
	c := New(Options{Markdown: true, HTML: true, Explain: true})
	// What the pages before have left is not this one's.
	defer debug.SetGCPercent(debug.SetGCPercent(25))
	for _, p := range testdata.AttackPages() {
		t.Run(p.Name, func(t *testing.T) {
			src := []byte(p.HTML())
			runtime.GC()
			most := watchHeap()
			in := Input{URL: "https://news.example/a", HTML: src}
			from := processorTime()
			a, err := c.Clean(in)
			took := processorTime() - from
			if took > attackTime { // a machine that does other work is slower
				from = processorTime()
				a, err = c.Clean(in)
				took = min(took, processorTime()-from)
			}
			heap := most()
			said := "a record"
			if e := (*Error)(nil); errors.As(err, &e) && e.Code != "" {
				said = e.Code
			} else if err != nil || a == nil {
				t.Errorf("%v", err)
			}
			t.Logf("%d kB: %v of processor time, %d MB of heap, %s", len(src)>>10, took.Round(time.Millisecond), heap>>20, said)
			if took > attackTime {
				t.Errorf("it took %v", took)
			}
			if heap > attackMemory {
				t.Errorf("%d MB of heap were in use", heap>>20)
			}
		})
	}
}

// watchHeap returns a function that ends the watch and returns the most bytes that objects
// of the heap have taken since, those included that were not in use any more.
func watchHeap() (most func() uint64) {
	stop, result := make(chan struct{}), make(chan uint64)
	go func() {
		inUse := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
		var top uint64
		for {
			metrics.Read(inUse)
			top = max(top, inUse[0].Value.Uint64())
			select {
			case <-stop:
				result <- top
				return
			case <-time.After(2 * time.Millisecond):
			}
		}
	}()
	return func() uint64 { close(stop); return <-result }
}
