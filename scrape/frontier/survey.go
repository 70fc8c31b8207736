package frontier

import (
	"context"
	"fmt"

	"github.com/nats-io/nuid"
)

// Survey counts the URLs of the whole job, over all workers of a cluster. It reads
// the job's streams through, which takes some seconds for a million URLs. InFlight
// is 0.
func (f *Frontier) Survey(ctx context.Context) (Stats, error) {
	var s Stats
	past, err := f.readJournal(ctx, nil, nil)
	if err != nil {
		return s, f.wrap("survey", err)
	}
	id := nuid.Next()
	bar, err := f.barrier(ctx, id, "")
	if err != nil {
		return s, f.wrap("survey", err)
	}
	defer f.dropBarrier(bar)
	s.Retried = past.attempts
	for _, r := range past.retries {
		s.Retried += int(r.attempt) - 1
	}
	s.Delayed = len(past.retries)
	hosts := map[string]bool{}
	var damage error
	err = f.follow(ctx, f.urls, nil, 1, func(seq uint64, subject string, data []byte) bool {
		if seq >= bar {
			return false
		}
		if _, ok := partOfSubject(subject, len(f.parts)); !ok {
			return true
		}
		head, err := decodeHead(data)
		if err != nil {
			damage = fmt.Errorf("message %d of the URLs: %w", seq, err)
			return false
		}
		s.Found++
		if past.done.Exists(seq) {
			s.Done++
			if past.failed.Exists(seq) {
				s.Failed++
			}
			return true
		}
		s.Pending++
		s.ByClass[head.class]++
		hosts[string(head.host)] = true
		return true
	})
	if damage != nil {
		err = damage
	}
	if err != nil {
		return s, f.wrap("survey", err)
	}
	s.Hosts = len(hosts)
	return s, nil
}
