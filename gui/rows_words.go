package gui

import (
	"bytes"
	"slices"
	"strings"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// rowColumns are the columns of a list of rows; the ids are the ports' sort names. Together they fit
// into the window as it opens first. A list of rows without a partner has no column for it.
func rowColumns(e *env, sortable, partners bool) []widgets.Column {
	columns := []widgets.Column{
		{ID: string(transfer.SortCode), Title: e.t("rows.code"), Width: 96, Grow: 1},
		{ID: string(transfer.SortBarcode), Title: e.t("rows.barcode"), Width: 118, Grow: 0.2},
		{ID: string(transfer.SortName), Title: e.t("rows.name"), Width: 96, Grow: 3},
		{ID: string(transfer.SortPrice), Title: e.t("rows.price"), Width: 86, Grow: 0.2, Right: true},
		{ID: string(transfer.SortStock), Title: e.t("rows.stock"), Width: 54, Grow: 0.2, Right: true},
		{Title: e.t("rows.product"), Width: 112, Grow: 2},
		{ID: string(transfer.SortReason), Title: e.t("rows.why"), Width: 104, Grow: 3},
	}
	if !partners {
		columns = slices.Delete(columns, productColumn, productColumn+1)
	}
	if !sortable {
		for i := range columns {
			columns[i].ID = ""
		}
	}
	return columns
}

// productColumn is the place of the catalogue product.
const productColumn = 5

// tableRows makes screen rows of domain rows, with the cells of rowColumns.
func tableRows(e *env, rows []transfer.Listed, partners bool) []widgets.TableRow {
	all := make([]widgets.TableRow, len(rows))
	for i, r := range rows {
		m := r.Remote
		stock := ""
		if m.Stock.Valid {
			stock = e.amount(m.Stock.Decimal)
		}
		why := whyOf(e, r.Row)
		all[i].Cells = []string{string(m.Code), string(m.Barcode), m.Name, priceOf(e, m), stock, productOf(r), why}
		if !partners {
			all[i].Cells = slices.Delete(all[i].Cells, productColumn, productColumn+1)
		}
		all[i].Detail = detailOfRow(r, why)
		all[i].Key, all[i].Data = string(m.ID), r
	}
	return all
}

// priceOf words a price with its currency; a row that names none counts as TRY.
func priceOf(e *env, m domain.RemoteProduct) string {
	if !m.Price.Valid {
		return ""
	}
	c := m.Currency
	if c == "" {
		c = domain.TRY
	}
	return e.money(m.Price.Decimal, c)
}

// productOf names the catalogue product of a row, with its code where it tells more.
func productOf(r transfer.Listed) string {
	switch {
	case r.ProductName == "":
		return r.ProductCode
	case r.ProductCode == "":
		return r.ProductName
	default:
		return r.ProductName + " (" + r.ProductCode + ")"
	}
}

// whyOf words why a row is where it is: the tier that paired it or the reason that did not, what a
// person should look at, and what was not taken over.
func whyOf(e *env, r transfer.Row) string {
	var parts []string
	switch {
	case r.Outcome == transfer.OutcomeFailed: // its notes say why
	case r.Tier != "":
		parts = append(parts, e.t("tier."+string(r.Tier)))
	case r.Reason != "":
		parts = append(parts, e.t("reason."+string(r.Reason), r.Candidates))
	}
	if r.Decided != "" {
		parts = append([]string{e.t("decided." + string(r.Decided))}, parts...)
	}
	if r.Flag != "" {
		parts = append(parts, e.t("flag."+string(r.Flag)))
	}
	for _, n := range r.Notes {
		parts = append(parts, e.t("note."+string(n)))
	}
	return strings.Join(parts, " · ")
}

// detailOfRow is the whole row as a sentence or two.
func detailOfRow(r transfer.Listed, why string) string {
	name := r.Remote.Name
	if product := productOf(r); product != "" {
		name += " = " + product
	}
	return name + ": " + why
}

// sortCells sorts rows that are at hand by the cell of a column, the Turkish way.
func sortCells(rows []widgets.TableRow, cells map[string]int, q widgets.PageQuery) {
	cell, ok := cells[q.Sort]
	if !ok {
		return
	}
	slices.SortStableFunc(rows, func(a, b widgets.TableRow) int {
		return bytes.Compare(domain.SortKey(a.Cells[cell]), domain.SortKey(b.Cells[cell]))
	})
	if q.Desc {
		slices.Reverse(rows)
	}
}
