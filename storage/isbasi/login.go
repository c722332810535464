package isbasi

import (
	"cmp"
	"context"
	"errors"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/quota"
	"github.com/sopyo/sopyo-desktop/storage/transport"
)

// tokenLifetime is one day (isbasi-api.md §2.1); the answer does not name it.
const tokenLifetime = 24 * time.Hour

// SignIn signs in with e-mail and password, with the second key of a browser sign-in, or with both
// (isbasi-api.md §2.1 and §2.2 step 4), in the firm of cr.TenantID if it names one. Nothing is stored and
// the session in use stays. A refusal is KindWrongKey, KindWrongPassword or KindForbidden, where the key may
// not sign in; KindCredentials when there was only the second key, KindNeedsSignIn when that key has ended;
// KindOtherFirm when there is no such firm, or another was opened.
func (c *Client) SignIn(ctx context.Context, cr domain.Credentials) (domain.SignIn, error) {
	cr, err := checked(cr)
	if err != nil {
		return domain.SignIn{}, err
	}
	if cr.UserName == "" && cr.UserKey.Empty() {
		return domain.SignIn{}, domain.Invalid("username", "required")
	}
	if cr.Password.Empty() && cr.UserKey.Empty() {
		return domain.SignIn{}, domain.Invalid("password", "required")
	}
	base, _, err := c.findHost(ctx, cr)
	if err != nil {
		return domain.SignIn{}, err
	}
	return c.finish(ctx, base, cr)
}

// finish logs in at base and words a refusal. Beside KindCredentials it gives what is needed to go on
// without the browser: the credentials with the second key.
func (c *Client) finish(ctx context.Context, base string, cr domain.Credentials) (domain.SignIn, error) {
	in, err := c.login(ctx, base, cr, true)
	if !isRefusal(err) {
		return in, err
	}
	kind, named := c.refusalKind(ctx, base, cr, err)
	if named != nil {
		return domain.SignIn{}, named
	}
	refused := &domain.Error{Kind: kind, Op: "sign in", Detail: detailOf(err)}
	if kind == domain.KindOtherFirm {
		refused.Detail, refused.Err = "no-such-firm", err
	}
	if kind == domain.KindCredentials {
		return domain.SignIn{Session: domain.Session{Credentials: cr, BaseURL: base}}, refused
	}
	return domain.SignIn{}, refused
}

// login is POST user/integrationLogin. A refusal keeps the kind of its answer; a session in another firm
// than the one that was asked for is refused.
func (c *Client) login(ctx context.Context, base string, cr domain.Credentials, repeat bool) (domain.SignIn, error) {
	const op = "sign in"
	var d loginData
	r := request{
		op: op, method: http.MethodPost, base: base, path: "user/integrationLogin", key: cr.APIKey,
		body: loginRequest{
			UserName: cr.UserName, Password: cr.Password.Reveal(), AppUserKey: cr.UserKey.Reveal(), TenantID: cr.TenantID,
		},
		secrets: []domain.Secret{cr.APIKey, cr.Password, cr.UserKey},
	}
	if err := c.ask(ctx, call{env: cr.Environment, kind: quota.SignIn, repeat: repeat}, r, &d); err != nil {
		return domain.SignIn{}, err
	}
	token := domain.NewSecret(d.AccessToken.exact())
	if token.Empty() {
		return domain.SignIn{}, domain.E(domain.KindBadAnswer, op, errors.New("the answer holds no token"))
	}
	opened := d.TenantID.trim()
	if opened != "" && cr.TenantID != "" && !strings.EqualFold(opened, cr.TenantID) { //nolint:forbidigo // a GUID
		return domain.SignIn{}, &domain.Error{Kind: domain.KindOtherFirm, Op: op, Detail: "not-the-asked"}
	}
	cr.TenantID = firstOf(d.TenantID, text(cr.TenantID))
	now := c.now().UTC()
	s := domain.Session{
		Credentials: cr, Token: token, TokenEndsAt: now.Add(tokenLifetime),
		UserID: d.UserID.trim(), UserEmail: firstOf(d.Email, text(cr.UserName), d.UserName), BaseURL: base,
	}
	if text := cmp.Or(d.BaseURL.exact(), d.BaseURLOld.exact()); text != "" && len(c.hosts.override) == 0 {
		if named, err := c.hosts.trusted(cr.Environment).Base(text); err == nil {
			s.BaseURL = named
		} else {
			c.log.LogAttrs(ctx, slog.LevelWarn, "the login answer names a host that is not on the list")
		}
	}
	return domain.SignIn{Session: s, Connection: domain.Connection{
		Authorised: true, Environment: cr.Environment,
		UserName: firstOf(text(cr.UserName), d.Email, d.UserName),
		TenantID: s.TenantID, FirmName: firstOf(d.FirmName, d.TenantName, d.CompanyName),
		Licence: d.licence(), BaseURL: s.BaseURL, TokenEndsAt: s.TokenEndsAt, SignedInAt: now,
	}}, nil
}

// renew signs the session in again, in its firm. What a person must mend is KindNeedsSignIn.
func (c *Client) renew(ctx context.Context, s domain.Session) (domain.Session, error) {
	in, err := c.login(ctx, c.base(s), s.Credentials, false)
	if isRefusal(err) {
		return domain.Session{}, &domain.Error{
			Kind: domain.KindNeedsSignIn, Op: "renew the session", Detail: detailOf(err), Err: err,
		}
	}
	if err != nil {
		return domain.Session{}, domain.Wrap(err, "renew the session")
	}
	fresh := in.Session
	if fresh.UserID == "" {
		fresh.UserID = s.UserID
	}
	if fresh.UserEmail == "" {
		fresh.UserEmail = s.UserEmail
	}
	return fresh, nil
}

// findHost gives the address that answers an envelope, with its answer to ssorequesturl; where there
// is only one address it is taken unasked, with an empty answer.
func (c *Client) findHost(ctx context.Context, cr domain.Credentials) (base string, a answer, err error) {
	bases := c.hosts.bases(cr.Environment)
	if len(bases) == 1 {
		return bases[0], answer{}, nil
	}
	if s, ok := c.Session(); ok && s.BaseURL != "" && s.Environment == cr.Environment {
		bases = append([]string{s.BaseURL}, bases...)
	}
	var first error
	for _, base := range bases {
		a, err := c.consent(ctx, base, cr, false)
		if err == nil {
			if _, ok := a.envelope(); ok {
				return base, a, nil
			}
			err = a.decode("find the host", nil)
		}
		if ctx.Err() != nil || domain.KindOf(err) == domain.KindQuota || domain.KindOf(err) == domain.KindSlowDown {
			return "", answer{}, err
		}
		if first == nil {
			first = err
		}
	}
	return "", answer{}, domain.Wrap(first, "none of %d hosts answers", len(bases))
}

// consent is GET user/ssorequesturl: it needs the API key only.
func (c *Client) consent(ctx context.Context, base string, cr domain.Credentials, repeat bool) (answer, error) {
	return c.send(ctx, call{env: cr.Environment, kind: quota.SignIn, repeat: repeat}, request{
		op: "ask for the consent page", method: http.MethodGet, base: base, path: "user/ssorequesturl", key: cr.APIKey,
	}, nil)
}

// consentError judges the answer to ssorequesturl, which was sent nothing but the API key: it is wrong where
// İşbaşı says so or does not let it in at all. 403 says that the key lacks the right to this call, as keys
// for one account may (isbasi-api.md §12); any other refusal is told in İşbaşı's words.
func consentError(a answer, cr domain.Credentials, out any) error {
	err := transport.Mask(a.decode("ask for the consent page", out), cr.APIKey)
	wrong := saysWrong(detailOf(err), "anahtar", "key") // it was sent no other
	return keyRefusal(err, wrong, domain.KindWrongKey)
}

// keyRefusal says what a refused step of a browser sign-in means for the API key: wrong is what its words
// say, unknown what 401 without such words means.
func keyRefusal(err error, wrong bool, unknown domain.Kind) error {
	kind := domain.KindOf(err)
	switch {
	case !isRefusal(err):
		return err
	case wrong:
		kind = domain.KindWrongKey
	case kind == domain.KindForbidden:
		kind = domain.KindNoBrowser
	case kind == domain.KindNeedsSignIn:
		kind = unknown
	}
	var e *domain.Error
	errors.As(err, &e)
	return &domain.Error{Kind: kind, Op: e.Op, Detail: e.Detail}
}

// refusalKind says what İşbaşı has refused: the key, its right, the firm, e-mail or password, or that they
// were missing. Its own words decide; where they don't, the key is tried where nothing else is needed. named
// is an error that came up meanwhile and matters more.
func (c *Client) refusalKind(ctx context.Context, base string, cr domain.Credentials, err error) (kind domain.Kind, named error) {
	detail := detailOf(err)
	switch {
	case saysWrong(detail, apiKeyWords()...):
		return domain.KindWrongKey, nil
	case cr.TenantID != "" && mentions(detail, "firma", "şirket", "tenant", "company") && !mentions(detail, "şifre", "parola", "password"):
		return domain.KindOtherFirm, nil
	case cr.UserName == "" || cr.Password.Empty():
		return domain.KindCredentials, nil
	case !cr.UserKey.Empty() && mentions(detail, "kullanıcı anahtar", "appuserkey", "user key"):
		return domain.KindNeedsSignIn, nil // the second key has ended: the browser again
	case mentions(detail, "şifre", "parola", "password", "kullanıcı", "e-posta", "username", "user name"):
		return domain.KindWrongPassword, nil
	case domain.KindOf(err) == domain.KindForbidden:
		return domain.KindForbidden, nil // the key lacks the right to sign in: no other password helps
	}
	a, sent := c.consent(ctx, base, cr, false)
	if ctx.Err() != nil {
		return "", sent
	}
	if sent == nil && domain.KindOf(consentError(a, cr, nil)) == domain.KindWrongKey {
		return domain.KindWrongKey, nil
	}
	return domain.KindWrongPassword, nil
}

// apiKeyWords are İşbaşı's for the API key.
func apiKeyWords() []string { return []string{"api key", "apikey", "api anahtar"} }

// saysWrong tells İşbaşı's words for a key that it does not know from those for one that lacks a right.
func saysWrong(detail string, key ...string) bool {
	return mentions(detail, key...) && !mentions(detail, "yetki", "izin", "authori", "permission", "forbidden")
}

func mentions(detail string, words ...string) bool {
	folded := domain.Fold(detail)
	for _, w := range words {
		if strings.Contains(folded, domain.Fold(w)) {
			return true
		}
	}
	return false
}

// isRefusal tells İşbaşı's "no" from an answer that did not come.
func isRefusal(err error) bool {
	switch domain.KindOf(err) {
	case domain.KindNeedsSignIn, domain.KindForbidden, domain.KindRejected:
		return true
	default:
		return false
	}
}

// unprintable tells what cannot stand in a header.
func unprintable(r rune) bool { return r <= ' ' || r > '~' }

// checked trims what a person pasted. A key or a firm that cannot stand in a header is none of İşbaşı's.
func checked(cr domain.Credentials) (domain.Credentials, error) {
	cr.APIKey, cr.Password = domain.TypedSecret(cr.APIKey.Reveal()), domain.TypedSecret(cr.Password.Reveal())
	key := cr.APIKey.Reveal()
	if key == "" {
		return cr, domain.Invalid("api_key", "required")
	}
	if strings.ContainsFunc(key, unprintable) {
		return cr, domain.E(domain.KindWrongKey, "check the API key", errors.New("it holds what no key holds"))
	}
	cr.UserName, cr.TenantID = strings.TrimSpace(cr.UserName), strings.TrimSpace(cr.TenantID)
	if strings.ContainsFunc(cr.TenantID, unprintable) {
		return cr, domain.Invalid("tenant_id", "firm-no")
	}
	return cr, nil
}
