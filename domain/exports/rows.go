package exports

import (
	"iter"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/domain/words"
)

// Rows lists what became of the rows of a transfer: what the button of gui/review and "sopyoctl import rows"
// give. The workbook of a report is Mendable.
func Rows(w words.Words, run int64, rows iter.Seq2[transfer.Listed, error]) Table {
	return Table{
		Name:    w.T("rows.export.name", run),
		Columns: keys("export.", "id", "code", "barcode", "name", "price", "stock", "outcome", "product", "reason"),
		Rows: mapped(rows, func(r transfer.Listed) []Cell {
			return append(remote(r.Remote),
				Number(r.Remote.Price), Number(r.Remote.Stock), Text(w.T("outcome."+string(r.Outcome))), Text(r.ProductName),
				Text(w.Why(r.Row)))
		}),
	}
}

// ErrorColumn is the place of what is wrong in the table of Mendable.
const ErrorColumn = 8

// Mendable lists rows that need a person, so that they can be mended and imported again: what is wrong
// stands in the column of errors, the product's own columns have the names that the file import knows, and
// it leaves the others alone. Imported as they are they change nothing that the transfer has not: a row with
// a partner goes by the partner's own code and name and has no value that was not taken over.
func Mendable(w words.Words, rows iter.Seq2[transfer.Listed, error]) Table {
	return Table{
		Name: w.T("report.sheet.rows"),
		Columns: keys("report.mend.", "code", "barcode", "name", "brand", "price", "currency", "stock", "vat", "error",
			"outcome", "remote-code", "remote-barcode", "remote-name", "remote-id"),
		Rows: mapped(rows, func(r transfer.Listed) []Cell { return mendable(w, r) }),
	}
}

func mendable(w words.Words, r transfer.Listed) []Cell {
	m, partnered := r.Remote, r.ProductID != 0 && (r.ProductCode != "" || r.ProductName != "")
	code, barcode, name, brand := string(m.Code), string(m.Barcode), m.Name, m.Brand
	price, currency, vat := m.Price, string(m.Currency), m.VATRate
	if partnered {
		code, name, brand, vat = r.ProductCode, r.ProductName, "", decimal.NullDecimal{}
		if code != "" {
			barcode = ""
		}
	}
	if untaken(r.Notes) || !price.Valid || !price.Decimal.IsPositive() {
		price, currency = decimal.NullDecimal{}, ""
	}
	return []Cell{
		Text(code), Text(barcode), Text(name), Text(brand), Number(price), Text(currency), Number(m.Stock), Number(vat),
		Text(w.Why(r.Row)), Text(w.T("outcome." + string(r.Outcome))),
		Text(m.Code), Text(m.Barcode), Text(m.Name), Text(m.ID),
	}
}

// untaken tells whether the price of a row was left alone.
func untaken(notes []transfer.Note) bool {
	return slices.Contains(notes, transfer.NoteZeroPrice) || slices.Contains(notes, transfer.NoteCurrency)
}

// Blocked lists what an undo leaves as it is, with the reasons.
func Blocked(w words.Words, blocked []transfer.Blocked) Table {
	return Table{
		Name:    w.T("undo.export.name"),
		Columns: append(keys("export.", "id", "code", "barcode", "name", "product"), "undo.why"),
		Rows: listed(blocked, func(b transfer.Blocked) []Cell {
			return append(remote(b.Remote), Text(b.ProductName), Text(w.T("decide.refused."+string(b.Why))))
		}),
	}
}
