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

// In a cluster three kinds of answers are not final, and nothing is decided by
// them:
//
//   - No answer, or a transient error (isTransient). engine.retry repeats the
//     request. As the first one may have been carried out, every write may be made
//     twice without harm: the stream refuses the second (URLs, claims, barriers),
//     its message ID identifies it (outcomes), its expected revision is outdated
//     (values), or the copy has the meaning of the original (fences, marks).
//   - "Not found". A replica that has fallen behind does not have every message
//     that was acknowledged. So all reads go to the stream's leader: direct gets,
//     which any replica answers, are turned off. A leader that has just been
//     replaced may answer, too. So where it decides something that a value is
//     absent or unchanged, a write proves that the leader still leads
//     (Frontier.latest).
//   - "Refused". A leader also refuses a message because of one that it has not
//     committed yet, which is lost where the leader is lost. So a refusal counts
//     after the message that caused it was read (Frontier.confirm).

// How long a request waits for its answer. A cluster leaves requests unanswered
// while it elects a leader, for a few seconds: they are repeated. A server in
// process always answers, however slow its disk is.
const (
	tryShared    = 3 * time.Second
	tryInProcess = time.Minute
)

// ackTimeout bounds the wait for an acknowledgement where many messages are under
// way.
const ackTimeout = 10 * time.Second

// patience is how long a request to a cluster is repeated. An election takes
// seconds, the restart of a server with a large store a minute.
const patience = 2 * time.Minute

// The wait between two tries grows from retryFirst to retryMost.
const (
	retryFirst = 10 * time.Millisecond
	retryMost  = time.Second
)

// Error codes of the NATS server that nats.go has no names for, with the server's
// names (its errors.json).
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
			// The leader of a stream that was just made may not have made its part
			// yet. Where a job's stream may not exist, openStreams handles this
			// error itself.
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

// errUncertain stands for an answer of the cluster that contradicts an earlier one.
var errUncertain = errors.New("the servers of the cluster contradict each other")

// isRefused reports whether a message was refused because the stream has one of
// its subject, or its leader is about to store one.
func isRefused(err error) bool {
	var api *jetstream.APIError
	return errors.As(err, &api) && strings.Contains(api.Description, "maximum messages per subject exceeded")
}

// isWrongSequence reports whether a message was refused because the last message
// of a subject is not the expected one, or the leader is about to store another.
func isWrongSequence(err error) bool {
	var api *jetstream.APIError
	return errors.As(err, &api) &&
		(api.ErrorCode == jetstream.JSErrCodeStreamWrongLastSequence || api.ErrorCode == jetstream.JSErrCodeStreamWrongLastSequenceConstant)
}

// isFull reports whether a server refused a message because its store is full.
func isFull(err error) bool {
	var api *jetstream.APIError
	return errors.As(err, &api) &&
		(api.ErrorCode == codeNoResources || api.ErrorCode == codeNoMemory || api.ErrorCode == codeNoStorage)
}

// noCluster reports whether a server is in no cluster and so keeps one replica.
func noCluster(err error) bool {
	var api *jetstream.APIError
	return errors.As(err, &api) && api.ErrorCode == codeReplicasNotSupported
}

// tooFewServers reports whether the servers that are up are too few for the
// replicas of a stream.
func tooFewServers(err error) bool {
	var api *jetstream.APIError
	return errors.As(err, &api) &&
		(api.ErrorCode == codeNoPeers || api.ErrorCode == codeReplicasNotSupported || api.ErrorCode == codeNoResources)
}
