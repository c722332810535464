package simulation

import (
	"context"

	"modernc.org/sqlite"
)

// plant is a fault between engine and store or line: what the room that it stands for would do if it were written so.
type plant string

const (
	plantNone plant = ""
	// plantCursor: the cursor of a read and the rows before it are not stored together: now and then it moves on over a row
	// that is not there.
	plantCursor plant = "a lost cursor"
	// plantRepeat: a write whose answer was lost is sent once more, as if it were a read.
	plantRepeat plant = "a repeated write"
	// plantBeforeImage: of each third product that is written it is not kept what it was.
	plantBeforeImage plant = "a skipped before-image"
)

// prepare makes a connection to a file of the process what its disk, and its plant, make of it.
func (p *process) prepare(c sqlite.ExecQuerierContext, file string) error {
	ctx := context.Background()
	statement := map[plant]string{
		plantCursor: `CREATE TEMP TRIGGER plant AFTER INSERT ON transfer_outcome WHEN new.id % 97 = 0
			BEGIN DELETE FROM transfer_product WHERE id = new.id; END`,
		plantBeforeImage: `CREATE TEMP TRIGGER plant AFTER INSERT ON before_image WHEN new.id % 3 = 0
			BEGIN DELETE FROM before_image WHERE id = new.id; END`,
	}[p.plant]
	if statement != "" && file != "sopyo.db" {
		_, _ = c.ExecContext(ctx, statement, nil) // a file that is being made has no such table
	}
	if p.room < 0 {
		return nil
	}
	return p.fill(ctx, c)
}
