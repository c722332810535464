package consent

import (
	"crypto/subtle"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/storage/transport"
)

// The translation keys of callbacks that do not count, as Detail of a KindInvalid error whose Field
// is callbackField.
const (
	callbackField = "callback"
	strayPath     = "path"
	strayMethod   = "method"
	strayHost     = "host"
	strayFetch    = "fetch"
	strayState    = "state"
	strayKey      = "no-key"
	strayRefusal  = "refusal-without-state"
	strayNoState  = "no-state"
)

// maxRefused is after how many refused keys the waiting ends: nobody's consent page sends so many.
const maxRefused = 5

// DetailRefusedKeys is the Detail of the KindRejected error that ends it.
const DetailRefusedKeys = "refused-keys"

// Exchange gives the lasting key for the first one, which a callback brought.
type Exchange func(first domain.Secret) (domain.Secret, error)

// grant judges what comes back: it ends with the first key that İşbaşı exchanges, or with a refusal
// that carries our state. What else arrives is noted, and the waiting goes on.
type grant struct {
	note  func(error)
	ended chan struct{} // closed with the end

	noting sync.Mutex
	pause  time.Duration // before the exchange that follows a refused one; doubled each time
	closed chan struct{} // closed with the flow

	mu       sync.Mutex // held while exchanging: one key at a time
	state    string     // "" until the consent page is known
	exchange Exchange
	echoes   bool // İşbaşı gives the state back: an answer without it is nobody's
	refused  int  // keys
	done     bool
	key      domain.Secret
	err      error
}

func newGrant(note func(error)) *grant {
	return &grant{note: note, ended: make(chan struct{}), closed: make(chan struct{})}
}

// ready lets callbacks count.
func (g *grant) ready(state string, exchange Exchange) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.state, g.exchange = state, exchange
}

// tell notes something that did not count, one at a time.
func (g *grant) tell(err error) {
	if g.note == nil {
		return
	}
	g.noting.Lock()
	defer g.noting.Unlock()
	g.note(err)
}

// result is valid once ended is closed.
func (g *grant) result() (domain.Secret, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.key, g.err
}

// take judges one answer, whether it came through the browser or was pasted. What comes after the end
// is ignored and told how it ended.
func (g *grant) take(q url.Values) error {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.done {
		return g.err
	}
	key, err := g.judge(q)
	if domain.KindOf(err) == domain.KindRejected {
		if g.refused++; g.refused >= maxRefused {
			err = &domain.Error{Kind: domain.KindRejected, Op: "wait for the consent", Detail: DetailRefusedKeys, Err: err}
		}
	}
	if err != nil && !ends(err) && g.refused < maxRefused {
		g.tell(err)
		return err
	}
	g.done, g.key, g.err = true, key, err
	close(g.ended)
	return err
}

func (g *grant) judge(q url.Values) (domain.Secret, error) {
	const op = "read the callback"
	state := param(q, "state")
	ours := g.state != "" && subtle.ConstantTimeCompare([]byte(state), []byte(g.state)) == 1
	if g.state == "" || (state != "" && !ours) {
		return domain.Secret{}, domain.Invalid(callbackField, strayState)
	}
	if ours {
		g.echoes = true
	} else if g.echoes {
		return domain.Secret{}, domain.Invalid(callbackField, strayNoState)
	}
	if refusal := param(q, "error"); refusal != "" {
		switch {
		case !ours:
			return domain.Secret{}, domain.Invalid(callbackField, strayRefusal)
		case strings.Contains(domain.Fold(refusal), "denied"):
			return domain.Secret{}, domain.E(domain.KindConsentRefused, op, nil)
		default:
			return domain.Secret{}, &domain.Error{Kind: domain.KindConsentRefused, Op: op, Detail: transport.Message(refusal)}
		}
	}
	first := param(q, "appUserKey", "key")
	if first == "" {
		first = single(q)
	}
	if first == "" {
		return domain.Secret{}, domain.Invalid(callbackField, strayKey)
	}
	if err := g.slow(); err != nil {
		return domain.Secret{}, err
	}
	return g.exchange(domain.NewSecret(first))
}

// slow waits before a key that follows refused ones is exchanged.
func (g *grant) slow() error {
	if g.refused == 0 || g.pause == 0 {
		return nil
	}
	t := time.NewTimer(g.pause << (g.refused - 1))
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-g.closed:
		return domain.E(domain.KindCancelled, "wait for the consent", nil)
	}
}

// single gives the one value that is there besides those that are known to be no key: what İşbaşı calls the parameter is
// not documented (isbasi-api.md §2.2).
func single(q url.Values) (found string) {
	for name := range q {
		value := param(q, name)
		if value == "" || slices.ContainsFunc(notKeys, func(n string) bool { return strings.EqualFold(n, name) }) { //nolint:forbidigo // names of parameters are ASCII
			continue
		}
		if found != "" {
			return ""
		}
		found = value
	}
	return found
}

var notKeys = []string{"state", "error", "error_description", "lang", "tenantId", "companyId"}

// ends tells whether err is the end: the person refused, or İşbaşı does not know the API key or does not let
// it exchange keys, with which no other callback can help.
func ends(err error) bool {
	kind := domain.KindOf(err)
	return kind == domain.KindConsentRefused || kind == domain.KindWrongKey || kind == domain.KindNoBrowser
}

// param finds a parameter by any of its names, whatever their case; a blank one counts as absent.
func param(q url.Values, names ...string) string {
	for _, name := range names {
		for given, values := range q {
			if !strings.EqualFold(given, name) || len(values) == 0 { //nolint:forbidigo // names of parameters are ASCII
				continue
			}
			if value := strings.TrimSpace(values[0]); value != "" {
				return value
			}
		}
	}
	return ""
}
