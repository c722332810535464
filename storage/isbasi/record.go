package isbasi

import (
	"encoding/json"
	"errors"
	"maps"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
)

// record is a JSON object whose fields are kept byte for byte, so that what we do not know goes back as
// it came: İşbaşı replaces the whole record by what it is sent (isbasi-api.md §4.3).
type record map[string]json.RawMessage

// key gives the name under which a field stands: İşbaşı's spelling of it, or name itself when there is
// none.
func (r record) key(name string) string {
	if _, ok := r[name]; ok {
		return name
	}
	for _, k := range slices.Sorted(maps.Keys(r)) {
		if strings.EqualFold(k, name) { //nolint:forbidigo // field names are ASCII
			return k
		}
	}
	return name
}

// has tells whether the field is there with a value.
func (r record) has(name string) bool {
	raw, ok := r[r.key(name)]
	return ok && string(raw) != "null"
}

func (r record) setRaw(name string, raw json.RawMessage) { r[r.key(name)] = raw }

func (r record) setText(name, value string) { r.setRaw(name, textJSON(value)) }

// textJSON writes a text, which never fails.
func textJSON(value string) json.RawMessage {
	raw, _ := json.Marshal(value)
	return raw
}

func (r record) setNumber(name string, value decimal.Decimal) {
	r.setRaw(name, json.RawMessage(value.String()))
}

func (r record) setTrue(name string) { r.setRaw(name, json.RawMessage("true")) }

// objects gives the elements of an array field; what is no object stays as it is, with a nil record.
func (r record) objects(name string) (raws []json.RawMessage, records []record, err error) {
	if !r.has(name) {
		return nil, nil, nil
	}
	if err := unmarshal(r[r.key(name)], &raws); err != nil {
		return nil, nil, err
	}
	records = make([]record, len(raws))
	for i, raw := range raws {
		if len(raw) > 0 && raw[0] == '{' {
			if err := unmarshal(raw, &records[i]); err != nil {
				return nil, nil, err
			}
		}
	}
	return raws, records, nil
}

// setObjects writes back what objects gave.
func (r record) setObjects(name string, raws []json.RawMessage, records []record) error {
	for i, o := range records {
		if o == nil {
			continue
		}
		raw, err := json.Marshal(o)
		if err != nil {
			return err
		}
		raws[i] = raw
	}
	raw, err := json.Marshal(raws)
	if err != nil {
		return err
	}
	r.setRaw(name, raw)
	return nil
}

// whole is a record read twice: as what we know of it, and as it came.
type whole[T any] struct {
	value T
	raw   record
}

// UnmarshalJSON implements json.Unmarshaler.
func (w *whole[T]) UnmarshalJSON(raw []byte) error {
	if raw[0] != '{' {
		return errors.New("the record is no object")
	}
	if !utf8.Valid(raw) {
		return errors.New("the record is not UTF-8") // written back it would lose letters
	}
	if err := unmarshal(raw, &w.raw); err != nil {
		return err
	}
	return unmarshal(raw, &w.value)
}

// many is an array of objects; whatever else stands in its place, or among them, is none.
type many[T any] []T

// UnmarshalJSON implements json.Unmarshaler.
func (m *many[T]) UnmarshalJSON(raw []byte) error {
	*m = nil
	if raw[0] != '[' {
		return nil
	}
	var raws []json.RawMessage
	if err := unmarshal(raw, &raws); err != nil {
		return err
	}
	for _, raw := range raws {
		if raw[0] != '{' {
			continue
		}
		var v T
		if err := unmarshal(raw, &v); err != nil {
			return err
		}
		*m = append(*m, v)
	}
	return nil
}

// amount is a decimal that is written as a JSON number.
type amount struct{ decimal.Decimal }

// MarshalJSON implements json.Marshaler.
func (a amount) MarshalJSON() ([]byte, error) { return []byte(a.String()), nil }

// remoteID gives an id as it stands in a path: digits as a rule, never a way to another path.
func remoteID(field string, id domain.RemoteID) (string, error) {
	s := strings.TrimSpace(string(id))
	switch {
	case s == "":
		return "", domain.Invalid(field, "required")
	case strings.Trim(s, ".") == "":
		return "", domain.Invalid(field, "number-only")
	default:
		return url.PathEscape(s), nil
	}
}

// idOf is a record's id in the domain's terms; İşbaşı writes 0 for none.
func idOf(texts ...text) domain.RemoteID {
	id := firstOf(texts...)
	if id == "0" {
		return ""
	}
	return domain.RemoteID(id)
}

// sameID refuses an answer that is not about the record that was asked for: written back it would
// overwrite another one, or blank it.
func sameID(op string, asked domain.RemoteID, got ...text) error {
	if strings.TrimSpace(string(asked)) == firstOf(got...) {
		return nil
	}
	return domain.E(domain.KindBadAnswer, op, errors.New("the answer is another record"))
}
