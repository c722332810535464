package isbasi

import (
	"context"
	"encoding/json"
	"net/http"
	"strconv"

	"github.com/sopyo/sopyo-desktop/domain"
)

// SaveFirm stores a customer or supplier and gives its id. Without an id it is a new one (one write).
// Else the record is read whole, the fields of f that say something are set, and it is written back: an
// empty field of f, and Person, Foreign, Active, Kind and EInvoice, leave the record as it stands (one
// read, and one write unless nothing differs).
func (c *Client) SaveFirm(ctx context.Context, f domain.Firm) (domain.RemoteID, error) {
	const op = "save a firm"
	var fields record
	var old domain.Firm
	if f.ID == "" {
		if f.Code == "" || (f.Name == "" && f.FirstName == "") {
			return "", domain.Wrap(domain.Invalid("name", "required"), op)
		}
		fields = newFirm(f)
	} else {
		w, err := c.wholeFirm(ctx, f.ID)
		if err != nil {
			return "", domain.Wrap(err, op)
		}
		fields, old = w.raw, w.value.firm()
	}
	ch := firmChange{record: fields, old: old}
	if err := ch.apply(f); err != nil {
		return "", domain.Wrap(err, op)
	}
	if f.ID != "" && !ch.changed {
		return f.ID, nil
	}
	var id text
	if err := c.write(ctx, request{op: op, method: http.MethodPut, path: "firms", body: fields}, &id); err != nil {
		return f.ID, err
	}
	if stored := idOf(id); stored != "" {
		return stored, nil
	}
	return f.ID, nil
}

// newFirm is the record of a firm that is not at İşbaşı yet, without what firmChange sets: whole, with the
// fields of the one creation that is documented to work (isbasi-api.md §12 "To §7").
func newFirm(f domain.Firm) record {
	kind, who := "1", "2"
	switch f.Kind {
	case domain.FirmSupplier:
		kind = "2"
	case domain.FirmBoth:
		kind = "3"
	case domain.FirmUnknown, domain.FirmCustomer:
	}
	if f.Person {
		who = "1"
	}
	r := record{}
	for _, name := range []string{
		"code", "name", "fullName", "displayName", "firstName", "lastName", "taxOrPersonalId", "taxOffice", "country", "countryCode",
		"city", "cityCode", "district", "districtCode", "address", "postalCode", "phone", "emailAddress", "description",
	} {
		r.setText(name, "")
	}
	if !f.Foreign {
		r.setText("country", "Türkiye")
		r.setText("countryCode", "TR")
	}
	r.setText("currency", localCurrency(domain.TRY))
	for name, raw := range map[string]string{
		"id": "0", "type": who, "firmType": kind, "beginningBalance": "0", "balance": "0", "currencyBalance": "0",
		"isActive": "true", "notApplyGST": "true", "allowDuplicate": "false", "eDispatchResponsible": "false",
		"isForeign": strconv.FormatBool(f.Foreign), "isPersonalCompany": strconv.FormatBool(f.Person), "eInvoiceResponsible": strconv.FormatBool(f.EInvoice),
		"phoneNumbers": "[]", "shippingAddresses": "[]", "banks": "[]", "employees": "[]",
	} {
		r.setRaw(name, json.RawMessage(raw))
	}
	return r
}

// firmChange is a firm's record while it is being changed.
type firmChange struct {
	record  record
	old     domain.Firm
	changed bool
}

// firmField is a field of a firm under its name in the detail, and what else the record says by it.
type firmField struct {
	name, value, old string
	also             []string // names that repeat the value
	code             string   // the code of the value, which İşbaşı resolves from the name when it is empty
}

func (p *firmChange) apply(f domain.Firm) error {
	taxNumber := "taxOrPersonalId"
	for _, variant := range []string{"vknTckn", "tcknVkn"} {
		if !p.record.has(taxNumber) && p.record.has(variant) {
			taxNumber = variant
		}
	}
	name := f.Name
	if name == "" {
		name = text(f.FirstName + " " + f.LastName).trim()
	}
	for _, field := range []firmField{
		{name: "code", value: f.Code, old: p.old.Code},
		{name: "name", value: name, old: p.old.Name, also: []string{"fullName", "displayName"}},
		{name: "firstName", value: f.FirstName, old: p.old.FirstName},
		{name: "lastName", value: f.LastName, old: p.old.LastName},
		{name: taxNumber, value: f.TaxNumber, old: p.old.TaxNumber},
		{name: "taxOffice", value: f.TaxOffice, old: p.old.TaxOffice},
		{name: "country", value: f.Country, old: p.old.Country, code: "countryCode"},
		{name: "city", value: f.City, old: p.old.City, code: "cityCode"},
		{name: "district", value: f.District, old: p.old.District, code: "districtCode"},
		{name: "address", value: f.Address, old: p.old.Address},
		{name: "postalCode", value: f.PostalCode, old: p.old.PostalCode},
		{name: "emailAddress", value: f.Email, old: p.old.Email},
		{name: "description", value: f.Description, old: p.old.Description},
	} {
		p.set(field)
	}
	return p.phone(f.Phone)
}

func (p *firmChange) set(f firmField) {
	value := text(f.value).trim()
	if value == "" || value == f.old {
		return
	}
	p.changed = true
	p.record.setText(f.name, value)
	for _, name := range f.also {
		var was text
		if raw, ok := p.record[p.record.key(name)]; ok {
			_ = was.UnmarshalJSON(raw) // it is JSON, of which a text refuses none
		}
		if was.trim() != "" && was.trim() != f.old {
			continue // it says something of its own
		}
		p.record.setText(name, value)
	}
	if f.code == "" {
		return
	}
	code := ""
	if f.name == "country" && domain.Fold(value) == domain.Fold("Türkiye") {
		code = "TR"
	}
	p.record.setText(f.code, code)
}

// phone sets the first number, by which alone İşbaşı stores one, and wherever else the record repeats the old
// (isbasi-api.md §7, §12).
func (p *firmChange) phone(number string) error {
	number = text(number).trim()
	if number == "" || number == p.old.Phone {
		return nil
	}
	var all []json.RawMessage
	if p.record.has("phoneNumbers") {
		if err := json.Unmarshal(p.record[p.record.key("phoneNumbers")], &all); err != nil {
			return badRecord(err)
		}
	}
	if len(all) == 0 {
		all = append(all, nil)
	}
	for i, raw := range all {
		if i == 0 || phoneOf(raw) == p.old.Phone {
			all[i] = textJSON(number)
		}
	}
	p.changed = true
	list, err := json.Marshal(all)
	if err != nil {
		return err
	}
	p.record.setRaw("phoneNumbers", list)
	if _, ok := p.record[p.record.key("phone")]; ok {
		p.record.setText("phone", number)
	}
	return nil
}
