package review

import (
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/domain/words"
	"github.com/sopyo/sopyo-desktop/gui/widgets/table"
)

// rowColumns are the columns of a list of rows; the ids are the ports' sort names. Together they fit
// into the window as it opens first. A list of rows without a partner has no column for it. Why a row is in
// the list stands last (rowList.fetch).
func rowColumns(e *env, partners bool) []table.Column {
	columns := []table.Column{
		{ID: string(transfer.SortCode), Title: e.T("rows.code"), Width: 96, Grow: 1},
		{ID: string(transfer.SortBarcode), Title: e.T("rows.barcode"), Width: 118, Grow: 0.2},
		{ID: string(transfer.SortName), Title: e.T("rows.name"), Width: 96, Grow: 3},
		{ID: string(transfer.SortPrice), Title: e.T("rows.price"), Width: 86, Grow: 0.2, Right: true},
		{ID: string(transfer.SortStock), Title: e.T("rows.stock"), Width: 54, Grow: 0.2, Right: true},
	}
	if partners {
		columns = append(columns, table.Column{Title: e.T("rows.product"), Width: 112, Grow: 2})
	}
	return append(columns, table.Column{ID: string(transfer.SortReason), Title: e.T("rows.why"), Width: 104, Grow: 3})
}

// tableRows makes screen rows of domain rows, with the cells of rowColumns.
func tableRows(e *env, rows []transfer.Listed, partners bool) []table.Row {
	all := make([]table.Row, len(rows))
	for i, r := range rows {
		m := r.Remote
		why := e.Why(r.Row)
		cells := []string{string(m.Code), string(m.Barcode), m.Name, e.MoneyIf(m.Price, m.Currency), e.AmountIf(m.Stock)}
		if partners {
			cells = append(cells, words.Partner(r))
		}
		all[i].Cells = append(cells, why)
		all[i].Detail = words.Named(r) + ": " + why
		all[i].Key, all[i].Data = string(m.ID), r
	}
	return all
}
