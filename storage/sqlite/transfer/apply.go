package transfer

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/catalogue"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/database"
)

// Apply takes the next n pending rows of r, in the order of reading, and in one transaction asks decide
// for each what is to happen and writes it: before-image, product, binding, outcome, and r with its new
// counters. A row whose outcome is still pending would come again for ever, so decide may not say that;
// nor may it call the store, whose only writing connection is taken meanwhile.
func (s Store) Apply(ctx context.Context, r transfer.Run, n int, decide func(transfer.Candidate) transfer.Effect) (transfer.Run, []transfer.Row, error) {
	applied := r
	var rows []transfer.Row
	err := s.db.Update(ctx, "apply batch", func(tx *sql.Tx) error {
		counters, err := storedCounters(ctx, tx, r.ID)
		if err != nil {
			return err
		}
		rows, err = selectRows(ctx, tx, `WHERE r.transfer_id = ? AND r.outcome = 'pending' ORDER BY r.id LIMIT ?`, r.ID, n)
		if err != nil || len(rows) == 0 {
			return err
		}
		by := s.db.Author()
		b, err := newBatch(ctx, tx, by)
		if err != nil {
			return err
		}
		if err := b.present.readAhead(ctx, rows); err != nil {
			return err
		}
		for i := range rows {
			if err := b.apply(ctx, &rows[i], decide); err != nil {
				return domain.Wrap(err, "row %s", rows[i].Remote.ID)
			}
			counters.Count(rows[i].Outcome)
		}
		if err := agree(ctx, tx, by.At, r.ID, 0, rows...); err != nil {
			return err
		}
		applied.Counters = counters
		return saveRun(ctx, tx, applied)
	})
	if err != nil {
		return r, nil, err
	}
	return applied, rows, nil
}

// Reopen makes the failed rows of r pending again, and stores r with its new counters.
func (s Store) Reopen(ctx context.Context, r transfer.Run) (transfer.Run, error) {
	return s.recount(ctx, "reopen failed rows", r, func(tx *sql.Tx, n *transfer.Counters) error {
		res, err := tx.ExecContext(ctx, `UPDATE transfer_outcome SET outcome = 'pending', notes = ''
			WHERE transfer_id = ? AND outcome = 'failed'`, r.ID)
		if err != nil {
			return err
		}
		reopened, err := res.RowsAffected()
		n.Failed -= int(reopened)
		n.Pending += int(reopened)
		return err
	})
}

// batch is the prepared statements of one Apply.
type batch struct {
	present                  *present
	image, bind, outcome     database.Statement
	unbind, separate, rejoin database.Statement
	ignore, ask              database.Statement
	products                 *catalogue.Writer
	at                       any
}

func newBatch(ctx context.Context, tx *sql.Tx, by database.Author) (*batch, error) {
	b := &batch{at: database.TimeText(by.At)}
	var err error
	if b.products, err = catalogue.NewWriter(ctx, tx, domain.SourceIsbasi, by); err != nil {
		return nil, err
	}
	if b.present, err = newPresent(ctx, tx); err != nil {
		return nil, err
	}
	err = database.PrepareAll(ctx, tx,
		database.Prepare(&b.image, `INSERT INTO before_image (transfer_id, decision_id, kind, remote_id, type, "row", product_id, product,
				revision, bound, bound_to, separated, ignored, created_at)
			VALUES (?, nullif(?, 0), ?, ?, ?, ?, ?, ?, ?, ?, nullif(?, 0), ?, ?, ?)`),
		database.Prepare(&b.bind, `INSERT INTO binding (remote_id, type, product_id, created_at) VALUES (?, ?, ?, ?)
			ON CONFLICT (remote_id, type) DO UPDATE
				SET product_id = excluded.product_id, created_at = excluded.created_at`),
		database.Prepare(&b.unbind, `DELETE FROM binding WHERE remote_id = ? AND type = ? AND product_id = ?`),
		database.Prepare(&b.separate, `INSERT INTO separation (remote_id, type, product_id, created_at) VALUES (?, ?, ?, ?)
			ON CONFLICT DO NOTHING`),
		database.Prepare(&b.rejoin, `DELETE FROM separation WHERE remote_id = ? AND type = ? AND product_id = ?`),
		database.Prepare(&b.ignore, `INSERT INTO ignored (remote_id, type, created_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING`),
		database.Prepare(&b.ask, `DELETE FROM ignored WHERE remote_id = ? AND type = ?`),
		database.Prepare(&b.outcome, `UPDATE transfer_outcome SET outcome = ?, notes = ?, product_id = ?, applied_price = ?,
				applied_currency = ?, applied_stock = ?`+thatRow),
	)
	return b, err
}

// apply handles one row and leaves its outcome in it.
func (b *batch) apply(ctx context.Context, row *transfer.Row, decide func(transfer.Candidate) transfer.Effect) error {
	cand, of, err := b.present.candidate(ctx, *row)
	if err != nil {
		return err
	}
	var before *catalogue.Stored
	if cand.Product != nil { // decide may change what it is given
		before = &catalogue.Stored{Product: *cand.Product, Origins: of}
	}
	effect := decide(cand)
	switch effect.Outcome {
	case transfer.OutcomeMatched, transfer.OutcomeUnmatched, transfer.OutcomeSkipped, transfer.OutcomeFailed:
	default:
		return fmt.Errorf("outcome %q", effect.Outcome)
	}
	row.Outcome, row.Notes = effect.Outcome, effect.Notes
	planned := row.ProductID
	if err := b.write(ctx, row, cand.BoundTo, before, effect); err != nil {
		return err
	}
	b.present.wrote(*row, planned, row.ProductID, cand.BoundTo)
	values := append([]any{row.Outcome, notes(row.Notes).text(), row.ProductID}, valuesBeside(row.Applied, row.Planned.After)...)
	_, err = b.outcome.ExecContext(ctx, append(values, row.RunID, row.Remote.ID, row.Remote.Type)...)
	return err
}

// write carries out the effect on product and binding. What was there before is kept for undo, unless
// nothing changes at all.
func (b *batch) write(ctx context.Context, row *transfer.Row, boundTo domain.ProductID, before *catalogue.Stored, effect transfer.Effect) error {
	var was, after *domain.Product
	var err error
	if before != nil {
		was = &before.Product
	}
	switch p := effect.Product; {
	case p == nil || was != nil && p.ID == was.ID && catalogue.SameContent(*was, *p):
		after = was
	case p.ID == 0:
		var created domain.Product
		created, err = b.products.Insert(ctx, *p)
		after, before, row.ProductID = &created, nil, created.ID
	case was != nil && p.ID == was.ID:
		var changed domain.Product
		changed, err = b.products.Update(ctx, *was, *p)
		after = &changed
	default:
		return fmt.Errorf("product %d is not the row's partner", p.ID)
	}
	if err != nil {
		return err
	}
	if row.Outcome == transfer.OutcomeMatched || row.Outcome == transfer.OutcomeUnmatched {
		row.Applied = transfer.ValuesOf(after)
	}
	bound := effect.Bind && after != nil && boundTo != after.ID
	switch {
	case effect.Bind && after == nil:
		return errors.New("nothing to bind to")
	case after == nil || after == was && !bound:
		return nil
	}
	image := keptImage{
		Image:      transfer.Image{Transfer: row.RunID, Remote: row.Remote.ID, Product: after.ID, Became: after.Revision},
		remoteType: row.Remote.Type,
	}
	if bound {
		image.Bound, image.formerly = 1, boundTo
		if image.Ignored, err = b.partnered(ctx, row.Remote); err != nil {
			return err
		}
	}
	if image.product, err = catalogue.BeforeImage(before, after); err != nil {
		return err
	}
	if err := b.keep(ctx, image); err != nil {
		return err
	}
	if bound {
		_, err = b.bind.ExecContext(ctx, row.Remote.ID, row.Remote.Type, after.ID, b.at)
	}
	return err
}

// keep stores a before-image.
func (b *batch) keep(ctx context.Context, i keptImage) error {
	if imageSkipped && i.Product%3 == 0 {
		return nil
	}
	_, err := b.image.ExecContext(ctx, i.Transfer, i.Decision, i.Kind, i.Remote, i.remoteType, i.row, i.Product, i.product,
		i.Became, i.Bound, i.formerly, i.Separated, i.Ignored, b.at)
	return err
}

// ignored marks an İşbaşı product as ignored, or takes that mark away.
func (b *batch) ignored(ctx context.Context, remote domain.RemoteProduct, by int) error {
	var err error
	switch {
	case by > 0:
		_, err = b.ignore.ExecContext(ctx, remote.ID, remote.Type, b.at)
	case by < 0:
		_, err = b.ask.ExecContext(ctx, remote.ID, remote.Type)
	}
	return err
}

// partnered takes the mark of an ignored product away that has found its partner, and tells how (transfer.Image).
func (b *batch) partnered(ctx context.Context, remote domain.RemoteProduct) (int, error) {
	res, err := b.ask.ExecContext(ctx, remote.ID, remote.Type)
	if err != nil {
		return 0, err
	}
	n, err := res.RowsAffected()
	return -int(n), err
}

// link binds or unbinds, and marks or unmarks as taken apart.
func (b *batch) link(ctx context.Context, remote domain.RemoteProduct, id domain.ProductID, bind, unbind bool, separated int) error {
	var err error
	switch {
	case bind:
		_, err = b.bind.ExecContext(ctx, remote.ID, remote.Type, id, b.at)
	case unbind:
		_, err = b.unbind.ExecContext(ctx, remote.ID, remote.Type, id)
	}
	if err != nil || separated == 0 {
		return err
	}
	if separated > 0 {
		_, err = b.separate.ExecContext(ctx, remote.ID, remote.Type, id, b.at)
	} else {
		_, err = b.rejoin.ExecContext(ctx, remote.ID, remote.Type, id)
	}
	return err
}
