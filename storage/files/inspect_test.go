package files

import (
	"errors"
	"fmt"
	"os"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain"
)

func TestFileError_saysWhyAFileCannotBeLookedAt(t *testing.T) {
	for reason, cause := range map[string]error{"file.not-found": os.ErrNotExist, "file.no-permission": os.ErrPermission, "file.unreadable": os.ErrClosed} {
		var e *domain.Error
		if err := fileError(fmt.Errorf("open: %w", cause)); !errors.As(err, &e) || e.Kind != domain.KindFile || e.Detail != reason {
			t.Errorf("%v, want %s", err, reason)
		}
	}
}
