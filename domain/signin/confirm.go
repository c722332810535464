package signin

import (
	"context"

	"github.com/sopyo/sopyo-desktop/domain"
)

// Authorise signs in and stores nothing. A sign-in that lands in another firm than the company's is
// refused. Without an API key that of before is used.
func (a *Authorisation[C]) Authorise(ctx context.Context, cred domain.Credentials, b domain.Browser) (domain.SignIn, error) {
	if cred.APIKey.Empty() {
		if err := a.usualKey(ctx, &cred); err != nil {
			return domain.SignIn{}, err
		}
	}
	client, err := a.o.Open(cred.Environment, a.keep)
	if err != nil {
		return domain.SignIn{}, err
	}
	var in domain.SignIn
	if cred.UserName != "" {
		in, err = client.SignIn(ctx, cred)
	} else {
		in, err = client.SignInBrowser(ctx, cred, b)
	}
	if err != nil {
		return in, err // what a credentials error needs to go on is in it
	}
	return in, a.sameFirm(ctx, in)
}

// Recognise gives what the person recognises the firm of an accepted sign-in by (one read). Nothing is stored.
func (a *Authorisation[C]) Recognise(ctx context.Context, in domain.SignIn) (domain.FirmSample, error) {
	client, err := a.o.Open(in.Session.Environment, func(context.Context, domain.Session) error { return nil })
	if err != nil {
		return domain.FirmSample{}, err
	}
	client.Use(in.Session)
	return client.Sample(ctx, sampleSize)
}

// sampleSize is how many products are named: enough to know a shop by.
const sampleSize = 3

// usualKey fills in the API key where the person need not type it: the demo company's, or the one the
// company signed in with before.
func (a *Authorisation[C]) usualKey(ctx context.Context, cred *domain.Credentials) error {
	if !a.o.Key.Empty() {
		cred.APIKey = a.o.Key
		return nil
	}
	if err := a.load(ctx); err != nil {
		return err
	}
	if s, ok := a.Client().Session(); ok {
		cred.APIKey = s.APIKey
		return nil
	}
	return domain.Invalid("api-key", "required")
}

// Confirm stores an accepted sign-in: secrets in the keyring, the rest in the company's file. It opens the
// integration if open is set.
func (a *Authorisation[C]) Confirm(ctx context.Context, in domain.SignIn, open bool) error {
	if err := a.sameFirm(ctx, in); err != nil {
		return err
	}
	if err := a.belong(ctx, in.Session.TenantID); err != nil {
		return err
	}
	if err := a.knownUser(ctx, &in); err != nil {
		return err
	}
	if err := a.o.Ledger.ChangeKey(ctx, in.Session.APIKey); err != nil {
		return err
	}
	if err := a.useEnvironment(in.Session.Environment); err != nil {
		return err
	}
	a.Client().Use(in.Session)
	if err := a.keep(ctx, in.Session); err != nil {
		return err
	}
	in.Connection.Authorised = true
	if in.Connection.SignedInAt.IsZero() {
		in.Connection.SignedInAt = a.o.Now()
	}
	if !open {
		return a.o.Store.SaveConnection(ctx, in.Connection)
	}
	able, err := a.Abilities(ctx)
	if err != nil {
		return err
	}
	return a.o.Store.SaveOpenConnection(ctx, in.Connection, able)
}
