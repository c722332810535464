package sandbox

import (
	"maps"
	"strconv"
)

// The routes of firms (isbasi-api.md §7, §6.8).
const (
	RouteFirms       = "firms/firms"
	RouteFirm        = "firms/{id}"
	RouteSaveFirm    = "PUT:firms"
	RouteDeleteFirms = "DELETE:firms"
	RouteTaxpayer    = "user/gibUser"
)

func (s *Server) listFirms(c *call) answer { return paged(s, c, &s.firms, s.firmRow) }

// firmRow is a row of the list; the detail calls many things differently (isbasi-api.md §7, §8.5). That of
// a company has its display name where a person's names stand; fullName is empty (§12, to §7).
func (s *Server) firmRow(c *call, f *Firm) map[string]any {
	text := func(t string) any { return s.text(f.ID, t) }
	first, last := f.FirstName, f.LastName
	if !f.Person {
		first, last = f.title(), f.title()
	}
	return map[string]any{
		"id": s.id(c, f.ID), "code": f.Code, "isActive": !f.Passive, "isPersonalCompany": f.Person, "isForeign": f.Foreign,
		"name": text(f.Name), "firstname": text(first), "lastname": text(last), "fullName": "", "displayName": f.title(),
		"type": f.form(), "firmType": f.kind(), "country": text(f.Country), "city": text(f.City), "town": text(f.District),
		"address": text(f.Address), "postalCode": text(f.PostalCode), "phone": text(f.Phone), "emailAddress": text(f.Email),
		"vknTckn": text(f.TaxNumber), "taxOffice": text(f.TaxOffice), "balance": exact(f.Balance), "firmBalance": exact(f.Balance),
		"firmCurrency": "TL", "eInvoiceResponsible": f.Registered, "eDispatchResponsible": false, "eInvoiceProfile": 1,
		"eInvoicePostLabel": nil, "modificationDate": s.date(f.ID, f.ModifiedAt), "description": nil, "tags": nil, "category": nil,
	}
}

// oneFirm answers a firm; what is no number is no route.
func (s *Server) oneFirm(c *call) answer {
	id, err := strconv.ParseInt(c.path["id"], 10, 64)
	if err != nil {
		return notFound(c.r.URL.Path)
	}
	f := s.firms.find(func(f *Firm) bool { return f.ID == id })
	if f == nil {
		return s.gone(c)
	}
	return s.ok(c, s.firmDetail(c, f))
}

// firmDetail has no modificationDate; the phone stands in phone and among phoneNumbers, which are two
// (isbasi-api.md §12, to §7).
func (s *Server) firmDetail(c *call, f *Firm) map[string]any {
	text := func(t string) any { return s.text(f.ID, t) }
	data := map[string]any{
		"shippingAddresses": nil, "banks": nil, "employees": nil, "tags": nil, "webAddress": nil, "description": nil,
		"beginningBalance": 0, "currencyBalance": 0, "genericCustomer": false, "currency": "TL",
	}
	rest := f.Rest
	if rest == nil && !s.o.Plain {
		rest = fields{
			"description": raw("Elden teslim"), "eGovermentType": raw(0),
			"riskNote": raw(map[string]any{"limit": 5000}), // nobody documents it
		}
	}
	for name, value := range rest {
		data[name] = value
	}
	cityCode, districtCode := placeCodes(f.City, f.District)
	maps.Copy(data, map[string]any{
		"id": s.id(c, f.ID), "code": f.Code, "isActive": !f.Passive, "isPersonalCompany": f.Person, "isForeign": f.Foreign,
		"name": text(f.Name), "firstName": text(f.FirstName), "lastName": text(f.LastName), "fullName": f.title(), "displayName": f.title(),
		"firmType": f.kind(), "taxOrPersonalId": text(f.TaxNumber), "taxOffice": text(f.TaxOffice),
		"country": text(f.Country), "countryCode": "TR", "city": text(f.City), "cityCode": text(cityCode),
		"district": text(f.District), "districtCode": text(districtCode), "postalCode": text(f.PostalCode), "address": text(f.Address),
		"phone": text(f.Phone), "phoneNumbers": nil, "emailAddress": text(f.Email), "balance": exact(f.Balance),
		"eInvoiceResponsible": f.Registered,
	})
	if f.Foreign {
		data["countryCode"] = nil
	}
	if f.Phone != "" || f.Phone2 != "" {
		data["phoneNumbers"] = []string{f.Phone, f.Phone2}
	}
	return data
}

// deleteFirms answers how many are gone; when one is not there, none is deleted.
func (s *Server) deleteFirms(c *call) answer {
	ids, ok := c.ids("ids")
	if !ok {
		return s.invalid(c, []string{"ids zorunludur."})
	}
	going := map[int64]bool{}
	for _, id := range ids {
		if s.firms.find(func(f *Firm) bool { return f.ID == id }) == nil {
			return s.gone(c)
		}
		going[id] = true
	}
	s.firms.remove(func(f *Firm) bool { return going[f.ID] })
	return s.ok(c, len(going))
}
