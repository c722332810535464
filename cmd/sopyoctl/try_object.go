package main

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
)

// tryObject is the JSON object of a line whose unknown keys are passed over. Keys are exact, and null is as
// good as left out. The first value that cannot be understood is remembered as err, so that an object is
// read as one reads it aloud, and asked at its end.
type tryObject struct {
	values map[string]json.RawMessage
	err    error
}

// newTryObject reads what has to be one JSON object.
func newTryObject(data []byte) (*tryObject, error) {
	var values map[string]json.RawMessage
	if err := json.Unmarshal(data, &values); err != nil || values == nil {
		bad := domain.Invalid("line", "not-json")
		bad.Err = err
		return nil, bad
	}
	return &tryObject{values: values}, nil
}

// has tells whether there is anything at the key.
func (o *tryObject) has(key string) bool {
	raw, found := o.values[key]
	return found && string(raw) != "null"
}

func (o *tryObject) refuse(key, detail string) {
	if o.err == nil {
		o.err = domain.Invalid(key, detail)
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
	if o.err == nil && !slices.Contains(words, s) {
		bad := domain.Invalid(key, "choose")
		bad.Err = errors.New(strings.Join(words, ", "))
		o.err = bad
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

// object reads an object at the key; nil: there is none.
func (o *tryObject) object(key string) *tryObject {
	if !o.has(key) {
		return nil
	}
	inner, err := newTryObject(o.values[key])
	if err != nil {
		o.refuse(key, "json-object")
		return nil
	}
	return inner
}
