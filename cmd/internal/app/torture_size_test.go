//go:build !race

package app_test

// What is tortured: the syncs of a shop of so many products. PRODUCTS and KILLS say other numbers.
const (
	tortureProducts = 300
	tortureKills    = 20
)

// And so many orders' invoices, on two machines. ORDERS and KILLS say other numbers.
const (
	tortureOrders       = 120
	tortureInvoiceKills = 15
)
