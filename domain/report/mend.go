package report

import (
	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/domain/words"
)

// Cell is one cell of the table that a person mends: a number, else a text. Codes and barcodes are texts,
// so that no spreadsheet takes a zero from them.
type Cell struct {
	Text   string
	Number decimal.NullDecimal
}

// mendKeys are the columns, in order. The product's own have the names that the file import knows; it
// leaves the others alone.
var mendKeys = [...]string{"code", "barcode", "name", "brand", "price", "currency", "stock", "vat", "error", "outcome", "remote-code", "remote-barcode", "remote-name", "remote-id"}

// MendHeader names the columns of the table.
func MendHeader(w words.Words) []string {
	header := make([]string, len(mendKeys))
	for i, k := range mendKeys {
		header[i] = w.T("report.mend." + k)
	}
	return header
}

// MendRow is a row that needs a person, as the table has it: what is wrong stands in the column of
// errors, and the product's columns can be mended and imported again. Imported as they are they change
// nothing that the transfer has not: a row with a partner goes by the partner's own code and name and
// has no value that was not taken over.
func MendRow(w words.Words, r transfer.Listed) []Cell {
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
		{Text: code},
		{Text: barcode},
		{Text: name},
		{Text: brand},
		{Number: price},
		{Text: currency},
		{Number: m.Stock},
		{Number: vat},
		{Text: w.Why(r.Row)},
		{Text: w.T("outcome." + string(r.Outcome))},
		{Text: string(m.Code)},
		{Text: string(m.Barcode)},
		{Text: m.Name},
		{Text: string(m.ID)},
	}
}

// untaken tells whether the price of a row was left alone.
func untaken(notes []transfer.Note) bool {
	for _, n := range notes {
		if n == transfer.NoteZeroPrice || n == transfer.NoteCurrency {
			return true
		}
	}
	return false
}

// Facts are the report's numbers as a table of two columns, for a sheet of their own.
func (r Report) Facts(w words.Words) [][2]string {
	var all [][2]string
	add := func(pairs []pair) {
		for _, p := range pairs {
			all = append(all, [2]string{p.Name, p.Value})
		}
	}
	add(r.facts(w))
	for _, c := range r.cards(w) {
		all = append(all, [2]string{c.Name, c.Value})
	}
	add(r.rest(w))
	for _, list := range r.lists(w) {
		all = append(all, [2]string{}, [2]string{list.Title, ""})
		add(list.Lines)
	}
	return all
}
