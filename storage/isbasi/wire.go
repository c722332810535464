package isbasi

import (
	"bytes"
	"cmp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	jsonv1 "github.com/go-json-experiment/json/v1"
	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
)

// unmarshal reads JSON as encoding/json does, in half of its time: what that is from Go 1.27 on. It ends at the first error, and
// what it has read until then stays.
func unmarshal(raw []byte, into any) error {
	return json.Unmarshal(raw, into, jsonv1.DefaultOptionsV1(), jsonv1.ReportErrorsWithLegacySemantics(false))
}

// The types below take a value in every shape İşbaşı sends it in, and never fail: what cannot be
// understood counts as absent, and an absent value overwrites nothing (isbasi-api.md §8).

// text is a string, or a number as it was written: ids come as both.
type text string

// UnmarshalJSON implements json.Unmarshaler.
func (t *text) UnmarshalJSON(raw []byte) error {
	*t = ""
	switch {
	case raw[0] == '"' && bytes.IndexByte(raw, '\\') < 0 && utf8.Valid(raw): // as good as every one
		*t = text(raw[1 : len(raw)-1])
	case raw[0] == '"':
		return unmarshal(raw, (*string)(t))
	case raw[0] == '-' || (raw[0] >= '0' && raw[0] <= '9'):
		*t = text(raw)
	}
	return nil
}

// trim gives the text as a domain.Line: the one gate by which texts of İşbaşı come in.
func (t text) trim() string { return strings.TrimSpace(domain.Line(string(t))) }

// exact is for keys and addresses: with any other character they are others, or none.
func (t text) exact() string { return strings.TrimSpace(string(t)) }

// flag is a bool, or 0 and 1, or either as text.
type flag struct{ set, on bool }

// UnmarshalJSON implements json.Unmarshaler.
func (f *flag) UnmarshalJSON(raw []byte) error {
	switch strings.ToLower(strings.Trim(string(raw), `"`)) { //nolint:forbidigo // JSON's own words
	case "true", "1":
		*f = flag{set: true, on: true}
	case "false", "0":
		*f = flag{set: true}
	default:
		*f = flag{}
	}
	return nil
}

// number is a decimal as a number or as text with a point; never a float.
type number struct{ decimal.NullDecimal }

// UnmarshalJSON implements json.Unmarshaler.
func (n *number) UnmarshalJSON(raw []byte) error {
	*n = number{}
	var t text
	if err := t.UnmarshalJSON(raw); err != nil {
		return err
	}
	const longest, widest = 40, 30 // no price or stock has more digits; 1e999999 would fill the memory
	if s := t.trim(); s != "" && len(s) <= longest {
		if d, err := decimal.NewFromString(s); err == nil && d.Exponent() <= widest && d.Exponent() >= -widest {
			n.NullDecimal = decimal.NewNullDecimal(d)
		}
	}
	return nil
}

// moment is a time; without an offset it is Türkiye's (isbasi-api.md §3.4).
type moment struct{ time.Time }

// UnmarshalJSON implements json.Unmarshaler.
func (m *moment) UnmarshalJSON(raw []byte) error {
	*m = moment{}
	var t text
	if err := t.UnmarshalJSON(raw); err != nil {
		return err
	}
	for _, layout := range []string{"2006-01-02T15:04:05.999999999", time.RFC3339Nano, "2006-01-02 15:04:05", time.DateOnly} {
		at, err := time.ParseInLocation(layout, t.trim(), domain.Istanbul)
		if err == nil && at.Year() > 1 { // year 1 is how .NET says "none"
			m.Time = at.UTC()
			break
		}
	}
	return nil
}

// object is a T, or nothing when something else stands in its place.
type object[T any] struct{ value T }

// UnmarshalJSONFrom implements json.UnmarshalerFrom.
func (o *object[T]) UnmarshalJSONFrom(d *jsontext.Decoder) error {
	*o = object[T]{}
	if d.PeekKind() != jsontext.KindBeginObject {
		return d.SkipValue()
	}
	return json.UnmarshalDecode(d, &o.value)
}

// named is a name, or an object that has one.
type named string

// UnmarshalJSON implements json.Unmarshaler.
func (n *named) UnmarshalJSON(raw []byte) error {
	var t text
	if raw[0] == '{' {
		var o struct {
			Name text `json:"name"`
			Code text `json:"code"`
		}
		if err := unmarshal(raw, &o); err != nil {
			return err
		}
		*n = named(firstOf(o.Name, o.Code))
		return nil
	}
	if err := t.UnmarshalJSON(raw); err != nil {
		return err
	}
	*n = named(t.trim())
	return nil
}

// firstOf is the first text that is not blank, trimmed.
func firstOf(texts ...text) string {
	for _, t := range texts {
		if s := t.trim(); s != "" {
			return s
		}
	}
	return ""
}

// listRequest is the body of every list (isbasi-api.md §3.2).
type listRequest struct {
	Filters     []filter          `json:"filters"`
	Sorting     map[string]string `json:"sorting"`
	Paging      paging            `json:"paging"`
	ColumnNames []string          `json:"columnNames"`
	Count       bool              `json:"count"`
	Excel       struct {
		Export         bool     `json:"export"`
		AllowedColumns []string `json:"allowedColumns"`
		LucaExport     bool     `json:"lucaExport"`
	} `json:"excel"`
}

type filter struct {
	ColumnName string `json:"columnName"`
	Operator   string `json:"operator"`
	Value      any    `json:"value"` // text, number or flag; an array for In
}

type paging struct {
	CurrentPage int `json:"currentPage"`
	PageSize    int `json:"pageSize"`
}

// listAnswer is the data of a list's answer. Rows may be null where there is none.
type listAnswer[Row any] struct {
	Count number `json:"count"`
	Rows  []Row  `json:"data"`
}

// productRow is one row of products/products (isbasi-api.md §4.1).
type productRow struct {
	ID           text   `json:"id"`
	Type         text   `json:"type"`
	Code         text   `json:"code"`
	Name         text   `json:"name"`
	Barcode      text   `json:"barcode"`
	IsActive     flag   `json:"isActive"`
	VATRate      number `json:"vatRate"`
	Stock        number `json:"stock"`
	SalesPrice   number `json:"salesPriceTaxIncluded"`
	Price        number `json:"price"`
	Currency     named  `json:"currency"`
	MainUnitName text   `json:"mainUnitName"`
	MainUnit     object[struct {
		Name    text `json:"name"`
		Code    text `json:"code"`
		Barcode text `json:"barcode"`
	}] `json:"mainUnit"`
	Brand        named  `json:"brand"`
	BrandName    named  `json:"brandName"`
	ModifiedDate moment `json:"modificationDate"`
}

// product gives the row in the domain's terms. A row that does not say whether it is active is; one
// that does not say its type is what was asked for.
func (r productRow) product() domain.RemoteProduct {
	unit := r.MainUnit.value
	p := domain.RemoteProduct{
		ID:         domain.RemoteID(r.ID.trim()),
		Type:       domain.TypeProduct,
		Code:       domain.Code(r.Code),
		Barcode:    domain.Barcode(r.Barcode),
		Name:       domain.ProductText(r.Name.trim()),
		Brand:      domain.ProductText(string(r.Brand)),
		Unit:       firstOf(r.MainUnitName, unit.Name, unit.Code),
		Active:     r.IsActive.on || !r.IsActive.set,
		Currency:   currency(string(r.Currency)),
		Price:      r.SalesPrice.NullDecimal,
		Stock:      r.Stock.NullDecimal,
		VATRate:    r.VATRate.NullDecimal,
		ModifiedAt: r.ModifiedDate.Time,
	}
	if r.Type == "2" {
		p.Type = domain.TypeService
	}
	if r.Barcode.trim() == "" {
		p.Barcode = domain.Barcode(unit.Barcode)
	}
	if p.Brand == "" {
		p.Brand = domain.ProductText(string(r.BrandName))
	}
	if !p.Price.Valid {
		p.Price = r.Price.NullDecimal
	}
	return p
}

// currency gives the ISO code: İşbaşı's "TL" is TRY, and none stays none. What is no code at all
// becomes XXX, so that the price is never taken for liras.
func currency(s string) domain.Currency {
	switch s = strings.ToUpper(s); { //nolint:forbidigo // currency codes are ASCII
	case s == "":
		return ""
	case slices.Contains([]string{"TL", "TRY", "TRL", "₺", "YTL"}, s):
		return domain.TRY
	case len(s) == 3 && strings.Trim(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == "":
		return domain.Currency(s)
	default:
		return "XXX"
	}
}

// loginRequest is IntegrationLoginInfo (isbasi-api.md §2.1).
type loginRequest struct {
	UserName   string `json:"username"`
	Password   string `json:"password"`
	AppUserKey string `json:"appUserKey,omitempty"`
	TenantID   string `json:"tenantId,omitempty"`
}

// loginData is the data of a login's answer. The firm's name has no documented field.
type loginData struct {
	AccessToken text      `json:"accessToken"`
	TenantID    text      `json:"tenantId"`
	UserID      text      `json:"userId"`
	UserName    text      `json:"userName"`
	Email       text      `json:"email"`
	BaseURL     text      `json:"baseUrl"`
	BaseURLOld  text      `json:"BASE_URL"`
	FirmName    text      `json:"firmName"`
	TenantName  text      `json:"tenantName"`
	CompanyName text      `json:"companyName"`
	Licences    []licence `json:"licenses"`
}

type licence struct {
	Code       text   `json:"code"`
	Name       text   `json:"name"`
	ExpireDate moment `json:"expireDate"`
	IsExpired  flag   `json:"isExpired"`
}

// licence picks the one that holds longest, running ones first.
func (d loginData) licence() domain.Licence {
	var best domain.Licence
	for i, l := range d.Licences {
		next := domain.Licence{Code: l.Code.trim(), Name: l.Name.trim(), EndsAt: l.ExpireDate.Time, Expired: l.IsExpired.on}
		if i == 0 || (best.Expired && !next.Expired) || (best.Expired == next.Expired && next.EndsAt.After(best.EndsAt)) {
			best = next
		}
	}
	return best
}

// consentData is SSORequestResponseModel, or the address alone (isbasi-api.md §2.2 step 1).
type consentData struct {
	RedirectURL text
}

// UnmarshalJSON implements json.Unmarshaler.
func (d *consentData) UnmarshalJSON(raw []byte) error {
	var o object[struct {
		RedirectURL text `json:"redirectUrl"`
	}]
	if err := unmarshal(raw, &o); err != nil {
		return err
	}
	if d.RedirectURL = o.value.RedirectURL; raw[0] == '"' {
		return d.RedirectURL.UnmarshalJSON(raw)
	}
	return nil
}

// userKeyRequest is the body of getuserappkey.
type userKeyRequest struct {
	Key string `json:"key"`
}

// userKeyData is the second key: its shape is not documented (isbasi-api.md §2.2 step 3).
type userKeyData struct {
	Key text
}

// UnmarshalJSON implements json.Unmarshaler.
func (d *userKeyData) UnmarshalJSON(raw []byte) error {
	if !bytes.HasPrefix(raw, []byte("{")) {
		return d.Key.UnmarshalJSON(raw)
	}
	var o struct {
		AppUserKey text `json:"appUserKey"`
		UserKey    text `json:"userKey"`
		Key        text `json:"key"`
	}
	if err := unmarshal(raw, &o); err != nil {
		return err
	}
	d.Key = text(cmp.Or(o.AppUserKey.exact(), o.UserKey.exact(), o.Key.exact()))
	return nil
}
