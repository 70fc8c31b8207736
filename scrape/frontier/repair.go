package frontier

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/nats-io/nats-server/v2/server/avl"
	"github.com/nats-io/nats.go/jetstream"
)

// Repaired is what Repair has done.
type Repaired struct {
	Report
	// Kept is how many URLs the state holds now, and Again how many of them are
	// fetched again though they were finished, because of what is in doubt.
	Kept, Again int
	// Old is the folder to which the damaged files were moved. It is empty where
	// nothing was damaged, and nothing was changed.
	Old string
}

// Repair writes the state in o.Dir, which no process may have open, anew from all
// messages that are whole, and moves the damaged files aside. A page is fetched
// again of whose outcome the message is lost. Where a URL may be lost that was not
// fetched yet, all pages are fetched again, as any of them may have led to it; of
// the items of the old state only those are then kept for which keep returns true,
// or all where it is nil. Records that were not collected are kept. Repaired
// returns true of the state from then on.
func Repair(ctx context.Context, o Options, keep func(Item) bool) (*Repaired, error) {
	in, unlock, err := inspectLocked(&o, true)
	if err != nil {
		return nil, err
	}
	defer unlock()
	r := &Repaired{Report: in.report}
	if !r.Damaged() {
		return r, nil
	}
	made := filepath.Join(o.Dir, repairDir)
	if err := os.RemoveAll(made); err != nil {
		return nil, fmt.Errorf("frontier: repair: %w", err)
	}
	if err := in.rebuild(ctx, Options{Dir: made, Job: o.Job, Partitions: o.Partitions}, keep, r); err != nil {
		return nil, fmt.Errorf("frontier: repair: %w", err)
	}
	r.Old = filepath.Join(o.Dir, "damaged-"+time.Now().UTC().Format("20060102T150405"))
	if err := os.Rename(filepath.Join(o.Dir, "jetstream"), r.Old); err != nil {
		return nil, fmt.Errorf("frontier: repair: %w", err)
	}
	return r, finishRepair(o.Dir)
}

// repairedKey is the key of the mark that Repair has written the state.
const repairedKey = "repaired"

// Repaired reports whether Repair has written the state. Then the output may hold
// records that Collect delivers again.
func (f *Frontier) Repaired(ctx context.Context) (bool, error) {
	if f.o.Dir == "" {
		return false, nil
	}
	_, err := f.read(ctx, repairedKey)
	if errors.Is(err, jetstream.ErrKeyNotFound) {
		return false, nil
	}
	return err == nil, err
}

// remains are the outcomes that could be read.
type remains struct {
	history
	left    map[uint64]*leftOf
	records map[uint64][][][]byte // that were not collected, by message
}

// leftOf is the last outcome of a URL that finished or reopened it.
type leftOf struct {
	round, attempt uint64
	at             int64
	memo           []byte
}

// remains reads the journal's messages.
func (in *inspection) remains() *remains {
	r := &remains{
		history: history{reopened: map[uint64]reopened{}, retries: map[uint64]nextAttempt{}},
		left:    map[uint64]*leftOf{}, records: map[uint64][][][]byte{},
	}
	checkpoint, _ := in.checkpoint() // without it all records are delivered again
	for _, m := range in.journal.messages {
		kind, part, _ := strings.Cut(m.subject, ".")
		if _, err := strconv.Atoi(part); err != nil || kind != "j" && kind != "s" {
			continue
		}
		// The outcomes before a damaged one are whole.
		_ = decodeOutcomes(m.data, func(o *outcome) error {
			r.apply(m.seq, o)
			if old := r.left[o.seq]; o.kind != outRetry && (old == nil || o.round >= old.round) {
				r.left[o.seq] = &leftOf{o.round, o.attempt, o.at, o.memo}
			}
			if len(o.records) > 0 && m.seq > checkpoint.Seq {
				r.records[o.seq] = append(r.records[o.seq], o.records)
			}
			return nil
		})
	}
	return r
}

// inDoubt reports whether a URL may be lost that was not finished. A message that is
// missing from the stream of URLs may also have been a claim.
func (in *inspection) inDoubt(done *avl.SequenceSet) bool {
	s := &in.urls
	if s.broken > 0 || s.torn > 0 && in.closed != nil || s.exists && s.settings != nil && s.count == 0 {
		return true
	}
	gaps := s.gaps
	if in.urlsSeen > s.last {
		gaps = append(slices.Clip(gaps), gap{s.last + 1, in.urlsSeen})
	}
	for _, g := range gaps {
		for seq := g.from; seq <= g.to; seq++ {
			if !done.Exists(seq) {
				return true
			}
		}
	}
	// Damage at the end whose extent no other message tells.
	return len(s.bad) > s.badSeen && in.urlsSeen <= s.last
}

// rebuilding writes what is left of a state into a new one.
type rebuilding struct {
	f      *Frontier
	copies map[int][]byte // outcomes without records that are not stored yet, by partition
}

// rebuild makes the new state.
func (in *inspection) rebuild(ctx context.Context, o Options, keep func(Item) bool, r *Repaired) error {
	var job jobState
	if v, ok := in.latest["job"]; ok && json.Unmarshal(v.data, &job) == nil {
		o.Describe, o.Partitions = job.Describe, cmp.Or(job.Partitions, o.Partitions)
	}
	past := in.remains()
	doubt := in.inDoubt(&past.done)
	f, err := Open(ctx, o)
	if err != nil {
		return err
	}
	defer f.Close()
	b := &rebuilding{f, map[int][]byte{}}
	for _, m := range in.urls.messages {
		if strings.HasPrefix(m.subject, "c.") && !doubt {
			if _, _, err := f.enter(ctx, m.subject, m.data); err != nil {
				return err
			}
		}
		if !strings.HasPrefix(m.subject, "u.") {
			continue
		}
		it, err := decodeItem(m.data)
		if err != nil || doubt && keep != nil && !keep(it) {
			continue
		}
		p := partitionOf(it.Host, o.Partitions)
		seq, _, err := f.enter(ctx, "u."+strconv.Itoa(p)+"."+it.identity().token(), m.data)
		if err != nil {
			return err
		}
		r.Kept++
		if doubt && past.done.Exists(m.seq) {
			r.Again++
		}
		if err := b.outcomes(ctx, past, m.seq, seq, p, doubt); err != nil {
			return err
		}
		delete(past.records, m.seq)
	}
	if err := b.orphans(ctx, past.records); err != nil {
		return err
	}
	for p, data := range b.copies {
		if err := f.keepCopy(ctx, strconv.Itoa(p), data); err != nil {
			return err
		}
	}
	return in.rebuildValues(ctx, f, job, doubt)
}

// outcomes stores what has become of a URL, which had the sequence old and has seq
// now. Where all is in doubt, it is pending.
func (b *rebuilding) outcomes(ctx context.Context, past *remains, old, seq uint64, part int, doubt bool) error {
	for _, records := range past.records[old] {
		if err := b.deliver(ctx, part, seq, records); err != nil {
			return err
		}
	}
	left, o := past.left[old], outcome{seq: seq}
	switch {
	case doubt:
		return nil
	case past.done.Exists(old):
		o.kind = outDone
		if past.failed.Exists(old) {
			o.kind = outFailed
		} else if past.empty.Exists(old) {
			o.kind = outEmpty
		}
	case left != nil:
		o.kind = outReopen
	}
	if o.kind != 0 && left != nil {
		o.round, o.at, o.attempt, o.memo = left.round, left.at, left.attempt, left.memo
		if err := b.add(ctx, part, &o); err != nil {
			return err
		}
	}
	if r, ok := past.retries[old]; ok {
		return b.add(ctx, part, &outcome{kind: outRetry, seq: seq, round: past.reopened[old].round, at: r.due, attempt: r.attempt})
	}
	return nil
}

// add stores an outcome without records, with others of its partition.
func (b *rebuilding) add(ctx context.Context, part int, o *outcome) error {
	data := o.append(b.copies[part])
	b.copies[part] = data
	if len(data) < reopenGroup {
		return nil
	}
	delete(b.copies, part)
	return b.f.keepCopy(ctx, strconv.Itoa(part), data)
}

// deliver stores records that were not collected, with an outcome that leaves their
// page pending: a first attempt that is due.
func (b *rebuilding) deliver(ctx context.Context, part int, seq uint64, records [][]byte) error {
	o := outcome{kind: outRetry, seq: seq, attempt: 1, records: records}
	_, err := b.f.publish(ctx, "j."+strconv.Itoa(part), o.append(nil), "")
	return err
}

// orphans stores the records of pages whose own messages are lost. They are given to
// the number of a message that is no URL.
func (b *rebuilding) orphans(ctx context.Context, records map[uint64][][][]byte) error {
	if len(records) == 0 {
		return nil
	}
	seq, err := b.f.barrier(ctx, "repair", "")
	if err != nil {
		return err
	}
	for _, old := range slices.Sorted(maps.Keys(records)) {
		for _, group := range records[old] {
			if err := b.deliver(ctx, 0, seq, group); err != nil {
				return err
			}
		}
	}
	return nil
}

// rebuildValues stores the values. The job goes on, so that the next crawl finds its
// end by itself. Where pages are fetched again, they are counted again.
func (in *inspection) rebuildValues(ctx context.Context, f *Frontier, job jobState, doubt bool) error {
	for _, key := range slices.Sorted(maps.Keys(in.latest)) {
		switch {
		case key == "job", key == "checkpoint", key == "workers", key == probeKey, key == repairedKey, doubt && strings.HasPrefix(key, "b."):
			continue
		}
		if _, err := f.replace(ctx, key, 0, in.latest[key].data); err != nil {
			return err
		}
	}
	if c, err := in.checkpoint(); err == nil {
		b, err := json.Marshal(Checkpoint{Note: c.Note})
		if err == nil {
			_, err = f.replace(ctx, "checkpoint", 0, b)
		}
		if err != nil {
			return err
		}
	}
	if _, err := f.replace(ctx, repairedKey, 0, []byte("{}")); err != nil {
		return err
	}
	return f.changeJob(ctx, func(j *jobState) error {
		if !job.Begun.IsZero() {
			j.Begun, j.Round = job.Begun, job.Round
		}
		j.Finished, j.End = time.Time{}, ""
		return nil
	})
}
