package backup

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/backup"
	"github.com/sopyo/sopyo-desktop/storage/disk"
)

// Swap puts companies that were unpacked into the place of those that are there. It writes down what it is about to do,
// and from then on a kill at any moment is gone on with at the next start; before that nothing of what is there was touched.
type Swap struct {
	data   string // the data folder
	rename func(from, to string) error
}

// NewSwap makes the one of a data folder.
func NewSwap(data string) *Swap { return &Swap{data: data, rename: disk.Rename} }

func (s *Swap) folder() string { return filepath.Join(s.data, "restore") }
func (s *Swap) plan() string   { return filepath.Join(s.folder(), "plan.json") }
func (s *Swap) old() string    { return filepath.Join(s.folder(), "old") }

// Unpacked is the folder into which a backup is unpacked: on the disk of the data, where a name can be given another place.
func (s *Swap) Unpacked() string { return filepath.Join(s.folder(), "new") }

// Pending tells whether a swap was begun and has not come to its end.
func (s *Swap) Pending() bool {
	_, err := os.Stat(s.plan())
	return err == nil
}

// Do carries it out. With an error before anything was touched the old state stays; behind that Resume goes on.
func (s *Swap) Do(ctx context.Context, all []backup.Replacement, register backup.Register) error {
	const op = "note what is restored"
	raw, err := json.Marshal(all)
	if err != nil {
		return domain.E(domain.KindInternal, op, err)
	}
	if err := os.MkdirAll(s.folder(), 0o700); err != nil {
		return mapped(ctx, op, err)
	}
	if err := ctx.Err(); err != nil {
		return mapped(ctx, op, err)
	}
	if err := disk.Settle(s.folder()); err != nil { // what is not among the unpacked would be taken for placed
		return mapped(ctx, op, err)
	}
	if err := disk.Write(s.plan(), func(out io.Writer) error {
		_, err := out.Write(raw)
		return err
	}); err != nil {
		return mapped(ctx, op, err)
	}
	return s.Resume(ctx, register) // from here on there is no way back
}

// Resume goes on with what a kill has cut off, and removes what it has left. Nobody else may restore at the same time, or
// have one of the companies open.
func (s *Swap) Resume(ctx context.Context, register backup.Register) error {
	ctx = context.WithoutCancel(ctx)
	raw, err := os.ReadFile(s.plan())
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return s.discard()
	case err != nil:
		return domain.E(domain.KindDisk, "read what is restored", err)
	}
	var all []backup.Replacement
	if err := json.Unmarshal(raw, &all); err != nil {
		return domain.E(domain.KindInternal, "read what is restored", err)
	}
	for _, r := range all {
		err := s.place(r)
		if err == nil {
			err = register(ctx, r)
		}
		if err != nil {
			return mapped(ctx, "restore "+r.As.Name, err)
		}
	}
	if err := disk.Remove(s.plan()); err != nil {
		return domain.E(domain.KindDisk, "end the restore", err)
	}
	return s.discard()
}

// place gives what was unpacked of a company its place. What is not among the unpacked any more has it already.
func (s *Swap) place(r backup.Replacement) error {
	if err := os.MkdirAll(s.old(), 0o700); err != nil {
		return err
	}
	fresh := filepath.Join(s.Unpacked(), string(r.ID)+".db")
	if there(fresh) {
		target := filepath.Join(s.data, "companies", string(r.As.ID)+".db")
		// The journal first: a database without it is older, one of another's journal would be destroyed.
		for _, part := range []string{"-wal", "-shm", ""} {
			if err := s.move(target+part, filepath.Join(s.old(), filepath.Base(target)+part)); err != nil {
				return err
			}
		}
		if err := os.MkdirAll(filepath.Dir(target), 0o700); err != nil {
			return err
		}
		if err := s.rename(fresh, target); err != nil {
			return err
		}
	}
	documents := filepath.Join(s.Unpacked(), string(r.ID))
	if !there(documents) {
		return nil
	}
	target := filepath.Join(s.data, "documents", string(r.As.ID))
	if err := s.move(target, filepath.Join(s.old(), string(r.As.ID))); err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(target), 0o700); err != nil {
		return err
	}
	return s.rename(documents, target)
}

// move moves what is there.
func (s *Swap) move(from, to string) error {
	if err := s.rename(from, to); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

func there(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}

// discard removes what was unpacked and what was replaced.
func (s *Swap) discard() error {
	return disk.Failed("remove what is left of a restore", disk.RemoveAll(s.folder()))
}
