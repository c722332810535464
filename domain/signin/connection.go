package signin

import (
	"context"

	"github.com/sopyo/sopyo-desktop/domain"
)

// Connection gives what is known of the sign-in without asking İşbaşı.
func (a *Authorisation[C]) Connection(ctx context.Context) (domain.Connection, error) {
	conn, err := a.o.Store.Connection(ctx)
	if err != nil || !conn.Authorised {
		return conn, err
	}
	err = a.load(ctx)
	conn.SessionOnly = a.isSessionOnly()
	if s, ok := a.Client().Session(); ok {
		conn.KeyTail = s.APIKey.Tail()
		conn.TokenEndsAt = s.TokenEndsAt
		conn.ByBrowser = s.Credentials.UserName == ""
		return conn, nil
	}
	// Signed in once, but nothing is left of it here: the keyring is empty, locked or gone.
	conn.Authorised = false
	return conn, err
}

// Test asks İşbaşı one small question (one read) and gives what is known then.
func (a *Authorisation[C]) Test(ctx context.Context) (domain.Connection, error) {
	if err := a.SignedIn(ctx); err != nil {
		return domain.Connection{}, err
	}
	if err := a.Client().Ping(ctx); err != nil {
		return domain.Connection{}, err
	}
	return a.Connection(ctx)
}

// Forget removes the session from keyring and memory, and closes the integration. Bindings and
// catalogue stay.
func (a *Authorisation[C]) Forget(ctx context.Context) error {
	if err := a.o.Secrets.Forget(ctx, a.o.Company.ID); err != nil && !a.isSessionOnly() {
		return err
	}
	conn, err := a.o.Store.Connection(ctx)
	if err != nil {
		return err
	}
	if err := a.o.Store.ForgetConnection(ctx); err != nil {
		return err
	}
	return a.useEnvironment(conn.Environment)
}
