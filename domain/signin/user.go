package signin

import (
	"context"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/mail"
)

// NameUser says from now on whose account at İşbaşı it is that asks: some of its services want the user's e-mail address, and a
// sign-in in the browser need not tell one (isbasi-api.md §2.1). KindInvalid (field "user"): no address. KindNeedsSignIn: there is
// no session.
func (a *Authorisation[C]) NameUser(ctx context.Context, email string) error {
	address, err := mail.ParseAddress(email)
	if err != nil {
		return domain.Invalid("user", "mail-address")
	}
	if err := a.load(ctx); err != nil {
		return err
	}
	s, ok := a.Client().Session()
	if !ok {
		return a.unsigned()
	}
	conn, err := a.o.Store.Connection(ctx)
	if err != nil {
		return err
	}
	conn.UserName, s.UserEmail = address.Address, address.Address
	if err := a.o.Store.SaveConnection(ctx, conn); err != nil {
		return err
	}
	a.Client().Use(s)
	return a.keep(ctx, s)
}

// knownUser keeps the user of before where a new sign-in in the same firm tells none.
func (a *Authorisation[C]) knownUser(ctx context.Context, in *domain.SignIn) error {
	if in.Session.UserEmail != "" || in.Session.UserName != "" {
		return nil
	}
	before, err := a.o.Store.Connection(ctx)
	if err == nil && sameTenant(before.TenantID, in.Session.TenantID) {
		in.Session.UserEmail, in.Connection.UserName = before.UserName, before.UserName
	}
	return err
}
