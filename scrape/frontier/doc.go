// Package frontier stores the URLs that a crawl has found and gives out the ones to
// fetch next. It is one implementation on NATS JetStream in three sizes. The zero
// Options keep the frontier in temporary files; Options.Dir keeps it in files that stay,
// so that the crawl goes on after any crash; Options.URL keeps it in a cluster,
// which any number of workers share.
//
// # How to use it
//
//	f, err := frontier.Open(ctx, frontier.Options{Dir: "state"})
//	defer f.Close()
//	f.Add(ctx, seeds...)
//	go f.Collect(ctx, write) // records, in order, each exactly once
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
// ready returns how long a host must still wait before its next request. Next calls
// it for one host after the other; a host that must wait delays no other host.
//
// # What is promised
//
// A URL enters once: Add refuses a URL that was ever added to the job, finished or
// not. It is given out until Done is stored, and not afterwards. Links are added
// before Done. So no link is lost where a process dies between the two: the page is
// fetched again, and those of its links that were added are refused.
//
// Done stores the mark and the records in one message. So at no moment is a record
// stored and its page not finished, or the other way round. Collect delivers the
// records; to write each of them once, do this:
//
//	c, _ := f.Checkpoint(ctx)         // {Seq, Note}
//	cut the file to the length in c.Note
//	f.Collect(ctx, append to the file)
//	f.Collected(ctx, {Seq, Note})     // now and then: synced, up to here, this long
//
// After a crash, the file is cut to the last checkpoint, and what came after it is
// delivered again: each record is in the file once, and no line is torn. An output
// that cannot be cut (a pipe) may get the records since the last checkpoint twice.
// An output that has transactions can store the Seq in them instead.
//
// Retries and their attempt counts are stored as well: a retry is due at the same
// time after a crash. A page that was at work when its process died is given out
// again with the same Attempt.
//
// Next returns ErrDone when nothing is pending in the whole job: no item is
// waiting, leased or delayed, at any worker.
//
// In a cluster, the items of a host are given out by one worker at a time. A worker
// that is silent for Options.Lapse loses its hosts to others, which wait for
// Options.Rest before they use them. If its Done arrives later, it is refused with
// ErrLost and leaves no record. Workers may join and leave at any time.
//
// Budgets are exact over all workers and restarts. The owner of a claim never
// changes. Fate returns what has become of any item of a host that this worker
// holds, in this process or an earlier one.
//
// # What a crash can lose
//
// A process that is killed loses nothing that a method has returned without an
// error: the server writes to the operating system before it acknowledges. In
// process, a machine that loses power loses the last ten seconds, as files are
// synced that often. Syncing every write would cost most of the speed, and a crawl
// that has lost ten seconds only fetches some pages again.
//
// In a cluster a message is on a majority of Options.Replicas servers before it is
// acknowledged. With three replicas, the loss of one server at any moment, for
// good or for a while, loses no item and no record, and ends no worker: requests
// are repeated for two minutes. After a longer outage methods return errors, and a
// worker that is started again goes on.
//
// A directory that was damaged (a bad disk, a program that cut a file) is not used.
// Every message carries a checksum and its number, and Open reads them all before
// it changes anything: it returns ErrDamaged where one is not as it was written, or
// missing. Check lists the damage, and Repair makes a new state from what is whole.
// What cannot be known is the end of the journal in a state whose process was
// killed: the pages of its last messages are then fetched again, and as the output
// is cut to the last checkpoint, their records are in it once.
//
// # How it works
//
// A URL is a message in a stream. Its subject is the partition of its host and the
// hash of its identity. The stream holds one message of each subject and refuses
// others (discard new per subject), so that a URL enters once. Outcomes (done,
// retry, reopened) are messages of a second stream, the journal, by partition. A
// worker that holds a partition reads its journal and then its URLs. It keeps the
// pending ones in memory with 16 bytes each, by host and in order of priority. Their
// messages stay in the stream, except for the next few of each host. So a host with
// half a million URLs delays no other host, the order of priority is exact however
// many items wait, and memory hardly grows.
//
// A JetStream consumer with acknowledgements cannot do this. It delivers in the
// order of the stream; to skip a host, it would have to hold all messages of that
// host as unacknowledged, which the server keeps in memory and writes again and
// again. Here the journal's message is the acknowledgement.
//
// In a cluster, a worker stores a fence in the journal when it takes a partition.
// Every message that it writes to the journal names its fence, and the server
// refuses the message after another worker has stored a fence. What Collected drops
// from the journal is copied to its end before, without the records.
//
// # Limits
//
// A million URLs take about 250 MB of memory in the server's index of subjects, and
// about 300 MB on disk. In a cluster every server with a replica of the stream holds
// the whole index. The table of workers is one value, which each worker writes a few
// times a second: that is meant for a hundred workers, not a thousand. A worker that
// takes partitions over reads their URLs from the start, some hundred thousand a
// second: choose Options.Partitions so that a partition has a million URLs at most.
// An item, or a Result, must fit in a message: 32 MiB in process, max_payload (1 MB
// by default) in a cluster.
package frontier
