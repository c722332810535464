package backup

import (
	"context"
	"errors"
	"path/filepath"

	"github.com/sopyo/sopyo-desktop/domain"
)

// Restorer puts what backups hold into the place of what is here.
type Restorer struct {
	maker *Maker
	swap  Swap
	locks Locks
}

// NewRestorer makes the one of a machine, whose present state maker backs up first.
func NewRestorer(maker *Maker, swap Swap, locks Locks) *Restorer {
	return &Restorer{maker, swap, locks}
}

// LookIntoBackup tells what the backup at path holds and what restoring it would do; nothing is changed. KindFile (detail
// "backup"): it cannot be read; KindNoBackup; KindBackupPassword; KindBackupDamaged; KindBackupNewer.
func (r *Restorer) LookIntoBackup(ctx context.Context, path string, password domain.Secret) (Restoring, error) {
	version, err := r.maker.d.Databases.NewestVersion()
	if err != nil {
		return Restoring{}, err
	}
	m, err := r.maker.d.Reader.Read(ctx, path, password, version)
	if err != nil {
		return Restoring{}, err
	}
	here, err := r.maker.d.Machine.Companies(ctx)
	return Restoring{Manifest: m, Path: path, Changes: PlanRestore(m, here)}, err
}

// RestoreAlone is RestoreWith by a program that has no company open.
func (r *Restorer) RestoreAlone(ctx context.Context, path string, password domain.Secret, p *Progress) ([]domain.Company, error) {
	return r.RestoreWith(ctx, path, password, func([]domain.CompanyID) error { return nil }, p)
}

// RestoreWith puts what the backup at path holds into the place of what is here, and gives the companies. All of it is read,
// checked and brought to this program's version beside what is here first; then release is asked to give back the
// companies that it takes the place of, and their present state is backed up with the kept password, else this one. A kill
// at any moment leaves the old state or the new one whole. Their invoices wait until İşbaşı was asked.
func (r *Restorer) RestoreWith(ctx context.Context, path string, password domain.Secret, release func([]domain.CompanyID) error, p *Progress) (all []domain.Company, err error) {
	return all, r.maker.d.Packer.Exclusively(ctx, func() error {
		all, err = r.restore(ctx, path, password, release, p)
		return err
	})
}

func (r *Restorer) restore(ctx context.Context, path string, password domain.Secret, release func([]domain.CompanyID) error, p *Progress) (all []domain.Company, err error) {
	if err := r.swap.Resume(ctx, r.register); err != nil {
		return nil, err
	}
	found, err := r.LookIntoBackup(ctx, path, password)
	if err != nil {
		return nil, err
	}
	defer func() {
		if !r.swap.Pending() { // nothing was touched, or all is done
			err = errors.Join(err, r.swap.Resume(ctx, r.register))
		}
	}()
	replace, err := r.unpack(ctx, found, password, p)
	if err != nil {
		return nil, err
	}
	var present []domain.Company
	for _, ch := range found.Changes {
		all = append(all, ch.As)
		if ch.Present != nil {
			present = append(present, *ch.Present)
		}
	}
	if err := release(ids(present)); err != nil {
		return nil, err
	}
	give, err := r.take(present)
	defer func() { err = errors.Join(err, give()) }()
	if err != nil {
		return nil, err
	}
	for _, c := range present {
		if err := r.secure(ctx, c, password, p); err != nil {
			return nil, domain.Wrap(err, "back up %s first", c.Name)
		}
	}
	p.Enter(PhaseReplacing, 0)
	return all, r.swap.Do(ctx, replace, r.register)
}

// unpack lays the companies of a backup beside what is here, ready to take their places.
func (r *Restorer) unpack(ctx context.Context, found Restoring, password domain.Secret, p *Progress) (replace []Replacement, err error) {
	version, err := r.maker.d.Databases.NewestVersion()
	if err != nil {
		return nil, err
	}
	m, err := r.maker.d.Reader.Unpack(ctx, found.Path, password, version, r.swap.Unpacked(), p)
	if err != nil {
		return nil, err
	}
	for _, ch := range found.Changes {
		one, err := r.settle(ctx, m, ch)
		if err != nil {
			return nil, domain.Wrap(err, "restore %s", ch.Name)
		}
		replace = append(replace, one)
	}
	return replace, nil
}

// settle makes an unpacked company ready to take its place.
func (r *Restorer) settle(ctx context.Context, m Manifest, ch Change) (one Replacement, err error) {
	last, err := r.maker.d.Databases.Settle(ctx, filepath.Join(r.swap.Unpacked(), string(ch.ID)+".db"), m, ch.As)
	if err != nil {
		return one, err
	}
	one = Replacement{ID: ch.ID, As: ch.As, At: r.maker.d.Now().UTC()}
	if m.HandOver && m.MadeAt.Before(one.At) { // nothing was begun where it came from since
		one.At = m.MadeAt
	}
	mark, _, err := r.maker.d.Machine.InvoiceMark(ctx, ch.As.ID)
	one.Serial = max(last+1, mark) // beyond what the file knows: it is behind until İşbaşı was asked
	return one, err
}

// register makes a restored company known. It may come again after a kill.
func (r *Restorer) register(ctx context.Context, one Replacement) error {
	k := r.maker
	before, err := k.BackupNote(ctx, one.As.ID)
	note := Note{Stems: before.Stems} // the rest is of the file that was here before
	return errors.Join(err, k.d.Machine.SaveCompany(ctx, one.As), k.d.Machine.SaveInvoiceMark(ctx, one.As.ID, one.Serial, one.At),
		k.SaveBackupNote(ctx, one.As.ID, note))
}

// take takes companies for this process; give gives back those that it has taken, with the error too.
func (r *Restorer) take(all []domain.Company) (give func() error, err error) {
	var taken []func() error
	give = func() (err error) {
		for _, release := range taken {
			err = errors.Join(err, release())
		}
		return err
	}
	for _, c := range all {
		release, err := r.locks.Take(c.ID)
		if err != nil {
			return give, err
		}
		taken = append(taken, release)
	}
	return give, nil
}

func ids(all []domain.Company) (ids []domain.CompanyID) {
	for _, c := range all {
		ids = append(ids, c.ID)
	}
	return ids
}

// secure backs up the present state of a company before another takes its place. A file that is lost leaves nothing to
// back up; one that is damaged is kept as it is, among the removed.
func (r *Restorer) secure(ctx context.Context, info domain.Company, password domain.Secret, p *Progress) error {
	k := r.maker
	kept, _, err := k.BackupPassword(ctx)
	if err != nil {
		return err
	}
	if !kept.Empty() {
		password = kept
	}
	_, err = k.backUpHeld(ctx, info, password, p)
	var e *domain.Error
	switch {
	case domain.IsMissing(err):
		return nil
	case errors.As(err, &e) && e.Kind == domain.KindData && e.Detail != domain.DataNewer:
		archive, err := k.d.Databases.SetAside(info.ID, k.d.Now())
		k.d.Log.WarnContext(ctx, "the damaged file that a restored one takes the place of is kept", "company", info.ID, "archive", archive)
		return err
	default:
		return err
	}
}

// ResumeRestore goes on with a restore that a kill has cut off. One that another program is at is left alone: KindBusy.
func (r *Restorer) ResumeRestore(ctx context.Context) error {
	if !r.swap.Pending() {
		return nil
	}
	err := r.maker.d.Packer.Exclusively(ctx, func() error { return r.swap.Resume(ctx, r.register) })
	if err == nil {
		r.maker.d.Log.WarnContext(ctx, "a restore that was cut off has come to its end")
	}
	return err
}
