package table

import (
	"slices"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/listing"
)

// CheckReading refuses what no file can be read by, as domain.KindInvalid with the setting as Field.
func CheckReading(r listing.Reading) error {
	switch {
	case r.Separator != "" && !slices.Contains(listing.Separators(), r.Separator):
		return domain.Invalid("separator", "file.unknown-separator")
	case r.Encoding != "" && !slices.Contains(listing.Encodings(), r.Encoding):
		return domain.Invalid("encoding", "file.unknown-charset")
	case r.Decimal != "" && r.Decimal != "," && r.Decimal != ".":
		return domain.Invalid("decimal", "file.unknown-decimal")
	case r.HeaderRow < 0:
		return UnknownHeaderRow()
	}
	return nil
}

// UnknownHeaderRow is the error of a header row that the file does not have.
func UnknownHeaderRow() error { return domain.Invalid("header", "file.unknown-header-row") }
