package database

import (
	"database/sql/driver"

	"modernc.org/sqlite"

	"github.com/sopyo/sopyo-desktop/domain"
)

// pairing_key is domain.Barcode.PairingKey in SQL: migrations write stored keys anew with it when their rule changes.
func init() {
	sqlite.MustRegisterDeterministicScalarFunction("pairing_key", 1, func(_ *sqlite.FunctionContext, args []driver.Value) (driver.Value, error) {
		text, _ := args[0].(string)
		return domain.Barcode(text).PairingKey(), nil
	})
}
