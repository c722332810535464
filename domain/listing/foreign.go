package listing

import (
	"errors"

	"github.com/sopyo/sopyo-desktop/domain"
)

// What a file is refused as that lists orders in the place of products: domain.KindFile with this Detail, a translation key.
const (
	RefusedOrders        = "file.order-list" // Field is the marketplace
	RefusedOrdersUnnamed = "file.order-list-unnamed"
)

// IsOrderList tells whether a file was refused because it lists orders.
func IsOrderList(err error) bool {
	e := new(domain.Error)
	return errors.As(err, &e) && e.Kind == domain.KindFile && (e.Detail == RefusedOrders || e.Detail == RefusedOrdersUnnamed)
}
