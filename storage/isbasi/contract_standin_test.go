//go:build !live

package isbasi

import (
	"testing"

	"github.com/sopyo/sopyo-desktop/storage/isbasi/sandbox"
)

// counterparts are the stand-in with all its quirks, without those of its answers, and with what the
// real one may or may not do.
func counterparts() map[string]func(*testing.T) counterpart {
	stand := func(o sandbox.Options) func(*testing.T) counterpart {
		return func(t *testing.T) counterpart {
			c, _ := signedIn(t, o, Options{Probes: &memory{}})
			return counterpart{client: c, send: true}
		}
	}
	return map[string]func(*testing.T) counterpart{
		"quirks": stand(sandbox.Options{}),
		"plain":  stand(sandbox.Options{Plain: true}),
		"generous": stand(sandbox.Options{
			AllowStock: true, FormaliseOK: true, SlowGIB: true, EveryVKN: true,
		}),
	}
}
