package sandbox

import (
	"bytes"
	"encoding/json"
	"errors"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/shopspring/decimal"
)

// fields is a JSON object as it came, unknown names included.
type fields map[string]json.RawMessage

// recordID reads an id: a text or a number; null and "" are 0, a new record (isbasi-api.md §3.4).
type recordID int64

func (id *recordID) UnmarshalJSON(raw []byte) error {
	text := strings.Trim(string(raw), `"`)
	if text == "" || text == "null" {
		*id = 0
		return nil
	}
	n, err := strconv.ParseInt(text, 10, 64)
	*id = recordID(n)
	return err
}

// read decodes the call's body, numbers as they are written.
func (c *call) read(into any) error {
	d := json.NewDecoder(bytes.NewReader(c.body))
	d.UseNumber()
	if err := d.Decode(into); err != nil {
		return err
	}
	if bytes.Equal(bytes.TrimSpace(c.body), []byte("null")) {
		return errors.New("no object")
	}
	return nil
}

// query gives a parameter of the address. Its name is read without regard to case, as the server of
// the real one does: the reference has both ids= and Ids=.
func (c *call) query(name string) string {
	for have, values := range c.r.URL.Query() {
		if upper(have) == upper(name) {
			return values[0]
		}
	}
	return ""
}

// ids reads a list of ids, separated by commas.
func (c *call) ids(name string) ([]int64, bool) {
	var ids []int64
	for text := range strings.SplitSeq(c.query(name), ",") {
		n, err := strconv.ParseInt(strings.TrimSpace(text), 10, 64)
		if err != nil {
			return nil, false
		}
		ids = append(ids, n)
	}
	return ids, true
}

// unreadable refuses a body that is no object of the call's kind.
func (s *Server) unreadable(c *call) answer {
	return s.refuse(c, http.StatusBadRequest, http.StatusBadRequest, "İstek okunamadı.")
}

// invalid refuses an object that breaks rules: a line for each (isbasi-api.md §3.1).
func (s *Server) invalid(c *call, messages []string) answer {
	return s.refuse(c, http.StatusBadRequest, http.StatusBadRequest, strings.Join(messages, "\n"))
}

// gone answers a record that is not there.
func (s *Server) gone(c *call) answer { return s.business(c, "Kayıt Numarası Bulunamadı!") }

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
