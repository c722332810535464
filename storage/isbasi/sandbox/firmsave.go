package sandbox

import (
	"fmt"
	"net/http"
)

// savedFirm is what the stand-in understands of a firm that is saved (isbasi-api.md §7). A phone counts
// only among phoneNumbers.
type savedFirm struct {
	ID         recordID `json:"id"`
	Code       string   `json:"code"`
	IsActive   bool     `json:"isActive"`
	Person     bool     `json:"isPersonalCompany"`
	Foreign    bool     `json:"isForeign"`
	Name       string   `json:"name"`
	FullName   string   `json:"fullName"`
	FirstName  string   `json:"firstName"` // firstname too: names are read without regard to case
	LastName   string   `json:"lastName"`
	FirmType   int      `json:"firmType"`
	TaxNumber  string   `json:"taxOrPersonalId"`
	TaxOffice  string   `json:"taxOffice"`
	Country    string   `json:"country"`
	City       string   `json:"city"`
	District   string   `json:"district"`
	PostalCode string   `json:"postalCode"`
	Address    string   `json:"address"`
	Phones     []string `json:"phoneNumbers"`
	Email      string   `json:"emailAddress"`
	Registered bool     `json:"eInvoiceResponsible"`
	Validate   bool     `json:"validateCityAndDistrict"`
}

// saveFirm creates (id 0) or replaces a firm, the whole of it; the answer is its id, of a new one as a
// number with the code 200 (isbasi-api.md §12, to §7).
func (s *Server) saveFirm(c *call) answer {
	var in savedFirm
	var rest fields
	if c.read(&in) != nil || c.read(&rest) != nil {
		return s.unreadable(c)
	}
	if in.Name == "" && !in.Person {
		in.Name = in.FullName
	}
	var wrong []string
	if in.Name == "" && (in.FirstName == "" || in.LastName == "") {
		wrong = append(wrong, "Unvan ya da ad ve soyad zorunludur.")
	}
	if in.Validate && plateOf(in.City) == 0 {
		wrong = append(wrong, "Şehir bulunamadı.")
	}
	if in.Validate && in.District == "" {
		wrong = append(wrong, "İlçe bulunamadı.")
	}
	if len(wrong) > 0 {
		return s.invalid(c, wrong)
	}
	old := s.firms.find(func(f *Firm) bool { return in.ID != 0 && f.ID == int64(in.ID) })
	if in.ID != 0 && old == nil {
		return s.gone(c)
	}
	if in.Code != "" && (old == nil || old.Code != in.Code) && s.firms.find(func(f *Firm) bool { return f.Code == in.Code }) != nil {
		return s.business(c, "Bu kodla kayıtlı bir cari var.")
	}
	if old == nil {
		old = s.newFirm()
	}
	for _, name := range []string{
		"id", "code", "isActive", "isPersonalCompany", "isForeign", "name", "fullName", "displayName", "firstName", "lastName",
		"firstname", "lastname", "firmType", "taxOrPersonalId", "taxOffice", "country", "countryCode", "city", "cityCode",
		"district", "districtCode", "postalCode", "address", "phone", "phoneNumbers", "emailAddress", "balance",
		"eInvoiceResponsible", "validateCityAndDistrict",
	} {
		delete(rest, name) // kept in Firm, or not kept
	}
	saved := in.firm()
	if in.ID == 0 && s.o.EveryVKN {
		saved.Registered = true // whatever was sent (isbasi-api.md §12, to §7)
	}
	saved.ID, saved.Balance, saved.ModifiedAt, saved.Rest = old.ID, old.Balance, s.now(), rest
	if saved.Code == "" {
		saved.Code = fmt.Sprintf("C-%06d", saved.ID)
	}
	*old = saved
	s.firms.changed()
	if in.ID == 0 && !s.o.Plain {
		return encode(http.StatusOK, envelope{Code: http.StatusOK, Message: new(string), Data: saved.ID})
	}
	return s.ok(c, s.id(c, saved.ID))
}

// newFirm adds an empty card.
func (s *Server) newFirm() *Firm {
	s.firms.add(Firm{ID: s.firms.next(func(f *Firm) int64 { return f.ID }), ModifiedAt: s.now()})
	return &s.firms.rows[len(s.firms.rows)-1]
}

func (f *savedFirm) firm() Firm {
	out := Firm{
		Code: f.Code, Passive: !f.IsActive, Person: f.Person, Foreign: f.Foreign, Name: f.Name,
		FirstName: f.FirstName, LastName: f.LastName, FirmType: f.FirmType, TaxNumber: f.TaxNumber, TaxOffice: f.TaxOffice,
		Country: f.Country, City: f.City, District: f.District, PostalCode: f.PostalCode, Address: f.Address,
		Email: f.Email, Registered: f.Registered,
	}
	if len(f.Phones) > 0 {
		out.Phone = f.Phones[0]
	}
	if len(f.Phones) > 1 {
		out.Phone2 = f.Phones[1]
	}
	return out
}
