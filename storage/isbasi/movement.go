package isbasi

import (
	"context"
	"slices"
	"strconv"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
)

// StockSaved tells whether one of the last hundred movements of the product's stock is a receipt of that number
// (isbasi-api.md §4.5). It costs one read.
func (c *Client) StockSaved(ctx context.Context, ref domain.ProductRef, number string) (bool, error) {
	const op = "look for a stock receipt"
	segment, err := remoteID("product", ref.ID)
	if err != nil {
		return false, domain.Wrap(err, op)
	}
	movements := listing[movementRow, string]{
		name: "stock movements", path: "stock/stocktransactionlist/" + segment + "?type=" + strconv.Itoa(ref.Type),
		from: func(r movementRow) string { return r.DocNumber.trim() },
		id:   func(string) domain.RemoteID { return "movement" }, // a row is known by its number, which may be blank
	}
	page, err := movements.page(ctx, c, domain.ListQuery{Sort: "date", Desc: true}, 1, transfer.PageSize)
	return err == nil && number != "" && slices.Contains(page.Rows, number), domain.Wrap(err, op)
}

// movementRow is a row of the list of movements.
type movementRow struct {
	DocNumber text `json:"docNumber"`
}
