package lines

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
)

// Object is a JSON object of a line; its unknown keys are passed over. Keys are exact, and null is as good
// as left out. The first value of the line that cannot be understood is remembered as err, so that an object
// is read as one reads it aloud, and asked at its end.
type Object struct {
	Values map[string]json.RawMessage
	line   *tryLineError
}

// tryLineError is what the objects of one line share.
type tryLineError struct{ err error }

// Read reads a line, which has to be one JSON object.
func Read(data []byte) (*Object, error) {
	var values map[string]json.RawMessage
	err := json.Unmarshal(data, &values)
	if err != nil || values == nil || !utf8.Valid(data) { // else what is no UTF-8 would be replaced in silence
		bad := domain.Invalid("line", "not-json")
		bad.Err = err
		return nil, bad
	}
	return &Object{values, new(tryLineError)}, nil
}

// Err gives the first thing of the line that was not understood.
func (o *Object) Err() error { return o.line.err }

// Has tells whether there is anything at the key.
func (o *Object) Has(key string) bool {
	raw, found := o.Values[key]
	return found && string(raw) != "null"
}

// Refuse notes what is wrong with a value; the first of an object counts.
func (o *Object) Refuse(key, detail string) {
	if o.Err() == nil {
		o.line.err = domain.Invalid(key, detail)
	}
}

// into fills v, which stays as it is where there is nothing.
func (o *Object) into(v any, key, detail string) {
	if o.Has(key) && json.Unmarshal(o.Values[key], v) != nil {
		o.Refuse(key, detail)
	}
}

// Text reads a text, "" where there is none.
func (o *Object) Text(key string) (s string) {
	o.into(&s, key, "json-text")
	return s
}

// Word reads one of the words; "" is one only where it is named.
func (o *Object) Word(key string, words ...string) string {
	s := o.Text(key)
	if o.Err() == nil && !slices.Contains(words, s) {
		bad := domain.Invalid(key, "choose")
		bad.Err = errors.New(strings.Join(words, ", "))
		o.line.err = bad
	}
	return s
}

// Truth reads true or false; nil is neither.
func (o *Object) Truth(key string) (b *bool) {
	o.into(&b, key, "json-truth")
	return b
}

// IsTrue is truth with what holds where nothing is said.
func (o *Object) IsTrue(key string, absent bool) bool {
	b := o.Truth(key)
	return b == nil && absent || b != nil && *b
}

// Number reads a number written as text: "249.90".
func (o *Object) Number(key string) decimal.NullDecimal {
	if !o.Has(key) {
		return decimal.NullDecimal{}
	}
	var s string
	o.into(&s, key, "text-number")
	d, ok := Decimal(s)
	if !ok {
		o.Refuse(key, "text-number")
		return decimal.NullDecimal{}
	}
	return decimal.NewNullDecimal(d)
}

// NumberOrBlank is number where a blank text is none.
func (o *Object) NumberOrBlank(key string) decimal.NullDecimal {
	var s string
	if o.Has(key) && json.Unmarshal(o.Values[key], &s) == nil && strings.TrimSpace(s) == "" {
		return decimal.NullDecimal{}
	}
	return o.Number(key)
}

// JsonPercent reads a percentage that is one of JSON's own numbers.
func (o *Object) JsonPercent(key string) decimal.NullDecimal {
	if !o.Has(key) {
		return decimal.NullDecimal{}
	}
	const most = 24 // digits before or after the point: what is beyond is no percentage
	d, err := decimal.NewFromString(string(o.Values[key]))
	if err != nil || len(o.Values[key]) > most || d.Exponent() > most || d.Exponent() < -most {
		o.Refuse(key, "json-number")
		return decimal.NullDecimal{}
	}
	return decimal.NewNullDecimal(d)
}

// Instant reads yyyy-mm-ddThh:mm[:ss]; zero: nothing is said.
func (o *Object) Instant(key string) time.Time {
	if !o.Has(key) {
		return time.Time{}
	}
	var s string
	o.into(&s, key, "json-instant")
	for _, layout := range []string{"2006-01-02T15:04", "2006-01-02T15:04:05"} {
		// The length, because hours of one digit and parts of seconds would pass.
		if t, err := time.ParseInLocation(layout, s, domain.Istanbul); err == nil && len(s) == len(layout) {
			return t
		}
	}
	o.Refuse(key, "json-instant")
	return time.Time{}
}

// Day reads yyyy-mm-dd as a midnight in Istanbul; zero: nothing is said.
func (o *Object) Day(key string) time.Time {
	if !o.Has(key) {
		return time.Time{}
	}
	var s string
	o.into(&s, key, "json-day")
	t, err := time.ParseInLocation(time.DateOnly, s, domain.Istanbul)
	if err != nil {
		o.Refuse(key, "json-day")
	}
	return t
}

// Object reads an object at the key; nil: there is none.
func (o *Object) Object(key string) *Object {
	if !o.Has(key) {
		return nil
	}
	return o.inner(key, o.Values[key])
}

// inner reads an object inside this one; nil: it is none.
func (o *Object) inner(key string, raw json.RawMessage) *Object {
	var values map[string]json.RawMessage
	if json.Unmarshal(raw, &values) != nil || values == nil {
		o.Refuse(key, "json-object")
		return nil
	}
	return &Object{values, o.line}
}

// Objects reads a list of objects at the key.
func (o *Object) Objects(key string) []*Object {
	var list []json.RawMessage
	o.into(&list, key, "json-list")
	var objects []*Object
	for _, raw := range list {
		if inner := o.inner(key, raw); inner != nil {
			objects = append(objects, inner)
		}
	}
	return objects
}

// Texts reads a list of texts at the key. Null in it is none.
func (o *Object) Texts(key string) []string {
	var list []*string
	o.into(&list, key, "json-texts")
	texts := make([]string, len(list))
	for i, s := range list {
		if s == nil {
			o.Refuse(key, "json-texts")
			return nil
		}
		texts[i] = *s
	}
	return texts
}

// Decimal reads what a program writes: 249.90. It takes no exponent, whose number could be of any
// length, and no comma, which could mean two things.
func Decimal(s string) (decimal.Decimal, bool) {
	digits := strings.TrimPrefix(s, "-")
	whole, fraction, point := strings.Cut(digits, ".")
	const most = 24
	if len(digits) > most || whole == "" || point && fraction == "" || strings.Trim(whole+fraction, "0123456789") != "" {
		return decimal.Decimal{}, false
	}
	d, err := decimal.NewFromString(s)
	return d, err == nil
}

// Shortest writes a number without needless zeros.
func Shortest(d decimal.NullDecimal) *string {
	if !d.Valid {
		return nil
	}
	s := d.Decimal.String()
	return &s
}

// Currency reads a currency whatever its case; TL, TRY and none are one.
func Currency(text string) domain.Currency {
	switch code := domain.Fold(text); code {
	case "", "tl", "try":
		return domain.TRY
	default:
		return domain.Currency(code)
	}
}
