package files

import (
	"context"

	"github.com/sopyo/sopyo-desktop/domain/listing"
	"github.com/sopyo/sopyo-desktop/gui/kit"
)

// newLastImport names the file of products that was taken last, and takes it back.
func newLastImport(e *env, escape func()) *kit.LastFile {
	return kit.NewLastFile(e.Env, func(ctx context.Context) (*kit.TakenFile, error) {
		last, ok, err := e.co.LastImport(ctx)
		if err != nil || !ok {
			return nil, err
		}
		name := oneLine(last.File)
		return &kit.TakenFile{
			Name: name, Words: oneLine(e.Imported(last)),
			Plan: func(ctx context.Context) ([]string, bool, error) {
				r, err := e.co.PlanUndoImport(ctx, last.ID)
				return e.TakingBack(r), r.Restored+r.Removed > 0, err
			},
			Undo: func(ctx context.Context, count *listing.Count) (string, error) {
				r, err := e.co.UndoImport(ctx, last.ID, count)
				return e.TakenBack(name, r), err
			},
		}, nil
	}, func() {}, escape)
}
