package isbasi

import (
	"context"
	"log/slog"
	"net/http"
	"net/url"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/quota"
	"github.com/sopyo/sopyo-desktop/storage/isbasi/consent"
)

// SignInBrowser signs in through İşbaşı's page in the person's browser (isbasi-api.md §2.2). Nothing is
// stored and the session in use stays. It waits for the callback, or for a key on b.Pasted, and ends
// with KindConsentRefused, KindTimeout (five minutes), KindCancelled, KindPortTaken (only where there
// is no b.Pasted), KindWrongKey. With KindCredentials the answer holds the second key: SignIn goes on
// from there with e-mail and password, without the browser. KindNoBrowser: only SignIn is open to this API
// key. KindConsentHost: the person says whether to go to the host in Detail, by b.ConsentHost.
func (c *Client) SignInBrowser(ctx context.Context, cr domain.Credentials, b domain.Browser) (domain.SignIn, error) {
	cr, err := checked(cr)
	if err != nil {
		return domain.SignIn{}, err
	}
	flow, err := consent.Start(ctx, c.callback, b)
	if err != nil {
		return domain.SignIn{}, err
	}
	defer flow.Close(ctx)
	ctx, cancel := context.WithCancel(ctx)
	defer cancel() // before the listener is closed: an exchange still under way ends

	base, page, err := c.consentPage(ctx, cr, b.ConsentHost)
	if err != nil {
		return domain.SignIn{}, err
	}
	echo, err := c.echoName(ctx, cr)
	if err != nil {
		return domain.SignIn{}, err
	}
	if _, seen, err := c.probes.Answer(ctx, echo); err != nil {
		return domain.SignIn{}, err
	} else if seen {
		flow.DemandState()
	}
	address := flow.Expect(*page, func(first domain.Secret) (domain.Secret, error) {
		return c.userKey(ctx, base, cr, first)
	})
	if b.Address != nil {
		b.Address(address)
	}
	if b.Open != nil {
		// Not waited for: some systems' openers return when the browser is closed.
		go func() {
			if err := b.Open(address); err != nil {
				flow.NoBrowser()
				c.log.LogAttrs(ctx, slog.LevelWarn, "the browser did not open", slog.String("kind", string(domain.KindOf(err))))
			}
		}()
	}
	if cr.UserKey, err = flow.Wait(ctx); err != nil {
		return domain.SignIn{}, err
	}
	if flow.Echoes() {
		if err := c.probes.Remember(ctx, echo, "yes"); err != nil {
			return domain.SignIn{}, err
		}
	}
	return c.finish(ctx, base, cr)
}

// echoName is under what is remembered that İşbaşı gives our state back to this API key: from then on it is demanded.
func (c *Client) echoName(ctx context.Context, cr domain.Credentials) (string, error) {
	keyPrint, err := c.probes.KeyPrint(ctx, domain.NewSecret(string(cr.Environment)+"\x00"+cr.APIKey.Reveal()))
	return "consent-state " + keyPrint, err
}

// consentPage finds the host and asks it for the page to open; agreed is a host of others that it may lie on.
func (c *Client) consentPage(ctx context.Context, cr domain.Credentials, agreed string) (base string, page *url.URL, err error) {
	base, a, err := c.findHost(ctx, cr)
	if err != nil {
		return "", nil, err
	}
	if a.status == 0 {
		if a, err = c.consent(ctx, base, cr, true); err != nil {
			return "", nil, err
		}
	}
	var d consentData
	if err := consentError(a, cr, &d); err != nil {
		return "", nil, err
	}
	page, err = url.Parse(d.RedirectURL.exact())
	if err != nil {
		return "", nil, domain.E(domain.KindHost, "check the consent page", nil)
	}
	if err := c.hosts.page(page, agreed); err != nil {
		return "", nil, err
	}
	return base, page, nil
}

// userKey is POST user/getuserappkey: the first key for the second one.
func (c *Client) userKey(ctx context.Context, base string, cr domain.Credentials, first domain.Secret) (domain.Secret, error) {
	const op = "exchange the key"
	var d userKeyData
	err := c.ask(ctx, call{env: cr.Environment, kind: quota.SignIn, repeat: true}, request{
		op: op, method: http.MethodPost, base: base, path: "user/getuserappkey", key: cr.APIKey,
		body:    userKeyRequest{Key: first.Reveal()},
		secrets: []domain.Secret{cr.APIKey, first},
	}, &d)
	detail := detailOf(err)
	err = keyRefusal(err, saysWrong(detail, apiKeyWords()...), domain.KindRejected)
	switch {
	case domain.KindOf(err) == domain.KindNotFound && detail != "":
		return domain.Secret{}, &domain.Error{Kind: domain.KindRejected, Op: op, Detail: detail}
	case err != nil:
		return domain.Secret{}, err
	}
	if d.Key.exact() == "" {
		return domain.Secret{}, domain.E(domain.KindRejected, op, nil)
	}
	return domain.NewSecret(d.Key.exact()), nil
}
