package gui

import (
	"context"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	backups "github.com/sopyo/sopyo-desktop/domain/backup"
	"github.com/sopyo/sopyo-desktop/gui/backup"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/kit/kittest"
)

// backedUp is a machine that has one backup.
type backedUp struct{ backup.Machine }

func (backedUp) BackupState(context.Context) (backups.State, error) {
	return backups.State{Folder: "/home/ayşe/Sopyo/Yedek"}, nil
}

func (backedUp) Backups(context.Context) ([]backups.File, error) { return nil, nil }

func (backedUp) BackupPassword(context.Context) (domain.Secret, bool, error) {
	return domain.Secret{}, false, nil
}

func (backedUp) RemovedCompanies(context.Context) ([]backups.Removed, error) { return nil, nil }

// staying is a company that was never handed over.
type staying struct{ Ports }

func (staying) HandedOver(context.Context) (time.Time, error) { return time.Time{}, nil }

// Where no company can be shown because its file is lost, the window says so beside the backups, from which it comes back.
func TestWindow_beginsAtTheBackupsWhenTheCompanyIsLost(t *testing.T) {
	onStageWith(t, kittest.NewCompany(), func(s *stage, cfg *Config) {
		s.Kept.M[PreferenceSection] = kit.PlaceReview.Number()
		cfg.Backups, cfg.First.Ports = backedUp{}, staying{cfg.First.Ports}
		cfg.Lost = &domain.Error{Kind: domain.KindData, Op: "open", Field: "/home/ayşe/Sopyo/Yedek", Detail: domain.DataLost}
	}, func(s *stage) {
		s.in(kit.PlaceBackup)
		s.asks("Şirket açılamadı", "/home/ayşe/Sopyo/Yedek")
		s.answer("Tamam")
		s.Settle()
		s.in(kit.PlaceBackup)
		s.asksNothing()
	})
}
