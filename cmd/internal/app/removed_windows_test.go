package app

import (
	"errors"
	"syscall"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/storage/disk"
	"github.com/sopyo/sopyo-desktop/storage/isbasi/sandbox"
)

// A company whose file another program is copying stays as it is, with its secrets and in the list, until it is free.
func TestRemoveCompany_leavesWhatAnotherProgramHasOpen(t *testing.T) {
	h := newHouse(t, sandbox.Options{})
	h.signIn()
	info, path := h.Info, h.app.files.Path(h.Info.ID)
	if err := h.Close(); err != nil {
		t.Fatal(err)
	}
	name, err := syscall.UTF16PtrFromString(path)
	if err != nil {
		t.Fatal(err)
	}
	file, err := syscall.CreateFile(name, syscall.GENERIC_READ, syscall.FILE_SHARE_READ|syscall.FILE_SHARE_WRITE, nil, syscall.OPEN_EXISTING, 0, 0)
	if err != nil {
		t.Fatal(err)
	}
	_, err = h.app.RemoveCompany(t.Context(), info)
	var e *domain.Error
	if !errors.As(err, &e) || e.Kind != domain.KindDisk || e.Detail != "held" {
		t.Errorf("%v, want that another program has it open", err)
	}
	if all, err := h.app.Machine.Companies(t.Context()); err != nil || len(all) != 1 || !disk.Holds(path) || h.vault.secrets(string(info.ID))["api-key"] != sandbox.DemoKey {
		t.Errorf("%+v, %v, its file is there: %v", all, err, disk.Holds(path))
	}
	time.AfterFunc(300*time.Millisecond, func() { _ = syscall.CloseHandle(file) })
	if archive, err := h.app.RemoveCompany(t.Context(), info); err != nil || !disk.Holds(archive) || disk.Holds(path) {
		t.Errorf("freed meanwhile: %s, %v", archive, err)
	}
}
