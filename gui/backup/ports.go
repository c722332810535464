package backup

import (
	"context"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/backup"
	"github.com/sopyo/sopyo-desktop/gui/kit"
)

// Company is what the screen asks of the company. Every method may block.
type Company interface {
	// HandOver writes the company into a file for another machine to go on with, "": into the folder of backups, and stops
	// issuing invoices here. KindBusy: invoices are being made.
	HandOver(ctx context.Context, path string, password domain.Secret, p *backup.Progress) (backup.Made, error)
	// TakeBackHandOver goes on issuing invoices here.
	TakeBackHandOver(ctx context.Context) error
	// HandedOver tells when that was, the zero time while it was not.
	HandedOver(ctx context.Context) (time.Time, error)
}

// Machine is what it asks of the machine.
type Machine interface {
	Keeper
	Restorer
	Removal
}

// Keeper makes backups.
type Keeper interface {
	BackupState(ctx context.Context) (backup.State, error)
	// BackUpAll backs up every company that has changed since its last backup. KindInvalid (field "password"): there is no
	// password.
	BackUpAll(ctx context.Context, p *backup.Progress) ([]backup.Made, error)
	// SaveBackupPassword keeps the password of backups from now on; sessionOnly: there is no keyring.
	SaveBackupPassword(ctx context.Context, password, again domain.Secret) (sessionOnly bool, err error)
}

// Restorer restores them.
type Restorer interface {
	// Backups gives those in the folder of backups, the newest first.
	Backups(ctx context.Context) ([]backup.File, error)
	// LookIntoBackup tells what a file holds and what restoring it would do.
	LookIntoBackup(ctx context.Context, path string, password domain.Secret) (backup.Restoring, error)
	// BackupPassword is the kept one, an empty one where there is none.
	BackupPassword(ctx context.Context) (password domain.Secret, sessionOnly bool, err error)
	// Restore does it: companies that are replaced are closed, and have to be opened anew.
	Restore(ctx context.Context, path string, password domain.Secret, p *backup.Progress) ([]domain.Company, error)
}

// Removal is what becomes of companies that were removed.
type Removal interface {
	RemovedCompanies(ctx context.Context) ([]backup.Removed, error)
	BringBack(ctx context.Context, r backup.Removed) (domain.Company, error)
	// Erase erases one for good. KindInvalid (field "word"): the word was not typed.
	Erase(ctx context.Context, r backup.Removed, word string) (backup.Erased, error)
}

// env is what everything of the screen is given.
type env struct {
	*kit.Env
	co      Company
	machine Machine
	*kit.Leaves
}
