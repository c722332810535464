package kit

import "time"

// SearchAfter is how long a search waits for the next letter.
const SearchAfter = 250 * time.Millisecond

// Typing does something when no further letter has come for a while. Its methods are called on the
// interface's thread.
type Typing struct{ timer *time.Timer }

// NewTyping makes one that waits for nothing yet.
func NewTyping(e *Env, do func()) *Typing {
	t := &Typing{time.AfterFunc(SearchAfter, func() { e.Do(do) })}
	t.Stop()
	return t
}

// Typed waits anew.
func (t *Typing) Typed() { t.timer.Reset(SearchAfter) }

// Stop ends the wait.
func (t *Typing) Stop() { t.timer.Stop() }
