package frontier

import (
	"context"
	"errors"
	"io"
	"net"
	"strings"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// In a cluster three kinds of answer are not final, and none of them decides
// anything here:
//
//   - No answer, or an error that passes (isTransient): the request is repeated
//     by engine.retry. It may have been carried out, so that every write can be
//     stored twice without harm: the stream refuses the second (URLs, claims),
//     the message ID identifies it (outcomes), the expected revision fails
//     (values), or a copy means what the original means (fences, marks).
//   - "Not found": a replica that has fallen behind does not know of a message
//     that was acknowledged. So all reads go to the stream's leader (no direct
//     gets), and where the absence of a value decides something, the leader
//     proves with a write that it still leads (Frontier.latest).
//   - "Refused": the leader also refuses a message because of one that it has
//     proposed and not committed, and which is lost if the leader is. So a
//     refusal counts once what it was refused for has been read.

// How long one request waits for its answer before it is repeated. A cluster
// that elects a new leader leaves requests unanswered for a few seconds; a
// server in process always answers, however late its disk makes it.
const (
	tryShared    = 3 * time.Second
	tryInProcess = time.Minute
)

// ackTimeout bounds the wait for one acknowledgement of many under way.
const ackTimeout = 10 * time.Second

// patience is how long a request to a cluster is repeated. An election takes
// seconds; a server that restarts with a large store, a minute.
const patience = 2 * time.Minute

// The wait between two tries grows from retryFirst to retryMost.
const (
	retryFirst = 10 * time.Millisecond
	retryMost  = time.Second
)

// retry calls op until it succeeds, fails with an error that no repetition
// mends, or patience or ctx has ended. Without a cluster it calls op once.
func (e *engine) retry(ctx context.Context, op func(ctx context.Context) error) error {
	end := time.Now().Add(patience)
	for wait := retryFirst; ; wait = min(2*wait, retryMost) {
		try, cancel := context.WithTimeout(ctx, e.try)
		err := op(try)
		cancel()
		if err == nil || !e.shared || !isTransient(err) || ctx.Err() != nil || time.Now().After(end) {
			return err
		}
		select {
		case <-ctx.Done():
			return err
		case <-time.After(wait):
		}
	}
}

// Error codes of the server that nats.go does not name.
const (
	codeNotClustered         jetstream.ErrorCode = 10006 // JSClusterNotActiveErr
	codeClusterRequired      jetstream.ErrorCode = 10010 // JSClusterRequiredErr
	codeNotInCluster         jetstream.ErrorCode = 10036 // JSClusterUnSupportFeatureErr
	codeNoPeers              jetstream.ErrorCode = 10005 // JSClusterNoPeersErrF: too few servers are up
	codeNoResources          jetstream.ErrorCode = 10023 // JSInsufficientResourcesErr
	codeNoMemory             jetstream.ErrorCode = 10028 // JSMemoryResourcesExceededErr
	codeNoStorage            jetstream.ErrorCode = 10047 // JSStorageResourcesExceededErr
	codeInvalidConfig        jetstream.ErrorCode = 10052 // JSStreamInvalidConfigF
	codeStreamLimits         jetstream.ErrorCode = 10053 // JSStreamLimitsErrF
	codeReplicasNotSupported jetstream.ErrorCode = 10074 // JSStreamReplicasNotSupportedErr: a server without a cluster
	codeStreamInvalid        jetstream.ErrorCode = 10096 // JSStreamInvalidErr
	codeDuplicateInProcess   jetstream.ErrorCode = 10158 // JSStreamDuplicateMessageConflict
)

// isTransient reports whether a request that failed with err may succeed when
// it is repeated.
func isTransient(err error) bool {
	if isRefused(err) {
		return false
	}
	var api *jetstream.APIError
	if errors.As(err, &api) {
		switch api.ErrorCode {
		case codeDuplicateInProcess, codeNoPeers:
			return true
		case jetstream.JSErrCodeStreamNotFound:
			// A server that has just been told of a stream may not have it yet.
			// Where a job's streams may not exist, openStreams asks for them.
			return true
		case codeNotClustered, codeClusterRequired, codeNotInCluster, codeInvalidConfig, codeStreamLimits,
			codeReplicasNotSupported, codeStreamInvalid:
			return false
		}
		return api.Code >= 500 || api.Code == 408
	}
	for _, e := range []error{
		nats.ErrNoResponders, nats.ErrTimeout, nats.ErrDisconnected, nats.ErrNoServers,
		nats.ErrConnectionReconnecting, nats.ErrReconnectBufExceeded, nats.ErrStaleConnection,
		jetstream.ErrNoStreamResponse, jetstream.ErrAsyncPublishTimeout, jetstream.ErrTooManyStalledMsgs,
		jetstream.ErrStreamNotFound, jetstream.ErrBucketNotFound,
		context.DeadlineExceeded, io.EOF, io.ErrUnexpectedEOF, errUncertain,
	} {
		if errors.Is(err, e) {
			return true
		}
	}
	var network net.Error
	return errors.As(err, &network)
}

// errUncertain is an answer that may be of a replica that has fallen behind.
var errUncertain = errors.New("the cluster is not of one mind")

// isRefused reports whether the stream has a message of that subject, or its
// leader is about to store one.
func isRefused(err error) bool {
	var api *jetstream.APIError
	return errors.As(err, &api) && strings.Contains(api.Description, "maximum messages per subject exceeded")
}

// isWrongSequence reports whether the last message of a subject was another
// than the one expected, or one that its leader is about to store.
func isWrongSequence(err error) bool {
	var api *jetstream.APIError
	return errors.As(err, &api) &&
		(api.ErrorCode == jetstream.JSErrCodeStreamWrongLastSequence || api.ErrorCode == jetstream.JSErrCodeStreamWrongLastSequenceConstant)
}

// isFull reports whether a server has no room for a message.
func isFull(err error) bool {
	var api *jetstream.APIError
	return errors.As(err, &api) &&
		(api.ErrorCode == codeNoResources || api.ErrorCode == codeNoMemory || api.ErrorCode == codeNoStorage)
}

// noCluster reports whether a server can keep one replica only.
func noCluster(err error) bool {
	var api *jetstream.APIError
	return errors.As(err, &api) && api.ErrorCode == codeReplicasNotSupported
}

// tooFewServers reports whether a cluster cannot keep that many replicas, at
// this moment or ever.
func tooFewServers(err error) bool {
	var api *jetstream.APIError
	return errors.As(err, &api) &&
		(api.ErrorCode == codeNoPeers || api.ErrorCode == codeReplicasNotSupported || api.ErrorCode == codeNoResources)
}
