package quota

import (
	"context"

	"github.com/sopyo/sopyo-desktop/domain"
)

// probeAttempts is how often the one call of a daily probe may be sent: a renewed session or a busy
// gateway must not use up the day.
const probeAttempts = 3

// Accepted is told of every answer that İşbaşı would not give where a kind is exhausted; one to a probe
// ends the exhaustion.
func (l *Ledger) Accepted(ctx context.Context, k Kind) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if _, probing := l.probes[k]; !probing {
		return nil // an answer to a call sent before the refusal proves nothing
	}
	return l.reopen(ctx, k)
}

// Reopen lets calls of the kind go again because a person says so.
func (l *Ledger) Reopen(ctx context.Context, k Kind) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if err := l.load(ctx); err != nil {
		return err
	}
	return l.reopen(ctx, k)
}

func (l *Ledger) reopen(ctx context.Context, k Kind) error {
	if l.refuse[k].Is() {
		if err := l.mark(ctx, k, Exhaustion{}); err != nil {
			return err
		}
	}
	delete(l.probes, k)
	return nil
}

// mark remembers x, even if the call's context has ended. What cannot be stored is not remembered here
// either: an end of the exhaustion would be forgotten by the next start, and a probe that did not leave
// would have used up its day.
func (l *Ledger) mark(ctx context.Context, k Kind, x Exhaustion) error {
	if err := l.store.SaveExhausted(context.WithoutCancel(ctx), k, x); err != nil {
		return domain.Wrap(err, "note the end of the quota (%s)", k)
	}
	l.refuse[k] = x
	return nil
}

func (l *Ledger) load(ctx context.Context) error {
	if l.loaded {
		return nil
	}
	stored, err := l.store.Exhausted(ctx)
	if err != nil {
		return domain.Wrap(err, "read the end of the quota")
	}
	for k, x := range stored {
		l.refuse[k] = x
	}
	l.loaded = true
	return nil
}

// exhaustedNow is the exhaustion of this month; an older one has ended by itself.
func (l *Ledger) exhaustedNow(k Kind) Exhaustion {
	x := l.refuse[k]
	if !x.Is() || Month(x.Since) != Month(l.now()) {
		return Exhaustion{}
	}
	return x
}

// barred refuses while k is exhausted, unless this day's probe is due or under way.
func (l *Ledger) barred(ctx context.Context, k Kind) error {
	if err := l.load(ctx); err != nil {
		return err
	}
	x := l.exhaustedNow(k)
	if !x.Is() || l.probes[k] > 0 || !l.now().Before(x.NextProbe()) {
		return nil
	}
	return exhausted(k, x)
}

// probe counts the call as one of the day's probe, which is noted before it leaves.
func (l *Ledger) probe(ctx context.Context, k Kind) error {
	x := l.exhaustedNow(k)
	if !x.Is() {
		return l.reopen(ctx, k) // the month is over
	}
	if l.probes[k] > 0 {
		l.probes[k]--
		return nil
	}
	x.AskedAt = l.now()
	if err := l.mark(ctx, k, x); err != nil {
		return err
	}
	l.probes[k] = probeAttempts - 1
	return nil
}
