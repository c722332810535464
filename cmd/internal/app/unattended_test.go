package app

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/storage/isbasi/sandbox"
)

func TestScheduler_leavesTheUsualFolderUnnamed(t *testing.T) {
	home := t.TempDir()
	person(t, home)
	usual, err := dataFolder("")
	if err != nil {
		t.Fatal(err)
	}
	other := filepath.Join(home, "veri ğ & 1")
	for named, folder := range map[string]string{"": "", usual: "", other: other} {
		s, err := Scheduler(named)
		if err != nil || s.Folder != folder || strings.Contains(strings.Join(s.Args, " "), "--data") != (folder != "") {
			t.Errorf("%q: %+v, %v", named, s, err)
		}
	}
}

// Whoever opens a company that is worked on unattended gets it: what is at work there gives way.
func TestOpenCompany_waitsForAGuestToGiveWay(t *testing.T) {
	h := newHouse(t, sandbox.Options{})
	info := h.Info
	if err := h.Company.Close(); err != nil {
		t.Fatal(err)
	}
	g, err := h.app.openGuest(t.Context(), info)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.app.openGuest(t.Context(), info); domain.KindOf(err) != domain.KindBusy {
		t.Errorf("a second guest: %v", err)
	}
	select {
	case <-g.Wanted():
		t.Error("wanted by nobody")
	default:
	}
	left := make(chan error, 1)
	go func() {
		<-g.Wanted()
		left <- g.Close()
	}()
	h.Company, err = h.app.OpenCompany(t.Context(), info)
	if err != nil {
		t.Fatal(err)
	}
	if err := <-left; err != nil {
		t.Error(err)
	}
	if _, err := h.app.openGuest(t.Context(), info); domain.KindOf(err) != domain.KindBusy { // and nobody is asked to give way
		t.Errorf("while it is open: %v", err)
	}
	if _, err := h.app.OpenCompany(t.Context(), info); domain.KindOf(err) != domain.KindBusy {
		t.Errorf("a second window: %v", err)
	}
}

// A data folder may lie deeper than the 260 characters that Windows used to know.
func TestOpen_takesALongPath(t *testing.T) {
	deep := filepath.Join(t.TempDir(), strings.Repeat("uzun klasör adı ğ", 6), strings.Repeat("bir daha İ", 10), strings.Repeat("ve bir daha", 10))
	a, err := Open(t.Context(), Options{DataDir: deep})
	if err != nil {
		t.Fatal(err)
	}
	info, err := a.EnsureCompany(t.Context(), "", "Firmam")
	if err != nil {
		t.Fatal(err)
	}
	c, err := a.OpenCompany(t.Context(), info)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(c.Close(), a.Close()); err != nil || len(deep) < 300 {
		t.Errorf("%d characters: %v", len(deep), err)
	}
}
