package sync

import "testing"

func TestAvailable_isWhatNobodyHasBoughtYet(t *testing.T) {
	for _, tt := range []struct{ stock, open, reserve, want string }{
		{"10", "3", "0", "7"},
		{"7", "0", "0", "7"}, // the invoice is issued
		{"10", "3", "2", "5"},
		{"10", "3", "7", "0"},
		{"10", "3", "8", "0"},
		{"10", "11", "0", "0"},
		{"-2", "0", "0", "0"},
		{"2.5", "0.75", "0.25", "1.5"},
	} {
		got := Available(num(tt.stock).Decimal, num(tt.open).Decimal, num(tt.reserve).Decimal)
		if got.String() != tt.want {
			t.Errorf("%s less %s less %s is shown as %s, want %s", tt.stock, tt.open, tt.reserve, got, tt.want)
		}
	}
}
