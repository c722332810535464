package sandbox

import (
	"net/http"
	"slices"
)

// taxpayer answers whether a number is that of an e-Fatura user: its aliases, or 404 (isbasi-api.md §6.8); a
// gateway's page for those of Unanswered.
func (s *Server) taxpayer(c *call) answer {
	number := c.query("tcknVkn")
	if number == "" {
		return s.invalid(c, []string{"tcknVkn zorunludur."})
	}
	if slices.Contains(s.o.Unanswered, number) {
		return s.broken(c, Fault{Kind: FaultHTML, Status: http.StatusServiceUnavailable})
	}
	if !s.registered(number) {
		return s.refuse(c, http.StatusNotFound, http.StatusNotFound, "Mükellef bulunamadı.")
	}
	title := "Kayıtlı Mükellef " + number[len(number)-4:]
	if f := s.firms.find(func(f *Firm) bool { return f.TaxNumber == number }); f != nil {
		title = f.title()
	}
	alias := func(name string) []map[string]any {
		return []map[string]any{{
			"alias": "urn:mail:" + name + "@isbasi.example", "title": title,
			"firstCreationTime": s.date(int64(number[0]), firstChange()), "type": "Özel",
		}}
	}
	data := map[string]any{"pkList": alias("defaultpk"), "gbList": alias("defaultgb"), "dispatchPkList": nil, "dispatchGbList": nil}
	if s.o.Plain {
		data["dispatchPkList"], data["dispatchGbList"] = []any{}, []any{}
	}
	return s.ok(c, data)
}

// registered tells whether a number is that of an e-Fatura user.
func (s *Server) registered(number string) bool {
	digits := len(number) == 10 || len(number) == 11
	for _, r := range number {
		digits = digits && r >= '0' && r <= '9'
	}
	switch {
	case !digits:
		return false
	case s.o.EveryVKN && len(number) == 10:
		return true
	case s.o.Registered != nil:
		return slices.Contains(s.o.Registered, number)
	case s.o.EveryVKN:
		return false // its cards are all marked (§12, to §7): they tell nothing
	default:
		return s.firms.find(func(f *Firm) bool { return f.Registered && f.TaxNumber == number }) != nil
	}
}
