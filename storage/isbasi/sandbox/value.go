package sandbox

import (
	"encoding/json"
	"strconv"
	"time"

	"github.com/shopspring/decimal"
)

// id writes a record's id: text in one answer, a number in the next (isbasi-api.md §3.4).
func (s *Server) id(c *call, n int64) any {
	if s.o.Plain || (int64(c.serial)+n)%2 == 0 {
		return strconv.FormatInt(n, 10)
	}
	return n
}

// named is one of the small objects in rows.
type named struct {
	ID   any    `json:"id"`
	Code string `json:"code"`
	Name string `json:"name"`
}

// unitCode is the code of a unit's name (isbasi-api.md §4.8), or the name.
func unitCode(name string) string {
	code, ok := map[string]string{
		"Adet": "C62", "Kg": "KGM", "Gr": "GRM", "Paket": "PA", "Koli": "BX", "Kutu": "BX", "Metre": "MTR",
		"Litre": "LTR", "Saat": "HUR", "Gün": "DAY", "Ay": "MON", "Set": "SET",
	}[name]
	if !ok {
		return name
	}
	return code
}

// absent is how a missing value is written: left out, or null.
func (s *Server) absent(id int64) json.RawMessage {
	if s.o.Plain || id%2 == 0 {
		return nil
	}
	return json.RawMessage("null")
}

func (s *Server) number(id int64, d decimal.NullDecimal) json.RawMessage {
	if !d.Valid {
		return s.absent(id)
	}
	return json.RawMessage(d.Decimal.String())
}

func (s *Server) text(id int64, text string) json.RawMessage {
	if text == "" {
		return s.absent(id)
	}
	raw, err := json.Marshal(text)
	if err != nil {
		panic(err) // a text always can be written
	}
	return raw
}

// date writes a time as Türkiye's local one without an offset, at times with a fraction, at times
// with its offset (isbasi-api.md §3.4).
func (s *Server) date(id int64, t time.Time) string {
	if t.IsZero() {
		return ""
	}
	t = t.In(turkey())
	switch {
	case s.o.Plain || id%3 == 0:
		return t.Format("2006-01-02T15:04:05")
	case id%3 == 1:
		return t.Format("2006-01-02T15:04:05.000")
	default:
		return t.Format("2006-01-02T15:04:05-07:00")
	}
}

// turkey is the zone of every time without an offset (isbasi-api.md §3.4).
func turkey() *time.Location { return time.FixedZone("TRT", 3*60*60) }

// parseDate reads a date as İşbaşı takes it; without an offset it is Türkiye's (isbasi-api.md §3.4).
func parseDate(text string) (time.Time, error) {
	var firstErr error
	for _, layout := range []string{
		"2006-01-02 15:04:05", "2006-01-02T15:04:05.999999999", "2006-01-02", time.RFC3339Nano,
	} {
		t, err := time.ParseInLocation(layout, text, turkey())
		if err == nil {
			return t, nil
		}
		if firstErr == nil {
			firstErr = err
		}
	}
	return time.Time{}, firstErr
}

// exact writes a decimal as a JSON number.
func exact(d decimal.Decimal) json.RawMessage { return json.RawMessage(d.String()) }

// raw writes a value of our own.
func raw(v any) json.RawMessage {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err) // our own types: a defect of the stand-in
	}
	return b
}

// local is the currency's name inside İşbaşı: TL, however it was sent (isbasi-api.md §3.4).
func local(currency string) string {
	if currency == "TRY" {
		return "TL"
	}
	return currency
}
