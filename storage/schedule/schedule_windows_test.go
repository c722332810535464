package schedule

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain/unattended"
)

// The Task Scheduler itself takes the task, knows it again and gives it up, for a person who is no administrator. That of wine 8 takes it
// too, and answers no question.
func TestTasks_areTakenByTheTaskScheduler(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "Şirket Dosyaları & %1")
	s, err := New(Task{Program: os.Args[0], Args: []string{"--data", folder, "work"}, Folder: folder})
	if err != nil {
		t.Fatal(err)
	}
	_, err = start(t.Context(), "schtasks", "/query", "/tn", "Sopyo-there-is-none")
	answers := err != nil
	is := func(want unattended.Standing) {
		t.Helper()
		if got, err := s.Standing(t.Context()); err != nil || answers && got != want {
			t.Errorf("%s, %v; want %s", got, err, want)
		}
	}
	is(unattended.Off)
	if err := s.Schedule(t.Context()); err != nil {
		t.Fatal(err)
	}
	is(unattended.On)
	if err := s.Schedule(t.Context()); err != nil {
		t.Errorf("again: %v", err)
	}
	if err := s.Unschedule(t.Context()); err != nil {
		t.Fatal(err)
	}
	is(unattended.Off)
}
