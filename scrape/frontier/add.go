package frontier

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// Add enters items and reports for each whether it was new. An item that was
// ever entered before, pending or finished, is refused (false). When Add
// returns nil all of them are stored; after an error any of them may be, and
// calling Add again is safe. (Where a cluster loses its leader at that moment,
// Add may report false of an item that it has just stored.) Call it with as many
// items as are at hand: a page's links at once cost little more than one.
//
// An item that is added to a finished job makes it run again.
func (f *Frontier) Add(ctx context.Context, items ...Item) ([]bool, error) {
	added := make([]bool, len(items))
	var left []int
	msgs := make([]*nats.Msg, len(items))
	hashes := make([]hash, len(items))
	for i := range items {
		it := &items[i]
		if it.URL == "" || it.Host == "" || it.Class >= classes {
			return added, fmt.Errorf("frontier: item %q without URL, host or a known class", it.URL)
		}
		hashes[i] = it.identity()
		if f.known.has(hashes[i]) {
			continue
		}
		b, err := encodeItem(it)
		if err != nil {
			return added, err
		}
		if max := f.e.nc.MaxPayload() - sealRoom; int64(len(b)) > max {
			return added, fmt.Errorf("frontier: %.100s…: the item takes %d bytes, over the limit of %d", it.URL, len(b), max)
		}
		p := partitionOf(it.Host, f.partitions())
		subject := f.prefix + "u." + strconv.Itoa(p) + "." + hashes[i].token()
		msgs[i] = &nats.Msg{Subject: subject, Data: seal(subject[len(f.prefix):], 0, b)}
		left = append(left, i)
	}
	fresh := false
	if f.o.Entered != nil {
		defer func() {
			for i, isNew := range added {
				if isNew {
					f.o.Entered(items[i].Host)
				}
			}
		}()
	}
	for len(left) > 0 {
		chunk := left[:min(len(left), addWindow/2)]
		left = left[len(chunk):]
		err := f.e.retry(ctx, func(context.Context) (err error) {
			chunk, err = f.addChunk(ctx, chunk, msgs, func(i int, isNew bool) {
				added[i] = isNew
				fresh = fresh || isNew
				f.known.add(hashes[i])
			})
			return err
		})
		if err != nil {
			return added, f.wrap("add", err)
		}
	}
	if fresh {
		return added, f.keepRunning(ctx)
	}
	return added, nil
}

// keepRunning makes a job that has new items a running one. While this worker
// holds a lease, the job cannot reach its end. Otherwise a worker that has not
// seen the new items may be about to mark the job finished: as the marker is
// changed after the items were stored, that worker's own change fails, and it
// looks for the end again.
func (f *Frontier) keepRunning(ctx context.Context) error {
	f.mu.Lock()
	finished := !f.job.Finished.IsZero()
	leased := 0
	for _, p := range f.parts {
		leased += p.inflight
	}
	held := leased > 0 && f.alive(time.Now())
	f.mu.Unlock()
	if held && !finished {
		return nil
	}
	return f.changeJob(ctx, func(j *jobState) error {
		j.Finished, j.End = time.Time{}, ""
		j.Additions++
		return nil
	})
}

// confirmAtOnce bounds the reads under way that confirm refusals.
const confirmAtOnce = 16

// addChunk publishes the messages whose indexes are in chunk. It calls report for
// each that was stored, or was stored before, and returns those of which neither
// is certain, with an error.
func (f *Frontier) addChunk(ctx context.Context, chunk []int, msgs []*nats.Msg, report func(i int, isNew bool)) (left []int, failed error) {
	futures := make([]jetstream.PubAckFuture, len(chunk))
	var refused []int
	stall := jetstream.WithStallWait(ackTimeout)
	for j, i := range chunk {
		var err error
		if futures[j], err = f.e.js.PublishMsgAsync(msgs[i], stall); err != nil {
			failed = err
			break
		}
	}
	for j, i := range chunk {
		var err error
		if futures[j] == nil {
			err = failed
		} else {
			select {
			case ack := <-futures[j].Ok():
				f.sawURLs(ack.Sequence)
			case err = <-futures[j].Err():
			case <-f.e.full:
				err = f.o.diskFull()
			case <-ctx.Done():
				err = ctx.Err()
			}
		}
		switch {
		case err == nil:
			report(i, true)
		case isRefused(err) && !f.e.shared:
			report(i, false)
		case isRefused(err):
			refused = append(refused, i)
		default:
			failed = err
			left = append(left, i)
		}
	}
	for k, err := range f.confirm(ctx, refused, msgs) {
		i := refused[k]
		switch {
		case err == nil:
			report(i, false)
		case errors.Is(err, jetstream.ErrMsgNotFound):
			failed = errUncertain
			left = append(left, i)
		default:
			failed = err
			left = append(left, i)
		}
	}
	return left, failed
}

// confirm looks, in a cluster, for the messages because of which those in refused
// were refused. Such a message may be lost with its leader, and its error is then
// jetstream.ErrMsgNotFound.
func (f *Frontier) confirm(ctx context.Context, refused []int, msgs []*nats.Msg) []error {
	errs := make([]error, len(refused))
	var next atomic.Int64
	var readers sync.WaitGroup
	for range min(confirmAtOnce, len(refused)) {
		readers.Go(func() {
			for k := next.Add(1) - 1; k < int64(len(refused)); k = next.Add(1) - 1 {
				_, errs[k] = f.entered(ctx, strings.TrimPrefix(msgs[refused[k]].Subject, f.prefix))
			}
		})
	}
	readers.Wait()
	return errs
}
