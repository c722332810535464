// Package keyring keeps a company's session in the operating system's keyring, one entry per secret
// (architecture.md "Rules inside", Keyring). Every call has a time limit and there is no plain-text
// fallback: without a keyring it says KindKeyring, and the session lives in memory only.
package keyring

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"sync"
	"time"

	"github.com/zalando/go-keyring"

	"github.com/sopyo/sopyo-desktop/domain"
)

// Provider is the operating system's keyring: text by service and user. Get and Delete say
// keyring.ErrNotFound for an entry that is not there.
type Provider struct {
	Get    func(service, user string) (string, error)
	Set    func(service, user, text string) error
	Delete func(service, user string) error
	// Locked tells whether the others would ask a person first; it asks nobody.
	Locked func() (bool, error)
}

// Keyring keeps sessions under one service name.
type Keyring struct {
	service string
	timeout time.Duration
	system  Provider

	folder   string // in front of every user; "" = none
	inherits bool
}

// Of gives the keyring of one data folder: its entries are its own, whatever other folder has the same companies. With
// inherits those that older programs named without a folder are moved when they are first used.
func (k *Keyring) Of(folder string, inherits bool) *Keyring {
	next := *k
	next.folder, next.inherits = folder+"/", inherits
	return &next
}

// New makes a keyring on the operating system's own; the service is "sopyo", the user of an entry is
// data-folder/company-id/kind, see Of. No call takes longer than timeout. Without a session bus there is no keyring, and none is started.
func New(service string, timeout time.Duration) *Keyring {
	LaunchNoBus()
	return NewWith(Provider{
		Get: func(service, user string) (string, error) {
			alone.Lock()
			defer alone.Unlock()
			return keyring.Get(service, user)
		},
		Set: func(service, user, text string) error {
			alone.Lock()
			defer alone.Unlock()
			return keyring.Set(service, user, text)
		},
		Delete: func(service, user string) error {
			alone.Lock()
			defer alone.Unlock()
			return keyring.Delete(service, user)
		},
		Locked: func() (bool, error) {
			alone.Lock()
			defer alone.Unlock()
			return locked()
		},
	}, service, timeout)
}

// alone lets one call at a time at the operating system's keyring, of which there is one, like the library's provider:
// not every one takes two at once, and a call that was left behind may still be at work.
var alone sync.Mutex

// locked is how the operating system's keyring is asked whether it is locked; alone guards it.
var locked = lockedSystem

// InMemory lets the operating system's keyring be an empty one in this process's memory; one that answers refusal to
// everything, if that is not nil. It is for tests: no call that an earlier one left behind sees the exchange half done.
func InMemory(refusal error) {
	alone.Lock()
	defer alone.Unlock()
	keyring.MockInitWithError(refusal)
	locked = func() (bool, error) { return false, refusal }
}

// NewWith makes a keyring on another provider.
func NewWith(p Provider, service string, timeout time.Duration) *Keyring {
	return &Keyring{service: service, timeout: timeout, system: p}
}

// Unlocked makes sure that the keyring answers without a person. It never asks one, as every other call may. KindKeyring: it is locked, or
// there is none.
func (k *Keyring) Unlocked(ctx context.Context) error {
	return k.within(ctx, "look at the keyring", func() error {
		locked, err := k.system.Locked()
		if err == nil && locked {
			err = errors.New("it is locked")
		}
		return err
	})
}

// get gives an entry, "" when there is none.
func (k *Keyring) get(user string) (string, error) {
	text, err := k.system.Get(k.service, k.folder+user)
	if isMissing(err) {
		return k.inherited(user)
	}
	return text, err
}

// inherited moves an entry that an older program has made; the new one is written before the old one goes.
func (k *Keyring) inherited(user string) (string, error) {
	if !k.inherits {
		return "", nil
	}
	text, err := k.system.Get(k.service, user)
	if isMissing(err) {
		return "", nil
	}
	if err == nil {
		err = k.system.Set(k.service, k.folder+user, text)
	}
	if err == nil {
		err = k.system.Delete(k.service, user)
	}
	if err != nil {
		return "", err
	}
	return text, nil
}

// noItem is how /usr/bin/security of macOS ends where there is no such entry: the last byte of errSecItemNotFound. The library goes by its
// English sentence, which a Mac in another language does not say.
const noItem = 44

// isMissing tells whether err says that there is no such entry.
func isMissing(err error) bool {
	var ended *exec.ExitError
	return errors.Is(err, keyring.ErrNotFound) || errors.As(err, &ended) && ended.ExitCode() == noItem
}

// entryLimit is the longest entry in bytes that every system takes: the Credential Manager of Windows holds 2,560, of UTF-8 as it is
// written there; /usr/bin/security of macOS takes some 2,900.
const entryLimit = 2560

// fits refuses what is too long for an entry before anything is written: of several that belong together none may be changed alone.
func fits(text string) error {
	if len(text) > entryLimit {
		return fmt.Errorf("%d bytes are more than an entry holds", len(text))
	}
	return nil
}

// put makes the entry hold text; an empty one is removed. What is right already is not written again:
// some systems ask a person at every write.
func (k *Keyring) put(user, text string) error {
	held, err := k.get(user)
	switch {
	case err != nil:
		return err
	case held == text:
		return nil
	case text == "":
		return k.remove(user)
	default:
		return k.system.Set(k.service, k.folder+user, text)
	}
}

// remove removes an entry; one that is not there is no error.
func (k *Keyring) remove(user string) error {
	users := []string{k.folder + user}
	if k.inherits {
		users = append(users, user)
	}
	for _, u := range users {
		if err := k.system.Delete(k.service, u); err != nil && !isMissing(err) {
			return err
		}
	}
	return nil
}

// within does work on a goroutine of its own and waits for it at most as long as the time limit: a
// locked keyring on Linux may never answer (pitfalls P32). Work that was left behind ends by itself, or
// with the program; it must not touch what the caller goes on using.
func (k *Keyring) within(ctx context.Context, op string, work func() error) error {
	if err := ctx.Err(); err != nil {
		return domain.E(domain.KindCancelled, op, err)
	}
	done := make(chan error, 1)
	go func() { done <- work() }()
	limit := time.NewTimer(k.timeout)
	defer limit.Stop()
	select {
	case err := <-done:
		if err != nil {
			return domain.E(domain.KindKeyring, op, err)
		}
		return nil
	case <-limit.C:
		return domain.E(domain.KindKeyring, op, fmt.Errorf("no answer within %v", k.timeout))
	case <-ctx.Done():
		return domain.E(domain.KindCancelled, op, ctx.Err())
	}
}
