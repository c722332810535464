package transfer

import (
	"testing"

	"github.com/sopyo/sopyo-desktop/gui/kit/kittest"
)

func TestTransferWizard_asksWhoGetsTheReport(t *testing.T) {
	shop := kittest.NewTransfers(10, 1)
	shop.Mail = kittest.NewReadyMail()
	kittest.OnTransfers(t, shop, func(d *kittest.TransfersScreen) {
		s := transfers(d)
		d.Tap("Ürünleri Aktar")
		how := options(d, s)
		if how.report.entry.Text != "ali@example.com" {
			t.Errorf("the settings' address is not proposed: %q", how.report.entry.Text)
		}
		how.report.entry.SetText("ali")
		d.Tap("Tamam")
		d.Reads("Seçenekler", "Bu bir e-posta adresi değil.")
		how.report.entry.SetText(" veli@example.com ")
		d.Tap("Tamam")
		d.Reads("rapor veli@example.com adresine gider")
		if to := s.wizard.options.ReportTo; to != "veli@example.com" {
			t.Errorf("the report goes to %q", to)
		}
	})
}
