package isbasi

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
)

// What İşbaşı says of firms, products, invoices, documents and licences comes in as lines, in whichever field it stands.
func TestEveryText_comesInAsALine(t *testing.T) {
	const hostile = "Ay\u001b[2Jşe\nSAHTE\u202eson"
	names := []string{
		"name", "name2", "firmName", "fullName", "displayName", "description", "eStatusDescription", "cancelText", "rejectNote", "typeName", "title", "alias",
		"supplier", "status", "message", "label", "mainUnitName", "brand", "category", "modelName", "unit", "code", "firmCode", "userName", "email",
		"invoiceNumber", "orderNumber", "taxOrPersonalId", "docNumber", "itemCode", "productName", "eGovermentTypeDesc", "envelopeGUID",
	}
	record := map[string]any{"id": 7, "stock": 1, "pkList": []any{}, "total": 1}
	for _, n := range names {
		record[n] = hostile
	}
	inner := map[string]any{}
	for _, n := range names {
		inner[n] = hostile
	}
	record["code"] = "K-1" // of a product, by which it is known again, is as it stands there
	for _, n := range []string{"firm", "eGovernmentInvoice", "mainUnit", "eType"} {
		record[n] = inner
	}
	for _, n := range []string{"invoiceLines", "licenses", "units", "prices", "pkList", "gbList"} {
		record[n] = []any{inner}
	}
	raw, err := json.Marshal(record)
	if err != nil {
		t.Fatal(err)
	}
	read := func(into any) {
		if err := json.Unmarshal(raw, into); err != nil {
			t.Fatal(err)
		}
	}
	var row productRow
	var invoice invoiceWire
	var payer taxpayerWire
	var login loginData
	read(&row)
	read(&invoice)
	read(&payer)
	read(&login)
	for what, v := range map[string]any{
		"product": row.product(), "invoice": invoice.invoice(), "inboxes": aliases(payer.PKList), "licence": login.licence(),
		"firm": firstOf(login.FirmName, login.UserName),
	} {
		said := fmt.Sprintf("%#v", v)
		if strings.Contains(said, `\x1b`) || strings.Contains(said, `\n`) || strings.Contains(said, `\u202e`) {
			t.Errorf("%s: %s", what, said)
		}
		if !strings.Contains(said, "SAHTEson") {
			t.Errorf("%s has none of the texts: this test looks at nothing: %s", what, said)
		}
	}
}
