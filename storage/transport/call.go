package transport

import (
	"context"
	"net/http"
	"sync/atomic"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/quota"
)

// Call is what the layers must know of a request besides the request itself.
type Call struct {
	Op     string // what is being done, for the error
	Kind   quota.Kind
	Repeat bool  // may be sent again without harm; a write never is
	Hosts  Hosts // where it may go
	// Garbled tells an answer that is none of the remote's: of a call that may be sent again it is repeated like a
	// failure. It sees every answer to such a call, the one that Send gives last; nil: nobody looks.
	Garbled func(a Answer) bool
}

// sending is a call on its way.
type sending struct {
	Call
	// left is set while a write may have reached the remote; nil for whatever else is sent.
	left *atomic.Bool
	// again: it has failed before, and is the one that asks while the remote rests.
	again bool
}

type sendingKey struct{}

func withSending(ctx context.Context, s sending) context.Context {
	return context.WithValue(ctx, sendingKey{}, s)
}

func sendingOf(ctx context.Context) sending {
	s, _ := ctx.Value(sendingKey{}).(sending)
	return s
}

// Copy is req with a body of its own, so that it can be sent more than once.
func Copy(req *http.Request) (*http.Request, error) {
	c := req.Clone(req.Context())
	if req.GetBody == nil {
		return c, nil
	}
	body, err := req.GetBody()
	if err != nil {
		return nil, domain.E(domain.KindInternal, "repeat the call", err)
	}
	c.Body = body
	return c, nil
}
