package app

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/backup"
	"github.com/sopyo/sopyo-desktop/storage/sqlite"

	backups "github.com/sopyo/sopyo-desktop/storage/backup"
)

// LookIntoBackup tells what the backup at path holds and what restoring it would do; nothing is changed. KindFile (detail
// "backup"): it cannot be read; KindNoBackup; KindBackupPassword; KindBackupDamaged; KindBackupNewer.
func (a *App) LookIntoBackup(ctx context.Context, path string, password domain.Secret) (backup.Restoring, error) {
	version, err := sqlite.NewestVersion()
	if err != nil {
		return backup.Restoring{}, err
	}
	m, err := backups.Read(ctx, path, password, version)
	if err != nil {
		return backup.Restoring{}, err
	}
	here, err := a.Machine.Companies(ctx)
	return backup.Restoring{Manifest: m, Path: path, Changes: backup.PlanRestore(m, here)}, err
}

// restoreWith puts what the backup at path holds into the place of what is here, and gives the companies. All of it is read,
// checked and brought to this program's version beside what is here first; then release is asked to give back the
// companies that it takes the place of, and their present state is backed up with the kept password, else this one. A kill
// at any moment leaves the old state or the new one whole. Their invoices wait until İşbaşı was asked.
func (a *App) restoreWith(ctx context.Context, path string, password domain.Secret, release func([]domain.CompanyID) error, p *backup.Progress) (all []domain.Company, err error) {
	return all, a.exclusively(ctx, func() error {
		all, err = a.restore(ctx, path, password, release, p)
		return err
	})
}

func (a *App) restore(ctx context.Context, path string, password domain.Secret, release func([]domain.CompanyID) error, p *backup.Progress) (all []domain.Company, err error) {
	swap := backups.NewSwap(a.dir)
	if err := swap.Resume(ctx, a.register); err != nil {
		return nil, err
	}
	r, err := a.LookIntoBackup(ctx, path, password)
	if err != nil {
		return nil, err
	}
	defer func() {
		if !swap.Pending() { // nothing was touched, or all is done
			err = errors.Join(err, swap.Resume(ctx, a.register))
		}
	}()
	version, err := sqlite.NewestVersion()
	if err != nil {
		return nil, err
	}
	m, err := backups.Unpack(ctx, path, password, version, swap.Unpacked(), p)
	if err != nil {
		return nil, err
	}
	var replace []backups.Replacement
	var present []domain.CompanyID
	for _, ch := range r.Changes {
		one, err := a.settle(ctx, swap, m, ch)
		if err != nil {
			return nil, domain.Wrap(err, "restore %s", ch.Name)
		}
		replace, all = append(replace, one), append(all, ch.As)
		if ch.Present != nil {
			present = append(present, ch.Present.ID)
		}
	}
	if err := release(present); err != nil {
		return nil, err
	}
	locks, err := a.lockAll(present)
	defer func() {
		for _, l := range locks {
			err = errors.Join(err, l.Unlock())
		}
	}()
	if err != nil {
		return nil, err
	}
	for _, ch := range r.Changes {
		if ch.Present != nil {
			if err := a.secure(ctx, *ch.Present, password, p); err != nil {
				return nil, domain.Wrap(err, "back up %s first", ch.Present.Name)
			}
		}
	}
	p.Enter(backup.PhaseReplacing, 0)
	return all, swap.Do(ctx, replace, a.register)
}

// settle makes an unpacked company ready to take its place.
func (a *App) settle(ctx context.Context, swap *backups.Swap, m backup.Manifest, ch backup.Change) (r backups.Replacement, err error) {
	if err := os.MkdirAll(filepath.Join(swap.Unpacked(), string(ch.ID)), 0o700); err != nil {
		return r, domain.E(domain.KindDisk, "unpack the documents", err)
	}
	store, err := sqlite.OpenRestored(ctx, filepath.Join(swap.Unpacked(), string(ch.ID)+".db"))
	if err != nil {
		return r, err
	}
	defer func() { err = errors.Join(err, store.Close()) }() //nolint:contextcheck // io.Closer knows no context
	if err := errors.Join(store.Settle(ctx, m.MadeAt, m.HandOver), store.SaveIdentity(ctx, ch.As)); err != nil {
		return r, err
	}
	r = backups.Replacement{ID: ch.ID, As: ch.As, At: a.options.Now().UTC()}
	if m.HandOver && m.MadeAt.Before(r.At) { // nothing was begun where it came from since
		r.At = m.MadeAt
	}
	last, err := store.LastSerial(ctx)
	if err != nil {
		return r, err
	}
	mark, _, err := a.Machine.InvoiceMark(ctx, ch.As.ID)
	r.Serial = max(last+1, mark) // beyond what the file knows: it is behind until İşbaşı was asked
	return r, err
}

// register makes a restored company known. It may come again after a kill.
func (a *App) register(ctx context.Context, r backups.Replacement) error {
	before, err := a.BackupNote(ctx, r.As.ID)
	note := backup.Note{Stems: before.Stems} // the rest is of the file that was here before
	return errors.Join(err, a.Machine.SaveCompany(ctx, r.As), a.Machine.SaveInvoiceMark(ctx, r.As.ID, r.Serial, r.At), a.SaveBackupNote(ctx, r.As.ID, note))
}

// lockAll takes companies for this process; those that it has taken are given with the error too.
func (a *App) lockAll(ids []domain.CompanyID) (locks []*flock.Flock, err error) {
	for _, id := range ids {
		lock, err := lockCompany(a.dir, id)
		if err != nil {
			return locks, err
		}
		locks = append(locks, lock)
	}
	return locks, nil
}

// secure backs up the present state of a company before another takes its place. A file that is lost leaves nothing to
// back up; one that is damaged is kept as it is, among the removed.
func (a *App) secure(ctx context.Context, info domain.Company, password domain.Secret, p *backup.Progress) error {
	kept, _, err := a.BackupPassword(ctx)
	if err != nil {
		return err
	}
	if !kept.Empty() {
		password = kept
	}
	_, err = a.backUpHeld(ctx, info, password, p)
	var e *domain.Error
	switch {
	case domain.IsMissing(err):
		return nil
	case errors.As(err, &e) && e.Kind == domain.KindData && e.Detail != domain.DataNewer:
		archive, err := sqlite.Archive(a.companyPath(info.ID), a.removedFolder(), a.options.Now())
		a.Log.WarnContext(ctx, "the damaged file that a restored one takes the place of is kept", "company", info.ID, "archive", archive)
		return err
	default:
		return err
	}
}

// resumeRestore goes on with a restore that a kill has cut off. One that another program is at is left alone.
func (a *App) resumeRestore(ctx context.Context) error {
	swap := backups.NewSwap(a.dir)
	if !swap.Pending() {
		return nil
	}
	err := a.exclusively(ctx, func() error { return swap.Resume(ctx, a.register) })
	if err == nil {
		a.Log.WarnContext(ctx, "a restore that was cut off has come to its end")
	}
	return err
}

// nobody is asked to give companies back: the program has none open.
func nobody([]domain.CompanyID) error { return nil }

// RestoreAlone is restoreWith by a program that has no company open.
func (a *App) RestoreAlone(ctx context.Context, path string, password domain.Secret, p *backup.Progress) ([]domain.Company, error) {
	return a.restoreWith(ctx, path, password, nobody, p)
}

// HandOver writes the company into the file at path, "": into the folder of backups, for another machine to go on with, and
// stops issuing invoices here: first that, then the copy, so that the other one knows of everything that was issued.
// KindBusy: invoices are being made. With an error nothing has changed.
func (c *Company) HandOver(ctx context.Context, path string, password domain.Secret, p *backup.Progress) (made backup.Made, err error) {
	if w := c.Working(); w != nil {
		select {
		case <-w.Done():
		default:
			return made, &domain.Error{Kind: domain.KindBusy, Op: "hand the company over", Detail: "issuing"}
		}
	}
	before, err := c.HandedOver(ctx)
	if err != nil {
		return made, err
	}
	ours := path == ""
	if ours {
		if path, err = c.handOverPath(ctx); err != nil {
			return made, err
		}
	}
	return made, c.app.exclusively(ctx, func() error {
		if err := c.SetHandedOver(ctx, c.app.options.Now()); err != nil {
			return err
		}
		made, err = c.app.pack(ctx, path, password, []domain.Company{c.Info}, true, p)
		if err != nil {
			return errors.Join(err, c.SetHandedOver(context.WithoutCancel(ctx), before))
		}
		if ours { // it goes with the company should that be erased
			c.app.noteName(ctx, c.Info.ID, path)
		}
		return nil
	})
}

// noteName remembers a file in the folder of backups. Without it the file stays where its company is erased for good.
func (a *App) noteName(ctx context.Context, id domain.CompanyID, path string) {
	note, err := a.BackupNote(ctx, id)
	if err == nil {
		err = a.SaveBackupNote(ctx, id, note.Naming(path))
	}
	if err != nil {
		a.Log.WarnContext(ctx, "the name of a hand-over is not remembered", "company", id, "error", err)
	}
}

// handOverPath is a free name in the folder of backups, by which it is told from the daily ones.
func (c *Company) handOverPath(ctx context.Context) (string, error) {
	folder, err := c.app.backupFolder()
	if err != nil {
		return "", err
	}
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return "", domain.E(domain.KindDisk, "make the folder of backups", err)
	}
	w, err := c.app.words(ctx, "")
	if err != nil {
		return "", err
	}
	stem, err := c.app.stemOf(ctx, c.Info)
	if err != nil {
		return "", err
	}
	return backups.NextPath(folder, backup.Name(stem+" "+w.T("backup.hand-over.file"), c.app.options.Now())), nil
}

// TakeBackHandOver goes on issuing invoices here, where the company was handed over and that came to nothing.
func (c *Company) TakeBackHandOver(ctx context.Context) error {
	return c.SetHandedOver(ctx, time.Time{})
}
