package transfer

import (
	"testing"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/domaintest"
)

// Both sides agree on what they both have after a row was applied, whoever had it first.
func TestRow_agreesOnWhatBothSidesHave(t *testing.T) {
	none := decimal.NullDecimal{}
	for name, tt := range map[string]struct {
		remote        domain.RemoteProduct
		applied, want Values
	}{
		"both":                        {domain.RemoteProduct{Currency: "TRY", Price: money("10"), Stock: money("1")}, Values{money("10"), "TRY", money("1")}, Values{money("10"), "TRY", money("1")}},
		"as numbers":                  {domain.RemoteProduct{Currency: "TRY", Price: money("10.00"), Stock: money("1.0")}, Values{money("10"), "TRY", money("1")}, Values{money("10"), "TRY", money("1")}},
		"TL by itself":                {domain.RemoteProduct{Price: money("10")}, Values{money("10"), "TRY", none}, Values{money("10"), "TRY", none}},
		"another currency of both":    {domain.RemoteProduct{Currency: "USD", Price: money("10")}, Values{money("10"), "USD", none}, Values{money("10"), "USD", none}},
		"another currency":            {domain.RemoteProduct{Currency: "USD", Price: money("10"), Stock: money("1")}, Values{money("10"), "TRY", money("1")}, Values{Stock: money("1")}},
		"no currency, yet no TL":      {domain.RemoteProduct{Price: money("10")}, Values{money("10"), "USD", none}, Values{}},
		"another price":               {domain.RemoteProduct{Currency: "TRY", Price: money("10"), Stock: money("1")}, Values{money("10.01"), "TRY", money("1")}, Values{Stock: money("1")}},
		"another stock":               {domain.RemoteProduct{Currency: "TRY", Price: money("10"), Stock: money("1")}, Values{money("10"), "TRY", money("-1")}, Values{money("10"), "TRY", none}},
		"neither, on both sides":      {domain.RemoteProduct{Currency: "TRY"}, Values{none, "TRY", none}, Values{}},
		"what İşbaşı does not have":   {domain.RemoteProduct{Currency: "TRY"}, Values{money("0"), "TRY", money("0")}, Values{}},
		"what the product never took": {domain.RemoteProduct{Currency: "TRY", Price: money("0"), Stock: money("0")}, Values{none, "TRY", none}, Values{}},
		"nothing was applied":         {domain.RemoteProduct{Currency: "TRY", Price: money("10"), Stock: money("1")}, Values{}, Values{}},
	} {
		for _, d := range domaintest.Differences(Row{Remote: tt.remote, Applied: tt.applied}.Agreed(), tt.want) {
			t.Errorf("%s: %s", name, d)
		}
	}
}
