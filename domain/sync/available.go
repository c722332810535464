package sync

import "github.com/shopspring/decimal"

// Available gives the stock that marketplaces are shown: İşbaşı's, less what is sold in open orders that
// İşbaşı does not know of yet (accepted, not in an issued invoice), less what the shop keeps back; never
// below zero. Once the invoice is issued İşbaşı's own stock has gone down and the order is open no more.
func Available(stock, open, reserve decimal.Decimal) decimal.Decimal {
	return decimal.Max(decimal.Zero, stock.Sub(open).Sub(reserve))
}
