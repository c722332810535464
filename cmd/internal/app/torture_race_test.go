//go:build race

package app_test

// Under -race everything takes many times as long, and a race shows itself in a small shop too.
const (
	tortureProducts = 120
	tortureKills    = 4
)

const (
	tortureOrders       = 40
	tortureInvoiceKills = 4
)
