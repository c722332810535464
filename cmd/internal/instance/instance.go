// Package instance makes a process the one window on a data folder. A second start hands over to the first
// what it was to show, and ends.
package instance

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"

	"github.com/sopyo/sopyo-desktop/domain"
)

const (
	// handOver is how long the first window may take to answer before it counts as hung.
	handOver = 5 * time.Second
	// socketLimit is the longest path of a socket, in bytes, that every system takes (macOS: 104 with its
	// end).
	socketLimit = 100
)

// Call is what a second start of the window asks the first one: to show itself, and another company if
// one is named. Nothing secret is ever in it.
type Call struct {
	Company string `json:"company,omitempty"` // by name or id
	Demo    bool   `json:"demo,omitempty"`    // the demo company
}

// answer is what the first window says to a Call.
type answer struct {
	Shown bool        `json:"shown"`
	Kind  domain.Kind `json:"kind,omitempty"` // why it could not
}

// Holder is this process as the one window on a data folder.
type Holder struct {
	lock   *flock.Flock
	listen net.Listener
	deaf   *flock.Flock // held in place of listen where the system has no sockets
}

// Claim makes this process the one window on the data folder dir, or hands call over to the one there is:
// then the Holder is nil and there is nothing left to do. A lock tells whether there is one, so that
// what a killed process left behind is not taken for it. KindBusy: it does not answer ("window-hung"), or has no socket to be asked by
// ("window-open").
func Claim(ctx context.Context, dir string, call Call) (*Holder, error) {
	const op = "become the window on the data folder"
	lock := flock.New(filepath.Join(dir, "window.lock"))
	patience, cancel := context.WithTimeout(ctx, handOver)
	defer cancel()
	again := time.NewTicker(100 * time.Millisecond)
	defer again.Stop()
	for {
		mine, err := lock.TryLock()
		switch {
		case err != nil:
			return nil, domain.E(domain.KindDisk, op, err)
		case mine:
			return begin(ctx, dir, lock), nil
		}
		// One that is just ending does not listen any more; soon its lock is free.
		if err := tell(patience, dir, call); err == nil || domain.KindOf(err) != domain.KindNetwork {
			return nil, err
		}
		select {
		case <-again.C:
		case <-patience.Done():
			e := &domain.Error{Kind: domain.KindBusy, Op: op, Detail: "window-hung"}
			if isDeaf(dir) {
				e.Detail = "window-open"
			}
			return nil, e
		}
	}
}

// begin opens the socket. Where the system has none the window works all the same; a second lock lets the next start
// say that it is open.
func begin(ctx context.Context, dir string, lock *flock.Flock) *Holder {
	h := &Holder{lock: lock}
	var err error
	if h.listen, err = open(ctx, dir); err != nil {
		h.deaf = deafness(dir)
		_, _ = h.deaf.TryLock() // without it the next start says that this one is hung
	}
	return h
}

func open(ctx context.Context, dir string) (net.Listener, error) {
	path, err := socketPath(dir)
	if err != nil {
		return nil, err
	}
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	listen, err := new(net.ListenConfig).Listen(ctx, "unix", path)
	if err != nil {
		return nil, err
	}
	if err := os.Chmod(path, 0o600); err != nil {
		return nil, errors.Join(err, listen.Close())
	}
	return listen, nil
}

func deafness(dir string) *flock.Flock { return flock.New(filepath.Join(dir, "window.deaf")) }

// isDeaf tells whether the first window has no socket.
func isDeaf(dir string) bool {
	lock := deafness(dir)
	mine, err := lock.TryLock()
	if mine {
		_ = lock.Unlock()
	}
	return err == nil && !mine
}

// Serve answers calls until Hush: show does what one asks for, and gives KindNotFound for a company that
// there is not, KindNetwork when the window is about to go.
func (h *Holder) Serve(show func(ctx context.Context, c Call) error) {
	if h.listen == nil {
		return
	}
	for {
		conn, err := h.listen.Accept()
		if err != nil {
			return
		}
		go serve(conn, show)
	}
}

func serve(conn net.Conn, show func(ctx context.Context, c Call) error) {
	defer func() { _ = conn.Close() }()
	ctx, cancel := context.WithTimeout(context.Background(), handOver)
	defer cancel()
	_ = conn.SetDeadline(time.Now().Add(handOver))
	var c Call
	if err := json.NewDecoder(conn).Decode(&c); err != nil {
		return
	}
	err := show(ctx, c)
	if ctx.Err() != nil {
		return // too late: the caller has given up
	}
	_ = json.NewEncoder(conn).Encode(answer{Shown: err == nil, Kind: domain.KindOf(err)}) // a caller that has gone asks again
}

// tell hands c over to the first window. KindNetwork: nobody listens.
func tell(ctx context.Context, dir string, c Call) error {
	const op = "hand over to the open window"
	path, err := socketPath(dir)
	if err != nil {
		return domain.E(domain.KindNetwork, op, err)
	}
	conn, err := new(net.Dialer).DialContext(ctx, "unix", path)
	if err != nil {
		return domain.E(domain.KindNetwork, op, err)
	}
	defer func() { _ = conn.Close() }()
	if deadline, ok := ctx.Deadline(); ok {
		_ = conn.SetDeadline(deadline)
	}
	var a answer
	err = json.NewEncoder(conn).Encode(c)
	if err == nil {
		err = json.NewDecoder(conn).Decode(&a)
	}
	switch {
	case err != nil && ctx.Err() == nil && !errors.Is(err, os.ErrDeadlineExceeded):
		return domain.E(domain.KindNetwork, op, err) // it ended meanwhile
	case err != nil:
		return &domain.Error{Kind: domain.KindBusy, Op: op, Detail: "window-hung", Err: err}
	case !a.Shown:
		return &domain.Error{Kind: a.Kind, Op: op, Detail: c.Company}
	default:
		return nil
	}
}

// Hush stops answering: the window is about to go, and the next start waits until it has gone.
func (h *Holder) Hush() {
	if h.listen != nil {
		_ = h.listen.Close() // it removes the socket too
	}
}

// Close lets the next start be the first.
func (h *Holder) Close() error {
	h.Hush()
	if h.deaf != nil {
		_ = h.deaf.Unlock()
	}
	return h.lock.Unlock()
}

// socketPath is where the window on a data folder listens: in the folder, or under a short name in a
// folder of this user's alone where the path would be too long for a socket.
func socketPath(dir string) (string, error) {
	if path := filepath.Join(dir, "window.sock"); len(path) <= socketLimit {
		return path, nil
	}
	base := os.Getenv("XDG_RUNTIME_DIR")
	if base == "" {
		base = os.TempDir()
	}
	own := filepath.Join(base, fmt.Sprintf("sopyo-%d", os.Getuid()))
	if err := os.MkdirAll(own, 0o700); err != nil {
		return "", err
	}
	// Somebody else could have made the folder first, to listen in our place.
	if info, err := os.Lstat(own); err != nil || !info.IsDir() || os.Getuid() >= 0 && info.Mode().Perm() != 0o700 {
		return "", errors.Join(err, fmt.Errorf("%s is not this user's alone", own))
	}
	if resolved, err := filepath.EvalSymlinks(dir); err == nil {
		dir = resolved
	}
	sum := sha256.Sum256([]byte(dir))
	path := filepath.Join(own, hex.EncodeToString(sum[:8])+".sock")
	if len(path) > socketLimit {
		return "", fmt.Errorf("%s is too long for a socket", path)
	}
	return path, nil
}
