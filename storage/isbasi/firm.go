package isbasi

import (
	"context"
	"encoding/json"
	"iter"
	"net/http"

	"github.com/sopyo/sopyo-desktop/domain"
)

// Firms yields the pages of the customers and suppliers that q asks for (isbasi-api.md §7). A page costs
// one read. It yields an error at most once, last.
func (c *Client) Firms(ctx context.Context, q domain.ListQuery) iter.Seq2[domain.Page[domain.Firm], error] {
	return listing[firmWire, domain.Firm]{
		name: "firms", path: "firms/firms",
		from: firmWire.firm, id: func(f domain.Firm) domain.RemoteID { return f.ID },
		says: columns[domain.Firm]{
			"id": func(f domain.Firm) any { return string(f.ID) }, "code": func(f domain.Firm) any { return f.Code },
			"vkntckn": firmNumber, "tcknvkn": firmNumber, "taxorpersonalid": firmNumber,
			"isactive": func(f domain.Firm) any { return f.Active }, "modificationdate": func(f domain.Firm) any { return f.ModifiedAt },
		},
	}.pages(ctx, c, q)
}

func firmNumber(f domain.Firm) any { return taxNumber(f.TaxNumber) }

// Firm reads one customer or supplier. It costs one read.
func (c *Client) Firm(ctx context.Context, id domain.RemoteID) (domain.Firm, error) {
	w, err := c.wholeFirm(ctx, id)
	if err != nil {
		return domain.Firm{}, err
	}
	return w.value.firm(), nil
}

func (c *Client) wholeFirm(ctx context.Context, id domain.RemoteID) (whole[firmWire], error) {
	const op = "read a firm"
	var w whole[firmWire]
	segment, err := remoteID("firm", id)
	if err != nil {
		return w, domain.Wrap(err, op)
	}
	if err := c.read(ctx, request{op: op, method: http.MethodGet, path: "firms/" + segment}, &w); err != nil {
		return w, err
	}
	return w, sameID(op, id, w.value.ID)
}

// firmWire is a row of firms/firms and the data of a firm's detail: the two name some things differently.
type firmWire struct {
	ID              text      `json:"id"`
	Code            text      `json:"code"`
	IsActive        flag      `json:"isActive"`
	IsPersonal      flag      `json:"isPersonalCompany"`
	IsForeign       flag      `json:"isForeign"`
	Name            text      `json:"name"`
	FirstName       text      `json:"firstName"` // firstname in rows
	LastName        text      `json:"lastName"`
	FullName        text      `json:"fullName"`
	DisplayName     text      `json:"displayName"`
	Type            text      `json:"type"`
	FirmType        text      `json:"firmType"`
	Country         named     `json:"country"`
	City            named     `json:"city"`
	Town            named     `json:"town"`     // in rows
	District        named     `json:"district"` // in details
	Address         text      `json:"address"`
	PostalCode      text      `json:"postalCode"`
	Phone           text      `json:"phone"`
	PhoneNumbers    phoneList `json:"phoneNumbers"`
	Email           text      `json:"emailAddress"`
	VKNTCKN         text      `json:"vknTckn"`
	TCKNVKN         text      `json:"tcknVkn"`
	TaxOrPersonalID text      `json:"taxOrPersonalId"`
	TaxOffice       named     `json:"taxOffice"`
	Balance         number    `json:"balance"`
	EInvoice        flag      `json:"eInvoiceResponsible"`
	Description     text      `json:"description"`
	Modified        moment    `json:"modificationDate"`
}

// phoneList is the first phone number of a list of texts, or of objects that hold one.
type phoneList string

// UnmarshalJSON implements json.Unmarshaler.
func (p *phoneList) UnmarshalJSON(raw []byte) error {
	*p = ""
	var all []json.RawMessage
	if raw[0] != '[' || json.Unmarshal(raw, &all) != nil {
		return nil
	}
	for _, raw := range all {
		if number := phoneOf(raw); number != "" {
			*p = phoneList(number)
			return nil
		}
	}
	return nil
}

// phoneOf is a phone number as a text, or as an object that holds one; "" for anything else.
func phoneOf(raw json.RawMessage) string {
	var t text
	var o object[struct {
		PhoneNumber text `json:"phoneNumber"`
		Phone       text `json:"phone"`
		Number      text `json:"number"`
	}]
	if len(raw) == 0 || t.UnmarshalJSON(raw) != nil || o.UnmarshalJSON(raw) != nil {
		return ""
	}
	return firstOf(t, o.value.PhoneNumber, o.value.Phone, o.value.Number)
}

func (w firmWire) firm() domain.Firm {
	f := domain.Firm{
		ID: idOf(w.ID), Code: w.Code.trim(),
		Name:      firstOf(w.Name, w.FullName, w.DisplayName),
		FirstName: w.FirstName.trim(), LastName: w.LastName.trim(),
		Person:  w.Type.trim() == "1" || (w.Type.trim() == "" && w.IsPersonal.on),
		Foreign: w.IsForeign.on, Active: w.IsActive.on || !w.IsActive.set,
		Kind: map[string]domain.FirmKind{
			"1": domain.FirmCustomer, "2": domain.FirmSupplier, "3": domain.FirmBoth,
		}[w.FirmType.trim()],
		TaxNumber: firstOf(w.TaxOrPersonalID, w.VKNTCKN, w.TCKNVKN), TaxOffice: string(w.TaxOffice),
		Country: string(w.Country), City: string(w.City), District: firstOf(text(w.District), text(w.Town)),
		Address: w.Address.trim(), PostalCode: w.PostalCode.trim(), Email: w.Email.trim(),
		Phone: firstOf(text(w.PhoneNumbers), w.Phone), EInvoice: w.EInvoice.on, Description: w.Description.trim(),
		Balance: w.Balance.NullDecimal, ModifiedAt: w.Modified.Time,
	}
	for _, name := range []*string{&f.FirstName, &f.LastName} {
		if !f.Person && (*name == f.Name || *name == w.DisplayName.trim()) {
			*name = "" // rows of companies repeat the display name there
		}
	}
	if f.Name == "" {
		f.Name = text(f.FirstName + " " + f.LastName).trim()
	}
	return f
}
