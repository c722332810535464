package signin

import (
	"context"
	"strings"

	"github.com/sopyo/sopyo-desktop/domain"
)

// sameFirm refuses a sign-in that landed in another firm than the company's, or in one that another
// company of this machine has: Detail is that company's name.
func (a *Authorisation[C]) sameFirm(ctx context.Context, in domain.SignIn) error {
	a.mu.Lock()
	own, landed := a.tenantID, in.Session.TenantID
	a.mu.Unlock()
	if own != "" && sameTenant(own, landed) {
		return nil
	}
	refused := domain.E(domain.KindOtherFirm, "sign in", nil)
	if !a.o.Company.Demo && landed != "" { // the demo company's firm is no one else's: it has an İşbaşı of its own
		all, err := a.o.Companies.Companies(ctx)
		if err != nil {
			return err
		}
		for _, other := range all {
			if other.ID != a.o.Company.ID && !other.Demo && sameTenant(other.TenantID, landed) {
				refused.Detail = other.Name
				return refused
			}
		}
	}
	if own != "" {
		return refused
	}
	return nil
}

func sameTenant(a, b string) bool { return strings.EqualFold(a, b) } //nolint:forbidigo // a GUID

// belong makes the firm of a sign-in the company's.
func (a *Authorisation[C]) belong(ctx context.Context, tenantID string) error {
	if _, err := a.o.Companies.SaveFirm(ctx, a.o.Company.ID, tenantID); err != nil {
		return err
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	a.tenantID = tenantID
	return nil
}
