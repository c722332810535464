package catalogue

import (
	"bytes"
	"slices"
	"strings"
	"sync"
)

// missed is the last search that found nothing. One that asks for more than that finds nothing either, as long as the index is
// the same.
type missed struct {
	mu      sync.Mutex
	index   []byte   // what the index is made of, as it says itself: another after every change
	phrases []string // none before the first
}

// covers tells that a search for those phrases finds nothing.
func (m *missed) covers(index []byte, phrases []string) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	return len(m.phrases) > 0 && bytes.Equal(index, m.index) && !slices.ContainsFunc(m.phrases, func(missing string) bool {
		return !slices.ContainsFunc(phrases, func(p string) bool { return strings.Contains(p, missing) })
	})
}

// keep remembers phrases that found nothing.
func (m *missed) keep(index []byte, phrases []string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.index, m.phrases = index, phrases
}
