package backup

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
)

// Deps are what backups are made with.
type Deps struct {
	*Keeper
	Machine   Machine
	Folder    Folder
	Packer    Packer
	Reader    Reader
	Databases Databases
	// FileName makes a name for a file that every system takes.
	FileName func(string) string
	// HandOverWord is behind the company's name in the name of a hand-over, in the person's language.
	HandOverWord func(ctx context.Context) (string, error)
	Log          *slog.Logger
	Now          func() time.Time
}

// Maker makes the backups of a machine's companies.
type Maker struct {
	*Keeper
	d Deps
}

// NewMaker makes the one of a machine.
func NewMaker(d Deps) *Maker { return &Maker{d.Keeper, d} }

// BackUpTo writes a backup of companies to the file at path, which stays until the new one is whole and was read back.
// Errors: KindBusy, KindData, KindDisk (detail "full": no room), KindInvalid (field "password"), KindCancelled.
func (k *Maker) BackUpTo(ctx context.Context, path string, password domain.Secret, infos []domain.Company, p *Progress) (made Made, err error) {
	return made, k.d.Packer.Exclusively(ctx, func() error {
		made, err = k.pack(ctx, path, password, infos, false, p)
		return err
	})
}

func (k *Maker) gather(ctx context.Context, infos []domain.Company, handOver bool, p *Progress) (Gathered, error) {
	return k.d.Packer.Gather(ctx, Manifest{MadeAt: k.d.Now().UTC().Truncate(time.Second), HandOver: handOver}, infos, p)
}

func (k *Maker) pack(ctx context.Context, path string, password domain.Secret, infos []domain.Company, handOver bool, p *Progress) (made Made, err error) {
	g, err := k.gather(ctx, infos, handOver, p)
	if err != nil {
		return made, err
	}
	defer func() { err = errors.Join(err, g.Close()) }()
	return g.Write(ctx, path, password, p)
}

// BackUp writes a backup of each company into the folder of backups, and gives those that were made: without a change
// since the last none is. KindInvalid (field "password"): no password is kept. It goes on behind a company that cannot be
// backed up, and gives the first error.
func (k *Maker) BackUp(ctx context.Context, infos []domain.Company, p *Progress) (made []Made, err error) {
	for i, info := range infos {
		p.Come(i+1, len(infos))
		one, failed := k.BackUpOne(ctx, info, p)
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
func (k *Maker) BackUpAll(ctx context.Context, p *Progress) ([]Made, error) {
	all, err := k.d.Machine.Companies(ctx)
	if err != nil {
		return nil, err
	}
	return k.BackUp(ctx, slices.DeleteFunc(all, func(c domain.Company) bool { return c.Demo }), p)
}

// BackUpOne is BackUp of one company. Without a change the path is "".
func (k *Maker) BackUpOne(ctx context.Context, info domain.Company, p *Progress) (made Made, err error) {
	return made, k.d.Packer.Exclusively(ctx, func() error {
		made, err = k.backUpHeld(ctx, info, domain.Secret{}, p)
		return err
	})
}

// backUpHeld is BackUpOne by whoever works on backups already; an empty password stands for the kept one.
func (k *Maker) backUpHeld(ctx context.Context, info domain.Company, password domain.Secret, p *Progress) (made Made, err error) {
	if password.Empty() {
		if password, _, err = k.BackupPassword(ctx); err != nil {
			return made, err
		}
	}
	if password.Empty() {
		return made, domain.Invalid("password", "backup-password")
	}
	note, err := k.BackupNote(ctx, info.ID)
	if err != nil {
		return made, err
	}
	made, digest, err := k.writeNext(ctx, info, password, note, p)
	if ctx.Err() != nil {
		return made, err // nothing is said of what a person has cancelled
	}
	return made, errors.Join(err, k.SaveBackupNote(ctx, info.ID, note.After(made, digest, err, k.d.Now().UTC())))
}

// writeNext writes the company's next backup unless the last holds the same, and removes those that are too many.
func (k *Maker) writeNext(ctx context.Context, info domain.Company, password domain.Secret, note Note, p *Progress) (made Made, digest string, err error) {
	stem, err := k.Stem(ctx, info)
	if err != nil {
		return made, "", err
	}
	g, err := k.gather(ctx, []domain.Company{info}, false, p)
	if err != nil {
		return made, "", err
	}
	defer func() { err = errors.Join(err, g.Close()) }()
	if digest = g.Digest(); digest == note.Digest && k.d.Reader.Holds(note.File) {
		return made, digest, nil
	}
	path, err := k.d.Folder.Next(Name(stem, k.d.Now()))
	if err != nil {
		return made, "", err
	}
	if made, err = g.Write(ctx, path, password, p); err != nil {
		return made, "", err
	}
	if err := k.removeSurplus(stem); err != nil { // the new one is there all the same
		k.d.Log.WarnContext(ctx, "old backups stay", "company", info.ID, "error", err)
	}
	return made, digest, nil
}

// removeSurplus removes the backups of a stem that are too many.
func (k *Maker) removeSurplus(stem string) error {
	files, err := k.d.Folder.List()
	own := slices.DeleteFunc(files, func(f File) bool { return f.Stem != stem })
	for _, f := range Surplus(own) {
		err = errors.Join(err, k.d.Folder.Remove(f.Path))
	}
	return err
}

// Stem is what the company's folders are called, and the names of its backups begin with. Where files cannot tell two
// companies apart their ids do.
func (k *Maker) Stem(ctx context.Context, info domain.Company) (string, error) {
	all, err := k.d.Machine.Companies(ctx)
	if err != nil {
		return "", err
	}
	stem := k.d.FileName(info.Name)
	for _, c := range all {
		if c.ID != info.ID && domain.Fold(k.d.FileName(c.Name)) == domain.Fold(stem) {
			return apart(stem, info.ID), nil
		}
	}
	return stem, nil
}

// apart is a stem that no other company has.
func apart(stem string, id domain.CompanyID) string { return stem + " " + string(id) }

// Backups gives the backups in the folder of backups, the newest first.
func (k *Maker) Backups(context.Context) ([]File, error) { return k.d.Folder.List() }

// BackupState tells how the backups of the machine stand.
func (k *Maker) BackupState(ctx context.Context) (s State, err error) {
	if s.Folder, err = k.d.Folder.Path(); err != nil {
		return s, err
	}
	password, sessionOnly, err := k.BackupPassword(ctx)
	if err != nil {
		return s, err
	}
	s.Protected, s.SessionOnly = !password.Empty(), sessionOnly
	all, err := k.d.Machine.Companies(ctx)
	if err != nil {
		return s, err
	}
	for _, c := range all {
		note, err := k.BackupNote(ctx, c.ID)
		if err != nil {
			return s, err
		}
		handed, err := k.d.Databases.HandedOver(ctx, c.ID)
		if err != nil {
			k.d.Log.WarnContext(ctx, "the company's file does not tell whether it was handed over", "company", c.ID, "error", err)
		}
		s.Companies = append(s.Companies, Standing{
			Company: c, MadeAt: note.MadeAt, CheckedAt: note.CheckedAt, File: note.File, Failed: note.Failed, HandedOver: handed,
		})
	}
	return s, nil
}

// lookForDue is how often a program that stays open looks whether a daily backup is due, and how long it rests behind one
// that failed.
const lookForDue = 15 * time.Minute

// KeepBackups makes the daily backups of all companies by itself until ctx ends. The window calls it.
func (k *Maker) KeepBackups(ctx context.Context) {
	tick := time.NewTicker(lookForDue)
	defer tick.Stop()
	for {
		if err := k.BackUpDue(ctx); err != nil && ctx.Err() == nil {
			k.d.Log.WarnContext(ctx, "a daily backup was not made", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// BackUpDue backs up the companies whose daily backup is due.
func (k *Maker) BackUpDue(ctx context.Context) error {
	s, err := k.BackupState(ctx)
	if err != nil || !s.Protected {
		return err
	}
	_, err = k.BackUp(ctx, s.Due(k.d.Now()), &Progress{})
	return err
}

// EraseBackups removes the backups of a company that was removed, under each name that it had, and counts them. What may be another
// company's stays, here being those that are left.
func (k *Maker) EraseBackups(ctx context.Context, r Removed, here []domain.Company) (n int, err error) {
	note, err := k.BackupNote(ctx, r.ID)
	if err != nil {
		return 0, err
	}
	stem := k.d.FileName(r.Name)
	var others []string
	for _, c := range here {
		theirs, err := k.BackupNote(ctx, c.ID)
		if err != nil {
			return 0, err
		}
		others = append(append(others, k.d.FileName(c.Name)), theirs.Stems...)
	}
	files, err := k.d.Folder.List()
	if err != nil {
		return 0, err
	}
	for _, f := range Alone(files, append(note.Stems, stem, apart(stem, r.ID)), others) {
		if err := k.d.Folder.Remove(f.Path); err != nil {
			return n, err
		}
		n++
	}
	return n, k.SaveBackupNote(ctx, r.ID, Note{})
}

// Exclusively does work while nobody else works on backups, see Packer.
func (k *Maker) Exclusively(ctx context.Context, work func() error) error {
	return k.d.Packer.Exclusively(ctx, work)
}
