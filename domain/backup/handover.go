package backup

import (
	"context"
	"errors"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
)

// HandingOver is the company that is handed over to another machine.
type HandingOver interface {
	// HandedOver tells when that was, the zero time while it was not.
	HandedOver(ctx context.Context) (time.Time, error)
	SetHandedOver(ctx context.Context, at time.Time) error
}

// HandOver writes a company into the file at path, "": into the folder of backups, for another machine to go on with, and
// stops issuing invoices here: first that, then the copy, so that the other one knows of everything that was issued.
// With an error nothing has changed.
func (k *Maker) HandOver(ctx context.Context, info domain.Company, c HandingOver, path string, password domain.Secret, p *Progress) (made Made, err error) {
	before, err := c.HandedOver(ctx)
	if err != nil {
		return made, err
	}
	ours := path == ""
	if ours {
		if path, err = k.handOverPath(ctx, info); err != nil {
			return made, err
		}
	}
	return made, k.d.Packer.Exclusively(ctx, func() error {
		if err := c.SetHandedOver(ctx, k.d.Now()); err != nil {
			return err
		}
		made, err = k.pack(ctx, path, password, []domain.Company{info}, true, p)
		if err != nil {
			return errors.Join(err, c.SetHandedOver(context.WithoutCancel(ctx), before))
		}
		if ours { // it goes with the company should that be erased
			k.NoteName(ctx, info.ID, path)
		}
		return nil
	})
}

// NoteName remembers a file in the folder of backups. Without it the file stays where its company is erased for good.
func (k *Maker) NoteName(ctx context.Context, id domain.CompanyID, path string) {
	note, err := k.BackupNote(ctx, id)
	if err == nil {
		err = k.SaveBackupNote(ctx, id, note.Naming(path))
	}
	if err != nil {
		k.d.Log.WarnContext(ctx, "the name of a hand-over is not remembered", "company", id, "error", err)
	}
}

// handOverPath is a free name in the folder of backups, by which it is told from the daily ones.
func (k *Maker) handOverPath(ctx context.Context, info domain.Company) (string, error) {
	word, err := k.d.HandOverWord(ctx)
	if err != nil {
		return "", err
	}
	stem, err := k.Stem(ctx, info)
	if err != nil {
		return "", err
	}
	return k.d.Folder.Next(Name(stem+" "+word, k.d.Now()))
}
