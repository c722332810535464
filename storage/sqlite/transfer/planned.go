package transfer

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/matching"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/database"
)

// decidedTable holds decisions that are not on their rows yet.
const decidedTable = `CREATE TEMP TABLE decided (
	remote_id  text    PRIMARY KEY,
	tier       text    NOT NULL,
	reason     text    NOT NULL,
	candidates integer NOT NULL,
	flag       text    NOT NULL,
	skipped    integer NOT NULL,
	product_id integer NOT NULL,
	revision   integer NOT NULL
) WITHOUT ROWID`

const (
	decisionsAtOnce = 1000
	decisionsGiven  = 50 // by one statement
)

// giveDecisions is the statement that puts n decisions into their table; the values are those of decidedValues, behind
// the İşbaşı id.
func giveDecisions(n int) string {
	return `INSERT INTO temp.decided VALUES ` + strings.TrimSuffix(strings.Repeat(`(?, ?, ?, ?, ?, ?, ?, ?), `, n), `, `)
}

// settle writes the first plan of a run: what is settled by statements over many rows, the others one by one.
func (p *planner) settle(ctx context.Context, o transfer.Options) error {
	if _, err := p.tx.ExecContext(ctx, settledTable+`; `+decidedTable); err != nil {
		return err
	}
	var give database.Statement
	if err := database.PrepareAll(ctx, p.tx, database.Prepare(&give, giveDecisions(decisionsGiven))); err != nil {
		return err
	}
	for some := range slices.Chunk(p.plan, decisionsAtOnce) {
		given, err := p.give(ctx, give, some)
		if err != nil {
			return err
		}
		if err := p.settleGiven(ctx, o, given); err != nil {
			return err
		}
	}
	_, err := p.tx.ExecContext(ctx, `DROP TABLE temp.settled; DROP TABLE temp.decided`)
	return err
}

// give puts decisions into their table, of each İşbaşı id the last one of the whole plan, and tells how many there are.
func (p *planner) give(ctx context.Context, statement database.Statement, some []matching.Decision) (given int, err error) {
	values, n := make([]any, 0, decisionsGiven*8), 0
	for i := range some {
		d := &some[i]
		if at, ok := p.find(d.Remote); !ok || p.found[at] || &p.plan[at] != d {
			continue
		}
		var row transfer.Row
		p.say(*d, &row)
		values = append(append(values, d.Remote), decidedValues(row)...)
		given++
		if n++; n < decisionsGiven {
			continue
		}
		if _, err := statement.ExecContext(ctx, values...); err != nil {
			return given, err
		}
		values, n = values[:0], 0
	}
	if n > 0 {
		_, err = p.tx.ExecContext(ctx, giveDecisions(n), values...)
	}
	return given, err
}

// settleGiven writes what is in the table of decisions, so many, and empties it.
func (p *planner) settleGiven(ctx context.Context, o transfer.Options, given int) error {
	found, err := p.tx.ExecContext(ctx, settle(`d`, `decided d CROSS JOIN transfer_product r ON r.id = (SELECT min(+x.id) FROM transfer_row x
			WHERE x.transfer_id = ?7 AND x.remote_id = d.remote_id AND +x.outcome = 'pending')`+settledJoins(`d`)), append(settleOptions(o), p.run)...)
	if err != nil {
		return err
	}
	if n, err := found.RowsAffected(); err != nil || int(n) < given {
		return cmp.Or(err, p.rowless(ctx))
	}
	if err := p.foretell(ctx); err != nil {
		return err
	}
	if _, err := p.tx.ExecContext(ctx, `UPDATE OR FAIL transfer_outcome AS r SET tier = d.tier, reason = d.reason, candidates = d.candidates, flag = d.flag, skipped = d.skipped,
			product_id = d.product_id, revision = d.revision, planned = s.outcome, becomes = iif(s.outcome = 'unmatched', 'listed', ''), planned_notes = '',
			before_price = s.price, before_currency = coalesce(s.currency, ''), before_stock = s.stock,
			after_price = NULL, after_currency = NULL, after_stock = NULL
		FROM temp.settled s CROSS JOIN temp.decided d ON d.remote_id = s.remote_id WHERE r.id = s.id AND s.outcome <> '' AND `+withinSettled); err != nil {
		return err
	}
	rest, err := database.SelectAll(ctx, p.tx, pendingTargets, `SELECT `+pendingColumns+` FROM temp.settled s CROSS JOIN transfer_row r ON r.id = s.id
		WHERE s.outcome = '' ORDER BY s.id`)
	if err != nil {
		return err
	}
	for some := range slices.Chunk(rest, rowsAtOnce) {
		if err := p.rows(ctx, some); err != nil {
			return err
		}
	}
	_, err = p.tx.ExecContext(ctx, `DELETE FROM temp.settled; DELETE FROM temp.decided`)
	return err
}

// rowless is the error of decisions that have no row.
func (p *planner) rowless(ctx context.Context) error {
	id, err := database.SelectValue[domain.RemoteID](ctx, p.tx, `SELECT min(remote_id) FROM temp.decided WHERE remote_id NOT IN (SELECT remote_id FROM temp.settled)`)
	return cmp.Or(err, fmt.Errorf("no pending row %s in transfer %d", id, p.run))
}

// foretell counts the settled rows in the forecast.
func (p *planner) foretell(ctx context.Context) error {
	type group struct {
		transfer.Row
		rows int
	}
	groups, err := database.SelectAll(ctx, p.tx, func(g *group) []any { return []any{&g.Planned.Outcome, &g.Tier, &g.Reason, &g.Flag, &g.rows} },
		`SELECT s.outcome, d.tier, d.reason, d.flag, count(*) FROM temp.settled s CROSS JOIN temp.decided d ON d.remote_id = s.remote_id
		WHERE s.outcome <> '' GROUP BY s.outcome, d.tier, d.reason, d.flag`)
	if err != nil {
		return err
	}
	for _, g := range groups {
		if g.Planned.Outcome == transfer.OutcomeUnmatched {
			g.Planned.Becomes = transfer.UnmatchedListed
		}
		for range g.rows {
			p.forecast.Add(g.Row)
		}
	}
	return nil
}
