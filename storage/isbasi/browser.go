package isbasi

import (
	"context"
	"crypto/rand"
	"errors"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/quota"
)

// SignInBrowser signs in through İşbaşı's page in the person's browser (isbasi-api.md §2.2). Nothing is
// stored and the session in use stays. It waits for the callback, or for a key on b.Pasted, and ends
// with KindConsentRefused, KindTimeout (five minutes), KindCancelled, KindPortTaken (only where there
// is no b.Pasted), KindWrongKey. With KindCredentials the answer holds the second key: SignIn goes on
// from there with e-mail and password, without the browser.
func (c *Client) SignInBrowser(ctx context.Context, cr domain.Credentials, b domain.Browser) (domain.SignIn, error) {
	cr, err := checked(cr)
	if err != nil {
		return domain.SignIn{}, err
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()

	w := newConsent(b.Note)
	w.exchange = func(key domain.Secret) (domain.Secret, error) {
		return c.userKey(ctx, w.base, cr, key)
	}
	server, err := listen(ctx, c.callbackAddr, b.Lang, w)
	if err != nil {
		if b.Pasted == nil {
			return domain.SignIn{}, err
		}
		w.tell(err)
	} else {
		defer func() {
			cancel() // an exchange still under way ends
			server.close(ctx, c.pageGrace)
		}()
	}

	address, err := c.consentAddress(ctx, cr, w)
	if err != nil {
		return domain.SignIn{}, err
	}
	if b.Address != nil {
		b.Address(address)
	}
	if b.Open != nil {
		// Not waited for: some systems' openers return when the browser is closed.
		go func() {
			if err := b.Open(address); err != nil {
				c.log.LogAttrs(ctx, slog.LevelWarn, "the browser did not open", slog.String("kind", string(domain.KindOf(err))))
			}
		}()
	}
	if cr.UserKey, err = c.await(ctx, w, b.Pasted); err != nil {
		return domain.SignIn{}, err
	}
	return c.finish(ctx, w.base, cr)
}

// consentAddress finds the host and asks it for the page to open; w learns the host and the state that
// must come back.
func (c *Client) consentAddress(ctx context.Context, cr domain.Credentials, w *consent) (string, error) {
	base, a, err := c.findHost(ctx, cr)
	if err != nil {
		return "", err
	}
	if a.status == 0 {
		if a, err = c.consent(ctx, base, cr, true); err != nil {
			return "", err
		}
	}
	var d consentData
	if err := consentError(a, cr, &d); err != nil {
		return "", err
	}
	u, err := url.Parse(d.RedirectURL.trim())
	if err != nil {
		return "", domain.E(domain.KindHost, "check the consent page", nil)
	}
	if err := c.hosts.trusted(cr.Environment).Check(u); err != nil {
		return "", domain.Wrap(err, "check the consent page")
	}
	state := u.Query().Get("state")
	if state == "" {
		state = rand.Text()
		u.RawQuery = strings.TrimPrefix(u.RawQuery+"&state="+state, "&")
	}
	w.ready(base, state)
	return u.String(), nil
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
	switch detail := detailOf(err); {
	case isRefusal(err) && namesAPIKey(detail):
		return domain.Secret{}, &domain.Error{Kind: domain.KindWrongKey, Op: op, Detail: detail}
	case isRefusal(err), domain.KindOf(err) == domain.KindNotFound && detail != "":
		return domain.Secret{}, &domain.Error{Kind: domain.KindRejected, Op: op, Detail: detail}
	case err != nil:
		return domain.Secret{}, err
	}
	if d.Key.trim() == "" {
		return domain.Secret{}, domain.E(domain.KindRejected, op, nil)
	}
	return domain.NewSecret(d.Key.trim()), nil
}

// await waits for the end of the consent: through the callback, a pasted key, the clock or ctx.
func (c *Client) await(ctx context.Context, w *consent, pasted <-chan domain.Secret) (domain.Secret, error) {
	const op = "wait for the consent"
	limit := time.NewTimer(c.consentLimit)
	defer limit.Stop()
	for {
		select {
		case <-w.ended:
			return w.result()
		case text, open := <-pasted:
			if !open {
				pasted = nil
				continue
			}
			_ = w.take(queryOf(text)) // what does not count was noted; what does has closed ended
		case <-ctx.Done():
			if errors.Is(ctx.Err(), context.DeadlineExceeded) {
				return domain.Secret{}, domain.E(domain.KindTimeout, op, ctx.Err())
			}
			return domain.Secret{}, domain.E(domain.KindCancelled, op, ctx.Err())
		case <-limit.C:
			return domain.Secret{}, domain.E(domain.KindTimeout, op, nil)
		}
	}
}

// queryOf reads what a person pasted: the key, or the whole address that the browser could not load.
func queryOf(pasted domain.Secret) url.Values {
	text := strings.TrimSpace(pasted.Reveal())
	if u, err := url.Parse(text); err == nil && u.Host != "" && u.RawQuery != "" {
		return u.Query()
	}
	return url.Values{"appUserKey": {text}}
}
