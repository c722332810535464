package files

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/listing"
	"github.com/sopyo/sopyo-desktop/storage/files/filestest"
)

func TestOpen_ofWhatIsNoFile(t *testing.T) {
	want := map[string]string{filepath.Join(t.TempDir(), "yok.csv"): "file.not-found", t.TempDir(): "file.folder"}
	if runtime.GOOS == "linux" {
		want["/dev/zero"] = "file.not-a-file"
	}
	for path, key := range want {
		if _, err := Open(t.Context(), path, listing.Reading{}); filestest.Detail(err) != key || domain.KindOf(err) != domain.KindFile {
			t.Errorf("%s: %v, want %s", path, err, key)
		}
	}
}

// threeKinds are 1,000 products as CSV, XLSX and XML.
func threeKinds(t *testing.T) map[string]string {
	t.Helper()
	return map[string]string{
		"a.csv":  "Kod;Ad\n" + strings.Repeat("1;a\n", 1000),
		"a.xlsx": filestest.WorkbookOf(t, "", filestest.SheetOf(filestest.Inline("Kod", "Ad"), strings.Repeat(filestest.Inline("1", "a"), 1000))),
		"a.xml":  "<r>" + strings.Repeat("<p><kod>1</kod><ad>a</ad></p>", 1000) + "</r>",
	}
}

func TestRows_refuseAFileThatChangesMeanwhile(t *testing.T) {
	for name, content := range threeKinds(t) {
		t.Run(name, func(t *testing.T) {
			for what, change := range map[string]func(path string) error{
				"rewritten": func(path string) error {
					return errors.Join(os.WriteFile(path, []byte(content), 0o600), os.Chtimes(path, time.Time{}, time.Now().Add(time.Hour)))
				},
				"cut": func(path string) error { return os.Truncate(path, int64(len(content)/2)) },
				"longer": func(path string) error {
					return os.WriteFile(path, []byte(content+"\n"), 0o600)
				},
			} {
				path := filestest.Written(t, name, content)
				f := opened(t, path)
				rows := 0
				var last error
				for _, err := range f.Rows() {
					if last = err; err != nil {
						break
					}
					if rows++; rows == 1 {
						if err := change(path); err != nil {
							t.Fatal(err)
						}
					}
				}
				if filestest.Detail(last) != "file.changed" {
					t.Errorf("%s: %v after %d rows", what, last, rows)
				}
			}
		})
	}
}

func TestOpen_canBeCancelled(t *testing.T) {
	for name, content := range threeKinds(t) {
		t.Run(name, func(t *testing.T) {
			ctx, cancel := context.WithCancel(t.Context())
			path := filestest.Written(t, name, content)
			f, err := Open(ctx, path, listing.Reading{})
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = f.Close() })
			cancel()
			for _, rowErr := range f.Rows() {
				err = rowErr
			}
			if domain.KindOf(err) != domain.KindCancelled {
				t.Errorf("rows: %v", err)
			}
			if _, err := Open(ctx, path, listing.Reading{}); domain.KindOf(err) != domain.KindCancelled {
				t.Errorf("open: %v", err)
			}
		})
	}
}
