package app

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/mail"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
)

// ended is a data folder whose company has a transfer that was stopped, to is who gets its report. Nobody
// was there to write it: the program was killed in that moment.
func ended(t *testing.T, to string) (*App, domain.Company, transfer.Run) {
	t.Helper()
	a, err := Open(t.Context(), Options{DataDir: t.TempDir(), Lang: "tr"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = a.Close() })
	info, err := a.NewCompany(t.Context(), "Ahmet 12345678950 / Ltd. Şti.", false)
	if err != nil {
		t.Fatal(err)
	}
	c := opened(t, a, info)
	run, err := c.Store.CreateRun(t.Context(), transfer.Run{
		State: transfer.StateStopped, Phase: transfer.PhaseApply, Options: transfer.Options{ReportTo: to, Currency: domain.TRY}, ConfirmedAt: time.Now(),
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	return a, info, run
}

// opened is a company that is closed with the test, if not before: the reports that an opening finds missing are
// written beside the test, which takes the folder under them away.
func opened(t *testing.T, a *App, info domain.Company) *Company {
	t.Helper()
	c, err := a.OpenCompany(t.Context(), info)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := c.Close(); err != nil {
			t.Error(err)
		}
	})
	return c
}

func TestReport_thatAKillHasLeftOutIsWrittenAtTheNextStart(t *testing.T) {
	a, info, run := ended(t, "ali@example.com")
	for range 2 { // once is enough
		if err := opened(t, a, info).Close(); err != nil {
			t.Fatal(err)
		}
	}
	c := opened(t, a, info)
	defer c.Close()
	saved, ok, err := c.SavedReport(t.Context(), run.ID)
	if err != nil || !ok || saved.Draft == "" {
		t.Fatalf("%+v, %v, %v", saved, ok, err)
	}
	page, err := os.ReadFile(saved.HTML)
	if err != nil || !strings.Contains(string(page), "12345678950") {
		t.Errorf("the person's own file hides a number, %v", err)
	}
	draft, err := os.ReadFile(saved.Draft)
	if err != nil || strings.Contains(string(draft), "12345678950") || !strings.Contains(string(draft), "X-Unsent: 1") {
		t.Errorf("the draft shows a number, or is none, %v", err)
	}
	files, err := os.ReadDir(filepath.Dir(saved.HTML))
	if err != nil || len(files) != 3 {
		t.Errorf("%d files, %v; want page, workbook and draft, once", len(files), err)
	}
}

func TestReport_ofSomebodyWhoseAddressIsNoneIsSavedAllTheSame(t *testing.T) {
	a, info, run := ended(t, "ali\r\nBcc: veli@example.com")
	c := opened(t, a, info)
	defer c.Close()
	if err := c.SaveReports(t.Context()); err != nil {
		t.Fatal(err)
	}
	if saved, ok, err := c.SavedReport(t.Context(), run.ID); err != nil || !ok || saved.HTML == "" || saved.Draft != "" {
		t.Errorf("%+v, %v, %v", saved, ok, err)
	}
	if _, n, err := c.Letters(t.Context(), mail.Query{}); err != nil || n != 0 {
		t.Errorf("%d letters, %v", n, err)
	}
}

func TestReport_takenAwayIsWrittenAgain(t *testing.T) {
	a, info, run := ended(t, "")
	c := opened(t, a, info)
	defer c.Close()
	first, err := c.ReportFile(t.Context(), run.ID)
	if err != nil {
		t.Fatal(err)
	}
	if again, err := c.ReportFile(t.Context(), run.ID); err != nil || again != first {
		t.Errorf("%s, then %s, %v", first, again, err)
	}
	if err := os.Remove(first); err != nil {
		t.Fatal(err)
	}
	if again, err := c.ReportFile(t.Context(), run.ID); err != nil {
		t.Error(err)
	} else if _, err := os.Stat(again); err != nil {
		t.Error(err)
	}
}
