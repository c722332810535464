package app_test

import (
	"archive/zip"
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/cmd/internal/app"
	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/issuing"
	"github.com/sopyo/sopyo-desktop/domain/mail"
	"github.com/sopyo/sopyo-desktop/domain/monthend"
	"github.com/sopyo/sopyo-desktop/domain/orders"
)

// ofAMonth is a seller with two issued invoices of this month, and where its documents lie.
func ofAMonth(t *testing.T) (s *seller, home string) {
	t.Helper()
	home = t.TempDir()
	t.Setenv("HOME", home)
	t.Setenv("USERPROFILE", home)
	s = openSeller(t)
	sales, _ := traveller()
	s.imports(s.c, sales[:2])
	if done, err := issued(t.Context(), s.c, issuing.Request{Wish: orders.WishFormalise}); err != nil || done.Issued != 2 {
		t.Fatalf("%+v, %v", done, err)
	}
	return s, home
}

// namesIn gives what a zip holds.
func namesIn(t *testing.T, data []byte) (names []string) {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range z.File {
		names = append(names, f.Name)
	}
	return names
}

func TestMonths_areSavedMailedAndMarkedAsSent(t *testing.T) {
	ctx := t.Context()
	s, home := ofAMonth(t)
	m := monthend.MonthOf(time.Now())
	p, err := s.c.PlanMonth(ctx, m)
	if err != nil || p.Invoices != 2 || p.NoPDF != 2 || p.NoUBL != 2 || !p.ClosedAt.IsZero() {
		t.Fatalf("%+v, %v", p, err)
	}
	paths, err := s.c.SaveMonth(ctx, m, monthend.Ask{Documents: true}, true, new(monthend.Progress))
	if err != nil || len(paths) != 1 || !strings.HasPrefix(paths[0], home) || filepath.Base(paths[0]) != m.String()+".zip" {
		t.Fatal(paths, err)
	}
	data, err := os.ReadFile(paths[0])
	if err != nil {
		t.Fatal(err)
	}
	held := strings.Join(namesIn(t, data), "\n")
	for _, name := range []string{m.String() + " Deneme/ozet.pdf", "/pdf/" + s.standing()["3000000001"][0].Number + ".pdf", "SHA256SUMS"} {
		if !strings.Contains(held, name) {
			t.Errorf("%s is not in the package:\n%s", name, held)
		}
	}
	if p, err = s.c.PlanMonth(ctx, m); err != nil || p.NoPDF+p.NoUBL != 0 || !p.ClosedAt.IsZero() {
		t.Errorf("after saving: %+v, %v", p, err)
	}

	// Without a sender it is a draft, and nothing was sent.
	mailed, err := s.c.MailMonth(ctx, m, monthend.Ask{}, new(monthend.Progress))
	if err != nil || mailed.Letter.ID != 0 || filepath.Ext(mailed.Draft) != ".eml" {
		t.Fatalf("%+v, %v", mailed, err)
	}
	if p, err = s.c.PlanMonth(ctx, m); err != nil || !p.ClosedAt.IsZero() {
		t.Errorf("after a draft: %+v, %v", p, err)
	}
	settings := mail.Settings{Host: "127.0.0.1", Port: 1, Security: mail.SecurityNone, From: "dukkan@example.com", To: "muhasebe@example.com"}
	if _, err := s.c.SaveMailSettings(ctx, settings, nil); err != nil {
		t.Fatal(err)
	}
	mailed, err = s.c.MailMonth(ctx, m, monthend.Ask{}, new(monthend.Progress))
	if err != nil || mailed.Letter.ID == 0 || mailed.Letter.To != "muhasebe@example.com" || mailed.Draft != "" {
		t.Fatalf("%+v, %v", mailed, err)
	}
	l, err := s.c.Letter(ctx, mailed.Letter.ID)
	if err != nil || l.Content.File.Name != m.String()+" Deneme.zip" || !strings.Contains(l.Content.Text, "2") || len(namesIn(t, l.Content.File.Data)) != len(namesIn(t, data)) {
		t.Errorf("%q, %q: %v", l.Content.File.Name, l.Content.Text, err)
	}
	if p, err = s.c.PlanMonth(ctx, m); err != nil || p.ClosedAt.IsZero() {
		t.Errorf("after it was mailed: %+v, %v", p, err)
	}
}

// One company of a machine that holds another is told apart by its name; one that another program has open ends it.
func TestMonths_ofAllCompanies(t *testing.T) {
	ctx := t.Context()
	s, _ := ofAMonth(t)
	if err := s.c.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := s.app.NewCompany(ctx, "Öteki", false); err != nil {
		t.Fatal(err)
	}
	all := app.NewRunners(s.app)
	t.Cleanup(func() { _ = all.Close() })
	m := monthend.MonthOf(time.Now())
	plans, err := all.PlanMonths(ctx, m)
	if err != nil || len(plans) != 2 || plans[0].Company != "Deneme" || plans[0].Invoices != 2 || plans[1].Company != "Öteki" || plans[1].Invoices != 0 {
		t.Fatalf("%+v, %v", plans, err)
	}
	paths, err := all.SaveMonths(ctx, m, monthend.Ask{}, false, new(monthend.Progress))
	if err != nil || len(paths) != 2 || filepath.Base(paths[1]) != m.String()+" Öteki" {
		t.Fatal(paths, err)
	}
	mailed, err := all.MailMonths(ctx, m, monthend.Ask{}, new(monthend.Progress))
	if err != nil || len(mailed) != 2 || mailed[1].Draft == "" {
		t.Fatalf("%+v, %v", mailed, err)
	}
	if err := all.SendMonths(ctx, m); err != nil {
		t.Fatal(err)
	}
	if plans, err = all.PlanMonths(ctx, m); err != nil || plans[0].ClosedAt.IsZero() || plans[1].ClosedAt.IsZero() {
		t.Errorf("%+v, %v", plans, err)
	}
}

func TestSaveInvoiceFile_wantsAWholePath(t *testing.T) {
	ctx := t.Context()
	s, home := ofAMonth(t)
	id := s.record("3000000001").ID
	if err := s.c.SaveInvoiceFile(ctx, id, issuing.DocumentPDF, "fatura.pdf"); domain.KindOf(err) != domain.KindInvalid {
		t.Errorf("a path that begins nowhere: %v", err)
	}
	path, err := s.c.InvoiceFilePath(ctx, id, issuing.DocumentPDF)
	if err != nil || !strings.HasPrefix(path, home) || filepath.Base(path) != s.record("3000000001").Number+".pdf" {
		t.Fatal(path, err)
	}
	if err := s.c.SaveInvoiceFile(ctx, id, issuing.DocumentPDF, path); err != nil {
		t.Fatal(err)
	}
	if data, err := os.ReadFile(path); err != nil || !bytes.HasPrefix(data, []byte("%PDF-")) {
		t.Errorf("%.10q, %v", data, err)
	}
}
