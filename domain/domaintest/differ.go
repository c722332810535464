package domaintest

import (
	"fmt"
	"iter"
	"reflect"
	"time"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
)

// Differences names the fields in which got and want differ, each with both values: "Price: got 1, want
// 2". Decimals are equal when their values are, times when they are the same moment, nil and empty slices
// always. Paths in besides, in the spelling of the answer ("Revision", "Lines[0].Name"), are left out with what is below them.
func Differences[T any](got, want T, besides ...string) []string {
	d := differ{besides: besides}
	d.compare(reflect.ValueOf(&got).Elem(), reflect.ValueOf(&want).Elem(), "")
	return d.found
}

type differ struct {
	besides []string
	found   []string
}

func (d *differ) compare(got, want reflect.Value, path string) {
	for _, b := range d.besides {
		if b == path {
			return
		}
	}
	if equal, known := same(got, want); known {
		d.note(equal, got, want, path)
		return
	}
	switch got.Kind() {
	case reflect.Pointer, reflect.Interface:
		if got.IsNil() || want.IsNil() || got.Elem().Type() != want.Elem().Type() {
			d.note(got.IsNil() && want.IsNil(), got, want, path)
			return
		}
		d.compare(got.Elem(), want.Elem(), path)
	case reflect.Slice, reflect.Array:
		if got.Len() != want.Len() {
			d.note(false, got, want, path)
			return
		}
		for i := range got.Len() {
			d.compare(got.Index(i), want.Index(i), fmt.Sprintf("%s[%d]", path, i))
		}
	case reflect.Struct:
		for i := range got.NumField() {
			if field := got.Type().Field(i); field.IsExported() {
				d.compare(got.Field(i), want.Field(i), join(path, field.Name))
			}
		}
	default:
		d.note(reflect.DeepEqual(got.Interface(), want.Interface()), got, want, path)
	}
}

func (d *differ) note(equal bool, got, want reflect.Value, path string) {
	if !equal {
		d.found = append(d.found, fmt.Sprintf("%s: got %v, want %v", path, got.Interface(), want.Interface()))
	}
}

// same compares the types whose representations differ where their values do not.
func same(got, want reflect.Value) (equal, known bool) {
	if got.Kind() == reflect.Interface { // the two may hold different types, or none
		return false, false
	}
	switch a := got.Interface().(type) {
	case decimal.Decimal:
		return a.Equal(want.Interface().(decimal.Decimal)), true
	case decimal.NullDecimal:
		b := want.Interface().(decimal.NullDecimal)
		return a.Valid == b.Valid && (!a.Valid || a.Decimal.Equal(b.Decimal)), true
	case time.Time:
		return a.Equal(want.Interface().(time.Time)), true
	case domain.Secret:
		return a == want.Interface().(domain.Secret), true
	default:
		return false, false
	}
}

func join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}

// Changed yields base once for each of its fields, each time with that one field taken from other: what
// must notice any difference is handed them all. Fields that are equal in both are left out; structs
// (not decimals and times) are entered, slices are taken whole.
func Changed[T any](base, other T) iter.Seq2[string, T] {
	return func(yield func(string, T) bool) {
		changed(reflect.ValueOf(&base).Elem(), reflect.ValueOf(&other).Elem(), "", func(path string) bool {
			return yield(path, base)
		})
	}
}

// changed sets one field of v at a time and puts it back.
func changed(v, other reflect.Value, path string, yield func(string) bool) bool {
	if _, known := same(v, other); known || v.Kind() != reflect.Struct {
		if len(Differences(v.Interface(), other.Interface())) == 0 {
			return true
		}
		before := reflect.ValueOf(v.Interface())
		v.Set(other)
		goOn := yield(path)
		if before.IsValid() {
			v.Set(before)
		} else {
			v.SetZero()
		}
		return goOn
	}
	for i := range v.NumField() {
		if field := v.Type().Field(i); field.IsExported() {
			if !changed(v.Field(i), other.Field(i), join(path, field.Name), yield) {
				return false
			}
		}
	}
	return true
}
