package refusal

import (
	"fmt"
	"io"
	"os"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/storage/files/filestest"
)

// Errors of a file say which file, and keep what they say of themselves.
func TestLocated(t *testing.T) {
	for name, c := range map[string]struct {
		err  error
		want string
	}{
		"of the disk":         {filestest.ErrDisk, "file () file.unreadable"},
		"of a file cut off":   {fmt.Errorf("read: %w", os.ErrClosed), "file () file.unreadable"},
		"of an end too early": {fmt.Errorf("read: %w", io.ErrUnexpectedEOF), "file () file.broken"},
		"with a kind":         {New("file.nul", 3, filestest.ErrDisk), "file (3) file.nul"},
		"wrapped":             {fmt.Errorf("x: %w", domain.Invalid("sheet", "file.unknown-sheet")), "invalid (sheet) file.unknown-sheet"},
		"with line 0":         {New("file.nul", 0, nil), "file () file.nul"},
		"with line 1":         {New("file.nul", 1, nil), "file (1) file.nul"},
	} {
		err := Located("liste.csv", c.err)
		e, ok := err.(*domain.Error) //nolint:errorlint // that very one
		if !ok || fmt.Sprintf("%s (%s) %s", e.Kind, e.Field, e.Detail) != c.want || e.Op != "read liste.csv" {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
	}
}
