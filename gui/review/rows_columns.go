package review

import (
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/domain/words"
	"github.com/sopyo/sopyo-desktop/gui/widgets/table"
)

// rowColumns are the columns of a list of rows; the ids are the ports' sort names. Together they fit into the smallest
// window, and in the window as it opens first a name shows thirty letters and a reason is whole. A list of rows without a
// partner has no column for it. Why a row is in the list stands last (rowList.fetch).
func rowColumns(e *env, partners bool) []table.Column {
	name, why := table.Column{Width: 190, Grow: 1}, table.Column{Width: 150, Grow: 3}
	if partners {
		name, why = table.Column{Width: 146, Grow: 3}, table.Column{Width: 100, Grow: 2.5}
	}
	name.ID, name.Title = string(transfer.SortName), e.T("rows.name")
	why.ID, why.Title = string(transfer.SortReason), e.T("rows.why")
	columns := []table.Column{
		{ID: string(transfer.SortCode), Title: e.T("rows.code"), Width: 96},
		{ID: string(transfer.SortBarcode), Title: e.T("rows.barcode"), Width: 118},
		name,
		{ID: string(transfer.SortPrice), Title: e.T("rows.price"), Width: 86, Right: true},
		{ID: string(transfer.SortStock), Title: e.T("rows.stock"), Width: 64, Right: true},
	}
	if partners {
		columns = append(columns, table.Column{Title: e.T("rows.product"), Width: 120, Grow: 2})
	}
	return append(columns, why)
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
