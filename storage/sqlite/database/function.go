package database

import (
	"database/sql/driver"

	"modernc.org/sqlite"

	"github.com/sopyo/sopyo-desktop/domain"
)

// The keys by which products are found and sorted, in SQL: many rows get theirs in one statement, and migrations write stored keys
// anew when their rule changes.
func init() {
	for name, key := range map[string]func(text string) driver.Value{
		"code_k0":     func(text string) driver.Value { return domain.Code(text).K0() },
		"code_k1":     func(text string) driver.Value { return domain.Code(text).K1() },
		"pairing_key": func(text string) driver.Value { return domain.Barcode(text).PairingKey() },
		"fold":        func(text string) driver.Value { return domain.Fold(text) },
		"sort_key":    func(text string) driver.Value { return domain.SortKey(text) },
	} {
		sqlite.MustRegisterDeterministicScalarFunction(name, 1, func(_ *sqlite.FunctionContext, args []driver.Value) (driver.Value, error) {
			text, _ := args[0].(string)
			return key(text), nil
		})
	}
	sqlite.MustRegisterDeterministicScalarFunction("shortened_key", 1, func(_ *sqlite.FunctionContext, args []driver.Value) (driver.Value, error) {
		old, _ := args[0].([]byte)
		return domain.ShortenedKey(old), nil
	})
	sqlite.MustRegisterDeterministicScalarFunction("search_fold", 3, func(_ *sqlite.FunctionContext, args []driver.Value) (driver.Value, error) {
		name, _ := args[0].(string)
		code, _ := args[1].(string)
		barcode, _ := args[2].(string)
		return SearchText(name, domain.Code(code), domain.Barcode(barcode)), nil
	})
}
