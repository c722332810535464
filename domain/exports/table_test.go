package exports

import (
	"testing"

	"github.com/shopspring/decimal"
)

// A sheet keeps fifteen digits, wherever the point stands; what has more goes into it as a text.
func TestSheetNumber_losesNoDigit(t *testing.T) {
	for text, want := range map[string]any{
		"0": 0.0, "-12.5": -12.5, "123456789012345": 123456789012345.0, "0.123456789012345": 0.123456789012345, "-12345678901234.5": -12345678901234.5,
		"1234567890123456": "1234567890123456", "0.1234567890123456": "0.1234567890123456", "-123456789012345.6": "-123456789012345.6",
	} {
		if got := SheetNumber(decimal.RequireFromString(text)); got != want {
			t.Errorf("%s is %v, want %v", text, got, want)
		}
	}
}
