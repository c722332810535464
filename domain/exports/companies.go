package exports

import (
	"time"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain/words"
)

// Company is how one of a machine's companies stands.
type Company struct {
	Name, State  string    // in the person's words
	Decisions    int       // that wait for a person
	Held, Orders int       // orders that lack something, and all that have no issued invoice
	RunAt        time.Time // of the last transfer; zero: there was none
	ReadsLeft    decimal.NullDecimal
}

// Companies lists the companies of a machine.
func Companies(w words.Words, all []Company) Table {
	return Table{
		Name:    w.T("companies.title"),
		Columns: keys("companies.", "name", "state", "decisions", "held", "orders", "run", "reads"),
		Rows: listed(all, func(c Company) []Cell {
			at := ""
			if !c.RunAt.IsZero() {
				at = w.Moment(c.RunAt)
			}
			return []Cell{Text(c.Name), Text(c.State), Count(c.Decisions), Count(c.Held), Count(c.Orders), Text(at), Number(c.ReadsLeft)}
		}),
	}
}
