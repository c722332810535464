package app

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/gofrs/flock"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/backup"
	"github.com/sopyo/sopyo-desktop/storage/disk"
	"github.com/sopyo/sopyo-desktop/storage/sqlite"

	backups "github.com/sopyo/sopyo-desktop/storage/backup"
)

// The names of our folder of backups among the person's documents, and of the one that a named data folder has.
const (
	backupsAmongDocuments = "Yedek"
	backupsInData         = "backups"
)

// backupFolder is where backups are written by themselves. Who names a data folder wants everything in it.
func (a *App) backupFolder() (string, error) {
	if a.options.DataDir != "" {
		return filepath.Join(a.dir, backupsInData), nil
	}
	dir, err := documentsOfAll()
	return filepath.Join(dir, backupsAmongDocuments), err
}

// copies is where what is backed up lies in plain letters while it is packed: never among the person's documents, which a
// cloud may take.
func (a *App) copies() string { return filepath.Join(a.dir, "backup") }

// exclusively does work on backups while nobody else on this data folder does. KindBusy (detail "backup"): somebody does.
// What was left by a kill is removed first.
func (a *App) exclusively(ctx context.Context, work func() error) (err error) {
	lock := flock.New(filepath.Join(a.dir, "backup.lock"))
	ok, err := lock.TryLock()
	switch {
	case err != nil:
		return domain.E(domain.KindDisk, "lock the backups", err)
	case !ok:
		return &domain.Error{Kind: domain.KindBusy, Op: "lock the backups", Detail: "backup"}
	}
	defer func() { err = errors.Join(err, lock.Unlock()) }()
	folder, err := a.backupFolder()
	if err != nil {
		return err
	}
	if err := backups.Clean(ctx, a.copies(), folder); err != nil {
		a.Log.WarnContext(ctx, "what was left of a backup stays", "error", err) // the work itself says whether it can be done
	}
	return work()
}

// documentFolder is where the documents of a company's invoices lie.
func (a *App) documentFolder(id domain.CompanyID) string {
	return filepath.Join(a.dir, "documents", string(id))
}

func (a *App) sourceOf(info domain.Company) backups.Source {
	return backups.Source{
		Company: info, Documents: a.documentFolder(info.ID),
		Copy: func(ctx context.Context, path string, p *backup.Progress) (backup.Content, error) {
			return sqlite.CopyCompany(ctx, a.companyPath(info.ID), path, p)
		},
	}
}

// gather copies companies for a backup. It is to be closed.
func (a *App) gather(ctx context.Context, infos []domain.Company, handOver bool, p *backup.Progress) (*backups.Gathered, error) {
	sources := make([]backups.Source, len(infos))
	for i, info := range infos {
		sources[i] = a.sourceOf(info)
	}
	m := backup.Manifest{MadeAt: a.options.Now().UTC().Truncate(time.Second), HandOver: handOver}
	return backups.Gather(ctx, a.copies(), m, sources, p)
}

// BackUpTo writes a backup of companies to the file at path, which stays until the new one is whole and was read back.
// Errors: KindBusy, KindData, KindDisk (detail "full": no room), KindInvalid (field "password"), KindCancelled.
func (a *App) BackUpTo(ctx context.Context, path string, password domain.Secret, infos []domain.Company, p *backup.Progress) (made backup.Made, err error) {
	return made, a.exclusively(ctx, func() error {
		made, err = a.pack(ctx, path, password, infos, false, p)
		return err
	})
}

func (a *App) pack(ctx context.Context, path string, password domain.Secret, infos []domain.Company, handOver bool, p *backup.Progress) (made backup.Made, err error) {
	g, err := a.gather(ctx, infos, handOver, p)
	if err != nil {
		return made, err
	}
	defer func() { err = errors.Join(err, g.Close()) }()
	return g.Write(ctx, path, password, p)
}

// BackUp writes a backup of each company into the folder of backups, and gives those that were made: without a change
// since the last none is. KindInvalid (field "password"): no password is kept. It goes on behind a company that cannot be
// backed up, and gives the first error.
func (a *App) BackUp(ctx context.Context, infos []domain.Company, p *backup.Progress) (made []backup.Made, err error) {
	for _, info := range infos {
		one, failed := a.backUpOne(ctx, info, domain.Secret{}, p)
		if failed == nil && one.Path != "" {
			made = append(made, one)
		}
		if err == nil && failed != nil {
			err = domain.Wrap(failed, "back up %s", info.Name)
		}
		if ctx.Err() != nil {
			break
		}
	}
	return made, err
}

// BackUpAll is BackUp of every company but the demo one, which has nothing to lose.
func (a *App) BackUpAll(ctx context.Context, p *backup.Progress) ([]backup.Made, error) {
	all, err := a.Machine.Companies(ctx)
	if err != nil {
		return nil, err
	}
	return a.BackUp(ctx, slices.DeleteFunc(all, func(c domain.Company) bool { return c.Demo }), p)
}

// backUpOne is BackUp of one company; an empty password stands for the kept one. Without a change the path is "".
func (a *App) backUpOne(ctx context.Context, info domain.Company, password domain.Secret, p *backup.Progress) (made backup.Made, err error) {
	return made, a.exclusively(ctx, func() error {
		made, err = a.backUpHeld(ctx, info, password, p)
		return err
	})
}

// backUpHeld is backUpOne by whoever works on backups already.
func (a *App) backUpHeld(ctx context.Context, info domain.Company, password domain.Secret, p *backup.Progress) (made backup.Made, err error) {
	if password.Empty() {
		if password, _, err = a.BackupPassword(ctx); err != nil {
			return made, err
		}
	}
	if password.Empty() {
		return made, domain.Invalid("password", "backup-password")
	}
	note, err := a.BackupNote(ctx, info.ID)
	if err != nil {
		return made, err
	}
	made, digest, err := a.writeNext(ctx, info, password, note, p)
	if ctx.Err() != nil {
		return made, err // nothing is said of what a person has cancelled
	}
	return made, errors.Join(err, a.SaveBackupNote(ctx, info.ID, note.After(made, digest, err, a.options.Now().UTC())))
}

// writeNext writes the company's next backup unless the last holds the same, and removes those that are too many.
func (a *App) writeNext(ctx context.Context, info domain.Company, password domain.Secret, note backup.Note, p *backup.Progress) (made backup.Made, digest string, err error) {
	folder, err := a.backupFolder()
	if err != nil {
		return made, "", err
	}
	stem, err := a.stemOf(ctx, info)
	if err != nil {
		return made, "", err
	}
	g, err := a.gather(ctx, []domain.Company{info}, false, p)
	if err != nil {
		return made, "", err
	}
	defer func() { err = errors.Join(err, g.Close()) }()
	if digest = g.Digest(); digest == note.Digest && there(note.File) {
		return made, digest, nil
	}
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return made, "", domain.E(domain.KindDisk, "make the folder of backups", err)
	}
	path := backups.NextPath(folder, backup.Name(stem, a.options.Now()))
	if made, err = g.Write(ctx, path, password, p); err != nil {
		return made, "", err
	}
	files, err := backups.List(folder)
	own := slices.DeleteFunc(files, func(f backup.File) bool { return f.Stem != stem })
	for _, f := range backup.Surplus(own) {
		err = errors.Join(err, disk.Remove(f.Path))
	}
	if err != nil { // the new one is there all the same
		a.Log.WarnContext(ctx, "old backups stay", "company", info.ID, "error", err)
	}
	return made, digest, nil
}

// stemOf is what the company's folders are called, and the names of its backups begin with. Where files cannot tell two companies apart
// their ids do.
func (a *App) stemOf(ctx context.Context, info domain.Company) (string, error) {
	all, err := a.Machine.Companies(ctx)
	if err != nil {
		return "", err
	}
	stem := disk.Name(info.Name)
	for _, c := range all {
		if c.ID != info.ID && domain.Fold(disk.Name(c.Name)) == domain.Fold(stem) {
			return stem + " " + string(info.ID), nil
		}
	}
	return stem, nil
}

// Backups gives the backups in the folder of backups, the newest first.
func (a *App) Backups(context.Context) ([]backup.File, error) {
	folder, err := a.backupFolder()
	if err != nil {
		return nil, err
	}
	return backups.List(folder)
}

// BackupState tells how the backups of the machine stand.
func (a *App) BackupState(ctx context.Context) (s backup.State, err error) {
	if s.Folder, err = a.backupFolder(); err != nil {
		return s, err
	}
	password, sessionOnly, err := a.BackupPassword(ctx)
	if err != nil {
		return s, err
	}
	s.Protected, s.SessionOnly = !password.Empty(), sessionOnly
	all, err := a.Machine.Companies(ctx)
	if err != nil {
		return s, err
	}
	for _, c := range all {
		note, err := a.BackupNote(ctx, c.ID)
		if err != nil {
			return s, err
		}
		handed, err := sqlite.HandedOver(ctx, a.companyPath(c.ID))
		if err != nil {
			a.Log.WarnContext(ctx, "the company's file does not tell whether it was handed over", "company", c.ID, "error", err)
		}
		s.Companies = append(s.Companies, backup.Standing{
			Company: c, MadeAt: note.MadeAt, CheckedAt: note.CheckedAt, File: note.File, Failed: note.Failed, HandedOver: handed,
		})
	}
	return s, nil
}

// lookForDue is how often a program that stays open looks whether a daily backup is due, and how long it rests behind one
// that failed.
const lookForDue = 15 * time.Minute

// KeepBackups makes the daily backups of all companies by itself until ctx ends. The window calls it.
func (a *App) KeepBackups(ctx context.Context) {
	tick := time.NewTicker(lookForDue)
	defer tick.Stop()
	for {
		if err := a.backUpDue(ctx); err != nil && ctx.Err() == nil {
			a.Log.WarnContext(ctx, "a daily backup was not made", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// backUpDue backs up the companies whose daily backup is due.
func (a *App) backUpDue(ctx context.Context) error {
	s, err := a.BackupState(ctx)
	if err != nil || !s.Protected {
		return err
	}
	_, err = a.BackUp(ctx, s.Due(a.options.Now()), &backup.Progress{})
	return err
}
