package signin

import (
	"context"

	"github.com/sopyo/sopyo-desktop/domain"
)

// load takes the session from the keyring, until that has succeeded once.
func (a *Authorisation[C]) load(ctx context.Context) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.loaded {
		return nil
	}
	s, err := a.o.Secrets.Load(ctx, a.o.Company.ID)
	if err != nil {
		return err
	}
	if s.APIKey.Empty() {
		a.loaded = true
		return nil
	}
	if err := a.o.Ledger.ChangeKey(ctx, s.APIKey); err != nil {
		return err
	}
	conn, err := a.o.Store.Connection(ctx)
	if err != nil {
		return err
	}
	s.Environment = conn.Environment
	if s.TenantID == "" {
		s.TenantID = conn.TenantID
	}
	if s.UserEmail == "" {
		s.UserEmail = conn.UserName
	}
	if s.BaseURL == "" {
		s.BaseURL = conn.BaseURL
	}
	if a.o.Host != "" {
		s.BaseURL = a.o.Host // the stand-in has another port at every start
	}
	a.Client().Use(s)
	a.loaded = true // not before: what was cut off is tried again
	return nil
}

// SignedIn makes sure that there is a session to work with: the keyring's, renewed when its token has
// ended. KindNeedsSignIn: there is none, with Detail "never": there never was.
func (a *Authorisation[C]) SignedIn(ctx context.Context) error {
	if err := a.load(ctx); err != nil {
		return err
	}
	s, ok := a.Client().Session()
	if !ok {
		return a.unsigned()
	}
	if !s.Token.Empty() && (s.TokenEndsAt.IsZero() || s.TokenEndsAt.After(a.o.Now())) {
		return nil
	}
	in, err := a.Client().SignIn(ctx, s.Credentials)
	if err != nil {
		return domain.Wrap(err, "renew the session")
	}
	if err := a.sameFirm(ctx, in); err != nil {
		return err
	}
	a.Client().Use(in.Session)
	return a.keep(ctx, in.Session)
}

// unsigned is that there is no session. Detail "never" tells that there was none before: nothing has ended.
func (a *Authorisation[C]) unsigned() error {
	a.mu.Lock()
	defer a.mu.Unlock()
	e := &domain.Error{Kind: domain.KindNeedsSignIn, Op: "find the session"}
	if a.tenantID == "" {
		e.Detail = "never"
	}
	return e
}

// Abilities gives what is remembered of the API key in use. Without a keyring, or before the company is
// authorised, nothing is known: that forbids nothing.
func (a *Authorisation[C]) Abilities(ctx context.Context) (domain.Abilities, error) {
	if !a.knowsKey(ctx) {
		return nil, nil
	}
	able := domain.Abilities{}
	for _, ability := range []domain.Ability{domain.AbilityStockWrite, domain.AbilityFormalise} {
		answer, err := a.Client().Ability(ctx, ability)
		if err != nil {
			return nil, err
		}
		able[ability] = answer
	}
	return able, nil
}

// Ability gives what is remembered of one of them.
func (a *Authorisation[C]) Ability(ctx context.Context, ability domain.Ability) (domain.AbilityAnswer, error) {
	if !a.knowsKey(ctx) {
		return domain.AbilityUnasked, nil
	}
	return a.Client().Ability(ctx, ability)
}

// knowsKey loads the API key in use.
func (a *Authorisation[C]) knowsKey(ctx context.Context) bool {
	err := a.load(ctx)
	if err != nil {
		a.o.Log.WarnContext(ctx, "no session; nothing is known of the key's rights", "error", err)
	}
	return err == nil
}
