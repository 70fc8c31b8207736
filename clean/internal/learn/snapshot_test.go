package learn

import (
	"bytes"
	"fmt"
	"testing"
)

// A Learner that was restored goes on as the one that was kept.
func TestSnapshot(t *testing.T) {
	observe := func(l *Learner, from, to int) {
		for n := from; n < to; n++ {
			l.Observe("a.example", uint64(1000+n), []SeenBlock{{Key: 1, Place: 5, Size: 3}, {Key: 2, Words: 9, Place: 6, Size: 9, Kept: true}, {Key: uint64(100 + n), Words: 50, Place: 6, Size: 50, Kept: n%3 > 0}})
		}
	}
	kept := NewLearner()
	observe(kept, 0, 7)
	b := kept.Snapshot("a.example")
	restored := NewLearner()
	if err := restored.Restore("a.example", b); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(restored.Snapshot("a.example"), b) {
		t.Error("restored, it has another snapshot")
	}
	for _, l := range []*Learner{kept, restored} {
		observe(l, 5, 9) // two of them are known
	}
	seen, of := restored.Repeats("a.example", 1)
	if want := kept.Pages("a.example"); restored.Pages("a.example") != want || want != 9 || seen != 9 || of != 9 {
		t.Errorf("%d pages, want %d; the block stands on %d of %d", restored.Pages("a.example"), want, seen, of)
	}
	if !bytes.Equal(restored.Snapshot("a.example"), kept.Snapshot("a.example")) {
		t.Error("they have gone on differently")
	}
	// What knows more stays.
	if err := restored.Restore("a.example", b); err != nil || restored.Pages("a.example") != 9 {
		t.Errorf("%d pages after an older snapshot, %v", restored.Pages("a.example"), err)
	}
	if b := NewLearner().Snapshot("a.example"); b != nil {
		t.Errorf("of nothing: %v", b)
	}
}

func TestBrokenSnapshot(t *testing.T) {
	l := NewLearner()
	l.Observe("a.example", 1, []SeenBlock{{Key: 1 << 60, Place: 7, Size: 2}, {Key: 2}})
	whole := l.Snapshot("a.example")
	for n := 1; n < len(whole); n++ {
		other := NewLearner()
		err := other.Restore("b.example", whole[:n])
		if pages := other.Pages("b.example"); err == nil || pages != 0 {
			t.Errorf("cut to %d bytes: %v, and %d pages", n, err, pages)
		}
	}
	for name, b := range map[string][]byte{"nothing": nil, "another version": append([]byte{9}, whole[1:]...)} {
		other := NewLearner()
		if err := other.Restore("b.example", b); err != nil || other.Pages("b.example") != 0 {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := NewLearner().Restore("b.example", []byte(fmt.Sprintf("%c\xff\xff\xff\xff\xff\xff", snapshotVersion))); err == nil {
		t.Error("a number without an end is taken")
	}
}
