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
	// defaultReplicas survive the loss of one server.
	defaultReplicas = 3
	// serverAway is how long a cluster may have too few servers for
	// defaultReplicas before a job is begun with one: a server that restarts
	// must not decide how safe the job is for all its life.
	serverAway = 15 * time.Second
	// duplicateWindow is how long the journal knows the ID of a message. Whoever
	// writes one repeats it for patience, and asks for the fence in between.
	duplicateWindow = 3 * patience
)

// openStreams makes what is missing of the job's streams, and its marker.
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

func (f *Frontier) bucketName() string { return "newsclip-" + f.o.Job }

// openBucket opens the bucket of values, which is what makes a job exist.
func (f *Frontier) openBucket(ctx context.Context) error {
	bucket := jetstream.KeyValueConfig{Bucket: f.bucketName(), Storage: f.e.store, Replicas: 1}
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
	// A bucket is always made with direct gets.
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
		// What makes a URL enter once.
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
		s.cfg.Storage, s.cfg.Replicas, s.cfg.AllowDirect = f.e.store, replicas, !f.e.shared
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

// readLeader opens a stream of a cluster that is read from its leader alone. A
// direct get is answered by any replica, also by one that has fallen behind; the
// streams of earlier versions allow them, and have a shorter duplicate window.
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

// begin stores the marker of a job that is new.
func (f *Frontier) begin(ctx context.Context) error {
	b, err := json.Marshal(jobState{JobInfo: JobInfo{Describe: f.o.Describe, Partitions: f.o.Partitions, Begun: time.Now().UTC()}})
	if err != nil {
		return err
	}
	_, err = f.replace(ctx, "job", 0, b)
	return err
}
