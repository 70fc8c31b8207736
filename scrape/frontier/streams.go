package frontier

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/nats-io/nats.go/jetstream"
)

const (
	// defaultReplicas is the least number that survives the loss of a server.
	defaultReplicas = 3
	// serverAway is how long a cluster may have too few servers for
	// defaultReplicas before a job is begun with one replica. A server that is
	// restarting must not leave the job with one replica for good.
	serverAway = 15 * time.Second
	// duplicateWindow is how long the journal recognizes the ID of a message. A
	// message may be repeated for patience before a fence is read, and after.
	duplicateWindow = 3 * patience
)

// openStreams opens the job's streams and its marker, and makes what is missing.
func (f *Frontier) openStreams(ctx context.Context) error {
	err := f.openBucket(ctx)
	if err == nil {
		err = f.openLogs(ctx)
	}
	if err == nil {
		err = f.begin(ctx)
	}
	if err != nil {
		return fmt.Errorf("frontier: job %s: %w", f.o.Job, err)
	}
	return f.refreshJob(ctx)
}

// bucketName is the name of the job's bucket of values.
func (f *Frontier) bucketName() string { return "newsclip-" + f.o.Job }

// openBucket opens the bucket of values. A job exists if its bucket does.
func (f *Frontier) openBucket(ctx context.Context) error {
	bucket := jetstream.KeyValueConfig{Bucket: f.bucketName(), Storage: jetstream.FileStorage, Replicas: 1}
	if f.e.shared {
		bucket.Replicas = f.o.Replicas
		if bucket.Replicas == 0 {
			bucket.Replicas = defaultReplicas
		}
	}
	began := time.Now()
	err := f.e.retry(ctx, func(ctx context.Context) (err error) {
		f.kv, err = f.e.js.KeyValue(ctx, bucket.Bucket)
		if !errors.Is(err, jetstream.ErrBucketNotFound) {
			return err
		}
		if f.o.Existing {
			return ErrNoJob
		}
		f.kv, err = f.e.js.CreateKeyValue(ctx, bucket)
		switch {
		case errors.Is(err, jetstream.ErrBucketExists):
			return errUncertain // another worker has made it meanwhile
		case f.o.Replicas != 0 || bucket.Replicas == 1 || !tooFewServers(err):
			return err
		case noCluster(err) || time.Since(began) > serverAway:
			bucket.Replicas = 1
		}
		return errUncertain
	})
	if err != nil || !f.e.shared {
		return err
	}
	// CreateKeyValue always allows direct gets.
	if _, err := f.readLeader(ctx, "KV_"+bucket.Bucket, 0); err != nil {
		return err
	}
	return f.e.retry(ctx, func(ctx context.Context) (err error) {
		f.kv, err = f.e.js.KeyValue(ctx, bucket.Bucket)
		return err
	})
}

// openLogs opens the streams of URLs and of outcomes.
func (f *Frontier) openLogs(ctx context.Context) error {
	replicas := 1
	if f.e.shared {
		err := f.e.retry(ctx, func(ctx context.Context) error {
			status, err := f.kv.Status(ctx)
			if err == nil {
				replicas = status.Config().Replicas
			}
			return err
		})
		if err != nil {
			return err
		}
	}
	urls := jetstream.StreamConfig{
		Name: f.bucketName() + "-urls", Subjects: []string{f.prefix + "u.*.*", f.prefix + "b.*", f.prefix + "c.*"},
		// With these a URL enters once.
		MaxMsgsPerSubject: 1, Discard: jetstream.DiscardNew, DiscardNewPerSubject: true,
	}
	journal := jetstream.StreamConfig{
		Name: f.bucketName() + "-journal", Subjects: []string{f.prefix + "j.>", f.prefix + "s.*", f.prefix + "f.*", f.prefix + "x"},
	}
	if f.e.shared {
		journal.Duplicates = duplicateWindow
	}
	for _, s := range []struct {
		to  *jetstream.Stream
		cfg jetstream.StreamConfig
	}{{&f.urls, urls}, {&f.journal, journal}} {
		s.cfg.Storage, s.cfg.Replicas, s.cfg.AllowDirect = jetstream.FileStorage, replicas, !f.e.shared
		err := f.e.retry(ctx, func(ctx context.Context) (err error) {
			if *s.to, err = f.e.js.Stream(ctx, s.cfg.Name); !errors.Is(err, jetstream.ErrStreamNotFound) {
				return err
			}
			*s.to, err = f.e.js.CreateStream(ctx, s.cfg)
			if errors.Is(err, jetstream.ErrStreamNameAlreadyInUse) {
				return errUncertain // another worker has made it meanwhile
			}
			return err
		})
		if err == nil && f.e.shared {
			*s.to, err = f.readLeader(ctx, s.cfg.Name, s.cfg.Duplicates)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// readLeader opens a stream of a cluster and turns direct gets off, so that reads
// go to its leader. Streams that earlier versions have made allow them, and have
// another duplicate window.
func (f *Frontier) readLeader(ctx context.Context, name string, duplicates time.Duration) (s jetstream.Stream, err error) {
	err = f.e.retry(ctx, func(ctx context.Context) error {
		if s, err = f.e.js.Stream(ctx, name); err != nil {
			return err
		}
		cfg := s.CachedInfo().Config
		if !cfg.AllowDirect {
			return nil
		}
		cfg.AllowDirect = false
		cfg.Duplicates = max(cfg.Duplicates, duplicates)
		s, err = f.e.js.UpdateStream(ctx, cfg)
		return err
	})
	return s, err
}

// begin stores the marker of a new job.
func (f *Frontier) begin(ctx context.Context) error {
	b, err := json.Marshal(jobState{JobInfo: JobInfo{Describe: f.o.Describe, Partitions: f.o.Partitions, Begun: time.Now().UTC()}})
	if err != nil {
		return err
	}
	_, err = f.replace(ctx, "job", 0, b)
	return err
}
