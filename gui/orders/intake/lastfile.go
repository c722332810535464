package intake

import (
	"context"

	"github.com/sopyo/sopyo-desktop/domain/listing"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// NewLastFile names the file of orders that was taken last, and takes it back; undone is told when it did.
func NewLastFile(e *kit.Env, co Orders, undone, escape func()) *kit.LastFile {
	return kit.NewLastFile(e, func(ctx context.Context) (*kit.TakenFile, error) {
		last, ok, err := co.LastTaken(ctx)
		if err != nil || !ok {
			return nil, err
		}
		name := widgets.OneLine(last.File)
		return &kit.TakenFile{
			Name: name, Words: e.T("import.last", name, e.Moment(last.At), e.T("orders.take.new", last.Added)),
			Plan: func(ctx context.Context) ([]string, bool, error) {
				back, err := co.PlanUndoTaken(ctx, last)
				return e.OrdersBack(back), back.Removed > 0, err
			},
			Undo: func(ctx context.Context, _ *listing.Count) (string, error) {
				back, err := co.UndoTaken(ctx, last)
				return e.OrdersTakenBack(name, back), err
			},
		}, nil
	}, undone, escape)
}
