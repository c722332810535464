package review

import (
	"slices"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/mail"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/gui/kit/kittest"
)

// onReport runs f with section 6 in view, over one transfer.
func onReport(t *testing.T, p *kittest.Mail, r transfer.Run, f func(s *kittest.TransfersScreen)) {
	t.Helper()
	shop := kittest.NewTransfers(0, 0)
	r.ConfirmedAt = time.Now()
	shop.KeptRuns, shop.Mail = []transfer.Run{r}, p
	kittest.OnTransfers(t, shop, func(s *kittest.TransfersScreen) {
		counters(s)
		f(s)
	})
}

func doneRun() transfer.Run {
	return transfer.Run{ID: 7, State: transfer.StateDone, Phase: transfer.PhaseEnd, Counters: transfer.Counters{Read: 3, Transferred: 3, Matched: 2, Unmatched: 1}}
}

func TestReport_opensInTheBrowserAndIsMailed(t *testing.T) {
	p := kittest.NewReadyMail()
	p.Becomes = mail.Letter{State: mail.StateSent}
	onReport(t, p, doneRun(), func(s *kittest.TransfersScreen) {
		s.Tap("Raporu Aç")
		if !slices.Equal(s.Visited, []string{"/belgeler/Sopyo/Raporlar/Deneme #1/rapor.html"}) || !slices.Equal(p.Reported, []int64{7}) {
			t.Errorf("visited %v, reported %v", s.Visited, p.Reported)
		}
		s.Tap("E-posta Gönder")
		s.Asks()
		s.Answer("Gönder") // to whom the settings propose
		s.Reads("ali@example.com adresine gönderildi.")
		p.Becomes = mail.Letter{State: mail.StateRefused, Cause: domain.KindMailRefused, Detail: "550 yok"}
		s.Tap("E-posta Gönder")
		s.Answer("Gönder")
		s.Reads("ali@example.com adresine gönderilemedi. E-posta sunucusu iletiyi kabul etmedi. (550 yok)")
		if !slices.Equal(p.SentTo, []string{"ali@example.com", "ali@example.com"}) {
			t.Errorf("sent to %v", p.SentTo)
		}
	})
}

func TestReport_withoutAServerADraftIsOpened(t *testing.T) {
	p := kittest.NewMail()
	p.Draft = "/belgeler/bekleyen.eml"
	r := doneRun()
	r.Options.ReportTo = "mudur@example.com"
	onReport(t, p, r, func(s *kittest.TransfersScreen) {
		s.Reads("mudur@example.com adresine gidecek rapor taslak olarak bekliyor.")
		s.Tap("E-posta Gönder")
		s.Answer("Taslağı Aç")
		if !slices.Equal(p.SentTo, []string{"mudur@example.com"}) || !slices.Equal(s.Visited, []string{"/belgeler/rapor.eml"}) {
			t.Errorf("sent to %v, visited %v", p.SentTo, s.Visited)
		}
	})
}

func TestReport_isNotOfferedWhileTheTransferWorks(t *testing.T) {
	r := doneRun()
	r.State = transfer.StateApplying
	onReport(t, kittest.NewReadyMail(), r, func(s *kittest.TransfersScreen) { s.ReadsNot("Raporu Aç") })
}
