package gui

import (
	"context"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/quota"
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
