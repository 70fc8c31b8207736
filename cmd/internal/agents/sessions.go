package agents

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"sync"

	"github.com/modelcontextprotocol/go-sdk/mcp"
)

const (
	// maxSessions is how many clients may have a session. Where another comes, the oldest
	// session ends that has no call in hand.
	maxSessions = 1000
	// maxOpening is the length in bytes of a request that opens a session: the protocol's
	// library keeps the last request of each.
	maxOpening = 64 << 10
	// maxWord is the length in bytes of a version or a level that a client names.
	maxWord = 64
)

// sessions bounds what a server keeps of its clients.
type sessions struct {
	server *mcp.Server

	mu    sync.Mutex
	calls map[mcp.Session]int // in hand
	ends  map[mcp.Session]bool
}

// errManySessions is the answer to a client for which there is no room.
var errManySessions = errors.New("the server has as many sessions as it may; try again")

// bounded wraps the handler of all calls. A session keeps what its client says of itself,
// which may be as long as a body: none of it is needed.
func (s *sessions) bounded(next mcp.MethodHandler) mcp.MethodHandler {
	return func(ctx context.Context, method string, req mcp.Request) (mcp.Result, error) {
		session := req.GetSession()
		s.count(session, 1)
		defer s.count(session, -1)
		switch p := req.GetParams().(type) {
		case *mcp.InitializeParams:
			if p == nil {
				break
			}
			if !s.makeRoom() {
				return nil, errManySessions
			}
			p.Meta, p.ClientInfo, p.Capabilities = nil, &mcp.Implementation{}, &mcp.ClientCapabilities{}
			p.ProtocolVersion = strings.Clone(p.ProtocolVersion[:min(len(p.ProtocolVersion), maxWord)])
		case *mcp.InitializedParams:
			if p != nil {
				p.Meta = nil
			}
		}
		if method == "logging/setLevel" {
			if b, err := json.Marshal(req.GetParams()); err != nil || len(b) > 2*maxWord {
				return nil, errors.New("there is no such level")
			}
		}
		return next(ctx, method, req)
	}
}

// count adds n to the calls in hand of a session.
func (s *sessions) count(session mcp.Session, n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.calls[session] += n; s.calls[session] == 0 {
		delete(s.calls, session)
	}
}

// makeRoom ends the oldest sessions without a call in hand until no more than maxSessions
// are left, and reports whether it could. It waits for none of them to end.
func (s *sessions) makeRoom() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	all := slices.Collect(s.server.Sessions())
	over := len(all) - len(s.ends) - maxSessions
	for _, session := range all {
		if over <= 0 {
			break
		}
		if s.calls[session] == 0 && !s.ends[session] {
			s.ends[session] = true
			over--
			go s.end(session)
		}
	}
	return over <= 0
}

func (s *sessions) end(session *mcp.ServerSession) {
	_ = session.Close() // it has ended by itself
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.ends, session)
}
