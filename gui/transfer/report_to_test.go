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
		what, _ := s.wizard.steps[stepWhat].(*wizardWhat)
		if what.report.entry.Text != "ali@example.com" {
			t.Errorf("the settings' address is not proposed: %q", what.report.entry.Text)
		}
		what.report.entry.SetText("ali")
		d.Tap("Devam")
		d.Reads("Adım 1 / 4", "Bu bir e-posta adresi değil.")
		what.report.entry.SetText(" veli@example.com ")
		d.Tap("Devam")
		d.Reads("Adım 2 / 4")
		if to := s.wizard.options.ReportTo; to != "veli@example.com" {
			t.Errorf("the report goes to %q", to)
		}
	})
}
