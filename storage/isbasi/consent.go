package isbasi

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

// consent is one round through the browser: it ends with the first key that İşbaşı exchanges, or with
// a refusal that carries our state. What else arrives is noted, and the waiting goes on.
type consent struct {
	exchange func(first domain.Secret) (domain.Secret, error)
	note     func(error)
	ended    chan struct{} // closed with the end

	noting sync.Mutex

	mu    sync.Mutex // held while exchanging: one key at a time
	base  string
	state string // "" until the consent page is known
	done  bool
	key   domain.Secret
	err   error
}

func newConsent(note func(error)) *consent {
	return &consent{note: note, ended: make(chan struct{})}
}

// ready opens the round for callbacks.
func (w *consent) ready(base, state string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.base, w.state = base, state
}

// tell notes something that did not count, one at a time.
func (w *consent) tell(err error) {
	if w.note == nil {
		return
	}
	w.noting.Lock()
	defer w.noting.Unlock()
	w.note(err)
}

// result is valid once ended is closed.
func (w *consent) result() (domain.Secret, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.key, w.err
}

// take judges one answer, whether it came through the browser or was pasted. What comes after the end
// is ignored and told how the round ended.
func (w *consent) take(q url.Values) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.done {
		return w.err
	}
	key, err := w.judge(q)
	if err != nil && !ends(err) {
		w.tell(err)
		return err
	}
	w.done, w.key, w.err = true, key, err
	close(w.ended)
	return err
}

func (w *consent) judge(q url.Values) (domain.Secret, error) {
	const op = "read the callback"
	state := param(q, "state")
	ours := w.state != "" && subtle.ConstantTimeCompare([]byte(state), []byte(w.state)) == 1
	if w.state == "" || (state != "" && !ours) {
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
	return w.exchange(domain.NewSecret(first))
}

// ends tells whether err is the end of the round: the person refused, or İşbaşı does not know the API
// key, with which no other callback can help.
func ends(err error) bool {
	kind := domain.KindOf(err)
	return kind == domain.KindConsentRefused || kind == domain.KindWrongKey
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
