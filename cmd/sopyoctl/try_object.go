package main

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

// tryObject is a JSON object of a line; its unknown keys are passed over. Keys are exact, and null is as good
// as left out. The first value of the line that cannot be understood is remembered as err, so that an object
// is read as one reads it aloud, and asked at its end.
type tryObject struct {
	values map[string]json.RawMessage
	line   *tryLineError
}

// tryLineError is what the objects of one line share.
type tryLineError struct{ err error }

// newTryObject reads a line, which has to be one JSON object.
func newTryObject(data []byte) (*tryObject, error) {
	var values map[string]json.RawMessage
	err := json.Unmarshal(data, &values)
	if err != nil || values == nil || !utf8.Valid(data) { // else what is no UTF-8 would be replaced in silence
		bad := domain.Invalid("line", "not-json")
		bad.Err = err
		return nil, bad
	}
	return &tryObject{values, new(tryLineError)}, nil
}

// err gives the first thing of the line that was not understood.
func (o *tryObject) err() error { return o.line.err }

// has tells whether there is anything at the key.
func (o *tryObject) has(key string) bool {
	raw, found := o.values[key]
	return found && string(raw) != "null"
}

func (o *tryObject) refuse(key, detail string) {
	if o.err() == nil {
		o.line.err = domain.Invalid(key, detail)
	}
}

// into fills v, which stays as it is where there is nothing.
func (o *tryObject) into(v any, key, detail string) {
	if o.has(key) && json.Unmarshal(o.values[key], v) != nil {
		o.refuse(key, detail)
	}
}

func (o *tryObject) text(key string) (s string) {
	o.into(&s, key, "json-text")
	return s
}

// word reads one of the words; "" is one only where it is named.
func (o *tryObject) word(key string, words ...string) string {
	s := o.text(key)
	if o.err() == nil && !slices.Contains(words, s) {
		bad := domain.Invalid(key, "choose")
		bad.Err = errors.New(strings.Join(words, ", "))
		o.line.err = bad
	}
	return s
}

// truth reads true or false; nil is neither.
func (o *tryObject) truth(key string) (b *bool) {
	o.into(&b, key, "json-truth")
	return b
}

// isTrue is truth with what holds where nothing is said.
func (o *tryObject) isTrue(key string, absent bool) bool {
	b := o.truth(key)
	return b == nil && absent || b != nil && *b
}

// number reads a number written as text: "249.90".
func (o *tryObject) number(key string) decimal.NullDecimal {
	if !o.has(key) {
		return decimal.NullDecimal{}
	}
	var s string
	o.into(&s, key, "text-number")
	d, ok := plainDecimal(s)
	if !ok {
		o.refuse(key, "text-number")
		return decimal.NullDecimal{}
	}
	return decimal.NewNullDecimal(d)
}

// numberOrBlank is number where a blank text is none.
func (o *tryObject) numberOrBlank(key string) decimal.NullDecimal {
	var s string
	if o.has(key) && json.Unmarshal(o.values[key], &s) == nil && strings.TrimSpace(s) == "" {
		return decimal.NullDecimal{}
	}
	return o.number(key)
}

// jsonPercent reads a percentage that is one of JSON's own numbers.
func (o *tryObject) jsonPercent(key string) decimal.NullDecimal {
	if !o.has(key) {
		return decimal.NullDecimal{}
	}
	const most = 24 // digits before or after the point: what is beyond is no percentage
	d, err := decimal.NewFromString(string(o.values[key]))
	if err != nil || len(o.values[key]) > most || d.Exponent() > most || d.Exponent() < -most {
		o.refuse(key, "json-number")
		return decimal.NullDecimal{}
	}
	return decimal.NewNullDecimal(d)
}

// instant reads yyyy-mm-ddThh:mm[:ss]; zero: nothing is said.
func (o *tryObject) instant(key string) time.Time {
	if !o.has(key) {
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
	o.refuse(key, "json-instant")
	return time.Time{}
}

// day reads yyyy-mm-dd as a midnight in Istanbul; zero: nothing is said.
func (o *tryObject) day(key string) time.Time {
	if !o.has(key) {
		return time.Time{}
	}
	var s string
	o.into(&s, key, "json-day")
	t, err := time.ParseInLocation(time.DateOnly, s, domain.Istanbul)
	if err != nil {
		o.refuse(key, "json-day")
	}
	return t
}

// object reads an object at the key; nil: there is none.
func (o *tryObject) object(key string) *tryObject {
	if !o.has(key) {
		return nil
	}
	return o.inner(key, o.values[key])
}

// inner reads an object inside this one; nil: it is none.
func (o *tryObject) inner(key string, raw json.RawMessage) *tryObject {
	var values map[string]json.RawMessage
	if json.Unmarshal(raw, &values) != nil || values == nil {
		o.refuse(key, "json-object")
		return nil
	}
	return &tryObject{values, o.line}
}

// objects reads a list of objects at the key.
func (o *tryObject) objects(key string) []*tryObject {
	var list []json.RawMessage
	o.into(&list, key, "json-list")
	var objects []*tryObject
	for _, raw := range list {
		if inner := o.inner(key, raw); inner != nil {
			objects = append(objects, inner)
		}
	}
	return objects
}

// texts reads a list of texts at the key. Null in it is none.
func (o *tryObject) texts(key string) []string {
	var list []*string
	o.into(&list, key, "json-texts")
	texts := make([]string, len(list))
	for i, s := range list {
		if s == nil {
			o.refuse(key, "json-texts")
			return nil
		}
		texts[i] = *s
	}
	return texts
}
