package history

import (
	"encoding/json"
	"strings"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/history"
	"github.com/sopyo/sopyo-desktop/gui/kit"
)

// places are the pages on which what was done can be looked at, and taken back where that is possible, by how the names of
// entries begin.
var places = [...]struct {
	begins string
	place  kit.Place
}{
	{"connection", kit.PlaceAPI},
	{"settings", kit.PlaceProcess},
	{"price", kit.PlacePrices},
	{"exchange-rate", kit.PlaceMarkets},
	{"marketplace", kit.PlaceMarkets},
	{"transfer", kit.PlaceReview},
	{"decided-", kit.PlaceReview},
	{"taken-back-", kit.PlaceReview},
	{"import", kit.PlaceFiles},
	{"product", kit.PlaceProducts},
	{"repair", kit.PlaceProducts},
	{"sync", kit.PlaceSync},
	{"order", kit.PlaceOrders},
	{"invoice", kit.PlaceInvoices},
	{"task", kit.PlaceInvoices},
	{"month", kit.PlaceInvoices},
	{"mail", kit.PlaceMail},
	{"restored", kit.PlaceBackup},
	{"taken-over", kit.PlaceBackup},
	{"hand", kit.PlaceBackup},
}

// placeOf is the page of what was done; false: it has none.
func placeOf(x history.Entry) (kit.Place, bool) {
	for _, p := range places {
		if strings.HasPrefix(x.What, p.begins) {
			return p.place, true
		}
	}
	return 0, false
}

// productOf is the one product that an entry is about, 0 = none.
func productOf(x history.Entry) domain.ProductID {
	var about struct{ Product domain.ProductID }
	if !strings.HasPrefix(x.What, "product-") || json.Unmarshal([]byte(x.Detail), &about) != nil {
		return 0
	}
	return about.Product
}
