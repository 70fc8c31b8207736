// Package frontier keeps what a crawl has found and gives out what to fetch
// next: one implementation on NATS JetStream in three sizes. The zero Options
// keep it in the process's memory; Options.Dir in files, so that the crawl goes
// on after any crash; Options.URL in a cluster, which any number of workers
// share.
//
// # How to use it
//
//	f, err := frontier.Open(ctx, frontier.Options{Dir: "state"})
//	defer f.Close()
//	f.Add(ctx, seeds...)
//	go f.Collect(ctx, write) // records, in order, each once
//	for each worker {
//		for {
//			l, err := f.Next(ctx, ready) // ErrDone: the crawl has ended
//			page := fetch(l.Item.URL)
//			f.Add(ctx, page.Links...)
//			l.Done(ctx, frontier.Result{Records: page.Records, Memo: page.Validators})
//			// or l.Retry(ctx, delay), or l.Release()
//		}
//	}
//
// ready says of a host how long it must still wait (its pace); the frontier
// asks about hosts in turn and holds nobody up for one that waits.
//
// # What is promised
//
// A URL enters once: Add refuses what was ever added to the job, finished or
// not. It is given out until Done is stored, and never after. Links are added
// before Done, so that no moment of death loses one; who dies between the two
// has them refused the next time.
//
// Done stores the mark and the records in one message. So there is no moment
// at which a record is out and its page is not finished, or the other way
// round; what is left is to write the records that Collect delivers once:
//
//	c, _ := f.Checkpoint(ctx)         // {Seq, Note}
//	cut the file to the length in c.Note
//	f.Collect(ctx, append to the file)
//	f.Collected(ctx, {Seq, Note})     // now and then: synced, up to here, this long
//
// After a crash the file is cut to the last checkpoint and what came after it
// is delivered again: each record stands in it once, and no line is torn. An
// output that cannot be cut (a pipe) may see the records since the last
// checkpoint twice. One that has transactions stores the Seq in them instead.
//
// Retries and their attempt counts are stored as well: a retry that was due in
// an hour is due at the same time after a crash. A page that was at work when
// its process died is given out again with the same Attempt.
//
// Next returns ErrDone when nothing is pending in the whole job: nothing
// waiting, leased or delayed, at any worker.
//
// In a cluster a host's items are given out by one worker at a time. A worker
// that is silent for Options.Lapse loses its hosts to the others, who rest for
// Options.Rest first, and a Done of its that arrives late is refused with ErrLost
// and leaves no record. Workers may come and go at any time.
//
// Budgets are exact over all workers and restarts. Claims are decided once.
// Fate tells what became of any item of a host that the worker holds, in this
// process or an earlier one.
//
// # What a crash can lose
//
// A killed process: nothing that a method has reported as done; the server
// writes to the operating system before it acknowledges. A machine that loses
// power, in process: what is younger than ten seconds, as files are synced that
// often; syncing every write would cost most of the speed, and a crawl that has
// lost ten seconds fetches some pages again. In a cluster a message is on a
// majority of Options.Replicas servers before it is acknowledged.
//
// # How it works
//
// A URL is a message in one stream, its subject the partition of its host and
// the hash of its identity. The stream holds one message a subject and refuses
// another (discard new per subject), which is what makes a URL enter once.
// Outcomes (done, retry, reopened) are messages of a second stream, the
// journal, by partition. A worker that holds a partition reads its journal and
// then its URLs, and keeps the pending ones as 16 bytes each, by host and in
// order of priority; the messages stay in the stream, but for the next few of
// each host. So a host with half a million URLs holds nobody up, priority is
// exact however long the queue, and memory hardly grows.
//
// A consumer with acknowledgements of its own could not do this: it delivers
// in the order of the stream, and to skip a host it would have to hold all that
// host's messages as unacknowledged, which the server keeps in memory and writes
// out again and again. Here the journal message is the acknowledgement.
//
// Each worker of a cluster sets a fence in the journal when it takes a
// partition, and every message to the journal names the fence that it believes
// in; the server refuses it after another fence was set. What Collected drops
// from the journal is copied there first, without its records.
//
// # Limits
//
// A million URLs take about 250 bytes of memory each in the server's index of
// subjects, and about 300 on disk; all servers of a cluster that keep the
// stream hold its whole index. Workers share one key as their table, a few
// writes a second each, which is meant for a hundred workers, not a thousand. A
// worker that takes partitions over reads their URLs from the start, at some
// hundred thousand a second: choose Options.Partitions so that each has a
// million at most. An item, or a Result, must fit in a message: 32 MiB in
// process, max_payload (1 MB if not set) in a cluster.
package frontier
