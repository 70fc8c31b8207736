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

// An addition is an item that Add enters.
type addition struct {
	hash    hash
	part    int
	msg     *nats.Msg // nil where the item is known
	content []byte    // of msg, without its envelope
	seq     uint64    // of msg, where it was stored now
}

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
	adds, left, err := f.additions(items)
	if err != nil || len(left) == 0 {
		return added, err
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
	f.adding.Add(1)
	defer f.adding.Add(-1)
	for len(left) > 0 {
		chunk := left[:min(len(left), addWindow/2)]
		left = left[len(chunk):]
		err := f.e.retry(ctx, func(context.Context) (err error) {
			chunk, err = f.addChunk(ctx, chunk, adds, func(i int, isNew bool) {
				added[i] = isNew
				fresh = fresh || isNew
				f.known.add(adds[i].hash)
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

// additions returns the additions of items, and the indexes of those that are not known.
func (f *Frontier) additions(items []Item) (adds []addition, left []int, err error) {
	adds = make([]addition, len(items))
	host, part := "", 0
	for i := range items {
		it := &items[i]
		if it.URL == "" || it.Host == "" || it.Class >= classes {
			return nil, nil, fmt.Errorf("frontier: item %q without URL, host or a known class", it.URL)
		}
		a := &adds[i]
		a.hash = it.identity()
		if f.known.has(a.hash) {
			continue
		}
		if it.Host != host {
			host, part = it.Host, partitionOf(it.Host, f.partitions())
		}
		b, err := encodeItem(it)
		if err != nil {
			return nil, nil, err
		}
		if max := f.e.nc.MaxPayload() - sealRoom; int64(len(b)) > max {
			return nil, nil, fmt.Errorf("frontier: %.100s…: the item takes %d bytes, over the limit of %d", it.URL, len(b), max)
		}
		subject := f.prefix + "u." + strconv.Itoa(part) + "." + a.hash.token()
		a.part, a.msg = part, &nats.Msg{Subject: subject, Data: seal(subject[len(f.prefix):], 0, b)}
		a.content = a.msg.Data[len(a.msg.Data)-len(b):]
		left = append(left, i)
	}
	return adds, left, nil
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

// addChunk publishes the messages of those of adds whose indexes are in chunk. It calls
// report for each that was stored, or was stored before, and returns those of which
// neither is certain, with an error.
func (f *Frontier) addChunk(ctx context.Context, chunk []int, adds []addition, report func(i int, isNew bool)) (left []int, failed error) {
	futures := make([]jetstream.PubAckFuture, len(chunk))
	var refused []int
	stall := jetstream.WithStallWait(ackTimeout)
	for j, i := range chunk {
		var err error
		if futures[j], err = f.e.js.PublishMsgAsync(adds[i].msg, stall); err != nil {
			failed = err
			break
		}
	}
	for j, i := range chunk {
		err := failed
		if futures[j] != nil {
			adds[i].seq, err = f.stored(ctx, futures[j])
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
	if !f.e.shared {
		f.index(chunk, adds, failed)
		return left, failed
	}
	for k, err := range f.confirm(ctx, refused, adds) {
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

// stored waits for the acknowledgement of a message of the URL stream and returns its
// sequence. In process it waits also where ctx has ended, as the index would lack what
// is stored afterwards.
func (f *Frontier) stored(ctx context.Context, future jetstream.PubAckFuture) (seq uint64, err error) {
	if !f.e.shared {
		ctx = f.ctx
	}
	select {
	case ack := <-future.Ok():
		f.sawURLs(ack.Sequence)
		return ack.Sequence, nil
	case err = <-future.Err():
	case <-f.e.full:
		err = f.e.disk.full()
	case <-ctx.Done():
		err = ctx.Err()
	}
	return 0, err
}

// index adds to the index in memory what addChunk has stored, which in process nothing
// else tells of. failed is the error of those that were not acknowledged.
func (f *Frontier) index(chunk []int, adds []addition, failed error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, i := range chunk {
		a := &adds[i]
		if a.seq == 0 {
			continue
		}
		head, err := decodeHead(a.content)
		if err != nil {
			f.failLocked(err)
			return
		}
		f.enterIndex(f.parts[a.part], a.seq, &head, a.content, nil)
	}
	var answer *jetstream.APIError
	if failed != nil && !errors.As(failed, &answer) {
		// What of it is stored is known when the frontier is opened again.
		f.failLocked(f.wrap("add", failed))
	}
}

// confirm looks, in a cluster, for the messages because of which those in refused
// were refused. Such a message may be lost with its leader, and its error is then
// jetstream.ErrMsgNotFound.
func (f *Frontier) confirm(ctx context.Context, refused []int, adds []addition) []error {
	errs := make([]error, len(refused))
	var next atomic.Int64
	var readers sync.WaitGroup
	for range min(confirmAtOnce, len(refused)) {
		readers.Go(func() {
			for k := next.Add(1) - 1; k < int64(len(refused)); k = next.Add(1) - 1 {
				_, errs[k] = f.entered(ctx, strings.TrimPrefix(adds[refused[k]].msg.Subject, f.prefix))
			}
		})
	}
	readers.Wait()
	return errs
}
