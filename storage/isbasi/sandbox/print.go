package sandbox

import (
	"fmt"
	"strings"
)

// print is the invoice as lines to be read by people; amounts are written as in the API.
func (v *Invoice) print() []string {
	party := "Alıcı"
	if v.received() {
		party = "Satıcı"
	}
	lines := []string{
		v.KindName(), "Bu belge bir deneme sunucusunundur, mali değeri yoktur.", "",
		"Fatura No: " + v.Number, "ETTN: " + v.UUID, "Tarih: " + v.Date.In(turkey()).Format("02.01.2006 15:04"), "",
		party + ": " + v.FirmName, "VKN/TCKN: " + v.TaxNumber,
		"Adres: " + v.Address + " " + v.PostalCode + " " + v.District + "/" + v.City, "",
	}
	for i, l := range v.Lines {
		lines = append(lines, fmt.Sprintf("%d. %s %s, %s %s x %s, KDV %%%s: %s",
			i+1, l.Code, l.Name, l.Quantity, l.Unit, l.Price, l.VATRate, l.amount().StringFixed(2)))
	}
	lines = append(lines, "")
	for _, r := range v.rates() {
		lines = append(lines, fmt.Sprintf("KDV %%%s: Matrah %s, KDV %s", r.Rate, r.Net.StringFixed(2), r.VAT.StringFixed(2)))
	}
	if !v.Withholding.IsZero() {
		lines = append(lines, "Tevkifat "+v.Withholding.StringFixed(2))
	}
	lines = append(lines, "TOPLAM "+v.Total.StringFixed(2)+" "+v.Currency, "")
	if v.Cancelled {
		lines = append(lines, "İPTAL EDİLDİ")
	}
	return append(lines, strings.Split(v.Description, "\n")...)
}
