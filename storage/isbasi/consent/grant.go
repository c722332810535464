package consent

import (
	"crypto/subtle"
	"net/url"
	"strings"
	"sync"

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
)

// Exchange gives the lasting key for the first one, which a callback brought.
type Exchange func(first domain.Secret) (domain.Secret, error)

// grant judges what comes back: it ends with the first key that İşbaşı exchanges, or with a refusal
// that carries our state. What else arrives is noted, and the waiting goes on.
type grant struct {
	note  func(error)
	ended chan struct{} // closed with the end

	noting sync.Mutex

	mu       sync.Mutex // held while exchanging: one key at a time
	state    string     // "" until the consent page is known
	exchange Exchange
	done     bool
	key      domain.Secret
	err      error
}

func newGrant(note func(error)) *grant {
	return &grant{note: note, ended: make(chan struct{})}
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
	if err != nil && !ends(err) {
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
		return domain.Secret{}, domain.Invalid(callbackField, strayKey)
	}
	return g.exchange(domain.NewSecret(first))
}

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
