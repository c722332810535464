// Package consent is the way through the person's browser: İşbaşı's page asks for permission and sends
// the browser back to a listener on this machine with a key (architecture.md "Authorisation in the
// browser"). It judges what arrives there, or is pasted instead, and shows the browser's last page.
package consent

import (
	"context"
	"crypto/rand"
	"errors"
	"net/url"
	"strings"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
)

// Options say where the browser comes back to and how long that is waited for.
type Options struct {
	// Addr is where to listen, host:port.
	Addr string
	// Limit is how long a person may take on İşbaşı's page.
	Limit time.Duration
	// Pause is how long the second key waits after a refused one; each further one waits twice as long.
	Pause time.Duration
	// Grace is how long the listener stays open for the browser to fetch the success page.
	Grace time.Duration
}

// Flow is one way through the browser.
type Flow struct {
	options  Options
	pasted   <-chan domain.Secret
	grant    *grant
	callback *callback // nil where the address was taken
}

// Start listens for the callback; b gives the pasted keys, the language, and what is told of callbacks
// that do not count. An address that is taken is KindPortTaken; where keys can be pasted that is only
// noted. The flow is to be closed.
func Start(ctx context.Context, o Options, b domain.Browser) (*Flow, error) {
	f := &Flow{options: o, pasted: b.Pasted, grant: newGrant(b.Note)}
	f.grant.pause = o.Pause
	var err error
	if f.callback, err = listen(ctx, o.Addr, b, f.grant); err != nil {
		if b.Pasted == nil {
			return nil, err
		}
		f.grant.tell(err)
	}
	return f, nil
}

// Expect lets callbacks count from now on, and gives the address to open: İşbaşı's page with a state
// that must come back, İşbaşı's own where page has one. Keys are exchanged one at a time.
func (f *Flow) Expect(page url.URL, exchange Exchange) (address string) {
	state := page.Query().Get("state")
	if state == "" {
		state = rand.Text()
		page.RawQuery = strings.TrimPrefix(page.RawQuery+"&state="+state, "&")
	}
	f.grant.ready(state, exchange)
	return page.String()
}

// NoBrowser says that the program cannot open a page: the browser is led to the last one.
func (f *Flow) NoBrowser() {
	if f.callback != nil {
		f.callback.closed.Store(true)
	}
}

// Echoes tells whether İşbaşı has given our state back.
func (f *Flow) Echoes() bool {
	f.grant.mu.Lock()
	defer f.grant.mu.Unlock()
	return f.grant.echoes
}

// DemandState refuses answers without our state: İşbaşı is known to give it back.
func (f *Flow) DemandState() {
	f.grant.mu.Lock()
	defer f.grant.mu.Unlock()
	f.grant.echoes = true
}

// Wait gives the exchanged key. It ends with KindConsentRefused, KindWrongKey or KindNoBrowser when the
// exchange says so, KindTimeout or KindCancelled; whatever else arrives is noted, and the waiting goes on.
func (f *Flow) Wait(ctx context.Context) (domain.Secret, error) {
	const op = "wait for the consent"
	limit := time.NewTimer(f.options.Limit)
	defer limit.Stop()
	for {
		select {
		case <-f.grant.ended:
			return f.grant.result()
		case text, open := <-f.pasted:
			if !open {
				f.pasted = nil
				continue
			}
			_ = f.grant.take(queryOf(text)) // what does not count was noted; what does has closed ended
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

// Close ends the listening. After a success it first lets the browser fetch the page.
func (f *Flow) Close(ctx context.Context) {
	close(f.grant.closed)
	if f.callback != nil {
		f.callback.close(ctx, f.options.Grace)
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
