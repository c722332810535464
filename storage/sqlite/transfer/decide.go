package transfer

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/catalogue"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/database"
)

// Decide carries out what a person decided about rows of a run, in one transaction and in the order given:
// a later decision sees what an earlier one did. Those that transfer.Judge refuses are listed, the others
// stand, with before-images, counters and an entry in the history. KindNotFound: there is no such run.
func (s Store) Decide(ctx context.Context, run int64, decisions []transfer.Decision) (transfer.Decided, error) {
	return database.Update(ctx, s.db, "decide", func(tx *sql.Tx) (transfer.Decided, error) {
		var out transfer.Decided
		r, err := readRun(ctx, tx, run)
		if err != nil {
			return out, err
		}
		out.Run = r
		if r.Undoing() {
			for _, d := range decisions {
				out.Refused = append(out.Refused, transfer.Refusal{Decision: d, Why: transfer.RefusedUndone})
			}
			return out, nil
		}
		b, err := newDecider(ctx, tx, s.db.Author(), r)
		if err != nil {
			return out, err
		}
		for _, d := range decisions {
			if d.Kind == transfer.DecideCreate {
				b.creations++
			}
		}
		for _, d := range decisions {
			why, err := b.decide(ctx, d)
			if err != nil {
				return out, domain.Wrap(err, "row %s", d.Remote)
			}
			if why != "" {
				out.Refused = append(out.Refused, transfer.Refusal{Decision: d, Why: why})
			}
		}
		out.ID, out.Done, out.Run = b.id, len(b.done), b.run
		return out, b.end(ctx, "decided-")
	})
}

// decider is one Decide, or one TakeBack, at work. Run holds the counters as they change.
type decider struct {
	*batch
	by  database.Author
	tx  *sql.Tx
	run transfer.Run
	id  int64 // of the decision; 0 until something is done
	// creations counts the products that are to be made together.
	creations int
	shares    shares
	done      []told
}

// told is what the history says of one decision.
type told struct {
	kind    transfer.DecisionKind
	row     transfer.Row
	product *domain.Product
}

func newDecider(ctx context.Context, tx *sql.Tx, by database.Author, r transfer.Run) (*decider, error) {
	b, err := newBatch(ctx, tx, by)
	return &decider{batch: b, by: by, tx: tx, run: r}, err
}

func (d *decider) decide(ctx context.Context, wanted transfer.Decision) (transfer.RefusalReason, error) {
	before, ok, err := selectRow(ctx, d.tx, d.run.ID, wanted.Remote, TypeProduct)
	if err != nil {
		return "", err
	}
	if !ok {
		return transfer.RefusedGone, nil
	}
	standing, err := d.standing(ctx, before, wanted)
	if err != nil {
		return "", err
	}
	partner := standing.partner()
	v, why := transfer.Judge(d.run.Options, wanted, standing.Case)
	if why != "" {
		return why, nil
	}
	if d.id == 0 {
		if err := d.begin(ctx); err != nil {
			return "", err
		}
	}
	product, err := d.carryOut(ctx, wanted.Kind, before, partner, v, standing.written)
	if err != nil {
		return "", err
	}
	d.run.Counters.Move(before.Outcome, v.Row.Outcome)
	d.done = append(d.done, told{kind: wanted.Kind, row: before, product: product})
	return "", nil
}

func (d *decider) begin(ctx context.Context) error {
	var err error
	d.id, err = database.SelectValue[int64](ctx, d.tx, `INSERT INTO decision (transfer_id, decided_at, actor) VALUES (?, ?, ?) RETURNING id`,
		d.run.ID, d.at, d.by.Name)
	return err
}

// standing is what a decision is judged by, and where the values of its products come from.
type standing struct {
	transfer.Case
	origins domain.Origins  // of Product
	written *domain.Origins // of Written; nil: not known
}

// partner is the product that the decision is about, nil for none. Judge may change the one it is given.
func (s standing) partner() *catalogue.Stored {
	if s.Product == nil {
		return nil
	}
	return &catalogue.Stored{Product: *s.Product, Origins: s.origins}
}

// standing reads what stands in the catalogue where a decision wants to write.
func (d *decider) standing(ctx context.Context, row transfer.Row, wanted transfer.Decision) (standing, error) {
	var s standing
	about := row
	switch wanted.Kind {
	case transfer.DecidePair:
		about.ProductID = wanted.Product
	case transfer.DecideCreate, transfer.DecideIgnore, transfer.DecideAsk:
		about.ProductID = 0
	case transfer.DecideSeparate:
	}
	var err error
	if s.Candidate, s.origins, err = d.present.candidate(ctx, about); err != nil {
		return s, err
	}
	s.Row = row
	if s.Ignored, err = database.SelectValue[bool](ctx, d.tx, `SELECT EXISTS (SELECT 1 FROM ignored WHERE remote_id = ? AND type = ?)`,
		row.Remote.ID, row.Remote.Type); err != nil {
		return s, err
	}
	if wanted.Kind == transfer.DecideCreate {
		if s.Many = d.creations > 1; s.Many {
			if s.Shared, err = d.shared(ctx, row.Remote); err != nil {
				return s, err
			}
		}
		if s.CodeTaken, s.BarcodeTaken, err = d.taken(ctx, row.Remote); err != nil {
			return s, err
		}
	}
	if s.Product == nil {
		return s, nil
	}
	s.Separated, err = database.SelectValue[bool](ctx, d.tx, `SELECT EXISTS (SELECT 1 FROM separation WHERE remote_id = ? AND type = ? AND product_id = ?)`,
		row.Remote.ID, row.Remote.Type, s.Product.ID)
	if err != nil || wanted.Kind != transfer.DecideSeparate {
		return s, err
	}
	s.Written, s.written, err = d.written(ctx, row, catalogue.Stored{Product: *s.Product, Origins: s.origins})
	return s, err
}

// taken tells whether products of the catalogue have the code and the barcode of an İşbaşı product.
func (d *decider) taken(ctx context.Context, m domain.RemoteProduct) (code, barcode bool, err error) {
	err = d.tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM product WHERE code_k0 <> '' AND code_k0 = ?),
		EXISTS (SELECT 1 FROM product WHERE barcode_key <> '' AND barcode_key = ?)`, m.Code.K0(), m.Barcode.PairingKey()).Scan(&code, &barcode)
	return code, barcode, err
}

// written gives the product as it was before this run wrote on it, with its origins of then, unless it wrote
// nothing or the product has changed since.
func (d *decider) written(ctx context.Context, row transfer.Row, now catalogue.Stored) (*domain.Product, *domain.Origins, error) {
	text, _, err := database.SelectOne(ctx, d.tx, database.Itself[sql.NullString], `SELECT product FROM before_image
		WHERE transfer_id = ? AND remote_id = ? AND type = ? AND product_id = ? AND undone = '' AND bound >= 0 AND revision = ?
		ORDER BY id DESC LIMIT 1`, d.run.ID, row.Remote.ID, row.Remote.Type, now.ID, now.Revision)
	if err != nil || !text.Valid {
		return nil, nil, err
	}
	was, of, err := catalogue.OfImage(text.String, now)
	if err != nil || was.Revision == now.Revision {
		return nil, nil, err
	}
	return &was, of, nil
}

// carryOut writes what a verdict says, keeps what was there, and gives the product it is about. written are
// the origins of a state that is restored.
func (d *decider) carryOut(ctx context.Context, kind transfer.DecisionKind, before transfer.Row, partner *catalogue.Stored, v transfer.Verdict, written *domain.Origins) (*domain.Product, error) {
	var after *domain.Product
	if partner != nil {
		after = &partner.Product
	}
	if v.Product != nil {
		p, err := d.writeProduct(ctx, after, v, written)
		if err != nil {
			return nil, err
		}
		after = &p
	}
	switch {
	case v.Unbind:
		v.Row.Applied = transfer.Values{}
	case v.Bind:
		v.Row.ProductID, v.Row.Applied = after.ID, transfer.ValuesOf(after)
	}
	if err := d.keepDecision(ctx, kind, before, partner, after, v); err != nil {
		return nil, err
	}
	if after != nil {
		if err := d.link(ctx, before.Remote, after.ID, v.Bind, v.Unbind, v.Separated); err != nil {
			return nil, err
		}
	}
	if err := d.ignored(ctx, before.Remote, v.Ignored); err != nil {
		return nil, err
	}
	if v.Bind {
		if err := agree(ctx, d.tx, d.by.At, d.run.ID, d.id, v.Row); err != nil {
			return nil, err
		}
	}
	return after, d.saveRow(ctx, v.Row)
}

func (d *decider) writeProduct(ctx context.Context, partner *domain.Product, v transfer.Verdict, written *domain.Origins) (domain.Product, error) {
	switch {
	case v.Product.ID == 0:
		return d.products.Insert(ctx, *v.Product)
	case v.Restored:
		return d.products.Restore(ctx, *partner, *v.Product, written)
	default:
		return d.products.Update(ctx, *partner, *v.Product)
	}
}

// keepDecision stores the before-image of a decision.
func (d *decider) keepDecision(ctx context.Context, kind transfer.DecisionKind, row transfer.Row, before *catalogue.Stored, after *domain.Product, v transfer.Verdict) error {
	i := keptImage{
		Image:      transfer.Image{Transfer: d.run.ID, Decision: d.id, Kind: kind, Remote: row.Remote.ID, Separated: v.Separated, Ignored: v.Ignored},
		remoteType: row.Remote.Type,
	}
	if after != nil {
		i.Product, i.Became = after.ID, after.Revision
	}
	switch {
	case v.Bind:
		i.Bound = 1
	case v.Unbind:
		i.Bound = -1
	}
	kept, err := database.JSONText(rowImageOf(row))
	if err != nil {
		return err
	}
	i.row = sql.NullString{String: kept, Valid: true}
	if i.product, err = catalogue.BeforeImage(before, after); err != nil {
		return err
	}
	return d.keep(ctx, i)
}

// end stores the run and tells the history what was done, each kind in an entry of its own.
func (d *decider) end(ctx context.Context, what string) error {
	if len(d.done) == 0 {
		return nil
	}
	if err := saveRun(ctx, d.tx, d.run); err != nil {
		return err
	}
	byKind := map[transfer.DecisionKind][]map[string]any{}
	for _, t := range d.done {
		byKind[t.kind] = append(byKind[t.kind], t.detail())
	}
	for _, kind := range transfer.DecisionKinds() {
		list := byKind[kind]
		if len(list) == 0 {
			continue
		}
		detail := map[string]any{"products": len(list), "list": list}
		if len(list) == 1 {
			detail = list[0]
		}
		detail["transfer"], detail["decision"] = d.run.ID, d.id
		if err := d.by.Record(ctx, d.tx, what+string(kind), detail); err != nil {
			return err
		}
	}
	return nil
}

func (t told) detail() map[string]any {
	detail := map[string]any{"remote": t.row.Remote.ID, "remote_name": t.row.Remote.Name}
	if t.product != nil {
		detail["product"], detail["code"], detail["name"] = t.product.ID, t.product.Code, t.product.Name
	}
	return detail
}

// saveRow stores what a decision changes of a row.
func (d *decider) saveRow(ctx context.Context, r transfer.Row) error {
	values := append([]any{r.Tier, r.Reason, r.Candidates, r.Flag, r.ProductID, r.Revision, r.Outcome, notes(r.Notes).text(), r.Decided},
		valuesBeside(r.Applied, r.Planned.After)...)
	ok, err := database.ChangeOne(ctx, d.tx, `UPDATE transfer_outcome SET tier = ?, reason = ?, candidates = ?, flag = ?, product_id = ?,
			revision = ?, outcome = ?, notes = ?, decided = ?, applied_price = ?, applied_currency = ?, applied_stock = ?`+thatRow,
		append(values, r.RunID, r.Remote.ID, r.Remote.Type)...)
	if err != nil || ok {
		return err
	}
	return fmt.Errorf("row %s is not in transfer %d", r.Remote.ID, r.RunID)
}
