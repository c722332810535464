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

func TestFooter_saysWhatTheFigureCannot(t *testing.T) {
	at := time.Date(2026, 11, 23, 11, 5, 0, 0, time.UTC)
	o := kittest.NewCompany()
	o.Spent = quota.Usage{
		Month: "2026-11", Reads: 388, KeyReads: 2500, Writes: 12, KeyWrites: 12, ReadLimit: 3000, WriteLimit: 7000,
		ReadReserve: 200, WriteReserve: 500, ReadExhausted: quota.Exhaustion{Since: at, AskedAt: at},
	}
	o.Saved = 1234
	onStage(t, o, kit.PlaceGuide, func(s *stage) {
		s.Reads("okuma 2.500 / 3.000 · doldu", "yazma 12 / 7.000")
		reads, writes := s.w.footer.reads.ToolTip(), s.w.footer.writes.ToolTip()
		for _, want := range []string{"Son 200 çağrı", "bu şirketinki 388", "23.11.2026 14:05", "24.11.2026 00:00", "1.234 okuma kazanıldı"} {
			if !strings.Contains(reads, want) {
				t.Errorf("%q is not in %q", want, reads)
			}
		}
		if !strings.Contains(writes, "Son 500 çağrı") || strings.Contains(writes, "bu şirketinki") || strings.Contains(writes, "2026") || strings.Contains(writes, "kazanıldı") {
			t.Errorf("%q", writes)
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
