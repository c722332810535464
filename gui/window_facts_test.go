package gui

import (
	"context"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/quota"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/kit/kittest"
)

func TestFacts_failingPortIsSaidAndTheRestIsShown(t *testing.T) {
	o := kittest.NewCompany().Authorised()
	co := companyOf(o)
	co.Ports = brokenQuota{co.Ports}
	onStageWith(t, o, func(_ *stage, cfg *Config) { cfg.First = co }, func(s *stage) {
		s.Reads("Veriler diske yazılamadı.", "Bağlı · entegrasyon kapalı")
	})
}

type brokenQuota struct{ Ports }

func (brokenQuota) Usage(ctx context.Context) (u quota.Usage, err error) {
	return u, domain.E(domain.KindDisk, "usage", ctx.Err())
}

// A name that an older program let in, with what turns and steers, is drawn as letters on its line.
func TestWindow_drawsTheCompanysNameOnItsLine(t *testing.T) {
	office := kittest.NewCompany().Authorised()
	office.Info.Name = "Çay\nSAHTE\u202Efdp\x1b[2J"
	onStage(t, office, kit.PlaceGuide, func(s *stage) {
		const want = "Çay SAHTEfdp[2J"
		if title, picked := s.w.win.Title(), s.w.header.pick.Selected; title != "Sopyo – "+want || picked != want {
			t.Errorf("the title is %q, the switcher says %q", title, picked)
		}
	})
}
