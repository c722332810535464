package gui

import (
	"strings"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/quota"
	"github.com/sopyo/sopyo-desktop/domain/words"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/kit/kittest"
)

func TestHeader_saysWhatMayStillBeReadAndTheRestInItsTooltip(t *testing.T) {
	at := time.Date(2026, 11, 23, 11, 5, 0, 0, time.UTC)
	o := kittest.NewCompany().Authorised()
	o.Spent = quota.Usage{
		Month: "2026-11", Reads: 388, KeyReads: 500, Writes: 12, KeyWrites: 12, ReadLimit: 3000, WriteLimit: 7000, ReadReserve: 200, WriteReserve: 300,
	}
	o.Saved = 1234
	onStage(t, o, kit.PlaceGuide, func(s *stage) {
		s.Reads("Bağlı · entegrasyon kapalı · 2.300 okuma kaldı")
		tip := s.w.header.light.ToolTip()
		for _, want := range []string{"500 / 3.000 okuma", "12 / 7.000 yazma", "200 okuma ve 300 yazma", "bu şirketin okuması 388", "1.234 okuma kazanıldı"} {
			if !strings.Contains(tip, want) {
				t.Errorf("%q is not in %q", want, tip)
			}
		}
		o.Mu.Lock()
		o.Spent.ReadExhausted = quota.Exhaustion{Since: at, AskedAt: at}
		o.Mu.Unlock()
		s.w.Refresh()
		s.Settle()
		s.Reads("okuma kotası doldu")
		s.ReadsNot("okuma kaldı")
		if tip := s.w.header.light.ToolTip(); !strings.Contains(tip, "23.11.2026 14:05") || !strings.Contains(tip, "24.11.2026 00:00") {
			t.Errorf("%q", tip)
		}
	})
}

func TestErrorText_ofTheQuotaSaysWhenItGoesOn(t *testing.T) {
	for _, text := range kittest.Texts(t) {
		full := &domain.Error{Kind: domain.KindQuota, Detail: "2026-12-01 00:00"}
		reserved := &domain.Error{Kind: domain.KindQuota, Detail: "2026-12-01 00:00", Err: quota.ErrReserve}
		a, b := words.New(text.Lang, text.T).Error(full), words.New(text.Lang, text.T).Error(reserved)
		for _, s := range []string{a, b} {
			if !strings.Contains(s, domain.FormatTime(time.Date(2026, 11, 30, 21, 0, 0, 0, time.UTC), text.Lang)) {
				t.Errorf("%s: %q", text.Lang, s)
			}
		}
		if a == b {
			t.Errorf("%s: the reserve is not named", text.Lang)
		}
		named := words.New(text.Lang, text.T).Error(&domain.Error{Kind: domain.KindOtherFirm, Detail: "Alfa"})
		if !strings.Contains(named, "(Alfa)") {
			t.Errorf("%q", named)
		}
	}
}
